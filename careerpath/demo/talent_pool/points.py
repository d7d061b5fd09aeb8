"""The points of a selection: the better people have more, a few fail at a line, and once two are level."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from careerpath.demo.chance import Chance
from careerpath.policy.talent_pool import Entrant, Outcome, TalentPoolEdition, select
from careerpath.talent_pool.operations.stages import PointsGiven

BEST, STEP = 92.0, 3.1
"""Per cent of a stage's maximum that the first of a unit has, and how much less each that follows."""
SURE = 3.0
FAILS_PERCENT = 16
"""So many of those who are not among the first fail at a stage with a line."""
VOTERS = (38, 74)


@dataclass(frozen=True, slots=True)
class Level:
    """What somebody is worth in a selection, in per cent of a stage's maximum; ``fails`` at a line."""

    share: float
    fails: bool = False


def levels(chance: Chance, count: int, places: int, sure: int) -> list[Level]:
    """The worth of a unit's entrants in their order; the first ``sure`` stand out, as many as there are places pass."""
    found = []
    for rank in range(count):
        share = BEST - STEP * min(rank, 8) - chance.uniform(0, 1.4) + (SURE if rank < sure else 0.0)
        found.append(Level(share, fails=rank > places and chance.happens(FAILS_PERCENT)))
    return found


def stage_points(
    edition: TalentPoolEdition, number: int, worth: Mapping[int, Level], chance: Chance
) -> dict[int, PointsGiven]:
    """The points of a stage by entrant. The first stage is a vote: votes for, of those cast at the unit's meeting."""
    stage = edition.stages[number]
    cast = chance.randint(*VOTERS)
    found = {}
    for entrant_id, level in worth.items():
        if number == 0 and len(edition.stages) > 1:
            votes = min(cast, round(cast * (level.share + chance.uniform(-1, 1)) / 100))
            found[entrant_id] = PointsGiven(None, votes, cast)
            continue
        share = level.share + chance.uniform(-1.2, 1.2)
        if level.fails and stage.line is not None:
            share = float(stage.line / stage.maximum * 100) - chance.uniform(1, 6)
        found[entrant_id] = PointsGiven(_tenth(float(stage.maximum) * min(share, 98.5) / 100))
    return found


def still_in(edition: TalentPoolEdition, points: Mapping[int, Mapping[str, Decimal]], places: int) -> list[int]:
    """The entrants of a unit who go on after the stages held so far."""
    entrants = [Entrant(str(entrant_id), held) for entrant_id, held in points.items()]
    out = {Outcome.OUT, Outcome.WITHDRAWN}
    return [int(line.id) for line in select(edition, entrants, places) if line.outcome not in out]


def kept_points(given: PointsGiven, maximum: Decimal) -> Decimal:
    """What a tally or typed points come to."""
    if given.points is not None:
        return given.points
    if not given.votes_cast or given.votes_for is None:
        return Decimal(0)
    return (Decimal(given.votes_for) / given.votes_cast * maximum).quantize(Decimal("0.01"))


def _tenth(value: float) -> Decimal:
    return Decimal(round(value * 10)).scaleb(-1)
