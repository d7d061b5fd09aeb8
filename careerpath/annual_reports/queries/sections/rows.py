"""Rows of listings: records of people, and things in which units take part."""

from typing import Any

from sqlalchemy import Integer, Select, cast, null, or_, select

from careerpath.annual_reports.queries.scope import Scope
from careerpath.employees.models import Employee

NOBODY = cast(null(), Integer).label("employee_id")
"""The column of the person in the rows of a listing of things."""


def person_rows(scope: Scope, record: Any, day: Any, detail: Any, *more: Any) -> Select[*tuple[Any, ...]]:
    """Records of people, each on a day of its own and by the unit that it keeps, joined with ``Employee``."""
    return (
        select(
            record.id,
            record.employee_id,
            record.unit_id,
            day.label("on"),
            Employee.name,
            detail.label("detail"),
            *more,
        )
        .select_from(record)
        .join(Employee, Employee.id == record.employee_id)
        .where(scope.inside(record.unit_id))
    )


def thing_rows(scope: Scope, record: Any, day: Any, detail: Any, elsewhere: Any) -> Select[*tuple[Any, ...]]:
    """Things with a name, each on a day: those of the report's units, and others in which these take part.

    ``elsewhere`` gives the ids of the latter.
    """
    return select(record.id, NOBODY, record.unit_id, day.label("on"), record.name, detail.label("detail")).where(
        or_(scope.inside(record.unit_id), record.id.in_(elsewhere))
    )
