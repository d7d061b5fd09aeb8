"""The parts of a recruitment edition that make scores and lists, each with its own ground, and how each is read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.edition import Citation, EditionHead, read_citation
from careerpath.policy.reading import Table
from careerpath.policy.reason import show
from careerpath.policy.rounding import FineRounding
from careerpath.words import msg

CENT = Decimal("0.01")
MOST_POINTS = 1000
"""No score or bonus is larger."""


class Rounded(StrEnum):
    """The stage at which rounding happens; the total itself is always rounded."""

    COMPONENT = "component"
    """Written and interview score each to their own decimals before they are weighted."""
    WEIGHTED = "weighted"
    """So, and each weighted share (折算分) to the decimals of the total as well."""
    TOTAL = "total"
    """Nothing but the total."""


@dataclass(frozen=True, slots=True)
class Position:
    """A position of the batch and its places."""

    code: str
    name: str
    places: int


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of written exam and interview in the total; together 1."""

    written: Decimal
    interview: Decimal
    citation: Citation


@dataclass(frozen=True, slots=True)
class ExamPaper:
    """One paper of the written exam: the written score is the sum of points × weight."""

    code: str
    name: str
    maximum: Decimal
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Written:
    """The written exam: 0 to ``maximum`` with ``decimals``; of several papers where there are any."""

    maximum: Decimal
    decimals: int
    papers: tuple[ExamPaper, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Interview:
    """The interview: the mean of the judges' scores without so many of the highest and the lowest."""

    maximum: Decimal
    decimals: int
    judges: int
    """The least number of judges."""
    drop_highest: int
    drop_lowest: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Total:
    """Decimals of the total, how and where rounding happens."""

    decimals: int
    rounding: FineRounding
    stage: Rounded
    citation: Citation


class AddsTo(StrEnum):
    """What a bonus is added to: the written score before it is weighted, or the weighted total."""

    WRITTEN = "written"
    TOTAL = "total"


class BonusWay(StrEnum):
    """How several items of one person count."""

    CUMULATIVE = "cumulative"
    HIGHEST = "highest"
    CAPPED = "capped"


@dataclass(frozen=True, slots=True)
class BonusItem:
    """One thing that earns points."""

    code: str
    name: str
    points: Decimal
    citation: Citation


@dataclass(frozen=True, slots=True)
class Bonus:
    """The bonus table. ``cap`` is that of ``capped``; ``within_maximum`` keeps the written score at its maximum."""

    adds_to: AddsTo
    way: BonusWay
    cap: Decimal | None
    within_maximum: bool
    items: tuple[BonusItem, ...]
    citation: Citation

    def item(self, code: str) -> BonusItem | None:
        """The item with this code."""
        return next((item for item in self.items if item.code == code), None)


class LineOf(StrEnum):
    """What a pass line looks at."""

    WRITTEN = "written"
    INTERVIEW = "interview"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class PassLine:
    """A score below ``line`` is out; one exactly on it passes. ``with_bonus``: the bonus counts for the line."""

    of: LineOf
    line: Decimal
    with_bonus: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Shortlist:
    """How many are interviewed for one place: 2 is 1:2."""

    ratio: Decimal
    citation: Citation


class LastPlace(StrEnum):
    """Who is in when several share the last place of the shortlist."""

    ALL = "all"
    TIE_BREAK = "tie_break"


@dataclass(frozen=True, slots=True)
class Ties:
    """The policy at the last place of the shortlist."""

    last_place: LastPlace
    citation: Citation


class BreakBy(StrEnum):
    """What decides between equal scores: the higher one, or for ``group`` whoever belongs to it."""

    INTERVIEW = "interview"
    WRITTEN = "written"
    WRITTEN_WITHOUT_BONUS = "written_without_bonus"
    PAPER = "paper"
    BONUS = "bonus"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class TieBreak:
    """One link of the tie-break chain; ``code`` names the paper or the group."""

    by: BreakBy
    code: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Reserve:
    """Reserve candidates of a position, and how long they may move up after the list is published.

    Without ``length`` everybody who passed is a reserve. With ``last_day_inclusive`` the same day of the last month
    still counts.
    """

    length: int | None
    months: int
    last_day_inclusive: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Notice:
    """Public notice of those to be appointed, in working days."""

    working_days: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Probation:
    """Months of probation, and of the contract (``None``: open-ended) that they are judged by."""

    months: int
    contract_months: int | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the batch, as far as the notice names them, never running backwards."""

    announced_on: date | None
    opens_on: date | None
    closes_on: date | None
    written_on: date | None
    interview_on: date | None


def read_position(table: Table) -> Position:
    """One item of ``[[positions]]``."""
    position = Position(table.text("code"), table.text("name"), table.whole("places", 1, 10000))
    table.end()
    return position


def read_weights(table: Table, head: EditionHead) -> Weights:
    """``[weights]``: together 1."""
    weights = Weights(table.number("written", 0, 1), table.number("interview", 0, 1), read_citation(table, head))
    table.end()
    if weights.written + weights.interview != 1:
        raise table.refusal(
            "written",
            msg(
                "与 interview 合计为 %(sum)s，应为 1，请改正权重。",
                sum=show(weights.written + weights.interview),
            ),
        )
    return weights


def read_written(table: Table, head: EditionHead) -> Written:
    """``[written]``: the papers add up to the maximum."""
    written = Written(
        maximum=table.number("maximum", CENT, MOST_POINTS, decimals=2),
        decimals=table.whole("decimals", 0, 4),
        papers=tuple(_read_exam_paper(item) for item in table.tables("papers")),
        citation=read_citation(table, head),
    )
    table.end()
    refuse_repeated(table, "papers", [paper.code for paper in written.papers])
    most = sum((paper.maximum * paper.weight for paper in written.papers), Decimal(0))
    if written.papers and most != written.maximum:
        raise table.refusal(
            "maximum",
            msg("为 %(maximum)s，各科合计 %(sum)s，应相等，请改正。", maximum=show(written.maximum), sum=show(most)),
        )
    return written


def _read_exam_paper(table: Table) -> ExamPaper:
    paper = ExamPaper(
        code=table.text("code"),
        name=table.text("name"),
        maximum=table.number("maximum", CENT, MOST_POINTS, decimals=2),
        weight=table.number("weight", Decimal("0.0001"), 100, default=Decimal(1)),
    )
    table.end()
    return paper


def read_interview(table: Table, head: EditionHead) -> Interview:
    """``[interview]``: at least one judge's score is left."""
    interview = Interview(
        maximum=table.number("maximum", CENT, MOST_POINTS, decimals=2),
        decimals=table.whole("decimals", 0, 4),
        judges=table.whole("judges", 1, 50, 1),
        drop_highest=table.whole("drop_highest", 0, 10, 0),
        drop_lowest=table.whole("drop_lowest", 0, 10, 0),
        citation=read_citation(table, head),
    )
    table.end()
    dropped = interview.drop_highest + interview.drop_lowest
    if interview.judges <= dropped:
        raise table.refusal("judges", msg("应多于去掉的 %(dropped)s 个分数，请增加考官人数。", dropped=dropped))
    return interview


def read_total(table: Table, head: EditionHead) -> Total:
    """``[total]``."""
    total = Total(
        decimals=table.whole("decimals", 0, 4),
        rounding=table.code("rounding", FineRounding),
        stage=table.code("stage", Rounded),
        citation=read_citation(table, head),
    )
    table.end()
    return total


def read_bonus(table: Table, head: EditionHead) -> Bonus:
    """``[bonus]`` with its ``[[bonus.items]]``."""
    bonus = Bonus(
        adds_to=table.code("adds_to", AddsTo),
        way=table.code("way", BonusWay),
        cap=table.optional_number("cap", CENT, MOST_POINTS, decimals=2),
        within_maximum=table.flag("within_maximum", False),
        items=tuple(_read_bonus_item(item, head) for item in table.tables("items")),
        citation=read_citation(table, head),
    )
    table.end()
    refuse_repeated(table, "items", [item.code for item in bonus.items])
    if not bonus.items:
        raise table.refusal("items", msg("至少要有一个加分项，请补上。"))
    if (bonus.way is BonusWay.CAPPED) != (bonus.cap is not None):
        raise table.refusal("cap", msg('只用于 way = "capped"，并且必须填写，请补上或删去。'))
    if bonus.within_maximum and bonus.adds_to is AddsTo.TOTAL:
        raise table.refusal("within_maximum", msg("只用于加在笔试成绩上的加分，请改为 false。"))
    return bonus


def _read_bonus_item(table: Table, head: EditionHead) -> BonusItem:
    item = BonusItem(
        code=table.text("code"),
        name=table.text("name"),
        points=table.number("points", CENT, 100, decimals=2),
        citation=read_citation(table, head),
    )
    table.end()
    return item


def read_pass_line(table: Table, head: EditionHead) -> PassLine:
    """One item of ``[[pass_lines]]``."""
    line = PassLine(
        of=table.code("of", LineOf),
        line=table.number("line", 0, MOST_POINTS, decimals=2),
        with_bonus=table.flag("with_bonus", False),
        citation=read_citation(table, head),
    )
    table.end()
    return line


def refuse_repeated(table: Table, key: str, codes: list[str]) -> None:
    """Refuse the second of two items with one code."""
    for number, code in enumerate(codes, start=1):
        if code in codes[: number - 1]:
            raise table.refusal(f"{key}[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=code))
