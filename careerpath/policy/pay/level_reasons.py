"""The reasons of a level, one line for each rule that had a part in it."""

from dataclasses import dataclass
from datetime import date

from careerpath.policy.pay.edition import PayEdition
from careerpath.policy.pay.facts import Certified, Held
from careerpath.policy.pay.ladder import EducationGrant, EducationRule, Ladder
from careerpath.policy.pay.tenure import Tenure
from careerpath.policy.reason import Reason
from careerpath.words import msg


@dataclass(frozen=True, slots=True)
class LevelParts:
    """What a level is made of: the start of the range and the levels added by each rule, before the limits."""

    start: int
    tenure: int
    education: int
    certificate: int
    early: int

    @property
    def total(self) -> int:
        """The sum, before the limits of the post."""
        return self.start + self.tenure + self.education + self.certificate + self.early


@dataclass(frozen=True, slots=True)
class Working:
    """How a level was worked out. ``both``: diploma and degree held; ``pairs``: first and last year of early steps."""

    held: Held
    counted: Tenure
    on: date
    parts: LevelParts
    tier: int | None
    level: int
    grant: EducationGrant | None
    both: bool
    certified: Certified | None
    pairs: tuple[tuple[int, int], ...]
    deemed: int


def level_reasons(edition: PayEdition, ladder: Ladder, working: Working) -> tuple[Reason, ...]:
    """The reasons of a level, in the order in which it is worked out."""
    held, counted, on, parts = working.held, working.counted, working.on, working.parts
    level, certified, pairs, deemed = working.level, working.certified, working.pairs, working.deemed
    head, limits = edition.head, ladder.range_of(held.post)
    used = {"post": held.post, "lowest": limits.lowest, "highest": limits.highest}
    sentence = msg("%(post)s的起点为 %(low)s 级。", post=held.post, low=limits.lowest)
    reasons = [head.because("level.start", ladder.citation, used, parts.start, sentence)]
    if ladder.tenure is not None:
        years = counted.years_on(on)
        sentence = msg(
            "社区工作满 %(years)s 年，每满 %(every)s 年晋 %(levels)s 级，至 %(on)s 晋 %(steps)s 级。",
            years=years,
            every=ladder.tenure.every_years,
            levels=ladder.tenure.levels,
            on=on,
            steps=parts.tenure,
        )
        if deemed:
            sentence = msg(
                "社区工作满 %(years)s 年，另按学历计 %(deemed)s 年，每满 %(every)s 年晋 %(levels)s 级，"
                "至 %(on)s 晋 %(steps)s 级。",
                years=years,
                deemed=deemed,
                every=ladder.tenure.every_years,
                levels=ladder.tenure.levels,
                on=on,
                steps=parts.tenure,
            )
        facts = {"years": years, "deemed_years": deemed, "on": on}
        reasons.append(head.because("level.tenure", ladder.tenure.citation, facts, parts.tenure, sentence))
        if counted.uncounted:
            left = "、".join(str(year) for year in counted.uncounted)
            sentence = msg("%(years)s 年度的考核结果按规定不计入年限。", years=left)
            reasons.append(
                head.because("level.uncounted", edition.service.citation, {"years": counted.uncounted}, 0, sentence)
            )
    if ladder.education is not None and working.grant is not None:
        reasons.append(
            _education_reason(edition, ladder.education, working.grant, working.both, parts.education, deemed)
        )
    if ladder.certificates is not None and certified is not None:
        sentence = msg(
            "持%(certificate)s证书，加 %(levels)s 级。", certificate=certified.grade, levels=parts.certificate
        )
        facts = {"certificate": certified.grade, "registered_on": certified.registered_on}
        reasons.append(
            head.because("level.certificate", ladder.certificates.citation, facts, parts.certificate, sentence)
        )
    if ladder.early is not None and pairs:
        runs = "；".join(f"{first}—{last}" for first, last in pairs)
        sentence = msg(
            "%(runs)s 年度连续%(grade)s，提前晋 %(levels)s 级。",
            runs=runs,
            grade=ladder.early.grade,
            levels=parts.early,
        )
        reasons.append(head.because("level.early", ladder.early.citation, {"years": runs}, parts.early, sentence))
    if level != parts.total:
        sentence = msg(
            "合计 %(total)s 级，%(post)s限 %(low)s 至 %(high)s 级，定为 %(level)s 级。",
            total=parts.total,
            post=held.post,
            low=limits.lowest,
            high=limits.highest,
            level=level,
        )
        reasons.append(head.because("level.limit", ladder.citation, {"total": parts.total}, level, sentence))
    return tuple(reasons)


def _education_reason(
    edition: PayEdition, rule: EducationRule, grant: EducationGrant, both: bool, levels: int, deemed: int
) -> Reason:
    held = msg("学历、学位均有") if both else msg("学历、学位只有其一")
    if levels:
        sentence = msg("%(height)s%(held)s，加 %(levels)s 级。", height=grant.height, held=held, levels=levels)
    else:
        sentence = msg("%(height)s%(held)s，计 %(years)s 年工作年限。", height=grant.height, held=held, years=deemed)
    used = {"education": grant.height, "both": both}
    return edition.head.because("level.education", rule.citation, used, levels or deemed, sentence)
