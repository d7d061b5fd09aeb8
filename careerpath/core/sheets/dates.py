"""Readers for days and months, in the many ways in which offices write them."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from careerpath.core.sheets.cells import CellFault, CellValue, Origin, Reader, Shown, number_as_text
from careerpath.core.sheets.cleaning import clean
from careerpath.words import Message, msg

_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号]?)?")
_SEPARATED = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SHORT_YEAR = re.compile(r"\d{2}[-/.年]\d{1,2}月?([-/.]?\d{1,2}日?)?")
_AMBIGUOUS = re.compile(r"(\d{4})\.1")
_MARKS = str.maketrans({"．": ".", "。": ".", "／": "/", "－": "-", "—": "-", "–": "-", "−": "-"})
_YEARS_OF_FOUR_DIGITS = frozenset(((1905, False), (1909, True)))
"""As counts of days, 1900 to 2100 fall into this year: a cell formatted as a date turned 1992.5 into it."""
_FIRST_CERTAIN_SERIAL = date(1900, 3, 1)


def day(*, month_is_enough: bool = False, earliest: int = 1900, latest: int = 2100) -> Reader:
    """A day as ``date``; with ``month_is_enough`` a month stands for its first day. Both years are included."""

    def read(value: CellValue, origin: Origin) -> date:
        year, month, day_of_month = _parts(value, origin)
        if day_of_month is None and not month_is_enough:
            raise CellFault(msg("这里应填到日，如 1992-05-03，现在只有年月。"))
        return _date(year, month, day_of_month or 1, earliest, latest)

    hint = msg("日期，如 1992-05-03 或 1992.05") if month_is_enough else msg("日期，如 1992-05-03")
    return Reader(read, hint, "yyyy-mm-dd", show=_show_day, width=12)


def month(*, earliest: int = 1900, latest: int = 2100) -> Reader:
    """A month as the ``date`` of its first day; a day, where one is given, must exist and is then left out."""

    def read(value: CellValue, origin: Origin) -> date:
        year, number, day_of_month = _parts(value, origin)
        return _date(year, number, day_of_month or 1, earliest, latest).replace(day=1)

    return Reader(read, msg("年月，如 1992.05"), "yyyy.mm", show=_show_month, width=10)


def _show_day(value: object) -> Shown:
    # Excel counts a 29 February 1900 that never was: before it, only text is certain.
    if isinstance(value, date) and not isinstance(value, datetime):
        return value if value >= _FIRST_CERTAIN_SERIAL else value.isoformat()
    return None if value is None else str(value)


def _show_month(value: object) -> Shown:
    if isinstance(value, date) and not isinstance(value, datetime) and value < _FIRST_CERTAIN_SERIAL:
        return f"{value:%Y-%m}"
    return _show_day(value)


def _parts(value: CellValue, origin: Origin) -> tuple[int, int, int | None]:
    """Year, month and, where there is one, day."""
    if isinstance(value, date):
        if (value.year, origin.date1904) in _YEARS_OF_FOUR_DIGITS:
            raise CellFault(
                msg(
                    "单元格显示为 %(year)s 年的日期，多半是在日期格式的单元格里输入了“1992.5”这样的内容。"
                    "请改填完整日期，如 1992-05-03；年月请先把单元格设置为“文本”格式。",
                    year=value.year,
                )
            )
        return value.year, value.month, value.day
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _unreadable()
    if isinstance(value, str):
        return _from_text(value, origin)
    if value != int(value):
        if 10_000 <= value < 100_000:
            return _from_serial(int(value), origin)
        shown = number_as_text(value)
        if _AMBIGUOUS.fullmatch(shown):
            raise _january_or_october(shown)
        return _from_text(shown, origin)
    whole = int(value)
    if 10_000 <= whole <= 99_999:
        return _from_serial(whole, origin)
    return _from_text(str(whole), origin)


def _from_text(value: str, origin: Origin) -> tuple[int, int, int | None]:
    shown = _TIME.sub("", clean(value).translate(_MARKS)).replace(" ", "").rstrip(".")
    if not origin.typed and _AMBIGUOUS.fullmatch(shown):
        # A CSV file that Excel wrote shows October's 1992.10 in this way.
        raise _january_or_october(shown)
    if match := _CHINESE.fullmatch(shown):
        year, month, day_of_month = match.groups()
    elif match := _SEPARATED.fullmatch(shown):
        year, _, month, day_of_month = match.groups()
    elif match := _RUN_TOGETHER.fullmatch(shown):
        year, month, day_of_month = match.groups()
    elif re.fullmatch(r"\d{5}", shown):
        return _from_serial(int(shown), origin)
    elif re.fullmatch(r"(\d{4})年?", shown):
        raise CellFault(msg("这里至少应填到月，如 1992.05，现在只有年份。"))
    elif _SHORT_YEAR.fullmatch(shown):
        raise CellFault(msg("年份请写四位数字，如 1992-05-03。"))
    else:
        raise _unreadable()
    return int(year), int(month), int(day_of_month) if day_of_month else None


def _from_serial(serial: int, origin: Origin) -> tuple[int, int, int]:
    if 19_000 <= serial < 21_000:
        # As a count of days this is 1952 to 1957; more often a dot was forgotten in 1992.5.
        raise _unreadable()
    start = date(1904, 1, 1) if origin.date1904 else date(1899, 12, 30)
    found = start + timedelta(days=serial)
    return found.year, found.month, found.day


def _date(year: int, month: int, day_of_month: int, earliest: int, latest: int) -> date:
    if not 1 <= month <= 12:
        raise CellFault(msg("没有 %(month)s 月，月份应为 1 至 12。", month=month))
    if not earliest <= year <= latest:
        raise CellFault(
            msg("年份 %(year)s 不在 %(least)s 至 %(most)s 之间，请核对。", year=year, least=earliest, most=latest)
        )
    if not 1 <= day_of_month <= monthrange(year, month)[1]:
        raise CellFault(
            msg("%(year)s 年 %(month)s 月没有 %(day)s 日，请核对。", year=year, month=month, day=day_of_month)
        )
    return date(year, month, day_of_month)


def _january_or_october(shown: str) -> CellFault:
    year = shown[:4]
    message: Message = msg(
        "“%(shown)s”可能是 %(year)s 年 1 月，也可能是 %(year)s 年 10 月（数值末尾的 0 不会保存）。"
        "请写成 %(year)s-01 或 %(year)s-10。",
        shown=shown,
        year=year,
    )
    return CellFault(message)


def _unreadable() -> CellFault:
    return CellFault(msg("无法识别为日期。请写成 1992-05-03、1992.05 或 1992年5月3日 的形式。"))
