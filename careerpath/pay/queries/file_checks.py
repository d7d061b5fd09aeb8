"""What a file may lack for pay: an approved level, or one of the present post."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from careerpath.access.permissions import Permission
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.file_checks import FileCheck, Weight
from careerpath.employees.queries.serving import main_posting_on
from careerpath.pay.models import Placement
from careerpath.words import msg


def _no_level(on: date) -> ColumnElement[bool]:
    return ~exists().where(
        Placement.employee_id == Employee.id, Placement.superseded_at.is_(None), Placement.starts_on <= on
    )


def _level_of_another_post(on: date) -> ColumnElement[bool]:
    later = aliased(Placement)
    last = ~exists().where(
        later.employee_id == Placement.employee_id,
        later.superseded_at.is_(None),
        later.starts_on <= on,
        or_(
            later.starts_on > Placement.starts_on,
            and_(later.starts_on == Placement.starts_on, later.id > Placement.id),
        ),
    )
    return exists().where(
        Placement.employee_id == Employee.id,
        Placement.superseded_at.is_(None),
        Placement.starts_on <= on,
        last,
        *main_posting_on(on),
        Posting.post != Placement.post,
    )


PAY_CHECKS = (
    FileCheck(
        "no_level",
        msg("未核定工资等级"),
        msg("没有批准的等级，不能核发工资。"),
        Weight.MISSING,
        _no_level,
        endpoint="pay.person_level",
        permission=Permission.PAY_VIEW,
    ),
    FileCheck(
        "level_of_another_post",
        msg("等级与现任职务不符"),
        msg("现行等级是按另一职务核定的，任职变动后没有重新套级。"),
        Weight.WRONG,
        _level_of_another_post,
        endpoint="pay.person_level",
        permission=Permission.PAY_VIEW,
    ),
)
"""For the page of file checks; who may not see pay does not see them."""
