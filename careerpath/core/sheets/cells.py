"""A cell as a file gives it, what is read from it, and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from careerpath.words import Message, msg

CellValue = str | int | float | bool | date | datetime | time | timedelta | None
"""What a file holds in a cell; an empty one is ``None`` or an empty text."""

Shown = str | int | Decimal | date | None
"""What is written into a cell."""


class CellFault(Exception):
    """A cell cannot be understood or is not allowed; the message says why and what to do, not where."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Origin:
    """What a cell cannot say about itself.

    ``date1904``: the workbook counts its days from 1904. ``typed``: the file tells numbers from text (CSV does not).
    """

    date1904: bool = False
    typed: bool = True


def _as_it_is(value: object) -> Shown:
    if value is None or isinstance(value, str | int | Decimal | date):
        return value
    return str(value)


@dataclass(frozen=True, slots=True)
class Reader:
    """How the cells of a column are read and written.

    ``read`` is never given a blank cell; ``blank`` is the value of those. ``show`` turns a value into what is written,
    ``number_format`` is Excel's name for its look, ``words`` are the drop-down's choices, ``hint`` tells what to type.
    """

    read: Callable[[CellValue, Origin], object]
    hint: Message
    number_format: str = "@"
    show: Callable[[object], Shown] = _as_it_is
    words: tuple[str, ...] = ()
    blank: object = None
    width: float = 14


def number_as_text(value: float) -> str:
    """The digits that Excel shows for a number: 15 of them are certain."""
    return format(Decimal(format(value, ".15g")), "f")


def exact_whole(value: float) -> str:
    """The digits of a long number that Excel kept as a number.

    Excel keeps 15 digits and turns the others into zeros. A number below 2**53 whose last digit is not zero was never
    cut. Raises ``CellFault`` where digits may have been lost, or where there is a fraction.
    """
    if value != int(value):
        raise CellFault(msg("这里应填号码，单元格里却是小数。请把该列设置为“文本”格式后重新填写。"))
    whole = int(value)
    if abs(whole) >= 10**15 and (abs(whole) >= 2**53 or whole % 10 == 0):
        raise lost_digits()
    return str(whole)


def too_large() -> CellFault:
    """The fault of a number beyond all that is counted here."""
    return CellFault(msg("数值过大，无法读取。请核对；如果是号码，请用“文本”格式重新填写。"))


def lost_digits() -> CellFault:
    """The fault of a long number whose last digits Excel has turned into zeros."""
    return CellFault(
        msg("Excel 把这个长号码当作数值保存，15 位以后的数字已经丢失。请先把该列设置为“文本”格式，再重新填写完整号码。")
    )
