"""Who is lent and who is borrowed: of one unit with names, of many by numbers, on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import main_posting_on
from careerpath.rotations.models import Host, HostKind, Rotation
from careerpath.rotations.queries.rotations import RotationLine, line_query, lines_of
from careerpath.rotations.queries.standing import away_on


@dataclass(frozen=True, slots=True)
class Exchange:
    """How many full-time rotations take people out of a unit and bring people into it on a day."""

    lent: int = 0
    borrowed: int = 0


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """A unit on a day: its own people by their main posts, those lent, those borrowed."""

    unit: Unit
    on: date
    headcount: int
    """Its own people: who is lent still counts here."""
    lent: tuple[RotationLine, ...]
    borrowed: tuple[RotationLine, ...]
    lent_people: int
    """Own people away full-time; cadres without a file are in no headcount."""
    borrowed_people: int

    @property
    def on_duty(self) -> int:
        """Who works here on the day."""
        return self.headcount - self.lent_people + self.borrowed_people


def exchange_of(unit_ids: Collection[int], on: date) -> dict[int, Exchange]:
    """Lent and borrowed of units themselves, without what lies below them. Two queries for any number of units.

    Only full-time rotations of people with a file are counted as lent: others are on duty, or in no headcount.
    """
    wanted = set(unit_ids)
    away = and_(away_on(on), Rotation.full_time.is_(True))
    lent = db.session.execute(
        select(Rotation.unit_id, func.count())
        .where(Rotation.unit_id.in_(wanted), Rotation.employee_id.is_not(None), away)
        .group_by(Rotation.unit_id)
    )
    borrowed = db.session.execute(
        select(Host.at_unit_id, func.count())
        .join(Rotation, Rotation.host_id == Host.id)
        .where(Host.at_unit_id.in_(wanted), away)
        .group_by(Host.at_unit_id)
    )
    out = {unit_id: count for unit_id, count in lent}
    came = {unit_id: count for unit_id, count in borrowed}
    return {one: Exchange(out.get(one, 0), came.get(one, 0)) for one in wanted}


def exchange_page(actor: Actor, unit_id: int, on: date) -> ExchangePage:
    """A unit with all below it, or ``NotFound``: who went out of it and who came into it. Five queries.

    Who moved within the unit is neither lent nor borrowed by it. A department that a street keeps is the
    street's own.
    """
    unit = fetch_unit(actor, unit_id, Permission.ROTATION_VIEW)
    here = below(Rotation.unit_id, unit.path)
    inside = Host.id.in_(
        select(Host.id).where(
            or_(
                Host.at_unit_id.in_(select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))),
                and_(Host.kind == HostKind.DEPARTMENT, below(Host.unit_id, unit.path)),
            )
        )
    )
    order = Rotation.starts_on.desc(), Rotation.id.desc()
    lent = lines_of(db.session.execute(line_query().where(away_on(on), here, ~inside).order_by(*order)).all(), on)
    borrowed = lines_of(db.session.execute(line_query().where(away_on(on), inside, ~here).order_by(*order)).all(), on)
    full = dict.fromkeys(
        db.session.scalars(
            select(Rotation.id).where(
                Rotation.id.in_([one.id for one in (*lent, *borrowed)]), Rotation.full_time.is_(True)
            )
        )
    )
    return ExchangePage(
        unit=unit,
        on=on,
        headcount=_headcount(unit.path, on),
        lent=tuple(lent),
        borrowed=tuple(borrowed),
        lent_people=sum(1 for one in lent if one.id in full and one.employee_id is not None),
        borrowed_people=sum(1 for one in borrowed if one.id in full),
    )


def _headcount(path: str, on: date) -> int:
    query = (
        select(func.count(func.distinct(Employee.id)))
        .join(Posting, and_(*main_posting_on(on)))
        .join(Unit, Unit.id == Posting.unit_id)
        .where(
            Unit.path.startswith(path, autoescape=True),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
        )
    )
    return db.session.scalar(query) or 0
