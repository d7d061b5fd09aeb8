"""From birth, sex and post to the last day of service, each step with its ground."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from careerpath.policy.codes import Post, Sex
from careerpath.policy.employment import add_months
from careerpath.policy.reason import Reason
from careerpath.policy.retirement.edition import Age, LastDay, Line, LineRule, RetirementEdition
from careerpath.words import Message, Refused, msg

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years in which somebody can be born."""


@dataclass(frozen=True, slots=True)
class RetirementFacts:
    """What is known of one person. ``post`` decides a woman's line; a man's does not matter.

    Raises ``Refused`` for a birthday that cannot be.
    """

    born_on: date
    sex: Sex
    post: Post | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.born_on.year <= LAST_YEAR:
            raise Refused(msg("出生日期 %(day)s 不正确，请核对。", day=self.born_on), field="born_on")


@dataclass(frozen=True, slots=True)
class Retirement:
    """When one person retires. Everything is ``None`` while something is ``missing``.

    ``reached_on`` is the day on which the statutory age is reached: the day of the month of the birthday, or the last
    of a month that has no such day. ``retires_on`` is the last day of service.
    """

    line: Line | None
    age: Age | None
    reached_on: date | None
    retires_on: date | None
    reasons: tuple[Reason, ...]
    missing: tuple[Message, ...]


def retirement(edition: RetirementEdition, facts: RetirementFacts) -> Retirement:
    """The statutory age of one person, the day it is reached, and the last day of service.

    Early or later retirement by one's own choice (弹性退休) is a decision, not part of this rule.
    """
    wanted = _missing(facts)
    if wanted is not None:
        used = {"born_on": facts.born_on, "sex": facts.sex, "post": facts.post}
        reason = edition.head.because("missing", edition.head.ground, used, None, wanted)
        return Retirement(None, None, None, None, (reason,), (wanted,))
    reasons: list[Reason] = []
    line, age, reached_on, last_on = _settled(edition, facts)
    code = line.code
    if facts.sex is Sex.FEMALE and facts.post is not None:
        reasons.append(_line_reason(edition, facts.post, code))
    reasons += [_age_reason(edition, line, facts.born_on, age), _day_reason(edition, reached_on, last_on)]
    return Retirement(code, age, reached_on, last_on, tuple(reasons), ())


def retires_on(edition: RetirementEdition, facts: RetirementFacts) -> date:
    """The last day of service alone; raises ``Refused``, saying what is missing, where the facts do not settle it."""
    found = retirement(edition, facts)
    if found.retires_on is None:
        raise Refused(found.missing[0])
    return found.retires_on


def last_day_or_none(edition: RetirementEdition, facts: RetirementFacts) -> date | None:
    """The last day of service without its reasons, for lists of many; ``None`` where the facts do not settle it."""
    return None if _missing(facts) is not None else _settled(edition, facts)[3]


def _settled(edition: RetirementEdition, facts: RetirementFacts) -> tuple[LineRule, Age, date, date]:
    """The line that somebody follows, the age, the day on which it is reached, and the last day of service."""
    woman_in = facts.post if facts.sex is Sex.FEMALE else None
    line = edition.line(Line.MEN if woman_in is None else edition.women_line.of(woman_in))
    age = line.age_of(facts.born_on)
    reached_on = add_months(facts.born_on, age.total)
    return line, age, reached_on, _last_day(edition.service.last_day, reached_on)


def _missing(facts: RetirementFacts) -> Message | None:
    if facts.sex not in (Sex.MALE, Sex.FEMALE):
        return msg("性别为“%(sex)s”，不能确定退休年龄，请先补录性别。", sex=facts.sex)
    if facts.sex is Sex.FEMALE and facts.post is None:
        return msg("缺少职务，不能确定女职工适用的退休年龄，请先登记现任职务。")
    return None


def _last_day(rule: LastDay, reached_on: date) -> date:
    if rule is LastDay.REACHED:
        return reached_on
    return reached_on.replace(day=monthrange(reached_on.year, reached_on.month)[1])


def _spoken(age: Age) -> Message:
    if age.months:
        return msg("%(years)s周岁%(months)s个月", years=age.years, months=age.months)
    return msg("%(years)s周岁", years=age.years)


def _line_reason(edition: RetirementEdition, post: Post, code: Line) -> Reason:
    name = edition.line(code).name
    sentence = msg("职务为%(post)s的女职工适用“%(name)s”。", post=post, name=name)
    return edition.head.because("line", edition.women_line.citation, {"post": post}, code, sentence)


def _age_reason(edition: RetirementEdition, line: LineRule, born_on: date, age: Age) -> Reason:
    used: dict[str, object] = {"born_on": born_on, "start": _as_plain(line.start)}
    ladder = line.ladder
    if ladder is None:
        sentence = msg("%(name)s，法定退休年龄%(age)s。", name=line.name, age=_spoken(age))
    elif born_on < ladder.born_from:
        sentence = msg(
            "%(name)s，%(first)s 以前出生，不延迟，法定退休年龄%(age)s。",
            name=line.name,
            first=ladder.born_from,
            age=_spoken(age),
        )
    else:
        used |= {"born_from": ladder.born_from, "every_months": ladder.every_months, "final": _as_plain(ladder.final)}
        sentence = msg(
            "%(name)s，原%(start)s，自 %(first)s 起出生的每 %(every)s 个月延迟 1 个月，"
            "共延迟 %(delay)s 个月，法定退休年龄%(age)s。",
            name=line.name,
            start=_spoken(line.start),
            first=ladder.born_from,
            every=ladder.every_months,
            delay=age.total - line.start.total,
            age=_spoken(age),
        )
    return edition.head.because("age", line.citation, used, _as_plain(age), sentence)


def _as_plain(age: Age) -> dict[str, int]:
    return {"years": age.years, "months": age.months}


def _day_reason(edition: RetirementEdition, reached_on: date, last_on: date) -> Reason:
    if edition.service.last_day is LastDay.REACHED:
        sentence = msg("%(reached)s 达到法定退休年龄，当日为在岗最后一日。", reached=reached_on)
    else:
        sentence = msg(
            "%(reached)s 达到法定退休年龄，当月办理退休，工资发至当月，%(last)s 为在岗最后一日。",
            reached=reached_on,
            last=last_on,
        )
    return edition.head.because("day", edition.service.citation, {"reached_on": reached_on}, last_on, sentence)
