"""干部任免审批表: the further particulars of a person, what is taken over from a .lrmx, the form with its number."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core.db import db
from careerpath.employees.models import CareerLine, Employee, FamilyMember
from careerpath.employees.operations.details import details_of
from careerpath.employees.operations.facts import check_length
from careerpath.employees.operations.lines import (
    LineKind,
    NewCareerLine,
    NewFamilyMember,
    add_line,
    remove_line,
)
from careerpath.employees.operations.papers import read_reason, set_photo
from careerpath.employees.operations.people import change_employee
from careerpath.policy import codes
from careerpath.policy.codes.code import read_code
from careerpath.talent_pool.models import CadreSheet
from careerpath.talent_pool.queries.cadre_comparison import Taken, compare_lrmx, lrmx_of_person, party_month
from careerpath.talent_pool.sheets.lrmx import LrmxPerson, LrmxRelative
from careerpath.talent_pool.sheets.resume import read_resume
from careerpath.words import Conflict, Message, Refused, msg

MOST_REWARDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class CadreGiven:
    """The further particulars; empty is empty."""

    birth_place: str = ""
    health: str = ""
    technical_post: str = ""
    speciality: str = ""
    rewards: str = ""


LIMITS: dict[str, tuple[int, Message]] = {
    "birth_place": (80, msg("出生地")),
    "health": (40, msg("健康状况")),
    "technical_post": (80, msg("专业技术职务")),
    "speciality": (120, msg("熟悉专业有何专长")),
    "rewards": (MOST_REWARDS, msg("奖惩情况")),
}


@operation(Permission.EMPLOYEE_EDIT)
def keep_cadre_sheet(actor: Actor, employee_id: int, given: CadreGiven, version: int) -> None:
    """Keep the further particulars of a person; ``version`` is the one that was looked at, 0 where there was none."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    values = {name: str(value).strip() for name, value in asdict(given).items()}
    for name, (most, what) in LIMITS.items():
        check_length(values[name], most, name, what)
    sheet = _sheet(employee.id)
    if (sheet.version if sheet is not None else 0) != version:
        raise Conflict(
            msg("“%(name)s”的任免审批表信息刚刚被其他人修改，请核对两份内容后再保存。", name=employee.name),
            typed=values,
            current=asdict(sheet_given(sheet)),
        )
    if sheet is None:
        session_add(CadreSheet(employee_id=employee.id, **values))
        return
    for name, value in values.items():
        setattr(sheet, name, value)


@operation(Permission.EMPLOYEE_EDIT)
def take_over_lrmx(actor: Actor, employee_id: int, body: bytes, chosen: Collection[str]) -> int:
    """Take what is chosen from a file into the personnel file, all or nothing; gives how many things.

    ``chosen`` are codes of ``Taken``. Résumé and family are replaced as a whole; a month in the file leaves the day of
    our own date alone where both name the same month. Raises ``Refused`` where nothing of it can be taken over.
    """
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    known = compare_lrmx(actor, employee_id, body).takeable
    wanted = {Taken(code) for code in chosen if code in known}
    if not wanted:
        raise Refused(msg("请选择要采用的内容；与档案一致的内容无需采用。"), field="chosen")
    theirs = lrmx_of_person(actor, employee_id, body)
    _take_details(actor, employee, theirs, wanted)
    _take_sheet(actor, employee.id, theirs, wanted)
    if Taken.RESUME in wanted:
        _replace(actor, employee.id, LineKind.CAREER, [
            NewCareerLine(starts_on=one.starts_on, ends_on=one.ends_on, text=one.text)
            for one in read_resume(theirs.resume)
        ])  # fmt: skip
    if Taken.FAMILY in wanted:
        _replace(actor, employee.id, LineKind.FAMILY, [_member(one) for one in theirs.family])
    if Taken.PHOTO in wanted:
        set_photo(actor, employee.id, theirs.photo)
    return len(wanted)


@operation(Permission.IDENTITY_REVEAL)
def permit_full_lrmx(actor: Actor, employee_id: int, reason: str) -> None:
    """Let a .lrmx be given out with the identity number; whose and why stays in the trail by the file's number."""
    employee = fetch(actor, Employee, employee_id, Permission.IDENTITY_REVEAL)
    audit.note(f"{employee.number}：{read_reason(reason)}")


def sheet_given(sheet: CadreSheet | None) -> CadreGiven:
    """The further particulars as they would be given."""
    if sheet is None:
        return CadreGiven()
    return CadreGiven(**{item.name: getattr(sheet, item.name) for item in fields(CadreGiven)})


def _sheet(employee_id: int) -> CadreSheet | None:
    return db.session.scalars(select(CadreSheet).where(CadreSheet.employee_id == employee_id)).one_or_none()


def _take_details(actor: Actor, employee: Employee, theirs: LrmxPerson, wanted: set[Taken]) -> None:
    changes: dict[str, Any] = {}
    if Taken.ETHNIC in wanted:
        ethnic = read_code(codes.Ethnic, theirs.ethnic)
        changes["ethnic"] = ethnic.value if ethnic is not None else employee.ethnic
    if Taken.NATIVE_PLACE in wanted:
        changes["native_place"] = theirs.native_place
    if Taken.JOINED_PARTY in wanted:
        changes["political_since"] = party_month(theirs.joined_party)
    if Taken.JOINED_WORK in wanted:
        changes["joined_work_on"] = theirs.joined_work_on
    if changes:
        change_employee(actor, employee.id, replace(details_of(employee), **changes), employee.version)


def _take_sheet(actor: Actor, employee_id: int, theirs: LrmxPerson, wanted: set[Taken]) -> None:
    changes = {item.name: getattr(theirs, item.name) for item in fields(CadreGiven) if item.name in wanted}
    if changes:
        sheet = _sheet(employee_id)
        given = replace(sheet_given(sheet), **changes)
        keep_cadre_sheet(actor, employee_id, given, sheet.version if sheet is not None else 0)


def _replace(actor: Actor, employee_id: int, kind: LineKind, lines: list[Any]) -> None:
    model: Any = CareerLine if kind is LineKind.CAREER else FamilyMember
    for line_id in db.session.scalars(select(model.id).where(model.employee_id == employee_id)).all():
        remove_line(actor, employee_id, line_id, kind)
    for line in lines:
        add_line(actor, employee_id, line)


def _member(one: LrmxRelative) -> NewFamilyMember:
    political = read_code(codes.Political, one.political or codes.Political.MASSES)
    if political is None:
        raise Refused(
            msg("家庭成员“%(name)s”的政治面貌“%(text)s”无法识别，请在文件中改正。", name=one.name, text=one.political),
            field="chosen",
        )
    return NewFamilyMember(
        relation=one.relation, name=one.name, born_on=one.born_on, political=political.value, work=one.work
    )
