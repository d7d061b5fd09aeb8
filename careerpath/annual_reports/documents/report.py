"""The report as an official document: cover, contents, sections with figures, tables and charts, attachments."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from math import ceil

from jinja2 import Environment

from careerpath.annual_reports.documents.contents import Chapter, Grid, NameList, Report
from careerpath.core.charts import BarChart, Chart, LineChart, ShareChart, for_paper
from careerpath.core.charts.drawing import text_width
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.render import render_html
from careerpath.core.pdf.wording import day_of

REPORT = "print/annual-report.html"

_BESIDE, _UPRIGHT, _ACROSS = 222.0, 442.0, 700.0
"""Points that a table has beside its chart, on an upright page and on a lying one."""

_SIZES = {_UPRIGHT: (10.5, 9.0), _ACROSS: (10.5, 9.0, 8.0, 7.0)}
"""Type sizes in points, in the order of trying."""

_PADDING = 6.0
_NAME_LINE = 12.0
"""Characters of a name in one line at most; longer ones are broken."""

_KEPT_ROWS, _KEPT_WITH_CHART = 14, 8
"""A table with as many rows stands on one page, and on that of its chart: more would leave half a page empty."""

MOST_TABLED = 240
"""A longer list of names is printed by units, in running lines: a table of it would fill dozens of pages."""

_CHART, _SMALL_CHART = 590, 284
"""Widths of a chart in CSS pixels: that of the type area, so that its words come out at 9 pt, and beside a table."""

_MOST_BESIDE = {ShareChart: 10, BarChart: 6, LineChart: 6}
"""By kind of chart: a table with more rows has it below, where it is wider."""

_LIST_LINE = 20.0
"""Characters that a cell of a list has in one line at most."""

_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTable:
    """A table as it is set: number, caption, type size in points, widths of its columns in per cent, its words."""

    number: int
    caption: str
    first: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    widths: tuple[float, ...]
    size: float
    summed: bool = False

    @property
    def kept(self) -> bool:
        """Whether it stands on one page."""
        return len(self.rows) <= _KEPT_ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class SetChart:
    """A chart as it is set: the address of its picture, its number and its title."""

    number: int
    title: str
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A table with its chart, below it or ``beside``; the chart alone where the table is attached."""

    table: SetTable | None = None
    chart: SetChart | None = None
    beside: bool = False

    @property
    def kept(self) -> bool:
        """Whether both stand on one page."""
        return self.table is None or len(self.table.rows) <= _KEPT_WITH_CHART


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What stands behind the signature: a table that is too wide for the text, or a list of names."""

    number: int
    title: str
    table: SetTable | None = None
    names: NameList | None = None

    @property
    def widths(self) -> tuple[float, ...]:
        """The columns of a list in per cent, after that of the numbers."""
        if self.names is None:
            return ()
        columns = [(head, *cells) for head, *cells in zip(self.names.heads, *self.names.rows, strict=True)]
        wanted = [min(max(text_width(words, 1) for words in column), _LIST_LINE) + 1 for column in columns]
        return tuple(round(width * 93 / sum(wanted), 2) for width in wanted)

    @property
    def by_unit(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """A long list as names under their units, in the order of the list; nothing of a short one."""
        if self.names is None or len(self.names.rows) <= MOST_TABLED:
            return ()
        units: dict[str, list[str]] = defaultdict(list)
        for name, unit, *_ in self.names.rows:
            units[unit].append(name)
        return tuple((unit, tuple(names)) for unit, names in units.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class SetChapter:
    """A section as it is set: its heading, and after its text the tables with their charts."""

    heading: str
    chapter: Chapter
    blocks: tuple[Block, ...]
    attached: tuple[str, ...]
    """Where the tables stand that were too wide: 各级人数见附件1."""


class Setting:
    """Numbers tables, charts and attachments through a report, and says how each is set."""

    def __init__(self, report: Report) -> None:
        self._tables = self._charts = 0
        self.attached: list[Attached] = []
        self.chapters = tuple(self._chapter(place, one) for place, one in enumerate(report.chapters, start=1))
        for chapter in report.chapters:
            for names in chapter.lists:
                if names.rows:
                    self.attached.append(Attached(number=self._next, title=names.title, names=names))

    @property
    def _next(self) -> int:
        return len(self.attached) + 1

    def _chapter(self, place: int, chapter: Chapter) -> SetChapter:
        before = len(self.attached)
        blocks = tuple(self._blocks(chapter))
        attached = tuple(f"{one.title}见附件{one.number}" for one in self.attached[before:])
        heading = f"{numeral(place)}、{chapter.title}"
        return SetChapter(heading=heading, chapter=chapter, blocks=blocks, attached=attached)

    def _blocks(self, chapter: Chapter) -> Iterator[Block]:
        if chapter.figures:
            self._tables += 1
            yield Block(table=_figures_table(chapter, self._tables))
        for grid in chapter.tables:
            if not grid.rows:
                continue
            needed = tuple(_needed(grid))
            most = next((rows for kind, rows in _MOST_BESIDE.items() if isinstance(grid.chart, kind)), 0)
            beside = len(grid.rows) - grid.summed <= most
            room, size = (_BESIDE, 9.0) if beside and _fits(needed, 9.0, _BESIDE) else _room(needed)
            if room == _ACROSS:
                table = _set(grid, 0, size, needed, room)
                self.attached.append(Attached(number=self._next, title=grid.title, table=table))
                if grid.chart is not None:
                    yield Block(chart=self._chart(grid.title, grid.chart, _CHART))
                continue
            self._tables += 1
            table = _set(grid, self._tables, size, needed, room)
            width = _SMALL_CHART if room == _BESIDE else _CHART
            chart = None if grid.chart is None else self._chart(grid.title, grid.chart, width)
            yield Block(table=table, chart=chart, beside=room == _BESIDE)

    def _chart(self, title: str, chart: Chart, width: int) -> SetChart:
        self._charts += 1
        return SetChart(number=self._charts, title=title, picture=for_paper(chart, width))


def render_report(templates: Environment, fonts: Fonts, report: Report, *, accessible: bool = True) -> bytes:
    """The report in PDF: A4 upright, what is too wide lying across at the end."""
    setting = Setting(report)
    html = templates.get_template(REPORT).render(
        report=report,
        chapters=setting.chapters,
        attached=setting.attached,
        closing=numeral(len(setting.chapters) + 1),
        on=day_of(report.on),
        signed_on=day_of(report.signed_on),
    )
    identifier = sha256(html.encode()).hexdigest()[:32].encode()
    return render_html(html, title=report.title, fonts=fonts, identifier=identifier, accessible=accessible)


def numeral(number: int) -> str:
    """A number below a hundred as headings count: 三, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def _figures_table(chapter: Chapter, number: int) -> SetTable:
    """The figures of a section; the sum since the beginning only where one of them has it."""
    totals = any(one.total is not None for one in chapter.figures)
    used = 4 if totals else 3
    rows = tuple((one.name, (one.unit, *one.words()[:used])) for one in chapter.figures)
    heads = ("单位", "本年", "上年", "增减", "累计")[: used + 1]
    name, others = (34.0, 66.0) if totals else (40.0, 60.0)
    widths = (name, *(others / len(heads) for _ in heads))
    return SetTable(
        number=number,
        caption=f"{chapter.title}主要指标",
        first="指标",
        heads=heads,
        rows=rows,
        widths=widths,
        size=10.5,
    )


def _room(needed: Sequence[float]) -> tuple[float, float]:
    """The smallest paper and the largest type on which every column has what it needs."""
    for room, sizes in _SIZES.items():
        for size in sizes:
            if _fits(needed, size, room):
                return room, size
    return _ACROSS, _SIZES[_ACROSS][-1]


def _fits(needed: Sequence[float], size: float, room: float) -> bool:
    return sum(needed) * size + _PADDING * len(needed) <= room


def _needed(grid: Grid) -> Iterator[float]:
    names = (grid.first, *(row.name for row in grid.rows))
    yield max(min(max(text_width(name, 1) for name in names), _NAME_LINE), 4.0)
    shown = [grid.words(row) for row in grid.rows]
    for place, head in enumerate(grid.heads):
        is_number = any(isinstance(row.cells[place], Decimal) for row in grid.rows)
        widest = max(text_width(words[place], 1) for words in shown)
        yield max(widest if is_number else min(widest, _NAME_LINE), _heading_width(head), 2.0)


def _heading_width(head: str) -> float:
    """A heading may be broken into three lines, between any two of its characters."""
    return ceil(text_width(head, 1) / (3 if len(head) > 6 else 2 if len(head) > 3 else 1))


def _set(grid: Grid, number: int, size: float, needed: Sequence[float], room: float) -> SetTable:
    wanted = [width * size + _PADDING for width in needed]
    # What is left over is shared out evenly, so that columns of the same kind keep the same width.
    spare = max(room - sum(wanted), 0.0) / len(wanted)
    widths = [width + spare for width in wanted]
    return SetTable(
        number=number,
        caption=f"{grid.title}（单位：{grid.unit}）" if grid.unit else grid.title,
        first=grid.first,
        heads=grid.heads,
        rows=tuple((row.name, grid.words(row)) for row in grid.rows),
        widths=tuple(round(width * 100 / sum(widths), 2) for width in widths),
        size=size,
        summed=grid.summed,
    )
