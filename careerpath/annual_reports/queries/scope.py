"""Whose report it is and of which days: what every section is reckoned for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit
from careerpath.core.db import db
from careerpath.employees.queries.as_of import AsOf
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import Edition
from careerpath.rulebook.queries.shelf import Shelf
from careerpath.words import Refused, msg

Ed = TypeVar("Ed", bound=Edition)

_COMMUNITIES = (UnitKind.COMMUNITY, UnitKind.VILLAGE)

PARTS: Mapping[UnitKind, Collection[UnitKind]] = {
    UnitKind.CITY: (UnitKind.DISTRICT,),
    UnitKind.DISTRICT: STREET_KINDS,
    **{kind: _COMMUNITIES for kind in STREET_KINDS},
}
"""The units that have an annual report, each with the kinds of units below by which its tables are divided."""


@dataclass(frozen=True, slots=True)
class Part:
    """One unit by which tables are divided."""

    id: int
    name: str
    path: str
    there: bool
    """Whether it exists on the report's day."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The unit and the year of a report. ``on`` is a day of the year: its last, or the day it was gathered."""

    actor: Actor
    unit_id: int
    unit_name: str
    path: str
    kind: UnitKind
    year: int
    on: date
    parts: tuple[Part, ...]
    """The units below, by which tables are divided, by code."""
    _editions: dict[tuple[str, date], Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def first(self) -> date:
        """The first day of the year."""
        return date(self.year, 1, 1)

    @property
    def last_first(self) -> date:
        """The first day of the year before."""
        return date(self.year - 1, 1, 1)

    @property
    def last_on(self) -> date:
        """The last day of the year before."""
        return date(self.year - 1, 12, 31)

    @property
    def as_of(self) -> AsOf:
        """The day of the report, as it is known now."""
        return AsOf(self.on)

    @property
    def last_as_of(self) -> AsOf:
        """The last day of the year before, as it is known now."""
        return AsOf(self.last_on)

    def edition(self, shelf: Shelf[Ed], on: date) -> Ed | None:
        """The edition of a rule in force on a day, if there is one; looked up once for all that is counted."""
        key = (shelf.rule, on)
        if key not in self._editions:
            self._editions[key] = shelf.on_or_none(on)
        edition: Ed | None = self._editions[key]
        return edition

    def inside(self, column: Any) -> ColumnElement[bool]:
        """The filter "this unit is the report's or lies below it", on a column of unit ids."""
        return below(column, self.path)

    def part_of(self, path: str) -> Part | None:
        """The part that the unit at a path belongs to; none for the report's own unit."""
        return next((one for one in self.parts if path.startswith(one.path)), None)


def scope_of(actor: Actor, unit_id: int, year: int, on: date) -> Scope:
    """What a report of a unit and year is reckoned for. Refuses units without reports. Two queries."""
    unit = fetch_unit(actor, unit_id, Permission.REPORT_VIEW)
    if unit.kind not in PARTS:
        raise Refused(msg("年度报告由市、区（县）或街道（镇）编制，请选择这样的单位。"), field="unit_id")
    there = and_(Unit.starts_on <= on, or_(Unit.ends_on.is_(None), Unit.ends_on >= on))
    query = (
        select(Unit.id, Unit.short_name, Unit.path, there)
        .where(Unit.path.startswith(unit.path, autoescape=True), Unit.kind.in_(PARTS[unit.kind]))
        .order_by(Unit.code)
    )
    parts = tuple(Part(*row) for row in db.session.execute(query))
    return Scope(actor, unit.id, unit.short_name, unit.path, unit.kind, year, on, parts)
