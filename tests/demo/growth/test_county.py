"""The county's mentoring, rotations, training, skills and honours: what it reports comes out by counting records."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, func, select

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.marks import Mark
from careerpath.demo.office import Office
from careerpath.demo.places import FEIXIAN
from careerpath.employees.models import Employee, Honour
from careerpath.honours.models import CallState, HonourCall, HonourNominee, NomineeState
from careerpath.mentoring.models import (
    Matching,
    MatchingState,
    MatchLine,
    Mentor,
    MentoringLog,
    MentoringReview,
    Pairing,
    PairingState,
)
from careerpath.mentoring.queries.rules import rules_on as mentoring_rules
from careerpath.policy.mentoring import Pairing as Course
from careerpath.policy.mentoring import stalled
from careerpath.policy.rotation import Direction
from careerpath.policy.training import Tier, rate_of
from careerpath.rotations.models import (
    PlanState,
    Rotation,
    RotationPlan,
    RotationReport,
    RotationState,
    RotationWish,
)
from careerpath.skills.codes import UsualLine
from careerpath.skills.models import Skill, WorkLine
from careerpath.skills.queries.cover import unit_covers
from careerpath.training.models import (
    CertificateTry,
    ClassState,
    DegreeStudy,
    Enrolment,
    EnrolmentState,
    StudyState,
    TrainingClass,
    TryState,
)
from careerpath.training.queries.needs import needs_for
from careerpath.training.queries.rates import rate_page
from careerpath.training.queries.rules import rules_on
from tests.demo.programs import people_built

TOOK_PLACE = (RotationState.APPROVED, RotationState.RETURNED, RotationState.EVALUATED)


@pytest.fixture(scope="module")
def county(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The county with everything that its people learnt."""
    folder = tmp_path_factory.mktemp("grown")
    with people_built(Mark(FEIXIAN, 330, 1), folder, blank_database, promoted=True) as (office, _):
        yield office


def count(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def year_of(office: Office) -> int:
    return office.town.times.year


def test_eighty_mentors_are_cadres_secretaries_and_secretaries_of_compounds(county: Office) -> None:
    kinds = Counter(db.session.scalars(select(Mentor.kind)))
    assert kinds == {"agency_cadre": 36, "secretary": 26, "compound_secretary": 18}
    assert kinds.total() == 80
    inside = db.session.scalars(select(Mentor).where(Mentor.employee_id.is_not(None))).all()
    assert {mentor.kind for mentor in inside} == {"secretary", "compound_secretary"}
    assert all(mentor.expertise for mentor in db.session.scalars(select(Mentor)))


def test_pairings_stand_in_every_state_and_no_mentor_has_too_many_people(county: Office) -> None:
    pairings = db.session.scalars(select(Pairing)).all()
    assert {pairing.state for pairing in pairings} == set(PairingState)
    today = clock.today()
    running = [one for one in pairings if one.state is PairingState.AGREED and one.starts_on <= today <= one.ends_on]
    caps = {"agency_cadre": 2, "secretary": 3, "compound_secretary": 2}
    kinds = {row.id: row.kind for row in db.session.execute(select(Mentor.id, Mentor.kind))}
    assert all(caps[kinds[mentor]] >= number for mentor, number in Counter(one.mentor_id for one in running).items())
    completed = [one for one in pairings if one.state is PairingState.COMPLETED]
    assert all(one.mentee_grade and one.mentor_grade and one.unit_opinion for one in completed)
    over = [one for one in pairings if one.state is PairingState.AGREED and one.ends_on < today]
    assert over
    assert any(one.starts_on > today for one in pairings if one.state is PairingState.AGREED)


def test_pairings_are_logged_each_month_and_a_few_have_stalled(county: Office) -> None:
    edition, today = mentoring_rules(clock.today()), clock.today()
    logs: dict[int, list[date]] = {}
    for row in db.session.execute(select(MentoringLog.pairing_id, MentoringLog.on)):
        logs.setdefault(row.pairing_id, []).append(row.on)
    completed = db.session.scalars(select(Pairing).where(Pairing.state == PairingState.COMPLETED)).all()
    assert sum(len(logs[one.id]) for one in completed) / len(completed) > 10
    reviewed = Counter(db.session.scalars(select(MentoringReview.pairing_id)))
    assert sum(reviewed[one.id] for one in completed) / len(completed) > 3
    agreed = db.session.scalars(select(Pairing).where(Pairing.state == PairingState.AGREED)).all()
    running = [one for one in agreed if one.starts_on <= today <= one.ends_on]
    quiet = [
        one
        for one in running
        if stalled(edition, Course(one.starts_on, one.ends_on, tuple(logs.get(one.id, ()))), today)
    ]
    assert 0 < len(quiet) < len(running) / 3


def test_a_matching_proposes_mentors_for_reserves(county: Office) -> None:
    matching = db.session.scalars(select(Matching)).one()
    assert matching.state is MatchingState.OPEN
    lines = db.session.scalars(select(MatchLine).where(MatchLine.matching_id == matching.id)).all()
    assert len(lines) == 18
    assert sum(line.mentor_id is not None for line in lines) > 12
    assert all(line.because for line in lines)


def test_forty_four_went_up_and_sixteen_cadres_came_down(county: Office) -> None:
    took_place = select(Rotation).where(Rotation.state.in_(TOOK_PLACE))
    up = db.session.scalars(took_place.where(Rotation.direction == Direction.UP)).all()
    down = db.session.scalars(took_place.where(Rotation.direction == Direction.DOWN)).all()
    assert len(up) == len({one.employee_id for one in up}) == 44
    assert {one.kind for one in up} == {"shadowing", "secondment", "on_the_job"}
    assert len(down) == len({one.person_name for one in down}) == 16
    assert all(one.employee_id is None for one in down)


def test_rotations_stand_in_every_state_and_one_is_overdue(county: Office) -> None:
    rotations = db.session.scalars(select(Rotation)).all()
    assert {one.state for one in rotations} == set(RotationState)
    today = clock.today()
    approved = [one for one in rotations if one.state is RotationState.APPROVED]
    assert sum(one.ends_on < today for one in approved) == 1
    assert any(one.starts_on > today for one in approved)
    assert any(one.first_end is not None for one in rotations)
    evaluated = [one for one in rotations if one.state is RotationState.EVALUATED]
    assert all(one.grade and one.host_opinion and one.self_summary for one in evaluated)
    assert any(one.returned_on is not None and one.returned_on < one.ends_on for one in evaluated)
    assert count(select(RotationReport)) > 50


def test_wishes_are_open_and_a_plan_answers_them(county: Office) -> None:
    assert count(select(RotationWish).where(RotationWish.closed_on.is_(None))) == 9
    assert db.session.scalars(select(RotationPlan)).one().state is PlanState.OPEN


def test_more_than_95_of_a_hundred_were_trained_each_year_as_distinct_people(county: Office) -> None:
    district = county.staff["district"]
    edition = rules_on(clock.today())
    for year in (*county.town.times.past, year_of(county)):
        on = min(date(year, 12, 31), clock.today())
        total = rate_page(district, year, on).total
        rate = rate_of(edition, total.trained, total.serving)
        assert rate is not None
        assert rate.is_met, (year, total.trained, total.serving)
        assert total.attendances > total.trained
    assert total.serving == 330


def test_most_secretaries_had_their_seven_days_and_a_few_lack_some(county: Office) -> None:
    year = year_of(county)
    ids = db.session.scalars(select(Employee.id).where(Employee.left_on.is_(None))).all()
    met: dict[str, list[bool]] = {}
    for needs in needs_for(ids, year, clock.today()).values():
        for need in needs:
            met.setdefault(need.code, []).append(need.is_met)
    assert set(met) == {"secretaries", "entrants", "everybody"}
    for found in met.values():
        assert 0.75 < sum(found) / len(found) < 1
    assert len(met["entrants"]) == 48


def test_courses_are_held_at_three_tiers_and_classes_stand_in_every_state(county: Office) -> None:
    classes = db.session.scalars(select(TrainingClass)).all()
    assert {one.tier for one in classes} == {Tier.CITY, Tier.DISTRICT, Tier.STREET}
    assert {one.state for one in classes} == set(ClassState)
    today = clock.today()
    held_now = [one for one in classes if one.state is ClassState.OPEN and one.starts_on <= today <= one.ends_on]
    assert len(held_now) == 1
    assert count(select(Enrolment).where(Enrolment.state == EnrolmentState.WAITING)) == 3
    assert count(select(Enrolment).where(Enrolment.rating.is_not(None))) == 60


def test_every_line_of_work_is_covered_somewhere_and_communities_have_gaps(county: Office) -> None:
    assert count(select(WorkLine)) == len(UsualLine)
    assert len(set(db.session.scalars(select(Skill.line_id)))) == len(UsualLine)
    assert len(set(db.session.scalars(select(Skill.shown_by)))) == 4
    covers = unit_covers([county.units[post.row.code] for post in county.town.main], clock.today()).values()
    assert any(cover.gaps for cover in covers)
    assert any(not found.is_gap for cover in covers for found in cover.lines.values())
    assert sum(cover.all_round for cover in covers) > 5


def test_tries_have_every_result_and_those_who_passed_hold_the_certificate(county: Office) -> None:
    tries = db.session.scalars(select(CertificateTry)).all()
    assert {one.state for one in tries} == set(TryState)
    passed = [one for one in tries if one.state is TryState.PASSED]
    assert all((one.certificate_id is None) == (one.year == year_of(county)) for one in passed)
    assert set(db.session.scalars(select(DegreeStudy.state))) == set(StudyState)


def test_seventeen_model_workers_were_granted_through_calls(county: Office) -> None:
    titles = db.session.scalars(
        select(Honour.id).where(Honour.kind == "model_worker", Honour.superseded_at.is_(None))
    ).all()
    granted = db.session.scalars(
        select(HonourNominee.honour_id)
        .join(HonourCall, HonourCall.id == HonourNominee.call_id)
        .where(HonourNominee.state == NomineeState.GRANTED, HonourCall.kind == "model_worker")
    ).all()
    assert sorted(titles) == sorted(one for one in granted if one is not None)
    assert len(titles) == 17
    states = Counter(db.session.scalars(select(HonourCall.state)))
    assert states[CallState.CONCLUDED] == 5
    assert {CallState.NOMINATION, CallState.NOTICE, CallState.REFERRED} <= set(states)


def test_the_worker_and_the_secretary_of_the_sign_in_page_have_something_of_their_own(county: Office) -> None:
    worker = county.files[county.town.worker.key]
    secretary = county.files[county.town.secretary.key]
    assert count(select(Pairing).where(Pairing.employee_id == worker, Pairing.state == PairingState.AGREED)) == 1
    assert count(select(Pairing).join(Mentor).where(Mentor.employee_id == secretary)) > 1
    assert count(select(RotationWish).where(RotationWish.employee_id == worker)) == 1
    assert count(select(Rotation).where(Rotation.employee_id == worker, Rotation.state == RotationState.EVALUATED)) == 1
    assert count(select(Enrolment).where(Enrolment.employee_id == worker)) > 3


def test_hours_of_nobody_are_more_than_the_class_had(county: Office) -> None:
    had = select(Enrolment).join(TrainingClass).where(Enrolment.state == EnrolmentState.ATTENDED)
    assert count(had) > 2000
    assert count(had.where(Enrolment.hours > TrainingClass.hours)) == 0
    assert count(had.where(Enrolment.hours <= Decimal(0))) == 0
