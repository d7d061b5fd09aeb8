"""Classes that were held before they came into this program, entered whole: the class, its days, who took part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.training.models import (
    ClassState,
    Course,
    Enrolment,
    EnrolmentState,
    EnrolmentWay,
    TrainingClass,
)
from careerpath.training.operations.classes import ClassGiven, new_class, new_days
from careerpath.training.operations.closing import days_that_count, passes, show_skills
from careerpath.training.operations.courses import check_amount
from careerpath.words import NotFound, Refused, msg

MOST_AT_ONCE = 100_000
Home = tuple[int, date, date | None]
"""Unit, first and last day of a main posting."""


@dataclass(frozen=True, slots=True)
class HeldGiven:
    """Somebody who took part: hours where they are not all of the class, and the score of its test."""

    employee_id: int
    hours: Decimal | None = None
    score: Decimal | None = None


@operation(Permission.TRAINING_HOLD)
def record_held_class(actor: Actor, given: ClassGiven, people: Sequence[HeldGiven]) -> int:
    """Enter a class that is over, with everybody who took part; it is closed at once. Gives its id."""
    return record_held_classes(actor, [(given, people)])[0]


@operation(Permission.TRAINING_HOLD)
def record_held_classes(actor: Actor, rows: Sequence[tuple[ClassGiven, Sequence[HeldGiven]]]) -> list[int]:
    """Enter many classes that are over, all or none; gives their ids in order. Few queries for any number.

    Everybody stands with the unit of the main posting on the first day; before the first posting, with the present
    one. Raises ``NotFound`` for a course or a person that is not the actor's.
    """
    if sum(len(people) for _, people in rows) > MOST_AT_ONCE:
        raise Refused(msg("一次最多补录 %(most)s 人次，请分批办理。", most=MOST_AT_ONCE))
    courses = _courses(actor, {given.course_id for given, _ in rows})
    people = _people(actor, {one.employee_id for _, taking in rows for one in taking})
    areas = _areas(course.unit_id for course in courses.values())
    homes = _homes(people)
    classes = [_over(courses[given.course_id], given) for given, _ in rows]
    session_add(*classes)
    session_add(*(day for found, (given, _) in zip(classes, rows, strict=True) for day in new_days(found, given)))
    settled = []
    for found, (_, taking) in zip(classes, rows, strict=True):
        if len({one.employee_id for one in taking}) != len(taking):
            raise Refused(msg("“%(name)s”的名单中有重复的人员，请删去。", name=found.name))
        for one in taking:
            employee, path = people[one.employee_id]
            if not path.startswith(areas[found.unit_id]):
                raise Refused(msg("“%(name)s”不在举办单位的范围内，不能参训。", name=employee.name))
        settled.append(
            (found, [_took_part(found, one, _home_on(homes, people[one.employee_id][0], found)) for one in taking])
        )
    session_add(*(one for _, enrolments in settled for one in enrolments))
    show_skills(actor, settled)
    return [found.id for found in classes]


def _over(course: Course, given: ClassGiven) -> TrainingClass:
    found = new_class(course, given)
    if found.ends_on > clock.today():
        raise Refused(msg("“%(name)s”还没有结束，请按新班次拟定。", name=found.name), field="ends_on")
    found.state, found.closed_on = ClassState.CLOSED, found.ends_on
    return found


def _took_part(found: TrainingClass, given: HeldGiven, unit_id: int) -> Enrolment:
    hours = found.hours if given.hours is None else given.hours
    check_amount(hours, 10_000, "hours")
    if hours > found.hours:
        raise Refused(msg("个人学时不能多于班次的 %(hours)s 学时。", hours=found.hours), field="hours")
    if given.score is not None:
        check_amount(given.score, 100, "score")
    return Enrolment(
        class_id=found.id,
        employee_id=given.employee_id,
        unit_id=unit_id,
        way=EnrolmentWay.HAND,
        state=EnrolmentState.ATTENDED,
        hours=hours,
        days=days_that_count(found, hours, 0, 0, by_hand=True),
        score=given.score,
        passed=passes(found, given.score),
    )


def _courses(actor: Actor, ids: set[int]) -> dict[int, Course]:
    query = visible(actor, Course, Permission.TRAINING_HOLD).where(Course.id.in_(ids))
    found = {course.id: course for course in db.session.scalars(query)}
    if len(found) != len(ids):
        raise NotFound
    return found


def _people(actor: Actor, ids: set[int]) -> dict[int, tuple[Employee, str]]:
    query = visible(actor, Employee, Permission.TRAINING_HOLD).join(Unit, Unit.id == Employee.unit_id)
    rows = db.session.execute(query.add_columns(Unit.path).where(Employee.id.in_(ids)))
    found = {employee.id: (employee, path) for employee, path in rows}
    if len(found) != len(ids):
        raise NotFound
    return found


def _areas(unit_ids: Iterable[int]) -> dict[int, str]:
    query = select(Unit.id, Unit.path).where(Unit.id.in_(set(unit_ids)))
    return {unit_id: path for unit_id, path in db.session.execute(query)}


def _homes(employee_ids: Iterable[int]) -> dict[int, list[Home]]:
    """The main postings of some people, as known now."""
    query = select(Posting.employee_id, Posting.unit_id, Posting.starts_on, Posting.ends_on).where(
        Posting.employee_id.in_(list(employee_ids)), Posting.main.is_(True), Posting.superseded_at.is_(None)
    )
    homes: dict[int, list[Home]] = {}
    for employee_id, unit_id, starts_on, ends_on in db.session.execute(query):
        homes.setdefault(employee_id, []).append((unit_id, starts_on, ends_on))
    return homes


def _home_on(homes: dict[int, list[Home]], employee: Employee, found: TrainingClass) -> int:
    on = found.starts_on
    for unit_id, starts_on, ends_on in homes.get(employee.id, ()):
        if starts_on <= on and (ends_on is None or ends_on >= on):
            return unit_id
    return employee.unit_id
