"""What was brought forward during a public notice, as lists and pages show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import (
    PoolObjection,
    Promotion,
    PromotionState,
    Selection,
    SelectionEntrant,
    SelectionState,
)
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """One objection with the name of whom it is about."""

    objection: PoolObjection
    about: str

    @property
    def id(self) -> int:
        """The record."""
        return self.objection.id

    @property
    def waiting(self) -> bool:
        """Whether it is not answered yet."""
        return self.objection.answered_on is None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an objection is about: somebody of a selection, or of a promotion."""

    name: str
    what: str
    """The selection, or the post."""
    selection_id: int | None
    promotion_id: int | None
    open: bool
    """Whether the notice stands."""


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """One objection, and whom it is about."""

    objection: PoolObjection
    subject: Subject


def objections_of_selection(actor: Actor, selection_id: int) -> list[ObjectionLine]:
    """Everything brought forward during the notice of a selection, oldest first. One query."""
    return _lines(actor, SelectionEntrant.selection_id == selection_id)


def objections_about(
    actor: Actor, *, entrant_id: int | None = None, promotion_id: int | None = None
) -> list[ObjectionLine]:
    """Everything brought forward about one entrant or one promotion, oldest first. One query."""
    if entrant_id is not None:
        return _lines(actor, PoolObjection.entrant_id == entrant_id)
    return _lines(actor, PoolObjection.promotion_id == promotion_id)


def open_objections(*, entrant_ids: Iterable[int] = (), promotion_ids: Iterable[int] = ()) -> frozenset[int]:
    """Those of these entrants, or of these promotions, about whom something is not answered yet. One query."""
    column = PoolObjection.promotion_id if promotion_ids else PoolObjection.entrant_id
    wanted = sorted(promotion_ids) or sorted(entrant_ids)
    query = select(column).where(column.in_(wanted), PoolObjection.answered_on.is_(None))
    return frozenset(one for one in db.session.scalars(query) if one is not None)


def objection_page(actor: Actor, objection_id: int) -> ObjectionPage:
    """One objection of the actor's units, or ``NotFound``. Two queries."""
    objection = fetch(actor, PoolObjection, objection_id, Permission.POOL_DECIDE)
    if objection.promotion_id is not None:
        return ObjectionPage(objection, promotion_subject(actor, objection.promotion_id))
    return ObjectionPage(objection, entrant_subject(actor, objection.entrant_id or 0))


def entrant_subject(actor: Actor, entrant_id: int) -> Subject:
    """An entrant of the actor's units as one whom an objection may be about, or ``NotFound``. One query."""
    query = (
        visible(actor, SelectionEntrant, Permission.POOL_DECIDE)
        .add_columns(Employee.name, Selection)
        .join(Employee, Employee.id == SelectionEntrant.employee_id)
        .join(Selection, Selection.id == SelectionEntrant.selection_id)
        .where(SelectionEntrant.id == entrant_id)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    _, name, selection = row
    return Subject(name, selection.name, selection.id, None, selection.state is SelectionState.NOTICE)


def promotion_subject(actor: Actor, promotion_id: int) -> Subject:
    """A promotion of the actor's units as one that an objection may be about, or ``NotFound``. One query."""
    query = (
        visible(actor, Promotion, Permission.POOL_DECIDE)
        .add_columns(Employee.name)
        .join(Employee, Employee.id == Promotion.employee_id)
        .where(Promotion.id == promotion_id)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    promotion, name = row
    return Subject(name, promotion.title, None, promotion.id, promotion.state is PromotionState.NOTICE)


def _lines(actor: Actor, which: ColumnElement[bool]) -> list[ObjectionLine]:
    query = (
        visible(actor, PoolObjection, Permission.POOL_VIEW)
        .add_columns(Employee.name)
        .outerjoin(SelectionEntrant, SelectionEntrant.id == PoolObjection.entrant_id)
        .outerjoin(Promotion, Promotion.id == PoolObjection.promotion_id)
        .join(
            Employee,
            or_(Employee.id == SelectionEntrant.employee_id, Employee.id == Promotion.employee_id),
        )
        .where(which)
        .order_by(PoolObjection.received_on, PoolObjection.id)
    )
    rows: Sequence[tuple[PoolObjection, str]] = [(one, name) for one, name in db.session.execute(query)]
    return [ObjectionLine(one, name) for one, name in rows]
