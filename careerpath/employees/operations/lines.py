"""Lines of the résumé and members of the family."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import CareerLine, Employee, FamilyMember
from careerpath.employees.operations.facts import check_length, checked_code
from careerpath.policy.codes import Political
from careerpath.words import Conflict, NotFound, Refused, msg


class LineKind(StrEnum):
    """The kinds of lines."""

    CAREER = "career"
    FAMILY = "family"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCareerLine:
    """A line of the résumé; open while it lasts."""

    starts_on: date
    text: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFamilyMember:
    """A member of the family, as the appointment form asks for them."""

    relation: str
    name: str
    born_on: date | None = None
    political: str = Political.MASSES.value
    work: str = ""


NewLine = NewCareerLine | NewFamilyMember

LINE_MODELS: Mapping[LineKind, type[Any]] = {LineKind.CAREER: CareerLine, LineKind.FAMILY: FamilyMember}
LINE_GIVEN: Mapping[LineKind, type[Any]] = {LineKind.CAREER: NewCareerLine, LineKind.FAMILY: NewFamilyMember}
LINE_KINDS: Mapping[type[Any], LineKind] = {given: kind for kind, given in LINE_GIVEN.items()}


@operation(Permission.EMPLOYEE_EDIT)
def add_line(actor: Actor, employee_id: int, given: NewLine) -> int:
    """Add a line to a file; gives its id."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT)
    check_line(given, clock.today())
    record = line_record(given, employee.id)
    session_add(record)
    return int(record.id)


@operation(Permission.EMPLOYEE_EDIT)
def change_line(actor: Actor, employee_id: int, line_id: int, given: NewLine, version: int) -> None:
    """Change a line. Raises ``Conflict`` when ``version`` is no longer the present one."""
    fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT)
    record = _line(employee_id, line_id, LINE_KINDS[type(given)])
    if record.version != version:
        raise Conflict(
            msg("这一行刚刚被其他人修改，请核对两份内容后再保存。"),
            typed=asdict(given),
            current=asdict(line_given(record)),
        )
    check_line(given, clock.today())
    for name, value in asdict(given).items():
        setattr(record, name, value)


@operation(Permission.EMPLOYEE_EDIT)
def remove_line(actor: Actor, employee_id: int, line_id: int, kind: LineKind) -> None:
    """Take a line away; what it said stays in the trail."""
    fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT)
    db.session.delete(_line(employee_id, line_id, kind))


def check_line(given: NewLine, on: date) -> None:
    """Refuse a line that is empty, too long or contradicts itself."""
    match given:
        case NewCareerLine():
            if not given.text.strip():
                raise Refused(msg("请填写这一时段的单位和职务。"), field="text")
            check_length(given.text, 200, "text", msg("简历内容"))
            if given.ends_on is not None and given.ends_on < given.starts_on:
                raise Refused(msg("简历的结束年月早于开始年月，请核对。"), field="ends_on")
        case NewFamilyMember():
            if not given.name.strip() or not given.relation.strip():
                raise Refused(msg("请填写称谓和姓名。"), field="name" if given.relation.strip() else "relation")
            check_length(given.relation, 20, "relation", msg("称谓"))
            check_length(given.name, 64, "name", msg("姓名"))
            check_length(given.work, 120, "work", msg("工作单位及职务"))
            checked_code(Political, given.political, "political", msg("政治面貌"))
            if given.born_on is not None and given.born_on > on:
                raise Refused(msg("出生日期晚于今天，请核对。"), field="born_on")


def line_record(given: NewLine, employee_id: int) -> Any:
    """The record that keeps a line."""
    return LINE_MODELS[LINE_KINDS[type(given)]](employee_id=employee_id, **asdict(given))


def line_given(record: CareerLine | FamilyMember) -> Any:
    """A kept line as what it would be given as."""
    kind = LineKind.CAREER if isinstance(record, CareerLine) else LineKind.FAMILY
    return LINE_GIVEN[kind](**{item.name: getattr(record, item.name) for item in fields(LINE_GIVEN[kind])})


def _line(employee_id: int, line_id: int, kind: LineKind) -> Any:
    model = LINE_MODELS[kind]
    query = select(model).where(model.id == line_id, model.employee_id == employee_id)
    record = db.session.scalars(query.with_for_update()).one_or_none()
    if record is None:
        raise NotFound
    return record
