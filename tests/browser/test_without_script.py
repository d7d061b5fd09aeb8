"""A browser that runs no scripts: the grid is one form with one button."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenDesk
from tests.browser.desk import cell
from tests.browser.office import GOOD

pytestmark = pytest.mark.browser

STREET = "371325106"


def test_a_clerk_fills_saves_and_submits_without_scripts(desk: OpenDesk) -> None:
    clerk = desk(f"street-{STREET}", java_script_enabled=False)
    clerk.go_to_street(STREET)
    expect(clerk.row_with("未填写")).to_have_count(2)
    for place in range(4):
        row = clerk.rows.nth(place)
        fields = row.locator("input[data-field]")
        for number, value in enumerate(GOOD.values()):
            fields.nth(number).fill(str(value))
        cell(row, "grade").select_option("2")
        cell(row, "opinion").fill("同意社区意见。")
    clerk.click("保存")
    expect(clerk.row_with("已保存")).to_have_count(4)
    clerk.click("提交区级审定")
    clerk.click("提交区级审定")
    expect(clerk.page.locator("[data-row-state]").first).to_have_text("已提交")
    expect(clerk.page.locator("select[data-field=grade]")).to_have_count(0)
