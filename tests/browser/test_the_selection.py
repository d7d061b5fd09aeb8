"""A round of selection: planned, announced, nominated on a phone and by the street, examined, decided, in the pool."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from careerpath.core import clock
from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk, cell
from tests.browser.office import Office
from tests.browser.reserves import Neighbours, days_pass, entrant_named, neighbours

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
NAME = "2027年社区党组织书记后备竞岗"
DOCUMENT = "费社工发〔2026〕96号"
MINUTES = "部务会纪要〔2026〕31号"
DONE = "main .notice-success, .notice-success[role=status]"
"""What a page says once something was done."""


def test_a_reserve_is_selected_from_the_plan_to_the_pool(desk: OpenDesk, office: Office) -> None:
    people = neighbours(office)
    district = desk("district")
    selection = plan(district, people)
    announce(district, selection)
    nominate_oneself(desk(people.own_account, **PHONE), selection)
    nominate_colleague(desk(people.clerk), selection, people)
    for name in (people.own_name, people.colleague_name):
        review(district, office, selection, name)
    days_pass(office, selection)
    close(district, selection)
    type_points(district, selection, people)
    decide(district, selection, people)
    show_to_the_public(district, selection)
    days_pass(office, selection)
    conclude(district, selection, people)


def plan(district: Desk, people: Neighbours) -> int:
    """A selection with one place in one community."""
    page, today = district.page, clock.today()
    district.go("/talent-pool/selections/new")
    page.locator("[name=name]").fill(NAME)
    option = page.locator("[name=rules] option", has_text="社区党组织书记后备人选（费县").first
    page.locator("[name=rules]").select_option(option.get_attribute("value"))
    page.locator("[name=closes_on]").fill((today + timedelta(days=7)).isoformat())
    page.locator("[name=held_on]").fill((today + timedelta(days=14)).isoformat())
    district.click("保存，下一步分配名额")
    expect(page.get_by_role("heading", level=1)).to_contain_text("后备名额")
    page.locator(f"[name=places-{people.unit_id}]").fill("1")
    district.click("保存名额")
    expect(page.locator(DONE)).to_contain_text("名额已保存，共 1 个")
    found = re.search(r"/selections/(\d+)", page.url)
    assert found is not None
    return int(found[1])


def announce(district: Desk, selection: int) -> None:
    """After the announcement rules and places stay as they are."""
    page = district.page
    district.go(f"/talent-pool/selections/{selection}/announce")
    page.locator("[name=document]").fill(DOCUMENT)
    district.click("发布公告")
    expect(page.locator(DONE)).to_contain_text("竞岗公告已发布")


def nominate_oneself(worker: Desk, selection: int) -> None:
    """On a phone: what the rule advises, a statement, and where one's name stands."""
    page = worker.page
    worker.go("/talent-pool/own/selections")
    page.locator(f"a[href='/talent-pool/own/selections/{selection}/nominate']").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("本人报名")
    page.locator("[name=statement]").fill("在社区工作多年，熟悉居民情况，愿意承担更多责任。")
    worker.click("提交报名")
    expect(page.locator("main")).to_contain_text("待资格审查")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def nominate_colleague(street: Desk, selection: int, people: Neighbours) -> None:
    """The street brings somebody forward."""
    page = street.page
    street.go(f"/talent-pool/selections/{selection}/entrants/new?q={people.colleague_number}")
    expect(page.locator("main")).to_contain_text(people.colleague_name)
    page.locator("[name=statement]").fill("组织协调能力强，群众公认。")
    street.click("提交推荐")
    expect(page.locator("main")).to_contain_text(people.colleague_name)


def review(district: Desk, office: Office, selection: int, name: str) -> None:
    """The district admits somebody, whatever the rule advises, and says why."""
    page = district.page
    district.go(f"/talent-pool/entrants/{entrant_named(office, selection, name)}")
    page.locator("input[name=admitted][value=yes]").check()
    page.locator("[name=reason]").first.fill("部务会研究，工作需要。")
    page.get_by_role("button", name=re.compile("^保存(审查意见)?$")).click()
    expect(page.locator("main")).to_contain_text("审查通过")


def close(district: Desk, selection: int) -> None:
    """Nominations are closed."""
    district.go(f"/talent-pool/selections/{selection}")
    district.click("结束审查")
    district.agree("结束审查")
    expect(district.page.locator(DONE)).to_contain_text("2 人参加测评")


def type_points(district: Desk, selection: int, people: Neighbours) -> None:
    """A vote by its tally and two stages by points, each row kept as it is typed; the result is told live."""
    page = district.page
    district.go(f"/talent-pool/selections/{selection}/stages/points?stage=recommendation&by=votes")
    for name, votes in ((people.own_name, "36"), (people.colleague_name, "30")):
        row = page.locator("tr[data-row]").filter(has_text=name)
        cell(row, "votes_for").fill(votes)
        cell(row, "votes_cast").fill("40")
        cell(row, "votes_cast").press("Enter")
        expect(row.locator("[data-shown=points]")).to_have_text(f"{int(votes) * 100 / 40:.2f}")
        district.is_saved(row)
    assert (district.figure("filled"), district.figure("expected")) == ("2", "2")
    for stage in ("speech", "interview"):
        district.go(f"/talent-pool/selections/{selection}/stages/points?stage={stage}")
        for name in (people.own_name, people.colleague_name):
            row = page.locator("tr[data-row]").filter(has_text=name)
            cell(row, "points").fill("85")
            cell(row, "points").press("Enter")
            district.is_saved(row)
    district.go(f"/talent-pool/selections/{selection}/stages")
    district.click("结束测评")
    district.agree("结束测评")
    expect(page.locator("tbody tr").filter(has_text=people.own_name)).to_contain_text("86.50")


def decide(district: Desk, selection: int, people: Neighbours) -> None:
    """The district decides by its minutes."""
    page = district.page
    district.go(f"/talent-pool/selections/{selection}/results")
    expect(page.locator("tbody tr").filter(has_text=people.colleague_name)).to_contain_text("未入选")
    page.locator("[name=document]").fill(MINUTES)
    district.click("研究确定")
    district.agree("研究确定")
    expect(page.locator(DONE)).to_contain_text("已研究确定，入选 1 人")


def show_to_the_public(district: Desk, selection: int) -> None:
    """The notice runs for the usual days."""
    district.click("公示入选名单")
    district.agree("公示")
    expect(district.page.locator(DONE)).to_contain_text("入选名单已公示")
    expect(district.page).to_have_url(re.compile(f"/selections/{selection}/notice"))


def conclude(district: Desk, selection: int, people: Neighbours) -> None:
    """The person stands in the pool as a reserve of the community."""
    page = district.page
    district.go(f"/talent-pool/selections/{selection}/notice")
    district.click("办理入库")
    district.agree("入库")
    expect(page.locator(DONE)).to_contain_text("1 人已进入后备人才库")
    district.go(f"/talent-pool/entries?q={people.own_name}")
    expect(page.locator("tbody")).to_contain_text(people.community)
