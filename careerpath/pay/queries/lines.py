"""One person's month with the ground of every amount: for the office, and for the person once it is confirmed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.employees.queries.serving import own_employee
from careerpath.pay.models import PayDifference, PayLine, PayReasons, PayRegister, PayRun
from careerpath.pay.queries.checking import slip_code, slip_number
from careerpath.pay.queries.reckoning import EMPLOYEE, EMPLOYER, PAY, ZERO
from careerpath.pay.queries.registers import PayRow, lines_of, pay_row
from careerpath.pay.queries.runs import RunHead, Sums, head_of
from careerpath.pay.queries.said import Said, said_facts, said_reason
from careerpath.policy.pay import last_of
from careerpath.words import Message, NotFound


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """One component: what a whole month brings, what is due of it, and why."""

    code: str
    name: str
    whole: Decimal
    amount: Decimal
    because: Said | None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One insurance or the housing fund: base, both sides, and why."""

    code: str
    name: str
    base: Decimal
    employee: Decimal
    employer: Decimal
    because: Said | None


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One item of an earlier month that is paid with this one: what was paid, what is right, and why."""

    month: date
    side: str
    name: str
    was: Decimal
    now: Decimal
    because: Sequence[Said]

    @property
    def amount(self) -> Decimal:
        """What is paid more, or less."""
        return self.now - self.was

    @property
    def ground(self) -> Said | None:
        """How the right amount comes about; nothing where nothing is due any more."""
        return next((said for said in self.because if not said.is_cause), None)


@dataclass(frozen=True, slots=True)
class LinePage:
    """One person's month."""

    head: RunHead
    register_id: int
    register_name: str
    row: PayRow
    days: int
    components: Sequence[ComponentLine]
    items: Sequence[ItemLine]
    owed: Sequence[OwedLine]
    level: Sequence[Said]
    others: Sequence[Said]
    """Reasons that belong to no single amount: probation, part months, the contribution base."""
    facts: Sequence[tuple[Message, Sequence[str]]]
    own: bool
    paper_number: str
    paper_code: str
    """The number at the foot of the slip, and the code to check it by."""

    @property
    def causes(self) -> list[tuple[str, list[str]]]:
        """What became known late, each once, with the months that it concerns."""
        found: dict[str, list[str]] = {}
        for one in self.owed:
            for said in one.because:
                months = found.setdefault(said.text, []) if said.is_cause else []
                if f"{one.month:%Y-%m}" not in months:
                    months.append(f"{one.month:%Y-%m}")
        return list(found.items())

    def owed_sum(self, side: str) -> Decimal:
        """What earlier months are owed on one side."""
        return sum((one.amount for one in self.owed if one.side == side), ZERO)


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """One of one's own confirmed months in the list."""

    id: int
    month: date
    sums: Sums
    example: bool


def line_page(actor: Actor, line_id: int) -> LinePage:
    """A line in the actor's reach, or ``NotFound``. Six queries."""
    row = db.session.execute(lines_of(actor, PayLine.id == line_id)).one_or_none()
    if row is None:
        raise NotFound
    return _pages(actor, [row], own=False)[0]


def own_line_page(actor: Actor, line_id: int) -> LinePage:
    """One's own confirmed month, or ``NotFound``."""
    row = db.session.execute(
        select(PayLine, Unit.short_name)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(PayRun, PayRun.id == PayRegister.run_id)
        .join(Unit, Unit.id == PayLine.unit_id)
        .where(
            PayLine.id == line_id,
            PayLine.employee_id == _own_id(actor),
            PayRun.confirmed_at.is_not(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return _pages(actor, [row], own=True)[0]


def paid_lines(actor: Actor, *conditions: Any) -> list[LinePage]:
    """The lines of one register in the actor's reach that are paid, in roster order: five queries however many."""
    query = lines_of(actor, *conditions).order_by(PayLine.roster_order)
    rows = [row for row in db.session.execute(query) if not row[0].missing]
    return _pages(actor, rows, own=False) if rows else []


def own_months(actor: Actor, after: str | None = None, before: str | None = None) -> Page[OwnMonth]:
    """One's own confirmed months, latest first."""
    keys = [SortKey(PayLine.month, descending=True)]
    query = _confirmed(_own_id(actor))
    page = keyset_page(query, keys, lambda row: (row.month.isoformat(),), after=after, before=before)
    return Page([_own_month(row) for row in page.rows], page.total, page.after, page.before)


def last_months(employee_id: int, most: int) -> tuple[OwnMonth, ...]:
    """A person's last confirmed months, latest first. One query; the caller has made sure that they are one's own."""
    query = _confirmed(employee_id).order_by(PayLine.month.desc()).limit(most)
    return tuple(_own_month(row) for row in db.session.execute(query))


def _confirmed(employee_id: int) -> Any:
    return (
        select(
            PayLine.id,
            PayLine.month,
            PayLine.gross,
            PayLine.back_pay,
            PayLine.deducted,
            PayLine.payable,
            PayLine.employer,
            *(edition["head"]["example"].as_boolean() for edition in (PayRun.pay_edition, PayRun.insurance_edition)),
        )
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(PayRun, PayRun.id == PayRegister.run_id)
        .where(PayLine.employee_id == employee_id, PayRun.confirmed_at.is_not(None))
    )


def _own_month(row: Any) -> OwnMonth:
    return OwnMonth(row.id, row.month, Sums(1, 0, *row[2:7]), bool(row[7] or row[8]))


def _pages(actor: Actor, rows: Sequence[Any], *, own: bool) -> list[LinePage]:
    """Pages of lines of one register."""
    lines: list[PayLine] = [row[0] for row in rows]
    run, unit_name, path, register_name = _run_of(lines[0])
    head = head_of(actor, run, unit_name, path)
    reasons = _reasons_of(lines)
    owed = _owed_of(run, lines)
    return [
        _page(head, register_name, row, reasons.get(row[0].reasons_id, ()), owed.get(row[0].employee_id, ()), own)
        for row in rows
    ]


def _page(
    head: RunHead,
    register_name: str,
    row: Any,
    reasons: Sequence[Mapping[str, Any]],
    owed: Sequence[PayDifference],
    own: bool,
) -> LinePage:
    line: PayLine = row[0]
    by_rule = {one["rule"]: one for one in reasons}
    components = [
        ComponentLine(
            one["code"],
            one["name"],
            Decimal(one["whole"]),
            Decimal(one["amount"]),
            _said(by_rule.get(f"pay.component.{one['code']}")),
        )
        for one in line.items
    ]
    items = [
        ItemLine(
            one["code"],
            one["name"],
            Decimal(one["base"]),
            Decimal(one["employee"]),
            Decimal(one["employer"]),
            _said(by_rule.get(f"insurance.{one['code']}")),
        )
        for one in line.insurance
    ]
    told = {f"insurance.{one.code}" for one in items} | {"insurance.total"}
    return LinePage(
        head=head,
        register_id=line.register_id,
        register_name=register_name,
        row=pay_row(row),
        days=last_of(line.month).day,
        components=components,
        items=items,
        owed=[
            OwedLine(one.month, one.side, one.name, one.was, one.now, [said_reason(each) for each in one.because])
            for one in owed
        ],
        level=[said_reason(one) for one in line.because],
        others=[said_reason(one) for rule, one in by_rule.items() if rule not in told and ".component." not in rule],
        facts=said_facts(line.facts),
        own=own,
        paper_number=slip_number(line),
        paper_code=slip_code(line),
    )


def _reasons_of(lines: Sequence[PayLine]) -> Mapping[int | None, list[Any]]:
    wanted = {line.reasons_id for line in lines if line.reasons_id is not None}
    rows = db.session.execute(select(PayReasons.id, PayReasons.because).where(PayReasons.id.in_(wanted)))
    return {row.id: row.because for row in rows}


def _owed_of(run: PayRun, lines: Sequence[PayLine]) -> Mapping[int, list[PayDifference]]:
    query = select(PayDifference).where(PayDifference.run_id == run.id)
    if len(lines) == 1:
        query = query.where(PayDifference.employee_id == lines[0].employee_id)
    found: dict[int, list[PayDifference]] = defaultdict(list)
    for one in sorted(db.session.scalars(query), key=lambda one: (one.month, SIDES.index(one.side), one.id)):
        found[one.employee_id].append(one)
    return found


SIDES = (PAY, EMPLOYEE, EMPLOYER)


def _run_of(line: PayLine) -> tuple[PayRun, str, str, str]:
    register = db.session.get_one(PayRegister, line.register_id)
    run, unit_name, path = db.session.execute(
        select(PayRun, Unit.short_name, Unit.path)
        .join(Unit, Unit.id == PayRun.unit_id)
        .where(PayRun.id == register.run_id)
    ).one()
    return run, unit_name, path, db.session.get_one(Unit, register.unit_id).short_name


def _own_id(actor: Actor) -> int:
    """The actor's own file; 0, which is nobody's, for an account without one."""
    own = own_employee(actor)
    return 0 if own is None else own.id


def _said(reason: Mapping[str, Any] | None) -> Said | None:
    return None if reason is None else said_reason(reason)
