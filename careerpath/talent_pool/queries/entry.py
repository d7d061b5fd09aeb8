"""One time in the pool: the facts one looks for, tasks, reviews, proposals, what the target rung asks, and the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of
from careerpath.policy.employment import age_on
from careerpath.policy.talent_pool import Entry, Purpose, TalentPoolEdition, next_review
from careerpath.policy.talent_pool.ladder import rung_on
from careerpath.talent_pool.models import (
    DevelopmentTask,
    PoolEntry,
    PoolProposal,
    PoolReview,
    ProposalState,
    Proposed,
    Selection,
)
from careerpath.talent_pool.queries.checklists import Checklist, checklist
from careerpath.talent_pool.queries.facts import persons
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import LEAVINGS, READINESS, TASK_KINDS
from careerpath.words import Message, NotFound, msg


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Everything of one entry that its page shows; ``may_*`` say what the reader may do."""

    record: PoolEntry
    name: str
    number: str
    age: int
    in_service: bool
    home: str
    may_see_file: bool
    unit_name: str
    rung: str
    own_rung: str
    edition: TalentPoolEdition | None
    selection: tuple[int, str] | None
    tasks: Sequence[DevelopmentTask]
    reviews: Sequence[PoolReview]
    proposals: Sequence[PoolProposal]
    """Proposals for this entry to end that wait."""
    checklist: Checklist | None
    """What the rung asks that the reserve is for; none where the edition has no such gate."""
    review_on: date | None
    today: date
    may_develop: bool
    may_decide: bool

    @property
    def way(self) -> list[tuple[date, Message]]:
        """What happened, newest first."""
        entry = self.record
        by = msg("由“%(name)s”入选", name=self.selection[1]) if self.selection else msg("入库")
        found = [(entry.entered_on, msg("%(by)s %(document)s", by=by, document=entry.document))]
        for review in self.reviews:
            result = msg("合格") if review.passed else msg("不合格")
            found.append((review.on, msg("年度评估%(result)s，%(readiness)s", result=result,
                                         readiness=READINESS[review.readiness])))  # fmt: skip
        for task in self.tasks:
            if task.done_on is not None:
                told = {"kind": TASK_KINDS[task.kind], "text": task.text}
                found.append((task.done_on, msg("完成%(kind)s：%(text)s", **told)))
        if entry.left_on is not None and entry.leaving is not None:
            why = LEAVINGS[entry.leaving]
            found.append((entry.left_on, msg("出库：%(why)s %(document)s", why=why, document=entry.left_document)))
        return sorted(found, key=lambda one: one[0], reverse=True)


def entry_page(actor: Actor, entry_id: int) -> EntryPage:
    """One entry of the actor's units, or ``NotFound``. Eight queries, and six for the checklist."""
    today = clock.today()
    query = (
        select(PoolEntry, Employee, Unit, Selection.name)
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .outerjoin(Selection, Selection.id == PoolEntry.selection_id)
        .where(PoolEntry.id == entry_id, within(actor, PoolEntry.unit_id, Permission.POOL_VIEW))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    entry, employee, unit, selection = found
    edition = rules_or_none(today)
    home = homes_of([employee.id], today)[employee.id]
    reviews = db.session.scalars(
        select(PoolReview).where(PoolReview.entry_id == entry.id).order_by(PoolReview.on.desc())
    ).all()
    tasks = db.session.scalars(
        select(DevelopmentTask)
        .where(DevelopmentTask.entry_id == entry.id)
        .order_by(DevelopmentTask.done_on.is_not(None), DevelopmentTask.due_on, DevelopmentTask.id)
    ).all()
    proposals = db.session.scalars(
        select(PoolProposal)
        .where(
            PoolProposal.entry_id == entry.id,
            PoolProposal.proposed == Proposed.EXIT,
            PoolProposal.state == ProposalState.OPEN,
        )
        .order_by(PoolProposal.since)
    ).all()
    asked, own = _asked(entry, edition, today)
    return EntryPage(
        record=entry,
        name=employee.name,
        number=employee.number,
        age=age_on(employee.born_on, today),
        in_service=home.in_service,
        home=home.name,
        may_see_file=actor.can(Permission.EMPLOYEE_VIEW, home.unit_path),
        unit_name=unit.short_name,
        rung=rung_names(edition, [entry.rung])[entry.rung],
        own_rung=own,
        edition=edition,
        selection=(entry.selection_id, selection) if entry.selection_id is not None else None,
        tasks=tasks,
        reviews=reviews,
        proposals=proposals,
        checklist=asked,
        review_on=_review_on(entry, edition, reviews),
        today=today,
        may_develop=entry.left_on is None and actor.can(Permission.POOL_NOMINATE, unit.path),
        may_decide=actor.can(Permission.POOL_DECIDE, unit.path),
    )


def _asked(entry: PoolEntry, edition: TalentPoolEdition | None, on: date) -> tuple[Checklist | None, str]:
    """The checklist of the target rung, and the name of the rung that the person stands on."""
    if edition is None:
        return None, ""
    known = persons([entry.employee_id], edition, honours=bool(edition.extras))[entry.employee_id]
    own = rung_on(edition, known, on)
    gate = edition.gate_to(entry.rung, Purpose.RUNG)
    asked = checklist(edition, gate, known, on) if gate is not None and entry.left_on is None else None
    return asked, own.name if own is not None else ""


def _review_on(entry: PoolEntry, edition: TalentPoolEdition | None, reviews: Sequence[PoolReview]) -> date | None:
    if edition is None or entry.left_on is not None:
        return None
    return next_review(edition, Entry(entry.rung, entry.entered_on, {one.on: one.passed for one in reviews}))


@dataclass(frozen=True, slots=True)
class EntryHead:
    """What forms about an entry say above their fields."""

    record: PoolEntry
    name: str
    unit_name: str


def entry_head(actor: Actor, entry_id: int, permission: Permission) -> EntryHead:
    """The head of an entry of the actor's units, or ``NotFound``. One query."""
    return _head(actor, PoolEntry.id == entry_id, permission)


def task_head(actor: Actor, task_id: int) -> tuple[DevelopmentTask, EntryHead]:
    """A task with the head of its entry, or ``NotFound``. Two queries."""
    entry = PoolEntry.id.in_(select(DevelopmentTask.entry_id).where(DevelopmentTask.id == task_id))
    head = _head(actor, entry, Permission.POOL_NOMINATE)
    return db.session.get_one(DevelopmentTask, task_id), head


def review_head(actor: Actor, review_id: int) -> EntryHead:
    """The head of the entry that a review is of, or ``NotFound``. One query."""
    entry = PoolEntry.id.in_(select(PoolReview.entry_id).where(PoolReview.id == review_id))
    return _head(actor, entry, Permission.POOL_NOMINATE)


def _head(actor: Actor, meant: ColumnElement[bool], permission: Permission) -> EntryHead:
    query = (
        select(PoolEntry, Employee.name, Unit.short_name)
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .where(meant, within(actor, PoolEntry.unit_id, permission))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return EntryHead(found[0], found[1], found[2])
