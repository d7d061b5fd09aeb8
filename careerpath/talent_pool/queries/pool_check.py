"""The pool held against its rules: who is due to leave, and who could come in where reserves are too few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.reason import Reason
from careerpath.policy.talent_pool import (
    Eligibility,
    Entry,
    Gate,
    Person,
    Purpose,
    TalentPoolEdition,
    check_gate,
    propose_exits,
    standing_of,
)
from careerpath.policy.talent_pool.ladder import rung_on
from careerpath.policy.talent_pool.pool import Count, Standing
from careerpath.talent_pool.models import Leaving, PoolEntry, PoolReview, Proposed
from careerpath.talent_pool.queries.facts import persons
from careerpath.talent_pool.queries.standing import STANDARD_KIND
from careerpath.words import msg

AT_ONCE = 5000
"""How many people's facts are read together: fewer than a statement may have values, on either database."""

Key = tuple[int, str, Proposed, str]
"""Person, rung, direction and ground: what is proposed once at a time."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that the rules would propose; ``because`` are reasons as JSON."""

    proposed: Proposed
    employee_id: int
    entry_id: int | None
    unit_id: int
    rung: str
    ground: str
    since: date
    because: tuple[dict[str, Any], ...]

    @property
    def key(self) -> Key:
        """What it is about, whatever the day from which it holds."""
        return self.employee_id, self.rung, self.proposed, self.ground


def exits_due(actor: Actor, edition: TalentPoolEdition, on: date) -> list[Found]:
    """Every reason for which somebody in the pool of the actor's units is to leave it on a day.

    Seven queries for every 5000 people.
    """
    query = (
        select(PoolEntry, Employee.left_on)
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .where(
            within(actor, PoolEntry.unit_id, Permission.POOL_CHECK),
            PoolEntry.left_on.is_(None),
            PoolEntry.entered_on <= on,
        )
        .order_by(PoolEntry.id)
    )
    rows = db.session.execute(query).all()
    reviews = _reviews(actor)
    found = []
    for part in _parts([(entry, left_on) for entry, left_on in rows]):
        people = persons([entry.employee_id for entry, _ in part], edition, honours=False)
        for entry, left_on in part:
            if left_on is not None and left_on < on:
                found.append(_exit(entry, Leaving.LEFT_SERVICE.value, left_on, _left_service(left_on)))
                continue
            held = Entry(entry.rung, entry.entered_on, reviews.get(entry.id, {}))
            for proposal in propose_exits(edition, people[entry.employee_id], held, on):
                found.append(_exit(entry, proposal.kind.value, proposal.since, proposal.reason))
    return found


def entries_due(actor: Actor, edition: TalentPoolEdition, on: date) -> list[Found]:
    """Who meets the conditions of the pool and serves in a community whose reserves are fewer than the standard.

    Of several gates somebody is proposed for the highest rung above their own. People who are in the pool already are
    passed over, for whichever rung. Three queries, and seven for every 5000 people looked at.
    """
    short = _short_communities(actor, edition)
    gates = [gate for rung in reversed(edition.rungs) if (gate := edition.gate_to(rung.code, Purpose.POOL)) is not None]
    if not short or not gates:
        return []
    inside = select(PoolEntry.employee_id).where(PoolEntry.left_on.is_(None))
    query = (
        select(Employee.id, Employee.joined_community_on, Unit.path)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(
            within(actor, Employee.unit_id, Permission.POOL_CHECK),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
            Employee.id.not_in(inside),
        )
        .order_by(Employee.id)
    )
    candidates = []
    for employee_id, joined_on, path in db.session.execute(query):
        unit_id = next((one for one in reversed(ids_of(path)) if one in short), None)
        if unit_id is not None:
            candidates.append((employee_id, joined_on, unit_id))
    found = []
    for part in _parts(candidates):
        people = persons([employee_id for employee_id, *_ in part], edition)
        for employee_id, joined_on, unit_id in part:
            met = _highest_met(edition, gates, people[employee_id], on)
            if met is None:
                continue
            gate, advice = met
            since = max((item.met_on for item in advice.items if item.met_on is not None), default=joined_on)
            because = (*(reason.as_json() for reason in advice.reasons), short[unit_id].reason.as_json())
            found.append(Found(Proposed.ENTRY, employee_id, None, unit_id, gate.rung, gate.code, since, because))
    return found


def _highest_met(
    edition: TalentPoolEdition, gates: Sequence[Gate], person: Person, on: date
) -> tuple[Gate, Eligibility] | None:
    codes = [rung.code for rung in edition.rungs]
    own = rung_on(edition, person, on)
    for gate in gates:
        if own is not None and codes.index(own.code) >= codes.index(gate.rung):
            return None
        advice = check_gate(edition, gate.code, person, on)
        if advice.eligible:
            return gate, advice
    return None


def _short_communities(actor: Actor, edition: TalentPoolEdition) -> dict[int, Count]:
    counted = (
        select(PoolEntry.unit_id, func.count(PoolEntry.employee_id.distinct()).label("reserves"))
        .where(PoolEntry.left_on.is_(None))
        .group_by(PoolEntry.unit_id)
        .subquery()
    )
    query = (
        select(Unit.id, func.coalesce(counted.c.reserves, 0))
        .outerjoin(counted, counted.c.unit_id == Unit.id)
        .where(Unit.kind == STANDARD_KIND, Unit.ends_on.is_(None), within(actor, Unit.id, Permission.POOL_CHECK))
    )
    found = {}
    for unit_id, reserves in db.session.execute(query):
        count = standing_of(edition, reserves)
        if count is not None and count.standing is Standing.SHORT:
            found[unit_id] = count
    return found


def _reviews(actor: Actor) -> dict[int, dict[date, bool]]:
    query = (
        select(PoolReview.entry_id, PoolReview.on, PoolReview.passed)
        .join(PoolEntry, PoolEntry.id == PoolReview.entry_id)
        .where(PoolEntry.left_on.is_(None), within(actor, PoolEntry.unit_id, Permission.POOL_CHECK))
    )
    found: dict[int, dict[date, bool]] = {}
    for entry_id, on, passed in db.session.execute(query):
        found.setdefault(entry_id, {})[on] = passed
    return found


def _exit(entry: PoolEntry, ground: str, since: date, reason: Reason) -> Found:
    because = (reason.as_json(),)
    return Found(Proposed.EXIT, entry.employee_id, entry.id, entry.unit_id, entry.rung, ground, since, because)


def _left_service(left_on: date) -> Reason:
    sentence = msg("离职：%(day)s 离职，建议出库。", day=left_on)
    return Reason("exit", "", "", {"left_on": left_on}, Leaving.LEFT_SERVICE.value, sentence)


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
