"""Where one person stands on the ladder, what comes next, and what they have and lack for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.person import PersonHead, own_head, person_head
from careerpath.policy.talent_pool import Person, Purpose, Rung, Span, TalentPoolEdition
from careerpath.policy.talent_pool.ladder import next_rung, rung_on, spans_on, stood_since
from careerpath.policy.talent_pool.parts import Gate
from careerpath.talent_pool.models import (
    DevelopmentTask,
    EntrantState,
    PoolEntry,
    Selection,
    SelectionEntrant,
    SelectionState,
)
from careerpath.talent_pool.queries.checklists import Checklist, checklist
from careerpath.talent_pool.queries.facts import person
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import ENTRANT_STATES, LEAVINGS, OUTCOMES, READINESS, TASK_KINDS
from careerpath.words import Message, msg

PUBLISHED = frozenset({SelectionState.NOTICE, SelectionState.CONCLUDED})
"""States of a selection in which its result is public."""


class Step(NamedTuple):
    """One rung of the ladder: ``done``, ``current`` or ``later``, and when."""

    title: str
    when: Message
    state: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a reserve is to do, or did."""

    kind: Message
    text: str
    due_on: date
    done_on: date | None
    result: str
    late: bool


@dataclass(frozen=True, slots=True)
class Reserve:
    """A time in the pool. ``left`` says why it ended."""

    id: int
    code: str
    """The rung, by its code and by its name."""
    rung: str
    unit_name: str
    entered_on: date
    readiness: Message
    left_on: date | None
    left: Message | None
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Nominated:
    """A nomination for a selection; ``result`` once it is public."""

    id: int
    selection: str
    nominated_on: date
    state: Message
    result: Message | None


@dataclass(frozen=True, slots=True)
class LadderPage:
    """One person's ladder. ``first`` is what leads to the next rung, ``further`` what else is open further up.

    Without an edition in force there is neither ladder nor checklist.
    """

    head: PersonHead
    on: date
    edition: TalentPoolEdition | None
    steps: tuple[Step, ...]
    rung: str
    since: date | None
    next: Rung | None
    first: Checklist | None
    further: tuple[Checklist, ...]
    reserves: tuple[Reserve, ...]
    nominations: tuple[Nominated, ...]


def ladder_of(actor: Actor, employee_id: int) -> LadderPage:
    """One person's ladder for the office, or ``NotFound``. A fixed number of queries."""
    fetch(actor, Employee, employee_id, Permission.POOL_VIEW)
    head = person_head(actor, employee_id)
    entries = within(actor, PoolEntry.unit_id, Permission.POOL_VIEW)
    return _page(head, [entries], [within(actor, SelectionEntrant.unit_id, Permission.POOL_VIEW)])


def own_ladder(actor: Actor) -> LadderPage:
    """The actor's own ladder, or ``NotFound`` for an account without a file."""
    return _page(own_head(actor), [], [])


def steps_of(edition: TalentPoolEdition, person: Person, on: date) -> tuple[Step, ...]:
    """The rungs from the lowest, with the last time in which somebody stood on each."""
    stands = rung_on(edition, person, on)
    return tuple(_step(rung, spans_on(person, rung), stands, on) for rung in edition.rungs)


def gates_ahead(edition: TalentPoolEdition, rung: Rung | None) -> tuple[Gate | None, tuple[Gate, ...]]:
    """The gate to the next rung, and those further up: first into the pool, then to the rungs, from the lowest."""
    codes = [one.code for one in edition.rungs]
    above = codes[codes.index(rung.code) + 1 :] if rung is not None else codes
    coming = next_rung(edition, rung)
    first = edition.gate_to(coming.code, Purpose.RUNG) if coming is not None else None
    further = [
        gate
        for purpose in (Purpose.POOL, Purpose.RUNG)
        for code in above
        for gate in edition.gates
        if gate.rung == code and gate.purpose is purpose and gate is not first
    ]
    return first, tuple(further)


def _page(head: PersonHead, entries: Sequence[Any], nominations: Sequence[Any]) -> LadderPage:
    on = clock.today()
    edition = rules_or_none(on)
    reserves = _reserves(head.id, edition, on, entries)
    nominated = _nominations(head.id, nominations)
    if edition is None:
        return LadderPage(head, on, None, (), "", None, None, None, (), reserves, nominated)
    facts = person(head.id, edition)
    rung = rung_on(edition, facts, on)
    first, further = gates_ahead(edition, rung) if head.serving else (None, ())
    held = {one.code for one in reserves if one.left_on is None}
    return LadderPage(
        head=head,
        on=on,
        edition=edition,
        steps=steps_of(edition, facts, on),
        rung=rung.name if rung is not None else "",
        since=stood_since(facts, rung, on) if rung is not None else None,
        next=next_rung(edition, rung) if head.serving else None,
        first=checklist(edition, first, facts, on) if first is not None else None,
        # Who is a reserve for a rung has the conditions of that reserve behind them.
        further=tuple(
            checklist(edition, gate, facts, on)
            for gate in further
            if gate.purpose is not Purpose.POOL or gate.rung not in held
        ),
        reserves=reserves,
        nominations=nominated,
    )


def _step(rung: Rung, spans: Sequence[Span], stands: Rung | None, on: date) -> Step:
    begun = [span for span in spans if span.starts_on <= on]
    if not begun:
        return Step(rung.name, msg("由选举产生") if rung.elected else Message("—"), "later")
    last = begun[-1]
    if last.holds(on):
        state = "current" if stands is rung else "done"
        return Step(rung.name, msg("%(day)s 起", day=last.starts_on), state)
    return Step(rung.name, msg("%(first)s 至 %(last)s", first=last.starts_on, last=last.ends_on), "done")


def _reserves(
    employee_id: int, edition: TalentPoolEdition | None, on: date, conditions: Sequence[Any]
) -> tuple[Reserve, ...]:
    rows = db.session.execute(
        select(PoolEntry, Unit.short_name)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .where(PoolEntry.employee_id == employee_id, *conditions)
        .order_by(PoolEntry.entered_on.desc(), PoolEntry.id.desc())
    ).all()
    names = {rung.code: rung.name for rung in edition.rungs} if edition is not None else {}
    tasks = _tasks([entry.id for entry, _ in rows], on) if rows else {}
    return tuple(
        Reserve(
            id=entry.id,
            code=entry.rung,
            rung=names.get(entry.rung, entry.rung),
            unit_name=unit_name,
            entered_on=entry.entered_on,
            readiness=READINESS[entry.readiness],
            left_on=entry.left_on,
            left=LEAVINGS[entry.leaving] if entry.leaving is not None else None,
            tasks=tuple(tasks.get(entry.id, ())),
        )
        for entry, unit_name in rows
    )


def _tasks(entry_ids: Sequence[int], on: date) -> dict[int, list[Task]]:
    query = select(DevelopmentTask).where(DevelopmentTask.entry_id.in_(entry_ids))
    found: dict[int, list[Task]] = {}
    for one in db.session.scalars(query.order_by(DevelopmentTask.due_on, DevelopmentTask.id)):
        late = one.done_on is None and one.due_on < on
        found.setdefault(one.entry_id, []).append(
            Task(TASK_KINDS[one.kind], one.text, one.due_on, one.done_on, one.result, late)
        )
    return found


def _nominations(employee_id: int, conditions: Sequence[Any]) -> tuple[Nominated, ...]:
    rows = db.session.execute(
        select(SelectionEntrant, Selection.name, Selection.state)
        .join(Selection, Selection.id == SelectionEntrant.selection_id)
        .where(SelectionEntrant.employee_id == employee_id, *conditions)
        .order_by(SelectionEntrant.nominated_on.desc(), SelectionEntrant.id.desc())
    )
    return tuple(
        Nominated(
            id=entrant.id,
            selection=name,
            nominated_on=entrant.nominated_on,
            state=ENTRANT_STATES[entrant.state],
            # Nobody reads of a result before it is public.
            result=OUTCOMES[entrant.outcome]
            if entrant.outcome is not None and state in PUBLISHED and entrant.state is EntrantState.ADMITTED
            else None,
        )
        for entrant, name, state in rows
    )
