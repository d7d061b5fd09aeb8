"""A new scheme on its way: brought in, tried on everybody, adopted, levels approved, months paid, read on the slip."""

import re
from datetime import date

from playwright.sync_api import expect

from careerpath.core import clock
from careerpath.policy.edition import shipped_texts
from careerpath.policy.employment import add_months
from tests.browser.conftest import OpenDesk
from tests.browser.desk import Desk

SHIPPED = "pay-feixian-2026.toml"
BASE = re.compile(r"base = 3200\.00")
KEY = "feixian-next"
RECKONING_MS = 120_000
"""A month of the whole county, reckoned by a worker on a busy machine."""


def next_month() -> date:
    """The first day of the month from which the new scheme holds."""
    return add_months(clock.today().replace(day=1), 1)


def draft() -> str:
    """The scheme in force with a higher base, from next month on."""
    text = shipped_texts("pay")[SHIPPED]
    text = text.replace('key = "feixian-2026"', f'key = "{KEY}"')
    text = re.sub(r"effective_from = \S+", f"effective_from = {next_month()}", text)
    text = text.replace("2026 年调整", "新一年调整")
    assert BASE.search(text)
    return BASE.sub("base = 3360.00", text)


def test_a_new_scheme_goes_from_the_draft_to_the_slip(desk: OpenDesk) -> None:
    district, clerk = desk("district"), desk("street")
    bring_in(district)
    try_and_adopt(district)
    propose(clerk)
    approve(district)
    pay_this_month(district)
    pay_next_month(district)
    read_slip(desk("worker"))
    print_register(desk("finance"))


def bring_in(district: Desk) -> None:
    """A draft with a slip of the pen is refused with its place; the mended one is kept."""
    district.go("/rules/new")
    district.page.locator("textarea[name=text]").fill(draft().replace("lowest = 1\n", "lowest = 0\n", 1))
    district.click("导入为草案")
    expect(district.page.get_by_role("alert").first).to_be_visible()
    district.page.locator("textarea[name=text]").fill(draft())
    district.click("导入为草案")
    expect(district.page.get_by_role("heading", level=1)).to_contain_text("新一年调整")


def try_and_adopt(district: Desk) -> None:
    """Everybody gains; then the draft is adopted."""
    edition = district.page.url
    district.click("查看影响")
    expect(district.page.get_by_role("heading", level=1)).to_contain_text("影响测算")
    expect(district.page.get_by_text("示例数据，非官方").first).to_be_visible()
    figures = district.page.locator("dl.figures")
    expect(figures).to_contain_text(re.compile(r"减少\s*0"))
    assert int(re.search(r"增加\s*(\d+)", figures.inner_text()).group(1)) > 50  # type: ignore[union-attr]
    expect(district.page.locator("svg").nth(3)).to_be_attached()
    district.page.goto(edition)
    district.click("采用")
    district.page.get_by_role("button", name="采用", exact=True).click()
    expect(district.page.get_by_text("已采用").first).to_be_visible()


def propose(clerk: Desk) -> None:
    """The street's round of last week goes to the district."""
    clerk.go("/pay/rounds")
    clerk.page.locator("main table a").first.click()
    clerk.click("上报区级审批")
    clerk.page.locator("textarea[name=opinion]").fill("经审核，同意上报。")
    clerk.page.get_by_role("button", name="上报区级审批", exact=True).click()
    expect(clerk.page.get_by_text("待审批").first).to_be_visible()


def approve(district: Desk) -> None:
    """The district looks at a person's reasons, then approves everybody with the number of its document."""
    district.go("/pay/rounds")
    district.page.locator("main table tr", has_text="费城街道").locator("a").first.click()
    row = district.page.locator("main tbody tr").first
    row.locator("a").first.click()
    expect(district.page.get_by_text("依据").first).to_be_visible()
    district.page.go_back()
    district.page.locator("input[name=document]").fill("费社工发〔2026〕51号")
    district.page.get_by_role("button", name=re.compile("^全部审批")).click()
    district.agree("全部审批")
    expect(district.page.locator("main")).to_contain_text(re.compile(r"已审批 \d+ 人"))


def pay_this_month(district: Desk) -> None:
    """What changed since the draft was reckoned must be reckoned again before the month can be confirmed."""
    district.go("/pay/runs")
    district.page.locator("main table a").first.click()
    district.click("确认发放")
    district.page.get_by_role("button", name="确认发放", exact=True).click()
    expect(district.page.get_by_role("alert").first).to_contain_text("重新计算")
    district.page.go_back()
    district.page.go_back()
    with district.page.expect_navigation():
        district.click("重新计算")
    confirm(district)


def pay_next_month(district: Desk) -> None:
    """The next month is the first one under the new scheme."""
    district.go("/pay/runs/new")
    district.page.locator("input[name=month]").fill(f"{next_month():%Y-%m}")
    with district.page.expect_navigation():
        district.click("开始核算")
    confirm(district)


def confirm(district: Desk) -> None:
    """Wait until the month is reckoned; confirm it after a look at the sum in words."""
    expect(district.page.get_by_role("link", name="确认发放", exact=True)).to_be_visible(timeout=RECKONING_MS)
    district.click("确认发放")
    expect(district.page.get_by_role("heading", level=1)).to_contain_text("确认发放")
    expect(district.page.locator("main")).to_contain_text("实发（大写）")
    district.page.get_by_role("button", name="确认发放", exact=True).click()
    expect(district.page.get_by_text("已确认发放").first).to_be_visible()


def read_slip(worker: Desk) -> None:
    """The worker finds the new base in the reasons of the own slip."""
    worker.go("/pay/own")
    worker.page.locator("main table a").first.click()
    expect(worker.page.get_by_text("示例数据，非官方").first).to_be_visible()
    expect(worker.page.locator("main")).to_contain_text("3360")


def print_register(finance: Desk) -> None:
    """Finance takes a street's register as PDF."""
    finance.go("/pay/runs")
    finance.page.locator("main table a").first.click()
    finance.page.get_by_role("link", name="费城街道", exact=True).click()
    link = finance.page.locator("a[href$='.pdf'], a[href*='.pdf?']").first.get_attribute("href")
    assert link is not None
    answer = finance.page.request.get(link)
    assert answer.ok
    assert answer.body().startswith(b"%PDF")
