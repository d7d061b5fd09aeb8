"""HTML to PDF with WeasyPrint: nothing from outside, our fonts, tagged for readers that speak."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from careerpath.core.pdf.fetching import NOWHERE, AssetFetcher, ResourceRefused
from careerpath.core.pdf.fonts import Fonts

logging.getLogger("weasyprint").setLevel(logging.ERROR)

#: Accessible PDF; the pages carry a structure tree, a language and a title.
ACCESSIBLE = "pdf/ua-1"


def lay_out_html(html: str, fonts: Fonts, assets: Sequence[Path] = ()) -> Any:
    """WeasyPrint's laid-out document. Raises ``ResourceRefused`` when the page asks for anything that is not ours."""
    folders = [*assets, *([fonts.folder] if fonts.folder else [])]
    fetcher = AssetFetcher(*folders)
    configuration = FontConfiguration()
    try:
        sheet = CSS(string=fonts.css(), font_config=configuration, url_fetcher=fetcher, base_url=NOWHERE)
        page = HTML(string=html, base_url=NOWHERE, url_fetcher=fetcher)
        return page.render(font_config=configuration, stylesheets=[sheet])
    except FatalURLFetchingError as error:
        raise ResourceRefused(str(error)) from error


def write_document(
    document: Any, *, title: str, identifier: bytes | None = None, variant: str | None = ACCESSIBLE
) -> bytes:
    """The bytes of a laid-out document under a title; ``identifier`` makes its file identity independent of chance."""
    document.metadata.title = title
    options: dict[str, object] = {"pdf_variant": variant} if variant else {}
    try:
        data: bytes = document.write_pdf(pdf_identifier=identifier, **options)
    except FatalURLFetchingError as error:
        raise ResourceRefused(str(error)) from error
    return data


def render_html(
    html: str,
    *,
    title: str,
    fonts: Fonts,
    assets: Sequence[Path] = (),
    identifier: bytes | None = None,
    accessible: bool = True,
) -> bytes:
    """An ordinary document as PDF/UA-1 bytes.

    ``assets`` are the only folders whose files the page may load (``asset:name``). Raises ``ResourceRefused`` for
    anything else it asks for.
    """
    document = lay_out_html(html, fonts, assets)
    return write_document(document, title=title, identifier=identifier, variant=ACCESSIBLE if accessible else None)
