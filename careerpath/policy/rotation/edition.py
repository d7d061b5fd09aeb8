"""An edition of the rules of rotations: their kinds, how long they last, what is reported, how they are graded."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.reading import Table
from careerpath.words import msg

RULE = "rotation"
MOST_MONTHS = 120


class Direction(StrEnum):
    """Where a rotation leads: from a community up to a street or an agency, down to a community, or beside."""

    UP = "up"
    DOWN = "down"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class RotationKind:
    """One kind: 轮岗, 跟岗学习, 挂职锻炼, 以干代训, 下派.

    Lengths are full months, both included; ``extension`` are the months that may be added in all. With ``report_every``
    a report is due after each so many months, and one at the end.
    """

    code: str
    name: str
    direction: Direction
    least_months: int | None
    most_months: int | None
    extension: int
    full_time: bool
    report_every: int | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class RotationGrade:
    """A grade of the evaluation at the end (鉴定等次), best first; ``passes`` if the rotation counts as completed."""

    code: str
    name: str
    passes: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Everybody is to have been on a rotation within so many years; looked at from so many years of service on."""

    within_years: int
    after_years: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Planning:
    """What weighs how much when a round is proposed: wishes, whose turn it is, gaps of the community; together 1."""

    wish: Decimal
    turn: Decimal
    gap: Decimal
    citation: Citation


@dataclass(frozen=True, slots=True)
class RotationEdition:
    """Kinds, grades, turns, what weighs in a plan; ``remind_days`` before the return the host is reminded."""

    head: EditionHead
    kinds: tuple[RotationKind, ...]
    grades: tuple[RotationGrade, ...]
    turn: Turn | None
    remind_days: int
    planning: Planning | None = None

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "RotationEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        turn, planning = top.optional_table("turn"), top.optional_table("planning")
        edition = cls(
            head=head,
            kinds=tuple(_read_kind(item, head) for item in top.tables("kinds")),
            grades=tuple(_read_grade(item) for item in top.tables("grades")),
            turn=_read_turn(turn, head) if turn else None,
            remind_days=top.whole("remind_days", 0, 365),
            planning=_read_planning(planning, head) if planning else None,
        )
        top.end()
        if not edition.kinds:
            raise top.refusal("kinds", msg("请至少写明一种锻炼方式。"))
        for key, codes in (
            ("kinds", [one.code for one in edition.kinds]),
            ("grades", [one.code for one in edition.grades]),
        ):
            for number, code in enumerate(codes, start=1):
                if code in codes[: number - 1]:
                    raise top.refusal(f"{key}[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=code))
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "RotationEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def kind(self, code: str) -> RotationKind | None:
        """The kind with this code."""
        return next((kind for kind in self.kinds if kind.code == code), None)


def _read_kind(table: Table, head: EditionHead) -> RotationKind:
    kind = RotationKind(
        code=table.text("code"),
        name=table.text("name"),
        direction=table.code("direction", Direction),
        least_months=table.whole("least_months", 1, MOST_MONTHS) if table.has("least_months") else None,
        most_months=table.whole("most_months", 1, MOST_MONTHS) if table.has("most_months") else None,
        extension=table.whole("extension", 0, MOST_MONTHS, 0),
        full_time=table.flag("full_time"),
        report_every=table.whole("report_every", 1, MOST_MONTHS) if table.has("report_every") else None,
        citation=read_citation(table, head),
    )
    table.end()
    if kind.least_months is not None and kind.most_months is not None and kind.least_months > kind.most_months:
        raise table.refusal("least_months", msg("大于 most_months，请改正。"))
    if kind.extension and kind.most_months is None:
        raise table.refusal("extension", msg("没有最长期限时不必写延长，请删去或补上 most_months。"))
    return kind


def _read_grade(table: Table) -> RotationGrade:
    grade = RotationGrade(table.text("code"), table.text("name"), table.flag("passes"))
    table.end()
    return grade


def _read_turn(table: Table, head: EditionHead) -> Turn:
    turn = Turn(table.whole("within_years", 1, 50), table.whole("after_years", 0, 50, 0), read_citation(table, head))
    table.end()
    return turn


def _read_planning(table: Table, head: EditionHead) -> Planning:
    planning = Planning(
        wish=table.number("wish", 0, 1),
        turn=table.number("turn", 0, 1),
        gap=table.number("gap", 0, 1),
        citation=read_citation(table, head),
    )
    table.end()
    if planning.wish + planning.turn + planning.gap != 1:
        raise table.refusal("wish", msg("各项权重合计应为 1，请改正。"))
    return planning
