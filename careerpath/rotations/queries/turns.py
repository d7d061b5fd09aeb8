"""Whose turn it is: who has been on no rotation for so many years. Set-based, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Date, String, case, cast, func, literal, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of
from careerpath.employees.queries.people import matches
from careerpath.policy.employment import add_months
from careerpath.policy.rotation import Due, RotationEdition, Stay, turn_of
from careerpath.rotations.models import Rotation
from careerpath.rotations.queries.rules import rules_or_none
from careerpath.rotations.queries.standing import WENT

LONGEST_YEARS = 50


@dataclass(frozen=True, slots=True)
class TurnFilters:
    """What is looked for on a day. ``years`` replaces the edition's turn; ``state`` is ``due`` (usual) or ``all``."""

    on: date
    q: str = ""
    unit: str = ""
    unit_id: int | None = None
    years: int | None = None
    state: str = "due"

    @property
    def narrow(self) -> bool:
        """Whether people are left out beside those whose turn it is not."""
        return bool(self.q or self.unit or self.unit_id)


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One person with the last rotation and whether it is their turn."""

    employee_id: int
    name: str
    number: str
    home_name: str
    joined_on: date
    last: date | None
    due: Due


@dataclass(frozen=True, slots=True)
class TurnPage:
    """A page of people; without an edition that knows a turn there is none."""

    edition: RotationEdition | None
    page: Page[TurnLine]


def turn_filters_of(args: Mapping[str, str]) -> TurnFilters:
    """The filters that stand in an address."""
    years = whole_number(args.get("years", ""))
    return TurnFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:64],
        unit=args.get("unit", "").strip()[:64],
        unit_id=whole_number(args.get("unit_id", "")),
        years=years if years is not None and 0 < years <= LONGEST_YEARS else None,
        state="all" if args.get("state") == "all" else "due",
    )


def turn_page(
    actor: Actor, filters: TurnFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> TurnPage:
    """One page of people in service, those who never were on a rotation first. Five queries, however many people."""
    edition = turn_rules(filters)
    if edition is None or edition.turn is None:
        return TurnPage(edition, Page((), 0, None, None))
    query, last = turn_query(actor, filters, edition)
    page = keyset_page(
        query,
        (
            SortKey(func.coalesce(cast(last, String), "")),
            SortKey(cast(Employee.joined_community_on, String)),
            SortKey(Employee.id),
        ),
        lambda row: (row.last.isoformat() if row.last else "", row.joined_community_on.isoformat(), row.id),
        after=after,
        before=before,
        size=size,
    )
    lines = turn_lines(edition, page.rows, filters.on)
    return TurnPage(edition, Page(lines, page.total, page.after, page.before))


def turn_rules(filters: TurnFilters) -> RotationEdition | None:
    """The edition in force on the day, with other years where they are asked for."""
    edition = rules_or_none(filters.on)
    if edition is None or edition.turn is None or filters.years is None:
        return edition
    return replace(edition, turn=replace(edition.turn, within_years=filters.years))


def turn_query(actor: Actor, filters: TurnFilters, edition: RotationEdition) -> tuple[Any, Any]:
    """People in service with the last day of their rotations until ``on``; and that column."""
    on, turn = filters.on, edition.turn
    until = func.coalesce(Rotation.returned_on, Rotation.ends_on)
    ended = case((until > on, literal(on, Date)), else_=until)
    stays = (
        select(Rotation.employee_id.label("employee_id"), func.max(ended, type_=Date).label("last"))
        .where(Rotation.state.in_(WENT), Rotation.starts_on <= on, Rotation.employee_id.is_not(None))
        .group_by(Rotation.employee_id)
        .subquery()
    )
    query = (
        select(Employee.id, Employee.name, Employee.number, Employee.joined_community_on, stays.c.last)
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(stays, stays.c.employee_id == Employee.id)
        .where(
            within(actor, Employee.unit_id, Permission.ROTATION_VIEW),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
        )
    )
    if filters.q:
        query = query.where(matches(filters.q))
    if filters.unit_id is not None:
        path = db.session.scalar(select(Unit.path).where(Unit.id == filters.unit_id))
        query = query.where(below(Employee.unit_id, path or "-"))
    elif filters.unit:
        query = query.where(Unit.name.contains(filters.unit, autoescape=True))
    if filters.state == "due" and turn is not None:
        # The same as ``turn_of`` on each: a day so many years ago or before has come round again.
        query = query.where(
            Employee.joined_community_on <= add_months(on, -12 * turn.after_years),
            or_(stays.c.last.is_(None), stays.c.last <= add_months(on, -12 * turn.within_years)),
        )
    return query, stays.c.last


def turn_lines(edition: RotationEdition, rows: Any, on: date) -> list[TurnLine]:
    """Rows of ``turn_query`` as lines. Two queries for where people serve."""
    homes = homes_of((row.id for row in rows), on) if rows else {}
    found = []
    for row in rows:
        stays = [] if row.last is None else [Stay("", row.last, row.last)]
        due = turn_of(edition, row.joined_community_on, stays, on)
        if due is not None:
            home = homes[row.id].name
            found.append(TurnLine(row.id, row.name, row.number, home, row.joined_community_on, row.last, due))
    return found
