"""Who follows whom, as it goes out."""

from collections.abc import Iterable, Mapping, Sequence

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core.sheets import SheetSpec
from careerpath.policy.talent_pool import Ending
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.desk import Desk, Export, Wish
from careerpath.talent_pool.models import Readiness
from careerpath.talent_pool.queries.succession import CONCERNS, Holder, Seat, SuccessionFilters, succession
from careerpath.talent_pool.sheets.succession import SUCCESSION_SPEC
from careerpath.words import msg

PIECE = 1000


class SuccessionDesk(Desk):
    """Posts with holders, endings and reserves."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return SUCCESSION_SPEC

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The posts of the communities of a unit as of today."""
        where = ""
        if wish.unit_id is not None:
            where = fetch_unit(actor, wish.unit_id, Permission.POOL_VIEW).short_name
        found = succession(actor, SuccessionFilters(unit_id=wish.unit_id))
        lines = [(seat, holder) for seat in found.seats for holder in seat.holders or (None,)]

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            return [_row(*lines[place]) for place in piece]

        notes = (msg("截至 %(on)s，共 %(count)s 个岗位。", on=found.on, count=len(found.seats)),)
        pieces = [range(at, min(at + PIECE, len(lines))) for at in range(0, len(lines), PIECE)]
        return Export(SUCCESSION_SPEC, f"{where}梯队储备", notes, pieces, rows)


def _row(seat: Seat, holder: Holder | None) -> dict[str, object]:
    row: dict[str, object] = {
        "street": seat.street,
        "unit": seat.unit_name,
        "rung": seat.rung.name,
        "concerns": "、".join(str(CONCERNS[one]) for one in seat.concerns),
        **{one.value: "、".join(reserve.name for reserve in seat.ready(one)) for one in Readiness},
    }
    if holder is None:
        return row
    term = next((one.on for one in holder.ahead if one.kind is Ending.TERM), None)
    return row | {
        "holder": holder.name,
        "number": holder.number,
        "age": holder.age,
        "title": holder.title,
        "since": holder.since,
        "retires_on": holder.retires_on,
        "term_ends_on": term,
        "months": holder.first.months if holder.first else None,
    }
