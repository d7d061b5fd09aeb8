"""Writing an edition, or an empty form for one, as a workbook with drop-downs."""

from collections.abc import Callable, Mapping
from typing import Any

from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from careerpath.core.sheets import Shown
from careerpath.core.sheets.extent import column_letters
from careerpath.core.sheets.writing import Looks, Target, finish_sheet, new_book, write_cell
from careerpath.policy.edition import Edition, to_plain
from careerpath.policy.shapes import Block, Row, shape_of
from careerpath.policy.shapes.blocks import block_of
from careerpath.rulebook.sheets.cells import format_of, words_of, written
from careerpath.rulebook.sheets.layout import CONTENT, EXPLANATIONS, HINT, ITEM, Plan, hint_of, plans_of
from careerpath.words import Message, msg

References = dict[str, dict[tuple[str, ...], Shown]]
"""By the name of a sheet and the place of a row: what other sheets call that row."""

LAST_ROW = 5000
INLINE = 255
"""A drop-down's words may be so many characters long inside the cell's rule."""

ADVICE = (
    msg("“基本信息”的每一行都请填写；规则代码不要改动。"),
    msg("每张工作表是办法的一个部分；本地办法没有的部分，留空即可。"),
    msg("带“所属”的列，填写上一级工作表中那一行的代码或序号。"),
    msg("比例填百分数，如 15%；金额以元为单位；日期如 2026-01-31。"),
    msg("“确定程度”：文件写明的选“已公布”，通行做法选“惯例”，自行推定的选“本系统理解”。"),
    msg("没有正式文件的数字，请把“示例数据”填“是”，页面和打印件会处处注明。"),
    msg("不要改动工作表名称和列名；需要备注时，请另建工作表并把它隐藏。"),
)


def write_workbook(edition: Edition | None, rule: str, target: Target, *, say: Callable[[Message], str] = str) -> None:
    """Writes an edition of ``rule``, or without one the empty form, with drop-downs and hints."""
    shape = shape_of(rule)
    plain: Mapping[str, Any] = shape.even(to_plain(edition)) if edition else {"head": {"rule": rule}}
    with new_book(target, constant_memory=False) as (book, looks):
        references: References = {}
        for plan in plans_of(shape):
            block = block_of(plan.part, plain)
            sheet = book.add_worksheet(plan.name)
            if plan.part.table:
                _write_table(sheet, looks, plan, block, references, say)
            else:
                _write_pairs(sheet, looks, plan, block, say)
        _explain(book, looks, say)


def _write_pairs(sheet: Worksheet, looks: Looks, plan: Plan, block: Block, say: Callable[[Message], str]) -> None:
    for number, (heading, width) in enumerate(((ITEM, 34), (CONTENT, 60), (HINT, 44))):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, heading, looks.heading())
    cells = block.rows[0].cells if block.rows else {}
    label_look = looks.get(border=1, border_color="#B8C4D0", bg_color="#F6F8FB", valign="top", text_wrap=True)
    hint_look = looks.get(font_color="#55606E", valign="top", text_wrap=True)
    for row, column in enumerate(plan.columns(block.columns), 1):
        sheet.write_string(row, 0, str(column.label), label_look)
        look = looks.get(
            border=1, border_color="#B8C4D0", num_format=format_of(column.value), valign="top", align="left",
            text_wrap=True,
        )  # fmt: skip
        value = cells.get(column.path)
        if value is None:
            sheet.write_blank(row, 1, None, look)
        else:
            write_cell(sheet, looks, row, 1, written(column.value, value), look)
        sheet.write_string(row, 2, say(hint_of(column)), hint_look)
        _drop_down(sheet, (row, 1, row, 1), words_of(column.value), say)
    sheet.freeze_panes(1, 1)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_table(
    sheet: Worksheet,
    looks: Looks,
    plan: Plan,
    block: Block,
    references: References,
    say: Callable[[Message], str],
) -> None:
    references[plan.name] = {row.owners: _reference(plan, row, at) for at, row in enumerate(block.rows, 1)}
    columns, lead = plan.columns(block.columns), plan.lead
    for number, heading in enumerate((*lead, *(str(column.label) for column in columns))):
        sheet.write_string(0, number, heading, looks.heading())
        sheet.set_column(number, number, max(12, 2 * len(heading) + 3), looks.get(num_format="@"))
    for number, column in enumerate(columns, len(lead)):
        look = looks.get(num_format=format_of(column.value), valign="top", text_wrap=column.value.many)
        sheet.set_column(number, number, max(12, 2 * len(str(column.label)) + 3), look)
        sheet.write_comment(0, number, say(hint_of(column)), {"x_scale": 1.6})
        _drop_down(sheet, (1, number, LAST_ROW, number), words_of(column.value), say)
    if plan.owner is not None:
        _refer(sheet, plan.owner)
    for at, row in enumerate(block.rows, 1):
        for number, text in enumerate(_leading(plan, row, references)):
            write_cell(sheet, looks, at, number, text, looks.get(num_format="@"))
        for number, column in enumerate(columns, len(lead)):
            value = row.cells.get(column.path)
            if value is not None:
                look = looks.get(num_format=format_of(column.value), valign="top", text_wrap=column.value.many)
                write_cell(sheet, looks, at, number, written(column.value, value), look)
    sheet.set_row(0, 32)
    finish_sheet(sheet, 0, len(block.rows), len(lead) + len(columns))


def _reference(plan: Plan, row: Row, number: int) -> Shown:
    """What other sheets call a row of this one."""
    column = plan.reference
    value = None if column is None else row.cells.get(column.path)
    return str(number) if column is None or value is None else written(column.value, value)


def _leading(plan: Plan, row: Row, references: References) -> list[Shown]:
    """The cells before the values."""
    found: list[Shown] = []
    if plan.owner is not None:
        found.append(references[plan.owner.name][row.owners[:-1]])
    if plan.part.key_title is not None:
        word = plan.part.key_words.get(row.owners[-1])
        found.append(row.owners[-1] if word is None else str(word))
    elif plan.part.owned and plan.reference is None:
        found.append(references[plan.name][row.owners])
    return found


def _refer(sheet: Worksheet, owner: Plan) -> None:
    """A drop-down of the rows that may own these rows."""
    place = 0
    if owner.reference is not None:
        place = len(owner.lead) + [column.path for column in owner.columns()].index(owner.reference.path)
    letters = column_letters(place)
    sheet.data_validation(
        1, 0, LAST_ROW, 0,
        {"validate": "list", "source": f"='{owner.name}'!${letters}$2:${letters}$500", "error_type": "warning"},
    )  # fmt: skip


def _drop_down(
    sheet: Worksheet, area: tuple[int, int, int, int], words: tuple[str, ...], say: Callable[[Message], str]
) -> None:
    if not words or len(",".join(words)) > INLINE or any("," in word for word in words):
        return
    sheet.data_validation(
        *area,
        {
            "validate": "list",
            "source": list(words),
            "error_title": say(msg("不在列表中")),
            "error_message": say(msg("请从下拉列表中选择。")),
        },
    )


def _explain(book: Book, looks: Looks, say: Callable[[Message], str]) -> None:
    sheet = book.add_worksheet(EXPLANATIONS)
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, say(msg("填表说明")), looks.heading())
    for row, advice in enumerate(ADVICE, 1):
        sheet.write_string(row, 0, say(advice), looks.get(text_wrap=True, valign="top"))
