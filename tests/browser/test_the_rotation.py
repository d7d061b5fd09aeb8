"""A secondment: proposed by the street, approved, reported on a phone, extended, ended, judged."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from careerpath.core import clock
from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk
from tests.browser.lendings import Lent, lent
from tests.browser.office import Office

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DONE = "main .notice-success, .notice-success[role=status]"
HOST = "平安建设办公室"
DOCUMENT = "费组字〔2026〕71号"


def test_somebody_is_seconded_extended_returned_and_judged(desk: OpenDesk, office: Office) -> None:
    person = lent(office)
    street, district = desk(person.clerk), desk("district")
    keep_host(street)
    rotation = propose(street, person)
    approve(district, rotation)
    worker = desk(person.account, **PHONE)
    report(worker)
    extend(district, rotation)
    come_back(district, rotation)
    sum_up(worker)
    judge(district, rotation, person)
    fits_a_phone(desk("district", **PHONE), rotation, person)


def keep_host(street: Desk) -> None:
    """A department of the street, with one place."""
    page = street.page
    street.go("/rotations/hosts/new")
    page.locator("[name=name]").fill(HOST)
    page.locator("[name=places]").fill("1")
    street.click("保存")
    expect(page.locator(DONE)).to_contain_text("已登记")


def propose(street: Desk, person: Lent) -> int:
    """Too short at first: what stands against it is shown, then the days are set right."""
    page, today = street.page, clock.today()
    street.go(f"/rotations/new?q={person.number}")
    expect(page.locator("main")).to_contain_text(person.name)
    page.locator("[name=kind]").select_option("secondment")
    page.locator("[name=host]").fill(HOST)
    page.locator("[name=host]").press("Escape")
    page.locator("[name=host_post]").fill("干事")
    page.locator("[name=starts_on]").fill((today - timedelta(days=240)).isoformat())
    page.locator("[name=ends_on]").fill((today - timedelta(days=200)).isoformat())
    street.click("核对规定")
    expect(page.locator("section.now")).to_contain_text("少于规定的 6 个月")
    page.locator("[name=ends_on]").fill((today + timedelta(days=60)).isoformat())
    page.locator("[name=ends_on]").press("Tab")
    street.click("提出")
    expect(page.locator(DONE)).to_contain_text("已提出")
    found = re.search(r"/rotations/(\d+)$", page.url)
    assert found is not None
    return int(found[1])


def approve(district: Desk, rotation: int) -> None:
    """From the list of those that wait to the approval by a document."""
    page = district.page
    district.go("/rotations/?state=proposed")
    page.locator(f"a[href='/rotations/{rotation}']").click()
    page.locator("[name=document]").fill(DOCUMENT)
    district.click("批准")
    expect(page.locator(DONE)).to_contain_text("已批准")
    expect(page.get_by_role("heading", level=1).locator("..")).to_contain_text("在外")


def report(worker: Desk) -> None:
    """The person sees that reports are missing, and writes one on a phone."""
    page = worker.page
    worker.go("/rotations/own")
    expect(page.locator("main")).to_contain_text("缺报")
    worker.click("写报告")
    page.locator("[name=text]").fill("参与矛盾纠纷排查，走访 60 户。")
    worker.click("保存报告")
    expect(page.locator(DONE)).to_contain_text("报告已提交")


def extend(district: Desk, rotation: int) -> None:
    """Three months more; the day as first planned stays to be seen."""
    page = district.page
    district.go(f"/rotations/{rotation}")
    expect(page.locator("main")).to_contain_text("走访 60 户")
    page.get_by_text("延长，或取消延长").click()
    page.locator("[name=extend-ends_on]").fill((clock.today() + timedelta(days=150)).isoformat())
    page.locator("[name=extend-reason]").fill("专班任务未完")
    page.get_by_role("button", name="调整期限").click()
    expect(page.locator(DONE)).to_contain_text("期限已调整")
    expect(page.locator("aside.side")).to_contain_text((clock.today() + timedelta(days=60)).isoformat())


def come_back(district: Desk, rotation: int) -> None:
    """Earlier than planned: not without a reason."""
    page = district.page
    district.go(f"/rotations/{rotation}")
    page.locator("[name=back-returned_on]").fill(clock.today().isoformat())
    district.click("登记返回")
    expect(page.locator(".field-error").first).to_contain_text("提前返回的请写明原因")
    page.locator("[name=back-reason]").fill("社区工作需要")
    district.click("登记返回")
    expect(page.locator(DONE)).to_contain_text("已登记返回")


def sum_up(worker: Desk) -> None:
    """Main work and summary, for the form that is signed at the end."""
    page = worker.page
    worker.go("/rotations/own")
    worker.click("写总结")
    page.locator("[name=work]").fill("矛盾纠纷排查")
    page.locator("[name=summary]").fill("学会了调解的方法。")
    worker.click("保存总结")
    expect(page.locator(DONE)).to_contain_text("总结已保存")


def judge(district: Desk, rotation: int, person: Lent) -> None:
    """The grade and the host's opinion; the rotation is done and stands in the lists."""
    page = district.page
    district.go(f"/rotations/{rotation}")
    expect(page.locator("[name=judge-self_summary]")).to_have_value("学会了调解的方法。")
    page.locator("[name=judge-grade][value=good]").check()
    page.locator("[name=judge-host_opinion]").fill("工作踏实，进步明显。")
    district.click("登记鉴定")
    expect(page.locator(DONE)).to_contain_text("鉴定已登记")
    district.go(f"/rotations/?state=evaluated&q={person.number}")
    expect(page.locator("main")).to_contain_text("良好")


def fits_a_phone(phone: Desk, rotation: int, person: Lent) -> None:
    """Lists, pages and forms keep within a narrow screen."""
    unit = f"units/{person.unit_id}"
    for path in ("", str(rotation), "hosts", "wishes", "turns", f"new?q={person.number}", "new/cadre", unit):
        phone.go(f"/rotations/{path}")
        assert phone.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
