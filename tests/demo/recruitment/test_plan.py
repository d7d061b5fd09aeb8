"""The batches as a plan: whoever is recruited there wins by the rules, and nobody else does."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from careerpath.demo.people import plan_town
from careerpath.demo.places import PLACES, Place
from careerpath.demo.recruitment.days import BatchDays
from careerpath.demo.recruitment.plan import SERVING, Batch, Entrant, Opening, Part, plan_batches
from careerpath.demo.recruitment.rivals import FIRST_KEY, Rivals
from careerpath.demo.times import Times
from careerpath.policy.recruitment import Candidate, Outcome, Stage, rank
from careerpath.recruitment.queries.rules import shipped_rules

TODAY = date(2026, 11, 21)
AWAY = {Part.ABSENT, Part.EXPELLED}


def batches_of(place: Place, people: int = 330) -> list[Batch]:
    edition = next(one for one in shipped_rules() if one.head.key == place.recruitment)
    town = plan_town(place, Times(TODAY), 1, people)
    return plan_batches(town, edition, Rivals(town))


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_everybody_recruited_is_appointed_in_their_batch_and_no_rival_is(place: Place) -> None:
    for batch in batches_of(place):
        serving = [entrant.person for entrant in batch.entrants if entrant.part in SERVING]
        recruited = [person for person in batch.town.people if person.batch == batch.batch]
        assert sorted(person.key for person in serving) == sorted(person.key for person in recruited)
        assert len(serving) == sum(opening.places for opening in batch.openings)
        assert all(one.person.key >= FIRST_KEY for one in batch.entrants if one.part not in SERVING)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_two_to_three_people_apply_for_a_place_and_nobody_under_the_number_of_another(place: Place) -> None:
    batches = batches_of(place)
    entrants = [entrant for batch in batches for entrant in batch.entrants]
    assert 2 < len(entrants) / sum(opening.places for batch in batches for opening in batch.openings) < 3
    numbers = [entrant.person.identity for entrant in entrants]
    numbers += [person.identity for person in batches[0].town.everybody if not person.batch]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("people", [60, 330])
def test_the_rules_rank_as_the_plan_wants_it(place: Place, people: int) -> None:
    for batch in batches_of(place, people):
        listed = final_list(batch)
        for opening, entrant in sitting(batch):
            outcome = listed[str(entrant.person.key)]
            leaves = {Part.FAILS_MEDICAL, Part.FAILS_BACKGROUND, Part.GIVES_UP, Part.STAYS_AWAY}
            first = entrant.part in leaves | {Part.PROPOSED, Part.APPOINTED_LATE}
            assert (outcome is Outcome.PROPOSED) == first, (opening.code, entrant)
            if entrant.part in {Part.MOVED_UP, Part.LATE}:
                assert outcome is Outcome.RESERVE


def test_substitutes_stand_in_the_place_of_somebody_who_leaves() -> None:
    for batch in batches_of(PLACES["feixian"]):
        for opening in batch.openings:
            parts = Counter(entrant.part for entrant in opening.entrants)
            assert parts[Part.LATE] == parts[Part.STAYS_AWAY]
            leaving = parts[Part.FAILS_MEDICAL] + parts[Part.FAILS_BACKGROUND] + parts[Part.GIVES_UP]
            assert parts[Part.MOVED_UP] == leaving


def test_the_batches_know_every_way_out() -> None:
    parts = {entrant.part for batch in batches_of(PLACES["feixian"]) for entrant in batch.entrants}
    assert parts == set(Part)


@pytest.mark.parametrize("starts_on", [date(2019, 7, 15), date(2024, 5, 20), date(2026, 6, 10)])
def test_the_days_of_a_batch_follow_each_other(starts_on: date) -> None:
    days = BatchDays(starts_on, date(starts_on.year, 9, 1))
    named = [
        days.vacancies_on, days.planned_on, days.announced_on, days.opens_on, days.closes_on, days.reviewed_on,
        days.drawn_on, days.written_on, days.typed_on, days.shortlisted_on, days.rechecked_on, days.interview_on,
        days.final_on, days.medical_on, days.background_on, days.filled_on, days.notice_starts_on, days.notice_ends_on,
        days.starts_on, days.late_filled_on, days.late_checked_on, days.late_notice_on, date(starts_on.year, 9, 1),
        days.concluded_on,
    ]  # fmt: skip
    assert named == sorted(set(named))
    assert (days.written_on.isoweekday(), days.interview_on.isoweekday()) == (6, 7)


def sitting(batch: Batch) -> list[tuple[Opening, Entrant]]:
    return [
        (opening, entrant)
        for opening in batch.openings
        if opening.by_exam
        for entrant in opening.entrants
        if entrant.points is not None
    ]


def final_list(batch: Batch) -> dict[str, Outcome]:
    candidates = {}
    for opening, entrant in sitting(batch):
        away = entrant.part in AWAY
        candidates[str(entrant.person.key)] = (
            entrant,
            Candidate(
                id=str(entrant.person.key),
                position=opening.code,
                places=opening.places,
                written=None if away or entrant.points is None else entrant.points.written,
                absent_written=away,
                bonus=entrant.bonus,
                groups=entrant.groups,
            ),
        )
    shortlist = rank(batch.edition, [one for _, one in candidates.values()], stage=Stage.SHORTLIST)
    interviewed = []
    for line in shortlist:
        entrant, candidate = candidates[line.id]
        if line.shortlisted and entrant.points is not None:
            missing = entrant.part is Part.MISSES_INTERVIEW
            judges = () if missing else entrant.points.judges
            candidate = replace(candidate, judges=judges, absent_interview=missing)
        withdrawn = entrant.part is Part.FAILS_RECHECK
        interviewed.append(replace(candidate, shortlisted=line.shortlisted, withdrawn=withdrawn))
    return {line.id: line.outcome for line in rank(batch.edition, interviewed, stage=Stage.FINAL)}
