"""What rounds come to: people by state, what they add a month, and where the round stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.pay.models import PlacementProposal, ProposalState
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Counts:
    """People of a round by the state of their changes."""

    by_state: Mapping[ProposalState, int]

    def of(self, *states: ProposalState) -> int:
        """People in some states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def people(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def waiting_for_street(self) -> int:
        """Not submitted yet, or given back."""
        return self.of(ProposalState.PROPOSED, ProposalState.RETURNED)

    @property
    def submitted(self) -> int:
        """Waiting for the district."""
        return self.of(ProposalState.SUBMITTED)

    @property
    def returned(self) -> int:
        """Given back by the district."""
        return self.of(ProposalState.RETURNED)

    @property
    def withheld(self) -> int:
        """Not put forward."""
        return self.of(ProposalState.WITHHELD)

    @property
    def approved(self) -> int:
        """Approved."""
        return self.of(ProposalState.APPROVED)


@dataclass(frozen=True, slots=True)
class RoundSums:
    """What a round comes to, of everybody who is not withheld."""

    counts: Counts
    increase: Decimal
    earliest_on: date | None
    newly_placed: int


def round_sums(round_id: int) -> RoundSums:
    """What a round comes to, of everybody who is not withheld."""
    one = PlacementProposal
    people: dict[int, list[Any]] = {}
    for row in db.session.execute(
        select(one.employee_id, one.state, one.starts_on, one.before_since, one.before_monthly, one.after_monthly)
        .where(one.round_id == round_id)
        .order_by(one.employee_id, one.starts_on)
    ):
        people.setdefault(row.employee_id, []).append(row)
    by_state = Counter(rows[0].state for rows in people.values())
    going = [rows for rows in people.values() if rows[0].state is not ProposalState.WITHHELD]
    increase = Decimal(0)
    for rows in going:
        before = rows[0].before_monthly
        for earlier, later in pairwise(rows):
            # A level approved meanwhile stands in the way: what it pays now is what the change adds to.
            if later.before_since != earlier.starts_on:
                before = later.before_monthly
        if before is not None:
            increase += rows[-1].after_monthly - before
    earliest = min((rows[0].starts_on for rows in going), default=None)
    return RoundSums(Counts(by_state), increase, earliest, sum(rows[0].before_since is None for rows in going))


def round_counts(round_ids: Sequence[int]) -> dict[int, Counts]:
    """People of some rounds by state: one query."""
    one = PlacementProposal
    rows = db.session.execute(
        select(one.round_id, one.state, func.count(func.distinct(one.employee_id)))
        .where(one.round_id.in_(round_ids))
        .group_by(one.round_id, one.state)
    )
    found: dict[int, dict[ProposalState, int]] = {round_id: {} for round_id in round_ids}
    for round_id, state, people in rows:
        found[round_id][state] = people
    return {round_id: Counts(states) for round_id, states in found.items()}


def round_state(closed: bool, counts: Counts) -> tuple[Message, str]:
    """Where a round stands in words, and the colour of these words."""
    if closed:
        return msg("已办结"), "success"
    if counts.returned:
        return msg("有退回"), "danger"
    if counts.submitted:
        return msg("待审批"), "primary"
    if counts.of(ProposalState.PROPOSED):
        return msg("待上报"), "warning"
    return msg("待办结"), ""
