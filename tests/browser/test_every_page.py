"""Every kind of page that a role can reach, on a screen and on a phone."""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from careerpath.demo.accounts import DEMO_ROLES
from tests.browser.conftest import SCREEN, OpenDesk

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
FILES = re.compile(r"\.(pdf|xlsx|csv|zip|json)$|/(photo|template|result|marked)$|/attachments/\d+$")
AXE = Axe().axe_script
GRAVE = ["serious", "critical"]

LINKS = """
() => [...document.querySelectorAll("a[href]")].filter((a) => !a.hasAttribute("download"))
  .map((a) => new URL(a.getAttribute("href"), document.baseURI).href)
"""
FAULTS = """
(grave) => axe.run({
  resultTypes: ["violations"],
  rules: Object.fromEntries(axe._audit.rules
    .filter((rule) => rule.impact && !grave.includes(rule.impact)).map((rule) => [rule.id, { enabled: false }])),
}).then((found) => found.violations.filter((one) => grave.includes(one.impact)))
"""
"""What breaks the rules of axe that are of weight: all that such a rule finds weighs as much as the rule."""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""A page that was resized has measured its tables anew."""
WIDER = """
() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest("details:not([open]) > :not(summary)"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(-4)
  .map((one) => one.tagName + "." + one.className)
"""


def kind_of(path: str) -> str:
    """Pages that differ only in whose they are, are of one kind."""
    return re.sub(r"\d+", "1", path)


@pytest.fixture(scope="module")
def audited() -> set[str]:
    """Kinds of pages that were looked through for accessibility: it takes long, and roles share most of them."""
    return set()


@pytest.mark.parametrize("name", list(DEMO_ROLES))
def test_every_kind_of_page_of_a_role_fits_and_can_be_read(desk: OpenDesk, audited: set[str], name: str) -> None:
    page = desk(name).page
    faults: list[str] = []
    page.on("response", lambda answer: faults.extend(refused(answer)))
    seen, waiting = {"/"}, deque(["/", "/password", "/no-such-page"])
    while waiting:
        address = waiting.popleft()
        path = urlsplit(address).path
        page.goto(address, wait_until="load")
        faults.extend(f"{path}: {fault}" for fault in overflows(page))
        if kind_of(path) not in audited:
            audited.add(kind_of(path))
            faults.extend(f"{path}: {fault}" for fault in barriers(page))
        for link in page.evaluate(LINKS):
            parts = urlsplit(link)
            kind = kind_of(parts.path)
            if kind not in seen and not FILES.search(parts.path):
                seen.add(kind)
                waiting.append(f"{parts.path}?{parts.query}".removesuffix("?"))
    assert faults == []
    assert len(seen) > 5


def test_the_page_at_the_door_fits_and_can_be_read(desk: OpenDesk) -> None:
    stranger = desk()
    stranger.go("/sign-in")
    assert overflows(stranger.page) + barriers(stranger.page) == []


def refused(answer: Response) -> list[str]:
    """A link that leads to nothing. One that leads on is judged by where it ends."""
    leads_on = 300 <= answer.status < 400 and not answer.headers.get("location", "").startswith("/sign-in")
    return [] if answer.ok or leads_on or "no-such" in answer.url else [f"{answer.url}: {answer.status}"]


def overflows(page: Page) -> list[str]:
    """What makes the present page wider than the window of a phone, or of a screen."""
    faults = []
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            faults.append(f"too wide for {size['width']}: {page.evaluate(WIDER)}")
    return faults


def barriers(page: Page) -> list[str]:
    """What keeps people from reading or using the present page."""
    page.evaluate(AXE)
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:2]]}"
        for one in page.evaluate(FAULTS, GRAVE)
    ]
