"""A street's annual report: begun, a figure followed to its list, its text changed, signed, printed."""

import json
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from careerpath.core import clock
from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

DONE = "main .notice-success, .notice-success[role=status]"
WORDS = "年末在岗{在岗人数}人，队伍总体稳定。"


def test_a_street_writes_its_report_from_the_figures_to_the_paper(desk: OpenDesk) -> None:
    street = desk("street")
    number = begin(street)
    people = follow_a_figure(street, number)
    write(street, number, people)
    sign(street, number)
    assert pages_of(street) > 5
    assert told_by(street, number) == people


def begin(clerk: Desk) -> int:
    """This year's report; gives its number in the address."""
    page = clerk.page
    clerk.go("/annual-reports")
    clerk.click("编制年度报告")
    expect(page.get_by_role("heading", level=1)).to_contain_text("编制年度报告")
    expect(page.locator("[name=unit]")).to_have_value(re.compile("费城街道"))
    page.locator("[name=unit]").fill("费城")
    page.get_by_role("option").first.click()
    page.locator("[name=year]").fill(str(clock.today().year))
    page.locator("[name=on]").fill(clock.today().isoformat())
    clerk.click("开始汇总")
    expect(page).to_have_url(re.compile(r"/annual-reports/\d+$"))
    expect(page.locator("section.chapter")).to_have_count(12)
    return int(page.url.rsplit("/", 1)[1])


def follow_a_figure(clerk: Desk, number: int) -> int:
    """The people in service are as many as their list is long."""
    page = clerk.page
    clerk.go(f"/annual-reports/{number}/listed?code=team_serving&period=year")
    expect(page.get_by_role("heading", level=1)).to_contain_text("在岗人数")
    told = re.search(r"共\s*(\d+)", page.locator("main").inner_text())
    assert told is not None
    clerk.go(f"/annual-reports/{number}")
    link = page.locator("#team a[href*='code=team_serving']").first
    expect(link).to_have_text(told[1])
    return int(told[1])


def write(clerk: Desk, number: int, people: int) -> None:
    """A place that no figure fills is refused by its name; then the text stands with its number in it."""
    page = clerk.page
    clerk.go(f"/annual-reports/{number}/texts/team")
    page.locator("textarea[name=text]").fill("年末在岗{在岗总数}人。")
    clerk.click("保存文字")
    expect(page.locator("main")).to_contain_text("在岗总数")
    page.locator("textarea[name=text]").fill(WORDS)
    clerk.click("保存文字")
    expect(page.locator(DONE)).to_contain_text("已保存")
    expect(page.locator("main")).to_contain_text(f"年末在岗{people}人，队伍总体稳定。")


def sign(clerk: Desk, number: int) -> None:
    """Signed, it cannot be gathered or written any more."""
    page = clerk.page
    clerk.go(f"/annual-reports/{number}")
    clerk.click("定稿")
    expect(page.get_by_role("heading", level=1)).to_contain_text("年度报告定稿")
    page.locator("[name=signed_on]").fill(clock.today().isoformat())
    page.locator("[name=document]").fill("费城办发〔2026〕31号")
    page.locator("main").get_by_role("button", name="定稿", exact=True).click()
    expect(page.locator("main")).to_contain_text("数字、表格、附件和文字不再变化")
    expect(page.get_by_role("button", name="重新汇总")).to_have_count(0)


def pages_of(clerk: Desk) -> int:
    """The pages of the paper."""
    answer = clerk.page.request.get(clerk.page.url + "/report.pdf", timeout=60_000)
    assert answer.ok
    with pikepdf.open(BytesIO(answer.body())) as file:
        return len(file.pages)


def told_by(clerk: Desk, number: int) -> int:
    """The people in service as the file for other programs tells them."""
    with clerk.page.expect_download() as download:
        clerk.click("JSON")
    told = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert told["report"]["state"] == "frozen"
    assert told["report"]["number"].endswith(f"{number:06d}")
    figures = {one["code"]: one["value"] for section in told["sections"] for one in section["figures"]}
    return int(figures["team_serving"])
