"""The parts of an appraisal edition, each with its own ground, and how each is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.codes import DETERMINED, UNDETERMINED, Grade, UnitKind
from careerpath.policy.edition import Citation, EditionHead, read_citation
from careerpath.policy.reading import Table
from careerpath.policy.rounding import Rounding
from careerpath.words import msg

LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Last day of each month that every year has: a deadline on 29 February would be missing in most years."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One scored indicator: 0 to ``maximum`` points with ``decimals``; the total adds ``score × weight``."""

    code: str
    name: str
    maximum: Decimal
    weight: Decimal
    decimals: int
    from_satisfaction: bool
    """The score is satisfaction (per cent) × maximum ÷ 100, rounded half up to ``decimals``."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class Bands:
    """The lowest totals at which 优秀, 称职 and 基本称职 are suggested."""

    excellent: Decimal
    competent: Decimal
    basic: Decimal
    citation: Citation


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """The largest share of 优秀 among the people whose grade is one of ``counted``, within one unit of ``scope``."""

    share: Decimal
    with_approval_share: Decimal | None
    rounding: Rounding
    scope: UnitKind
    counted: tuple[Grade, ...]
    citation: Citation


class Measure(StrEnum):
    """A fact that a hard rule may look at."""

    SATISFACTION = "satisfaction"
    ABSENCE = "absence_days"
    SICK_LEAVE = "sick_leave_days"
    PERSONAL_LEAVE = "personal_leave_days"


MEASURES = {
    Measure.SATISFACTION: msg("群众满意度"),
    Measure.ABSENCE: msg("无故缺勤天数"),
    Measure.SICK_LEAVE: msg("病假天数"),
    Measure.PERSONAL_LEAVE: msg("事假天数"),
}


@dataclass(frozen=True, slots=True)
class HardFail:
    """A rule that settles the grade whatever the total: the fact is below, or above, a limit that itself passes."""

    fact: Measure
    below: Decimal | None
    above: Decimal | None
    grade: Grade
    citation: Citation


class StatusWhen(StrEnum):
    """What may keep a person from receiving a grade."""

    LEAVE = "leave"
    INVESTIGATION = "under_investigation"
    DISCIPLINE = "under_discipline"
    PROBATION = "on_probation"


@dataclass(frozen=True, slots=True)
class StatusRule:
    """No grade but a code, when something holds on the reference day. The first rule that holds wins."""

    when: StatusWhen
    grade: Grade
    over_share_of_year: Decimal | None
    """For leave: sick and personal leave together exceed this share of the calendar days of the year."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the appraisal year, or of the year after it."""

    month: int
    day: int
    following_year: bool

    def on(self, year: int) -> date:
        """The date for the appraisal of ``year``."""
        return date(year + self.following_year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The reference day and the deadlines of the steps."""

    reference: YearDay
    self_summary_due: YearDay
    community_due: YearDay
    street_due: YearDay
    district_due: YearDay


@dataclass(frozen=True, slots=True)
class Notice:
    """Public notice of 优秀 in working days; days for review and, after it, for appeal."""

    excellent_working_days: int
    review_days: int
    appeal_days: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class BallotRule:
    """Anonymous ballots: the least number before anything is shown, class weights, and points of satisfaction."""

    minimum: int
    class_weights: Mapping[str, Decimal]
    satisfaction_points: Mapping[str, Decimal]
    citation: Citation


class AppraisedBy(StrEnum):
    """Which unit appraises somebody who is seconded."""

    HOME = "home"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Secondment:
    """Who appraises a seconded worker, and whether the host's opinion is attached."""

    appraised_by: AppraisedBy
    host_opinion: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Dismissal:
    """After ``successive`` years running with ``grade`` the system proposes dismissal; people decide."""

    successive: int
    grade: Grade
    citation: Citation


def read_indicator(table: Table, head: EditionHead) -> Indicator:
    """One item of ``[[indicators]]``."""
    indicator = Indicator(
        code=table.text("code"),
        name=table.text("name"),
        maximum=table.number("maximum", Decimal("0.01"), 1000, decimals=2),
        weight=table.number("weight", Decimal("0.0001"), 100, default=Decimal(1)),
        decimals=table.whole("decimals", 0, 2),
        from_satisfaction=table.flag("from_satisfaction", False),
        citation=read_citation(table, head),
    )
    table.end()
    return indicator


def read_bands(table: Table, head: EditionHead) -> Bands:
    """``[bands]``: the three limits must fall."""
    bands = Bands(
        excellent=table.number("excellent", 0, 10000, decimals=2),
        competent=table.number("competent", 0, 10000, decimals=2),
        basic=table.number("basic", 0, 10000, decimals=2),
        citation=read_citation(table, head),
    )
    table.end()
    if not bands.excellent > bands.competent > bands.basic:
        raise table.refusal(
            "excellent", msg("三个分数线应依次降低：excellent 高于 competent，competent 高于 basic，请改正。")
        )
    return bands


def read_quota(table: Table, head: EditionHead) -> QuotaRule:
    """``[quota]``."""
    quota = QuotaRule(
        share=table.number("share", 0, 1),
        with_approval_share=table.optional_number("with_approval_share", 0, 1),
        rounding=table.code("rounding", Rounding),
        scope=table.code("scope", UnitKind),
        counted=table.codes("counted", Grade) or DETERMINED,
        citation=read_citation(table, head),
    )
    table.end()
    if quota.with_approval_share is not None and quota.with_approval_share < quota.share:
        raise table.refusal("with_approval_share", msg("低于 share，经批准的比例不能更低，请改正。"))
    return quota


def read_hard_fail(table: Table, head: EditionHead) -> HardFail:
    """One item of ``[[hard_fails]]``: exactly one of ``below`` and ``above``."""
    rule = HardFail(
        fact=table.code("fact", Measure),
        below=table.optional_number("below", 0, 366, decimals=2),
        above=table.optional_number("above", 0, 366, decimals=2),
        grade=table.code("grade", Grade),
        citation=read_citation(table, head),
    )
    table.end()
    if (rule.below is None) == (rule.above is None):
        raise table.refusal("below", msg("与 above 应当且只应填写一项，请改正。"))
    if rule.grade not in DETERMINED:
        raise table.refusal("grade", msg("应为 1、2、3、4 之一，请改正。"))
    return rule


def read_status(table: Table, head: EditionHead) -> StatusRule:
    """One item of ``[[statuses]]``."""
    rule = StatusRule(
        when=table.code("when", StatusWhen),
        grade=table.code("grade", Grade),
        over_share_of_year=table.optional_number("over_share_of_year", 0, 1),
        citation=read_citation(table, head),
    )
    table.end()
    if (rule.when is StatusWhen.LEAVE) != (rule.over_share_of_year is not None):
        raise table.refusal("over_share_of_year", msg('只用于 when = "leave"，并且必须填写，请补上或删去。'))
    if rule.grade not in UNDETERMINED:
        raise table.refusal("grade", msg("应为 5A、5B、5C、6A 之一，请改正。"))
    return rule


def read_calendar(table: Table) -> Calendar:
    """``[calendar]``: the deadlines may not run backwards."""
    calendar = Calendar(
        reference=_read_year_day(table.table("reference")),
        self_summary_due=_read_year_day(table.table("self_summary_due")),
        community_due=_read_year_day(table.table("community_due")),
        street_due=_read_year_day(table.table("street_due")),
        district_due=_read_year_day(table.table("district_due")),
    )
    table.end()
    due = [calendar.self_summary_due, calendar.community_due, calendar.street_due, calendar.district_due]
    days = [item.on(2001) for item in due]
    if days != sorted(days):
        raise table.refusal("self_summary_due", msg("之后的各期限应依次在后（社区、街道、区级），请改正先后。"))
    return calendar


def _read_year_day(table: Table) -> YearDay:
    month = table.whole("month", 1, 12)
    day = YearDay(month, table.whole("day", 1, LAST_DAYS[month - 1]), table.flag("following_year", False))
    table.end()
    return day


def read_notice(table: Table, head: EditionHead) -> Notice:
    """``[notice]``."""
    notice = Notice(
        excellent_working_days=table.whole("excellent_working_days", 0, 60),
        review_days=table.whole("review_days", 0, 365),
        appeal_days=table.whole("appeal_days", 0, 365),
        citation=read_citation(table, head),
    )
    table.end()
    return notice


def read_ballot(table: Table, head: EditionHead) -> BallotRule:
    """``[ballot]``: class weights add up to 1 where there are any."""
    rule = BallotRule(
        minimum=table.whole("minimum", 1, 10000),
        class_weights=_read_numbers(table.optional_table("class_weights"), 1),
        satisfaction_points=_read_numbers(table.optional_table("satisfaction_points"), 100),
        citation=read_citation(table, head),
    )
    table.end()
    if rule.class_weights and sum(rule.class_weights.values()) != 1:
        raise table.refusal("class_weights", msg("合计应为 1，请改正各类权重。"))
    return rule


def _read_numbers(table: Table | None, high: int) -> dict[str, Decimal]:
    return {key: table.number(key, 0, high) for key in table.values} if table else {}


def read_secondment(table: Table, head: EditionHead) -> Secondment:
    """``[secondment]``."""
    rule = Secondment(
        appraised_by=table.code("appraised_by", AppraisedBy),
        host_opinion=table.flag("host_opinion"),
        citation=read_citation(table, head),
    )
    table.end()
    return rule


def read_dismissal(table: Table, head: EditionHead) -> Dismissal:
    """``[dismissal]``."""
    rule = Dismissal(
        successive=table.whole("successive", 1, 10),
        grade=table.code("grade", Grade),
        citation=read_citation(table, head),
    )
    table.end()
    return rule
