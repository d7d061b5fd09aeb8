"""后备人才入库名册, from the entries of the pool to PDF."""

from collections import Counter
from dataclasses import replace

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.typefaces import fonts
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of, place_names
from careerpath.policy import codes
from careerpath.printing.documents.talent_pool.roster import PoolRoster, RosterRow, render_roster
from careerpath.printing.queries.wording import foot_of
from careerpath.talent_pool.models import PoolEntry, Selection
from careerpath.talent_pool.queries.biography import code_word, post_at
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import READINESS
from careerpath.words import Refused, msg

ROSTER = "HC"
"""What the numbers of 入库名册 begin with."""

MOST = 2000
"""So many lines are laid out while one waits."""


def pool_roster(actor: Actor, unit_id: int) -> PoolRoster:
    """Everybody in the pool today for a unit of the actor's or one below it, by unit. Seven queries.

    Raises ``Refused`` where there is nobody, and where there are more than ``MOST``.
    """
    unit = fetch_unit(actor, unit_id, Permission.POOL_VIEW)
    today = clock.today()
    query = (
        select(PoolEntry, Employee, Unit.path, Selection.name)
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .outerjoin(Selection, Selection.id == PoolEntry.selection_id)
        .where(
            within(actor, PoolEntry.unit_id, Permission.POOL_VIEW),
            below(PoolEntry.unit_id, unit.path),
            PoolEntry.entered_on <= today,
            PoolEntry.left_on.is_(None) | (PoolEntry.left_on >= today),
        )
        .order_by(Unit.code, PoolEntry.rung, Employee.number)
        .limit(MOST + 1)
    )
    found = db.session.execute(query).all()
    if not found:
        raise Refused(msg("“%(unit)s”没有在库的后备人才，不能打印名册。", unit=unit.short_name))
    if len(found) > MOST:
        raise Refused(msg("在库人员超过 %(most)s 人，请选择下级单位分别打印。", most=MOST))
    places = place_names(path for _, _, path, _ in found)
    homes = homes_of((person.id for _, person, _, _ in found), today)
    rungs = rung_names(rules_or_none(today), {entry.rung for entry, *_ in found})
    rows = tuple(
        RosterRow(
            unit=places[path].replace(" ", ""),
            name=person.name,
            sex=code_word(codes.Sex, person.sex),
            birth_month=wording.month_of(person.born_on),
            political=code_word(codes.Political, person.political),
            education=code_word(codes.Education, person.highest_education),
            certificate=code_word(codes.Certificate, person.highest_certificate),
            present_post=post_at(homes[person.id].place, homes[person.id].title),
            rung=rungs.get(entry.rung, entry.rung),
            entered_on=wording.month_of(entry.entered_on),
            ground=name or entry.document,
            readiness=str(READINESS[entry.readiness]),
        )
        for entry, person, path, name in found
    )
    roster = PoolRoster(
        unit=unit.short_name,
        on=wording.day_of(today),
        rows=rows,
        totals=tuple(Counter(row.rung for row in rows).most_common()),
        prepared_by=actor.display_name,
    )
    number = f"{ROSTER}-{today.year}-{unit.id:06d}"
    return replace(roster, foot=foot_of(actor, number, wording.code_over(number, roster.said())))


def roster_pdf(actor: Actor, unit_id: int) -> tuple[str, bytes]:
    """入库名册 as PDF, with a name for the file."""
    roster = pool_roster(actor, unit_id)
    return f"{roster.title}.pdf", render_roster(current_app.jinja_env, fonts(), roster)


def widest_unit(actor: Actor) -> int | None:
    """The unit nearest to the top where the actor sees the pool, for a roster of everything."""
    query = select(Unit.id).where(within(actor, Unit.id, Permission.POOL_VIEW))
    return db.session.scalars(query.order_by(Unit.path).limit(1)).one_or_none()
