"""A table of counts as a workbook: the numbers, and beside them what the page shows."""

from collections.abc import Iterator, Mapping

from careerpath.core.sheets import Column, text, whole
from careerpath.core.sheets.writing import Table
from careerpath.core.web.language import say
from careerpath.figures.queries.showing import Showing
from careerpath.words import Message, msg


def statistics_tables(showing: Showing, shown_word: Message, notes: tuple[str, ...]) -> list[Table]:
    """The sheet of numbers; with shares or ages shown, a second sheet with those."""
    tables = [Table(say(msg("人数")), _columns(showing, numbers=True), _numbers(showing), notes)]
    if showing.shown != "number":
        tables.append(Table(say(shown_word), _columns(showing, numbers=False), _shown(showing), notes))
    return tables


def _columns(showing: Showing, *, numbers: bool) -> tuple[Column, ...]:
    reader = whole() if numbers else text()
    heads = [Column(str(place), say(head.words), reader, width=12) for place, head in enumerate(showing.table.columns)]
    first = Column("row", say(showing.table.row.title), text(), width=22)
    return (first, *heads, Column("all", say(msg("合计")), reader, width=12))


def _numbers(showing: Showing) -> Iterator[Mapping[str, object]]:
    table = showing.table
    for row in (*table.rows, None):
        cells = {str(place): table.of(row, head).people for place, head in enumerate(table.columns)}
        yield {"row": say(row.words if row else msg("合计")), **cells, "all": table.of(row).people}


def _shown(showing: Showing) -> Iterator[Mapping[str, object]]:
    table = showing.table
    for row in (*table.rows, None):
        cells = {str(place): showing.cell(row, head) for place, head in enumerate(table.columns)}
        yield {"row": say(row.words if row else msg("合计")), **cells, "all": showing.cell(row)}
