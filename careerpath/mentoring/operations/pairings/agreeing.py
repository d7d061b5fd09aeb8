"""Agreeing on pairings: one, or many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, tuple_

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import Home, homes_of
from careerpath.mentoring.models import Mentor, Pairing
from careerpath.mentoring.operations.lines import KnownLines
from careerpath.mentoring.operations.pairings.places import Places
from careerpath.mentoring.operations.texts import LONGEST_NUMBER, LONGEST_REASON, read_line, read_text
from careerpath.mentoring.queries.reach import in_district
from careerpath.mentoring.queries.rules import rules_on
from careerpath.policy.edition import to_plain
from careerpath.policy.mentoring import MentoringEdition, usual_end
from careerpath.words import NotFound, Refused, msg


@dataclass(frozen=True, slots=True)
class PairingGiven:
    """One mentor for one person; ``ends_on`` is the last day, none for the usual term of the rule."""

    mentor_id: int
    employee_id: int
    number: str
    starts_on: date
    ends_on: date | None = None
    wanted: tuple[str, ...] = ()
    goals: str = ""
    plan: str = ""
    assessment: str = ""
    cap_reason: str = ""


class PairingRefused(Refused):
    """A refusal within many: ``row`` counts from 0 in what was given; ``why`` is what the row alone would have met."""

    def __init__(self, row: int, name: str, why: Refused) -> None:
        super().__init__(msg("%(name)s：%(why)s", name=name, why=why.message), field=why.field)
        self.row = row
        self.why = why


@operation(Permission.MENTORING_KEEP)
def agree_pairing(actor: Actor, given: PairingGiven) -> int:
    """Pair a person of the actor's units with a mentor of the district; gives the id. The rule in force is frozen.

    Refuses who is not in service, a mentor outside the term or without a place (unless a reason is given), and a
    second pairing of the same two on the same days.
    """
    try:
        return _agree(actor, [given], {})[0]
    except PairingRefused as refused:
        raise refused.why from None


@operation(Permission.MENTORING_KEEP)
def agree_pairings(
    actor: Actor, rows: Sequence[PairingGiven], because: Mapping[int, Sequence[Any]] | None = None
) -> list[int]:
    """Agree on many pairings, all or none; gives the ids in order. A handful of queries for any number.

    ``because`` are the reasons of a proposal by the mentee's id, as JSON. Raises ``PairingRefused`` for the first that
    cannot be.
    """
    return _agree(actor, rows, because or {})


def _agree(actor: Actor, rows: Sequence[PairingGiven], because: Mapping[int, Sequence[Any]]) -> list[int]:
    mentors = _mentors(actor, {given.mentor_id for given in rows})
    people = _people(actor, {given.employee_id for given in rows})
    homes = _homes(rows)
    places, taken = Places(mentors, people), _taken_numbers(rows, people)
    lines = KnownLines(home.unit_path for home in homes.values())
    editions: dict[date, MentoringEdition] = {}
    made = []
    for row, given in enumerate(rows):
        mentor, employee = mentors[given.mentor_id], people[given.employee_id]
        home = homes[given.starts_on, employee.id]
        try:
            if given.starts_on not in editions:
                editions[given.starts_on] = rules_on(given.starts_on)
            edition = editions[given.starts_on]
            pairing = _pairing(given, mentor, employee, home, edition)
            pairing.wanted = lines.check(given.wanted, home.unit_path, "wanted")
            if (employee.unit_id, pairing.number) in taken:
                raise Refused(
                    msg("协议编号“%(number)s”已经使用，请换一个编号。", number=pairing.number), field="number"
                )
            places.check(edition, mentor, pairing, employee.name)
        except Refused as refused:
            raise PairingRefused(row, employee.name, refused) from refused
        pairing.because = list(because.get(employee.id, ()))
        taken.add((employee.unit_id, pairing.number))
        places.add(pairing)
        made.append(pairing)
    session_add(*made)
    return [pairing.id for pairing in made]


def _pairing(given: PairingGiven, mentor: Mentor, employee: Employee, home: Home, edition: MentoringEdition) -> Pairing:
    if mentor.employee_id == employee.id:
        raise Refused(msg("导师和帮带对象不能是同一人。"), field="mentor_id")
    if not home.in_service:
        raise Refused(msg("%(name)s在 %(on)s 已不在岗，不能结对。", name=employee.name, on=given.starts_on),
                      field="employee_id")  # fmt: skip
    ends_on = given.ends_on or usual_end(edition, given.starts_on)
    if ends_on < given.starts_on:
        raise Refused(msg("期满日期早于开始日期，请核对。"), field="ends_on")
    return Pairing(
        mentor_id=mentor.id,
        employee_id=employee.id,
        unit_id=employee.unit_id,
        number=read_line(given.number, "number", LONGEST_NUMBER, msg("请填写协议编号。")),
        edition=to_plain(edition),
        home_name=home.name,
        starts_on=given.starts_on,
        ends_on=ends_on,
        goals=read_text(given.goals, "goals"),
        plan=read_text(given.plan, "plan"),
        assessment=read_text(given.assessment, "assessment"),
        cap_reason=read_line(given.cap_reason, "cap_reason", LONGEST_REASON),
    )


def _mentors(actor: Actor, wanted: set[int]) -> dict[int, Mentor]:
    query = select(Mentor).where(Mentor.id.in_(wanted), in_district(actor, Mentor.unit_id, Permission.MENTORING_KEEP))
    # The rows are held in one order by everybody, so that two offices that share mentors wait instead of blocking.
    found = {mentor.id: mentor for mentor in db.session.scalars(query.order_by(Mentor.id).with_for_update())}
    if wanted - set(found):
        raise NotFound
    return found


def _people(actor: Actor, wanted: set[int]) -> dict[int, Employee]:
    query = select(Employee).where(Employee.id.in_(wanted), within(actor, Employee.unit_id, Permission.MENTORING_KEEP))
    found = {employee.id: employee for employee in db.session.scalars(query)}
    if wanted - set(found):
        raise NotFound
    return found


def _homes(rows: Sequence[PairingGiven]) -> dict[tuple[date, int], Home]:
    """Where the mentees serve on the first day, by that day and id. Two queries for each day."""
    days: dict[date, set[int]] = {}
    for given in rows:
        days.setdefault(given.starts_on, set()).add(given.employee_id)
    return {(on, one): home for on, ids in days.items() for one, home in homes_of(ids, on).items()}


def _taken_numbers(rows: Sequence[PairingGiven], people: Mapping[int, Employee]) -> set[tuple[int, str]]:
    wanted = {(people[given.employee_id].unit_id, " ".join(given.number.split())) for given in rows}
    query = select(Pairing.unit_id, Pairing.number).where(tuple_(Pairing.unit_id, Pairing.number).in_(wanted))
    return {(unit_id, number) for unit_id, number in db.session.execute(query)}
