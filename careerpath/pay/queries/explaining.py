"""Why a person's pay on a day is what it is: reckoned from what is known now, and what the month has paid."""

from datetime import date
from typing import Any

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.pay.models import PayDifference, PayLine, PayRegister, PayRun
from careerpath.pay.queries.editions import scheme_on
from careerpath.pay.queries.facts import workers_named
from careerpath.policy.pay.trial import try_pay
from careerpath.policy.reason import plain
from careerpath.words import NotFound, msg


def explained(actor: Actor | None, number: str, on: date) -> dict[str, Any]:
    """``result`` and ``because`` as the rule gives them for the file with this number, with ``person``, ``on``,
    ``edition``, ``example``, and under ``paid`` what the month of the day has paid (``None`` until it is confirmed).

    ``None`` as actor is the machine's own console, which sees everybody. Raises ``NotFound`` for a file that is absent
    or not in the actor's reach; one's own is.
    """
    query = select(Employee.id).where(Employee.number == number)
    if actor is not None:
        reach = within(actor, Employee.unit_id, Permission.PAY_VIEW)
        query = query.where(
            or_(reach, Employee.user_id == actor.user_id) if actor.has(Permission.OWN_FILE_VIEW) else reach
        )
    employee_id = db.session.scalar(query)
    if employee_id is None:
        raise NotFound(msg("没有编号为 %(number)s 的人员，或者不在您的管辖范围内。请核对编号。", number=number))
    (worker,) = workers_named([employee_id], on)
    edition = scheme_on(on)
    answer = try_pay(edition, worker.facts_on(edition, on).as_plain(), number)
    head = edition.head
    return {
        "person": number,
        "on": on.isoformat(),
        "edition": head.key,
        "example": head.example,
        **answer,
        "paid": _paid(employee_id, on.replace(day=1)),
    }


def _paid(employee_id: int, month: date) -> dict[str, Any] | None:
    line = db.session.scalars(
        select(PayLine)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(PayRun, PayRun.id == PayRegister.run_id)
        .where(PayLine.employee_id == employee_id, PayLine.month == month, PayRun.confirmed_at.is_not(None))
    ).one_or_none()
    if line is None:
        return None
    later = db.session.scalars(
        select(PayDifference)
        .join(PayRun, PayRun.id == PayDifference.run_id)
        .where(
            PayDifference.employee_id == employee_id,
            PayDifference.month == month,
            PayRun.confirmed_at.is_not(None),
        )
        .order_by(PayDifference.id)
    )
    sums = ("gross", "back_pay", "deducted", "payable", "employer")
    return {
        "month": f"{month:%Y-%m}",
        **{name: plain(getattr(line, name)) for name in sums},
        "items": line.items,
        "insurance": line.insurance,
        "missing": line.missing,
        "differences": [
            {"side": one.side, "code": one.code, "was": plain(one.was), "now": plain(one.now), "because": one.because}
            for one in later
        ],
    }
