"""Scores by which those win whom the plan names, as an exam might have given them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from careerpath.demo.chance import Chance

CENT = Decimal("0.01")
JUDGES = 5
TOP = (80, 89)
"""Between these lies the total of the best of a position."""
SPAN = 16
"""The totals of those on the final list lie within so many points below it …"""
STEP = (90, 240)
"""… and are so many hundredths apart, where there is room."""
APART = 400
"""Hundredths by which written exam and interview lie above or below the total at most."""


@dataclass(frozen=True, slots=True)
class Points:
    """What somebody scored: the written exam without any bonus, and what each judge gave."""

    written: Decimal
    judges: tuple[Decimal, ...]


def winning(chance: Chance, bonuses: Sequence[Decimal]) -> list[Points]:
    """The scores of those on a final list in the order of the list; ``bonuses`` are what each is granted.

    Written exam and interview count the same; the bonus is part of the written score.
    """
    total = Decimal(chance.randint(TOP[0] * 100, TOP[1] * 100)) * CENT
    most = SPAN * 100 // max(1, len(bonuses))
    found = []
    for bonus in bonuses:
        apart = Decimal(chance.randint(-APART, APART)) * CENT
        found.append(Points(total + apart - bonus, judged(chance, total - apart)))
        total -= Decimal(min(chance.randint(*STEP), most)) * CENT
    return found


def beaten(chance: Chance, written: tuple[int, int], interview: tuple[int, int] = (61, 70)) -> Points:
    """The scores of somebody who does not come so far: whole points between two bounds each, and some hundredths."""
    points = Decimal(chance.randint(written[0] * 100, written[1] * 100)) * CENT
    return Points(points, judged(chance, Decimal(chance.randint(interview[0] * 10, interview[1] * 10)) / 10))


def judged(chance: Chance, mean: Decimal) -> tuple[Decimal, ...]:
    """What five judges give whose mean is given, also without the highest and the lowest."""
    near = Decimal(chance.randint(2, 12)) / 10
    far = near + Decimal(chance.randint(2, 18)) / 10
    points = [mean - far, mean - near, mean, mean + near, mean + far]
    return tuple(point.quantize(CENT) for point in chance.mixed(points))
