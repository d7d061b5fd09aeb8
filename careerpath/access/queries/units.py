"""The tree of units: one level at a time, ways up and down, and look-up while typing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind

COMMUNITY_KINDS = frozenset({UnitKind.COMMUNITY, UnitKind.VILLAGE})
"""The kinds where community workers serve."""

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit that a look-up found; ``path_text`` names the units above it."""

    id: int
    name: str
    path_text: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the tree with what lies below it: direct sub-units, communities, and their households and residents.

    Figures are of the communities and villages below (or of itself); ``without_figure`` counts those that lack them.
    """

    unit: Unit
    children: int
    communities: int
    households: int
    residents: int
    without_figure: int


def search_units(
    actor: Actor, text: str, kinds: Collection[UnitKind] = (), limit: int = 10, on: date | None = None
) -> list[UnitFound]:
    """Units the actor may view, by a part of the name, the beginning of the initials or of the code.

    Those whose name or initials begin with the text come first. Units that were closed on the day are left out.
    """
    text = text.strip()
    if not text:
        return []
    letters = text.lower()
    query = (
        select(Unit)
        .where(
            within(actor, Unit.id, Permission.UNIT_VIEW),
            _open_units(on),
            or_(
                Unit.name.contains(text, autoescape=True),
                Unit.initials.startswith(letters, autoescape=True),
                Unit.code.startswith(text, autoescape=True),
            ),
        )
        .order_by(
            case(
                (or_(Unit.short_name == text, Unit.initials == letters, Unit.code == text), 0),
                (Unit.name.startswith(text, autoescape=True), 1),
                else_=2,
            ),
            func.length(Unit.path),
            Unit.code,
        )
        .limit(max(1, min(limit, MOST_FOUND)))
    )
    if kinds:
        query = query.where(Unit.kind.in_(kinds))
    units = db.session.scalars(query).all()
    names = _names(unit.path for unit in units)
    return [UnitFound(unit.id, unit.short_name, path_text(unit.path, names), unit.kind) for unit in units]


def unit_named(actor: Actor, chosen: str | None, text: str, permission: Permission) -> int | None:
    """The unit that a form means: the one chosen from the list, else by code or by a name that only one unit has."""
    query = select(Unit.id).where(within(actor, Unit.id, permission), _open_units())
    if chosen and chosen.isdecimal() and len(chosen) < 10:
        return db.session.scalar(query.where(Unit.id == int(chosen)))
    text = text.strip()
    found = db.session.scalars(
        query.where(or_(Unit.code == text, Unit.name == text, Unit.short_name == text)).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def trail_of(unit_id: int) -> list[tuple[int, str]]:
    """The way from the root down to a unit, itself included: ids and short names. Empty when there is no such unit."""
    path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id))
    return [] if path is None else trail_along(path)


def trail_along(path: str) -> list[tuple[int, str]]:
    """The way from the root down to the unit at ``path``."""
    names = _names([path])
    return [(unit_id, names[unit_id]) for unit_id in ids_of(path)]


def streets_of(actor: Actor) -> list[Unit]:
    """The open streets, towns and townships that the actor may view, in the order of their codes."""
    query = select(Unit).where(within(actor, Unit.id, Permission.UNIT_VIEW), Unit.kind.in_(STREET_KINDS), _open_units())
    return list(db.session.scalars(query.order_by(Unit.code)))


def tops_of(actor: Actor, on: date | None = None) -> list[UnitLine]:
    """The units where the actor's own part of the tree begins."""
    prefixes = actor.prefixes(Permission.UNIT_VIEW)
    if "" in prefixes:
        return _lines(Unit.parent_id.is_(None), on)
    return _lines(Unit.path.in_(prefixes), on) if prefixes else []


def children_of(unit: Unit, on: date | None = None) -> list[UnitLine]:
    """The units directly below one that there were on a day or before, those still open on it first."""
    return _lines(and_(Unit.parent_id == unit.id, _begun(Unit, on)), on)


def line_of(unit: Unit, on: date | None = None) -> UnitLine:
    """One unit with what lies below it, as of today or another day; households and residents are those of today."""
    return _lines(Unit.id == unit.id, on)[0]


def ids_of(path: str) -> list[int]:
    """The ids along a path, from the root down."""
    return [int(part) for part in path.split("/") if part]


def path_text(path: str, names: dict[int, str]) -> str:
    """The units above the one at ``path``, as a line of names."""
    return " › ".join(names[unit_id] for unit_id in ids_of(path)[:-1] if unit_id in names)


def unit_labels(unit_ids: Iterable[int]) -> dict[int, str]:
    """Short names by id, for a list that shows many units."""
    rows = db.session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(set(unit_ids))))
    return {row.id: row.short_name for row in rows}


def _names(paths: Iterable[str]) -> dict[int, str]:
    ids = {unit_id for path in paths for unit_id in ids_of(path)}
    return unit_labels(ids) if ids else {}


def _open_units(on: date | None = None) -> ColumnElement[bool]:
    still = or_(Unit.ends_on.is_(None), Unit.ends_on >= (on or clock.today()))
    return still if on is None else and_(Unit.starts_on <= on, still)


def _begun(unit: type[Unit], on: date | None) -> ColumnElement[bool]:
    # Today a unit is shown that begins later: it is being prepared.
    return true() if on is None else unit.starts_on <= on


def _lines(condition: ColumnElement[bool], on: date | None) -> list[UnitLine]:
    # Today those whose last day is known stand last, though it may be ahead; on another day, those closed by then.
    closed = Unit.ends_on.is_not(None) if on is None else and_(Unit.ends_on.is_not(None), Unit.ends_on < on)
    units: Sequence[Unit] = db.session.scalars(select(Unit).where(condition).order_by(closed, Unit.code)).all()
    if not units:
        return []
    upper, lower = aliased(Unit), aliased(Unit)
    ids = [unit.id for unit in units]
    day = on or clock.today()
    begun = _begun(lower, on)
    counted = lower.kind.in_(COMMUNITY_KINDS) & begun & or_(lower.ends_on.is_(None), lower.ends_on >= day)
    below = and_(lower.parent_id == upper.id, begun)
    rows = db.session.execute(
        select(
            upper.id,
            func.sum(case((below, 1), else_=0)),
            func.sum(case((counted & (lower.id != upper.id), 1), else_=0)),
            func.coalesce(func.sum(case((counted, lower.households), else_=0)), 0),
            func.coalesce(func.sum(case((counted, lower.residents), else_=0)), 0),
            func.sum(case((counted & lower.households.is_(None), 1), else_=0)),
        )
        .join(lower, lower.path.startswith(upper.path))
        .where(upper.id.in_(ids))
        .group_by(upper.id)
    )
    found = {row[0]: row[1:] for row in rows}
    return [UnitLine(unit, *(int(number) for number in found[unit.id])) for unit in units]
