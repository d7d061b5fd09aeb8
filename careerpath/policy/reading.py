"""Strict reading of plain values (TOML or JSON): every refusal names the file, the key and the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from careerpath.policy.reason import show
from careerpath.words import Message, Refused, msg

E = TypeVar("E", bound=StrEnum)

LONGEST = 2000
"""Characters a text may have: editions and facts are short."""


@dataclass(slots=True)
class Table:
    """A table of named values on its way to a dataclass. Ask for each key, then call ``end``.

    ``path`` counts the items of a list from 1: ``indicators[2].maximum``.
    """

    values: Mapping[str, Any]
    file: str
    path: str = ""
    _asked: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, values: object, file: str, path: str = "") -> "Table":
        """A table from any value; refuses what is not one."""
        if not isinstance(values, Mapping):
            raise Refused(
                msg(
                    "%(file)s：%(path)s 应为一张表（键和值），请按说明文档的示例改写。", file=file, path=path or "全文"
                ),
                field=path or None,
            )
        return cls(values, file, path)

    def refusal(self, key: str, message: Message) -> Refused:
        """A refusal that belongs to one key; ``message`` says what is wrong and what to do."""
        path = self.at(key)
        return Refused(msg("%(file)s：%(path)s %(problem)s", file=self.file, path=path, problem=message), field=path)

    def at(self, key: str) -> str:
        """The full path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether the key is given; JSON ``null`` counts as not given."""
        self._asked.append(key)
        return self.values.get(key) is not None

    def _get(self, key: str) -> Any:
        if not self.has(key):
            raise self.refusal(key, msg("缺少这一项，请补上。"))
        return self.values[key]

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required, not empty, where there is no default."""
        if default is not None and not self.has(key):
            return default
        value = self._get(key)
        if not isinstance(value, str):
            raise self.refusal(key, msg("应为文字，请加上引号。"))
        if len(value) > LONGEST:
            raise self.refusal(key, msg("超过 %(most)s 个字，请缩短。", most=LONGEST))
        if default is None and not value.strip():
            raise self.refusal(key, msg("不能为空，请填写。"))
        return value

    def code(self, key: str, table: type[E], default: E | None = None) -> E:
        """A code of a table of codes."""
        if default is not None and not self.has(key):
            return default
        value = self._get(key)
        if not isinstance(value, str) or value not in [member.value for member in table]:
            known = "、".join(member.value for member in table)
            raise self.refusal(key, msg("的代码“%(value)s”不存在，请改用：%(known)s。", value=value, known=known))
        return table(value)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        if default is not None and not self.has(key):
            return default
        value = self._get(key)
        if not isinstance(value, bool):
            raise self.refusal(key, msg("应为 true 或 false，不加引号。"))
        return value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from ``low`` to ``high``."""
        if default is not None and not self.has(key):
            return default
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refusal(key, msg("应为整数，不加引号和小数点。"))
        if not low <= value <= high:
            raise self.refusal(
                key, msg("为 %(value)s，应在 %(low)s 至 %(high)s 之间。", value=value, low=low, high=high)
            )
        return value

    def number(
        self, key: str, low: Decimal | int, high: Decimal | int, *, decimals: int = 4, default: Decimal | None = None
    ) -> Decimal:
        """An exact number from ``low`` to ``high``: a TOML number, or in JSON a string or number."""
        if default is not None and not self.has(key):
            return default
        value = self._exact(key, self._get(key))
        if not low <= value <= high:
            raise self.refusal(
                key,
                msg(
                    "为 %(value)s，应在 %(low)s 至 %(high)s 之间。", value=short(value), low=show(low), high=show(high)
                ),
            )
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > decimals:
            raise self.refusal(key, msg("为 %(value)s，最多 %(most)s 位小数。", value=short(value), most=decimals))
        return value

    def optional_number(
        self, key: str, low: Decimal | int, high: Decimal | int, *, decimals: int = 4
    ) -> Decimal | None:
        """An exact number, or ``None`` where it is not given."""
        return self.number(key, low, high, decimals=decimals) if self.has(key) else None

    def _exact(self, key: str, value: object) -> Decimal:
        try:
            if isinstance(value, bool) or not isinstance(value, Decimal | int | float | str):
                raise InvalidOperation
            # A JSON float is taken as it was written: its shortest text, not its binary value.
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise self.refusal(key, msg("应为数字，例如 37.5。"))
        return number

    def day(self, key: str) -> date:
        """A date: a TOML date, or in JSON ``YYYY-MM-DD``."""
        value = self._get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            if not isinstance(value, str) or len(value) != len("2026-01-31"):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise self.refusal(key, msg("应为日期，写成 2026-01-31 的样子。")) from None

    def optional_day(self, key: str) -> date | None:
        """A date, or ``None`` where it is not given."""
        return self.day(key) if self.has(key) else None

    def table(self, key: str) -> "Table":
        """A table inside this one; required."""
        return Table.of(self._get(key), self.file, self.at(key))

    def optional_table(self, key: str) -> "Table | None":
        """A table inside this one, or ``None`` where it is not given."""
        return self.table(key) if self.has(key) else None

    def tables(self, key: str) -> "list[Table]":
        """A list of tables; empty where it is not given."""
        return [Table.of(item, self.file, f"{self.at(key)}[{n}]") for n, item in enumerate(self._list(key), start=1)]

    def codes(self, key: str, table: type[E]) -> tuple[E, ...]:
        """A list of codes; empty where it is not given."""
        items = self._list(key)
        inner = Table({str(n): item for n, item in enumerate(items, start=1)}, self.file, self.at(key))
        return tuple(inner.code(n, table) for n in inner.values)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts without empty or repeated ones; empty where it is not given."""
        if not self.has(key):
            return ()
        items = self.values[key]
        if not isinstance(items, list | tuple) or not all(isinstance(item, str) and item.strip() for item in items):
            raise self.refusal(key, msg('应为文字的列表，例如 ["甲", "乙"]，请改写。'))
        if len(set(items)) < len(items):
            raise self.refusal(key, msg("有重复的内容，请删去重复的。"))
        return tuple(items)

    def inclusive(self, limit: str) -> bool | None:
        """The flag ``…_inclusive`` beside a limit: required with it, refused without it."""
        flag = f"{limit}_inclusive"
        if self.has(limit):
            return self.flag(flag)
        if self.has(flag):
            raise self.refusal(flag, msg("只能与 %(limit)s 一起填写，请补上或删去。", limit=limit))
        return None

    def _list(self, key: str) -> list[Any]:
        if not self.has(key):
            return []
        items = self.values[key]
        if not isinstance(items, list | tuple):
            raise self.refusal(key, msg("应为列表，写在 [ ] 或 [[ ]] 中。"))
        return list(items)

    def end(self) -> None:
        """Refuses a key that nobody asked for, with the nearest known name as a hint."""
        for key in self.values:
            if key in self._asked:
                continue
            known = list(dict.fromkeys(self._asked))
            near = get_close_matches(str(key), known, n=1, cutoff=0.5)
            if near:
                raise self.refusal(str(key), msg("不认识这一项，是否应为“%(near)s”？请改名或删去。", near=near[0]))
            raise self.refusal(str(key), msg("不认识这一项，请删去或改用：%(known)s。", known="、".join(known)))


def short(number: Decimal) -> str:
    """A number for a message, however long or large it is."""
    digits = number.as_tuple()
    wide = len(digits.digits) + abs(int(digits.exponent))
    return show(number) if wide <= 40 else f"{number:.3e}"
