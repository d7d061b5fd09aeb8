"""What holds for every batch, whoever sits the exam: properties of the lists."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from careerpath.policy.recruitment import Candidate, Outcome, Ranked, RecruitmentEdition, Stage, rank
from tests.policy.recruitment_editions import SHIPPED, changed

LINES = [
    {"of": "written", "line": 50, "with_bonus": True},
    {"of": "interview", "line": 60},
    {"of": "total", "line": 58},
]
WHOLE = SHIPPED["dalian-zhongshan-2017"]
EDITIONS = [
    changed(
        WHOLE,
        pass_lines=LINES,
        ties={"last_place": policy},
        tie_breaks=[{"by": "interview"}, {"by": "bonus"}],
        reserve={"length": 1, "months": 6, "last_day_inclusive": True},
        total={"decimals": 1, "rounding": mode, "stage": stage},
    )
    for policy, mode, stage in (
        ("all", "half_up", "component"),
        ("tie_break", "half_even", "total"),
        ("all", "down", "weighted"),
        ("tie_break", "up", "component"),
    )
]
# Few different scores, so that ties are common.
SCORES = st.sampled_from([Decimal(one) for one in ("0", "48", "50", "59.99", "60", "60.01", "75", "75.5", "80", "100")])
PLACES = st.integers(1, 4)


@st.composite
def people(draw: st.DrawFn) -> list[Candidate]:
    """A dozen candidates who all came to everything, or stayed away."""
    found = []
    for number in range(draw(st.integers(1, 12))):
        stays = draw(st.sampled_from(["no", "no", "no", "written", "interview", "withdrawn"]))
        found.append(
            Candidate(
                id=f"{number:02}",
                written=None if stays == "written" else draw(SCORES),
                interview=None if stays == "interview" else draw(SCORES),
                bonus=draw(st.sampled_from([(), ("household",)])),
                absent_written=stays == "written",
                absent_interview=stays == "interview",
                withdrawn=stays == "withdrawn",
            )
        )
    return found


def seen(ranked: tuple[Ranked, ...]) -> list[tuple[str, int | None, Outcome, bool]]:
    return [(line.id, line.rank, line.outcome, line.shortlisted) for line in ranked]


def passed_written(edition: RecruitmentEdition, line: Ranked) -> bool:
    return line.marks.ranked is not None and line.marks.ranked >= 50 and not line.candidate.withdrawn


@given(people(), PLACES, st.sampled_from(EDITIONS))
@settings(max_examples=60)
def test_ranks_follow_the_totals(candidates: list[Candidate], places: int, edition: RecruitmentEdition) -> None:
    ranked = [line for line in rank(edition, candidates, {"": places, "zhongshan": places}, Stage.FINAL) if line.rank]
    totals = [line.marks.total or 0 for line in ranked]
    assert totals == sorted(totals, reverse=True)
    numbers = [line.rank for line in ranked]
    assert numbers == sorted(number or 0 for number in numbers)
    for line in ranked:
        better = [one for one in ranked if (one.rank or 0) < (line.rank or 0)]
        assert line.rank == len(better) + 1


@given(people(), PLACES, st.sampled_from(EDITIONS))
@settings(max_examples=60)
def test_the_shortlist_is_as_long_as_the_ratio_says_unless_fewer_passed_or_people_must_decide(
    candidates: list[Candidate], places: int, edition: RecruitmentEdition
) -> None:
    ranked = rank(edition, candidates, {"": places}, Stage.SHORTLIST)
    passed = [line for line in ranked if passed_written(edition, line)]
    chosen = [line for line in ranked if line.shortlisted]
    undecided = [line for line in ranked if line.outcome is Outcome.TIE]
    wanted = min(2 * places, len(passed))
    assert len(chosen) + len(undecided) >= wanted
    if edition.ties is not None and edition.ties.last_place == "all":
        assert len(chosen) >= wanted
        assert not undecided
    else:
        assert len(chosen) <= wanted
    assert all(passed_written(edition, line) for line in chosen)
    lowest = min((line.marks.ranked or Fraction(0) for line in chosen), default=Fraction(101))
    assert all((line.marks.ranked or 0) <= lowest for line in passed if not line.shortlisted)


@given(people(), PLACES, st.sampled_from(EDITIONS), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_in_which_candidates_are_typed_changes_nothing(
    candidates: list[Candidate], places: int, edition: RecruitmentEdition, chance: Random
) -> None:
    mixed = list(candidates)
    chance.shuffle(mixed)
    for stage in Stage:
        assert rank(edition, mixed, {"": places}, stage) == rank(edition, candidates, {"": places}, stage)


@given(people(), PLACES, st.sampled_from(EDITIONS))
@settings(max_examples=60)
def test_nobody_below_a_line_is_chosen_and_no_more_are_proposed_than_there_are_places(
    candidates: list[Candidate], places: int, edition: RecruitmentEdition
) -> None:
    ranked = rank(edition, candidates, {"": places}, Stage.FINAL)
    proposed = [line for line in ranked if line.outcome is Outcome.PROPOSED]
    assert len(proposed) <= places
    assert len([line for line in ranked if line.outcome is Outcome.RESERVE]) <= 1
    for line in ranked:
        if line.rank is not None:
            assert passed_written(edition, line)
            assert (line.marks.interview or 0) >= 60
            assert (line.marks.bare_total or 0) >= 58
            assert line.shortlisted
        assert line.candidate.withdrawn <= (line.outcome is Outcome.WITHDRAWN)


@given(people(), PLACES, st.sampled_from(EDITIONS))
@settings(max_examples=40)
def test_once_people_have_decided_no_tie_is_left(
    candidates: list[Candidate], places: int, edition: RecruitmentEdition
) -> None:
    decided = [replace(one, decided_order=number) for number, one in enumerate(candidates, start=1)]
    for stage in Stage:
        assert Outcome.TIE not in {line.outcome for line in rank(edition, decided, {"": places}, stage)}


@given(people(), PLACES, st.sampled_from(EDITIONS))
@settings(max_examples=40)
def test_every_candidate_stands_once_with_a_reason(
    candidates: list[Candidate], places: int, edition: RecruitmentEdition
) -> None:
    for stage in Stage:
        ranked = rank(edition, candidates, {"": places}, stage)
        assert sorted(one[0] for one in seen(ranked)) == sorted(one.id for one in candidates)
        assert all(line.reasons and line.reasons[-1].document for line in ranked)
