"""Who serves where on a day, with no more than a report's lists ask for."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select

from careerpath.annual_reports.queries.scope import Scope
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import main_posting_on


def serving_on(scope: Scope, on: date) -> Subquery:
    """One row for everybody of the report's units in service on a day: ``id``, ``name``, ``unit_id``, ``title`` and
    ``since`` of the main post.

    The same people as in ``employees.queries.as_of.standing``, without looking for their diplomas and certificates.
    """
    return (
        select(Employee.id, Employee.name, Posting.unit_id, Posting.title, Posting.starts_on.label("since"))
        .join(Posting, and_(*main_posting_on(on)))
        .where(
            scope.inside(Posting.unit_id),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
        )
        .subquery("serving")
    )


def home_on(day: Any) -> ColumnElement[int]:
    """The unit where an ``Employee`` of the surrounding query served on a day, else the present or last home unit.

    ``day`` may be a column of the surrounding query as well.
    """
    held = select(func.max(Posting.unit_id)).where(*main_posting_on(day))
    return func.coalesce(held.correlate_except(Posting).scalar_subquery(), Employee.unit_id)
