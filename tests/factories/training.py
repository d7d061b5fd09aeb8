"""Courses, classes of any state with their days, and who is in them, written down directly for what comes after."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.policy.training import Tier
from careerpath.training.models import (
    ClassDay,
    ClassPaper,
    ClassSignIn,
    ClassState,
    Course,
    Enrolment,
    EnrolmentState,
    EnrolmentWay,
    TrainingClass,
)

NOW = datetime(2025, 12, 5, 1, tzinfo=UTC)
_serials = count(1)


def make_course(unit: Unit, tier: Tier = Tier.DISTRICT, **changes: Any) -> Course:
    """A course of 16 hours on two days, held by a unit."""
    given: dict[str, Any] = {
        "name": f"社区书记能力提升（{next(_serials)}）",
        "category": "基层治理",
        "hours": Decimal(16),
        "days": Decimal(2),
    }
    with writing() as session:
        course = Course(unit_id=unit.id, tier=tier, **(given | changes))
        session.add(course)
    return course


def make_class(course: Course, state: ClassState = ClassState.OPEN, **changes: Any) -> TrainingClass:
    """A class of a course on 5 and 6 December 2025, with a day for each day of its span."""
    given: dict[str, Any] = {
        "name": f"2025年第{next(_serials)}期培训班",
        "tier": course.tier,
        "hours": course.hours,
        "days": course.days,
        "starts_on": date(2025, 12, 5),
        "ends_on": date(2025, 12, 6),
        "held_at": "县委党校",
        "document": "" if state is ClassState.PLANNED else "费社工发〔2025〕30号",
        "closed_on": date(2025, 12, 6) if state is ClassState.CLOSED else None,
    }
    with writing() as session:
        found = TrainingClass(course_id=course.id, unit_id=course.unit_id, state=state, **(given | changes))
        session.add(found)
        session.flush()
        span = (found.ends_on - found.starts_on).days + 1
        session.add_all(
            ClassDay(
                class_id=found.id,
                on=found.starts_on + timedelta(days=place),
                begins=time(8, 30),
                ends=time(17),
                code=f"{found.id % 1000:03d}{place:03d}",
                hours=(found.hours / span).quantize(Decimal("0.01")),
            )
            for place in range(span)
        )
    return found


def days_of_class(training_class: TrainingClass) -> list[ClassDay]:
    """The days of a class in their order."""
    query = select(ClassDay).where(ClassDay.class_id == training_class.id)
    return list(db.session.scalars(query.order_by(ClassDay.on, ClassDay.begins)))


def make_enrolment(
    training_class: TrainingClass,
    employee: Employee,
    unit: Unit | None = None,
    state: EnrolmentState = EnrolmentState.ENROLLED,
    **changes: Any,
) -> Enrolment:
    """Somebody in a class, from the home unit; who attended has all of its hours and days."""
    attended = state is EnrolmentState.ATTENDED
    given: dict[str, Any] = {
        "way": EnrolmentWay.HAND,
        "hours": training_class.hours if attended else None,
        "days": training_class.days if attended else None,
    }
    with writing() as session:
        enrolment = Enrolment(
            class_id=training_class.id,
            employee_id=employee.id,
            unit_id=unit.id if unit else employee.unit_id,
            state=state,
            **(given | changes),
        )
        session.add(enrolment)
    return enrolment


def make_sign_in(enrolment: Enrolment, day: ClassDay, **changes: Any) -> ClassSignIn:
    """Somebody was there on a day."""
    given: dict[str, Any] = {"at": NOW, "by": "本人"}
    with writing() as session:
        record = ClassSignIn(enrolment_id=enrolment.id, day_id=day.id, **(given | changes))
        session.add(record)
    return record


def make_class_paper(training_class: TrainingClass, **changes: Any) -> ClassPaper:
    """A paper of a class whose content was lost."""
    given: dict[str, Any] = {
        "name": "课程安排.pdf",
        "file_key": "none.sealed",
        "media_type": "application/pdf",
        "size": 1000,
        "added_at": NOW,
        "by": "区级经办",
    }
    with writing() as session:
        paper = ClassPaper(class_id=training_class.id, **(given | changes))
        session.add(paper)
    return paper
