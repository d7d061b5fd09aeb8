"""Tries at the national exam of social workers: registered, passed or not, and the certificate that comes of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Certificate, Employee
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact, correct_fact
from careerpath.employees.queries.serving import own_employee
from careerpath.policy.codes import Certificate as CertificateGrade
from careerpath.training.models import CertificateTry, TryState
from careerpath.training.operations.steps import own_file, read_text
from careerpath.training.queries.words import TRY_STATES
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_SUPPORT = 200
LONGEST_NOTE = 200
FIRST_YEAR = 2008
"""The year of the first national exam."""

GRADES = [grade.value for grade in CertificateGrade]


@dataclass(frozen=True, slots=True)
class TryGiven:
    """Which exam of which year, when registered, and what the employer gives."""

    grade: str
    year: int
    registered_on: date
    support: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TryResult:
    """What came of it; with the day and number of the certificate where there is one already."""

    state: TryState
    result_on: date
    obtained_on: date | None = None
    certificate_number: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A new registration of a certificate, and its last day."""

    registered_on: date
    registered_until: date


class TryRefused(Refused):
    """A refusal within many: ``row`` counts from 0 in what was given. ``why`` is what the row alone would have met."""

    def __init__(self, row: int, name: str, why: Refused) -> None:
        super().__init__(msg("%(name)s：%(why)s", name=name, why=why.message), field=why.field)
        self.row = row
        self.why = why


@operation(Permission.TRAINING_HOLD)
def register_try(actor: Actor, employee_id: int, given: TryGiven) -> int:
    """Keep that somebody registered for the exam; gives the try's id. One try for each grade and year."""
    return _register(actor, employee_id, given)


@operation(Permission.TRAINING_HOLD)
def register_tries(actor: Actor, rows: Sequence[tuple[int, TryGiven]]) -> int:
    """Keep the registrations of many, all or none; gives how many. Three queries for any number.

    Raises ``NotFound`` for a person who is not the actor's, ``TryRefused`` for the first row that cannot be.
    """
    ids = {employee_id for employee_id, _ in rows}
    query = select(Employee).where(Employee.id.in_(ids), within(actor, Employee.unit_id, Permission.TRAINING_HOLD))
    people = {employee.id: employee for employee in db.session.scalars(query)}
    known = _known(ids)
    made = []
    for number, (employee_id, given) in enumerate(rows):
        employee = people.get(employee_id)
        if employee is None:
            raise NotFound
        try:
            made.append(_made(employee, given, known))
        except Refused as refused:
            raise TryRefused(number, employee.name, refused) from refused
    session_add(*made)
    return len(made)


@operation(Permission.OWN_GROWTH)
def register_own_try(actor: Actor, given: TryGiven) -> int:
    """Register oneself: what the employer gives is for the office to say."""
    employee = own_file(actor)
    plain = TryGiven(given.grade, given.year, given.registered_on, note=given.note)
    attempt = _made(employee, plain, _known([employee.id]))
    session_add(attempt)
    return attempt.id


@operation(Permission.TRAINING_HOLD)
def change_try(actor: Actor, try_id: int, given: TryGiven, version: int) -> None:
    """Change a try without a result. Raises ``Conflict`` when ``version`` is no longer the present one."""
    attempt, employee = _try(actor, try_id)
    if attempt.version != version:
        typed = asdict(given)
        current = {name: getattr(attempt, name) for name in typed}
        raise Conflict(msg("这次报考刚刚被其他人修改，请核对后重新提交。"), typed=typed, current=current)
    _check_open(attempt)
    known = {key for key in _known([employee.id]) if key != (employee.id, attempt.grade, attempt.year)}
    made = _made(employee, given, known)
    attempt.grade, attempt.year, attempt.registered_on = made.grade, made.year, made.registered_on
    attempt.support, attempt.note = made.support, made.note


@operation(Permission.TRAINING_HOLD)
def record_try(actor: Actor, try_id: int, result: TryResult) -> None:
    """Keep what came of a try. Who passed has the certificate entered in the file where its day is given.

    A certificate of the grade that the file holds already is taken as the one that came of it.
    """
    attempt, employee = _try(actor, try_id)
    _record(actor, attempt, employee, result, _held([employee.id]).get(employee.id, {}))


@operation(Permission.TRAINING_HOLD)
def record_tries(actor: Actor, rows: Sequence[tuple[int, TryResult]]) -> int:
    """Keep what came of many tries, all or none; gives how many. Two queries beside the certificates that are new."""
    ids = {try_id for try_id, _ in rows}
    query = (
        select(CertificateTry, Employee)
        .join(Employee, Employee.id == CertificateTry.employee_id)
        .where(CertificateTry.id.in_(ids), within(actor, Employee.unit_id, Permission.TRAINING_HOLD))
        .with_for_update(of=CertificateTry)
    )
    found = {attempt.id: (attempt, employee) for attempt, employee in db.session.execute(query)}
    held = _held([employee.id for _, employee in found.values()])
    for number, (try_id, result) in enumerate(rows):
        if try_id not in found:
            raise NotFound
        attempt, employee = found[try_id]
        try:
            _record(actor, attempt, employee, result, held.get(employee.id, {}))
        except Refused as refused:
            raise TryRefused(number, employee.name, refused) from refused
    return len(rows)


@operation(Permission.TRAINING_HOLD)
def reopen_try(actor: Actor, try_id: int) -> None:
    """Take a result back. A certificate that came of it stays in the file until it is withdrawn there."""
    attempt, _ = _try(actor, try_id)
    if attempt.state is TryState.REGISTERED:
        raise Refused(msg("这次报考还没有登记结果。"))
    attempt.state, attempt.result_on, attempt.certificate_id = TryState.REGISTERED, None, None


@operation(Permission.TRAINING_HOLD)
def drop_try(actor: Actor, try_id: int) -> None:
    """Remove a registration entered by mistake, as long as it has no result."""
    attempt, _ = _try(actor, try_id)
    _check_open(attempt)
    db.session.delete(attempt)


@operation(Permission.OWN_GROWTH)
def withdraw_own_try(actor: Actor, try_id: int) -> None:
    """Say that one will not sit the exam. Raises ``NotFound`` for a try that is not one's own."""
    employee = own_employee(actor)
    if employee is None:
        raise NotFound
    query = select(CertificateTry).where(CertificateTry.id == try_id, CertificateTry.employee_id == employee.id)
    attempt = db.session.scalars(query.with_for_update()).one_or_none()
    if attempt is None:
        raise NotFound
    _check_open(attempt)
    attempt.state, attempt.result_on = TryState.WITHDRAWN, clock.today()


@operation(Permission.TRAINING_HOLD)
def renew_registration(actor: Actor, employee_id: int, certificate_id: int, given: Renewal) -> int:
    """Keep that a certificate was registered anew, until when; gives the id of the fact that says so."""
    query = (
        select(Certificate)
        .join(Employee, Employee.id == Certificate.employee_id)
        .where(
            Certificate.id == certificate_id,
            Certificate.employee_id == employee_id,
            Certificate.superseded_at.is_(None),
            within(actor, Employee.unit_id, Permission.TRAINING_HOLD),
        )
    )
    held = db.session.scalars(query).one_or_none()
    if held is None:
        raise NotFound
    if given.registered_on > clock.today():
        raise Refused(msg("登记日期 %(on)s 晚于今天，请核对。", on=given.registered_on), field="registered_on")
    if held.registered_until is not None and given.registered_until <= held.registered_until:
        raise Refused(
            msg("新的有效期应晚于现在的有效期 %(until)s，请核对。", until=held.registered_until),
            field="registered_until",
        )
    renewed = NewCertificate(
        grade=held.grade,
        obtained_on=held.obtained_on,
        # The first registration is what pay and other rules count from: it stays.
        registered_on=held.registered_on or given.registered_on,
        registered_until=given.registered_until,
        certificate_number=held.certificate_number,
    )
    if given.registered_until < given.registered_on:
        raise Refused(msg("有效期早于登记日期，请核对。"), field="registered_until")
    return correct_fact(actor, employee_id, certificate_id, renewed)


Known = set[tuple[int, str, int]]
"""Person, grade and year of the tries that are kept."""


def _register(actor: Actor, employee_id: int, given: TryGiven) -> int:
    query = select(Employee).where(
        Employee.id == employee_id, within(actor, Employee.unit_id, Permission.TRAINING_HOLD)
    )
    employee = db.session.scalars(query).one_or_none()
    if employee is None:
        raise NotFound
    attempt = _made(employee, given, _known([employee_id]))
    session_add(attempt)
    return attempt.id


def _known(employee_ids: Sequence[int] | set[int]) -> Known:
    query = select(CertificateTry.employee_id, CertificateTry.grade, CertificateTry.year)
    rows = db.session.execute(query.where(CertificateTry.employee_id.in_(employee_ids)))
    return {(employee_id, grade, year) for employee_id, grade, year in rows}


def _held(employee_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """The certificates that stand in the files: fact by grade, by person."""
    query = select(Certificate.employee_id, Certificate.grade, Certificate.id).where(
        Certificate.employee_id.in_(employee_ids), Certificate.superseded_at.is_(None)
    )
    found: dict[int, dict[str, int]] = {}
    for employee_id, grade, fact_id in db.session.execute(query):
        found.setdefault(employee_id, {})[grade] = fact_id
    return found


def _made(employee: Employee, given: TryGiven, known: Known) -> CertificateTry:
    today = clock.today()
    if given.grade not in GRADES:
        raise Refused(msg("证书等级“%(grade)s”不存在，请从列表中选择。", grade=given.grade), field="grade")
    if not FIRST_YEAR <= given.year <= today.year + 1:
        raise Refused(
            msg("考试年度应在 %(first)s 至 %(last)s 之间。", first=FIRST_YEAR, last=today.year + 1), field="year"
        )
    if given.registered_on > today:
        raise Refused(msg("报考日期 %(on)s 晚于今天，请核对。", on=given.registered_on), field="registered_on")
    if not given.year - 1 <= given.registered_on.year <= given.year:
        raise Refused(msg("报考日期应在考试当年或上一年，请核对。"), field="registered_on")
    if employee.left_on is not None and employee.left_on < given.registered_on:
        raise Refused(msg("此人已于 %(left)s 离职，不能再登记报考。", left=employee.left_on), field="registered_on")
    if (employee.id, given.grade, given.year) in known:
        raise Refused(
            msg("%(year)s年报考%(grade)s已有登记。", year=given.year, grade=CertificateGrade(given.grade)), field="year"
        )
    known.add((employee.id, given.grade, given.year))
    return CertificateTry(
        employee_id=employee.id,
        grade=given.grade,
        year=given.year,
        registered_on=given.registered_on,
        support=read_text(given.support, LONGEST_SUPPORT, "support"),
        note=read_text(given.note, LONGEST_NOTE, "note"),
    )


def _try(actor: Actor, try_id: int) -> tuple[CertificateTry, Employee]:
    """A try of a person of the actor's, locked; ``NotFound`` for any other."""
    query = (
        select(CertificateTry, Employee)
        .join(Employee, Employee.id == CertificateTry.employee_id)
        .where(CertificateTry.id == try_id, within(actor, Employee.unit_id, Permission.TRAINING_HOLD))
        .with_for_update(of=CertificateTry)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def _check_open(attempt: CertificateTry) -> None:
    if attempt.state is not TryState.REGISTERED:
        raise Refused(msg("这次报考已登记为“%(state)s”，如有错误请先撤销结果。", state=TRY_STATES[attempt.state]))


def _record(actor: Actor, attempt: CertificateTry, employee: Employee, result: TryResult, held: dict[str, int]) -> None:
    _check_open(attempt)
    if result.state is TryState.REGISTERED:
        raise Refused(msg("请选择考试结果。"), field="state")
    if result.result_on > clock.today():
        raise Refused(msg("公布日期 %(on)s 晚于今天，请核对。", on=result.result_on), field="result_on")
    if result.result_on < attempt.registered_on:
        raise Refused(msg("公布日期早于报考日期 %(on)s，请核对。", on=attempt.registered_on), field="result_on")
    passed = result.state is TryState.PASSED
    if result.obtained_on is not None and not passed:
        raise Refused(msg("未通过考试的不填写取得证书的日期。"), field="obtained_on")
    attempt.state, attempt.result_on = result.state, result.result_on
    if not passed:
        return
    standing = held.get(attempt.grade)
    if standing is None and result.obtained_on is not None:
        given = NewCertificate(
            grade=attempt.grade,
            obtained_on=result.obtained_on,
            certificate_number=result.certificate_number.strip(),
        )
        standing = held[attempt.grade] = add_fact(actor, employee.id, given)
    attempt.certificate_id = standing
