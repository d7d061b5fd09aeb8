"""One mentor: the appointment, what they teach, and whom they have and had."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, Pairing
from careerpath.mentoring.queries.mentors import kind_names
from careerpath.mentoring.queries.reach import meet_mentor
from careerpath.mentoring.queries.rules import rules_or_none
from careerpath.mentoring.queries.standing import Standing, stand_of_row, with_days
from careerpath.skills.queries.lines import line_names


@dataclass(frozen=True, slots=True)
class MenteeLine:
    """Somebody whom the mentor has or had; ``link`` tells whether the reader may open the pairing."""

    pairing_id: int
    name: str
    home_name: str
    starts_on: date
    last_on: date
    standing: Standing
    link: bool


@dataclass(frozen=True, slots=True)
class MentorPage:
    """All of a mentor. ``mentees`` are shown to the offices of both; others see how many there are."""

    record: Mentor
    unit_name: str
    kind: str
    cap: int
    running: int
    expertise: tuple[str, ...]
    mentees: tuple[MenteeLine, ...]
    hidden: int
    may_keep: bool
    may_see_file: bool
    in_term: bool

    @property
    def free(self) -> int:
        """How many more people they may take."""
        return max(self.cap - self.running, 0) if self.in_term else 0


@dataclass(frozen=True, slots=True)
class MentorHead:
    """What forms about a mentor say of them."""

    record: Mentor
    unit_name: str
    unit_path: str


def mentor_head(actor: Actor, mentor_id: int) -> MentorHead:
    """A mentor whom the actor's office keeps. Two queries."""
    record = fetch(actor, Mentor, mentor_id, Permission.MENTORING_KEEP)
    name, path = db.session.execute(select(Unit.short_name, Unit.path).where(Unit.id == record.unit_id)).one()
    return MentorHead(record, name, path)


def mentor_page(actor: Actor, mentor_id: int) -> MentorPage:
    """The page of a mentor of the actor's district. Six queries at the most."""
    record, today = meet_mentor(actor, mentor_id, Permission.MENTORING_VIEW), clock.today()
    unit_name, path = db.session.execute(select(Unit.short_name, Unit.path).where(Unit.id == record.unit_id)).one()
    edition = rules_or_none(today)
    kind = edition.mentor_kind(record.kind) if edition is not None else None
    keeps = actor.can(Permission.MENTORING_VIEW, path)
    last = func.coalesce(Pairing.ended_on, Pairing.ends_on)
    query = (
        with_days(today)
        .add_columns(Employee.name, Pairing.home_name, Unit.path, last.label("last_on"))
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .where(Pairing.mentor_id == record.id)
        .order_by(Pairing.starts_on.desc(), Pairing.id.desc())
    )
    found, hidden, running = [], 0, 0
    for row in db.session.execute(query):
        link, standing = actor.can(Permission.MENTORING_VIEW, row.path), stand_of_row(row, today).standing
        running += standing is not Standing.DROPPED and row.starts_on <= today <= row.last_on
        if not (link or keeps):
            hidden += 1
            continue
        found.append(MenteeLine(row.pairing_id, row.name, row.home_name, row.starts_on, row.last_on, standing, link))
    names = line_names(record.expertise, path)
    return MentorPage(
        record=record,
        unit_name=unit_name,
        kind=kind_names(edition).get(record.kind, record.kind),
        cap=record.cap or (kind.cap if kind is not None else 0),
        running=running,
        expertise=tuple(names[code] for code in record.expertise),
        mentees=tuple(found),
        hidden=hidden,
        may_keep=actor.can(Permission.MENTORING_KEEP, path),
        may_see_file=record.employee_id is not None and actor.can(Permission.EMPLOYEE_VIEW, path),
        in_term=record.starts_on <= today and (record.ends_on is None or record.ends_on >= today),
    )


def next_number(unit_id: int, year: int) -> str:
    """A number of a letter of appointment that the unit has not used: the year and a serial. One query."""
    used = db.session.scalar(
        select(func.count()).where(Mentor.unit_id == unit_id, Mentor.number.startswith(f"{year}-", autoescape=True))
    )
    return f"{year}-{(used or 0) + 1:03d}"
