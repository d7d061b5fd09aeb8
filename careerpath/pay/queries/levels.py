"""One person's level: since when and by which document, what it pays on a day and why, and the next step."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, select, true

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.pay.models import Placement
from careerpath.pay.queries.dated import Approved
from careerpath.pay.queries.editions import scheme_on
from careerpath.pay.queries.facts import Worker, workers_named
from careerpath.pay.queries.reasons import ShownReason, live_reasons, shown_reasons
from careerpath.pay.queries.rounds import level_words
from careerpath.policy.pay import CAUSES, NextStep, Pay, PayEdition, level_on, next_step, pay
from careerpath.words import Message, NotFound, Refused


@dataclass(frozen=True, slots=True)
class HeldLevel:
    """One approved level of a person, with the reasons of its approval."""

    id: int
    proposal_id: int | None
    level: Message | None
    starts_on: date
    cause: Message
    document: str
    known_on: date
    superseded_on: date | None
    reasons: tuple[ShownReason, ...]


@dataclass(frozen=True, slots=True)
class LevelPage:
    """A person's level on a day. Without an edition or with something missing there are no amounts.

    ``by_rule``: the level that the rule of the day gives, where it is another one than the approved.
    """

    employee_id: int
    number: str
    name: str
    unit_name: str
    title: str
    on: date
    edition: PayEdition | None
    problem: Message | None
    held: HeldLevel | None
    history: tuple[HeldLevel, ...]
    pay: Pay | None
    reasons: tuple[ShownReason, ...]
    by_rule: Message | None
    rule_reasons: tuple[ShownReason, ...]
    step: NextStep | None

    @property
    def monthly(self) -> Decimal | None:
        """What an ordinary month brings; ``None`` where it can't be told."""
        return None if self.pay is None or self.pay.missing else self.pay.monthly


def level_page(actor: Actor, employee_id: int, on: date) -> LevelPage:
    """The level of a person in the actor's scope, or ``NotFound``. Five queries."""
    return _page(Employee.id == employee_id, within(actor, Employee.unit_id, Permission.PAY_VIEW), on)


def own_level_page(actor: Actor, on: date) -> LevelPage:
    """The actor's own level; ``NotFound`` for an account without a personnel file. Five queries."""
    if actor.user_id is None or not actor.has(Permission.OWN_FILE_VIEW):
        raise NotFound
    return _page(Employee.user_id == actor.user_id, true(), on)


def _page(wanted: ColumnElement[bool], scope: ColumnElement[bool], on: date) -> LevelPage:
    rows = db.session.execute(
        select(Employee, Placement)
        .outerjoin(Placement, Placement.employee_id == Employee.id)
        .where(wanted, scope)
        .order_by(Placement.starts_on.desc(), Placement.id.desc())
    ).all()
    if not rows:
        raise NotFound
    person = rows[0][0]
    edition, problem = _scheme(on)
    worker = workers_named([person.id], on)[0]
    home = worker.home_on(on)
    names = {} if edition is None else {one.code: one.name for one in edition.components}
    placements: list[Placement | None] = [row[1] for row in rows]
    every = [_held(one, names) for one in placements if one is not None]
    placement = worker.placement_on(on)
    held = next((one for one in every if placement is not None and one.id == placement.id), None)
    found = None if edition is None else pay(edition, worker.facts_on(edition, on), on)
    by_rule, rule_reasons, step = _by_rule(edition, worker, on, placement, names)
    return LevelPage(
        employee_id=person.id,
        number=person.number,
        name=person.name,
        unit_name="" if home is None else home.unit_name,
        title="" if home is None else home.title,
        on=on,
        edition=edition,
        problem=problem,
        held=held,
        history=tuple(every),
        pay=found,
        reasons=() if found is None else live_reasons(found.reasons, names),
        by_rule=by_rule,
        rule_reasons=rule_reasons,
        step=step,
    )


def _scheme(on: date) -> tuple[PayEdition | None, Message | None]:
    try:
        return scheme_on(on), None
    except Refused as refusal:
        return None, refusal.message


def _by_rule(
    edition: PayEdition | None, worker: Worker, on: date, placement: Approved | None, names: dict[str, str]
) -> tuple[Message | None, tuple[ShownReason, ...], NextStep | None]:
    if edition is None or edition.ladder is None:
        return None, (), None
    plainly = replace(worker.facts_on(edition, on), placed=None)
    found = level_on(edition, plainly, on)
    if found is None or pay(edition, plainly, on).missing:
        return None, (), None
    step = next_step(edition, plainly, on)
    if placement is not None and (placement.tier, placement.level) == (found.tier, found.level):
        return None, (), step
    return level_words(found.tier, found.level), live_reasons(found.reasons, names), step


def _held(one: Placement, names: dict[str, str]) -> HeldLevel:
    return HeldLevel(
        id=one.id,
        proposal_id=one.proposal_id,
        level=level_words(one.tier, one.level),
        starts_on=one.starts_on,
        cause=CAUSES[one.cause],
        document=one.document,
        known_on=one.known_at.date(),
        superseded_on=None if one.superseded_at is None else one.superseded_at.date(),
        reasons=shown_reasons(one.because, names),
    )
