"""Tries at the national exam with pass rates, degree courses, and registrations that run out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Certificate, Employee
from careerpath.employees.queries.people import matches, street_in, streets_of
from careerpath.policy.codes import Certificate as CertificateGrade
from careerpath.policy.employment import add_months
from careerpath.training.models import CertificateTry, DegreeStudy, StudyState, TryState
from careerpath.words import Message, NotFound, msg

USUAL_MONTHS = 6
MONTHS = (3, 6, 12, 24)
SHARE = Decimal("0.0001")


class Part(StrEnum):
    """The three lists of the page."""

    TRIES = "tries"
    STUDIES = "studies"
    REGISTRATIONS = "registrations"


PART_NAMES: Mapping[Part, Message] = {
    Part.TRIES: msg("职业资格考试"),
    Part.STUDIES: msg("在职学历教育"),
    Part.REGISTRATIONS: msg("证书登记有效期"),
}


@dataclass(frozen=True, slots=True)
class StudyFilters:
    """What the lists are narrowed to; each looks at what concerns it. ``on`` is the day they are looked at."""

    on: date
    year: int | None = None
    grade: str = ""
    state: str = ""
    unit: str = ""
    unit_id: int | None = None
    q: str = ""
    months: int = USUAL_MONTHS

    @property
    def narrow(self) -> bool:
        """Whether anything is left out beyond the year."""
        return bool(self.grade or self.state or self.unit or self.unit_id or self.q)


@dataclass(frozen=True, slots=True)
class Who:
    """The person of a row."""

    employee_id: int
    number: str
    name: str
    unit_name: str
    street: str


@dataclass(frozen=True, slots=True)
class TryLine:
    """A try with its person; ``awaited`` tells that a result should be there by now.

    ``to_enter``: it was passed, and the file holds no certificate of the grade.
    """

    who: Who
    record: CertificateTry
    awaited: bool
    to_enter: bool


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A degree course with its person; ``late`` tells that it should have ended by now."""

    who: Who
    record: DegreeStudy
    late: bool


@dataclass(frozen=True, slots=True)
class RegistrationLine:
    """A certificate that is to be registered anew; ``over`` tells that its registration has run out."""

    who: Who
    certificate_id: int
    grade: CertificateGrade
    registered_until: date
    over: bool


@dataclass(frozen=True, slots=True)
class PassRate:
    """The tries of one grade: registered, passed, failed, absent or withdrawn. ``share`` is passed over those sat."""

    grade: CertificateGrade
    registered: int
    passed: int
    failed: int
    away: int

    @property
    def share(self) -> Decimal | None:
        """通过率, cut off to four decimals; ``None`` before anybody sat."""
        sat = self.passed + self.failed
        return (Decimal(self.passed) / sat).quantize(SHARE, "ROUND_DOWN") if sat else None


def filters_of(args: Mapping[str, str]) -> StudyFilters:
    """What an address asks for; what makes no sense is left out. Without a year it is this one."""
    year, months = args.get("year", ""), whole_number(args.get("months", ""))
    grade, state = args.get("grade", ""), args.get("state", "")
    return StudyFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        year=None if year == "all" else whole_number(year) or clock.today().year,
        grade=grade if grade in set(CertificateGrade) else "",
        state=state if state in {*TryState, *StudyState} else "",
        unit=args.get("unit", "").strip()[:80],
        unit_id=whole_number(args.get("unit_id", "")),
        q=args.get("q", "").strip()[:64],
        months=months if months in MONTHS else USUAL_MONTHS,
    )


def try_page(
    actor: Actor, filters: StudyFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page[TryLine]:
    """One page of the tries of the actor's people, the newest year first. Five queries, however many there are."""
    conditions = _people(actor, filters)
    if filters.year is not None:
        conditions.append(CertificateTry.year == filters.year)
    if filters.grade:
        conditions.append(CertificateTry.grade == filters.grade)
    if filters.state in set(TryState):
        conditions.append(CertificateTry.state == TryState(filters.state))
    query: Any = (
        select(CertificateTry.id, CertificateTry.year, Unit.code, Employee.number)
        .join(Employee, Employee.id == CertificateTry.employee_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(*conditions, CertificateTry.registered_on <= filters.on)
    )
    keys = [
        SortKey(CertificateTry.year, descending=True),
        SortKey(Unit.code),
        SortKey(Employee.number),
        SortKey(CertificateTry.id),
    ]
    page = keyset_page(
        query, keys, lambda row: (row.year, row.code, row.number, row.id), after=after, before=before, size=size
    )
    found = _rows(CertificateTry, [row.id for row in page.rows])
    ids = [one.id for _, one in found if one.state is TryState.PASSED]
    lacking = set(db.session.scalars(select(CertificateTry.id).where(CertificateTry.id.in_(ids), not_entered())))
    lines = [
        TryLine(who, one, one.state is TryState.REGISTERED and one.year < filters.on.year, one.id in lacking)
        for who, one in found
    ]
    return Page(lines, page.total, page.after, page.before)


def pass_rates(actor: Actor, filters: StudyFilters) -> tuple[PassRate, ...]:
    """The tries of a year by grade, whatever the state that is shown. One query."""
    conditions = _people(actor, filters)
    if filters.year is not None:
        conditions.append(CertificateTry.year == filters.year)
    query = (
        select(CertificateTry.grade, CertificateTry.state, func.count())
        .join(Employee, Employee.id == CertificateTry.employee_id)
        .where(*conditions, CertificateTry.registered_on <= filters.on)
        .group_by(CertificateTry.grade, CertificateTry.state)
    )
    counts: dict[str, dict[TryState, int]] = {}
    for grade, state, count in db.session.execute(query):
        counts.setdefault(grade, {})[state] = count
    found = []
    for grade in CertificateGrade:
        states = counts.get(grade.value)
        if states:
            away = states.get(TryState.ABSENT, 0) + states.get(TryState.WITHDRAWN, 0)
            passed, failed = states.get(TryState.PASSED, 0), states.get(TryState.FAILED, 0)
            found.append(PassRate(grade, sum(states.values()), passed, failed, away))
    return tuple(found)


def study_page(
    actor: Actor, filters: StudyFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page[StudyLine]:
    """One page of the degree courses of the actor's people, those to end first first. Four queries."""
    conditions = _people(actor, filters)
    if filters.state in set(StudyState):
        conditions.append(DegreeStudy.state == StudyState(filters.state))
    until = cast(DegreeStudy.expected_on, String)
    query: Any = (
        select(DegreeStudy.id, until.label("until"))
        .join(Employee, Employee.id == DegreeStudy.employee_id)
        .where(*conditions, DegreeStudy.starts_on <= filters.on)
    )
    keys = [SortKey(until), SortKey(DegreeStudy.id)]
    page = keyset_page(query, keys, lambda row: (row.until, row.id), after=after, before=before, size=size)
    found = _rows(DegreeStudy, [row.id for row in page.rows])
    lines = [
        StudyLine(who, one, one.state is StudyState.STUDYING and one.expected_on < filters.on) for who, one in found
    ]
    return Page(lines, page.total, page.after, page.before)


def registration_page(
    actor: Actor, filters: StudyFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page[RegistrationLine]:
    """One page of the certificates whose registration runs out within some months or has run out. Three queries."""
    until = cast(Certificate.registered_until, String)
    query: Any = (
        select(
            Certificate.id,
            until.label("until"),
            Certificate.grade,
            Certificate.registered_until,
            Employee.id.label("employee_id"),
            Employee.number,
            Employee.name,
            Unit.short_name,
            Unit.path,
        )
        .join(Employee, Employee.id == Certificate.employee_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(*_people(actor, filters), *running_out(filters.on, filters.months))
    )
    if filters.grade:
        query = query.where(Certificate.grade == filters.grade)
    keys = [SortKey(until), SortKey(Certificate.id)]
    page = keyset_page(query, keys, lambda row: (row.until, row.id), after=after, before=before, size=size)
    streets = streets_of(row.path for row in page.rows) if page.rows else {}
    lines = [
        RegistrationLine(
            Who(row.employee_id, row.number, row.name, row.short_name, street_in(row.path, streets)),
            row.id,
            CertificateGrade(row.grade),
            row.registered_until,
            row.registered_until < filters.on,
        )
        for row in page.rows
    ]
    return Page(lines, page.total, page.after, page.before)


def not_entered() -> ColumnElement[bool]:
    """The condition "this try was passed, and the file holds no certificate of its grade"."""
    held = exists().where(
        Certificate.employee_id == CertificateTry.employee_id,
        Certificate.grade == CertificateTry.grade,
        Certificate.superseded_at.is_(None),
    )
    return and_(CertificateTry.state == TryState.PASSED, ~held)


def running_out(on: date, months: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions "the registration of somebody's highest certificate ends by then, and the person serves"."""
    return (
        Certificate.superseded_at.is_(None),
        Certificate.grade == Employee.highest_certificate,
        Certificate.registered_until <= add_months(on, months),
        or_(Employee.left_on.is_(None), Employee.left_on >= on),
    )


def try_of(actor: Actor, try_id: int) -> tuple[CertificateTry, Employee]:
    """A try with its person, for whoever may change it. Raises ``NotFound``."""
    found: tuple[CertificateTry, Employee] = _one(actor, CertificateTry, try_id)
    return found


def study_of(actor: Actor, study_id: int) -> tuple[DegreeStudy, Employee]:
    """A degree course with its person, for whoever may change it. Raises ``NotFound``."""
    found: tuple[DegreeStudy, Employee] = _one(actor, DegreeStudy, study_id)
    return found


def certificate_of(actor: Actor, certificate_id: int) -> tuple[Certificate, Employee]:
    """A certificate that stands with its person, for whoever may renew it. Raises ``NotFound``."""
    found: tuple[Certificate, Employee] = _one(actor, Certificate, certificate_id)
    if found[0].superseded_at is not None:
        raise NotFound
    return found


def _one(actor: Actor, model: Any, record_id: int) -> Any:
    query = (
        select(model, Employee)
        .join(Employee, Employee.id == model.employee_id)
        .where(model.id == record_id, within(actor, Employee.unit_id, Permission.TRAINING_HOLD))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def _people(actor: Actor, filters: StudyFilters) -> list[ColumnElement[bool]]:
    found = [within(actor, Employee.unit_id, Permission.TRAINING_VIEW)]
    if filters.q:
        found.append(matches(filters.q))
    top, lower = aliased(Unit), aliased(Unit)
    wanted = None
    if filters.unit_id is not None:
        wanted = top.id == filters.unit_id
    elif filters.unit:
        wanted = or_(top.name.contains(filters.unit, autoescape=True), top.code == filters.unit)
    if wanted is not None:
        inside = select(lower.id).join(top, lower.path.like(top.path.concat("%"))).where(wanted)
        found.append(Employee.unit_id.in_(inside))
    return found


def _rows(model: Any, ids: Sequence[int]) -> list[tuple[Who, Any]]:
    """Records with their people, in the order of the ids. Two queries."""
    query = (
        select(model, Employee.id, Employee.number, Employee.name, Unit.short_name, Unit.path)
        .join(Employee, Employee.id == model.employee_id)
        .join(Unit, and_(Unit.id == Employee.unit_id))
        .where(model.id.in_(ids))
    )
    rows = {row[0].id: row for row in db.session.execute(query)} if ids else {}
    streets = streets_of(row.path for row in rows.values()) if rows else {}
    found = []
    for one in (rows[record_id] for record_id in ids if record_id in rows):
        record, employee_id, number, name, unit_name, path = one
        found.append((Who(employee_id, number, name, unit_name, street_in(path, streets)), record))
    return found
