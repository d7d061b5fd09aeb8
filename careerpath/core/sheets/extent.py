"""What is known about a sheet before it is read: how far it reaches, and cells that a reader would not notice."""

from dataclasses import dataclass, field

from careerpath.core.sheets.limits import Limits
from careerpath.words import Refused, msg

MOST_NOTED = 20_000
"""So many cells with a broken formula are remembered one by one; more make the file useless anyway."""


def column_letters(index: int) -> str:
    """Excel's name of a column; the first has index 0."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The index of a column from its letters; the first is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


@dataclass(slots=True)
class Extent:
    """Rows and columns count from 1 here, as a person counts them; 0 means that there is nothing."""

    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    hidden_rows: int = 0
    filtered: bool = False
    errors: set[tuple[int, int]] = field(default_factory=set)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)

    def check(self, limits: Limits, title: str) -> None:
        """Raises ``Refused`` where the sheet is too large to be read."""
        if self.rows > limits.rows + 10:
            raise Refused(
                msg(
                    "工作表“%(sheet)s”有 %(rows)s 行内容，一次最多读取 %(most)s 行。请拆分成几个文件，分次导入。",
                    sheet=title,
                    rows=self.rows,
                    most=limits.rows,
                )
            )
        if self.last_column > limits.columns:
            raise Refused(
                msg(
                    "工作表“%(sheet)s”的内容一直延伸到 %(column)s 列，最多读取 %(most)s 列。请删除右侧多余的列后重试。",
                    sheet=title,
                    column=column_letters(self.last_column - 1),
                    most=limits.columns,
                )
            )
        if self.last_row * self.last_column > limits.cells:
            raise Refused(
                msg(
                    "工作表“%(sheet)s”的内容散布到第 %(row)s 行、%(column)s 列，范围过大。"
                    "请删除数据区以外的零散内容，或拆分文件后重试。",
                    sheet=title,
                    row=self.last_row,
                    column=column_letters(self.last_column - 1),
                )
            )
