"""The papers of growth by themselves: every value has its cell, nothing is cut, lists keep their columns."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.documents.growth.certificates import CourseCertificatePrinter, LetterPrinter
from careerpath.printing.documents.growth.honours import HonourFormPrinter
from careerpath.printing.documents.growth.lists import ListPaper, ListPart, render_list
from careerpath.printing.documents.growth.log_book import render_book
from careerpath.printing.documents.growth.mentoring import AgreementPrinter, EvaluationPrinter
from careerpath.printing.documents.growth.rotations import RotationFormPrinter
from tests.core.pdf.pages import text_of
from tests.printing.growth_samples import (
    AGREEMENT,
    BOOK,
    EVALUATION,
    LETTER,
    LONG_ROTATION,
    NOMINATION,
    ROSTER,
    ROTATION,
)

FORMS = (
    (AgreementPrinter, AGREEMENT),
    (EvaluationPrinter, EVALUATION),
    (RotationFormPrinter, ROTATION),
    (HonourFormPrinter, NOMINATION),
    (LetterPrinter, LETTER),
    (CourseCertificatePrinter, LETTER),
)


@pytest.mark.parametrize(("printer", "form"), FORMS)
def test_every_value_of_a_form_has_its_cell_on_one_page(
    templates: Environment, tmp_path: Path, printer: Any, form: Any
) -> None:
    made = printer(templates, Fonts(), title=NOMINATION.title)
    on_paper: set[str] = set()
    for layout in (made.form.page, made.form.attached):
        on_paper |= {field.name for field in layout.fields} | {picture.name for picture in layout.pictures}
    assert set(made.cells(form)) - on_paper == set()
    assert made.preflight(form) == []
    data = made.fill(form)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
    text = text_of(data, tmp_path)
    for words in (form.name, "7F3A-91C2", NOMINATION.title):
        assert words in text


def test_a_summary_that_is_too_long_goes_on_behind_the_form(templates: Environment, tmp_path: Path) -> None:
    printer = RotationFormPrinter(templates, Fonts())
    assert {over.field for over in printer.preflight(LONG_ROTATION)} == {"work", "self_summary"}
    for data in (printer.fill(LONG_ROTATION), printer.render_with_weasyprint(LONG_ROTATION)):
        text = text_of(data, tmp_path)
        assert text.count("访") == 400
        assert text.count("真") == 300


def test_certificates_of_many_stand_a_page_each(templates: Environment) -> None:
    target = BytesIO()
    count = 60
    LetterPrinter(templates, Fonts()).fill_many((replace(LETTER, name=f"导师{n}") for n in range(count)), target)
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == count
        box = pdf.pages[0].mediabox
        assert float(box[2]) > float(box[3])


def test_a_list_has_its_head_on_every_page_and_its_seals_on_the_last(templates: Environment, tmp_path: Path) -> None:
    data = render_list(templates, Fonts(), ROSTER)
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = len(pdf.pages)
    text = text_of(data, tmp_path)
    assert pages > 1
    assert text.count("单位及职务") == pages
    assert text.count("审核人") == 1
    with pytest.raises(ValueError, match="a cell for each column"):
        ListPaper(title="", columns=("甲", "乙"), widths=(1, 1), parts=(ListPart(head=(), rows=(("只有一格",),)),))


def test_a_log_book_has_every_entry_and_empty_places_behind_them(templates: Environment, tmp_path: Path) -> None:
    text = text_of(render_book(templates, Fonts(), BOOK), tmp_path)
    assert text.count("现场调解观摩") == len(BOOK.entries)
    assert text.index("共7次") < text.index("定期评估")
    assert text.count("年月日") == BOOK.blanks
