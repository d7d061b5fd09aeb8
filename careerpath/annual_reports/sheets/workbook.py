"""The report in Excel: a sheet of all figures, one of the text, and one for each table and list of names."""

from collections.abc import Iterable, Iterator, Mapping

from careerpath.annual_reports.documents.contents import Grid, NameList, Report
from careerpath.core.pdf.wording import day_of
from careerpath.core.sheets.cells import Reader
from careerpath.core.sheets.columns import Column
from careerpath.core.sheets.readers import decimal, text
from careerpath.core.sheets.writing import Table
from careerpath.words import msg

FIGURES = "主要指标"
_TEXT = "报告文字"


def _number(width: float = 12) -> Reader:
    """A number with as many decimals as it has."""
    reader = decimal(6)
    return Reader(reader.read, msg("数值"), "General", width=width)


_FIGURES = (
    Column("section", "章节", text(), width=16),
    Column("name", "指标", text(), width=34),
    Column("unit", "单位", text(), width=8),
    Column("value", "本年", _number()),
    Column("last", "上年", _number()),
    Column("change", "增减", _number()),
    Column("total", "累计", _number()),
)
_TEXTS = (
    Column("section", "章节", text(), width=16),
    Column("kind", "类别", text(), width=8),
    Column("text", "文字", text(8000), width=100),
)


def workbook_tables(report: Report) -> tuple[Table, ...]:
    """The sheets of a report; each says whose it is, of which day, and whether it is a draft or an example."""
    head = f"{report.title}　统计截止日：{day_of(report.on)}"
    notes = tuple(part for part in (report.mark, head, report.foot.line()) if part)
    tables = [grid for chapter in report.chapters for grid in chapter.tables if grid.rows]
    lists = [names for chapter in report.chapters for names in chapter.lists if names.rows]
    return (
        Table(FIGURES, _FIGURES, _figure_rows(report), notes),
        Table(_TEXT, _TEXTS, _text_rows(report), notes),
        *(_table(grid, f"表{place} {grid.title}", notes) for place, grid in enumerate(tables, start=1)),
        *(_list(names, f"名单{place} {names.title}", notes) for place, names in enumerate(lists, start=1)),
    )


def _figure_rows(report: Report) -> Iterator[Mapping[str, object]]:
    for chapter in report.chapters:
        for one in chapter.figures:
            yield {
                "section": chapter.title,
                "name": one.name,
                "unit": one.unit,
                "value": one.value,
                "last": one.last,
                "change": one.change,
                "total": one.total,
            }


def _text_rows(report: Report) -> Iterator[Mapping[str, object]]:
    for chapter in report.chapters:
        for kind, lines in (("正文", chapter.paragraphs), ("注", chapter.notes)):
            for line in lines:
                yield {"section": chapter.title, "kind": kind, "text": line}


def _table(grid: Grid, title: str, notes: tuple[str, ...]) -> Table:
    heads = (grid.first, *_in_one_line(grid.heads))
    columns = (Column("name", heads[0], text(), width=24), *_columns(heads[1:], _number()))
    rows = ({"name": row.name, **_keyed(row.cells)} for row in grid.rows)
    unit = (f"单位：{grid.unit}",) if grid.unit else ()
    return Table(title, columns, rows, (*notes, *unit))


def _list(names: NameList, title: str, notes: tuple[str, ...]) -> Table:
    columns = _columns(_in_one_line(names.heads), text(2000, width=20))
    left = (f"另有 {names.left_out} 条未列入，见系统中的名单。",) if names.left_out else ()
    return Table(title, columns, (_keyed(row) for row in names.rows), (*notes, *left))


def _columns(heads: Iterable[str], reader: Reader) -> tuple[Column, ...]:
    return tuple(Column(f"c{place}", head, reader) for place, head in enumerate(heads))


def _keyed(cells: Iterable[object]) -> dict[str, object]:
    return {f"c{place}": cell for place, cell in enumerate(cells)}


def _in_one_line(heads: tuple[str, ...]) -> tuple[str, ...]:
    """Headings without the line breaks of the paper."""
    return tuple(head.replace("\n", "") for head in heads)
