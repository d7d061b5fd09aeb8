"""The list behind a figure as a workbook."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

from careerpath.annual_reports.queries.listed import ListedRow
from careerpath.annual_reports.queries.listings import Listing
from careerpath.core.sheets import Column, day, text
from careerpath.core.sheets.writing import Table, write_tables
from careerpath.core.web.language import say
from careerpath.words import msg


def write_list(target: BytesIO, title: str, listing: Listing, rows: Iterable[ListedRow]) -> int:
    """Write the rows as one sheet; gives their number."""
    columns = (
        Column("name", say(listing.named), text(400), width=18),
        Column("number", say(msg("编号")), text(), width=16),
        Column("unit", say(msg("单位")), text(), width=22),
        Column("on", say(msg("日期")), day(), width=12),
        Column("detail", say(listing.detail), text(2000), width=40),
    )
    return write_tables(target, [Table(say(listing.name), columns, _cells(rows), (title,))])


def _cells(rows: Iterable[ListedRow]) -> Iterator[Mapping[str, object]]:
    for row in rows:
        yield {
            "name": row.name,
            "number": row.number or None,
            "unit": row.unit_name,
            "on": row.on,
            "detail": say(row.detail),
        }
