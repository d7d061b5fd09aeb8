"""What a section of a report is made of: figures, tables, annexes and text; as values, and as plain JSON and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from careerpath.words import Message, Named, msg

Words = Message | Named | str
"""What is said: a sentence of ours, an entry of a code table, or a name that people gave."""

Cell = Decimal | str | None
"""What stands in a cell of a table: an exact number, words, or nothing."""


PEOPLE = msg("人")
"""What most figures are numbers of."""


@dataclass(frozen=True, slots=True)
class Name(Named):
    """An entry of a code table as a kept report names it."""

    zh: str
    en: str


class ChartKind(StrEnum):
    """How a table is drawn: the rows are categories, the columns series."""

    NONE = ""
    SHARES = "shares"
    """The first column as shares of a whole."""
    BARS = "bars"
    STACKED = "stacked"
    COMPOSITION = "composition"
    """Each row as a bar of a hundred per cent."""
    LINES = "lines"
    """Rows are years or months."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The page with the list behind a number: its endpoint, and what its address takes beside the ids in it."""

    endpoint: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a section: of the year (or as of its day), of the year before, and since the beginning.

    ``code`` is unique in the report; texts name the figure by ``name`` in braces. What has no meaning is ``None``.
    ``places`` are decimals that are shown. Without ``behind`` no list stands behind it (averages and shares lead to
    the list of their whole).
    """

    code: str
    name: Message
    value: Decimal | None
    unit: Message = PEOPLE
    last: Decimal | None = None
    total: Decimal | None = None
    places: int = 0
    behind: Behind | None = None
    last_behind: Behind | None = None
    total_behind: Behind | None = None

    @property
    def change(self) -> Decimal | None:
        """What the year added to the year before, between the numbers as shown: a reader who subtracts finds it."""
        value, last = rounded(self.value, self.places), rounded(self.last, self.places)
        return None if value is None or last is None else value - last


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row; ``links`` stand beside ``cells``, one each or none at all."""

    words: Words
    cells: tuple[Cell, ...]
    links: tuple[Behind | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a section: the head of the first column, the heads of the others, rows, and the sum where it has one.

    ``unit`` says what the numbers are, such as 人 or %. A column whose head says a unit of its own has its decimals in
    ``decimals``, which has one entry for each column, or none at all. A chart draws the first ``drawn`` columns, or
    all of them.
    """

    code: str
    title: Message
    first: Words
    heads: tuple[Words, ...]
    rows: tuple[TableRow, ...]
    total: TableRow | None = None
    places: int = 0
    unit: Message | None = None
    chart: ChartKind = ChartKind.NONE
    decimals: tuple[int, ...] = ()
    drawn: int | None = None

    def __post_init__(self) -> None:
        rows = (*self.rows, *((self.total,) if self.total else ()))
        if any(len(row.cells) != len(self.heads) or len(row.links) not in (0, len(row.cells)) for row in rows):
            raise ValueError(f"{self.code}: every row has a cell for each head")
        if len(self.decimals) not in (0, len(self.heads)):
            raise ValueError(f"{self.code}: decimals of every column, or of none")

    def places_at(self, column: int) -> int:
        """The decimals that are shown in a column."""
        return self.decimals[column] if self.decimals else self.places


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A list of names behind the report: its heads and rows, as printed."""

    code: str
    title: Message
    heads: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    left_out: int = 0
    """Rows that did not find room."""
    behind: Behind | None = None
    """The page with all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section. ``text`` are its paragraphs with places in braces, as somebody wrote them or as is usual."""

    code: str
    title: Message
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    annexes: tuple[Annex, ...] = ()
    text: str = ""
    notes: tuple[Message, ...] = ()
    """How something is counted, where a reader could take it otherwise."""
    ground: str = ""
    """The rule that its figures were judged by, as papers cite it."""
    example: bool = False
    """Whether the rule, or amounts that it tells, are examples that no place has decided."""

    def figure(self, code: str) -> Figure:
        """A figure by its code."""
        return next(one for one in self.figures if one.code == code)

    def with_text(self, text: str) -> "Section":
        """The same section saying something else."""
        return replace(self, text=text)


def rounded(value: Decimal | None, places: int) -> Decimal | None:
    """A number as it is shown, half up as an office rounds, and no more of it."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def as_plain(sections: tuple[Section, ...]) -> dict[str, Any]:
    """Sections as JSON values: exact numbers as strings, sentences with their values. ``from_plain`` reads them."""
    return {"sections": [_plain(section) for section in sections]}


def from_plain(values: Mapping[str, Any]) -> tuple[Section, ...]:
    """The sections that ``as_plain`` wrote."""
    return tuple(_section(each) for each in values["sections"])


def _plain(value: object) -> Any:
    if isinstance(value, Message):
        return {"text": value.text, "values": {name: _plain(each) for name, each in value.values.items()}}
    if isinstance(value, Named):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Decimal):
        return {"number": format(value, "f")}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Section | Figure | Table | TableRow | Annex | Behind):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if value is None or isinstance(value, str | int):
        return value
    return str(value)


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"text", "values"}:
            return Message(value["text"], {name: _value(each) for name, each in value["values"].items()})
        if set(value) == {"number"}:
            return Decimal(value["number"])
        if set(value) == {"zh", "en"}:
            return Name(value["zh"], value["en"])
    return value


def _behind(value: Any) -> Behind | None:
    return None if value is None else Behind(value["endpoint"], value["args"])


def _section(each: Mapping[str, Any]) -> Section:
    return Section(
        code=each["code"],
        title=_value(each["title"]),
        figures=tuple(_figure(one) for one in each["figures"]),
        tables=tuple(_table(one) for one in each["tables"]),
        annexes=tuple(
            Annex(
                code=one["code"],
                title=_value(one["title"]),
                heads=tuple(_value(head) for head in one["heads"]),
                rows=tuple(tuple(_value(cell) for cell in row) for row in one["rows"]),
                left_out=one["left_out"],
                behind=_behind(one["behind"]),
            )
            for one in each["annexes"]
        ),
        text=each["text"],
        notes=tuple(_value(note) for note in each["notes"]),
        ground=each["ground"],
        example=each["example"],
    )


def _figure(one: Mapping[str, Any]) -> Figure:
    plain = {name: _value(one[name]) for name in ("code", "name", "value", "unit", "last", "total", "places")}
    return Figure(
        **plain,
        behind=_behind(one["behind"]),
        last_behind=_behind(one["last_behind"]),
        total_behind=_behind(one["total_behind"]),
    )


def _table(one: Mapping[str, Any]) -> Table:
    return Table(
        code=one["code"],
        title=_value(one["title"]),
        first=_value(one["first"]),
        heads=tuple(_value(head) for head in one["heads"]),
        rows=tuple(_row(row) for row in one["rows"]),
        total=None if one["total"] is None else _row(one["total"]),
        places=one["places"],
        unit=_value(one["unit"]),
        chart=ChartKind(one["chart"]),
        decimals=tuple(one["decimals"]),
        drawn=one["drawn"],
    )


def _row(one: Mapping[str, Any]) -> TableRow:
    return TableRow(
        words=_value(one["words"]),
        cells=tuple(_value(cell) for cell in one["cells"]),
        links=tuple(_behind(link) for link in one["links"]),
    )
