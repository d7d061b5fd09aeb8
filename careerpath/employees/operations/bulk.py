"""Changing many files at once, all or none, with as few questions to the database as for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.vault import vault
from careerpath.employees.models import Employee
from careerpath.employees.operations.details import Details, apply_details, check_identity_free, read_details
from careerpath.employees.operations.facts import (
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
from careerpath.employees.operations.history import check_unit, highest_certificate, highest_education, home_unit
from careerpath.employees.operations.people import RowRefused
from careerpath.words import Conflict, NotFound, Unmet, msg

CHUNK = 500


@dataclass(frozen=True, slots=True)
class FactPut:
    """A fact that supersedes another one, is added (``replaces`` is None), or is withdrawn (``given`` is None)."""

    kind: FactKind
    given: NewFact | None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class EmployeeChange:
    """What becomes of one file; ``version`` is the one that was looked at."""

    employee_id: int
    version: int
    details: Details | None = None
    facts: tuple[FactPut, ...] = ()


@operation(Permission.EMPLOYEE_EDIT)
def change_employees(actor: Actor, given: Sequence[EmployeeChange]) -> None:
    """Change many files, all or none; each is named once. Raises ``RowRefused`` for the first that cannot be changed.

    Facts are superseded, added and withdrawn as one by one; the columns kept for lists follow.
    """
    ids = [change.employee_id for change in given]
    if len(set(ids)) < len(ids):
        raise ValueError("a file is named twice")
    employees = _employees(actor, ids)
    files = _Files(actor, given)
    now = clock.now()
    made: list[Any] = []
    for place, change in enumerate(given):
        try:
            employee = employees.get(change.employee_id)
            if employee is None:
                raise NotFound
            _change_details(actor, employee, change)
            made += files.change(employee, change, now)
        except Unmet as unmet:
            raise RowRefused(place, unmet) from unmet
    session_add(*made)


def _employees(actor: Actor, ids: Sequence[int]) -> dict[int, Employee]:
    found: dict[int, Employee] = {}
    for start in range(0, len(ids), CHUNK):
        query = (
            select(Employee)
            .where(
                Employee.id.in_(ids[start : start + CHUNK]),
                within(actor, Employee.unit_id, Permission.EMPLOYEE_EDIT),
            )
            .with_for_update()
        )
        found |= {employee.id: employee for employee in db.session.scalars(query)}
    return found


def _change_details(actor: Actor, employee: Employee, change: EmployeeChange) -> None:
    if employee.version != change.version:
        message = msg("“%(name)s”的档案刚刚被其他人修改，请重新核对。", name=employee.name)
        raise Conflict(message, typed={}, current={})
    if change.details is None:
        return
    read = read_details(change.details, clock.today(), kept=employee)
    if read.identity is not None and vault().index(read.identity.number) != employee.identity_index:
        check_identity_free(actor, read.identity.number)
    apply_details(employee, read)


class _Files:
    """The living facts of all files that are to be changed, by kind and person."""

    def __init__(self, actor: Actor, given: Sequence[EmployeeChange]) -> None:
        kinds = {put.kind for change in given for put in change.facts}
        moved = [change.employee_id for change in given if change.details is not None]
        self.units = _units(actor, given)
        self.living: dict[FactKind, dict[int, list[Any]]] = {}
        for kind in kinds | ({FactKind.POSTING} if moved else set()):
            ids = [each.employee_id for each in given if each.details or any(put.kind is kind for put in each.facts)]
            self.living[kind] = _living(kind, ids)

    def change(self, employee: Employee, change: EmployeeChange, now: datetime) -> list[Any]:
        """Supersede and withdraw; gives the records to add."""
        life = Life(employee.born_on, employee.joined_community_on, employee.left_on)
        made = []
        for put in change.facts:
            living = self.living[put.kind].setdefault(employee.id, [])
            old: Any = None
            if put.replaces is not None:
                old = next((fact for fact in living if fact.id == put.replaces), None)
                if old is None:
                    message = msg("“%(name)s”的档案刚刚被其他人修改，请重新核对。", name=employee.name)
                    raise Conflict(message, typed={}, current={})
                old.superseded_at = now
                living.remove(old)
            if put.given is not None:
                self._check(put.given, life, living, old)
                record = record_of(put.given, employee.id, now)
                living.append(record)
                made.append(record)
        if change.details is not None:
            for posting in self.living[FactKind.POSTING].get(employee.id, []):
                check_fact(given_of(posting), life, clock.today())
        self._derive(employee, {put.kind for put in change.facts})
        return made

    def _check(self, given: NewFact, life: Life, living: Sequence[Any], old: Any) -> None:
        check_fact(given, life, clock.today())
        if isinstance(given, NewPosting):
            if old is None or old.unit_id != given.unit_id:
                if given.unit_id not in self.units:
                    raise NotFound
                check_unit(self.units[given.unit_id], given)
            check_overlap(given, [given_of(fact) for fact in living])
        if isinstance(given, NewAbsence):
            check_absences([*(fact.year for fact in living), given.year])

    def _derive(self, employee: Employee, kinds: set[FactKind]) -> None:
        for kind in kinds:
            living = self.living[kind].get(employee.id, [])
            if kind is FactKind.POSTING:
                employee.unit_id = home_unit(living, clock.today())
            elif kind is FactKind.EDUCATION:
                employee.highest_education = highest_education([fact.level for fact in living])
            elif kind is FactKind.CERTIFICATE:
                employee.highest_certificate = highest_certificate([fact.grade for fact in living])


def _living(kind: FactKind, ids: Sequence[int]) -> dict[int, list[Any]]:
    model = MODELS[kind]
    found: dict[int, list[Any]] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        query = select(model).where(model.employee_id.in_(chunk), model.superseded_at.is_(None))
        for fact in db.session.scalars(query.order_by(model.id)):
            found.setdefault(fact.employee_id, []).append(fact)
    return found


def _units(actor: Actor, given: Sequence[EmployeeChange]) -> Mapping[int, Unit]:
    facts = (put.given for change in given for put in change.facts)
    wanted = sorted({fact.unit_id for fact in facts if isinstance(fact, NewPosting)})
    found: dict[int, Unit] = {}
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        query = select(Unit).where(Unit.id.in_(chunk), within(actor, Unit.id, Permission.EMPLOYEE_EDIT))
        found |= {unit.id: unit for unit in db.session.scalars(query)}
    return found
