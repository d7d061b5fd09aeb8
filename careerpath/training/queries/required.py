"""Whom a requirement holds for in a year, and who has met it, as queries: what ``policy.training`` says, for many."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, func, or_, select, type_coerce

from careerpath.core.days import days_before
from careerpath.employees.models import Employee, Posting
from careerpath.policy.training import Period, Requirement, Tier, TrainingEdition
from careerpath.training.models import ClassState, Enrolment, EnrolmentState, TrainingClass


def asked_of(rule: Requirement, people: Any, on: date) -> ColumnElement[bool]:
    """The filter "the requirement holds for this person in the year of the day", for those in service on it.

    ``people`` are the columns of ``employees.queries.as_of.standing`` as of that day.
    """
    first, last = date(on.year, 1, 1), date(on.year, 12, 31)
    if rule.period is Period.BEFORE_START:
        entered: ColumnElement[bool] = people.joined_on.between(first, last)
        return entered
    wanted: list[ColumnElement[bool]] = []
    people_of = people.id.table
    if rule.full_year_only:
        leaving = select(Employee.id).where(Employee.id == people.id, Employee.left_on < last)
        wanted += [people.joined_on <= first, ~leaving.correlate(people_of).exists()]
    if rule.posts:
        held = select(Posting.id).where(
            Posting.employee_id == people.id,
            Posting.superseded_at.is_(None),
            Posting.post.in_([post.value for post in rule.posts]),
            Posting.starts_on <= last,
            or_(Posting.ends_on.is_(None), Posting.ends_on >= last),
        )
        wanted.append(held.correlate(people_of).exists())
    return and_(people.joined_on <= last, *wanted)


def met_by(edition: TrainingEdition, rule: Requirement, people: Any, on: date) -> ColumnElement[bool]:
    """The filter "this person has had the days that the requirement wants", as known on the day."""
    # Kept as hundredths: whole numbers on both databases. Hours become tenths of a day, cut off.
    taught = type_coerce(Enrolment.hours, Integer) // int(edition.hours_per_day * 10) * 10
    days = func.sum(func.coalesce(type_coerce(Enrolment.days, Integer), taught, 0))
    query = (
        select(Enrolment.employee_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            # Person by person: few have more than a dozen, and the index finds them.
            Enrolment.employee_id == people.id,
            Enrolment.state == EnrolmentState.ATTENDED,
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.tier.in_([tier for tier in Tier if tier.rank >= rule.lowest.rank]),
            TrainingClass.ends_on <= on,
        )
        .group_by(Enrolment.employee_id)
        .having(days >= int(rule.days * 100))
    )
    if rule.period is Period.YEAR:
        query = query.where(TrainingClass.ends_on >= date(on.year, 1, 1))
    else:
        started = people.joined_on
        query = query.where(
            TrainingClass.ends_on < started, TrainingClass.ends_on >= days_before(started, rule.window or 0)
        )
    return query.correlate(people.id.table).exists()
