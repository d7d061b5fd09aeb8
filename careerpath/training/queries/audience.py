"""Whom a class is for: its audience as conditions over people, whether somebody is meant, and who all are."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import main_posting_on
from careerpath.skills.queries.gaps import gaps_of, lines_lacking
from careerpath.training.models import Enrolment, TrainingClass
from careerpath.training.queries.trainees import needs_for


def audience_filter(audience: Mapping[str, Any], on: date) -> list[ColumnElement[bool]]:
    """The conditions over ``Employee`` that posts and days of joining make; in service on the day."""
    found: list[ColumnElement[bool]] = [or_(Employee.left_on.is_(None), Employee.left_on >= on)]
    if audience.get("posts"):
        found.append(exists(select(Posting.id).where(*main_posting_on(on), Posting.post.in_(audience["posts"]))))
    if audience.get("joined_from"):
        found.append(Employee.joined_community_on >= date.fromisoformat(audience["joined_from"]))
    if audience.get("joined_until"):
        found.append(Employee.joined_community_on <= date.fromisoformat(audience["joined_until"]))
    return found


def is_meant(training_class: TrainingClass, employee_id: int, on: date) -> bool:
    """Whether posts and days of joining leave somebody within the audience. One query."""
    query = select(Employee.id).where(Employee.id == employee_id, *audience_filter(training_class.audience, on))
    return db.session.scalar(query) is not None


def people_meant(actor: Actor, training_class: TrainingClass) -> list[Employee]:
    """The people of the actor's units whom a class is for and who are not in it, by number.

    Who withdrew is not called again by the rule. With a requirement only who lacks days of it in the year of the
    class; with lines of work only who cannot do one that their community covers too thinly. Few queries, however many.
    """
    today = clock.today()
    area = db.session.scalars(select(Unit.path).where(Unit.id == training_class.unit_id)).one()
    inside = select(Enrolment.employee_id).where(Enrolment.class_id == training_class.id)
    query = visible(actor, Employee, Permission.TRAINING_HOLD).where(
        below(Employee.unit_id, area),
        Employee.id.not_in(inside),
        *audience_filter(training_class.audience, today),
    )
    people = list(db.session.scalars(query.order_by(Employee.number)))
    requirement = training_class.audience.get("requirement")
    if requirement and people:
        needs = needs_for([one.id for one in people], training_class.starts_on.year, today)
        people = [
            one for one in people if any(need.code == requirement and not need.is_met for need in needs.get(one.id, ()))
        ]
    lines = training_class.audience.get("lines")
    return _lacking(people, lines, today) if lines and people else people


def _lacking(people: Sequence[Employee], lines: Sequence[str], on: date) -> list[Employee]:
    """Those who cannot do one of these lines yet, in communities where too few can."""
    thin = {
        unit_id: {cover.code for cover in covers if cover.code in lines}
        for unit_id, covers in gaps_of({one.unit_id for one in people}, on).items()
    }
    unable = lines_lacking([one.id for one in people], on)
    return [one for one in people if thin.get(one.unit_id, set()) & {line.code for line in unable.get(one.id, ())}]
