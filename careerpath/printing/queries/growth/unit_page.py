"""What of a unit's mentoring and rotations can be printed for a year in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.printing.queries.growth.filling import AGREEMENT, EVALUATION, LETTER, ROTATION, unit_ids
from careerpath.words import NotFound, Refused, msg

EACH = (AGREEMENT, LETTER, EVALUATION, ROTATION)


@dataclass(frozen=True, slots=True)
class UnitPapers:
    """A unit, a year, and how many there are of each form."""

    unit_id: int
    unit_name: str
    year: int
    this_year: int
    counts: Mapping[str, int]


def unit_papers(actor: Actor, unit_id: int | None, name: str = "", year: int | None = None) -> UnitPapers:
    """By id, else by the unit's name as typed, else of the unit nearest to the top. Five queries.

    Raises ``Refused`` where the actor's reach has no such unit, ``NotFound`` where there is none at all.
    """
    query = select(Unit.id, Unit.short_name, Unit.path).where(within(actor, Unit.id, Permission.MENTORING_VIEW))
    if unit_id is not None:
        query = query.where(Unit.id == unit_id)
    elif name:
        query = query.where((Unit.short_name == name) | (Unit.name == name))
    found = db.session.execute(query.order_by(Unit.path).limit(1)).one_or_none()
    if found is None and (name or unit_id is not None):
        raise Refused(msg("没有找到所选单位，请从列表中选择本级或下级单位。"), field="unit")
    if found is None:
        raise NotFound
    this_year = clock.today().year
    wanted = year or this_year
    counts = {code: len(unit_ids(actor, code, found[2], wanted)) for code in EACH}
    return UnitPapers(found[0], found[1], wanted, this_year, counts)
