"""Two people at one table, and a line that fails: nothing that was typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk, cell

pytestmark = pytest.mark.browser

STREET = "371325107"


def clerk_of(desk: OpenDesk) -> Desk:
    """A clerk in front of the grid of a small street."""
    clerk = desk(f"street-{STREET}")
    clerk.go_to_street(STREET)
    return clerk


def write(page: Page, text: str) -> None:
    """Type into the cell where the focus is, and leave it."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("mine", [True, False])
def test_who_comes_second_sees_both_versions_and_chooses(desk: OpenDesk, mine: bool) -> None:
    first, second = clerk_of(desk), clerk_of(desk)
    early, late = first.rows.nth(0), second.rows.nth(0)
    cell(early, "opinion").click()
    write(first.page, f"先写的意见 {mine}")
    first.is_saved(early)
    cell(late, "opinion").click()
    write(second.page, f"后写的意见 {mine}")
    both = second.page.locator(".conflict")
    expect(both).to_contain_text(f"先写的意见 {mine}")
    expect(both).to_contain_text(f"后写的意见 {mine}")
    expect(late.locator("[data-row-state]")).to_have_text("请选用一份")
    both.get_by_role("button", name="用我的" if mine else "用对方的").click()
    second.is_saved(late)
    first.page.reload()
    expect(cell(early, "opinion")).to_have_value(f"{'后' if mine else '先'}写的意见 {mine}")


def test_a_line_that_fails_keeps_the_typing_and_saves_it_later(desk: OpenDesk) -> None:
    clerk = clerk_of(desk)
    row = clerk.rows.nth(1)
    clerk.page.context.set_offline(True)
    cell(row, "opinion").click()
    write(clerk.page, "断网时写的意见。")
    expect(clerk.page.get_by_role("alert")).to_contain_text("网络中断，未保存 1 行")
    expect(cell(row, "opinion")).to_have_value("断网时写的意见。")
    clerk.page.context.set_offline(False)
    clerk.is_saved(row)
    expect(clerk.page.get_by_role("alert")).to_have_count(0)
    clerk.page.reload()
    expect(cell(row, "opinion")).to_have_value("断网时写的意见。")
