"""The two ways to print a form, held against each other: set by WeasyPrint, and filled into the laid-out page."""

from collections import Counter
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from jinja2 import Environment, FileSystemLoader

from careerpath.core.pdf.fitting import CONTINUED, ON_ATTACHED_PAGE
from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.documents.appraisals import AppraisalFormPrinter
from careerpath.printing.documents.forms import FormPrinter, OnePage
from careerpath.printing.documents.pay_change import PayChangePrinter
from careerpath.printing.documents.pay_slip import PaySlipPrinter
from careerpath.printing.documents.recruitment.people import ApplicationPrinter, HiringPrinter
from careerpath.printing.documents.recruitment.tickets import TicketPrinter
from careerpath.settings import resource_folder
from tests.core.pdf.pages import fonts_of, text_of
from tests.printing.changes import AWKWARD_CHANGES
from tests.printing.people import AWKWARD
from tests.printing.recruits import EMPTY_FORM, FORM, HIRED, LONG_FORM, LONG_PERSON, TICKET, UYGUR
from tests.printing.slips import AWKWARD_SLIPS

TOLERANCE = 0.5
"""Points: what a ruler on paper can no longer see."""


AnyPrinter = FormPrinter[OnePage]

AWKWARD_FORMS: dict[str, dict[str, OnePage]] = {
    "appraisal": {**AWKWARD},
    "pay change": {**AWKWARD_CHANGES},
    "pay slip": {**AWKWARD_SLIPS},
    "application": {"usual": FORM, "long": LONG_FORM, "empty": EMPTY_FORM},
    "hiring": {"long": replace(HIRED, person=LONG_PERSON)},
    "ticket": {"usual": TICKET, "long": replace(TICKET, name=UYGUR, place=TICKET.place * 9)},
}


@dataclass(frozen=True)
class Kind:
    """A printer, and what its form and its attached page show without any value."""

    printer: AnyPrinter
    blank: list["Paper"]


@pytest.fixture(scope="module")
def kinds() -> dict[str, Kind]:
    templates = Environment(loader=FileSystemLoader(resource_folder("templates")), autoescape=True)
    printers: dict[str, FormPrinter[Any]] = {
        "appraisal": AppraisalFormPrinter(templates, Fonts()),
        "pay change": PayChangePrinter(templates, Fonts(), rows=12),
        "pay slip": PaySlipPrinter(templates, Fonts(), lines=12),
        "application": ApplicationPrinter(templates, Fonts(), title=FORM.title),
        "hiring": HiringPrinter(templates, Fonts(), title=HIRED.title),
        "ticket": TicketPrinter(templates, Fonts(), title=TICKET.title),
    }
    return {
        name: Kind(printer, [read(layout.background, printer) for layout in (printer.form.page, printer.form.attached)])
        for name, printer in printers.items()
    }


@dataclass
class Paper:
    """Of one PDF: the drawn edges of each page, the text of each cell, and what stands outside of all cells."""

    edges: list[list[tuple[float, ...]]] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    outside: list[Counter[str]] = field(default_factory=list)


def read(data: bytes, printer: AnyPrinter) -> Paper:
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


@dataclass(frozen=True)
class Both:
    """One form, filled and rendered."""

    kind: Kind
    form: OnePage
    filled: bytes
    rendered: bytes


@pytest.fixture(scope="module", params=[(kind, name) for kind, forms in AWKWARD_FORMS.items() for name in forms])
def both(request: pytest.FixtureRequest, kinds: dict[str, Kind]) -> Both:
    """An awkward person's form."""
    kind, name = request.param
    form = AWKWARD_FORMS[kind][name]
    printer = kinds[kind].printer
    return Both(kinds[kind], form, printer.fill(form), printer.render_with_weasyprint(form))


def texts(both: Both) -> dict[str, str]:
    """What the form says, without its pictures."""
    return {name: value for name, value in both.kind.printer.cells(both.form).items() if isinstance(value, str)}


def test_both_ways_give_the_same_paper(both: Both) -> None:
    filled, rendered = (read(data, both.kind.printer) for data in (both.filled, both.rendered))
    assert len(filled.edges) == len(rendered.edges)
    for one, two in zip(filled.edges, rendered.edges, strict=True):
        assert len(one) == len(two) > 0
        for first, second in zip(one, two, strict=True):
            assert first == pytest.approx(second, abs=TOLERANCE)
    assert filled.cells == rendered.cells
    for paper in (filled, rendered):
        assert paper.outside[0] == both.kind.blank[0].outside[0], "every value stands inside its cell"
        assert all(page == both.kind.blank[1].outside[0] for page in paper.outside[1:])


def test_nothing_that_was_written_is_lost(both: Both) -> None:
    printer = both.kind.printer
    paper, cells = read(both.filled, printer), texts(both)
    pages = range(1, len(paper.edges))
    continued = "".join(paper.cells[f"{number} continued_text"] for number in pages)
    for box in printer.form.page.fields:
        value = "".join(cells.get(box.name, "").split())
        shown = paper.cells.get(f"0 {box.name}", "")
        if not value:
            assert shown == "".join(box.empty.split())
        elif shown != value:
            head = shown.removesuffix(CONTINUED) if box.long else ""
            assert shown in (head + CONTINUED, ON_ATTACHED_PAGE)
            assert value.startswith(head)
            assert f"{value[len(head) :]}" in continued
    for number in pages:
        for name in ("continued_heading", "mark"):
            assert paper.cells.get(f"{number} {name}", "") == "".join(cells.get(name, "").split())


def test_both_ways_are_found_by_the_same_search(both: Both, tmp_path: Path) -> None:
    text = text_of(both.filled, tmp_path)
    assert Counter(text) == Counter(text_of(both.rendered, tmp_path))
    for data in (both.filled, both.rendered):
        assert all("yes yes yes" in line for line in fonts_of(data, tmp_path)), "only embedded fonts"
    cells = texts(both)
    for value in (both.form.name, cells.get("birth_month", ""), cells["foot"]):
        assert "".join(value.split()) in text
