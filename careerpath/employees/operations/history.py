"""Changes to the dated facts of a file: a fact is added, superseded or withdrawn, never overwritten."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Absence, Certificate, Education, Employee, Posting
from careerpath.employees.operations.facts import (
    KINDS,
    MODELS,
    FactKind,
    Life,
    NewAbsence,
    NewFact,
    NewPosting,
    check_absences,
    check_fact,
    check_overlap,
    given_of,
    record_of,
)
from careerpath.employees.queries.serving import main_posting_on
from careerpath.policy.codes import Certificate as CertificateGrade
from careerpath.policy.codes import Education as EducationLevel
from careerpath.policy.codes import UnitKind
from careerpath.words import Conflict, NotFound, Refused, msg

EDUCATION_RANKS = {level.value: level.rank for level in EducationLevel}
CITY_KINDS = frozenset({UnitKind.CITY, UnitKind.DISTRICT})


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day of a posting."""

    ends_on: date


@operation(Permission.EMPLOYEE_EDIT)
def add_fact(actor: Actor, employee_id: int, given: NewFact) -> int:
    """Add a fact to a file and let the derived columns follow; gives the fact's id.

    Raises ``Refused`` for contradictions, ``NotFound`` for a file or a unit that is not the actor's.
    """
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    return _add(actor, employee, given, replaced=None)


@operation(Permission.EMPLOYEE_EDIT)
def correct_fact(actor: Actor, employee_id: int, fact_id: int, given: NewFact) -> int:
    """Supersede a fact by a corrected one; gives the new one's id.

    Raises ``Conflict`` when somebody else has superseded it first.
    """
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    old = _current_fact(employee, KINDS[type(given)], fact_id, given)
    old.superseded_at = clock.now()
    return _add(actor, employee, given, replaced=old)


@operation(Permission.EMPLOYEE_EDIT)
def withdraw_fact(actor: Actor, employee_id: int, fact_id: int, kind: FactKind) -> None:
    """Withdraw a fact that was entered by mistake; it stays in the history. A file keeps one main posting at least."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    old = _current_fact(employee, kind, fact_id, None)
    if isinstance(old, Posting) and old.main and not [one for one in _postings(employee.id) if one.main and one != old]:
        raise Refused(msg("这是档案中唯一的主要任职，不能撤销。如有错误请更正；人员离开请办理离职。"))
    old.superseded_at = clock.now()
    _derive(employee, kind)


@operation(Permission.EMPLOYEE_EDIT)
def end_posting(actor: Actor, employee_id: int, fact_id: int, given: Ending) -> int:
    """End a posting on a day; gives the id of the fact that says so."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    old = _current_fact(employee, FactKind.POSTING, fact_id, None)
    if old.ends_on is not None and old.ends_on < given.ends_on:
        raise Refused(msg("这项任职已于 %(ends)s 结束，如有错误请更正。", ends=old.ends_on), field="ends_on")
    old.superseded_at = clock.now()
    return _add(actor, employee, replace(given_of(old), ends_on=given.ends_on), replaced=old)


@operation(Permission.EMPLOYEE_EDIT)
def change_post(actor: Actor, employee_id: int, given: NewPosting) -> int:
    """Move a person to another main post: the present one ends the day before. Both sides must be the actor's."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    if not given.main:
        raise Refused(msg("调整岗位登记的是主要任职；兼任职务请用“添加任职”。"), field="main")
    eve = given.starts_on - timedelta(days=1)
    for old in _postings(employee.id):
        if old.main and old.starts_on <= eve and (old.ends_on is None or old.ends_on > eve):
            old.superseded_at = clock.now()
            session_add(record_of(replace(given_of(old), ends_on=eve), employee.id, clock.now()))
    return _add(actor, employee, given, replaced=None)


@operation(Permission.POSTING_SETTLE)
def settle_postings(actor: Actor, on: date) -> int:
    """Let postings that began or ended by ``on`` take effect: the home unit follows. Gives how many files moved.

    Runs every day; running it twice changes nothing more.
    """
    query = (
        select(Employee, Posting.unit_id)
        .join(Posting, and_(*main_posting_on(on), Posting.unit_id != Employee.unit_id))
        .where(within(actor, Employee.unit_id, Permission.POSTING_SETTLE))
        .where(or_(Employee.left_on.is_(None), Employee.left_on >= on))
        .with_for_update(of=Employee)
    )
    moved = 0
    for employee, unit_id in db.session.execute(query).all():
        employee.unit_id = unit_id
        moved += 1
    return moved


def home_unit(postings: Sequence[NewPosting | Posting], on: date) -> int:
    """The unit of the main posting on a day; failing that of the last one before, or the first one after."""
    mains = sorted((one for one in postings if one.main), key=lambda one: one.starts_on)
    if not mains:
        raise Refused(msg("请至少登记一条主要任职（单位、岗位和开始日期）。"), field="starts_on")
    begun = [one for one in mains if one.starts_on <= on]
    return (begun[-1] if begun else mains[0]).unit_id


def highest_education(levels: Sequence[str]) -> str:
    """The highest of some GB/T 4658 levels; empty for none."""
    return max(levels, key=lambda level: (EDUCATION_RANKS[level], level != EducationLevel.OTHER), default="")


def highest_certificate(grades: Sequence[str]) -> str:
    """The highest of some certificates; empty for none."""
    order = [grade.value for grade in CertificateGrade]
    return max(grades, key=order.index, default="")


def check_unit(unit: Unit, given: NewPosting) -> None:
    """Refuse a posting at a city or district itself, or outside the days in which the unit exists."""
    if unit.kind in CITY_KINDS:
        raise Refused(
            msg("“%(unit)s”是市或区县，任职应登记到街道、社区、小区、网格或具体部门。", unit=unit.short_name),
            field="unit_id",
        )
    if unit.ends_on is not None and (given.ends_on or given.starts_on) > unit.ends_on:
        raise Refused(
            msg("“%(unit)s”已于 %(ends)s 撤销，请选择现有单位。", unit=unit.short_name, ends=unit.ends_on),
            field="unit_id",
        )


def _add(actor: Actor, employee: Employee, given: NewFact, replaced: Any) -> int:
    check_fact(given, Life(employee.born_on, employee.joined_community_on, employee.left_on), clock.today())
    if isinstance(given, NewPosting):
        if replaced is None or replaced.unit_id != given.unit_id:
            check_unit(fetch_unit(actor, given.unit_id, Permission.EMPLOYEE_EDIT), given)
        check_overlap(given, [given_of(one) for one in _postings(employee.id) if one is not replaced])
    if isinstance(given, NewAbsence):
        query = select(Absence.year).where(Absence.employee_id == employee.id, Absence.superseded_at.is_(None))
        check_absences([*db.session.scalars(query), given.year])
    record = record_of(given, employee.id, clock.now())
    session_add(record)
    _derive(employee, KINDS[type(given)])
    return int(record.id)


def _current_fact(employee: Employee, kind: FactKind, fact_id: int, given: NewFact | None) -> Any:
    model = MODELS[kind]
    query = select(model).where(model.id == fact_id, model.employee_id == employee.id)
    fact = db.session.scalars(query).one_or_none()
    if fact is None:
        raise NotFound
    if fact.superseded_at is not None:
        raise Conflict(
            msg("这条记录刚刚被其他人更正或撤销，请查看最新内容后再办理。"),
            typed=asdict(given) if given is not None else {},
            current=asdict(given_of(fact)),
        )
    return fact


def _postings(employee_id: int) -> Sequence[Posting]:
    query = select(Posting).where(Posting.employee_id == employee_id, Posting.superseded_at.is_(None))
    return db.session.scalars(query.order_by(Posting.starts_on, Posting.id)).all()


def _derive(employee: Employee, kind: FactKind) -> None:
    db.session.flush()
    live = {
        FactKind.EDUCATION: select(Education.level).where(
            Education.employee_id == employee.id, Education.superseded_at.is_(None)
        ),
        FactKind.CERTIFICATE: select(Certificate.grade).where(
            Certificate.employee_id == employee.id, Certificate.superseded_at.is_(None)
        ),
    }
    if kind is FactKind.POSTING:
        employee.unit_id = home_unit(_postings(employee.id), clock.today())
    elif kind is FactKind.EDUCATION:
        employee.highest_education = highest_education(db.session.scalars(live[kind]).all())
    elif kind is FactKind.CERTIFICATE:
        employee.highest_certificate = highest_certificate(db.session.scalars(live[kind]).all())
