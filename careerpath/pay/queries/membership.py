"""Who belongs to which register of a month: each person to one street, the one where they serve or served last."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from careerpath.access.models import STREET_KINDS, Unit
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.pay.models import PayLine, PayRegister, PayRun
from careerpath.pay.queries.facts import Home, Worker, serving_ids, workers_named, workers_of
from careerpath.policy.pay import last_of


def offices_needed(unit: Unit, since: date, month: date) -> set[int]:
    """The streets of a unit with people of a month, or with former people whom months from ``since`` on may owe."""
    last = last_of(month)
    serving = serving_ids(unit.path, since, last).with_only_columns(Posting.unit_id).distinct()
    former = [home_in(worker, month) for worker in workers_named(_paid_before(since, last), last)]
    units = {*db.session.scalars(serving), *(home.unit_id for home in former if home is not None)}
    return set(offices_of(unit, units).values())


def offices_of(unit: Unit, unit_ids: set[int]) -> dict[int, int]:
    """The street of each unit, or the run's own unit for people who serve at none."""
    paths = db.session.execute(
        select(Unit.id, Unit.path, Unit.kind).where(Unit.path.startswith(unit.path, autoescape=True))
    )
    rows = {row.id: row for row in paths}
    found = {}
    for unit_id in unit_ids & set(rows):
        steps = [int(part) for part in rows[unit_id].path.split("/") if part]
        found[unit_id] = next(
            (step for step in reversed(steps) if step in rows and rows[step].kind in STREET_KINDS), unit.id
        )
    return found


def people_of(run: PayRun, register: PayRegister, since: date) -> list[tuple[Worker, Home]]:
    """Who belongs to a register: those who serve there in the month, and former people whom months from ``since`` on
    may still owe something. Whoever another run of the same month has already is left to it.
    """
    unit, office = db.session.get_one(Unit, run.unit_id), db.session.get_one(Unit, register.unit_id)
    last = last_of(run.month)
    path = unit.path if office.id == unit.id else office.path
    found = []
    since = min(since, run.month)
    for worker in (*workers_of(path, since, last), *workers_named(_paid_before(since, last), last)):
        home = home_in(worker, run.month)
        if home is not None and home.unit_path.startswith(path):
            found.append((worker, home))
    if office.id == unit.id and unit.kind not in STREET_KINDS:
        mine = offices_of(unit, {home.unit_id for _, home in found})
        found = [(worker, home) for worker, home in found if mine.get(home.unit_id) == unit.id]
    elsewhere = _of_other_runs(run)
    return [(worker, home) for worker, home in found if worker.employee_id not in elsewhere]


def home_in(worker: Worker, month: date) -> Home | None:
    """The unit that pays somebody in a month: that of its last day or of their last one, else the one before it."""
    last = last_of(month)
    day = min(last, worker.left_on or last)
    begun = [home for home in worker.homes if home.starts_on <= day]
    if begun:
        return worker.home_on(day) or begun[-1]
    return worker.homes[0] if worker.homes else None


def _paid_before(since: date, last: date) -> Sequence[int]:
    """People with a line of some month who, as is known now, served nowhere between two days: what they got is owed."""
    lines = select(PayLine.employee_id).where(PayLine.month <= last)
    query = select(Employee.id).where(Employee.id.in_(lines), Employee.id.not_in(serving_ids("", since, last)))
    return db.session.scalars(query).all()


def _of_other_runs(run: PayRun) -> set[int]:
    others = select(PayRun.id).where(PayRun.month == run.month, PayRun.id != run.id)
    if db.session.scalar(others.limit(1)) is None:
        return set()
    query = (
        select(PayLine.employee_id)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .where(PayLine.month == run.month, PayRegister.run_id != run.id)
    )
    return set(db.session.scalars(query))
