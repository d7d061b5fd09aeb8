"""Takes the pictures of the README from the demo: ``python packaging/pictures.py``; needs Chromium and pdftoppm.

The demo is built in a temporary folder and served on a free port, so that a demo of one's own stays as it is.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from careerpath.demo.accounts import PASSWORD

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
SCREEN = {"width": 1366, "height": 820}
PHONE = {"width": 390, "height": 844}
COLOURS = 128
"""Enough for pages of one hue; keeps each picture well below 300 kB."""

SUMMARY = """一年来，我负责两个网格共三百二十户的日常走访和矛盾调解。

一、走访入户。每户每季度至少一次，记录需求一百四十六件，办结一百三十九件。

二、调解纠纷。全年调解邻里纠纷十二起，全部当场签订协议。

三、志愿服务。组织义诊、助学、清洁家园等活动二十场，参加居民六百余人次。"""


def main() -> None:
    """Take all pictures anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served_demo() as address, sync_playwright() as playwright:
        path = CHROMIUM if Path(CHROMIUM).exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        street = sign_in(browser, address, "street", SCREEN)
        open_grid(street)
        keep(street, "street.png")
        take_form(street)
        street.goto(f"{address}/employees")
        keep(street, "people.png")
        worker = sign_in(browser, address, "worker", PHONE)
        worker.locator("main a", has_text="开始写").or_(worker.locator("main a", has_text="总结")).first.click()
        worker.fill("textarea[name=text]", SUMMARY)
        worker.get_by_text("草稿已保存").wait_for()
        worker.evaluate("document.querySelector('section.now').scrollIntoView()")
        keep(worker, "phone.png")
        browser.close()


def sign_in(browser: Browser, address: str, name: str, size: dict[str, int]) -> Page:
    """A page of a browser of its own, with an account of the demo signed in."""
    page = browser.new_context(viewport=size, locale="zh-CN").new_page()  # type: ignore[arg-type]
    page.goto(f"{address}/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    return page


def open_grid(page: Page) -> None:
    """The page where a street fills in its year."""
    page.locator("main a[href^='/appraisals/streets/']").first.click()
    page.locator("form.grid-live").wait_for()
    page.locator("tr[data-row] input[data-field]").nth(4).focus()


def take_form(page: Page) -> None:
    """The first page of a printed form, as a picture."""
    page.locator("tr[data-row] a.cell-link").first.click()
    page.locator("main a[href^='/print/records/']").first.click()
    page.wait_for_load_state()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF").click()
    stem = PICTURES / "form"
    program = shutil.which("pdftoppm") or "pdftoppm"
    subprocess.run(  # noqa: S603  # A file of our own, read by the system's own program.
        [program, "-png", "-r", "100", "-f", "1", "-singlefile", str(download.value.path()), str(stem)], check=True
    )
    shrink(stem.with_suffix(".png"))


def keep(page: Page, name: str) -> None:
    """What stands in the window."""
    page.screenshot(path=PICTURES / name)
    shrink(PICTURES / name)


def shrink(path: Path) -> None:
    """The same picture with few colours."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


@contextmanager
def served_demo() -> Iterator[str]:
    """A demo that lives as long as the block; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    own = {name: value for name, value in os.environ.items() if not name.startswith("CAREERPATH_")}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from careerpath.cli import main; main()", "demo", "--port", str(port)]
        server = subprocess.Popen(command, env=own | {"CAREERPATH_INSTANCE": folder})  # noqa: S603
        try:
            wait_for(f"{address}/readyz", server)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Until the program is ready; building the demo takes a while."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  # Our own address.
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise SystemExit("the demo did not start")


if __name__ == "__main__":
    main()
