"""Ledgers in Excel: one row a person, amounts as numbers, the sum of everything in the last row."""

from collections.abc import Iterator
from decimal import Decimal

from careerpath.core.pdf.foot import EXAMPLE
from careerpath.core.sheets.columns import Column
from careerpath.core.sheets.readers import decimal, text
from careerpath.core.sheets.writing import Table
from careerpath.printing.documents.ledger import Cell, Kind, Ledger

_WIDTHS = {Kind.ORDER: 6, Kind.CODE: 14, Kind.NAME: 12, Kind.WORDS: 20, Kind.NOTE: 40, Kind.MONEY: 13}


def ledger_table(ledger: Ledger) -> Table:
    """A ledger as a sheet. A heading that stands twice has its group before it; marks and state stand above."""
    labels = [column.label for column in ledger.columns]
    columns = tuple(
        Column(
            f"c{place}",
            f"{column.group}{column.label}" if labels.count(column.label) > 1 else column.label,
            decimal(2) if column.kind is Kind.MONEY else text(),
            width=_WIDTHS[column.kind],
        )
        for place, column in enumerate(ledger.columns)
    )
    head = "　".join(part for part in (ledger.left, ledger.middle, ledger.right, ledger.foot.line()) if part)
    marks = "　".join(part for part in (EXAMPLE if ledger.example else "", ledger.watermark) if part)
    return Table(ledger.title, columns, _rows(ledger), tuple(part for part in (marks, head, ledger.note) if part))


def _rows(ledger: Ledger) -> Iterator[dict[str, object]]:
    for row in ledger.rows:
        yield _by_key(row)
    sums: list[Cell] = [value if isinstance(value, Decimal) else None for value in ledger.sums(ledger.rows)]
    words = next((place for place, column in enumerate(ledger.columns) if column.kind is Kind.NAME), 0)
    sums[words] = "合计"
    yield _by_key(tuple(sums))


def _by_key(row: tuple[Cell, ...]) -> dict[str, object]:
    return {f"c{place}": value for place, value in enumerate(row)}
