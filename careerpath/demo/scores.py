"""Points and grades of the demo's appraisals, as an office that keeps to the quota would give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from careerpath.demo.people import Person, Town
from careerpath.policy.appraisal import AppraisalEdition, Facts, grade, quota
from careerpath.policy.codes import Grade

DOUBTFUL, FAILED = Decimal("58.33"), Decimal("57.50")
"""Per cent of satisfied residents below every limit."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One person's points, satisfaction, total and what the rules suggest."""

    person: Person
    points: Mapping[str, Decimal]
    satisfaction: Decimal
    total: Decimal
    suggested: Grade


def quality_in(town: Town, person: Person, year: int) -> int:
    """How well somebody did in a year, 0 to 100: near the person's own level, but for what fate has laid on it."""
    ago = town.times.year - year
    if (person.fate, ago) in {("failed", 2), ("doubtful", 0)}:
        return 6
    if person.fate == "basic" and ago in {0, 1}:
        return 15
    if person.quality == 99:
        return 99
    return max(20, min(98, round(person.quality + person.chance(town.seed, "year", year).gauss(0, 6))))


def scored(town: Town, edition: AppraisalEdition, person: Person, year: int) -> Scored:
    """The points of one person's year under an edition."""
    chance = person.chance(town.seed, "scores", year)
    quality = quality_in(town, person, year)
    level = 0.908 + (quality - 50) * 0.0022 if quality >= 20 else 0.71 + quality * 0.003
    points = {}
    for indicator in edition.indicators:
        if not indicator.from_satisfaction:
            share = min(0.995, max(0.3, level + chance.gauss(0, 0.012)))
            points[indicator.code] = _number(share * float(indicator.maximum), indicator.decimals)
    satisfaction = _number(min(1.0, max(0.62, level + chance.gauss(0.01, 0.012))) * 100, 2)
    ago = town.times.year - year
    if (person.fate, ago) in {("failed", 2), ("doubtful", 0)}:
        satisfaction = FAILED if ago else DOUBTFUL
    found = grade(edition, Facts(year=year, scores=points, satisfaction=satisfaction))
    return Scored(person, points, satisfaction, found.score or Decimal(0), found.grade or Grade.COMPETENT)


def chosen_grades(
    edition: AppraisalEdition, rows: Sequence[Scored], spare: int = 0, *, with_approval: bool = False
) -> dict[int, Grade]:
    """The grade of each person by key: the best are 优秀 within the quota, ``spare`` of its places left free."""
    allowed = max(0, quota(edition, len(rows), 0, with_approval).allowed - spare)
    worthy = [row for row in rows if row.suggested is Grade.EXCELLENT]
    best = sorted(worthy, key=lambda row: (-row.total, row.person.key))[:allowed]
    grades = {row.person.key: Grade.COMPETENT for row in rows}
    grades |= {row.person.key: row.suggested for row in rows if row.suggested in {Grade.BASIC, Grade.INCOMPETENT}}
    return grades | {row.person.key: Grade.EXCELLENT for row in best}


def _number(value: float, decimals: int) -> Decimal:
    return Decimal(round(value * 10**decimals)).scaleb(-decimals)
