"""What each kind of condition comes to for one person on one day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from careerpath.policy.codes import DETERMINED, Certificate, Grade
from careerpath.policy.edition import Citation
from careerpath.policy.employment import birthday_of
from careerpath.policy.talent_pool.conditions import Condition, ConditionKind, Count
from careerpath.policy.talent_pool.edition import TalentPoolEdition
from careerpath.policy.talent_pool.facts import Person
from careerpath.policy.talent_pool.parts import Adds, Extra
from careerpath.policy.talent_pool.spans import DAY, Span, completed_on, months_in_a_row, months_in_all
from careerpath.words import Message, msg

CERTIFICATES = tuple(Certificate)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one condition came to: ``holds`` is ``None`` where ``missing`` is not known.

    ``met_on`` is the day from which it holds or will hold, ``until`` the last day on which it does; ``None`` where no
    such day is known.
    """

    holds: bool | None
    used: Mapping[str, object]
    words: Message
    missing: str = ""
    met_on: date | None = None
    until: date | None = None
    ground: Citation | None = None
    """What it rests on where that is not the condition alone: the clause about honours."""


@dataclass(frozen=True, slots=True)
class Question:
    """One condition of an edition, asked of one person on one day; ``extra_years`` are those that honours add to it."""

    edition: TalentPoolEdition
    rule: Condition
    person: Person
    on: date
    extra_years: int


def ask(edition: TalentPoolEdition, rule: Condition, person: Person, on: date) -> Finding:
    """The finding of one condition."""
    helping = [extra for extra in edition.extras if _helps(extra, rule) and _is_earned(extra, person, on)]
    finding = CHECKS[rule.kind](Question(edition, rule, person, on, sum(extra.years for extra in helping)))
    return replace(finding, ground=helping[0].citation) if helping else finding


def _helps(extra: Extra, rule: Condition) -> bool:
    wanted = {Adds.AGE: ConditionKind.AGE, Adds.POST: ConditionKind.POST}[extra.adds]
    return extra.gate == rule.gate and rule.kind is wanted


def _is_earned(extra: Extra, person: Person, on: date) -> bool:
    return any(one.level in extra.levels and one.on <= on for one in person.honours)


def _political(asked: Question) -> Finding:
    held, allowed = asked.person.political, asked.rule.political
    if held is None:
        return Finding(None, {"political": None}, msg("没有政治面貌"), "political")
    return Finding(held in allowed, {"political": held, "allowed": allowed}, msg("政治面貌为%(held)s", held=held))


def _age(asked: Question) -> Finding:
    born, rule = asked.person.born_on, asked.rule
    if born is None:
        return Finding(None, {"born_on": None}, msg("没有出生日期"), "born_on")
    limit = (rule.oldest or 0) + asked.extra_years
    birthday = birthday_of(born, limit)
    last = birthday if rule.oldest_inclusive else birthday - DAY
    day = rule.reckoned_on or asked.on
    used = {
        "born_on": born,
        "oldest": rule.oldest,
        "extra_years": asked.extra_years,
        "oldest_inclusive": rule.oldest_inclusive,
        "reckoned_on": day,
    }
    told = {"born": born, "day": day, "age": limit, "birthday": birthday}
    words = msg("%(born)s 出生，计算日 %(day)s，%(age)s 周岁生日 %(birthday)s（含当日）", **told)
    if not rule.oldest_inclusive:
        words = msg("%(born)s 出生，计算日 %(day)s，%(age)s 周岁生日 %(birthday)s（不含当日）", **told)
    if asked.extra_years:
        words = msg("%(words)s，获荣誉放宽 %(years)s 岁", words=words, years=asked.extra_years)
    # A fixed day of reckoning does not move while time goes by.
    return Finding(day <= last, used, words, until=None if rule.reckoned_on else last)


def _education(asked: Question) -> Finding:
    held, wanted = asked.person.education, asked.rule.education
    if held is None or wanted is None:
        return Finding(None, {"education": held}, msg("没有学历"), "education")
    words = msg("学历为%(held)s，要求%(wanted)s及以上", held=held, wanted=wanted)
    return Finding(held.rank >= wanted.rank, {"education": held, "at_least": wanted}, words)


def _service(asked: Question) -> Finding:
    if not asked.person.service:
        return Finding(None, {"service": ()}, msg("没有社区工作时间"), "service")
    return _months(asked, asked.person.service, msg("社区工作"))


def _post(asked: Question) -> Finding:
    rule = asked.rule
    spans = tuple(
        held.span
        for held in asked.person.posts
        if (not rule.posts or held.post in rule.posts) and (not rule.roles or any(r in held.role for r in rule.roles))
    )
    what = "、".join(rule.roles) or "、".join(post.zh for post in rule.posts)
    return _months(asked, spans, msg("任%(what)s", what=what))


def _rung(asked: Question) -> Finding:
    rule = asked.rule
    rung = asked.edition.rung(rule.rung)
    spans = tuple(held.span for held in asked.person.rungs if held.rung == rule.rung)
    stands = any(span.holds(asked.on) for span in spans)
    if rule.months is not None:
        return _months(asked, spans, msg("任%(what)s", what=rung.name))
    words = msg("现任%(what)s", what=rung.name) if stands else msg("现不任%(what)s", what=rung.name)
    return Finding(stands, {"rung": rung.code, "stands": stands}, words)


def _months(asked: Question, spans: tuple[Span, ...], what: Message) -> Finding:
    rule = asked.rule
    in_a_row = rule.kind is ConditionKind.POST and rule.count is Count.CONSECUTIVE
    wanted = max((rule.months or 0) - 12 * asked.extra_years, 0)
    last = asked.on if rule.months_inclusive else asked.on - DAY
    held = months_in_a_row(spans, last) if in_a_row else months_in_all(spans, last)
    done = completed_on(spans, wanted, in_a_row=in_a_row) if wanted else None
    met_on = done if done is None or rule.months_inclusive else done + timedelta(days=1)
    used = {"months": held, "at_least": rule.months, "extra_years": asked.extra_years, "count": rule.count}
    told = {"what": what, "held": held, "wanted": wanted}
    words = msg("%(what)s连续 %(held)s 个月，要求满 %(wanted)s 个月", **told)
    if not in_a_row:
        words = msg("%(what)s累计 %(held)s 个月，要求满 %(wanted)s 个月", **told)
    if asked.extra_years:
        words = msg("%(words)s（获荣誉减少 %(years)s 年）", words=words, years=asked.extra_years)
    holds = held >= wanted
    if holds and met_on is not None:
        words = msg("%(words)s，%(day)s 达到", words=words, day=met_on)
    elif met_on is not None and met_on > asked.on:
        words = msg("%(words)s，预计 %(day)s 达到", words=words, day=met_on)
    return Finding(holds, used, words, met_on=met_on)


def _appraisals(asked: Question) -> Finding:
    rule = asked.rule
    graded = {year: grade for year, grade in asked.person.appraisals.items() if year < asked.on.year}
    years = sorted((year for year, grade in graded.items() if grade in DETERMINED), reverse=True)[: rule.years]
    found = [graded[year] for year in years]
    listed = Message(
        "、".join(f"%(g{n})s" for n in range(len(found))) or "—",
        {f"g{n}": msg("%(year)s 年%(grade)s", year=year, grade=graded[year]) for n, year in enumerate(years)},
    )
    used = {"appraisals": {str(year): graded[year] for year in years}, "years": rule.years, "excellent": rule.excellent}
    if len(found) < (rule.years or 0):
        words = msg("只有 %(count)s 个年度确定了等次：%(listed)s，要求 %(years)s 个", count=len(found), listed=listed,
                    years=rule.years)  # fmt: skip
        return Finding(False, used, words)
    enough = found.count(Grade.EXCELLENT) >= rule.excellent
    holds = enough and (not rule.grades or all(grade in rule.grades for grade in found))
    words = msg("近 %(years)s 个年度考核：%(listed)s", years=rule.years, listed=listed)
    if rule.excellent:
        words = msg("%(words)s，要求至少 %(count)s 个优秀", words=words, count=rule.excellent)
    return Finding(holds, used, words)


def _certificate(asked: Question) -> Finding:
    held, wanted = asked.person.certificate, asked.rule.certificate
    used = {"certificate": held, "at_least": wanted}
    if held is None or wanted is None:
        return Finding(False, used, msg("没有登记职业资格证书，要求%(wanted)s及以上", wanted=wanted or "—"))
    words = msg("持有%(held)s，要求%(wanted)s及以上", held=held, wanted=wanted)
    return Finding(CERTIFICATES.index(held) >= CERTIFICATES.index(wanted), used, words)


def _discipline(asked: Question) -> Finding:
    running = [span for span in asked.person.disciplines if span.holds(asked.on)]
    ends = None if any(span.ends_on is None for span in running) else max((s.ends_on for s in running if s.ends_on),
                                                                         default=None)  # fmt: skip
    used = {"in_force": len(running)}
    if not running:
        return Finding(True, used, msg("没有在影响期内的处分或未结案的调查"))
    if ends is None:
        return Finding(False, used, msg("有未结案的调查或未满期的处分"))
    words = msg("处分影响期至 %(ends)s", ends=ends)
    return Finding(False, used, words, met_on=ends + DAY)


def _checked(asked: Question) -> Finding:
    found = asked.person.checked.get(asked.rule.code)
    return Finding(found, {"checked": found}, Message("%(text)s", {"text": asked.rule.text}))


CHECKS: Mapping[ConditionKind, Callable[[Question], Finding]] = {
    ConditionKind.POLITICAL: _political,
    ConditionKind.AGE: _age,
    ConditionKind.EDUCATION: _education,
    ConditionKind.SERVICE: _service,
    ConditionKind.POST: _post,
    ConditionKind.RUNG: _rung,
    ConditionKind.APPRAISALS: _appraisals,
    ConditionKind.CERTIFICATE: _certificate,
    ConditionKind.DISCIPLINE: _discipline,
    ConditionKind.CHECKED: _checked,
}
