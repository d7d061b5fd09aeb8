"""Who served where on a day, as known now: for appraisals, reports and one's own file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.employees.models import Absence, Contract, Discipline, Employee, Posting

FAR = date.max
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Service:
    """One person in service on a day, with what the rules of appraisal ask of the file."""

    employee_id: int
    number: str
    name: str
    born_on: date
    sex: str
    political: str
    joined_community_on: date
    unit_id: int
    unit_code: str
    unit_name: str
    unit_path: str
    post: str
    title: str
    post_since: date
    duties: str
    dual_head: bool
    probation_until: date | None
    """Last day of a probation that lasts on the day."""
    sick_days: Decimal
    personal_days: Decimal
    unexcused_days: Decimal
    under_investigation: bool
    discipline_until: date | None
    """Last day of a measure in force on the day; ``date.max`` for one without an end."""
    measure: str


@dataclass(frozen=True, slots=True)
class PostingOn:
    """A posting that was held on a day."""

    employee_id: int
    unit_id: int
    post: str
    title: str
    main: bool
    starts_on: date
    ends_on: date | None


def main_posting_on(on: date | ColumnElement[date]) -> tuple[ColumnElement[bool], ...]:
    """The conditions "is the person's main posting on this day, as known now", for a join with ``Employee``."""
    return (Posting.employee_id == Employee.id, Posting.main.is_(True), *held_on(on))


def held_on(on: date | ColumnElement[date]) -> tuple[ColumnElement[bool], ...]:
    """The conditions "this posting was held on this day, as known now"."""
    return (
        Posting.superseded_at.is_(None),
        Posting.starts_on <= on,
        or_(Posting.ends_on.is_(None), Posting.ends_on >= on),
    )


def in_service_on(unit_path: str, on: date, year: int | None = None) -> list[Service]:
    """Everybody whose main posting on ``on`` lies at or below ``unit_path``, in order of unit code and number.

    Absences are those of ``year`` (by default the year of ``on``). Four queries, however many people.
    """
    serving = (
        select(Employee, Posting, Unit)
        .join(Posting, and_(*main_posting_on(on)))
        .join(Unit, Unit.id == Posting.unit_id)
        .where(
            Unit.path.startswith(unit_path, autoescape=True),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
        )
    )
    people = serving.with_only_columns(Employee.id)
    probation = _latest(
        select(Contract.employee_id, Contract.probation_ends_on).where(
            Contract.employee_id.in_(people),
            Contract.superseded_at.is_(None),
            Contract.starts_on <= on,
            Contract.probation_ends_on >= on,
        )
    )
    absent = {
        row.employee_id: row
        for row in db.session.execute(
            select(Absence.employee_id, Absence.sick_days, Absence.personal_days, Absence.unexcused_days).where(
                Absence.employee_id.in_(people), Absence.superseded_at.is_(None), Absence.year == (year or on.year)
            )
        )
    }
    cases = _cases(people, on)
    zero = Decimal(0)
    found = []
    columns = serving.with_only_columns(
        Employee.id.label("employee_id"),
        Employee.number,
        Employee.name,
        Employee.born_on,
        Employee.sex,
        Employee.political,
        Employee.joined_community_on,
        Posting.unit_id,
        Unit.code.label("unit_code"),
        Unit.short_name.label("unit_name"),
        Unit.path.label("unit_path"),
        Posting.post,
        Posting.title,
        Posting.starts_on.label("post_since"),
        Posting.duties,
        Posting.dual_head,
    )
    for row in db.session.execute(columns.order_by(Unit.code, Employee.number)).mappings():
        days = absent.get(row["employee_id"])
        case = cases.get(row["employee_id"], _Case())
        found.append(
            Service(
                **row,
                probation_until=probation.get(row["employee_id"]),
                sick_days=days.sick_days if days else zero,
                personal_days=days.personal_days if days else zero,
                unexcused_days=days.unexcused_days if days else zero,
                under_investigation=case.open,
                discipline_until=case.until,
                measure=case.measure,
            )
        )
    return found


def postings_on(on: date, employee_ids: Sequence[int]) -> list[PostingOn]:
    """All postings, main or not, that some people held on a day."""
    query = select(
        Posting.employee_id,
        Posting.unit_id,
        Posting.post,
        Posting.title,
        Posting.main,
        Posting.starts_on,
        Posting.ends_on,
    ).where(Posting.employee_id.in_(employee_ids), *held_on(on))
    rows = db.session.execute(query.order_by(Posting.employee_id, Posting.main.desc(), Posting.starts_on))
    return [PostingOn(*row) for row in rows]


def days_of_service(
    joined_on: date, left_on: date | None, homes: Iterable[tuple[date, date | None]]
) -> tuple[tuple[date, date | None], ...]:
    """First and last days of service: from joining to leaving, without the days between two main postings.

    ``homes`` are the days of the main postings, oldest first; who came back after a time has several of them.
    """
    found: list[tuple[date, date | None]] = []
    starts_on, until = joined_on, None
    for first, last in homes:
        if until is not None and first > until + ONE_DAY and until >= starts_on:
            found.append((starts_on, until))
            starts_on = first
        until = None if last is None else max(last, until or last)
    return (*found, (starts_on, left_on))


def own_employee(actor: Actor) -> Employee | None:
    """The actor's own file, if the account belongs to a person of the register."""
    if actor.user_id is None or not actor.has(Permission.OWN_FILE_VIEW):
        return None
    return db.session.scalars(select(Employee).where(Employee.user_id == actor.user_id)).one_or_none()


@dataclass(slots=True)
class _Case:
    open: bool = False
    until: date | None = None
    measure: str = ""


def _cases(people: Any, on: date) -> dict[int, _Case]:
    query = select(Discipline).where(
        Discipline.employee_id.in_(people),
        Discipline.superseded_at.is_(None),
        or_(Discipline.opened_on <= on, Discipline.starts_on <= on),
    )
    cases: dict[int, _Case] = {}
    for record in db.session.scalars(query):
        case = cases.setdefault(record.employee_id, _Case())
        if record.opened_on is not None and record.opened_on <= on and (record.closed_on or FAR) >= on:
            # A case whose measure has been decided is no longer open, even where the closing day was not kept.
            case.open = case.open or record.starts_on is None or record.starts_on > on
        until = record.ends_on or FAR
        holds = bool(record.measure) and record.starts_on is not None and record.starts_on <= on <= until
        if holds and (case.until is None or until > case.until):
            case.until, case.measure = until, record.measure
    return cases


def _latest(query: Any) -> dict[int, date]:
    found: dict[int, date] = {}
    for employee_id, day in db.session.execute(query):
        found[employee_id] = max(day, found.get(employee_id, day))
    return found
