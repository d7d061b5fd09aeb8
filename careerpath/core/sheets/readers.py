"""Readers for text, numbers, yes and no, and choices. Dates have a room of their own (``dates``)."""

import re
from collections.abc import Hashable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from careerpath.core.sheets.cells import (
    CellFault,
    CellValue,
    Origin,
    Reader,
    Shown,
    exact_whole,
    lost_digits,
    number_as_text,
    too_large,
)
from careerpath.core.sheets.cleaning import clean, fold
from careerpath.words import Message, msg

Code = TypeVar("Code", bound=Hashable)

_SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?E\+?\d{2,3}", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3}){1,5}(\.\d{1,9})?")
_PLAIN = re.compile(r"[+-]?(\d{1,16}(\.\d{0,9})?|\.\d{1,9})")
_HUGE = 10**16
_MARKS = str.maketrans({"，": ",", "．": ".", "。": ".", "－": "-", "−": "-", "＋": "+", "％": "%", "￥": "", "¥": ""})
_YES = frozenset(("是", "√", "✓", "✔", "☑", "有", "y", "yes", "true", "1"))
_NO = frozenset(("否", "×", "✗", "✘", "☐", "无", "不是", "没有", "n", "no", "false", "0"))


def text(max_length: int = 200, *, lines: bool = False, tight: bool = False, width: float = 16) -> Reader:
    """Free text, cleaned of what is only typing. ``lines`` keeps line breaks; ``tight`` joins padded short names."""

    def read(value: CellValue, origin: Origin) -> str:
        found = _as_text(value, lines=lines, tight=tight)
        if len(found) > max_length:
            raise CellFault(msg("内容有 %(length)s 字，最多 %(most)s 字，请精简。", length=len(found), most=max_length))
        return found

    return Reader(read, msg("文字，最多 %(most)s 字", most=max_length), width=width)


def digits(pattern: str | None = None, *, hint: Message | None = None, width: float = 22) -> Reader:
    """A number that is a name and not an amount (identity, telephone, account): text, upper case, without spaces.

    ``pattern`` is a regular expression for the whole; ``hint`` says it in words. Long numbers that Excel has shortened
    are refused.
    """
    told = hint or msg("号码，请用文本格式")
    shape = re.compile(pattern) if pattern else None

    def read(value: CellValue, origin: Origin) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            found = exact_whole(value)
        else:
            found = _as_text(value).replace(" ", "").translate(_MARKS).upper()
            if _SCIENTIFIC.fullmatch(found):
                raise lost_digits()
        if shape and not shape.fullmatch(found):
            raise CellFault(msg("号码的位数或写法不对。应填：%(hint)s。", hint=told))
        return found

    return Reader(read, told, width=width)


def whole(minimum: int | None = None, maximum: int | None = None, *, width: float = 10) -> Reader:
    """A whole number within bounds that are both included."""

    def read(value: CellValue, origin: Origin) -> int:
        found = _as_decimal(value)
        if found != found.to_integral_value():
            raise CellFault(msg("这里应填整数，不能有小数。"))
        _check_bounds(found, minimum, maximum)
        return int(found)

    return Reader(read, _number_hint(msg("整数"), minimum, maximum), "0", width=width)


def year(minimum: int = 1900, maximum: int = 2100) -> Reader:
    """A calendar year, with or without 年."""

    def read(value: CellValue, origin: Origin) -> int:
        if isinstance(value, date):
            raise CellFault(msg("这里只填年份，如 2024，请不要填日期。"))
        bare = clean(value).removesuffix("度").removesuffix("年") if isinstance(value, str) else value
        try:
            found = _as_decimal(bare)
        except CellFault:
            found = Decimal(0)
        if found != found.to_integral_value() or not minimum <= found <= maximum:
            raise CellFault(
                msg("年份应为 %(least)s 至 %(most)s 之间的四位数字，如 2024。", least=minimum, most=maximum)
            )
        return int(found)

    return Reader(read, msg("年份，如 2024"), "0", width=8)


def decimal(
    places: int = 2,
    *,
    minimum: Decimal | None = None,
    maximum: Decimal | None = None,
    percent: bool = False,
    width: float = 12,
) -> Reader:
    """An amount as ``Decimal`` with at most so many places; more are refused, never rounded away.

    With ``percent`` the value is the fraction (15% is 0.15) and ``places`` count in it.
    """
    unit = Decimal(1).scaleb(-places)

    def read(value: CellValue, origin: Origin) -> Decimal:
        found = _as_decimal(value, percent=percent)
        signed = isinstance(value, str) and value.rstrip().endswith(("%", "％"))
        if percent and not signed and abs(found) > 1 and (maximum is None or found > maximum):
            raise CellFault(msg("这里应填百分数，请写成 15% 或 0.15 的形式。"))
        if found.quantize(unit) != found:
            raise CellFault(msg("最多保留 %(places)s 位小数，请自行取舍后填写。", places=places))
        _check_bounds(found, minimum, maximum)
        return found.quantize(unit)

    look = "0" + ("." + "0" * places if places else "")
    if percent:
        look = "0" + ("." + "0" * (places - 2) if places > 2 else "") + "%"
    base = msg("百分数，如 15%") if percent else msg("数字，最多 %(places)s 位小数", places=places)
    return Reader(read, _number_hint(base, minimum, maximum), look, width=width)


def yes_no(*, blank: bool | None = False) -> Reader:
    """是 or 否, also √ and ×; an empty cell means ``blank``."""

    def read(value: CellValue, origin: Origin) -> bool:
        if isinstance(value, bool):
            return value
        word = fold(number_as_text(value) if isinstance(value, int | float) else str(value))
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise CellFault(msg("这里应填“是”或“否”。"))

    def show(value: object) -> Shown:
        return None if value is None else "是" if value else "否"

    return Reader(read, msg("是或否"), show=show, words=("是", "否"), blank=blank, width=8)


def choice(words: Mapping[Code, str], *, aliases: Mapping[str, Code] | None = None, width: float = 14) -> Reader:
    """One of a list: the cell holds the word, its code, or both (``01 汉族``); the value is the code.

    ``aliases`` are other words that people use. Codes whose zeros Excel has dropped are understood.
    """
    known: dict[str, Code] = {}
    for code, word in words.items():
        known[fold(f"{code}{word}")] = known[fold(f"{word}{code}")] = code
    for alias, code in (aliases or {}).items():
        known[fold(alias)] = code
    bare: dict[str, list[Code]] = {}
    for code in words:
        bare.setdefault(fold(str(code)).lstrip("0"), []).append(code)
    known |= {number: codes[0] for number, codes in bare.items() if len(codes) == 1 and number}
    known |= {fold(str(code)): code for code in words} | {fold(word): code for code, word in words.items()}
    listed = "、".join(list(words.values())[:8]) + ("等" if len(words) > 8 else "")

    def read(value: CellValue, origin: Origin) -> Code:
        shown = number_as_text(value) if isinstance(value, float) else str(value)
        word = fold(shown)
        found = known.get(word)
        if found is None and word.isdecimal():
            found = known.get(word.lstrip("0"))
        if found is None:
            found = known.get(re.sub(r"[-—_.、:：|/]", "", word))
        if found is None:
            near = get_close_matches(word, [fold(each) for each in words.values()], 1, 0.5)
            if near:
                meant = words[known[near[0]]]
                raise CellFault(msg("没有这个选项，是否应为“%(near)s”？请从下拉列表中选择。", near=meant))
            raise CellFault(msg("没有这个选项，请从下拉列表中选择：%(words)s。", words=listed))
        return found

    def show(value: object) -> Shown:
        for code, word in words.items():
            if code == value:
                return word
        return None if value is None else str(value)

    return Reader(
        read, msg("从列表中选择：%(words)s", words=listed), show=show, words=tuple(words.values()), width=width
    )


def _as_text(value: CellValue, *, lines: bool = False, tight: bool = False) -> str:
    if isinstance(value, str):
        return clean(value, lines=lines, tight=tight)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return exact_whole(value) if value == int(value) else number_as_text(value)
    if isinstance(value, date | time | timedelta):
        raise CellFault(
            msg("Excel 把这里的内容识别成了日期或时间，例如把“3-2”变成“3月2日”。请把单元格设置为“文本”格式后重新填写。")
        )
    return ""


def _as_decimal(value: CellValue, *, percent: bool = False) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise CellFault(msg("这里应填数字。若单元格显示为日期，请把格式改为“常规”后重新填写。"))
    if not isinstance(value, str):
        if not -_HUGE < value < _HUGE:
            raise too_large()
        return Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    bare = clean(value).replace(" ", "").translate(_MARKS).removesuffix("元")
    hundredth = bare.endswith("%")
    if hundredth and not percent:
        raise CellFault(msg("这里应填数字，不能带百分号。"))
    bare = bare.removesuffix("%")
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _PLAIN.fullmatch(bare):
        raise CellFault(msg("这里应填数字，现在的内容不是数字。请去掉文字和多余的符号。"))
    return Decimal(bare) / 100 if hundredth else Decimal(bare)


def _check_bounds(value: Decimal, minimum: Decimal | int | None, maximum: Decimal | int | None) -> None:
    if minimum is not None and value < minimum:
        raise CellFault(msg("数值不能小于 %(least)s。", least=minimum))
    if maximum is not None and value > maximum:
        raise CellFault(msg("数值不能大于 %(most)s。", most=maximum))


def _number_hint(base: Message, minimum: Decimal | int | None, maximum: Decimal | int | None) -> Message:
    if minimum is not None and maximum is not None:
        return msg("%(what)s，%(least)s 至 %(most)s", what=base, least=minimum, most=maximum)
    if minimum is not None:
        return msg("%(what)s，不小于 %(least)s", what=base, least=minimum)
    if maximum is not None:
        return msg("%(what)s，不大于 %(most)s", what=base, most=maximum)
    return base
