"""Degree courses beside the work that the employer supports: agreed, paid, finished or given up."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.policy.codes import Education
from careerpath.training.models import DegreeStudy, StudyState
from careerpath.training.operations.steps import own_file, read_text
from careerpath.training.queries.words import STUDY_STATES
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_SCHOOL = 80
LONGEST_SUPPORT = 200
LONGEST_NOTE = 200
MOST_AMOUNT = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class StudyGiven:
    """Where somebody studies what, to which diploma (GB/T 4658), until when, and what the employer gives, in yuan."""

    level: str
    school: str
    major: str
    starts_on: date
    expected_on: date
    support: str = ""
    amount: Decimal | None = None
    note: str = ""


@operation(Permission.TRAINING_HOLD)
def support_study(actor: Actor, employee_id: int, given: StudyGiven) -> int:
    """Keep a course of study; gives its id. Nobody studies at one school for one diploma twice at a time."""
    employee = fetch(actor, Employee, employee_id, Permission.TRAINING_HOLD, lock=True)
    study = _made(employee, given, None)
    session_add(study)
    return study.id


@operation(Permission.OWN_GROWTH)
def register_own_study(actor: Actor, given: StudyGiven) -> int:
    """Register one's own course of study: what the employer gives is for the office to say."""
    study = _made(own_file(actor), replace(given, support="", amount=None), None)
    session_add(study)
    return study.id


@operation(Permission.TRAINING_HOLD)
def change_study(actor: Actor, study_id: int, given: StudyGiven, version: int) -> None:
    """Change a course of study that goes on. Raises ``Conflict`` when ``version`` is no longer the present one."""
    study, employee = _study(actor, study_id)
    if study.version != version:
        typed = asdict(given)
        current = {name: getattr(study, name) for name in typed}
        raise Conflict(msg("这项学历教育刚刚被其他人修改，请核对后重新提交。"), typed=typed, current=current)
    _check_going_on(study)
    made = _made(employee, given, study)
    for name in asdict(given):
        setattr(study, name, getattr(made, name))


@operation(Permission.TRAINING_HOLD)
def mark_study_paid(actor: Actor, study_id: int, paid: bool) -> None:
    """Keep whether the employer's part has been paid."""
    study, _ = _study(actor, study_id)
    if paid and study.amount is None:
        raise Refused(msg("还没有填写资助金额，请先修改后再登记拨付。"), field="amount")
    study.paid = paid


@operation(Permission.TRAINING_HOLD)
def finish_study(actor: Actor, study_id: int, ended_on: date, education: NewEducation | None = None) -> None:
    """Keep that somebody finished a course of study, and enter the diploma in the file where it is given."""
    study, employee = _study(actor, study_id)
    _check_going_on(study)
    _check_end(study, ended_on)
    study.state, study.ended_on = StudyState.FINISHED, ended_on
    if education is not None:
        study.education_id = add_fact(actor, employee.id, education)


@operation(Permission.TRAINING_HOLD)
def give_up_study(actor: Actor, study_id: int, ended_on: date, reason: str) -> None:
    """Keep that somebody gave a course of study up, and why."""
    study, _ = _study(actor, study_id)
    _check_going_on(study)
    _check_end(study, ended_on)
    study.state, study.ended_on, study.note = StudyState.GIVEN_UP, ended_on, read_reason(reason)


@operation(Permission.TRAINING_HOLD)
def reopen_study(actor: Actor, study_id: int) -> None:
    """Take an end back. A diploma that was entered stays in the file until it is withdrawn there."""
    study, _ = _study(actor, study_id)
    if study.state is StudyState.STUDYING:
        raise Refused(msg("这项学历教育仍在读。"))
    study.state, study.ended_on, study.education_id = StudyState.STUDYING, None, None


@operation(Permission.TRAINING_HOLD)
def drop_study(actor: Actor, study_id: int) -> None:
    """Remove a course of study entered by mistake, as long as it goes on and nothing was paid."""
    study, _ = _study(actor, study_id)
    _check_going_on(study)
    if study.paid:
        raise Refused(msg("已登记拨付资助，不能删除。如登记有误请先撤销拨付。"))
    db.session.delete(study)


def _study(actor: Actor, study_id: int) -> tuple[DegreeStudy, Employee]:
    """A course of study of a person of the actor's, locked; ``NotFound`` for any other."""
    query = (
        select(DegreeStudy, Employee)
        .join(Employee, Employee.id == DegreeStudy.employee_id)
        .where(DegreeStudy.id == study_id, within(actor, Employee.unit_id, Permission.TRAINING_HOLD))
        .with_for_update(of=DegreeStudy)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def _check_going_on(study: DegreeStudy) -> None:
    if study.state is not StudyState.STUDYING:
        raise Refused(msg("这项学历教育已登记为“%(state)s”，如有错误请先撤销。", state=STUDY_STATES[study.state]))


def _check_end(study: DegreeStudy, ended_on: date) -> None:
    if ended_on > clock.today():
        raise Refused(msg("日期 %(on)s 晚于今天，请核对。", on=ended_on), field="ended_on")
    if ended_on < study.starts_on:
        raise Refused(msg("日期早于入学日期 %(on)s，请核对。", on=study.starts_on), field="ended_on")


def _made(employee: Employee, given: StudyGiven, former: DegreeStudy | None) -> DegreeStudy:
    if given.level not in {level.value for level in Education}:
        raise Refused(msg("学历“%(level)s”不存在，请从列表中选择。", level=given.level), field="level")
    school = read_text(given.school, LONGEST_SCHOOL, "school")
    if not school:
        raise Refused(msg("请填写就读院校。"), field="school")
    if given.starts_on > clock.today():
        raise Refused(msg("入学日期 %(on)s 晚于今天，请在入学后登记。", on=given.starts_on), field="starts_on")
    if given.expected_on < given.starts_on:
        raise Refused(msg("预计毕业日期早于入学日期，请核对。"), field="expected_on")
    if employee.left_on is not None and employee.left_on < given.starts_on:
        raise Refused(msg("此人已于 %(left)s 离职，不能再登记。", left=employee.left_on), field="starts_on")
    if given.amount is not None and not 0 <= given.amount <= MOST_AMOUNT:
        raise Refused(msg("资助金额应在 0 至 %(most)s 元之间。", most=MOST_AMOUNT), field="amount")
    query = select(DegreeStudy.id).where(
        DegreeStudy.employee_id == employee.id,
        DegreeStudy.state == StudyState.STUDYING,
        DegreeStudy.level == given.level,
    )
    if [one for one in db.session.scalars(query) if former is None or one != former.id]:
        raise Refused(msg("此人已有一项同一学历的在读登记，请核对。"), field="level")
    return DegreeStudy(
        employee_id=employee.id,
        level=given.level,
        school=school,
        major=read_text(given.major, LONGEST_SCHOOL, "major"),
        starts_on=given.starts_on,
        expected_on=given.expected_on,
        support=read_text(given.support, LONGEST_SUPPORT, "support"),
        amount=given.amount,
        note=read_text(given.note, LONGEST_NOTE, "note"),
    )
