"""From a vacancy to the first working day: planned, applied for on a phone, examined, appointed."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from careerpath.core import clock
from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk, press
from tests.browser.office import Office
from tests.browser.recruits import ZHU, bring_forward, clerk_over
from tests.factories.employees import make_identity

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
SECOND = "district-2"
DOCUMENT = "费社工发〔2026〕88号"
NAME = "第六批（2026年）"
DONE = "main .notice-success, .notice-success[role=status]"
"""What a page says once something was done."""


def test_a_place_is_filled_from_the_vacancy_to_the_first_working_day(desk: OpenDesk, office: Office) -> None:
    district = desk("district")
    batch = plan(district)
    publish(district, batch)
    candidate = desk("", **PHONE)
    number = apply(candidate, batch)
    review(desk(clerk_over(office, batch)), batch, number, "初审")
    review(district, batch, number, "复审")
    bring_forward(office, NAME)
    hold_exam(district, desk(SECOND), batch)
    is_pdf(candidate, "/print/own-ticket.pdf")
    hold_interview(district, batch)
    check(district, batch)
    appoint(district, office, batch)


def plan(district: Desk) -> int:
    """A batch with one place, taken from the communities with vacancies."""
    page, today = district.page, clock.today()
    district.go("/recruitment/headcount")
    expect(page.get_by_text("空编").first).to_be_visible()
    district.click("拟定新批次")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=title]").fill("费县2026年补充公开招聘社区工作者公告")
    for field, days in {"announced_on": 0, "opens_on": 0, "closes_on": 5, "written_on": 12, "interview_on": 24}.items():
        page.locator(f"[name={field}]").fill((today + timedelta(days=days)).isoformat())
    page.locator("main button.btn-primary").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("招聘岗位")
    district.click("列出空编社区")
    page.locator("input[name=pick]").first.check()
    district.click("加入选中的社区")
    expect(page.locator("[name=unit-0]")).not_to_have_value("")
    page.locator("[name=places-0]").fill("0")
    district.click("保存岗位")
    expect(page.get_by_role("alert")).to_contain_text("岗位没有保存")
    page.locator("[name=places-0]").fill("1")
    district.click("保存岗位")
    expect(page.locator(DONE)).to_contain_text("已保存 1 个岗位")
    found = re.search(r"/batches/(\d+)", page.url)
    assert found is not None
    return int(found[1])


def publish(district: Desk, batch: int) -> None:
    """After publication the positions stay as they are."""
    page = district.page
    district.go(f"/recruitment/batches/{batch}/publish")
    expect(page.locator("main")).to_contain_text("含当日")
    page.locator("[name=document]").fill(DOCUMENT)
    district.click("发布公告")
    expect(page.locator("main")).to_contain_text("已按公告冻结")
    district.go(f"/recruitment/batches/{batch}/positions")
    expect(page.locator("main")).to_contain_text("不能再修改")


def apply(candidate: Desk, batch: int) -> str:
    """On a phone: consent, particulars in steps, photo and papers, submission, receipt; gives the number."""
    page = candidate.page
    candidate.go(f"/apply/{batch}")
    page.get_by_role("link", name="开始报名").first.click()
    page.locator("[name=name]").fill(ZHU)
    page.locator("[name=identity]").fill(make_identity(clock.today().replace(year=clock.today().year - 27, day=5)))
    page.locator("[name=phone]").fill("13800001234")
    candidate.click("同意并开始报名")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("[name=consented]").check()
    candidate.click("同意并开始报名")
    expect(page.get_by_role("heading", level=1)).to_contain_text("查询码")
    number = re.search(r"\d{4}-\d{2}-\d{4}", page.locator("main").inner_text())
    assert number is not None
    candidate.click("已经记下，开始填写")
    page.locator("[name=household_place]").fill("山东省临沂市费县费城街道")
    page.locator("[name=address]").fill("费县费城街道建设路8号")
    go_on(page)
    page.locator("[name=education]").select_option("21")
    page.locator("[name=school]").fill("临沂大学")
    page.locator("[name=major]").fill("社会工作")
    page.locator("[name=graduated_on]").fill("2021-06-30")
    go_on(page)
    page.locator("[name=resume-0-starts_on]").fill("2021-07-01")
    page.locator("[name=resume-0-text]").fill("费县某物业公司客服")
    go_on(page)
    go_on(page)
    hand_in(page)
    candidate.click("下一步：核对与提交")
    expect(page.locator("main")).to_contain_text("系统预审")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    candidate.click("提交报名")
    expect(page.locator("main")).to_contain_text("已提交，资格审查中")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return number[0]


def go_on(page: Page) -> None:
    """Save a step, and on to the next."""
    press(page.get_by_role("button", name="保存，下一步", exact=True))


def hand_in(page: Page) -> None:
    """A photo that is none is refused; then the photo, and a scan for everything that is asked for."""
    page.locator("input[name=photo]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"text"})
    press(page.get_by_role("button", name="上传照片", exact=True))
    expect(page.locator(".field-error").first).to_contain_text("JPEG")
    page.locator("input[name=photo]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": scan()})
    press(page.get_by_role("button", name=re.compile("^(上传|更换)照片$")))
    expect(page.locator(DONE).first).to_be_visible()
    for paper in ("居民身份证", "学历、学位证书", "居民户口簿"):
        section = page.locator("section", has=page.get_by_role("heading", name=paper))
        section.locator("input[type=file]").set_input_files(
            {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": scan()}
        )
        press(section.get_by_role("button", name=re.compile("^上传")))
        expect(page.locator(DONE).first).to_be_visible()


def scan() -> bytes:
    """A small picture."""
    target = io.BytesIO()
    Image.new("RGB", (300, 400), "#cde").save(target, "JPEG")
    return target.getvalue()


def review(officer: Desk, batch: int, number: str, stage: str) -> None:
    """One of the two looks at the papers."""
    page = officer.page
    officer.go(f"/recruitment/batches/{batch}/applications?q={number}")
    page.get_by_role("link", name=ZHU, exact=True).click()
    page.get_by_role("link", name=re.compile(stage)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(stage)
    for label in page.locator("fieldset label", has_text=re.compile("^符合")).all():
        label.click()
    page.locator("[name=verdict][value=passed]").check()
    page.locator("main .form-end button.btn-primary").click()
    expect(page.locator(DONE).first).to_be_visible()


def hold_exam(district: Desk, second: Desk, batch: int) -> None:
    """The review is closed; room, seat, attendance; two accounts type the points; the shortlist comes out."""
    page = district.page
    district.go(f"/recruitment/batches/{batch}/applications/close")
    district.click("结束资格审查")
    district.agree("结束资格审查")
    expect(page.locator(DONE).first).to_be_visible()
    district.go(f"/recruitment/batches/{batch}/exam/numbers")
    page.locator("[name=rooms]").fill("费县第一中学1号楼101 30")
    district.click("抽签编排")
    expect(page.locator("main")).to_contain_text("费县第一中学1号楼101")
    district.go(f"/recruitment/batches/{batch}/exam/attendance")
    page.locator("main .form-end button").first.click()
    expect(page.locator(DONE).first).to_be_visible()
    type_points(district, batch, "first", "101")
    type_points(district, batch, "first", "82.5")
    type_points(second, batch, "second", "82.5")
    district.go(f"/recruitment/batches/{batch}/scores/release")
    expect(page.locator("main")).to_contain_text("进入面试")
    district.click("公布笔试成绩")
    district.agree("公布")
    expect(page.locator(DONE).first).to_be_visible()


def type_points(clerk: Desk, batch: int, turn: str, points: str) -> None:
    """One of the two turns; more than the maximum is refused beside the cell."""
    clerk.go(f"/recruitment/batches/{batch}/scores/{turn}")
    row = clerk.page.locator("tr[data-row]").first
    cell = row.locator("[data-field=p0]")
    cell.fill(points)
    cell.press("Enter")
    if float(points) > 100:
        expect(row.locator("[aria-invalid=true]")).to_be_visible()
    else:
        clerk.is_saved(row)


def hold_interview(district: Desk, batch: int) -> None:
    """Papers once more, lots, five judges, and the final list."""
    page = district.page
    district.go(f"/recruitment/batches/{batch}/applications?q={ZHU}")
    page.get_by_role("link", name=ZHU, exact=True).click()
    page.get_by_role("link", name=re.compile("资格复审")).first.click()
    page.locator("main input[type=radio]").first.check()
    page.locator("main .form-end button.btn-primary").click()
    expect(page.locator(DONE).first).to_be_visible()
    district.go(f"/recruitment/batches/{batch}/interviews/groups")
    page.locator("main [name$=place]").first.fill("县委党校一楼会议室")
    page.locator("main [name$='-on']").first.fill(clock.today().isoformat())
    district.click("抽签分组")
    expect(page.locator("main")).to_contain_text("县委党校一楼会议室")
    district.go(f"/recruitment/batches/{batch}/interviews/sheets")
    row = page.locator("tr[data-row]").first
    for judge, points in enumerate(("95", "86", "85", "84", "60"), start=1):
        row.locator(f"[data-field=j{judge}]").fill(points)
    row.locator("[data-field=j5]").press("Enter")
    expect(row.locator("[data-shown=mean]")).to_have_text("85.00")
    district.go(f"/recruitment/batches/{batch}/results")
    district.click("公布最终名单")
    district.agree("公布")
    expect(page.get_by_role("link", name=ZHU, exact=True)).to_be_visible()
    page.get_by_role("link", name=ZHU, exact=True).click()
    expect(page.locator("main")).to_contain_text("82.5 × 50% + 面试 85 × 50% = 83.75")


def check(district: Desk, batch: int) -> None:
    """Medical examination and background check."""
    page = district.page
    district.go(f"/recruitment/batches/{batch}/checks")
    for choice in page.locator("main select").all():
        choice.select_option("yes")
    page.locator("[name='medical:place']").fill("费县人民医院")
    district.click("登记全部结论")
    expect(page.locator(DONE).first).to_be_visible()


def appoint(district: Desk, office: Office, batch: int) -> None:
    """The notice runs out, the person is appointed, and a personnel file stands there with what was applied with.

    Service begins after the months that other walks of this office pay.
    """
    page, today = district.page, clock.today()
    district.go(f"/recruitment/batches/{batch}/appointments")
    page.locator("main input[name=ids]").first.check()
    page.locator("[name=starts_on]").first.fill(today.isoformat())
    page.locator("[name=ends_on]").first.fill((today + timedelta(days=21)).isoformat())
    district.click("公示选中的人员")
    district.agree("公示")
    expect(page.locator(DONE).first).to_be_visible()
    bring_forward(office, NAME)
    district.go(f"/recruitment/batches/{batch}/appointments")
    page.locator("main input[name=ids]").first.check()
    page.locator("#terms [name=starts_on]").fill((today + timedelta(days=100)).isoformat())
    district.click("按上岗日期推算合同和试用期")
    expect(page.locator("#terms [name=contract_ends_on]")).not_to_have_value("")
    if not page.locator("main input[name=ids]").first.is_checked():
        page.locator("main input[name=ids]").first.check()
    district.click("聘用选中的人员")
    district.agree("聘用")
    expect(page.get_by_role("heading", name="已聘用")).to_be_visible()
    page.get_by_role("link", name="人员档案").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(ZHU)
    expect(page.locator("main")).to_contain_text(NAME)
    for paper in ("recruitment-notice", "score-list", "appointment-notice"):
        is_pdf(district, f"/print/batches/{batch}/{paper}.pdf")


def is_pdf(anybody: Desk, path: str) -> None:
    """A paper that opens."""
    answer = anybody.page.request.get(path)
    assert answer.ok, f"{path}: {answer.status}"
    assert answer.body().startswith(b"%PDF")
