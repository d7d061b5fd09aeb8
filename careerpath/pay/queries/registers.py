"""One street's register: its lines page by page with the columns of the month's rules, and the sums at its foot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.pay.models import PayLine, PayRegister, PayRun
from careerpath.pay.queries.reckoning import ZERO
from careerpath.pay.queries.runs import RunHead, Sums, head_of
from careerpath.policy.codes import Post

MOST_LACKING = 100
"""So many names a page of a month says; the registers have all."""
LACKING = (PayLine.served > 0, PayLine.reasons_id.is_(None))
"""A line of somebody in service has reasons unless something is missing."""


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What of a register is shown: by name, initials or number; only who lacks facts, or who is paid back."""

    q: str = ""
    show: str = ""
    """``lacking``, ``back_pay`` or nothing."""


@dataclass(frozen=True, slots=True)
class PaidItem:
    """One item of a line, by code."""

    base: Decimal | None
    employee: Decimal
    employer: Decimal


@dataclass(frozen=True, slots=True)
class PayRow:
    """One person's line in a table."""

    id: int
    employee_id: int
    order: int
    number: str
    name: str
    unit_name: str
    post: str
    title: str
    tier: int | None
    level: int | None
    served: int
    components: Mapping[str, Decimal]
    items: Mapping[str, PaidItem]
    sums: Sums
    missing: Sequence[str]

    @property
    def grade(self) -> str:
        """Tier and level as they are written: 3 档 12 级."""
        tier = "" if self.tier is None else f"{self.tier}档"
        return "" if self.level is None else f"{tier}{self.level}级"

    @property
    def post_name(self) -> str:
        """The rank of the post."""
        return Post(self.post).zh if self.post else ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a register and what stands at its foot, by code."""

    components: Sequence[tuple[str, str]]
    items: Sequence[tuple[str, str]]
    component_sums: Mapping[str, Decimal] = field(default_factory=dict)
    employee_sums: Mapping[str, Decimal] = field(default_factory=dict)
    employer_sums: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One street's register of a month. ``sums`` are those of the filter."""

    id: int
    unit_id: int
    unit_name: str
    head: RunHead
    page: Page[PayRow]
    columns: Columns
    sums: Sums
    whole: Sums


def register_page(
    actor: Actor, register_id: int, wanted: LineFilter, after: str | None = None, before: str | None = None
) -> RegisterPage:
    """A register in the actor's reach, or ``NotFound``. Six queries."""
    register, head, unit_name = register_head(actor, register_id)
    query = _filtered(lines_of(actor, PayLine.register_id == register_id), wanted)
    page = keyset_page(
        query, [SortKey(PayLine.roster_order)], lambda row: (row[0].roster_order,), after=after, before=before
    )
    every = db.session.execute(_only_amounts(_filtered(_of(actor, register_id), wanted))).all()
    return RegisterPage(
        id=register.id,
        unit_id=register.unit_id,
        unit_name=unit_name,
        head=head,
        page=Page([pay_row(row) for row in page.rows], page.total, page.after, page.before),
        columns=_columns(head, every),
        sums=_sum(every),
        whole=Sums(
            register.people,
            register.lacking,
            *(getattr(register, name) for name in ("gross", "back_pay", "deducted", "payable", "employer")),
        ),
    )


def register_head(actor: Actor, register_id: int) -> tuple[PayRegister, RunHead, str]:
    """A register with the head of its month and the name of its street, or ``NotFound``."""
    register = fetch(actor, PayRegister, register_id, Permission.PAY_VIEW)
    run, unit_name, path = db.session.execute(
        select(PayRun, Unit.short_name, Unit.path)
        .join(Unit, Unit.id == PayRun.unit_id)
        .where(PayRun.id == register.run_id)
    ).one()
    street = db.session.get_one(Unit, register.unit_id)
    return register, head_of(actor, run, unit_name, path), street.short_name


def lines_of(actor: Actor, *conditions: Any) -> Any:
    """Lines in the actor's reach with the name of their unit."""
    query: Any = select(PayLine, Unit.short_name)
    return (
        query.join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(Unit, Unit.id == PayLine.unit_id)
        .where(within(actor, PayRegister.unit_id, Permission.PAY_VIEW), *conditions)
    )


def pay_rows(actor: Actor, register_id: int) -> list[PayRow]:
    """Everybody of a register in roster order, for its table on paper."""
    query = lines_of(actor, PayLine.register_id == register_id).order_by(PayLine.roster_order)
    return [pay_row(row) for row in db.session.execute(query)]


def lacking_rows(actor: Actor, run_id: int) -> list[PayRow]:
    """People of a month who are not paid, in the actor's reach, at most ``MOST_LACKING``, in the order of registers."""
    query = lines_of(actor, PayRegister.run_id == run_id, *LACKING)
    query = query.order_by(PayLine.register_id, PayLine.roster_order).limit(MOST_LACKING)
    return [pay_row(row) for row in db.session.execute(query)]


def pay_row(row: Any) -> PayRow:
    """A line and the name of its unit as a row."""
    line: PayLine = row[0]
    return PayRow(
        id=line.id,
        employee_id=line.employee_id,
        order=line.roster_order,
        number=line.number,
        name=line.name,
        unit_name=row[1],
        post=line.post,
        title=line.title,
        tier=line.tier,
        level=line.level,
        served=line.served,
        components=component_amounts(line.items),
        items={
            one["code"]: PaidItem(Decimal(one["base"]), Decimal(one["employee"]), Decimal(one["employer"]))
            for one in line.insurance
        },
        sums=Sums(1, bool(line.missing), line.gross, line.back_pay, line.deducted, line.payable, line.employer),
        missing=line.missing,
    )


def component_amounts(items: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Kept components as amounts by code."""
    found: dict[str, Decimal] = {}
    for one in items:
        found[one["code"]] = found.get(one["code"], ZERO) + Decimal(one["amount"])
    return found


def _of(actor: Actor, register_id: int) -> Any:
    return lines_of(actor, PayLine.register_id == register_id)


def _only_amounts(query: Any) -> Any:
    columns = (PayLine.gross, PayLine.back_pay, PayLine.deducted, PayLine.payable, PayLine.employer, PayLine.missing)
    return query.with_only_columns(PayLine.items, PayLine.insurance, *columns)


def _filtered(query: Any, wanted: LineFilter) -> Any:
    if wanted.q:
        like = f"%{wanted.q}%"
        initials = select(Employee.id).where(Employee.initials.like(f"{wanted.q.lower()}%"))
        query = query.where(or_(PayLine.name.like(like), PayLine.number.like(like), PayLine.employee_id.in_(initials)))
    if wanted.show == "lacking":
        query = query.where(*LACKING)
    if wanted.show == "back_pay":
        query = query.where(PayLine.back_pay != 0)
    return query


def _columns(head: RunHead, rows: Sequence[Any]) -> Columns:
    components: dict[str, Decimal] = {}
    employee: dict[str, Decimal] = {}
    employer: dict[str, Decimal] = {}
    for row in rows:
        for code, amount in component_amounts(row.items).items():
            components[code] = components.get(code, ZERO) + amount
        for one in row.insurance:
            employee[one["code"]] = employee.get(one["code"], ZERO) + Decimal(one["employee"])
            employer[one["code"]] = employer.get(one["code"], ZERO) + Decimal(one["employer"])
    return Columns(head.components, head.items, components, employee, employer)


def _sum(rows: Sequence[Any]) -> Sums:
    return Sums(
        len(rows),
        sum(bool(row.missing) for row in rows),
        *(
            sum((getattr(row, name) for row in rows), ZERO)
            for name in ("gross", "back_pay", "deducted", "payable", "employer")
        ),
    )
