"""One change of level with its components and every reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.pay.models import Placement, PlacementProposal, PlacementRound
from careerpath.pay.queries.editions import scheme_of
from careerpath.pay.queries.reasons import ShownReason, shown_reasons
from careerpath.pay.queries.rounds import ProposalLine, line_of, lines_with_people
from careerpath.policy.pay import PayEdition
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One component before and after."""

    name: str
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """What it adds a month."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One change with its components and every reason. ``placement_id``: the approved level that it became."""

    line: ProposalLine
    round_id: int
    round_unit: str
    before_since: date | None
    edition: PayEdition
    items: tuple[ItemLine, ...]
    reasons: tuple[ShownReason, ...]
    street_by: str
    street_on: date | None
    decided_by: str
    decided_on: date | None
    document: str
    placement_id: int | None


def proposal_page(actor: Actor, proposal_id: int) -> ProposalPage:
    """One change, or ``NotFound``: two queries."""
    street = aliased(Unit)
    row = db.session.execute(
        lines_with_people()
        .add_columns(PlacementRound, street.short_name)
        .join(PlacementRound, PlacementRound.id == PlacementProposal.round_id)
        .join(street, street.id == PlacementRound.unit_id)
        .where(PlacementProposal.id == proposal_id, within(actor, PlacementProposal.unit_id, Permission.PAY_VIEW))
    ).one_or_none()
    if row is None:
        raise NotFound
    one, person, unit_name, round_, street_name = row
    placement_id = db.session.scalar(
        select(Placement.id).where(Placement.proposal_id == one.id, Placement.superseded_at.is_(None))
    )
    edition = scheme_of(round_.edition)
    return ProposalPage(
        line=line_of(one, person, unit_name),
        round_id=round_.id,
        round_unit=street_name,
        before_since=one.before_since,
        edition=edition,
        items=tuple(item_lines(one.before_items, one.after_items)),
        reasons=shown_reasons(one.because, {each.code: each.name for each in edition.components}),
        street_by=one.street_by,
        street_on=one.street_on,
        decided_by=one.decided_by,
        decided_on=one.decided_on,
        document=one.document,
        placement_id=placement_id,
    )


def place_of(actor: Actor, placement_id: int) -> int | None:
    """The proposal that an approved level came from, or ``NotFound``; ``None`` where it came from none."""
    row = db.session.execute(
        select(Placement.proposal_id).where(
            Placement.id == placement_id, within(actor, Placement.unit_id, Permission.PAY_APPROVE)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0]


def item_lines(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[ItemLine]:
    """Components before and after side by side, in the order of the scheme; those that ended stand last."""
    old = {one["code"]: one for one in before}
    new = {one["code"]: one for one in after}
    lines = []
    for code in [*new, *(code for code in old if code not in new)]:
        named = new.get(code) or old[code]
        amounts = [None if one is None else Decimal(one["amount"]) for one in (old.get(code), new.get(code))]
        lines.append(ItemLine(named["name"], amounts[0], amounts[1]))
    return lines
