from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.imposing import two_on_each
from careerpath.core.pdf.render import render_html
from tests.core.pdf.pages import run

PAGE = "<p>第{}张</p>"
STYLE = "<style>@page { size: A5 landscape; margin: 10mm } p { break-after: page; font-family: var(--kai) }</style>"


def half_sheets(count: int, fonts: Fonts) -> bytes:
    body = "".join(PAGE.format(number) for number in range(1, count + 1))
    return render_html(
        f'<html lang="zh-CN"><title>条</title>{STYLE}<body>{body}</body></html>', title="条", fonts=fonts
    )


def test_half_sheets_stand_above_each_other_in_order(fonts: Fonts, tmp_path: Path) -> None:
    target = tmp_path / "sheets.pdf"
    assert two_on_each(half_sheets(3, fonts), target, title="三张") == 2
    with pdfplumber.open(target) as pdf:
        assert [(round(page.width), round(page.height)) for page in pdf.pages] == [(595, 842)] * 2
        tops = [[(word["text"], round(word["top"])) for word in page.extract_words()] for page in pdf.pages]
    (first, upper), (second, lower) = tops[0]
    assert (first, second, tops[1]) == ("第1张", "第2张", [("第3张", upper)])
    assert lower - upper == 421
    assert "no syntax or stream encoding errors" in run("qpdf", "--check", str(target)).lower()


def test_the_same_half_sheets_give_the_same_bytes(fonts: Fonts) -> None:
    source = half_sheets(2, fonts)
    one, two = BytesIO(), BytesIO()
    two_on_each(source, one, title="条")
    two_on_each(source, two, title="条")
    assert one.getvalue() == two.getvalue()
    with pikepdf.open(one) as pdf:
        assert str(pdf.docinfo.Title) == "条"
