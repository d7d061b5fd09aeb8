"""Whose main post is another one than their approved level was placed for: the next round has to look at them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.people import street_in, streets_of
from careerpath.employees.queries.serving import main_posting_on
from careerpath.pay.models import Placement, PlacementRound
from careerpath.pay.queries.rounds import level_words, scheme_or_none
from careerpath.policy.codes import Post
from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class ChangedPost:
    """Somebody who is to be placed anew: the level that stands and its post, the post now and since when."""

    employee_id: int
    number: str
    name: str
    street: str
    unit_name: str
    post: Post
    title: str
    since: date
    placed_post: Post
    placed_on: date
    level: Message | None


def changed_posts(actor: Actor, *, after: str | None = None, before: str | None = None) -> Page[ChangedPost]:
    """One page of the people of the actor's units whose post has changed since they were placed, the earliest first.

    Who is in a round of their street that was worked out after the change is left out: it has looked at them. Four
    queries; nobody where the scheme of today has no levels.
    """
    today = clock.today()
    if not _has_levels(today):
        return Page((), 0, None, None)
    since = cast(Posting.starts_on, String)
    query: Any = (
        select(
            Employee.id,
            Employee.number,
            Employee.name,
            Unit.short_name,
            Unit.path,
            Posting.post,
            Posting.title,
            Posting.starts_on,
            Placement.post.label("placed_post"),
            Placement.starts_on.label("placed_on"),
            Placement.tier,
            Placement.level,
        )
        .select_from(Employee)
        .join(Posting, and_(*main_posting_on(today)))
        .join(Placement, _last_placement())
        .join(Unit, Unit.id == Employee.unit_id)
        .where(*_conditions(actor, Permission.PAY_VIEW))
    )
    keys = (SortKey(since), SortKey(Employee.id))
    page = keyset_page(query, keys, lambda row: (row.starts_on.isoformat(), row.id), after=after, before=before)
    streets = streets_of(row.path for row in page.rows) if page.rows else {}
    return Page([_line(row, streets) for row in page.rows], page.total, page.after, page.before)


def changed_post_count(actor: Actor, permission: Permission = Permission.PAY_PROPOSE) -> int:
    """How many of them there are where the actor holds a permission. Two queries."""
    today = clock.today()
    if not _has_levels(today):
        return 0
    query = (
        select(func.count())
        .select_from(Employee)
        .join(Posting, and_(*main_posting_on(today)))
        .join(Placement, _last_placement())
        .join(Unit, Unit.id == Employee.unit_id)
        .where(*_conditions(actor, permission))
    )
    return db.session.scalar(query) or 0


def _has_levels(on: date) -> bool:
    scheme = scheme_or_none(on)
    return scheme is not None and scheme.ladder is not None


def _last_placement() -> ColumnElement[bool]:
    """The join "is the person's last approved level, as known now"."""
    later = aliased(Placement)
    return and_(
        Placement.employee_id == Employee.id,
        Placement.superseded_at.is_(None),
        ~exists().where(
            later.employee_id == Placement.employee_id,
            later.superseded_at.is_(None),
            or_(
                later.starts_on > Placement.starts_on,
                and_(later.starts_on == Placement.starts_on, later.id > Placement.id),
            ),
        ),
    )


def _conditions(actor: Actor, permission: Permission) -> tuple[ColumnElement[bool], ...]:
    street = aliased(Unit)
    looked = (
        exists()
        .where(
            PlacementRound.unit_id == street.id,
            PlacementRound.newcomers.is_(False),
            PlacementRound.on >= Posting.starts_on,
            PlacementRound.generated_at >= Posting.known_at,
            Unit.path.startswith(street.path),
        )
        .correlate(Unit, Posting)
    )
    return (within(actor, Employee.unit_id, permission), Placement.post != Posting.post, ~looked)


def _line(row: Any, streets: dict[int, str]) -> ChangedPost:
    return ChangedPost(
        employee_id=row.id,
        number=row.number,
        name=row.name,
        street=street_in(row.path, streets),
        unit_name=row.short_name,
        post=Post(row.post),
        title=row.title,
        since=row.starts_on,
        placed_post=Post(row.placed_post),
        placed_on=row.placed_on,
        level=level_words(row.tier, row.level),
    )
