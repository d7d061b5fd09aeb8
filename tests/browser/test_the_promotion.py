"""From the pool to a post: proposed, approved, named to the public, appointed; and an election recorded."""

import re

import pytest
from playwright.sync_api import expect

from careerpath.core import clock
from tests.browser.ascents import Climber, climbers, make_reserve, notice_runs_out
from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk
from tests.browser.office import Office

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DOCUMENT = "费组字〔2026〕61号"
REPORT = "社区“两委”选举结果报告单"
DONE = "main .notice-success, .notice-success[role=status]"
"""What a page says once something was done."""


def test_a_reserve_becomes_secretary_and_an_election_is_recorded(desk: OpenDesk, office: Office) -> None:
    reserve, candidate = climbers(office)
    entry = make_reserve(office, reserve)
    street, district = desk("street"), desk("district")
    promotion = propose(street, entry)
    submit(street, promotion)
    approve(district, promotion)
    name_to_the_public(district, promotion)
    notice_runs_out(office, promotion)
    appoint(district, promotion, reserve)
    stands(district, reserve)
    waits_for_a_level(street, reserve)
    elected = propose_candidate(street, candidate)
    approve(district, elected)
    record(district, elected)
    fits_a_phone(desk("district", **PHONE), elected)


def number_of(desk: Desk) -> int:
    """The promotion whose page is open."""
    found = re.search(r"/promotions/(\d+)$", desk.page.url)
    assert found is not None
    return int(found[1])


def propose(street: Desk, entry: int) -> int:
    """From the entry of the pool; the conditions stand beside the form."""
    page = street.page
    street.go(f"/talent-pool/entries/{entry}")
    street.click("提出晋升任用")
    expect(page.locator("aside.side")).to_contain_text("依据：")
    expect(page.locator("[name=post]")).to_have_value("chief")
    page.locator("[name=party_role]").fill("党组织书记")
    street.click("提出")
    expect(page.locator(".field-error").first).to_contain_text("任免理由")
    page.locator("[name=reason]").fill("工作需要，群众认可。")
    street.click("提出")
    expect(page.locator(DONE)).to_contain_text("已提出")
    return number_of(street)


def submit(street: Desk, promotion: int) -> None:
    """Who does not meet every condition is submitted with a reason alone."""
    page = street.page
    street.go(f"/talent-pool/promotions/{promotion}")
    page.locator("[name=opinion]").fill("班子缺额已久，先行任用，补齐锻炼经历。")
    street.click("上报")
    street.agree("上报")
    expect(page.locator(DONE)).to_contain_text("已上报")
    expect(page.get_by_role("heading", level=1)).to_contain_text("社区党组织书记")


def approve(district: Desk, promotion: int) -> None:
    """By a document of today."""
    page = district.page
    district.go(f"/talent-pool/promotions/{promotion}")
    page.locator("[name=document]").fill(DOCUMENT)
    page.locator("[name=opinion]").first.fill("同意")
    district.click("批准")
    district.agree("批准")
    expect(page.locator(DONE)).to_contain_text("已批准")


def name_to_the_public(district: Desk, promotion: int) -> None:
    """The usual days stand there; until they are over nobody is appointed."""
    page = district.page
    district.go(f"/talent-pool/promotions/{promotion}")
    district.click("开始公示")
    district.agree("公示")
    expect(page.locator(DONE)).to_contain_text("已开始任前公示")
    expect(page.locator("section.now")).to_contain_text("期满后方可任职")
    assert page.get_by_role("button", name="任职", exact=True).count() == 0


def appoint(district: Desk, promotion: int, reserve: Climber) -> None:
    """From the task on the start page's list to the appointment."""
    page = district.page
    district.go("/talent-pool/promotions/together/appoint")
    expect(page.locator("main")).to_contain_text(reserve.name)
    district.go(f"/talent-pool/promotions/{promotion}")
    page.locator("[name=starts_on]").fill(clock.today().isoformat())
    district.click("任职")
    district.agree("任职")
    expect(page.locator(DONE)).to_contain_text("已任职")


def stands(district: Desk, reserve: Climber) -> None:
    """The posting stands in the file, the person on the rung, and the pool is left."""
    page = district.page
    district.go(f"/employees/{reserve.employee_id}/postings")
    expect(page.locator("main")).to_contain_text("社区党组织书记")
    expect(page.locator("main")).to_contain_text(clock.today().isoformat())
    district.go(f"/talent-pool/employees/{reserve.employee_id}/ladder")
    expect(page.locator("ol.ladder li.is-current, ol.ladder li[aria-current=step]").first).to_contain_text("书记")
    district.go(f"/talent-pool/entries?inside=left&q={reserve.number}")
    expect(page.locator("main")).to_contain_text(reserve.name)


def waits_for_a_level(street: Desk, reserve: Climber) -> None:
    """The street is reminded that the level is to be proposed anew."""
    street.go("/pay/changed-posts")
    expect(street.page.locator("main")).to_contain_text(reserve.name)


def propose_candidate(street: Desk, candidate: Climber) -> int:
    """Somebody of no pool, for a post that an election decides."""
    page = street.page
    street.go(f"/talent-pool/promotions/new?q={candidate.number}&rung=committee")
    expect(page.locator("main")).to_contain_text("选举产生")
    page.locator("[name=title]").fill("社区“两委”委员")
    page.locator("[name=reason]").fill("群众推荐。")
    page.locator("[name=checked-support][value=yes]").check()
    street.click("提出")
    expect(page.locator(DONE)).to_contain_text("已提出")
    promotion = number_of(street)
    page.locator("[name=opinion]").fill("推荐为候选人。")
    street.click("上报")
    street.agree("上报")
    expect(page.locator(DONE)).to_contain_text("已上报")
    return promotion


def record(district: Desk, promotion: int) -> None:
    """More votes than voters are refused; what the report says is kept."""
    page = district.page
    today = clock.today().isoformat()
    district.go(f"/talent-pool/promotions/{promotion}")
    page.locator("[name=result][value=yes]").check()
    page.locator("[name=votes_for]").fill("62")
    page.locator("[name=votes_cast]").fill("60")
    page.locator("[name=document]").fill(REPORT)
    page.locator("[name=starts_on]").fill(today)
    district.click("登记结果")
    district.agree("登记")
    expect(page.locator(".field-error").first).to_contain_text("多于投票总数")
    page.locator("[name=votes_for]").fill("51")
    district.click("登记结果")
    district.agree("登记")
    expect(page.locator(DONE)).to_contain_text("选举结果已登记")
    expect(page.locator("main")).to_contain_text("51 票（共 60 票）")


def fits_a_phone(phone: Desk, promotion: int) -> None:
    """List, page and new proposal keep within a narrow screen."""
    for path in ("", f"/{promotion}", "/new", "/together/approve", "/election-results"):
        phone.go(f"/talent-pool/promotions{path}")
        assert phone.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
