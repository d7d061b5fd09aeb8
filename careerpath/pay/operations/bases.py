"""Declared contribution bases: one holds from its day until the next one begins; a wrong one is superseded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.pay.models import ContributionBase
from careerpath.policy.employment import add_months
from careerpath.words import Conflict, NotFound, Refused, msg

MOST = Decimal(1_000_000)
"""No monthly wage is larger, in yuan."""
CENT = Decimal("0.01")
MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class NewBase:
    """A declared base, yuan a month, from the first day of a month on."""

    starts_on: date
    amount: Decimal


@operation(Permission.PAY_PROPOSE)
def declare_base(actor: Actor, employee_id: int, given: NewBase) -> int:
    """Keep a declared base; gives its id. Refuses a second one from the same day: that is a correction."""
    employee = fetch(actor, Employee, employee_id, Permission.PAY_PROPOSE, lock=True)
    return _keep(employee, given, replaced=None)


@operation(Permission.PAY_PROPOSE)
def correct_base(actor: Actor, employee_id: int, base_id: int, given: NewBase) -> int:
    """Supersede a base by a corrected one; gives the new one's id. ``Conflict`` where somebody else was first."""
    employee = fetch(actor, Employee, employee_id, Permission.PAY_PROPOSE, lock=True)
    old = _current(employee, base_id, given)
    old.superseded_at = clock.now()
    return _keep(employee, given, replaced=old)


@operation(Permission.PAY_PROPOSE)
def withdraw_base(actor: Actor, employee_id: int, base_id: int) -> None:
    """Withdraw a base that was entered by mistake; the one before holds again."""
    employee = fetch(actor, Employee, employee_id, Permission.PAY_PROPOSE, lock=True)
    _current(employee, base_id, None).superseded_at = clock.now()


def _keep(employee: Employee, given: NewBase, replaced: ContributionBase | None) -> int:
    check_base(employee, given)
    same = select(ContributionBase.id).where(
        ContributionBase.employee_id == employee.id,
        ContributionBase.starts_on == given.starts_on,
        ContributionBase.superseded_at.is_(None),
    )
    if replaced is not None:
        same = same.where(ContributionBase.id != replaced.id)
    if db.session.scalar(same) is not None:
        raise Refused(
            msg("%(day)s 起的缴费基数已经登记，如有错误请更正原来的一条。", day=given.starts_on), field="starts_on"
        )
    base = ContributionBase(
        employee_id=employee.id,
        known_at=clock.now(),
        superseded_at=None,
        starts_on=given.starts_on,
        amount=given.amount,
    )
    session_add(base)
    return base.id


def check_base(employee: Employee, given: NewBase) -> None:
    """Refuse a base that cannot be: no first of a month, after the end of service, too far ahead, no amount."""
    if given.starts_on.day != 1:
        raise Refused(msg("缴费基数按月执行，起始日期应为某月 1 日。"), field="starts_on")
    if employee.left_on is not None and given.starts_on > employee.left_on:
        raise Refused(msg("此人已于 %(left)s 离职，起始日期应在离职之前。", left=employee.left_on), field="starts_on")
    if given.starts_on > add_months(clock.today(), MONTHS_AHEAD):
        raise Refused(msg("起始日期在一年以后，请核对。"), field="starts_on")
    if not (given.amount.is_finite() and 0 < given.amount <= MOST):
        raise Refused(msg("缴费基数应大于 0、不超过 %(most)s 元，请核对。", most=MOST), field="amount")
    if given.amount != given.amount.quantize(CENT):
        raise Refused(msg("缴费基数最多两位小数。"), field="amount")


def _current(employee: Employee, base_id: int, given: NewBase | None) -> ContributionBase:
    query = select(ContributionBase).where(ContributionBase.id == base_id, ContributionBase.employee_id == employee.id)
    base = db.session.scalars(query).one_or_none()
    if base is None:
        raise NotFound
    if base.superseded_at is not None:
        raise Conflict(
            msg("这条记录刚刚被其他人更正或撤销，请查看最新内容后再办理。"),
            typed={} if given is None else {"starts_on": given.starts_on, "amount": given.amount},
            current={"starts_on": base.starts_on, "amount": base.amount},
        )
    return base
