"""A plain value as a person reads it."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from careerpath.policy.reason import percent, show
from careerpath.policy.shapes.blocks import Column
from careerpath.policy.shapes.shape import Kind, Value
from careerpath.words import Message, msg

YES, NO = msg("是"), msg("否")


def shown(value: Value, plain: Any) -> Message:
    """One value of an edition in words: shares in per cent, amounts in yuan, codes by their names."""
    if isinstance(plain, list | tuple):
        return _joined([_one(value, item) for item in plain])
    return _one(value, plain)


def _one(value: Value, plain: Any) -> Message:
    if value.kind is Kind.FLAG or isinstance(plain, bool):
        return YES if plain in (True, "yes") else NO
    if value.kind is Kind.RANGE:
        return range_text(plain)
    if value.kind is Kind.CODE:
        return value.words.get(str(plain)) or verbatim(plain)
    if value.kind in (Kind.SHARE, Kind.MONEY, Kind.NUMBER):
        exact = number_of(plain)
        if exact is not None:
            return verbatim(_number(value.kind, exact))
    return verbatim(plain)


def numbered(column: Column, plain: Any) -> Message:
    """A value with what it is: a whole number stands before its name (7 级), anything else after it."""
    words = {"label": column.label, "value": shown(column.value, plain)}
    return Message("%(value)s %(label)s" if column.value.kind is Kind.WHOLE else "%(label)s %(value)s", words)


def range_text(plain: Any) -> Message:
    """A number or the span of numbers that is meant; both ends are included."""
    if not isinstance(plain, Mapping):
        return verbatim(plain)
    low, high = plain.get("low"), plain.get("high")
    if low is None:
        return msg("%(high)s 及以下", high=high)
    return msg("%(low)s 及以上", low=low) if high is None else msg("%(low)s 至 %(high)s", low=low, high=high)


def number_of(plain: Any) -> Decimal | None:
    """The exact number that a plain value says; ``None`` for what is no number."""
    if isinstance(plain, bool) or plain is None:
        return None
    try:
        exact = Decimal(str(plain))
    except InvalidOperation:
        return None
    return exact if exact.is_finite() else None


def _number(kind: Kind, exact: Decimal) -> str:
    if kind is Kind.SHARE:
        return percent(exact)
    if kind is Kind.MONEY:
        return f"{exact:,.2f}"
    return show(exact)


def verbatim(plain: Any) -> Message:
    """Words that need no translation."""
    return Message("%(text)s", {"text": str(plain)})


def _joined(items: list[Message]) -> Message:
    names = {f"item{number}": item for number, item in enumerate(items)}
    return Message("、".join(f"%({name})s" for name in names), names)
