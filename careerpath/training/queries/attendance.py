"""What people took part in: the courses that count, from classes that are closed."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from careerpath.core.db import db
from careerpath.policy.training import Attended
from careerpath.training.models import ClassState, Enrolment, EnrolmentState, TrainingClass

ZERO = Decimal(0)


def attended_of(employee_ids: Iterable[int] | Select[Any], year: int | None, on: date) -> dict[int, list[Attended]]:
    """The courses that people took part in, by person and oldest first, as they count on a day. One query.

    ``employee_ids`` are ids or a select of them; who took part in nothing is missing. A class counts on its last day,
    once it is closed; with ``year`` those of that year alone. Somebody who begins in January was trained in December:
    whoever asks about the days before a first working day asks without a year.
    """
    ids = employee_ids if isinstance(employee_ids, Select) else sorted(set(employee_ids))
    query = (
        select(Enrolment.employee_id, TrainingClass.ends_on, TrainingClass.tier, Enrolment.hours, Enrolment.days)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.employee_id.in_(ids),
            Enrolment.state == EnrolmentState.ATTENDED,
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.ends_on <= on,
        )
    )
    if year is not None:
        query = query.where(TrainingClass.ends_on.between(date(year, 1, 1), date(year, 12, 31)))
    found: dict[int, list[Attended]] = {}
    for employee_id, ends_on, tier, hours, days in db.session.execute(
        query.order_by(TrainingClass.ends_on, TrainingClass.id)
    ):
        found.setdefault(employee_id, []).append(Attended(ends_on, tier, hours or ZERO, days))
    return found
