"""Mentors shared out among many people as a whole, beside the solver alone and beside first come, first served."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
from scipy.optimize import linear_sum_assignment

from careerpath.bench.figures import Figure, median_seconds
from careerpath.mentoring.operations.proposing import propose
from careerpath.mentoring.queries.rules import shipped_rules
from careerpath.policy.mentoring import Mentee, Mentor, MentoringEdition, fit, free_places
from careerpath.skills.codes import UsualLine

STREETS, COMMUNITIES = 12, 20
PEOPLE_PER_MENTOR = 5
LINES = [line.zh for line in UsualLine]
SOLVER, GREEDY = "SciPy alone", "first come, first served"


def bench_matching(people: int) -> Iterator[Figure]:
    """Seconds of one matching with its reasons, how many got a mentor, and the points in all."""
    edition = shipped_rules()[0]
    mentees, mentors = invented(people, max(1, people // PEOPLE_PER_MENTOR))
    name = f"{len(mentees)} people and {len(mentors)} mentors"
    found = propose(edition, mentees, mentors, {})
    chosen = {mentee: one.mentor_id for mentee, one in found.items() if one.mentor_id is not None}
    seconds = median_seconds(lambda: propose(edition, mentees, mentors, {}), runs=3)
    yield Figure(f"{name}: time", round(seconds, 3), "s")
    yield Figure(f"{name}: with a mentor", len(chosen), "people")
    yield Figure(f"{name}: above a cap", _above_cap(edition, mentors, list(chosen.values())), "mentors")
    yield Figure(f"{name}: points in all", _points(edition, mentees, mentors, chosen), "points")
    costs = np.random.default_rng(1).integers(0, 10_000, (len(mentees), sum(_places(edition, mentors).values())))
    alone = median_seconds(lambda: linear_sum_assignment(costs), runs=3)
    yield Figure("yardstick, a matrix of that size by the solver alone: time", round(alone, 3), "s", SOLVER)
    taken = greedy(edition, mentees, mentors)
    plain = median_seconds(lambda: greedy(edition, mentees, mentors), runs=3)
    yield Figure("yardstick, the best free mentor for one after the other: time", round(plain, 3), "s", GREEDY)
    yield Figure("yardstick, the same: points in all", _points(edition, mentees, mentors, taken), "points", GREEDY)


def invented(people: int, count: int, seed: int = 1) -> tuple[list[Mentee], list[Mentor]]:
    """People and mentors of one district: each wants two lines of work, each mentor knows one to three."""
    rng = np.random.default_rng(seed)
    kinds = ("agency_cadre", "secretary", "compound_secretary")

    def path() -> str:
        street = int(rng.integers(STREETS))
        return f"1/2/{10 + street}/{100 + street * COMMUNITIES + int(rng.integers(COMMUNITIES))}/"

    mentees = [
        Mentee(one, path(), frozenset(LINES[int(place)] for place in rng.choice(len(LINES), 2, replace=False)))
        for one in range(1, people + 1)
    ]
    mentors = []
    for one in range(1, count + 1):
        known = rng.choice(len(LINES), int(rng.integers(1, 4)), replace=False)
        place, kind = path(), kinds[int(rng.integers(len(kinds)))]
        commands = place if kind == "secretary" else ""
        mentors.append(
            Mentor(one, kind, place, frozenset(LINES[int(number)] for number in known), 0, commands,
                   cap=int(rng.integers(1, 4)))
        )  # fmt: skip
    return mentees, mentors


def greedy(edition: MentoringEdition, mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> dict[int, int]:
    """The best mentor with a place left for each in turn, as a clerk does it by hand."""
    given, loaded = {}, {one.id: one for one in mentors}
    for mentee in mentees:
        best, points = 0, Decimal(-1)
        for one in loaded.values():
            suited = fit(edition, mentee, one) if free_places(edition, one) else None
            if suited is not None and suited.points > points:
                best, points = one.id, suited.points
        if best:
            given[mentee.id] = best
            loaded[best] = replace(loaded[best], mentees=loaded[best].mentees + 1)
    return given


def _places(edition: MentoringEdition, mentors: Sequence[Mentor]) -> dict[int, int]:
    return {one.id: free_places(edition, one) for one in mentors}


def _above_cap(edition: MentoringEdition, mentors: Sequence[Mentor], chosen: Sequence[int]) -> int:
    return sum(chosen.count(mentor) > places for mentor, places in _places(edition, mentors).items())


def _points(
    edition: MentoringEdition, mentees: Sequence[Mentee], mentors: Sequence[Mentor], chosen: dict[int, int]
) -> float:
    """The points of all pairs, with each mentor's load as it grows."""
    loaded = {one.id: one for one in mentors}
    total = Decimal(0)
    for mentee in mentees:
        if mentee.id in chosen:
            mentor = loaded[chosen[mentee.id]]
            suited = fit(edition, mentee, mentor)
            total += suited.points if suited is not None else 0
            loaded[mentor.id] = replace(mentor, mentees=mentor.mentees + 1)
    return float(total)
