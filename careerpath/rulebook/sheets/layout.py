"""Which sheet each part of an edition stands on, and under which headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from careerpath.core.sheets.writing import sheet_name
from careerpath.policy.shapes import Column, Kind, Part, Shape, parts_of
from careerpath.words import Message, msg

ITEM, CONTENT, HINT = "项目", "内容", "填写说明"
"""The headings of a sheet of named values."""

NUMBER = "序号"
EXPLANATIONS = "填表说明"


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet. Its rows may begin with the row that owns them, with their own number, and with their key."""

    part: Part
    name: str
    owner: "Plan | None"

    @property
    def reference(self) -> Column | None:
        """The column by which other sheets name a row of this one; ``None`` where its number must do."""
        part = self.part
        if part.owner is not None or len(part.identity) != 1:
            return None
        column = next(each for each in part.columns if ".".join(each.path) == part.identity[0])
        return column if column.value.kind in (Kind.TEXT, Kind.WHOLE, Kind.CODE) else None

    @property
    def lead(self) -> tuple[str, ...]:
        """The headings before those of the values."""
        headings = [f"所属{self.owner.part.title}"] if self.owner is not None else []
        if self.part.key_title is not None:
            headings.append(str(self.part.key_title))
        elif self.part.owned and self.reference is None:
            headings.append(NUMBER)
        return tuple(headings)

    def columns(self, used: Sequence[Column] = ()) -> tuple[Column, ...]:
        """The columns in order: all that may be filled, the usual free keys and those that are ``used``."""
        found: dict[tuple[str, ...], Column] = {}
        for piece in self.part.pieces:
            if isinstance(piece, Column):
                found[piece.path] = piece
                continue
            depth = len(piece.path)
            own = [column for column in used if column.path[:depth] == piece.path and len(column.path) == depth + 1]
            found |= {column.path: column for column in (*piece.usual, *own)}
        return tuple(found.values())


def plans_of(shape: Shape) -> tuple[Plan, ...]:
    """The sheets of a rule's workbook, in order; names are as Excel allows them."""
    plans: list[Plan] = []
    for part in parts_of(shape):
        owner = next((plan for plan in plans if plan.part is part.owner), None)
        name = sheet_name(str(part.title).replace(" · ", "-")) or part.path[:31]
        plans.append(Plan(part, name, owner))
    return tuple(plans)


def hint_of(column: Column) -> Message:
    """What to type into a cell."""
    several = msg("；可填多项，用顿号分隔") if column.value.many else Message("")
    return msg("%(what)s%(several)s", what=_what(column), several=several)


def _what(column: Column) -> Message:
    kind, words = column.value.kind, column.value.words
    if kind is Kind.CODE:
        return msg("从列表选择：%(words)s", words="、".join(str(word) for word in words.values()))
    return {
        Kind.TEXT: msg("文字"),
        Kind.WHOLE: msg("整数"),
        Kind.NUMBER: msg("数字"),
        Kind.MONEY: msg("金额，元"),
        Kind.SHARE: msg("百分数，如 15%"),
        Kind.FLAG: msg("是或否"),
        Kind.DAY: msg("日期，如 2026-01-31"),
        Kind.RANGE: msg("整数或范围，如 3 至 5、3 及以上"),
    }[kind]
