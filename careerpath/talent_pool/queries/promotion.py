"""One promotion: where it stands, what may be done now, the checklist, opinions, objections and who holds the post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.homes import homes_of, place_names
from careerpath.employees.queries.serving import held_on
from careerpath.policy.talent_pool import Rung, TalentPoolEdition
from careerpath.rulebook.queries.notices import usual_last_day
from careerpath.talent_pool.models import PoolEntry, PoolObjection, Promotion, PromotionState, PromotionStep
from careerpath.talent_pool.operations.notice_days import usual_days
from careerpath.talent_pool.queries.checklists import Checklist, checklist
from careerpath.talent_pool.queries.facts import person
from careerpath.talent_pool.queries.promotion_rules import (
    gate_to,
    leads_to,
    rules_of_promotion,
    rungs_above,
    shown_items,
)
from careerpath.talent_pool.queries.promotions import STATE_KINDS, state_word
from careerpath.talent_pool.queries.rules import rules_on
from careerpath.talent_pool.queries.words import PROMOTION_STATES
from careerpath.words import Message, NotFound, msg


class PromotionAct(StrEnum):
    """What may be done to a promotion; ``PromotionPage.may`` holds those that the actor may do now."""

    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE = "approve"
    REJECT = "reject"
    OPEN_NOTICE = "open_notice"
    OBJECT = "object"
    APPOINT = "appoint"
    ELECT = "elect"


_A, _S, _P = PromotionAct, PromotionState, Permission
ACTS: Mapping[PromotionAct, tuple[Permission, frozenset[PromotionState]]] = {
    _A.EDIT: (_P.POOL_NOMINATE, frozenset({_S.PROPOSED, _S.RETURNED})),
    _A.SUBMIT: (_P.POOL_NOMINATE, frozenset({_S.PROPOSED, _S.RETURNED})),
    _A.WITHDRAW: (_P.POOL_NOMINATE, frozenset({_S.PROPOSED, _S.RETURNED, _S.SUBMITTED})),
    _A.RETURN: (_P.POOL_DECIDE, frozenset({_S.SUBMITTED})),
    _A.APPROVE: (_P.POOL_DECIDE, frozenset({_S.SUBMITTED})),
    _A.REJECT: (_P.POOL_DECIDE, frozenset({_S.SUBMITTED, _S.APPROVED, _S.NOTICE})),
    _A.OPEN_NOTICE: (_P.POOL_DECIDE, frozenset({_S.APPROVED})),
    _A.OBJECT: (_P.POOL_DECIDE, frozenset({_S.NOTICE})),
    _A.APPOINT: (_P.POOL_DECIDE, frozenset({_S.NOTICE})),
    _A.ELECT: (_P.POOL_DECIDE, frozenset({_S.APPROVED})),
}
"""The permission that an act asks for, and the states in which it is done."""

BY_APPOINTMENT = (_S.PROPOSED, _S.SUBMITTED, _S.APPROVED, _S.NOTICE, _S.CONCLUDED)
BY_ELECTION = (_S.PROPOSED, _S.SUBMITTED, _S.APPROVED, _S.CONCLUDED)


@dataclass(frozen=True, slots=True)
class PromotionStepLine:
    """One step with the opinion given at it."""

    on: date
    by: str
    word: Message
    opinion: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post of the rung at the unit now."""

    employee_id: int
    name: str
    title: str
    since: date
    own: bool
    """Whether it is the person who is to be promoted."""


@dataclass(frozen=True, slots=True)
class PromotionPage:
    """Everything that the page of a promotion shows."""

    record: Promotion
    name: str
    number: str
    unit_name: str
    street: str
    rung: Rung
    entry: PoolEntry | None
    stages: tuple[tuple[Message, Message | None, str], ...]
    steps: tuple[PromotionStepLine, ...]
    """Newest first."""
    objections: tuple[PoolObjection, ...]
    list: Checklist | None
    """As the rules find it today, while the street has it in hand."""
    kept: tuple[tuple[str, str, str], ...]
    """As it was when it was submitted: state, condition, finding."""
    basis: str
    holders: tuple[Holder, ...]
    may: frozenset[PromotionAct]
    lacking: tuple[Message, ...]
    """What an appointment waits for."""
    notice_days: tuple[date, date]
    """The usual days of a notice that begins today."""

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return state_word(self.record.state, self.record.elected)

    @property
    def state_kind(self) -> str:
        """The colour of its state."""
        return STATE_KINDS.get(self.record.state, "")


def promotion_page(actor: Actor, promotion_id: int, permission: Permission = Permission.POOL_VIEW) -> PromotionPage:
    """One promotion, or ``NotFound``. Six queries, and six for the facts while the street has it in hand."""
    query = (
        select(Promotion, Employee.name, Employee.number, Unit.short_name, Unit.path, PoolEntry)
        .join(Employee, Employee.id == Promotion.employee_id)
        .join(Unit, Unit.id == Promotion.unit_id)
        .outerjoin(PoolEntry, PoolEntry.id == Promotion.entry_id)
        .where(Promotion.id == promotion_id, within(actor, Promotion.unit_id, permission))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    promotion, name, number, unit_name, path, entry = row
    edition = rules_of_promotion(promotion)
    rung = edition.rung(promotion.rung)
    steps = db.session.scalars(
        select(PromotionStep).where(PromotionStep.promotion_id == promotion.id).order_by(PromotionStep.id)
    ).all()
    objections = db.session.scalars(
        select(PoolObjection).where(PoolObjection.promotion_id == promotion.id).order_by(PoolObjection.id)
    ).all()
    today = clock.today()
    may = acts(actor, promotion, path)
    shown = shown_items(promotion.eligibility)
    return PromotionPage(
        record=promotion,
        name=name,
        number=number,
        unit_name=unit_name,
        street=place_names([path])[path],
        rung=rung,
        entry=entry,
        stages=stages_of(promotion, steps),
        steps=tuple(
            PromotionStepLine(
                clock.office_time(one.at).date(), one.by, state_word(one.state, promotion.elected), one.opinion
            )
            for one in reversed(steps)
        ),
        objections=tuple(objections),
        list=_live(edition, promotion, today),
        kept=tuple((_state(one.holds), one.name, one.text.removeprefix(f"{one.name}：")) for one in shown),
        basis="；".join(dict.fromkeys(one.document for one in shown)),
        holders=holders_of(rung, promotion.unit_id, promotion.employee_id),
        may=may,
        lacking=_lacking(promotion, objections, today),
        notice_days=(today, usual_last_day(today, usual_days(edition))),
    )


def acts(actor: Actor, promotion: Promotion, unit_path: str) -> frozenset[PromotionAct]:
    """What the actor may do now, by state and permission; whether it is all in order is each operation's affair."""
    found = {
        act
        for act, (permission, states) in ACTS.items()
        if promotion.state in states and actor.can(permission, unit_path)
    }
    of_elections = {PromotionAct.ELECT}
    of_appointments = {PromotionAct.OPEN_NOTICE, PromotionAct.OBJECT, PromotionAct.APPOINT}
    return frozenset(found - (of_appointments if promotion.elected else of_elections))


def stages_of(
    promotion: Promotion, reached: Sequence[PromotionStep]
) -> tuple[tuple[Message, Message | None, str], ...]:
    """The steps across the top: title, when and by whom, ``done``, ``current`` or ``later``."""
    last = {one.state: one for one in reached}
    way = BY_ELECTION if promotion.elected else BY_APPOINTMENT
    ended = promotion.state in (PromotionState.FAILED, PromotionState.WITHDRAWN)
    state = PromotionState.PROPOSED if promotion.state is PromotionState.RETURNED else promotion.state
    here = len(way) if ended else way.index(state)
    found: list[tuple[Message, Message | None, str]] = []
    for place, one in enumerate(way):
        step = last.get(one)
        if ended and step is None:
            continue
        standing = "later"
        if place <= here:
            standing = "done" if place < here or one is PromotionState.CONCLUDED else "current"
        found.append((_stage_word(promotion, one), _note(step) if standing != "later" else None, standing))
    if ended:
        found.append((PROMOTION_STATES[promotion.state], _note(last.get(promotion.state)), "current"))
    return tuple(found)


def holders_of(rung: Rung, unit_id: int, employee_id: int) -> tuple[Holder, ...]:
    """Who holds a post of a rung at a unit today, so that nobody is put beside another by mistake. One query."""
    query = (
        select(Posting, Employee.name)
        .join(Employee, Employee.id == Posting.employee_id)
        .where(Posting.unit_id == unit_id, *held_on(clock.today()))
        .order_by(Posting.starts_on, Posting.id)
    )
    return tuple(
        Holder(posting.employee_id, name, posting.title, posting.starts_on, posting.employee_id == employee_id)
        for posting, name in db.session.execute(query)
        if leads_to(rung, posting.post, posting.title, posting.party_role)
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be proposed for a rung, before anything is written down."""

    employee_id: int
    name: str
    number: str
    home: str
    title: str
    unit_id: int
    """The unit of the entry that they come by, else the home unit."""
    entry: PoolEntry | None
    edition: TalentPoolEdition
    rung: Rung | None
    list: Checklist | None

    @property
    def entry_id(self) -> int | None:
        """The entry of the pool that they come by."""
        return self.entry.id if self.entry is not None else None


def candidate(actor: Actor, employee_id: int | None, rung: str, entry_id: int | None) -> Candidate:
    """Somebody with the checklist of a rung as it stands today, or ``NotFound``.

    ``employee_id`` may be left to the entry. Five queries, and six for the facts.
    """
    entry = fetch(actor, PoolEntry, entry_id, Permission.POOL_VIEW) if entry_id is not None else None
    wanted_id = employee_id if employee_id is not None else entry.employee_id if entry is not None else 0
    employee = fetch(actor, Employee, wanted_id, Permission.POOL_VIEW)
    if entry is not None and entry.employee_id != employee.id:
        raise NotFound
    today = clock.today()
    edition = rules_on(today)
    wanted = rung or (entry.rung if entry is not None else "")
    found = next((one for one in rungs_above(edition) if one.code == wanted), None)
    home = homes_of([employee.id], today)[employee.id]
    gate = gate_to(edition, found.code) if found is not None else None
    return Candidate(
        employee_id=employee.id,
        name=employee.name,
        number=employee.number,
        home=home.place,
        title=home.title,
        unit_id=entry.unit_id if entry is not None else employee.unit_id,
        entry=entry,
        edition=edition,
        rung=found,
        list=checklist(edition, gate, person(employee.id, edition), today) if gate is not None else None,
    )


def _live(edition: TalentPoolEdition, promotion: Promotion, on: date) -> Checklist | None:
    gate = gate_to(edition, promotion.rung)
    if gate is None or promotion.state not in (PromotionState.PROPOSED, PromotionState.RETURNED):
        return None
    facts = replace(person(promotion.employee_id, edition), checked=dict(promotion.checked))
    return checklist(edition, gate, facts, on)


def _lacking(promotion: Promotion, objections: Sequence[PoolObjection], on: date) -> tuple[Message, ...]:
    if promotion.state is not PromotionState.NOTICE:
        return ()
    found = []
    if promotion.notice_ends_on is not None and on <= promotion.notice_ends_on:
        found.append(msg("公示至 %(ends)s，期满后方可任职", ends=promotion.notice_ends_on))
    waiting = sum(one.answered_on is None for one in objections)
    if waiting:
        found.append(msg("%(count)s 条公示反映尚未答复", count=waiting))
    return tuple(found)


def _state(holds: bool | None) -> str:
    return "unknown" if holds is None else "met" if holds else "failed"


def _stage_word(promotion: Promotion, state: PromotionState) -> Message:
    if state is PromotionState.CONCLUDED:
        return msg("选举任职") if promotion.elected else msg("任职")
    words = {
        PromotionState.PROPOSED: msg("街道提出"),
        PromotionState.SUBMITTED: msg("上报"),
        PromotionState.APPROVED: msg("区级批准"),
        PromotionState.NOTICE: msg("任前公示"),
    }
    return words[state]


def _note(step: PromotionStep | None) -> Message | None:
    if step is None:
        return None
    return msg("%(day)s %(who)s", day=clock.office_time(step.at).date(), who=step.by)
