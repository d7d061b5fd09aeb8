"""What a report says, ready to be set: texts filled, numbers rounded as they are shown, everything in Chinese.

The paper, the workbook and the JSON are made of this alone, so that they cannot tell different figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from careerpath.annual_reports.documents.charts import chart_of
from careerpath.annual_reports.queries.section import Annex, Cell, Figure, Section, Table, Words, rounded
from careerpath.annual_reports.queries.wording import NOTHING, paragraphs, shown
from careerpath.core.charts import Chart
from careerpath.core.pdf.foot import EXAMPLE, Foot
from careerpath.core.web.language import in_language, say

DRAFT = "【草稿】"
"""Stands on every page of a report that nobody has signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One figure of a section; ``change`` is reckoned between the numbers as they are shown."""

    code: str
    name: str
    unit: str
    places: int
    value: Decimal | None
    last: Decimal | None
    change: Decimal | None
    total: Decimal | None

    def words(self) -> tuple[str, str, str, str]:
        """The numbers of the year, of the year before, the change, and since the beginning, as printed."""
        numbers = (self.value, self.last, self.change, self.total)
        value, last, change, total = (shown(number, self.places) for number in numbers)
        return value, last, change, total


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One row of a table."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of a section; ``decimals`` has an entry for each column. ``rows`` end with the sum where there is one."""

    code: str
    title: str
    unit: str
    first: str
    heads: tuple[str, ...]
    decimals: tuple[int, ...]
    rows: tuple[GridRow, ...]
    summed: bool = False
    """Whether the last row is the sum."""
    chart: Chart | None = None

    def words(self, row: GridRow) -> tuple[str, ...]:
        """The cells of a row as printed."""
        return tuple(
            shown(cell, places) if isinstance(cell, Decimal) else cell or NOTHING
            for cell, places in zip(row.cells, self.decimals, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """A list of names at the end; ``left_out`` rows did not find room."""

    code: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One section."""

    code: str
    title: str
    paragraphs: tuple[str, ...]
    figures: tuple[FigureLine, ...] = ()
    tables: tuple[Grid, ...] = ()
    lists: tuple[NameList, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report. ``grounds`` are the rules that its figures were judged by, by name and document.

    Without ``frozen`` it is a draft and says so on every page, and has no number. ``example`` is for one that tells
    amounts or norms that no place has decided.
    """

    title: str
    unit: str
    unit_code: str
    year: int
    on: date
    chapters: tuple[Chapter, ...]
    frozen: bool = False
    example: bool = False
    document: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    gathered_at: str = ""
    grounds: tuple[str, ...] = ()
    foot: Foot = field(default_factory=Foot)

    @property
    def mark(self) -> str:
        """What stands on every page."""
        return ("" if self.frozen else DRAFT) + (EXAMPLE if self.example else "")


def chapters_of(sections: Sequence[Section]) -> tuple[Chapter, ...]:
    """What the sections say; a text may name figures of any of them."""
    figures = tuple(figure for section in sections for figure in section.figures)
    with in_language("zh"):
        return tuple(_chapter(section, figures) for section in sections)


def _chapter(section: Section, figures: Iterable[Figure]) -> Chapter:
    return Chapter(
        code=section.code,
        title=say(section.title),
        paragraphs=paragraphs(section.text, figures),
        figures=tuple(_line(figure) for figure in section.figures),
        tables=tuple(_grid(table) for table in section.tables),
        lists=tuple(_names(annex) for annex in section.annexes),
        notes=tuple(say(note) for note in section.notes),
    )


def _line(figure: Figure) -> FigureLine:
    value, last, total = (rounded(number, figure.places) for number in (figure.value, figure.last, figure.total))
    return FigureLine(
        code=figure.code,
        name=say(figure.name),
        unit=say(figure.unit),
        places=figure.places,
        value=value,
        last=last,
        change=figure.change,
        total=total,
    )


def _grid(table: Table) -> Grid:
    decimals = tuple(table.places_at(column) for column in range(len(table.heads)))
    rows = [(row.words, row.cells) for row in (*table.rows, *((table.total,) if table.total else ()))]
    return Grid(
        code=table.code,
        title=say(table.title),
        unit=say(table.unit) if table.unit else "",
        first=say(table.first),
        heads=tuple(say(head) for head in table.heads),
        decimals=decimals,
        rows=tuple(_row(words, cells, decimals) for words, cells in rows),
        summed=table.total is not None,
        chart=chart_of(table),
    )


def _row(words: Words, cells: tuple[Cell, ...], decimals: tuple[int, ...]) -> GridRow:
    kept = zip(cells, decimals, strict=True)
    return GridRow(
        name=say(words),
        cells=tuple(rounded(cell, places) if isinstance(cell, Decimal) else cell for cell, places in kept),
    )


def _names(annex: Annex) -> NameList:
    return NameList(
        code=annex.code,
        title=_list_title(say(annex.title)),
        heads=tuple(say(head) for head in annex.heads),
        rows=tuple(tuple(say(cell) for cell in row) for row in annex.rows),
        left_out=annex.left_out,
    )


def _list_title(name: str) -> str:
    """A list under the name of what it lists, rather than of their number: 招聘录用人数 is 招聘录用名单."""
    for ending, called in (("人数", "名单"), ("人次", "名单"), ("数", "一览")):
        if name.endswith(ending):
            return name.removesuffix(ending) + called
    return name if name.endswith(("名单", "一览")) else f"{name}名单"
