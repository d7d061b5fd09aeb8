"""The pieces of a shape: values, tables with named keys, tables with free keys, and lists of tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from careerpath.policy.codes.code import Code
from careerpath.policy.edition import Basis
from careerpath.words import Message, msg


class Kind(StrEnum):
    """What a value is, and so how it is shown, typed into a cell and written in TOML."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    """Yuan."""
    SHARE = "share"
    """A part of one: 0.20 is 20 %."""
    FLAG = "flag"
    DAY = "day"
    CODE = "code"
    RANGE = "range"
    """A whole number, or ``{low, high}`` with both ends included and either of them open."""

    @property
    def is_number(self) -> bool:
        """Whether it is one exact number."""
        return self in (Kind.WHOLE, Kind.NUMBER, Kind.MONEY, Kind.SHARE)


@dataclass(frozen=True, slots=True)
class Value:
    """One value, or with ``many`` a list of them. ``words`` are those of its codes."""

    kind: Kind
    words: Mapping[str, Message] = field(default_factory=dict)
    many: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A table with named keys."""

    fields: "tuple[Field, ...]"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table whose keys the edition chooses; ``title`` says what a key is, ``words`` are those of usual keys.

    ``values`` are the keys under which something else stands than ``item``.
    """

    title: Message
    item: "Node"
    words: Mapping[str, Message] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)

    def at(self, key: str) -> "Node":
        """What stands under a key."""
        return self.values.get(key, self.item)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of tables. ``identity`` are the keys that name a row; ``matrix`` the row, column and value of a grid."""

    item: Record
    identity: tuple[str, ...] = ()
    matrix: tuple[str, str, str] | None = None


Node = Value | Record | Mapped | Listed


@dataclass(frozen=True, slots=True)
class Field:
    """A key, what people call it, and what stands there. The fields of a ``bare`` table go without its name."""

    key: str
    label: Message
    node: Node
    bare: bool = False


def _never(plain: Mapping[str, Any], at: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Shape:
    """What an edition of one rule holds beside its head.

    ``even`` brings the several ways in which the same may be written to one. ``is_amount`` tells of a place in an
    edition, written as refusals write it, whether the number there is yuan although its kind leaves that open.
    """

    rule: str
    fields: tuple[Field, ...]
    even: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict
    is_amount: Callable[[Mapping[str, Any], str], bool] = _never


def text(key: str, label: Message) -> Field:
    """A field of words."""
    return Field(key, label, Value(Kind.TEXT))


def texts(key: str, label: Message) -> Field:
    """A field with several words or sentences."""
    return Field(key, label, Value(Kind.TEXT, many=True))


def whole(key: str, label: Message) -> Field:
    """A field of a whole number."""
    return Field(key, label, Value(Kind.WHOLE))


def wholes(key: str, label: Message) -> Field:
    """A field with several whole numbers."""
    return Field(key, label, Value(Kind.WHOLE, many=True))


def number(key: str, label: Message) -> Field:
    """A field of an exact number."""
    return Field(key, label, Value(Kind.NUMBER))


def money(key: str, label: Message) -> Field:
    """A field of an amount in yuan."""
    return Field(key, label, Value(Kind.MONEY))


def share(key: str, label: Message) -> Field:
    """A field of a part of one, shown as a percentage."""
    return Field(key, label, Value(Kind.SHARE))


def flag(key: str, label: Message) -> Field:
    """A field of yes or no."""
    return Field(key, label, Value(Kind.FLAG))


def day(key: str, label: Message) -> Field:
    """A field of a date."""
    return Field(key, label, Value(Kind.DAY))


def code(key: str, label: Message, words: Mapping[str, Message]) -> Field:
    """A field of a code."""
    return Field(key, label, Value(Kind.CODE, words))


def codes(key: str, label: Message, words: Mapping[str, Message]) -> Field:
    """A field with several codes."""
    return Field(key, label, Value(Kind.CODE, words, many=True))


def table(key: str, label: Message, *fields: Field, bare: bool = False) -> Field:
    """A field that is a table with named keys."""
    return Field(key, label, Record(fields), bare)


def listed(
    key: str,
    label: Message,
    *fields: Field,
    identity: tuple[str, ...] = (),
    matrix: tuple[str, str, str] | None = None,
) -> Field:
    """A field that is a list of tables."""
    return Field(key, label, Listed(Record(fields), identity, matrix))


def mapped(
    key: str,
    label: Message,
    title: Message,
    item: Node,
    words: Mapping[str, Message] | None = None,
    values: Mapping[str, Value] | None = None,
) -> Field:
    """A field that is a table whose keys the edition chooses."""
    return Field(key, label, Mapped(title, item, words or {}, values or {}))


def words_of(table: Iterable[Code]) -> dict[str, Message]:
    """The Chinese words of a code table."""
    return {member.value: Message(member.zh) for member in table}


BASES: Mapping[str, Message] = {
    Basis.PUBLISHED.value: msg("已公布"),
    Basis.CUSTOMARY.value: msg("惯例"),
    Basis.READING.value: msg("本系统理解"),
}
"""How certain a number is."""

CITATION = table(
    "citation",
    msg("依据"),
    text("clause", msg("依据条款")),
    code("basis", msg("确定程度"), BASES),
    text("document", msg("依据文件")),
    bare=True,
)
"""The ground of a number."""

HEAD = table(
    "head",
    msg("基本信息"),
    text("rule", msg("规则代码")),
    text("key", msg("版本编号")),
    text("title", msg("名称")),
    text("place", msg("适用地区")),
    day("effective_from", msg("施行日期")),
    text("document", msg("文号（依据文件）")),
    text("clause", msg("条款")),
    text("source", msg("来源")),
    flag("example", msg("示例数据")),
    text("note", msg("说明")),
    bare=True,
)
"""What every edition says of itself."""
