"""Best first: scores, then the tie-break chain, then what people decided; who is still level shares a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from careerpath.policy.reason import Reason
from careerpath.policy.recruitment.edition import RecruitmentEdition
from careerpath.policy.recruitment.facts import Candidate
from careerpath.policy.recruitment.parts import BreakBy, TieBreak
from careerpath.policy.recruitment.scoring import Marks, because
from careerpath.policy.rounding import FineRounding
from careerpath.words import Message, Refused, msg

NONE = Fraction(-1)
"""Below every score: whoever has none stands behind."""

LINKS = {
    BreakBy.INTERVIEW: msg("面试成绩"),
    BreakBy.WRITTEN: msg("笔试成绩"),
    BreakBy.WRITTEN_WITHOUT_BONUS: msg("不含加分的笔试成绩"),
    BreakBy.BONUS: msg("加分"),
}


@dataclass(slots=True)
class Standing:
    """A candidate with what is compared, and the reason if it took more than the score."""

    candidate: Candidate
    marks: Marks
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Those who are level, and the places that they take together, ``first`` to ``last``."""

    first: int
    standings: tuple[Standing, ...]

    @property
    def last(self) -> int:
        """The last place that they take."""
        return self.first + len(self.standings) - 1


def straddles(line: Line, places: int) -> bool:
    """Whether the last of so many places falls among those who are level."""
    return line.first <= places < line.last


def ordered(
    edition: RecruitmentEdition, standings: Sequence[Standing], *, before_interview: bool, breaks: bool
) -> list[Line]:
    """All lines, best first. Before the interview the written score counts and the chain leaves interviews out.

    Without ``breaks`` equal scores stay level. Raises ``Refused`` where people decided only part of a tie.
    """
    chain = [link for link in edition.tie_breaks if not (before_interview and link.by is BreakBy.INTERVIEW)]
    lines: list[Line] = []
    place = 1
    for level in _grouped([(_score(one, before_interview), one) for one in standings]):
        parts = _broken(edition, level, chain if breaks else [], breaks) if len(level) > 1 else [level]
        for part in parts:
            lines.append(Line(place, tuple(part)))
            place += len(part)
    return lines


def _score(standing: Standing, before_interview: bool) -> Fraction:
    if before_interview:
        return NONE if standing.marks.ranked is None else standing.marks.ranked
    return NONE if standing.marks.total is None else Fraction(standing.marks.total)


def _grouped(scored: Sequence[tuple[Fraction, Standing]]) -> list[list[Standing]]:
    """Those with the same score together, the highest first."""
    levels: dict[Fraction, list[Standing]] = {}
    for score, standing in scored:
        levels.setdefault(score, []).append(standing)
    return [levels[score] for score in sorted(levels, reverse=True)]


def _broken(
    edition: RecruitmentEdition, level: list[Standing], chain: list[TieBreak], decides: bool
) -> list[list[Standing]]:
    """Those with equal scores, told apart as far as the chain and people's decision go."""
    parts, used = [level], []
    for link in chain:
        if all(len(part) == 1 for part in parts):
            break
        used.append(link)
        parts = [inner for part in parts for inner in _grouped([(_value(one, link), one) for one in part])]
    if decides:
        parts = [inner for part in parts for inner in _decided(part)]
    if decides:
        _explain(edition, level, parts, used)
    return parts


def _value(standing: Standing, link: TieBreak) -> Fraction:
    candidate, marks = standing.candidate, standing.marks
    if link.by is BreakBy.INTERVIEW:
        found = marks.interview
    elif link.by is BreakBy.WRITTEN:
        found = marks.ranked
    elif link.by is BreakBy.WRITTEN_WITHOUT_BONUS:
        found = marks.written
    elif link.by is BreakBy.BONUS:
        found = Fraction(marks.bonus)
    elif link.by is BreakBy.GROUP:
        found = Fraction(link.code in candidate.groups)
    else:
        points = candidate.papers.get(link.code)
        found = None if points is None else Fraction(points)
    return NONE if found is None else found


def _decided(part: list[Standing]) -> list[list[Standing]]:
    """A tie that people decided, in their order; else the tie as it is."""
    if len(part) == 1:
        return [part]
    orders = [one.candidate.decided_order for one in part]
    given = [order for order in orders if order is not None]
    if not given:
        return [part]
    if len(given) < len(part) or len(set(given)) < len(given):
        who = "、".join(sorted(one.candidate.id for one in part))
        raise Refused(msg("并列考生 %(who)s 的人工顺序应全部填写且不重复，请改正。", who=who), field="decided_order")
    return [[one] for one in sorted(part, key=lambda one: one.candidate.decided_order or 0)]


def _explain(
    edition: RecruitmentEdition, level: list[Standing], parts: list[list[Standing]], used: list[TieBreak]
) -> None:
    """The same reason for all who had equal scores: what was compared, and who came out before whom."""
    names = [_link_name(edition, link) for link in used]
    compared = Message(
        "、".join(f"%(link{n})s" for n in range(len(names))), {f"link{n}": m for n, m in enumerate(names)}
    )
    order = " > ".join(" = ".join(sorted(one.candidate.id for one in part)) for part in parts)
    ground = used[-1].citation if used else edition.head.ground
    for part in parts:
        for standing in part:
            people = standing.candidate.decided_order is not None
            told: dict[str, object] = {
                "count": len(level),
                "order": order,
                "compared": msg("依次比较%(names)s", names=compared) if used else msg("没有规定同分比较的项目"),
                "people": msg("，并按人工决定的顺序") if people else "",
            }
            sentence = msg("%(count)s 人同分，%(compared)s%(people)s：%(order)s。", **told)
            if len(part) > 1:
                sentence = msg("%(count)s 人同分，%(compared)s%(people)s：%(order)s，仍有并列，请人工决定。", **told)
            values: dict[str, object] = {link.code or link.by.value: _shown(_value(standing, link)) for link in used}
            if people:
                values["decided_order"] = standing.candidate.decided_order
            standing.reason = because(edition, standing.candidate, ("tie_break", ground), values, order, sentence)


def _shown(value: Fraction) -> Decimal | None:
    return None if value == NONE else FineRounding.HALF_UP.round(value, 4).normalize()


def _link_name(edition: RecruitmentEdition, link: TieBreak) -> Message:
    if link.by is BreakBy.GROUP:
        return Message("%(name)s", {"name": edition.group_name(link.code)})
    if link.by is BreakBy.PAPER:
        name = next(paper.name for paper in edition.written.papers if paper.code == link.code)
        return Message("%(name)s", {"name": name})
    return LINKS[link.by]
