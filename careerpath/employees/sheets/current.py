"""What a roster says of people as they stand: the facts of a day, and the cells that show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.core.vault import vault
from careerpath.employees.models import Absence, Certificate, Contract, Education, Employee, Posting
from careerpath.employees.operations.facts import given_of
from careerpath.employees.operations.history import EDUCATION_RANKS
from careerpath.employees.queries.sealed import opened
from careerpath.employees.sheets.columns import (
    ABSENCE,
    CERTIFICATE,
    CONTRACT,
    DETAILS,
    FULL_TIME,
    GROUPS,
    IN_SERVICE,
    POSTING,
    Group,
)
from careerpath.employees.sheets.units import UnitNames
from careerpath.policy.codes import Certificate as CertificateGrade

CHUNK = 500

_GRADES = [grade.value for grade in CertificateGrade]


@dataclass(slots=True)
class Filed:
    """One person with the facts that the roster shows, by the prefix of their columns."""

    employee: Employee
    facts: dict[str, Any] = field(default_factory=dict)

    def fact(self, group: Group) -> Any:
        """The fact of a group of columns, or ``None``."""
        return self.facts.get(group.prefix)

    def same_identity(self, number: str) -> bool:
        """Whether a full identity number is this person's."""
        return vault().index(number) == self.employee.identity_index


def filed(employees: Sequence[Employee], on: date, year: int) -> dict[int, Filed]:
    """People by id with the facts that hold on a day and the absences of a year: five queries for each 500."""
    found = {employee.id: Filed(employee) for employee in employees}
    ids = list(found)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        _put(found, POSTING, _postings(chunk, on, found))
        _put(found, FULL_TIME, _studies(chunk, full_time=True))
        _put(found, IN_SERVICE, _studies(chunk, full_time=False))
        _put(found, CERTIFICATE, _certificates(chunk))
        _put(found, CONTRACT, _contracts(chunk, on))
        _put(found, ABSENCE, _live(Absence, chunk, Absence.year == year))
    return found


def details_cells(employee: Employee, *, reveal: bool, contact: bool = True) -> dict[str, object]:
    """The first page by column. The identity number is masked unless ``reveal`` says otherwise.

    Without ``contact`` the telephone number is masked and the address left out.
    """
    cells: dict[str, object] = {name: getattr(employee, name) for name in DETAILS if hasattr(employee, name)}
    sealed = employee.identity_sealed
    return cells | {
        "number": employee.number,
        "sex": employee.sex,
        "born_on": employee.born_on.replace(day=1),
        "identity": opened(sealed, "identity", employee.uid) if reveal else employee.identity_masked,
        "phone": opened(employee.phone_sealed, "phone", employee.uid) if contact else employee.phone_masked,
        "address": opened(employee.address_sealed, "address", employee.uid) if contact else None,
    }


def fact_cells(group: Group, fact: Any) -> dict[str, object]:
    """A fact by field of its group; the unit of a posting by its id. All ``None`` without a fact."""
    if fact is None:
        return dict.fromkeys(group.fields)
    given = given_of(fact)
    return {name: given.unit_id if name == "unit" else getattr(given, name) for name in group.fields}


def roster_row(person: Filed, units: UnitNames, *, reveal: bool, contact: bool) -> dict[str, object]:
    """One row of an export, ready for the roster's columns: what is empty or zero or said by default stays blank."""
    cells = details_cells(person.employee, reveal=reveal, contact=contact)
    for group in GROUPS:
        for name, value in fact_cells(group, person.fact(group)).items():
            shown = units.path_text(value) if name == "unit" and isinstance(value, int) else value
            cells[group.key(name)] = shown
    return {key: value or None for key, value in cells.items()}


def _put(found: Mapping[int, Filed], group: Group, facts: Iterable[Any]) -> None:
    """The last fact of each person is the one that is shown."""
    for fact in facts:
        found[fact.employee_id].facts[group.prefix] = fact


def _live(model: Any, ids: Sequence[int], *conditions: Any) -> Sequence[Any]:
    query = select(model).where(model.employee_id.in_(ids), model.superseded_at.is_(None), *conditions)
    return db.session.scalars(query.order_by(model.id)).all()


def _postings(ids: Sequence[int], on: date, found: Mapping[int, Filed]) -> list[Posting]:
    """As for the home unit: the last that has begun, failing that the first to come."""

    def order(fact: Posting) -> tuple[bool, int]:
        left_on = found[fact.employee_id].employee.left_on
        begun = fact.starts_on <= (on if left_on is None else min(on, left_on))
        return begun, fact.starts_on.toordinal() * (1 if begun else -1)

    return sorted(_live(Posting, ids, Posting.main.is_(True)), key=order)


def _studies(ids: Sequence[int], *, full_time: bool) -> list[Education]:
    facts = _live(Education, ids, Education.full_time.is_(full_time))
    return sorted(facts, key=lambda fact: (EDUCATION_RANKS[fact.level], fact.graduated_on or date.min))


def _certificates(ids: Sequence[int]) -> list[Certificate]:
    return sorted(_live(Certificate, ids), key=lambda fact: (_GRADES.index(fact.grade), fact.obtained_on))


def _contracts(ids: Sequence[int], on: date) -> list[Contract]:
    return sorted(_live(Contract, ids), key=lambda fact: (fact.starts_on <= on, fact.starts_on))
