"""The annual report of a district and of a city, beside the same figures counted record by record."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TypeVar

from sqlalchemy import func, select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.access.scope import below
from careerpath.annual_reports.queries.gathering import gather
from careerpath.annual_reports.queries.papers import Kind, counted_report, written
from careerpath.annual_reports.queries.scope import Scope, scope_of
from careerpath.appraisals.models import Appraisal, AppraisalYear
from careerpath.bench.figures import Figure, counted
from careerpath.bench.many import multiply
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.build import at_place
from careerpath.employees.models import Certificate, Employee, Posting
from careerpath.mentoring.models import Mentor, MentoringLog, Pairing, PairingState
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import DETERMINED, Grade, UnitKind
from careerpath.policy.rotation import Direction
from careerpath.recruitment.models import Appointment
from careerpath.rotations.models import Rotation
from careerpath.rotations.queries.standing import WENT
from careerpath.training.models import ClassState, Enrolment, EnrolmentState, TrainingClass

R = TypeVar("R")

IN_A_DISTRICT, IN_A_CITY = 10_000, 100_000
FILES = (Kind.PDF, Kind.XLSX, Kind.JSON)
NAIVE = "record by record"


def bench_reports(of_district: int = IN_A_DISTRICT, of_city: int = IN_A_CITY) -> Iterator[Figure]:
    """Seconds and statements of gathering, seconds and sizes of files, for a district and a city of many people.

    They are the people of the database over and over, each in a copy of the county. Beside them stands the county
    itself, its figures counted by loading the records. Seconds of the processor stand beside those that went by.
    """
    query = select(Unit).where(Unit.kind == UnitKind.DISTRICT).order_by(Unit.id)
    county = db.session.scalars(query).first()
    if county is None:
        raise RuntimeError("no county in the database")
    with at_place(county.short_name):
        yield from _reports(county.id, of_district, of_city)


def _reports(county_id: int, of_district: int, of_city: int) -> Iterator[Figure]:
    today = clock.today()
    clerk = Actor(None, "bench", "bench", (Grant(Role.DISTRICT_HR, ""),))
    here = scope_of(clerk, county_id, today.year, today)
    yield from _beside(here)
    people = _people(here.path)
    counties = max(1, ceil(of_district / people))
    districts = max(1, ceil(of_city / (people * counties)))
    city, seconds, _ = _measured(lambda: multiply(districts, counties))
    yield Figure("rows of the county copied into a city: time", round(seconds, 1), "s")
    for name, unit_id in (("district", city.district_id), ("city", city.unit_id)):
        yield from _report(clerk, name, unit_id, today)


def _report(clerk: Actor, name: str, unit_id: int, today: date) -> Iterator[Figure]:
    path = db.session.get_one(Unit, unit_id).path
    yield Figure(f"{name}: people", _people(path), "people")
    yield Figure(f"{name}: communities", len(_communities(path)), "communities")
    scope = scope_of(clerk, unit_id, today.year, today)
    with counted(db.engine) as statements:
        sections, seconds, processor = _measured(lambda: gather(scope))
    yield Figure(f"{name}: gathering the figures, tables and lists: time", round(seconds, 2), "s")
    yield Figure(f"{name}: gathering: processor", round(processor, 2), "s")
    yield Figure(f"{name}: gathering: statements", len(statements), "statements")
    yield Figure(f"{name}: figures", sum(len(one.figures) for one in sections), "figures")
    report = counted_report(clerk, unit_id, today.year)
    for kind in FILES:
        (_, content), seconds, processor = _measured(lambda one=kind: written(report, one))  # type: ignore[misc]
        yield Figure(f"{name}: {kind}: time", round(seconds, 2), "s")
        yield Figure(f"{name}: {kind}: processor", round(processor, 2), "s")
        yield Figure(f"{name}: {kind}: size", round(len(content) / 1024, 1), "KiB")


def _beside(scope: Scope) -> Iterator[Figure]:
    """The county by the report and by its records: what both count must be the same."""
    gather(scope)
    sections, seconds, processor = _measured(lambda: gather(scope))
    told = {one.code: one.value for section in sections for one in section.figures}
    db.session.expire_all()
    naive, slow, slow_processor = _measured(lambda: by_records(scope))
    unlike = {code: (told[code], value) for code, value in naive.items() if told[code] != value}
    if unlike:
        raise RuntimeError(f"the report and the records differ: {unlike}")
    name = f"county of {naive['team_serving']} people"
    yield Figure(f"{name}: gathering all {len(told)} figures: time", round(seconds, 3), "s")
    yield Figure(f"{name}: gathering: processor", round(processor, 3), "s")
    yield Figure(f"yardstick, {len(naive)} of these figures from loaded records: time", round(slow, 3), "s", NAIVE)
    yield Figure("yardstick, the same: processor", round(slow_processor, 3), "s", NAIVE)
    times = Decimal(IN_A_CITY) / naive["team_serving"]
    yield Figure(
        f"yardstick, the same for a city, by {round(times)} times the county: processor, reckoned",
        round(slow_processor * float(times), 1), "s", NAIVE,
    )  # fmt: skip


def by_records(scope: Scope) -> dict[str, Decimal]:
    """Some figures of a report by code, counted in Python over records that are loaded one and all."""
    on, first = scope.on, scope.first
    inside = {unit.id for unit in db.session.scalars(select(Unit)) if unit.path.startswith(scope.path)}
    people = {one.id: one for one in db.session.scalars(select(Employee))}
    main: dict[int, Posting] = {}
    for posting in db.session.scalars(select(Posting)):
        held = posting.starts_on <= on and (posting.ends_on is None or posting.ends_on >= on)
        if posting.main and posting.superseded_at is None and held:
            main[posting.employee_id] = posting
    serving = [
        one
        for one in people.values()
        if one.id in main
        and main[one.id].unit_id in inside
        and one.joined_community_on <= on
        and (one.left_on is None or one.left_on >= on)
    ]
    ids = {one.id for one in serving}
    certified = {
        one.employee_id
        for one in db.session.scalars(select(Certificate))
        if one.superseded_at is None and one.obtained_on <= on and one.employee_id in ids
    }
    found: dict[str, int] = {
        "team_serving": len(serving),
        "team_women": sum(one.sex == "2" for one in serving),
        "team_certified": len(certified),
    }
    appointed = [one for one in db.session.scalars(select(Appointment)) if one.unit_id in inside]
    found["recruited"] = sum(first <= one.starts_on <= on for one in appointed)
    found |= _mentoring_by_records(inside, first, on) | _learning_by_records(inside, first, on)
    return {code: Decimal(number) for code, number in found.items()} | _grades_by_records(inside, on.year)


def _mentoring_by_records(inside: set[int], first: date, on: date) -> dict[str, int]:
    mentors = [one for one in db.session.scalars(select(Mentor)) if one.unit_id in inside]
    pairings = {
        one.id: one
        for one in db.session.scalars(select(Pairing))
        if one.unit_id in inside and one.state is not PairingState.DROPPED
    }
    running = [one for one in pairings.values() if one.starts_on <= on and (one.ended_on or one.ends_on) >= on]
    logs = [one for one in db.session.scalars(select(MentoringLog)) if first <= one.on <= on]
    return {
        "mentors": sum(one.starts_on <= on and (one.ends_on is None or one.ends_on >= on) for one in mentors),
        "pairings": len(running),
        "mentees": len({one.employee_id for one in running}),
        "pairings_begun": sum(first <= one.starts_on <= on for one in pairings.values()),
        "pairings_completed": sum(
            one.completed_on is not None and first <= one.completed_on <= on for one in pairings.values()
        ),
        "mentoring_logs": sum(one.pairing_id in pairings for one in logs),
    }


def _learning_by_records(inside: set[int], first: date, on: date) -> dict[str, int]:
    went = [
        one
        for one in db.session.scalars(select(Rotation))
        if one.unit_id in inside and one.state in WENT and first.year == one.starts_on.year
    ]
    up = {one.employee_id or one.person_name for one in went if one.direction is Direction.UP}
    down = {one.employee_id or one.person_name for one in went if one.direction is Direction.DOWN}
    closed = {
        one.id: one
        for one in db.session.scalars(select(TrainingClass))
        if one.state is ClassState.CLOSED and first <= one.ends_on <= on
    }
    attended = [
        one
        for one in db.session.scalars(select(Enrolment))
        if one.unit_id in inside and one.state is EnrolmentState.ATTENDED and one.class_id in closed
    ]
    return {
        "rotations_up": len(up),
        "rotations_down": len(down),
        "training_classes": sum(one.unit_id in inside for one in closed.values()),
        "attendances": len(attended),
        "took_part": len({one.employee_id for one in attended}),
    }


def _grades_by_records(inside: set[int], year: int) -> dict[str, Decimal]:
    """The grades of the year, or of the one before while somebody is not decided."""
    records = [one for one in db.session.scalars(select(Appraisal)) if one.unit_id in inside]
    years = {one: db.session.get_one(AppraisalYear, one).year for one in {each.year_id for each in records}}
    of_year = [one for one in records if years[one.year_id] == year]
    told = year if of_year and all(one.state is State.DECIDED for one in of_year) else year - 1
    grades = Counter(one.grade for one in records if years[one.year_id] == told and one.state is State.DECIDED)
    return {
        "appraisal_year": Decimal(told),
        "appraised": Decimal(grades.total()),
        "appraisal_graded": Decimal(sum(grades[grade.value] for grade in DETERMINED)),
        "appraisal_excellent": Decimal(grades[Grade.EXCELLENT.value]),
    }


def _people(path: str) -> int:
    return db.session.scalar(select(func.count(Employee.id)).where(below(Employee.unit_id, path))) or 0


def _communities(path: str) -> Sequence[int]:
    kinds = (UnitKind.COMMUNITY, UnitKind.VILLAGE)
    query = select(Unit.id).where(Unit.path.startswith(path, autoescape=True), Unit.kind.in_(kinds))
    return db.session.scalars(query).all()


def _measured(work: Callable[[], R]) -> tuple[R, float, float]:
    """What some work gives, the seconds that went by, and those of the processor."""
    begun, processor = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - begun, time.process_time() - processor
