"""At the door: who comes in, who stays out, and what happens to work when a sign-in runs out."""

import re

import pytest
from playwright.sync_api import expect

from careerpath.demo.accounts import PASSWORD
from tests.browser.conftest import OpenDesk
from tests.browser.desk import cell
from tests.browser.office import Office

pytestmark = pytest.mark.browser


def test_five_wrong_passwords_lock_the_account_and_the_page_says_so(desk: OpenDesk, office: Office) -> None:
    name = office.hand_out(office.some_worker(-1))
    stranger = desk()
    stranger.go("/sign-in")
    for _ in range(5):
        stranger.type_sign_in(name, "not-the-password")
        expect(stranger.page.get_by_role("alert")).to_contain_text("账号或密码不正确")
    stranger.type_sign_in(name, PASSWORD)
    expect(stranger.page.get_by_role("alert")).to_contain_text("锁定")
    expect(stranger.page).to_have_url(re.compile("/sign-in"))


def test_whoever_comes_with_a_first_password_sets_an_own_one_before_anything_else(
    desk: OpenDesk, office: Office
) -> None:
    name = office.hand_out(office.some_worker(-2), must_change=True)
    own = "Walnut-Kettle-58-river"
    newcomer = desk(name)
    expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("修改密码")
    newcomer.go("/my-file")
    expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("修改密码")
    newcomer.page.get_by_label("现在的密码", exact=True).fill(PASSWORD)
    newcomer.page.get_by_label("新密码", exact=True).fill(own)
    newcomer.page.get_by_label("再输一遍新密码", exact=True).fill(own)
    newcomer.click("修改密码")
    expect(newcomer.page.get_by_text("密码已修改")).to_be_visible()
    newcomer.go("/my-file")
    expect(newcomer.page.get_by_role("heading", level=1)).not_to_have_text("修改密码")


def test_after_signing_out_the_pages_are_closed(desk: OpenDesk) -> None:
    clerk = desk("finance")
    clerk.page.locator(".top-end details.drop > summary").last.click()
    clerk.click("退出登录")
    expect(clerk.page.get_by_text("您已安全退出。")).to_be_visible()
    clerk.page.goto("/jobs")
    expect(clerk.page).to_have_url(re.compile("/sign-in"))


def test_what_was_typed_when_the_sign_in_ran_out_comes_back_after_signing_in_again(
    desk: OpenDesk, office: Office
) -> None:
    code = "371325107"
    clerk = desk(f"street-{code}")
    clerk.go_to_street(code)
    row = clerk.rows.nth(3)
    key = row.get_attribute("data-row")
    office.end_sign_ins(f"street-{code}")
    cell(row, "opinion").click()
    clerk.page.keyboard.type("工作踏实，同意。")
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.get_by_role("alert")).to_contain_text("登录已失效")
    clerk.click("重新登录")
    expect(clerk.page).to_have_url(re.compile("/sign-in"))
    clerk.type_sign_in(f"street-{code}")
    again = clerk.page.locator(f"tr[data-row='{key}']")
    expect(cell(again, "opinion")).to_have_value("工作踏实，同意。")
    expect(clerk.page.get_by_role("alert")).to_contain_text("已恢复 1 行")
    expect(again.locator("[data-row-state]")).to_have_text("未填完")
    clerk.page.reload()
    expect(cell(again, "opinion")).to_have_value("工作踏实，同意。")
