"""Finding the table in a workbook: which sheet, which row holds the headings, which column is which."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from careerpath.core.sheets.cells import CellValue
from careerpath.core.sheets.cleaning import clean, is_blank
from careerpath.core.sheets.columns import Column, SheetSpec, fold_title
from careerpath.core.sheets.extent import column_letters
from careerpath.core.sheets.opening import Sheet, Workbook
from careerpath.words import Refused, msg

HEAD_ROWS = 10
"""The headings stand in one of so many first rows; above them there may be titles."""


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table was found. Rows and columns count from 1; ``places`` maps a key to its column."""

    sheet: Sheet
    header_row: int
    first_row: int
    places: Mapping[str, int]
    untitled: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Heading:
    """The headings of one row: known ones by key, the others as they were typed, by column."""

    row: int
    places: dict[str, int]
    unknown: dict[int, str]
    twice: dict[int, str]


def find_table(workbook: Workbook, spec: SheetSpec, sheet: str | None = None) -> Table:
    """The sheet whose headings fit the description. ``sheet`` names one where several would do.

    Raises ``Refused``: no such sheet, none or several fit, columns unknown, doubled or missing.
    """
    candidates = [each for each in workbook.sheets if each.extent.rows and (sheet == each.name or not each.hidden)]
    if sheet is not None:
        candidates = [each for each in candidates if each.name == sheet]
        if not candidates:
            raise Refused(msg("工作簿里没有名为“%(sheet)s”的工作表，或者它没有内容。", sheet=sheet))
    if not candidates:
        raise Refused(msg("工作簿里没有可见的内容。请取消隐藏工作表，或检查是否选错了文件。"))
    found = [(each, _find_heading(each, spec)) for each in candidates]
    fitting = [pair for pair in found if pair[1] and not _missing(spec, pair[1])]
    if len(fitting) > 1:
        named = [pair for pair in fitting if fold_title(pair[0].name) == fold_title(spec.title)]
        fitting = named or fitting
    if len(fitting) > 1:
        raise Refused(
            msg(
                "有几张工作表都像“%(title)s”：%(sheets)s。请只保留要导入的一张，或把它命名为“%(title)s”。",
                title=spec.title,
                sheets="、".join(each.name for each, _ in fitting),
            )
        )
    if not fitting:
        # The best of those that do not fit tells the person most.
        fitting = [max(found, key=lambda pair: len(pair[1].places) if pair[1] else 0)]
    chosen: Sheet = fitting[0][0]
    heading: _Heading | None = fitting[0][1]
    for each in candidates:
        if each is not chosen:
            each.release()
    if heading is None:
        raise Refused(
            msg(
                "前 %(rows)s 行里没有找到表头。请使用“%(title)s”模板，表头应包含：%(columns)s。",
                rows=HEAD_ROWS,
                title=spec.title,
                columns="、".join(column.title for column in spec.columns if column.required) or spec.columns[0].title,
            )
        )
    _refuse_wrong_headings(spec, chosen, heading)
    return _table(chosen, heading)


def _find_heading(sheet: Sheet, spec: SheetSpec) -> _Heading | None:
    """The row among the first with the most known headings; ``None`` where no row has any."""
    keys = {fold_title(each): column.key for column in spec.columns for each in (column.title, *column.aliases)}
    head = [_titles(row) for row in islice(sheet.rows(), HEAD_ROWS)]
    offset = sheet.first_column - 1
    best: _Heading | None = None
    for number, titles in enumerate(head, 1):
        # A heading over two rows belongs to the lower one as well.
        across = {
            left - offset: head[top - 1].get(left - offset, "")
            for top, left, bottom, _ in sheet.merged
            if top < number <= bottom
        }
        heading = _Heading(number, {}, {}, {})
        for column, title in sorted({**across, **titles}.items()):
            key = keys.get(fold_title(title))
            if key in heading.places:
                heading.twice[column] = title
            elif key is not None:
                heading.places[key] = column
            elif title:
                heading.unknown[column] = title
        if heading.places and (best is None or len(heading.places) > len(best.places)):
            best = heading
    return best


def _titles(row: list[CellValue]) -> dict[int, str]:
    return {number: clean(str(value)) for number, value in enumerate(row, 1) if not is_blank(value)}


def _missing(spec: SheetSpec, heading: _Heading) -> list[Column]:
    return [column for column in spec.columns if column.required and column.key not in heading.places]


def _refuse_wrong_headings(spec: SheetSpec, sheet: Sheet, heading: _Heading) -> None:
    free = {fold_title(column.title): column.title for column in spec.columns if column.key not in heading.places}
    offset = sheet.first_column - 1
    unknown = []
    for number, title in heading.unknown.items():
        near = get_close_matches(fold_title(title), list(free), 1, 0.5)
        letters = column_letters(number - 1 + offset)
        unknown.append(f"“{title}”（{letters} → “{free[near[0]]}”？）" if near else f"“{title}”（{letters}）")
    missing = "、".join(f"“{column.title}”" for column in _missing(spec, heading))
    if heading.twice:
        raise Refused(
            msg(
                "工作表“%(sheet)s”第 %(row)s 行的表头有重复的列：%(columns)s。请只保留一列。",
                sheet=sheet.name,
                row=heading.row,
                columns="、".join(
                    f"“{title}”（{column_letters(n - 1 + offset)}）" for n, title in heading.twice.items()
                ),
            )
        )
    if unknown and missing:
        raise Refused(
            msg(
                "工作表“%(sheet)s”第 %(row)s 行的表头缺少必填列：%(missing)s；"
                "另有无法识别的列：%(unknown)s。请对照模板修改列名。",
                sheet=sheet.name,
                row=heading.row,
                missing=missing,
                unknown="、".join(unknown),
            )
        )
    if missing:
        raise Refused(
            msg(
                "工作表“%(sheet)s”第 %(row)s 行的表头缺少必填列：%(missing)s。请对照模板补上。",
                sheet=sheet.name,
                row=heading.row,
                missing=missing,
            )
        )
    if unknown:
        raise Refused(
            msg(
                "工作表“%(sheet)s”第 %(row)s 行的表头有无法识别的列：%(unknown)s。请改为模板中的列名，或删除这些列。",
                sheet=sheet.name,
                row=heading.row,
                unknown="、".join(unknown),
            )
        )


def _table(sheet: Sheet, heading: _Heading) -> Table:
    offset = sheet.first_column - 1
    bottoms = [bottom for top, _, bottom, _ in sheet.merged if top <= heading.row <= bottom]
    last = sheet.extent.last_column
    taken = {*heading.places.values(), *heading.unknown}
    return Table(
        sheet,
        heading.row,
        max([heading.row, *bottoms]) + 1,
        {key: column + offset for key, column in heading.places.items()},
        frozenset(column + offset for column in range(1, last - offset + 1) if column not in taken),
    )
