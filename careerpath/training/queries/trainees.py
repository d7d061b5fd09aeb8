"""Who is asked for training: people in service on a day, as the rules of training look at them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import main_posting_on
from careerpath.policy.codes import Post
from careerpath.policy.training import Attended, Need, Trainee, TrainingEdition, needs_of
from careerpath.training.queries.attendance import attended_of
from careerpath.training.queries.rules import rules_or_none


@dataclass(frozen=True, slots=True)
class ServingPerson:
    """Somebody in service on a day, where the main post is."""

    employee_id: int
    number: str
    name: str
    unit_id: int
    unit_code: str
    unit_name: str
    unit_path: str
    title: str


def day_of_year(year: int, on: date | None = None) -> date:
    """The day on which a year is looked at: the one asked for within it, else today or the year's last day."""
    last = date(year, 12, 31)
    return min(on, last) if on is not None and on.year >= year else min(clock.today(), last)


def serving_people(actor: Actor, on: date, *conditions: ColumnElement[bool]) -> list[ServingPerson]:
    """The people in service on a day whom the actor may see, by unit code and number. One query."""
    columns: tuple[Any, ...] = (
        Employee.id,
        Employee.number,
        Employee.name,
        Unit.id,
        Unit.code,
        Unit.short_name,
        Unit.path,
        Posting.title,
    )
    query = serving_on(on).where(within(actor, Posting.unit_id, Permission.TRAINING_VIEW), *conditions)
    rows = db.session.execute(query.with_only_columns(*columns).order_by(Unit.code, Employee.number))
    return [ServingPerson(*row) for row in rows]


def serving_on(on: date) -> Select[Any]:
    """People in service on a day with their main posting and its unit, for a query that chooses its own columns."""
    return (
        select(Employee.id)
        .join(Posting, and_(*main_posting_on(on)))
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Employee.joined_community_on <= on, or_(Employee.left_on.is_(None), Employee.left_on >= on))
    )


def trainees_of(employee_ids: Collection[int], year: int, on: date) -> dict[int, Trainee]:
    """What the rules ask of some people: first and last day, posts, courses of the year, whoever asks. Four queries.

    Who joined in the year brings the courses of the year before along: they may have been taken before the first day.
    """
    ids = sorted(set(employee_ids))
    if not ids:
        return {}
    people = db.session.execute(
        select(Employee.id, Employee.joined_community_on, Employee.left_on).where(Employee.id.in_(ids))
    ).all()
    posts: dict[int, list[tuple[Post, date, date | None]]] = {}
    query = (
        select(Posting.employee_id, Posting.post, Posting.starts_on, Posting.ends_on)
        .where(Posting.employee_id.in_(ids), Posting.superseded_at.is_(None))
        .order_by(Posting.starts_on, Posting.id)
    )
    for employee_id, post, starts_on, ends_on in db.session.execute(query):
        posts.setdefault(employee_id, []).append((Post(post), starts_on, ends_on))
    attended = attended_of(ids, year, on)
    entrants = [employee_id for employee_id, joined_on, _ in people if joined_on.year == year]
    if entrants:
        attended |= attended_of(entrants, None, on)
    return {
        employee_id: Trainee(
            joined_on, left_on, tuple(posts.get(employee_id, ())), tuple(attended.get(employee_id, ()))
        )
        for employee_id, joined_on, left_on in people
    }


def needs_among(
    trainees: dict[int, Trainee], edition: TrainingEdition, year: int, on: date
) -> dict[int, tuple[Need, ...]]:
    """The requirements that hold for some people in a year, as they stand on a day."""
    return {employee_id: needs_of(edition, trainee, year, on) for employee_id, trainee in trainees.items()}


def needs_for(employee_ids: Collection[int], year: int, on: date) -> dict[int, tuple[Need, ...]]:
    """The requirements of some people in a year, whoever asks; empty where no edition is in force. Five queries."""
    edition = rules_or_none(on)
    return {} if edition is None else needs_among(trainees_of(employee_ids, year, on), edition, year, on)


def courses_in(attended: Sequence[Attended], year: int) -> list[Attended]:
    """The courses of one year."""
    return [course for course in attended if course.on.year == year]
