import logging
from io import BytesIO

import pikepdf
import pytest

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.render import render_html

HTML = """<html lang="zh-CN"><head><title>表</title><style>no-such-property: 1; td { colour: red }</style></head>
<body><table><tr><th scope="col">姓名</th></tr><tr><td>镕喆</td></tr></table></body></html>"""


def test_an_ordinary_document_can_be_read_aloud(fonts: Fonts) -> None:
    with pikepdf.open(BytesIO(render_html(HTML, title="汇总表", fonts=fonts))) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo.Title) == "汇总表"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_the_same_page_gives_the_same_bytes(fonts: Fonts) -> None:
    one, two = (render_html(HTML, title="表", fonts=fonts, identifier=b"1") for _ in range(2))
    assert one == two


def test_rendering_writes_nothing_to_the_log(fonts: Fonts, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        render_html(HTML, title="表", fonts=fonts)
    assert not caplog.records
