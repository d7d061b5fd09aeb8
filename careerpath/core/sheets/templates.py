"""Empty workbooks to fill in: drop-downs, comments on the headings, and a sheet that explains the columns."""

from collections.abc import Callable, Mapping, Sequence

from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from careerpath.core.sheets.columns import Column, SheetSpec
from careerpath.core.sheets.extent import column_letters
from careerpath.core.sheets.writing import Looks, Target, finish_sheet, new_book, sheet_name, write_cell
from careerpath.words import Message, msg

_INLINE = 255
"""A drop-down's words may be so many characters long inside the cell's rule; longer lists need a range."""

_LAST_ROW = 100_000
_MOST_WORDS = 20_000
_PRE_FORMATTED = "@"


def write_template(
    target: Target,
    spec: SheetSpec,
    lists: Mapping[str, Sequence[str]] | None = None,
    *,
    say: Callable[[Message], str] = str,
    line: str = "",
) -> None:
    """Writes an empty workbook for ``spec``. ``lists`` gives words by column key that are known only now (units).

    ``line`` stands above the headings and says what the table is about.

    Every column but numbers is formatted as text, so that Excel keeps what is typed: 1992.10, 007, long numbers.
    """
    with new_book(target, constant_memory=False) as (book, looks):
        sheet = book.add_worksheet(sheet_name(spec.title))
        explained = book.add_worksheet(say(msg("填表说明")))
        shelf, top = _Shelf(book), 1 if line else 0
        if line:
            sheet.write_string(0, 0, line)
        for number, column in enumerate(spec.columns):
            typed = column.reader.number_format if column.reader.number_format[:1] == "0" else _PRE_FORMATTED
            sheet.set_column(number, number, column.span, looks.get(num_format=typed))
            sheet.write_string(top, number, column.heading, looks.heading(column.required))
            sheet.write_comment(top, number, _comment(column, say), {"x_scale": 1.6, "y_scale": 1.2})
            words = tuple((lists or {}).get(column.key, column.drop_down))
            if words:
                _add_drop_down(sheet, shelf, top + 1, number, words, say)
        sheet.set_row(top, 32)
        finish_sheet(sheet, top, top, len(spec.columns))
        _explain(explained, looks, spec, say)
        shelf.hide()
        sheet.activate()


class _Shelf:
    """The hidden sheet with long lists, each under a name: Excel keeps drop-downs on names when it saves."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet: Worksheet | None = None
        self.used = 0

    def put(self, words: Sequence[str]) -> str:
        """Stores a list; gives its name."""
        if self.sheet is None:
            self.sheet = self.book.add_worksheet("选项")
        for row, word in enumerate(words[:_MOST_WORDS]):
            self.sheet.write_string(row, self.used, word)
        letters = column_letters(self.used)
        self.used += 1
        name = f"choices_{self.used}"
        last = max(1, min(len(words), _MOST_WORDS))
        self.book.define_name(name, f"='选项'!${letters}$1:${letters}${last}")
        return name

    def hide(self) -> None:
        """Nobody needs to see it."""
        if self.sheet is not None:
            self.sheet.hide()


def _add_drop_down(
    sheet: Worksheet, shelf: _Shelf, first: int, number: int, words: tuple[str, ...], say: Callable[[Message], str]
) -> None:
    short = len(",".join(words)) <= _INLINE and not any("," in word for word in words)
    sheet.data_validation(
        first,
        number,
        _LAST_ROW,
        number,
        {
            "validate": "list",
            "source": list(words) if short else f"={shelf.put(words)}",
            "error_title": say(msg("不在列表中")),
            "error_message": say(msg("请从下拉列表中选择。")),
        },
    )


def _comment(column: Column, say: Callable[[Message], str]) -> str:
    lines = [say(msg("必填")) if column.required else say(msg("选填")), say(column.reader.hint)]
    if column.note is not None:
        lines.append(say(column.note))
    return "\n".join(lines)


def _explain(sheet: Worksheet, looks: Looks, spec: SheetSpec, say: Callable[[Message], str]) -> None:
    """One line a column. It stands upright, so that nobody, and no import, takes it for the table itself."""
    headings = (msg("列名"), msg("是否必填"), msg("怎样填写"), msg("示例"), msg("说明"))
    plain = looks.get(text_wrap=True, valign="top", border=1, border_color="#B8C4D0", num_format="@")
    for number, (heading, width) in enumerate(zip(headings, (20, 10, 40, 24, 50), strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, say(heading), looks.heading())
    for row, column in enumerate(spec.columns, 1):
        sheet.write_string(row, 0, column.title, plain)
        sheet.write_string(row, 1, say(msg("必填")) if column.required else say(msg("选填")), plain)
        sheet.write_string(row, 2, say(column.reader.hint), plain)
        shown = column.reader.show(column.example)
        write_cell(sheet, looks, row, 3, "" if shown is None else str(shown), plain)
        sheet.write_string(row, 4, "" if column.note is None else say(column.note), plain)
    finish_sheet(sheet, 0, len(spec.columns), len(headings))
