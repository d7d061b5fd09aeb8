"""What a matching is solved from: mentors with places and load, and mentees with what they had before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, union_all

from careerpath.access.models import Unit
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import below
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import held_on
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.policy import mentoring as policy
from careerpath.policy.codes import Post, UnitKind
from careerpath.skills.queries.gaps import gaps_of, lines_lacking
from careerpath.skills.queries.lines import lines_of

MOST_WANTED = 3
"""How many lines are proposed at most for somebody to learn."""


@dataclass(frozen=True, slots=True)
class MentorFact:
    """A mentor in force for some days. ``suits`` is what policy asks of them; expertise stands there by name."""

    id: int
    name: str
    post: str
    kind: str
    employee_id: int | None
    suits: policy.Mentor


@dataclass(frozen=True, slots=True)
class MenteeFact:
    """Somebody who may be mentored. ``had`` are the mentors whom they had before, and themselves as a mentor."""

    employee_id: int
    unit_id: int
    unit_path: str
    had: frozenset[int]

    def suits(self, wanted: Collection[str]) -> policy.Mentee:
        """What policy asks of them, with what they want to learn by name."""
        return policy.Mentee(self.employee_id, self.unit_path, frozenset(wanted), self.had)


def district_path(path: str) -> str:
    """The path of the district that holds a unit; the unit's own where none does. One query."""
    query = select(Unit.path).where(Unit.id.in_(ids_of(path)), Unit.kind == UnitKind.DISTRICT)
    return db.session.scalar(query) or path


def names_of_lines(path: str) -> dict[str, str]:
    """The names of all lines of work at a unit by code, retired ones too. One query."""
    return {line.code: line.name for line in lines_of(path, retired=True)}


def runs_beside(starts_on: date, ends_on: date) -> ColumnElement[bool]:
    """The filter "this pairing has days in common with a time"; early endings end it."""
    return and_(Pairing.state != PairingState.DROPPED, Pairing.starts_on <= ends_on, last_day() >= starts_on)


def last_day() -> ColumnElement[date]:
    """The last day of a pairing: that of the agreement, or of its early end."""
    return func.coalesce(Pairing.ended_on, Pairing.ends_on)


def mentors_for(
    path: str, starts_on: date, ends_on: date, names: dict[str, str], ids: Collection[int] = ()
) -> list[MentorFact]:
    """The mentors of a district whose term holds a time, whoever asks: all of them, or those with these ids.

    Somebody of the register must be in service when it begins. Three queries.
    """
    query = (
        select(Mentor, Unit.path)
        .join(Unit, Unit.id == Mentor.unit_id)
        .outerjoin(Employee, Employee.id == Mentor.employee_id)
        .where(
            below(Mentor.unit_id, path),
            Mentor.starts_on <= starts_on,
            or_(Mentor.ends_on.is_(None), Mentor.ends_on >= ends_on),
            or_(Employee.left_on.is_(None), Employee.left_on >= starts_on),
        )
        .order_by(Mentor.id)
    )
    if ids:
        query = query.where(Mentor.id.in_(ids))
    rows = db.session.execute(query).all()
    commanded = _commanded([mentor.employee_id for mentor, _ in rows if mentor.employee_id is not None], starts_on)
    loads = _loads([mentor.id for mentor, _ in rows], starts_on, ends_on)
    return [
        MentorFact(
            id=mentor.id,
            name=mentor.name,
            post=mentor.post,
            kind=mentor.kind,
            employee_id=mentor.employee_id,
            suits=policy.Mentor(
                id=mentor.id,
                kind=mentor.kind,
                unit_path=unit_path,
                held=frozenset(names.get(code, code) for code in mentor.expertise),
                mentees=loads.get(mentor.id, 0),
                commands=commanded.get(mentor.employee_id or 0, ""),
                cap=mentor.cap,
            ),
        )
        for mentor, unit_path in rows
    ]


def mentees_of(filters: Iterable[ColumnElement[bool]]) -> dict[int, MenteeFact]:
    """The people whom some filters over ``Employee`` leave, by id, in the order of unit and number. Two queries."""
    query = (
        select(Employee.id, Employee.unit_id, Unit.path)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(*filters)
        .order_by(Unit.code, Employee.number)
    )
    rows = db.session.execute(query).all()
    had: dict[int, set[int]] = {}
    pairs = select(Pairing.employee_id, Pairing.mentor_id).where(Pairing.state != PairingState.DROPPED)
    themselves = select(Mentor.employee_id, Mentor.id).where(Mentor.employee_id.is_not(None))
    both: Any = union_all(pairs, themselves)
    for employee_id, mentor_id in db.session.execute(both):
        had.setdefault(employee_id, set()).add(mentor_id)
    return {
        employee_id: MenteeFact(employee_id, unit_id, path, frozenset(had.get(employee_id, ())))
        for employee_id, unit_id, path in rows
    }


def wanted_by_gaps(mentees: Collection[MenteeFact], on: date) -> dict[int, tuple[str, ...]]:
    """What some people would best learn, as codes: what their unit lacks and they cannot do. Six queries."""
    gaps = gaps_of({one.unit_id for one in mentees}, on)
    lacking = lines_lacking([one.employee_id for one in mentees], on)
    found = {}
    for one in mentees:
        own = {line.code for line in lacking.get(one.employee_id, ())}
        covers = [cover for cover in gaps.get(one.unit_id, ()) if cover.code in own]
        covers.sort(key=lambda cover: -cover.lacking)
        found[one.employee_id] = tuple(cover.code for cover in covers[:MOST_WANTED])
    return found


def without_mentor(starts_on: date, ends_on: date) -> tuple[ColumnElement[bool], ...]:
    """The filters over ``Employee`` "has no mentor in that time, and mentors nobody"."""
    paired = select(Pairing.employee_id).where(runs_beside(starts_on, ends_on))
    mentoring = select(Mentor.employee_id).where(
        Mentor.employee_id.is_not(None),
        Mentor.starts_on <= ends_on,
        or_(Mentor.ends_on.is_(None), Mentor.ends_on >= starts_on),
    )
    return Employee.id.not_in(paired), Employee.id.not_in(mentoring)


def _loads(mentor_ids: Collection[int], starts_on: date, ends_on: date) -> dict[int, int]:
    """How many people some mentors have at the most at once within a time."""
    query = select(Pairing.mentor_id, Pairing.starts_on, last_day()).where(
        Pairing.mentor_id.in_(mentor_ids), runs_beside(starts_on, ends_on)
    )
    spans: dict[int, list[tuple[date, date]]] = {}
    for mentor_id, first, last in db.session.execute(query):
        spans.setdefault(mentor_id, []).append((max(first, starts_on), last))
    return {
        mentor_id: max(sum(first <= day <= last for first, last in found) for day, _ in found)
        for mentor_id, found in spans.items()
    }


def _commanded(employee_ids: Collection[int], on: date) -> dict[int, str]:
    """The paths of the communities whose secretaries some people are on a day."""
    query = (
        select(Posting.employee_id, Unit.path)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Posting.employee_id.in_(employee_ids), Posting.main.is_(True), Posting.post == Post.CHIEF, *held_on(on))
    )
    return {employee_id: path for employee_id, path in db.session.execute(query)}
