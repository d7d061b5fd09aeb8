"""Months that are run: the list with sums, and one month by street. Everybody sees the streets in their reach only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.jobs.models import Job
from careerpath.pay.models import PayDifference, PayRegister, PayRun
from careerpath.pay.queries.reckoning import PAY, ZERO
from careerpath.pay.queries.rules import Rules, rules_on
from careerpath.policy.codes import UnitKind
from careerpath.policy.employment import add_months
from careerpath.words import Message, NotFound, Refused, msg

RUN_JOB = "pay-run"
"""The kind of background work that reckons a month."""
RECENT_JOBS = 20


class RunState(StrEnum):
    """Where a month stands."""

    OPENED = "opened"
    """Not reckoned, or being reckoned."""
    COMPUTED = "computed"
    CONFIRMED = "confirmed"

    @property
    def word(self) -> Message:
        """As pages say it."""
        return STATE_NAMES[self]

    @property
    def kind(self) -> str:
        """The colour that pages mark it with."""
        return STATE_KINDS[self]


STATE_NAMES: dict[RunState, Message] = {
    RunState.OPENED: msg("待计算"),
    RunState.COMPUTED: msg("待确认"),
    RunState.CONFIRMED: msg("已确认"),
}
STATE_KINDS = {RunState.OPENED: "", RunState.COMPUTED: "warning", RunState.CONFIRMED: "success"}


@dataclass(frozen=True, slots=True)
class Sums:
    """What some people come to in a month, in yuan. ``lacking`` of the ``people`` are not paid."""

    people: int = 0
    lacking: int = 0
    gross: Decimal = ZERO
    back_pay: Decimal = ZERO
    deducted: Decimal = ZERO
    payable: Decimal = ZERO
    employer: Decimal = ZERO

    @property
    def paid(self) -> int:
        """The people who are paid."""
        return self.people - self.lacking

    @property
    def cost(self) -> Decimal:
        """What the employer spends."""
        return self.gross + self.back_pay + self.employer


SUMMED = ("people", "lacking", "gross", "back_pay", "deducted", "payable", "employer")


@dataclass(frozen=True, slots=True)
class EditionName:
    """An edition as pages name it."""

    title: str
    document: str
    effective_from: str
    example: bool
    note: str


@dataclass(frozen=True, slots=True)
class RunLine:
    """One month in the list, with the sums of the streets in reach."""

    id: int
    unit_name: str
    month: date
    state: RunState
    example: bool
    sums: Sums


@dataclass(frozen=True, slots=True)
class RunHead:
    """A month as every page of it names it. ``whole``: all of it lies in the actor's reach."""

    id: int
    unit_id: int
    unit_name: str
    path: str
    month: date
    state: RunState
    editions: tuple[EditionName, ...]
    components: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    computed_at: datetime | None
    computed_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    whole: bool

    @property
    def example(self) -> bool:
        """Whether some amount is one that no place has decided."""
        return any(one.example for one in self.editions)

    @property
    def confirmed(self) -> bool:
        """Whether the month stands for ever."""
        return self.state is RunState.CONFIRMED


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One street of a month."""

    id: int
    unit_name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class RunPage:
    """A month by street, what earlier months are owed with it, and what can be done now."""

    head: RunHead
    registers: Sequence[RegisterLine]
    sums: Sums
    owed_people: int
    job_id: int | None
    may_run: bool


def run_lines(actor: Actor, after: str | None = None, before: str | None = None) -> Page[RunLine]:
    """Months with streets in the actor's reach, latest first."""
    keys = [SortKey(PayRun.month, descending=True), SortKey(PayRun.id, descending=True)]
    page = keyset_page(_lines(actor), keys, lambda row: (row.month.isoformat(), row.id), after=after, before=before)
    return Page([_run_line(row) for row in page.rows], page.total, page.after, page.before)


def waiting_runs(actor: Actor) -> list[RunLine]:
    """Months that are not confirmed, with streets in the actor's reach, oldest first."""
    query = _lines(actor).where(PayRun.confirmed_at.is_(None)).order_by(PayRun.month, PayRun.id)
    return [_run_line(row) for row in db.session.execute(query)]


def run_head(actor: Actor, run_id: int, permission: Permission = Permission.PAY_VIEW) -> RunHead:
    """The head of a month of which some street is in the actor's reach, or ``NotFound``."""
    mine = select(PayRegister.run_id).where(
        PayRegister.run_id == run_id, within(actor, PayRegister.unit_id, permission)
    )
    row = db.session.execute(
        select(PayRun, Unit.short_name, Unit.path)
        .join(Unit, Unit.id == PayRun.unit_id)
        .where(PayRun.id == run_id, or_(PayRun.id.in_(mine), within(actor, PayRun.unit_id, permission)))
    ).one_or_none()
    if row is None:
        raise NotFound
    return head_of(actor, *row)


def head_of(actor: Actor, run: PayRun, unit_name: str, path: str) -> RunHead:
    """The head of a month that has been found."""
    pay, insurance = run.pay_edition, run.insurance_edition
    return RunHead(
        id=run.id,
        unit_id=run.unit_id,
        unit_name=unit_name,
        path=path,
        month=run.month,
        state=_state(run.computed_at, run.confirmed_at),
        editions=tuple(_named(one["head"]) for one in (pay, insurance)),
        components=tuple((one["code"], one["name"]) for one in pay["components"]),
        items=tuple((one["code"], one["name"]) for one in insurance["items"]),
        computed_at=run.computed_at,
        computed_by=run.computed_by,
        confirmed_at=run.confirmed_at,
        confirmed_by=run.confirmed_by,
        whole=actor.can(Permission.PAY_VIEW, path),
    )


def run_page(actor: Actor, run_id: int, permission: Permission = Permission.PAY_VIEW) -> RunPage:
    """One month, or ``NotFound``. Four queries."""
    head = run_head(actor, run_id, permission)
    registers = register_lines(actor, run_id)
    people = db.session.scalar(
        select(func.count(func.distinct(PayDifference.employee_id))).where(
            PayDifference.run_id == run_id, within(actor, PayDifference.unit_id, Permission.PAY_VIEW)
        )
    )
    job_id = None if head.state is not RunState.OPENED else _job_of(actor, run_id)
    may_run = not head.confirmed and actor.can(Permission.PAY_RUN, head.path)
    return RunPage(head, registers, total([one.sums for one in registers]), people or 0, job_id, may_run)


def register_lines(actor: Actor, run_id: int) -> list[RegisterLine]:
    """The streets of a month in the actor's reach, in the order of their codes."""
    query = (
        select(PayRegister.id, Unit.short_name, *(getattr(PayRegister, name) for name in SUMMED))
        .join(Unit, Unit.id == PayRegister.unit_id)
        .where(PayRegister.run_id == run_id, _in_reach(actor))
        .order_by(Unit.code, PayRegister.id)
    )
    rows = db.session.execute(query).all()
    return [RegisterLine(row.id, row.short_name, _sums(row)) for row in rows]


def total(parts: Sequence[Sums]) -> Sums:
    """The sum of some sums."""
    return Sums(
        sum(one.people for one in parts),
        sum(one.lacking for one in parts),
        *(sum((getattr(one, name) for one in parts), ZERO) for name in SUMMED[2:]),
    )


def units_to_run(actor: Actor) -> list[tuple[int, str]]:
    """Districts and streets that the actor may run, from the top."""
    kinds = (UnitKind.DISTRICT, *STREET_KINDS)
    query = select(Unit.id, Unit.short_name).where(within(actor, Unit.id, Permission.PAY_RUN), Unit.kind.in_(kinds))
    return [(row.id, row.short_name) for row in db.session.execute(query.order_by(func.length(Unit.path), Unit.code))]


def next_month(actor: Actor) -> date:
    """The month that is due next: the one after the last that was run, else the present one."""
    last = db.session.scalar(select(func.max(PayRun.month)).where(within(actor, PayRun.unit_id, Permission.PAY_RUN)))
    this = clock.today().replace(day=1)
    return this if last is None else min(add_months(last, 1), add_months(this, 1))


def editions_in_force(month: date) -> tuple[EditionName, ...] | Message:
    """The editions that a month would freeze now, or why there are none."""
    try:
        rules: Rules = rules_on(month)
    except Refused as refusal:
        return refusal.message
    heads = (rules.edition.head, rules.insurance.head)
    return tuple(
        EditionName(one.title, one.document, one.effective_from.isoformat(), one.example, one.note) for one in heads
    )


def _lines(actor: Actor) -> Any:
    return (
        select(
            PayRun.id,
            PayRun.month,
            PayRun.computed_at,
            PayRun.confirmed_at,
            Unit.short_name,
            *(edition["head"]["example"].as_boolean() for edition in (PayRun.pay_edition, PayRun.insurance_edition)),
            *_summed(),
        )
        .join(Unit, Unit.id == PayRun.unit_id)
        .join(PayRegister, PayRegister.run_id == PayRun.id)
        .where(_in_reach(actor))
        .group_by(PayRun.id, Unit.id)
    )


def _in_reach(actor: Actor) -> ColumnElement[bool]:
    return within(actor, PayRegister.unit_id, Permission.PAY_VIEW)


def _summed() -> list[Any]:
    return [func.sum(getattr(PayRegister, name)).label(name) for name in SUMMED]


def _sums(row: Any) -> Sums:
    return Sums(row.people, row.lacking, *(getattr(row, name) for name in SUMMED[2:]))


def _run_line(row: Any) -> RunLine:
    return RunLine(
        row.id, row.short_name, row.month, _state(row.computed_at, row.confirmed_at), bool(row[5] or row[6]), _sums(row)
    )


def _state(computed_at: datetime | None, confirmed_at: datetime | None) -> RunState:
    if confirmed_at is not None:
        return RunState.CONFIRMED
    return RunState.OPENED if computed_at is None else RunState.COMPUTED


def _named(head: Mapping[str, Any]) -> EditionName:
    document = f"{head['document']}{head.get('clause', '')}"
    return EditionName(head["title"], document, str(head["effective_from"]), head["example"], head.get("note", ""))


def _job_of(actor: Actor, run_id: int) -> int | None:
    """The actor's own latest work on a month."""
    query = select(Job.id, Job.request).where(Job.owner_id == actor.user_id, Job.kind == RUN_JOB)
    for row in db.session.execute(query.order_by(Job.id.desc()).limit(RECENT_JOBS)):
        if row.request.get("run_id") == run_id:
            return int(row.id)
    return None


SIDE_NAMES: Mapping[str, Message] = {
    PAY: msg("应发工资"),
    "employee": msg("个人扣缴"),
    "employer": msg("单位缴费"),
}
