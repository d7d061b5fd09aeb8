"""What a person does at a desk: signs in, goes to pages, fills in cells, reads what stands there."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from careerpath.demo.accounts import PASSWORD
from tests.browser.office import Office


@dataclass(frozen=True, slots=True)
class Desk:
    """One browser with one person in front of it."""

    page: Page
    office: Office

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Through the sign-in page."""
        self.page.goto("/sign-in")
        self.type_sign_in(name, password)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        expect(self.page).not_to_have_url(re.compile("/sign-in"))

    def type_sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Fill in the sign-in form of the present page."""
        self.page.get_by_label("账号", exact=True).fill(name)
        self.page.get_by_label("密码", exact=True).fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()

    def go(self, path: str) -> None:
        """To a page that must be there."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def go_to_street(self, code: str) -> None:
        """To the page where a street fills in its appraisals."""
        self.go(f"/appraisals/streets/{self.office.street(code)}")

    def click(self, name: str) -> None:
        """A button or link by its words."""
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).first.click()

    def agree(self, verb: str) -> None:
        """Say yes to the question that a button asks."""
        self.page.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()

    @property
    def rows(self) -> Locator:
        """The rows of the grid that can be filled in with points."""
        return self.page.locator("tr[data-row]").filter(has=self.page.locator("select[data-field=grade]"))

    def row_with(self, state: str) -> Locator:
        """Rows in a state, by its word in the last column."""
        return self.rows.filter(has=self.page.locator("[data-row-state]", has_text=state))

    def figure(self, name: str) -> str:
        """A figure of the line above the table."""
        return self.page.locator(f"[data-summary={name}]").inner_text()

    def is_saved(self, row: Locator) -> None:
        """Wait until a row says that it is saved."""
        expect(row.locator("[data-row-state]")).to_have_text("已保存")


def press(button: Locator) -> None:
    """Press a button that leads to another page, and wait for that page: the old one may say the same things."""
    with button.page.expect_navigation():
        button.click()


def cell(row: Locator, field: str) -> Locator:
    """The field of a row."""
    return row.locator(f"[data-field='{field}']")
