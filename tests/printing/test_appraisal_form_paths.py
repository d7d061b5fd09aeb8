"""The two ways to print a form, held against each other: set by WeasyPrint, and filled into the laid-out page."""

from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from jinja2 import Environment, FileSystemLoader

from careerpath.appraisals.documents import AppraisalForm
from careerpath.core.pdf.fitting import CONTINUED, ON_ATTACHED_PAGE
from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.documents import AppraisalFormPrinter
from careerpath.settings import resource_folder
from tests.core.pdf.pages import fonts_of, text_of
from tests.printing.people import AWKWARD

TOLERANCE = 0.5
"""Points: what a ruler on paper can no longer see."""


@pytest.fixture(scope="module")
def printer() -> AppraisalFormPrinter:
    templates = Environment(loader=FileSystemLoader(resource_folder("templates")), autoescape=True)
    return AppraisalFormPrinter(templates, Fonts())


@dataclass
class Paper:
    """Of one PDF: the drawn edges of each page, the text of each cell, and what stands outside of all cells."""

    edges: list[list[tuple[float, ...]]] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    outside: list[Counter[str]] = field(default_factory=list)


def read(data: bytes, printer: AppraisalFormPrinter) -> Paper:
    paper = Paper()
    with pdfplumber.open(BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            layout = printer.form.attached if number else printer.form.page
            drawn = [*page.rects, *page.lines, *page.curves]
            paper.edges.append(sorted(tuple(part[side] for side in ("x0", "x1", "top", "bottom")) for part in drawn))
            paper.outside.append(Counter())
            for char in page.chars:
                bottom, top = page.height - char["bottom"], page.height - char["top"]
                cell = next(
                    (
                        f"{number} {box.name}"
                        for box in layout.fields
                        if box.x - TOLERANCE <= char["x0"]
                        and char["x1"] <= box.x + box.width + TOLERANCE
                        and box.y - TOLERANCE <= bottom + char["size"] * 0.15
                        and top - char["size"] * 0.15 <= box.y + box.height + TOLERANCE
                    ),
                    None,
                )
                if not char["text"].isspace():
                    if cell:
                        paper.cells[cell] = paper.cells.get(cell, "") + char["text"]
                    else:
                        paper.outside[-1][char["text"]] += 1
    return paper


@pytest.fixture(scope="module")
def blank(printer: AppraisalFormPrinter) -> list[Paper]:
    """The form and its attached page without any value."""
    return [read(printer.form.page.background, printer), read(printer.form.attached.background, printer)]


@pytest.fixture(scope="module", params=AWKWARD)
def both(request: pytest.FixtureRequest, printer: AppraisalFormPrinter) -> tuple[AppraisalForm, bytes, bytes]:
    """An awkward person's form, filled and rendered."""
    form = AWKWARD[request.param]
    return form, printer.fill(form), printer.render_with_weasyprint(form)


def test_both_ways_give_the_same_paper(
    both: tuple[AppraisalForm, bytes, bytes], printer: AppraisalFormPrinter, blank: list[Paper]
) -> None:
    filled, rendered = (read(data, printer) for data in both[1:])
    assert len(filled.edges) == len(rendered.edges)
    for one, two in zip(filled.edges, rendered.edges, strict=True):
        assert len(one) == len(two) > 0
        for first, second in zip(one, two, strict=True):
            assert first == pytest.approx(second, abs=TOLERANCE)
    assert filled.cells == rendered.cells
    for paper in (filled, rendered):
        assert paper.outside[0] == blank[0].outside[0], "every value stands inside its cell"
        assert all(page == blank[1].outside[0] for page in paper.outside[1:])


def test_nothing_that_was_written_is_lost(
    both: tuple[AppraisalForm, bytes, bytes], printer: AppraisalFormPrinter
) -> None:
    form, paper = both[0], read(both[1], printer)
    pages = range(1, len(paper.edges))
    continued = "".join(paper.cells[f"{number} continued_text"] for number in pages)
    for box in printer.form.page.fields:
        value = "".join(form.cells()[box.name].split())
        shown = paper.cells.get(f"0 {box.name}", "")
        if not value:
            assert shown == "".join(box.empty.split())
        elif shown != value:
            head = shown.removesuffix(CONTINUED) if box.long else ""
            assert shown in (head + CONTINUED, ON_ATTACHED_PAGE)
            assert value.startswith(head)
            assert f"{value[len(head) :]}" in continued
    for number in pages:
        assert form.name in paper.cells[f"{number} continued_heading"]
        assert form.number in paper.cells[f"{number} continued_heading"]


def test_both_ways_are_found_by_the_same_search(both: tuple[AppraisalForm, bytes, bytes], tmp_path: Path) -> None:
    form, filled, rendered = both
    text = text_of(filled, tmp_path)
    assert Counter(text) == Counter(text_of(rendered, tmp_path))
    for data in (filled, rendered):
        assert all("yes yes yes" in line for line in fonts_of(data, tmp_path)), "only embedded fonts"
    for value in (form.name, form.birth_month, form.check_code):
        assert value in text
