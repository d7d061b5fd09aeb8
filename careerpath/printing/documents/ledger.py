"""Long tables of people and amounts, page by page: head and signatures on each, its own sums, and the sum so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from careerpath.core.capital import capital_amount
from careerpath.core.pdf.foot import EXAMPLE, Foot, amount

Cell = str | Decimal | None
"""What stands in a row: a text, or an amount that is summed up."""

_ZERO = Decimal(0)


class Kind(Enum):
    """What a column holds: how its cells are aligned, and between which widths in em it likes to be."""

    ORDER = ("center", 2.0, 3.0)
    CODE = ("center", 3.4, 8.0)
    NAME = ("center", 4.2, 5.0)
    WORDS = ("center", 2.4, 8.0)
    NOTE = ("left", 8.0, 22.0)
    MONEY = ("right", 3.6, 12.0)


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column; neighbours of the same ``group`` stand under a common head. A heading may be broken by hand."""

    heading: str
    kind: Kind = Kind.MONEY
    group: str = ""

    @property
    def label(self) -> str:
        """The whole heading in one line."""
        return self.heading.replace("\n", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A long table as it will be printed. Amounts of ``MONEY`` columns are summed up, page by page and in all.

    ``left``, ``middle``, ``right`` stand above the table; ``in_words`` is the place (from 0) of the column whose grand
    total stands in capitals beside ``in_words_label``; ``note`` stands on the last page; ``signatures`` are words with
    room behind them; ``watermark`` lies across every page. Raises ``ValueError`` for rows of another length.
    """

    title: str
    columns: tuple[LedgerColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left: str = ""
    middle: str = ""
    right: str = "金额单位：元"
    in_words: int | None = None
    in_words_label: str = ""
    note: str = ""
    signatures: tuple[str, ...] = ()
    example: bool = False
    watermark: str = ""
    foot: Foot = field(default_factory=Foot)

    def __post_init__(self) -> None:
        wrong = [number for number, row in enumerate(self.rows, 1) if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"rows {wrong[:5]} do not have {len(self.columns)} cells")

    def sums(self, rows: Sequence[tuple[Cell, ...]]) -> tuple[Decimal | None, ...]:
        """The sum of each column of amounts over some rows; ``None`` for columns of words."""
        return tuple(
            sum((value for row in rows if isinstance(value := row[place], Decimal)), _ZERO)
            if column.kind is Kind.MONEY
            else None
            for place, column in enumerate(self.columns)
        )

    def pages(self, room: int) -> Iterator["LedgerPage"]:
        """The ledger in pages of so many rows; one empty page when there is nobody."""
        count = max(1, -(-len(self.rows) // room))
        for number in range(1, count + 1):
            yield LedgerPage(self, room, number, count)


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Page ``number`` of ``count`` with room for so many rows."""

    ledger: Ledger
    room: int
    number: int
    count: int
    name: str = ""

    def cells(self) -> dict[str, str]:
        """Every cell of the page by name; rows and columns count from 1."""
        ledger, last = self.ledger, self.number == self.count
        end = self.number * self.room
        rows = ledger.rows[end - self.room : end]
        totals = ledger.sums(ledger.rows[:end])
        page = f"第 {self.number} 页　共 {self.count} 页"
        values = {
            "left": ledger.left,
            "middle": ledger.middle,
            "mark": EXAMPLE if ledger.example else "",
            "page": page,
            "total_word": "合　　计" if last else "累　　计",
            "in_words": "（见末页）",
            "note": ledger.note if last else "",
            "foot": ledger.foot.line(),
            "continued_heading": "　".join(part for part in (ledger.left, ledger.middle, page) if part),
        }
        for number, row in enumerate(rows, 1):
            values.update(_row(f"r{number}", row))
        if len(rows) < self.room:
            names = (place for place, column in enumerate(ledger.columns, 1) if column.kind is Kind.NAME)
            values[f"r{len(rows) + 1}c{next(names, 1)}"] = "以下空白"
        values.update(_row("sum", ledger.sums(rows)))
        values.update(_row("total", totals))
        whole = None if ledger.in_words is None else totals[ledger.in_words]
        if last and whole is not None:
            values["in_words"] = f"{capital_amount(whole)}（¥{amount(whole)}）"
        return values


def _row(name: str, values: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    for place, value in enumerate(values, 1):
        yield f"{name}c{place}", amount(value) if isinstance(value, Decimal) else value or ""
