"""The bench of the annual report: a county copied into a city, and its figures counted record by record."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.annual_reports.queries.gathering import gather
from careerpath.annual_reports.queries.scope import Scope, scope_of
from careerpath.bench import reports
from careerpath.bench.many import STEP, multiply
from careerpath.bench.reports import bench_reports, by_records
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Pairing
from careerpath.rotations.models import RotationState
from careerpath.training.models import ClassState, EnrolmentState
from tests.factories.access import Town
from tests.factories.appraisals import make_decided_year
from tests.factories.employees import make_employee
from tests.factories.mentoring import make_log, make_mentor, make_pairing
from tests.factories.rotations import make_host, make_rotation
from tests.factories.training import make_class, make_course, make_enrolment

ON = date(2025, 12, 5)
CLERK = Actor(None, "bench", "bench", (Grant(Role.DISTRICT_HR, ""),))


@pytest.fixture
def town(app: Flask) -> Town:
    """Three people with a mentor, a class, a secondment, a cadre sent down and the appraisal of last year."""
    town = Town()
    people = [make_employee(None, unit) for unit in (town.community, town.neighbour, town.foreign)]
    mentor = make_mentor(town.community, people[0])
    make_log(make_pairing(mentor, people[1], town.neighbour))
    held = make_class(
        make_course(town.district), ClassState.CLOSED, starts_on=date(2025, 5, 8), ends_on=date(2025, 5, 9)
    )
    for person in people[:2]:
        make_enrolment(held, person, None, EnrolmentState.ATTENDED)
    host = make_host(town.district)
    make_rotation(people[0], host)
    make_rotation(None, host, RotationState.APPROVED, kind="downward", person_name="周强", unit_id=town.street.id)
    make_decided_year(town.district, town.street, 2024, {people[0].id: "1", people[1].id: "2"})
    return town


def scope(unit_id: int) -> Scope:
    return scope_of(CLERK, unit_id, ON.year, ON)


def figures(unit_id: int) -> dict[str, Decimal | None]:
    return {one.code: one.value for section in gather(scope(unit_id)) for one in section.figures}


def test_the_records_say_what_the_report_says(town: Town) -> None:
    told = figures(town.district.id)
    counted = by_records(scope(town.district.id))
    assert {code: told[code] for code in counted} == counted
    some = {"team_serving": 3, "attendances": 2, "rotations_down": 1, "appraisal_year": 2024, "appraised": 2}
    assert {code: int(counted[code]) for code in some} == some


def test_a_city_of_copies_has_as_many_times_what_the_county_has(town: Town) -> None:
    city = multiply(2, 2)
    counted = by_records(scope(town.district.id))
    counts = {code: value for code, value in counted.items() if value and "year" not in code}
    assert len(counts) > 10
    whole = figures(city.unit_id)
    assert {code: whole[code] for code in counts} == {code: value * 4 for code, value in counts.items()}
    pairings = {one.id: one for one in db.session.scalars(select(Pairing))}
    assert len(pairings) == 5
    assert all(one.employee_id // STEP == number // STEP for number, one in pairings.items())
    copy = db.session.get_one(Unit, town.community.id + STEP)
    assert copy.path.startswith(f"{city.unit_id}/{city.district_id}/")
    assert copy.path == f"{db.session.get_one(Unit, copy.parent_id).path}{copy.id}/"
    assert db.session.scalar(select(func.count(Employee.number.distinct()))) == 15


def test_every_figure_of_the_bench_has_its_unit_and_the_records_are_the_yardstick(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "FILES", ())
    found = {one.name: one for one in bench_reports(3, 6)}
    assert found["district: people"].value == 3
    assert found["city: people"].value == 6
    assert found["city: gathering: statements"].value == found["district: gathering: statements"].value
    assert {one.yardstick for one in found.values()} == {"", "record by record"}
