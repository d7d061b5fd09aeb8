"""Who counts as trained in a year, as a query: for shares over many people."""

from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, func, select, type_coerce

from careerpath.policy.training import Tier, TrainingEdition
from careerpath.training.models import ClassState, Enrolment, EnrolmentState, TrainingClass


def trained_in(edition: TrainingEdition, year: int, on: date) -> Select[Any]:
    """The ids of people trained in a year as known on a day: what ``policy.training.is_trained`` says, added up.

    Nobody where the edition names no target.
    """
    rule = edition.target
    tiers = [tier for tier in Tier if rule is not None and tier.rank >= rule.lowest.rank]
    # Kept as hundredths, reckoned in thousandths: whole numbers on both databases.
    taught, days = type_coerce(Enrolment.hours, Integer), type_coerce(Enrolment.days, Integer)
    hours = func.sum(func.coalesce(func.nullif(taught, 0) * 10, days * int(edition.hours_per_day * 10), 0))
    return (
        select(Enrolment.employee_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.state == EnrolmentState.ATTENDED,
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.tier.in_(tiers),
            TrainingClass.ends_on.between(date(year, 1, 1), min(date(year, 12, 31), on)),
        )
        .group_by(Enrolment.employee_id)
        .having(hours >= (int(rule.least_hours * 1000) if rule is not None else 0))
    )
