"""A pairing: a mentor appointed, two paired by the street, a log on a phone, a review, both evaluations, the end."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from careerpath.core import clock
from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.browser.pairs import Pair, pair, year_passes

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DONE = "main .notice-success, .notice-success[role=status]"
MENTOR = "邵惠民"


def test_two_are_paired_and_it_is_noted_reviewed_evaluated_and_completed(desk: OpenDesk, office: Office) -> None:
    people = pair(office)
    street = desk(people.clerk)
    appoint(street)
    pairing = agree(street, people)
    mentee = desk(people.account, **PHONE)
    note(mentee, pairing)
    review(desk(people.secretary), pairing)
    year_passes(office, pairing)
    evaluate_mentor(mentee, pairing)
    evaluate_mentee(street, pairing)
    complete(street, pairing, people)


def appoint(street: Desk) -> None:
    """A cadre of an agency, who has no file here, becomes a mentor for good."""
    page = street.page
    street.go("/mentoring/mentors/new?outside=yes")
    page.locator("[name=name]").fill(MENTOR)
    page.locator("[name=post]").fill("费县民政局 社会救助科科长")
    page.locator("[name=kind]").select_option("agency_cadre")
    page.locator("[name=starts_on]").fill((clock.today() - timedelta(days=800)).isoformat())
    street.click("聘任")
    expect(page.locator(DONE)).to_contain_text(f"已聘任{MENTOR}为导师")


def agree(street: Desk, people: Pair) -> int:
    """The street chooses the mentor on their page, and sees why they suit."""
    page = street.page
    street.click("结对")
    page.locator("#person").fill(people.number)
    page.locator("#person").press("Escape")
    street.click("查找")
    expect(page.get_by_role("heading", level=1)).to_contain_text(people.name)
    expect(page.locator("aside.side")).to_contain_text(MENTOR)
    page.locator("[name=starts_on]").fill((clock.today() - timedelta(days=40)).isoformat())
    page.locator("[name=goals]").fill("一年内能独立办理低保、临时救助。")
    page.locator("[name=plan]").fill("每月入户一次，每季度小结。")
    street.click("结对")
    expect(page.locator(DONE)).to_contain_text(f"已为{people.name}结对")
    found = re.search(r"/pairings/(\d+)", page.url)
    assert found is not None
    return int(found[1])


def note(mentee: Desk, pairing: int) -> None:
    """On a phone: the plan, and a log."""
    page = mentee.page
    mentee.go("/mentoring/own")
    expect(page.locator("main")).to_contain_text(MENTOR)
    page.locator(f"a[href='/mentoring/own/pairings/{pairing}/logs/new']").click()
    page.locator("[name=hours]").fill("2.5")
    page.locator("[name=topic]").fill("低保入户核查")
    page.locator("[name=text]").fill("随同入户三家，学会核对收入。")
    mentee.click("提交")
    expect(page.locator("main")).to_contain_text("低保入户核查")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def review(secretary: Desk, pairing: int) -> None:
    """The secretary of the community holds the quarterly review."""
    page = secretary.page
    secretary.go(f"/mentoring/pairings/{pairing}")
    expect(page.locator("main")).to_contain_text("2.5 小时")
    secretary.click("季度评估")
    page.locator("[name=progress]").fill("已能独立受理低保申请。")
    page.get_by_role("button", name="季度评估", exact=True).click()
    expect(page.locator(DONE)).to_contain_text("季度评估已保存")


def evaluate_mentor(mentee: Desk, pairing: int) -> None:
    """The mentee says what they think of the mentor."""
    page = mentee.page
    mentee.go("/mentoring/own")
    page.locator(f"a[href='/mentoring/own/pairings/{pairing}/evaluate']").click()
    page.locator("[name=grade]").select_option("excellent")
    page.locator("[name=opinion]").fill("耐心，随问随答。")
    mentee.click("提交")
    expect(page.locator("main")).to_contain_text("我的评价")


def evaluate_mentee(street: Desk, pairing: int) -> None:
    """The mentor handed in a paper, which the street enters."""
    page = street.page
    street.go(f"/mentoring/pairings/{pairing}")
    street.click("录入导师的评价")
    page.locator("[name=grade]").select_option("fair")
    page.get_by_role("button", name="导师评价帮带对象", exact=True).click()
    expect(page.locator(DONE)).to_contain_text("评价已保存")


def complete(street: Desk, pairing: int, people: Pair) -> None:
    """Missing reviews must be explained; then the pairing is completed and stands among those."""
    page = street.page
    street.click("期满办结")
    page.get_by_role("button", name="期满办结", exact=True).click()
    expect(page.locator("main")).to_contain_text("请在见证单位意见中说明情况")
    page.locator("[name=opinion]").fill("导师下乡期间未评估，已补谈话。同意。")
    page.get_by_role("button", name="期满办结", exact=True).click()
    expect(page.locator(DONE)).to_contain_text("帮带已办结")
    street.go(f"/mentoring/pairings?state=completed&q={people.number}")
    expect(page.locator("tbody")).to_contain_text(MENTOR)
