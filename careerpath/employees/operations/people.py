"""People: registering a file, changing what stands on its first page, ending service."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import RoleGrant, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.vault import vault
from careerpath.employees.models import (
    Employee,
    Posting,
)
from careerpath.employees.operations.details import (
    Details,
    Read,
    apply_details,
    check_identity_free,
    details_of,
    read_details,
)
from careerpath.employees.operations.facts import (
    Life,
    NewAbsence,
    NewCertificate,
    NewContract,
    NewDiscipline,
    NewEducation,
    NewFact,
    NewHonour,
    NewPosting,
    check_absences,
    check_fact,
    check_overlap,
    given_of,
    record_of,
)
from careerpath.employees.operations.history import check_unit, highest_certificate, highest_education, home_unit
from careerpath.employees.operations.numbers import Numbers, read_number
from careerpath.words import Conflict, NotFound, Refused, Unmet, msg

R = TypeVar("R")

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEmployee:
    """A new file: the first page, at least one main posting, and whatever other facts are known."""

    details: Details
    postings: tuple[NewPosting, ...]
    educations: tuple[NewEducation, ...] = ()
    certificates: tuple[NewCertificate, ...] = ()
    contracts: tuple[NewContract, ...] = ()
    disciplines: tuple[NewDiscipline, ...] = ()
    absences: tuple[NewAbsence, ...] = ()
    honours: tuple[NewHonour, ...] = ()

    def facts(self) -> Iterator[NewFact]:
        """All facts, postings first."""
        yield from self.postings
        yield from self.educations
        yield from self.certificates
        yield from self.contracts
        yield from self.disciplines
        yield from self.absences
        yield from self.honours


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfService:
    """The last day of service and why: 辞职, 退休, 合同期满, 转入事业编制."""

    left_on: date
    reason: str


class RowRefused(Refused):
    """A refusal within many: ``row`` counts from 0 in what was given. ``why`` is what the row alone would have met."""

    def __init__(self, row: int, why: Unmet) -> None:
        super().__init__(why.message, field=why.field)
        self.row = row
        self.why = why


@operation(Permission.EMPLOYEE_EDIT)
def register_employee(actor: Actor, given: NewEmployee) -> int:
    """Open a file; gives its id. Refuses an identity that has one already, and units that are not the actor's."""
    try:
        return _register(actor, [given])[0]
    except RowRefused as refused:
        raise refused.why from None


@operation(Permission.EMPLOYEE_EDIT)
def register_employees(actor: Actor, given: Sequence[NewEmployee]) -> list[int]:
    """Open many files, all or none; gives their ids in order. Raises ``RowRefused`` for the first that cannot be."""
    return _register(actor, given)


@operation(Permission.EMPLOYEE_EDIT)
def change_employee(actor: Actor, employee_id: int, given: Details, version: int) -> None:
    """Change the first page. Empty identity, and phone or address of ``None``, stay as they are.

    Raises ``Conflict`` with what was typed and what stands when ``version`` is no longer the present one.
    """
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    if employee.version != version:
        typed, current = _differences(given, details_of(employee))
        raise Conflict(
            msg("“%(name)s”的档案刚刚被其他人修改，请核对两份内容后再保存。", name=employee.name),
            typed=typed,
            current=current,
        )
    read = read_details(given, clock.today(), kept=employee)
    if read.identity is not None and vault().index(read.identity.number) != employee.identity_index:
        check_identity_free(actor, read.identity.number)
    if given.number and read_number(given.number) != employee.number:
        employee.number = _free_number(read_number(given.number))
    apply_details(employee, read)
    query = select(Posting).where(Posting.employee_id == employee.id, Posting.superseded_at.is_(None))
    for posting in db.session.scalars(query):
        check_fact(given_of(posting), _life(employee), clock.today())


@operation(Permission.EMPLOYEE_EDIT)
def end_service(actor: Actor, employee_id: int, given: EndOfService) -> None:
    """End a person's service on a day; postings that last beyond it end with it."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    if employee.left_on is not None:
        raise Refused(msg("此人已于 %(left)s 离职，不能重复办理。", left=employee.left_on), field="left_on")
    if not given.reason.strip():
        raise Refused(msg("请填写离职原因。"), field="reason")
    if given.left_on < employee.joined_community_on:
        raise Refused(
            msg("离职日期早于进社区工作日期 %(joined)s，请核对。", joined=employee.joined_community_on), field="left_on"
        )
    query = select(Posting).where(Posting.employee_id == employee.id, Posting.superseded_at.is_(None))
    for posting in db.session.scalars(query).all():
        if posting.starts_on > given.left_on:
            raise Refused(
                msg(
                    "离职日期之后还有 %(starts)s 起的任职“%(title)s”，请先撤销该任职。",
                    starts=posting.starts_on,
                    title=posting.title,
                ),
                field="left_on",
            )
        if posting.ends_on is None or posting.ends_on > given.left_on:
            posting.superseded_at = clock.now()
            session_add(record_of(replace(given_of(posting), ends_on=given.left_on), employee.id, clock.now()))
    employee.left_on, employee.left_reason = given.left_on, given.reason.strip()[:120]


@operation(Permission.EMPLOYEE_EDIT)
def resume_service(actor: Actor, employee_id: int, given: NewPosting) -> int:
    """Take somebody back, or undo an end of service entered by mistake; gives the id of the new main posting."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    if employee.left_on is None:
        raise Refused(msg("此人在职，无需办理重新入职。"))
    employee.left_on, employee.left_reason = None, ""
    units = _units(actor, [given.unit_id])
    postings = db.session.scalars(
        select(Posting).where(Posting.employee_id == employee.id, Posting.superseded_at.is_(None))
    ).all()
    _check_posting(given, units, _life(employee), [given_of(one) for one in postings])
    posting = record_of(given, employee.id, clock.now())
    session_add(posting)
    employee.unit_id = home_unit([*postings, given], clock.today())
    return int(posting.id)


@operation(Permission.EMPLOYEE_EDIT)
def link_account(actor: Actor, employee_id: int, user_id: int | None) -> None:
    """Say which account is the person's own, so that they see their file; ``None`` takes it away."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    if user_id is not None:
        # An account belongs to where it has a role: nobody hands a file to a stranger's account.
        near = select(RoleGrant.id).where(
            RoleGrant.user_id == user_id, within(actor, RoleGrant.unit_id, Permission.EMPLOYEE_EDIT)
        )
        if db.session.scalar(near.limit(1)) is None:
            raise NotFound
        other = db.session.scalar(select(Employee.id).where(Employee.user_id == user_id, Employee.id != employee.id))
        if other is not None:
            raise Refused(msg("这个账号已经与另一份档案关联，请先解除。"), field="user_id")
    employee.user_id = user_id


def check_new(given: NewEmployee, on: date) -> Read:
    """Everything about a new file that can be judged without looking at others; raises ``Refused``."""
    read_number(given.details.number)
    read = read_details(given.details, on)
    if read.identity is None:
        raise Refused(msg("请填写身份证号码。"), field="identity")
    life = Life(read.identity.born_on, read.details.joined_community_on)
    for fact in given.facts():
        check_fact(fact, life, on)
    for place, posting in enumerate(given.postings):
        check_overlap(posting, given.postings[:place])
    check_absences([absence.year for absence in given.absences])
    home_unit(given.postings, on)
    return read


def _register(actor: Actor, rows: Sequence[NewEmployee]) -> list[int]:
    on, known_at = clock.today(), clock.now()
    units = _units(actor, [posting.unit_id for row in rows for posting in row.postings])
    reads = [at_row(place, partial(_read_row, row, units, on)) for place, row in enumerate(rows)]
    taken, numbers = _Taken(actor, reads), Numbers()
    employees: list[Employee] = []
    for place, (row, read) in enumerate(zip(rows, reads, strict=True)):
        at_row(place, partial(taken.check, place, read))
        home = home_unit(row.postings, on)
        employee = Employee(
            number=read_number(read.details.number) or numbers.next(units[home]),
            uid=secrets.token_hex(16),
            unit_id=home,
            highest_education=highest_education([one.level for one in row.educations]),
            highest_certificate=highest_certificate([one.grade for one in row.certificates]),
        )
        apply_details(employee, read)
        employees.append(employee)
    try:
        session_add(*employees)
    except IntegrityError as error:
        raise Refused(msg("同一身份证号码或编号刚刚由其他人登记，请刷新后核对。")) from error
    session_add(
        *(
            record_of(fact, employee.id, known_at)
            for employee, row in zip(employees, rows, strict=True)
            for fact in row.facts()
        )
    )
    return [employee.id for employee in employees]


def at_row(place: int, work: Callable[[], R]) -> R:
    """What ``work`` gives; a refusal names the row."""
    try:
        return work()
    except Unmet as unmet:
        raise RowRefused(place, unmet) from unmet


def _read_row(row: NewEmployee, units: Mapping[int, Unit], on: date) -> Read:
    read = check_new(row, on)
    for posting in row.postings:
        _check_posting(posting, units, None, ())
    return read


class _Taken:
    """Identities and numbers that have a file already, or come twice in what is given."""

    def __init__(self, actor: Actor, reads: Sequence[Read]) -> None:
        self.actor = actor
        self.indexes = [vault().index(read.identity.number) if read.identity else "" for read in reads]
        given = [number for read in reads if (number := read_number(read.details.number))]
        self.kept_indexes = _kept(Employee.identity_index, self.indexes)
        self.kept_numbers = _kept(Employee.number, given)
        self.identities: dict[str, int] = {}
        self.numbers: dict[str, int] = {}

    def check(self, place: int, read: Read) -> None:
        """Refuse an identity or a number that is taken."""
        index = self.indexes[place]
        if index in self.identities:
            raise Refused(
                msg("身份证号码与本次第 %(row)s 人相同，请核对。", row=self.identities[index] + 1), field="identity"
            )
        self.identities[index] = place
        if index in self.kept_indexes and read.identity is not None:
            check_identity_free(self.actor, read.identity.number)
        number = read_number(read.details.number)
        if number in self.numbers:
            raise Refused(msg("编号与本次第 %(row)s 人相同，请核对。", row=self.numbers[number] + 1), field="number")
        if number in self.kept_numbers:
            _free_number(number)
        if number:
            self.numbers[number] = place


def _kept(column: InstrumentedAttribute[str], values: Sequence[str]) -> set[str]:
    """Which of some values stand in a column: one query for each ``CHUNK``."""
    found: set[str] = set()
    for start in range(0, len(values), CHUNK):
        found |= set(db.session.scalars(select(column).where(column.in_(values[start : start + CHUNK]))))
    return found


def _free_number(number: str) -> str:
    if db.session.scalar(select(Employee.id).where(Employee.number == number)) is not None:
        raise Refused(msg("编号“%(number)s”已被使用，请换一个，或留空由系统编号。", number=number), field="number")
    return number


def _units(actor: Actor, ids: Sequence[int]) -> dict[int, Unit]:
    found: dict[int, Unit] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        query = select(Unit).where(
            Unit.id.in_(wanted[start : start + CHUNK]), within(actor, Unit.id, Permission.EMPLOYEE_EDIT)
        )
        found |= {unit.id: unit for unit in db.session.scalars(query)}
    return found


def _check_posting(
    given: NewPosting, units: Mapping[int, Unit], life: Life | None, others: Sequence[NewPosting]
) -> None:
    if given.unit_id not in units:
        raise NotFound
    check_unit(units[given.unit_id], given)
    if life is not None:
        check_fact(given, life, clock.today())
        check_overlap(given, others)


def _life(employee: Employee) -> Life:
    return Life(employee.born_on, employee.joined_community_on, employee.left_on)


def _differences(given: Details, current: Details) -> tuple[dict[str, Any], dict[str, Any]]:
    typed, stands = {}, {}
    for name in Details.__dataclass_fields__:
        mine, theirs = getattr(given, name), getattr(current, name)
        if mine != theirs and name != "identity" and mine is not None and (mine or name != "number"):
            typed[name], stands[name] = mine, theirs
    return typed, stands
