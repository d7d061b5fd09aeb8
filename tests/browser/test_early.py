"""What a quick person does before the script of a page has come over a slow line."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk, cell

pytestmark = pytest.mark.browser

STREET = "371325107"
MODULES = re.compile(r"/js/(main|grid)\b")


def open_slowly(clerk: Desk, path: str) -> Callable[[], None]:
    """Go to a page whose modules are kept back until the answer is called."""
    kept: list[Route] = []

    def keep(route: Route) -> None:
        kept.append(route)

    clerk.page.route(MODULES, keep)
    clerk.page.goto(path, wait_until="commit")

    def let_go() -> None:
        for route in kept:
            route.continue_()
        clerk.page.unroute(MODULES)

    return let_go


def test_a_question_is_asked_though_the_button_was_quicker(desk: OpenDesk) -> None:
    clerk = desk("district")
    let_go = open_slowly(clerk, "/skills/lines")
    retire = clerk.page.get_by_role("button", name="停用", exact=True)
    retire.first.click()
    lines = retire.count()
    expect(retire.first).to_have_attribute("aria-busy", "true")
    let_go()
    question = clerk.page.get_by_role("dialog")
    expect(question).to_contain_text("停用后不再统计这条线")
    question.get_by_role("button", name="返回", exact=True).click()
    clerk.page.reload()
    expect(retire).to_have_count(lines)


def test_the_server_decides_where_the_script_cannot_be_had(desk: OpenDesk) -> None:
    clerk = desk(f"street-{STREET}")
    clerk.page.route(MODULES, lambda route: route.abort())
    clerk.go_to_street(STREET)
    cell(clerk.rows.nth(2), "opinion").fill("没有脚本时写的意见。")
    clerk.click("保存")
    expect(cell(clerk.rows.nth(2), "opinion")).to_have_value("没有脚本时写的意见。")


def test_what_was_typed_early_is_saved(desk: OpenDesk) -> None:
    clerk = desk(f"street-{STREET}")
    let_go = open_slowly(clerk, f"/appraisals/streets/{clerk.office.street(STREET)}")
    row = clerk.rows.nth(3)
    cell(row, "opinion").click()
    clerk.page.keyboard.press("ControlOrMeta+a")
    clerk.page.keyboard.type("早写的")
    let_go()
    expect(clerk.page.locator(".grid-live")).to_be_visible()
    clerk.page.keyboard.type("意见。")
    expect(cell(row, "opinion")).to_have_value("早写的意见。")
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.locator("[data-grid-saved]")).to_contain_text("已保存")
    clerk.page.reload()
    expect(cell(row, "opinion")).to_have_value("早写的意见。")


def test_a_summary_begun_early_is_kept_without_a_further_key(desk: OpenDesk) -> None:
    office = desk().office
    name, appraisal = office.worker_in(STREET)
    worker = desk(office.hand_out(name))
    let_go = open_slowly(worker, f"/my-appraisals/{appraisal}")
    worker.page.get_by_label("个人总结").fill("脚本还没有到，先写一句。")
    let_go()
    expect(worker.page.locator("[data-save-state]")).to_contain_text("已保存")


def test_a_search_begun_early_finds(desk: OpenDesk) -> None:
    clerk = desk("district")
    let_go = open_slowly(clerk, "/annual-reports/new")
    clerk.page.locator("[name=unit]").click()
    clerk.page.keyboard.press("ControlOrMeta+a")
    clerk.page.keyboard.type("费城")
    let_go()
    clerk.page.get_by_role("option").first.click()
    expect(clerk.page.locator("[name=unit]")).to_have_value(re.compile("费城街道"))
