"""Ledgers on paper: the sheet and the type are chosen by what the columns need, then every page is filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from math import ceil

from jinja2 import Environment

from careerpath.core.charts.drawing import text_width
from careerpath.core.pdf.filling import merge
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import amount
from careerpath.printing.documents.forms import FormPrinter, Sheet
from careerpath.printing.documents.ledger import Kind, Ledger, LedgerColumn, LedgerPage

LEDGER = "print/ledger.html"

_MARGIN = "13mm 12mm 8mm 15mm"
_PADDING = 5.0
"""Points of a column beside its text."""

_FIXED = 84.0
"""Points of a page that no row takes: title, the line above the table, signatures, foot, frame."""

_SUM_SHRINK = 0.8
"""A sum may be set so much smaller than the amounts above it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet across: its type area, and the type sizes to try on it, in points."""

    name: str
    width: float
    height: float
    sizes: tuple[float, ...]


PAPERS = (
    Paper("A4", 765.0, 535.0, (9.5, 9.0, 8.5, 8.0, 7.5)),
    Paper("A3", 1114.0, 782.0, (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a ledger is laid out: paper, type size, widths of columns, height and number of rows; lengths in points."""

    paper: Paper
    size: float
    widths: tuple[float, ...]
    row_height: float
    rows: int


def shape_of(ledger: Ledger) -> Shape:
    """The smallest paper with the largest type on which all columns have the width they need."""
    needed = [_needed(ledger, place) for place in range(len(ledger.columns))]
    for paper in PAPERS:
        for size in paper.sizes:
            if sum(needed) * size + _PADDING * len(needed) <= paper.width:
                return _shape(ledger, paper, size, needed)
    return _shape(ledger, PAPERS[-1], PAPERS[-1].sizes[-1], _squeezed(ledger, needed))


def _squeezed(ledger: Ledger, needed: Sequence[float]) -> list[float]:
    """Widths that fit the largest paper: each column gives up the same share of what it has beyond the least."""
    paper = PAPERS[-1]
    room = (paper.width - _PADDING * len(needed)) / paper.sizes[-1]
    least = [min(column.kind.value[1], width) for column, width in zip(ledger.columns, needed, strict=True)]
    share = max((room - sum(least)) / (sum(needed) - sum(least)), 0.0)
    return [low + (width - low) * share for low, width in zip(least, needed, strict=True)]


def _needed(ledger: Ledger, place: int) -> float:
    """The width in em that a column needs: amounts stand in one line, words may break."""
    column = ledger.columns[place]
    _, least, most = column.kind.value
    if column.kind is Kind.MONEY:
        values = [row[place] for row in ledger.rows]
        shown = [amount(value) if isinstance(value, Decimal) else value or "" for value in values]
        total = amount(ledger.sums(ledger.rows)[place])
        widest = max([text_width(words, 1) for words in shown] + [text_width(total, 1) * _SUM_SHRINK])
    else:
        widest = max((text_width(str(row[place] or ""), 1) for row in ledger.rows), default=0.0)
    return min(max(widest, least, _heading_width(column.heading)), most)


def _heading_width(heading: str) -> float:
    """In em: the longest line of a heading that is broken by hand, a third of one that is not."""
    lines = heading.split("\n")
    return max(text_width(line, 1) for line in lines) if len(lines) > 1 else text_width(heading, 1) / 3


def _shape(ledger: Ledger, paper: Paper, size: float, needed: Sequence[float]) -> Shape:
    wanted = [width * size + _PADDING for width in needed]
    widths = tuple(round(width * paper.width / sum(wanted), 2) for width in wanted)
    row_height = max(18.0, round(size * 2.4, 1))
    rooms = ((column.heading, width - _PADDING) for column, width in zip(ledger.columns, widths, strict=True))
    lines = max(
        sum(max(ceil(text_width(line, size) / room), 1) for line in heading.split("\n")) for heading, room in rooms
    )
    head = lines * size * 1.25 + 5 + (size * 1.25 + 5 if any(column.group for column in ledger.columns) else 0)
    below = 40 + (22 if ledger.in_words is not None else 0) + (30 if ledger.note else 0)
    rows = int((paper.height - _FIXED - head - below) / (row_height + 0.6))
    return Shape(paper, size, widths, row_height, max(rows, 1))


class LedgerPrinter(FormPrinter[LedgerPage]):
    """Prints the pages of one ledger."""

    def __init__(self, templates: Environment, fonts: Fonts, ledger: Ledger) -> None:
        self.shape = shape_of(ledger)
        paper = self.shape.paper
        words = {
            "ledger": ledger,
            "shape": self.shape,
            "heads": _heads(ledger.columns),
            "grouped": any(column.group for column in ledger.columns),
            "led": _leading_words(ledger.columns),
        }
        sheet = Sheet(f"{paper.name} landscape", _MARGIN, f"{paper.width}pt", int(paper.height) - 150)
        super().__init__(templates, fonts, LEDGER, title=ledger.title, sheet=sheet, marked=True, words=words)


def render_ledgers(templates: Environment, fonts: Fonts, ledgers: Sequence[Ledger], *, title: str) -> bytes:
    """Ledgers after each other as one PDF under a title."""
    parts = []
    for ledger in ledgers:
        printer = LedgerPrinter(templates, fonts, ledger)
        parts.append(BytesIO())
        printer.fill_many(ledger.pages(printer.shape.rows), parts[-1])
    target = BytesIO()
    merge(parts, target, title=title)
    return target.getvalue()


def _heads(columns: Sequence[LedgerColumn]) -> list[tuple[str, list[LedgerColumn]]]:
    """Neighbouring columns under their common head; a column without one stands alone."""
    keyed = groupby(enumerate(columns), key=lambda pair: pair[1].group or pair[0])
    return [(members[0].group, members) for members in ([column for _, column in run] for _, run in keyed)]


def _leading_words(columns: Sequence[LedgerColumn]) -> int:
    """How many columns stand before the first amount: there the sums have their names."""
    return next((place for place, column in enumerate(columns) if column.kind is Kind.MONEY), len(columns))
