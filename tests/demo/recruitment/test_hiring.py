"""The batches in the database: what a file says that recruitment opened, and what is left of the others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.demo.files import known_on, new_employee
from careerpath.demo.lines import lines
from careerpath.demo.marks import Mark
from careerpath.demo.office import Office
from careerpath.demo.people import Person
from careerpath.demo.places import FEIXIAN
from careerpath.demo.recruitment.plan import SERVING, Batch, Part
from careerpath.employees.models import CareerLine, Contract, Education, Employee, FamilyMember, Posting
from careerpath.employees.operations.details import details_of
from careerpath.employees.operations.facts import given_of
from careerpath.employees.operations.lines import line_given
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    ApplicationState,
    Appointment,
    BatchState,
    Departure,
    EligibilityReview,
    RecruitmentBatch,
    ReviewStage,
    ScoreEntry,
)
from tests.demo.programs import people_built

Built = tuple[Office, list[Batch]]


@pytest.fixture(scope="module")
def built(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The people of a small town."""
    with people_built(Mark(FEIXIAN, 60, 1), tmp_path_factory.mktemp("hiring"), blank_database) as found:
        yield found


def test_a_file_that_recruitment_opened_says_what_the_plan_says(built: Built) -> None:
    office, batches = built
    people = [entrant.person for batch in batches for entrant in batch.entrants if entrant.part in SERVING]
    assert len(people) == sum(person.batch > 0 for person in office.town.people) > 30
    for person in people:
        planned = new_employee(office.town, person, office.units)
        employee = db.session.get_one(Employee, office.files[person.key])
        assert details_of(employee) == replace(planned.details, identity="", number=employee.number)
        assert employee.identity_masked == f"{person.identity[:6]}********{person.identity[-4:]}"
        studies = opening_facts(office, person, Education)
        assert sorted(map(repr, studies)) == sorted(map(repr, planned.educations))
        assert opening_facts(office, person, Contract) == list(planned.contracts)
        assert opening_facts(office, person, Posting) == list(planned.postings)
        career = select(CareerLine).where(CareerLine.employee_id == employee.id)
        family = select(FamilyMember).where(FamilyMember.employee_id == employee.id)
        kept = [line_given(line) for line in (*db.session.scalars(career), *db.session.scalars(family))]
        assert sorted(map(repr, kept)) == sorted(map(repr, lines(office.town, person)))


def opening_facts(office: Office, person: Person, model: Any) -> list[object]:
    """The facts of a kind that were known at the end of the day on which the file was opened."""
    day = known_on(office.town, person)
    facts = db.session.scalars(
        select(model).where(model.employee_id == office.files[person.key]).order_by(model.id)
    ).all()
    return [
        given_of(fact)
        for fact in facts
        if fact.known_at.date() <= day and (fact.superseded_at is None or fact.superseded_at.date() > day)
    ]


def test_everybody_was_appointed_on_the_first_day_of_service(built: Built) -> None:
    rows = db.session.execute(select(Appointment, Employee).join(Employee, Employee.id == Appointment.employee_id))
    found = [(one.starts_on, employee.joined_community_on) for one, employee in rows]
    assert len(found) == sum(person.batch > 0 for person in built[0].town.people)
    assert all(starts_on == joined_on for starts_on, joined_on in found)


def test_late_people_moved_up_into_places_that_were_given_up(built: Built) -> None:
    office, batches = built
    late = batches[-1].having(Part.LATE)
    moved = select(func.count(Departure.id)).where(Departure.filled_on == batches[-1].days.late_filled_on)
    successors = select(Application.identity_masked).join(Departure, Departure.successor_id == Application.id)
    assert db.session.scalar(moved) == len(late) > 0
    for person in (entrant.person for entrant in late):
        assert f"{person.identity[:6]}********{person.identity[-4:]}" in set(db.session.scalars(successors))
        assert db.session.get_one(Employee, office.files[person.key]).joined_community_on == batches[-1].days.late_on


def test_two_people_looked_at_each_application_and_two_typed_each_score(built: Built) -> None:
    admitted = select(Application.id).where(Application.state == ApplicationState.ADMITTED)
    by_stage = {
        stage: dict(
            db.session.execute(
                select(EligibilityReview.application_id, EligibilityReview.user_id).where(
                    EligibilityReview.stage == stage, EligibilityReview.application_id.in_(admitted)
                )
            ).all()
        )
        for stage in (ReviewStage.FIRST, ReviewStage.SECOND)
    }
    first, second = by_stage.values()
    assert first.keys() == second.keys() == set(db.session.scalars(admitted))
    assert not set(first.values()) & set(second.values())
    typists = [set(db.session.scalars(select(ScoreEntry.user_id).where(ScoreEntry.turn == turn))) for turn in (1, 2)]
    assert len(typists[0] | typists[1]) == 2
    assert not typists[0] & typists[1]


def test_of_old_batches_counts_are_left_and_of_the_last_everybody(built: Built) -> None:
    batches = db.session.scalars(select(RecruitmentBatch).order_by(RecruitmentBatch.id)).all()[:4]
    assert {batch.state for batch in batches} == {BatchState.CONCLUDED}
    assert [batch.purged_on is not None for batch in batches] == [True, True, True, False]
    for batch, plan in zip(batches, built[1], strict=True):
        kept = db.session.scalar(select(func.count()).where(Application.batch_id == batch.id))
        counted = db.session.scalar(
            select(func.coalesce(func.sum(ApplicantTally.count), 0)).where(ApplicantTally.batch_id == batch.id)
        )
        everybody = len(list(plan.entrants))
        serving = sum(one.part in SERVING for one in plan.entrants)
        assert (kept, counted) == ((serving, everybody - serving) if batch.purged_on else (everybody, 0))
