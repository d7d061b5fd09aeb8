from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from careerpath.core.pdf.fetching import AssetFetcher, ResourceRefused
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.render import render_html

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def page(head: str = "", body: str = "") -> str:
    return f'<html lang="zh-CN"><head><title>页</title>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "html",
    [
        page(head='<link rel="attachment" href="file:///etc/passwd">'),
        page(body='<a rel="attachment" href="file:///etc/passwd">附件</a>'),
        page(body='<img src="http://192.0.2.1/seal.png">'),
        page(body='<img src="https://192.0.2.1/seal.png">'),
        page(body='<img src="file:///etc/passwd">'),
        page(body='<img src="ftp://192.0.2.1/seal.png">'),
        page(body='<img src="seal.png">'),
        page(body='<img src="asset:no-such-seal.png">'),
        page(body='<img src="data:text/html,hello">'),
        page(head='<style>@import url("http://192.0.2.1/form.css");</style>'),
        page(head='<style>@import url("form.css");</style>'),
        page(head='<link rel="stylesheet" href="file:///etc/hosts">'),
        page(head='<style>@font-face { font-family: x; src: url("https://192.0.2.1/x.ttf"); }</style>', body="字"),
        page(head='<style>body { background: url("//192.0.2.1/x.png"); }</style>', body="字"),
    ],
)
def test_a_page_that_asks_for_anything_outside_is_refused_aloud(html: str, fonts: Fonts) -> None:
    with pytest.raises(ResourceRefused):
        render_html(html, title="页", fonts=fonts)


def test_a_picture_inside_the_page_is_printed(fonts: Fonts) -> None:
    data = render_html(page(body=f'<img alt="点" src="{DOT}">'), title="页", fonts=fonts)
    assert b"/Image" in data


def test_a_seal_of_our_own_folder_is_printed(fonts: Fonts, tmp_path: Path) -> None:
    (tmp_path / "seal.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    )
    body = '<img alt="章" src="asset:seal.svg">'
    assert render_html(page(body=body), title="页", fonts=fonts, assets=[tmp_path]).startswith(b"%PDF")


def test_nobody_climbs_out_of_the_asset_folder(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "assets" / "link.txt").symlink_to(tmp_path / "secret.txt")
    fetcher = AssetFetcher(tmp_path / "assets")
    for url in (
        "asset:../secret.txt",
        "asset:%2e%2e/secret.txt",
        "asset:link.txt",
        f"asset:{tmp_path}/secret.txt",
        (tmp_path / "secret.txt").as_uri(),
        f"file://server{tmp_path}/assets/link.txt",
    ):
        with pytest.raises(FatalURLFetchingError):
            fetcher.fetch(url)


def test_a_broken_picture_inside_the_page_is_refused() -> None:
    with pytest.raises(FatalURLFetchingError):
        AssetFetcher().fetch("data:image/png")
