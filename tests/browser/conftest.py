"""A browser at an office: every page that a test opens is watched for what must never happen on a page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.desk import Desk
from tests.browser.office import Office, running_office

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SCREEN = {"width": 1366, "height": 768}

PATIENCE_MS = 20_000
"""A page may take long on a machine that is busy with other tests."""
expect.set_options(timeout=PATIENCE_MS)

OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, blank_database: Path) -> Iterator[Office]:
    """The county, served for all browser tests together: each test keeps to people of its own."""
    with running_office(tmp_path_factory.mktemp("office"), blank_database) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser; every desk has its own cookies in it."""
    path = CHROMIUM if Path(CHROMIUM).exists() else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def desk(office: Office, chromium: Browser) -> Iterator[OpenDesk]:
    """``desk("street")``: a browser of one's own, signed in; further arguments are those of the browser context.

    When the test is over, nothing may have stood in any console and no other machine may have been asked.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []
    own_host = urlsplit(office.url).netloc

    def listen(page: Page) -> None:
        page.on("console", lambda message: troubles.extend(complaints(message)))
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.set_default_timeout(PATIENCE_MS)

    def open_desk(name: str = "", **options: object) -> Desk:
        context = chromium.new_context(
            base_url=office.url,
            locale="zh-CN",
            **({"viewport": SCREEN} | options),  # type: ignore[arg-type]
        )
        context.on("page", listen)
        context.on(
            "request",
            lambda request: None if is_own(request.url, own_host) else troubles.append(f"another host: {request.url}"),
        )
        contexts.append(context)
        opened = Desk(context.new_page(), office)
        if name:
            opened.sign_in(name)
        return opened

    yield open_desk
    for context in contexts:
        context.close()
    assert troubles == []


def is_own(url: str, own_host: str) -> bool:
    """Whether an address is on the office's own machine; the browser shows a PDF with an extension of its own."""
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "chrome", "chrome-extension") or parts.netloc == own_host


def complaints(message: ConsoleMessage) -> list[str]:
    """What the console holds against a page. An answer such as 409 is no fault: the page deals with it."""
    expected = message.text.startswith("Failed to load resource")
    if message.type not in ("error", "warning") or expected:
        return []
    return [f"{message.location.get('url')}: {message.text}"]
