"""The lines of work of a district: what forms offer, what lists call them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import near
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.skills.models import WorkLine

ORDER = (WorkLine.place, WorkLine.id)


@dataclass(frozen=True, slots=True)
class LineGroup:
    """A district with its lines, active ones first."""

    unit_id: int
    unit_name: str
    lines: tuple[WorkLine, ...]
    may_keep: bool
    """Whether the actor may change them."""


def lines_of(unit_path: str, *, retired: bool = False) -> list[WorkLine]:
    """The active lines of the district that holds the path, in their order; ``retired`` adds those no longer in use.

    A city has no lines of its own: it is shown those of its districts, a code once. One query.
    """
    return _among(_lines_at([unit_path], retired=retired), unit_path)


def line_choices(unit: Unit) -> list[tuple[str, str]]:
    """Codes and names of the active lines at a unit, for forms. One query."""
    return [(line.code, line.name) for line in lines_of(unit.path)]


def lines_met(actor: Actor, permission: Permission) -> list[tuple[str, str]]:
    """Codes and names of the active lines where an actor holds a permission, to narrow a list. One query."""
    prefix = next(iter(actor.prefixes(permission)), "")
    return [(line.code, line.name) for line in lines_of(prefix)]


def names_line(codes: Any, code: str) -> ColumnElement[bool]:
    """The condition "this list of codes names the line", for a column that keeps codes of lines as JSON."""
    return cast(codes, Text).contains(f'"{code}"', autoescape=True)


def line_names(codes: Collection[str], unit_path: str) -> dict[str, str]:
    """The names of some lines by code, retired ones too; what the district does not know is called by its code."""
    if not codes:
        return {}
    names = {line.code: line.name for line in lines_of(unit_path, retired=True)}
    return {code: names.get(code, code) for code in codes}


def lines_of_many(unit_paths: Iterable[str], *, retired: bool = False) -> dict[str, list[WorkLine]]:
    """The active lines at many units by their paths, each as ``lines_of`` gives them. One query."""
    wanted = set(unit_paths)
    found = _lines_at(wanted, retired=retired)
    return {path: _among(found, path) for path in wanted}


def line_groups(actor: Actor) -> list[LineGroup]:
    """The districts that the actor meets with all their lines, in the order of their codes. Two queries."""
    units = db.session.execute(
        select(Unit.id, Unit.short_name, Unit.path)
        .where(Unit.kind == UnitKind.DISTRICT, near(actor, Unit.id, Permission.SKILL_VIEW))
        .order_by(Unit.code)
    ).all()
    lines: dict[int, list[WorkLine]] = {unit_id: [] for unit_id, _, _ in units}
    query = select(WorkLine).where(WorkLine.unit_id.in_(lines)).order_by(WorkLine.active.desc(), *ORDER)
    for line in db.session.scalars(query):
        lines[line.unit_id].append(line)
    return [
        LineGroup(unit_id, name, tuple(lines[unit_id]), actor.can(Permission.SKILL_KEEP, path))
        for unit_id, name, path in units
    ]


def _lines_at(paths: Collection[str], *, retired: bool) -> Mapping[str, list[WorkLine]]:
    """Lines by the path of their district, of every district above or below some paths."""
    if not paths:
        return {}
    above = {unit_id for path in paths for unit_id in ids_of(path)}
    below = select(Unit.id).where(Unit.parent_id.in_(above), Unit.kind == UnitKind.DISTRICT)
    query = (
        select(WorkLine, Unit.path)
        .join(Unit, Unit.id == WorkLine.unit_id)
        .where(WorkLine.unit_id.in_(above) | WorkLine.unit_id.in_(below))
        .order_by(Unit.code, *ORDER)
    )
    if not retired:
        query = query.where(WorkLine.active.is_(True))
    found: dict[str, list[WorkLine]] = {}
    for line, path in db.session.execute(query):
        found.setdefault(path, []).append(line)
    return found


def _among(found: Mapping[str, list[WorkLine]], path: str) -> list[WorkLine]:
    own = [lines for district, lines in found.items() if path.startswith(district)]
    if own:
        return own[0]
    once: dict[str, WorkLine] = {}
    for district, lines in found.items():
        if district.startswith(path):
            for line in lines:
                once.setdefault(line.code, line)
    return list(once.values())
