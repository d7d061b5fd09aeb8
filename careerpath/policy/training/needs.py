"""Whether somebody has had the training that is asked for, and the share of people who were trained."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from careerpath.policy.codes import Post
from careerpath.policy.reason import Reason, percent, show
from careerpath.policy.training.edition import Period, Requirement, Tier, TrainingEdition
from careerpath.words import Message, Refused, msg

ZERO = Decimal(0)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Attended:
    """A course that somebody took part in, with its hours; ``days`` where the course is counted in days."""

    on: date
    tier: Tier
    hours: Decimal = ZERO
    days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trainee:
    """One person: first and last day of service, the posts held with their days, and the courses taken."""

    joined_on: date
    left_on: date | None = None
    posts: tuple[tuple[Post, date, date | None], ...] = ()
    attended: tuple[Attended, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement of one person: days had and days asked for; ``by`` is the last day on which it can be met."""

    code: str
    name: str
    days: Decimal
    wanted: Decimal
    by: date
    reason: Reason

    @property
    def is_met(self) -> bool:
        """Whether enough."""
        return self.days >= self.wanted


def needs_of(edition: TrainingEdition, trainee: Trainee, year: int, on: date) -> tuple[Need, ...]:
    """The requirements that hold for somebody in a year, on a day: later courses do not count."""
    if trainee.left_on is not None and trainee.left_on < trainee.joined_on:
        raise Refused(msg("离职日期早于进社区日期，请改正先后。"), field="left_on")
    found = []
    for rule in edition.requirements:
        span = _span(rule, trainee, year)
        if span is not None:
            found.append(_need(edition, rule, trainee, span, on))
    return tuple(found)


def days_of(edition: TrainingEdition, course: Attended) -> Decimal:
    """How many days a course counts: as it says, or its hours by the hours of a day, cut off to a tenth."""
    if course.days is not None:
        return course.days
    return (course.hours / edition.hours_per_day).quantize(TENTH, "ROUND_DOWN")


def _span(rule: Requirement, trainee: Trainee, year: int) -> tuple[date, date] | None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if rule.period is Period.BEFORE_START:
        if trainee.joined_on.year != year:
            return None
        return trainee.joined_on - timedelta(days=rule.window or 0), trainee.joined_on - timedelta(days=1)
    if trainee.joined_on > last or (trainee.left_on is not None and trainee.left_on < first):
        return None
    whole = trainee.joined_on <= first and (trainee.left_on is None or trainee.left_on >= last)
    if rule.full_year_only and not whole:
        return None
    if rule.posts and not any(
        post in rule.posts and starts <= last and (ends is None or ends >= last) for post, starts, ends in trainee.posts
    ):
        return None
    return first, last


def _need(edition: TrainingEdition, rule: Requirement, trainee: Trainee, span: tuple[date, date], on: date) -> Need:
    first, last = span
    within = [one for one in trainee.attended if first <= one.on <= min(last, on)]
    counted = [one for one in within if one.tier.rank >= rule.lowest.rank]
    days = sum((days_of(edition, one) for one in counted), ZERO)
    passed_over = sum((days_of(edition, one) for one in within if one not in counted), ZERO)
    told: dict[str, object] = {
        "name": rule.name,
        "tier": rule.lowest,
        "days": show(days),
        "wanted": show(rule.days),
        "by": last,
    }
    words = msg("%(name)s：%(tier)s及以上培训 %(days)s 天，要求 %(wanted)s 天，%(by)s 前完成", **told)
    if passed_over:
        words = msg("%(words)s；其他培训 %(other)s 天不计入", words=words, other=show(passed_over))
    sentence = msg("%(words)s，%(told)s。", words=words, told=msg("已达到") if days >= rule.days else msg("尚未达到"))
    used = {"days": days, "wanted": rule.days, "lowest": rule.lowest, "from": first, "until": last}
    reason = edition.head.because("requirement", rule.citation, used, days >= rule.days, sentence)
    return Need(rule.code, rule.name, days, rule.days, last, reason)


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of people trained: distinct people over people in service, never 人次. ``share`` is cut off."""

    trained: int
    serving: int
    share: Decimal | None
    is_met: bool | None
    reason: Reason


def is_trained(edition: TrainingEdition, attended: Sequence[Attended], year: int) -> bool:
    """Whether somebody counts as trained in a year: hours enough of courses that count."""
    rule = edition.target
    if rule is None:
        return False
    counted = [one for one in attended if one.on.year == year and one.tier.rank >= rule.lowest.rank]
    hours = sum((one.hours or (one.days or ZERO) * edition.hours_per_day for one in counted), ZERO)
    return bool(counted) and hours >= rule.least_hours


def rate_of(edition: TrainingEdition, trained: int, serving: int) -> Rate | None:
    """The training rate of a unit; ``None`` without a target. Raises ``Refused`` for more trained than serving."""
    rule = edition.target
    if rule is None:
        return None
    if not 0 <= trained <= serving:
        raise Refused(msg("参训 %(trained)s 人多于在岗 %(serving)s 人：培训率按人计算，不按人次。", trained=trained,
                          serving=serving), field="trained")  # fmt: skip
    share = (Decimal(trained) / serving).quantize(Decimal("0.0001"), "ROUND_DOWN") if serving else None
    # The exact share is compared, not the one that is shown.
    is_met = None if share is None else trained >= rule.share * serving
    told: dict[str, object] = {"trained": trained, "serving": serving, "wanted": percent(rule.share)}
    words: Message
    if share is None:
        words = msg("没有在岗人员，不计算培训率。")
    else:
        words = msg(
            "在岗 %(serving)s 人，参训 %(trained)s 人（同一人只计一次），培训率 %(share)s，目标 %(wanted)s，%(told)s。",
            **told, share=percent(share), told=msg("已达到") if is_met else msg("尚未达到"),
        )  # fmt: skip
    used = {"trained": trained, "serving": serving, "target": rule.share}
    return Rate(trained, serving, share, is_met, edition.head.because("rate", rule.citation, used, share, words))
