"""The bench of a matching: what it says of points and caps."""

import pytest

from careerpath.bench.matching import bench_matching, greedy, invented
from careerpath.mentoring.queries.rules import shipped_rules


def test_a_matching_is_never_worse_than_first_come_first_served_and_keeps_to_the_caps() -> None:
    figures = {figure.name: figure for figure in bench_matching(60)}
    name = "60 people and 12 mentors"
    assert figures[f"{name}: above a cap"].value == 0
    assert figures[f"{name}: points in all"].value >= figures["yardstick, the same: points in all"].value
    assert figures[f"{name}: with a mentor"].value > 12
    assert {figure.yardstick for figure in figures.values()} == {"", "SciPy alone", "first come, first served"}


@pytest.mark.parametrize("seed", [1, 2])
def test_by_hand_everybody_gets_the_best_mentor_who_is_still_free(seed: int) -> None:
    mentees, mentors = invented(30, 6, seed)
    given = greedy(shipped_rules()[0], mentees, mentors)
    assert set(given.values()) <= {one.id for one in mentors}
    assert next(iter(given)) == mentees[0].id
