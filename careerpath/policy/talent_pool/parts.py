"""The other parts of an edition: gates, the ladder, the pool's standard and exits, selection, review and grid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.codes import Grade, Post
from careerpath.policy.edition import Citation, EditionHead, read_citation
from careerpath.policy.reading import Table
from careerpath.words import msg


class Purpose(StrEnum):
    """What a gate leads to."""

    POOL = "pool"
    """The reserve for a rung."""
    RUNG = "rung"
    CHANNEL = "channel"
    """Posts of institutions (事业编)."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A set of conditions; ``rung`` is where it leads, empty for a channel."""

    code: str
    name: str
    purpose: Purpose
    rung: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder, lowest first. ``elected``: the result of an election is recorded, nobody is appointed.

    Somebody stands on it who holds one of ``posts``, where given, in a role with one of the words, where given.
    """

    code: str
    name: str
    elected: bool
    posts: tuple[Post, ...]
    roles: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office of all who stand on a rung, such as 2021—2026年届; both days included."""

    rung: str
    name: str
    starts_on: date
    ends_on: date
    citation: Citation


class Adds(StrEnum):
    """What an honour makes easier: the age limit, or the months in posts."""

    AGE = "age"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Extra:
    """Years that honours of these levels add, once however many there are."""

    gate: str
    adds: Adds
    years: int
    levels: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Standard:
    """How many reserves a community has: fewer are 不足, more are 超额."""

    least: int
    most: int
    citation: Citation


class ExitKind(StrEnum):
    """Why somebody is proposed to leave the pool."""

    APPRAISAL = "appraisal"
    DISCIPLINE = "discipline"
    AGE = "age"
    TIME = "time"
    """So many months in the pool."""
    REVIEWS = "reviews"
    """Failed the yearly review of the pool."""
    APPOINTED = "appointed"
    """Stands on the rung that the reserve was for."""


@dataclass(frozen=True, slots=True)
class Exit:
    """One reason to leave. ``grades``: of the last appraisal; ``oldest`` and ``months`` are limits that are reached."""

    kind: ExitKind
    name: str
    grades: tuple[Grade, ...]
    oldest: int | None
    months: int | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class SelectionStage:
    """A stage of a selection (竞岗): points up to ``maximum``, and how many go on for one place, such as 3."""

    code: str
    name: str
    maximum: Decimal
    weight: Decimal
    """Share of the total; 0 where the stage only lets through."""
    ratio: Decimal | None
    """Who goes on after this stage, for one place; ``None``: everybody who passed."""
    line: Decimal | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Review:
    """How often those in the pool are looked at, in months."""

    months: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Notice:
    """The public notice of those who are selected or are to be promoted, at least so many working days."""

    working_days: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class GradePoints:
    """How many points a grade is worth."""

    grade: Grade
    points: Decimal


@dataclass(frozen=True, slots=True)
class Grid:
    """The nine cells: points of performance, from the last appraisals, and of potential, each low, middle or high."""

    years: int
    points: tuple[GradePoints, ...]
    performance_middle: Decimal
    performance_high: Decimal
    potential_middle: Decimal
    potential_high: Decimal
    citation: Citation


def read_gate(table: Table, head: EditionHead) -> Gate:
    """One item of ``[[gates]]``."""
    gate = Gate(
        table.text("code"),
        table.text("name"),
        table.code("purpose", Purpose),
        table.text("rung", ""),
        read_citation(table, head),
    )
    table.end()
    if (gate.purpose is Purpose.CHANNEL) == bool(gate.rung):
        raise table.refusal("rung", msg("进入后备库和晋升的要写明台阶，事业编通道不写，请改正。"))
    return gate


def read_rung(table: Table, head: EditionHead) -> Rung:
    """One item of ``[[rungs]]``."""
    rung = Rung(
        table.text("code"),
        table.text("name"),
        table.flag("elected", False),
        table.codes("posts", Post),
        table.texts("roles"),
        read_citation(table, head),
    )
    table.end()
    if not rung.posts and not rung.roles:
        raise table.refusal("posts", msg("请用 posts 或 roles 写明哪些职务在这一台阶。"))
    return rung


def read_term(table: Table, head: EditionHead) -> Term:
    """One item of ``[[terms]]``."""
    term = Term(
        table.text("rung"),
        table.text("name"),
        table.day("starts_on"),
        table.day("ends_on"),
        read_citation(table, head),
    )
    table.end()
    if term.ends_on < term.starts_on:
        raise table.refusal("ends_on", msg("早于 starts_on，请改正先后。"))
    return term


def read_extra(table: Table, head: EditionHead) -> Extra:
    """One item of ``[[extras]]``."""
    extra = Extra(
        table.text("gate"),
        table.code("adds", Adds),
        table.whole("years", 1, 10),
        table.texts("levels"),
        read_citation(table, head),
    )
    table.end()
    if not extra.levels:
        raise table.refusal("levels", msg('请写明哪些级别的荣誉，例如 ["province"]。'))
    return extra


def read_standard(table: Table, head: EditionHead) -> Standard:
    """``[standard]``."""
    standard = Standard(table.whole("least", 0, 100), table.whole("most", 0, 100), read_citation(table, head))
    table.end()
    if standard.least > standard.most:
        raise table.refusal("least", msg("大于 most，请改正。"))
    return standard


def read_exit(table: Table, head: EditionHead) -> Exit:
    """One item of ``[[exits]]``, with the keys of its kind."""
    rule = Exit(
        table.code("kind", ExitKind),
        table.text("name"),
        table.codes("grades", Grade),
        table.whole("oldest", 18, 80) if table.has("oldest") else None,
        table.whole("months", 1, 600) if table.has("months") else None,
        read_citation(table, head),
    )
    table.end()
    own = {ExitKind.APPRAISAL: "grades", ExitKind.AGE: "oldest", ExitKind.TIME: "months"}.get(rule.kind)
    for key in ("grades", "oldest", "months"):
        given = bool(getattr(rule, key))
        if given != (key == own):
            told = msg("缺少这一项，请补上。") if key == own else msg("不属于这类出库原因，请删去。")
            raise table.refusal(key, told)
    return rule


def read_stage(table: Table, head: EditionHead) -> SelectionStage:
    """One item of ``[[stages]]``."""
    stage = SelectionStage(
        table.text("code"),
        table.text("name"),
        table.number("maximum", 1, 1000, decimals=2),
        table.number("weight", 0, 1, decimals=4),
        table.optional_number("ratio", 1, 20),
        table.optional_number("line", 0, 1000, decimals=2),
        read_citation(table, head),
    )
    table.end()
    if stage.line is not None and stage.line > stage.maximum:
        raise table.refusal("line", msg("高于满分，请降低。"))
    return stage


def read_review(table: Table, head: EditionHead) -> Review:
    """``[review]``."""
    review = Review(table.whole("months", 1, 60), read_citation(table, head))
    table.end()
    return review


def read_notice(table: Table, head: EditionHead) -> Notice:
    """``[notice]``."""
    notice = Notice(table.whole("working_days", 1, 60), read_citation(table, head))
    table.end()
    return notice


def read_grid(table: Table, head: EditionHead) -> Grid:
    """``[grid]``: points of each grade, and two limits for each side."""
    grid = Grid(
        years=table.whole("years", 1, 10),
        points=tuple(_read_points(item) for item in table.tables("points")),
        performance_middle=table.number("performance_middle", 0, 100, decimals=2),
        performance_high=table.number("performance_high", 0, 100, decimals=2),
        potential_middle=table.number("potential_middle", 0, 100, decimals=2),
        potential_high=table.number("potential_high", 0, 100, decimals=2),
        citation=read_citation(table, head),
    )
    table.end()
    grades = [one.grade for one in grid.points]
    if not grades or len(set(grades)) < len(grades):
        raise table.refusal("points", msg("请写明各等次折合的分值，每个等次一次。"))
    for side in ("performance", "potential"):
        if getattr(grid, f"{side}_middle") >= getattr(grid, f"{side}_high"):
            raise table.refusal(f"{side}_middle", msg("应小于 %(high)s，请改正。", high=f"{side}_high"))
    return grid


def _read_points(table: Table) -> GradePoints:
    points = GradePoints(table.code("grade", Grade), table.number("points", 0, 100, decimals=2))
    table.end()
    return points
