"""Promotions as they go out."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import SheetSpec
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import street_in, streets_of
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.desk import Desk, Export, Wish
from careerpath.talent_pool.models import Promotion
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.promotions import state_word
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.sheets.promotions import PROMOTIONS_SPEC
from careerpath.words import msg

PIECE = 500
SAME = (
    "former_post",
    "title",
    "party_role",
    "relieved_of",
    "proposed_on",
    "document",
    "approved_on",
    "notice_starts_on",
    "notice_ends_on",
    "held_on",
    "votes_for",
    "votes_cast",
    "starts_on",
    "ended_reason",
)
"""Columns that show what is kept as it is."""
ELIGIBLE = {True: "符合", False: "不完全符合", None: "未核对"}


class PromotionsDesk(Desk):
    """Who was proposed for which post, and what came of it."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return PROMOTIONS_SPEC

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The promotions to posts of a unit and below it, by unit, the newest first. Three queries for 500 rows."""
        conditions, where = [within(actor, Promotion.unit_id, Permission.POOL_VIEW)], ""
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.POOL_VIEW)
            conditions.append(below(Promotion.unit_id, unit.path))
            where = unit.short_name
        query = select(Promotion.id).join(Unit, Unit.id == Promotion.unit_id).where(*conditions)
        ids = db.session.scalars(query.order_by(Unit.code, Promotion.id.desc())).all()
        notes = (msg("截至 %(on)s，共 %(count)s 人次。", on=clock.today(), count=len(ids)),)
        pieces = [ids[at : at + PIECE] for at in range(0, len(ids), PIECE)]
        return Export(PROMOTIONS_SPEC, f"{where}晋升任用名单", notes, pieces, _rows)


def _rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(Promotion, Employee.number, Employee.name, Unit.short_name, Unit.path)
        .join(Employee, Employee.id == Promotion.employee_id)
        .join(Unit, Unit.id == Promotion.unit_id)
        .where(Promotion.id.in_(piece))
        .order_by(Unit.code, Promotion.id.desc())
    )
    found = db.session.execute(query).all()
    streets = streets_of(path for *_, path in found)
    rungs = rung_names(rules_or_none(clock.today()), {one.rung for one, *_ in found})
    for one, number, name, unit_name, path in found:
        said = {key: getattr(one, key) for key in SAME}
        yield {key: value for key, value in said.items() if value not in ("", None)} | {
            "number": number,
            "name": name,
            "street": street_in(path, streets),
            "unit": unit_name,
            "held": "改任" if one.main else "兼任",
            "rung": rungs[one.rung],
            "way": "选举" if one.elected else "任用",
            "eligible": ELIGIBLE[one.eligible],
            "state": str(state_word(one.state, one.elected)),
        }
