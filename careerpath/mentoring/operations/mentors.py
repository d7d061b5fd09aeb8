"""The register of mentors: who is appointed, for what, for how long."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select, tuple_

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import Home, homes_of
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.mentoring.operations.lines import KnownLines
from careerpath.mentoring.operations.texts import (
    LONGEST_DOCUMENT,
    LONGEST_NUMBER,
    LONGEST_REASON,
    LONGEST_REMARK,
    read_line,
    read_text,
)
from careerpath.mentoring.queries.rules import rules_on
from careerpath.policy.mentoring import MentoringEdition
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_NAME = 64
LONGEST_POST = 120
LONGEST_PHONE = 20
MOST_MENTEES = 50

OUTSIDE_KEYS = ("name", "post", "phone")


@dataclass(frozen=True, slots=True)
class MentorGiven:
    """Somebody appointed as a mentor: a person of the register by ``employee_id``, or from outside by name and post.

    ``cap`` is how many people they take, none for the cap of their kind; ``ends_on`` the last day of the appointment.
    """

    kind: str
    number: str
    expertise: tuple[str, ...]
    starts_on: date
    ends_on: date | None = None
    cap: int | None = None
    document: str = ""
    remark: str = ""
    employee_id: int | None = None
    name: str = ""
    post: str = ""
    phone: str = ""


class MentorRefused(Refused):
    """A refusal within many: ``row`` counts from 0 in what was given; ``why`` is what the row alone would have met."""

    def __init__(self, row: int, name: str, why: Refused) -> None:
        super().__init__(msg("%(name)s：%(why)s", name=name, why=why.message), field=why.field)
        self.row = row
        self.why = why


@operation(Permission.MENTORING_KEEP)
def register_mentor(actor: Actor, unit_id: int, given: MentorGiven) -> int:
    """Enter a mentor of a unit; gives the id. Somebody whose appointment ended before is taken up again."""
    try:
        return _register(actor, [(unit_id, given)])[0]
    except MentorRefused as refused:
        raise refused.why from None


@operation(Permission.MENTORING_KEEP)
def register_mentors(actor: Actor, rows: Sequence[tuple[int, MentorGiven]]) -> list[int]:
    """Enter many mentors with their units, all or none; gives the ids in order. A handful of queries for any number.

    Raises ``MentorRefused`` for the first that cannot be, ``NotFound`` for units and people that are not the actor's.
    """
    return _register(actor, rows)


@operation(Permission.MENTORING_KEEP)
def change_mentor(actor: Actor, mentor_id: int, given: MentorGiven, version: int) -> None:
    """Set right or renew an appointment; who the mentor is does not change. Raises ``Conflict`` for an old version.

    Name and post of somebody with a file are taken from it anew.
    """
    mentor = fetch(actor, Mentor, mentor_id, Permission.MENTORING_KEEP, lock=True)
    if mentor.version != version:
        typed = {name: value for name, value in asdict(given).items() if name != "employee_id"}
        raise Conflict(
            msg("这名导师的信息刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(mentor, name) for name in typed},
        )
    path = db.session.scalars(select(Unit.path).where(Unit.id == mentor.unit_id)).one()
    number = _number(given)
    taken = select(Mentor.id).where(Mentor.unit_id == mentor.unit_id, Mentor.number == number, Mentor.id != mentor.id)
    if db.session.scalar(taken) is not None:
        raise _number_taken(number)
    first, last = _days_of_pairings(mentor)
    if first is not None and given.starts_on > first:
        raise Refused(msg("已有 %(on)s 开始的结对，聘期不能晚于这一天开始。", on=first), field="starts_on")
    if last is not None and given.ends_on is not None and given.ends_on < last:
        raise Refused(msg("有结对到 %(on)s 才期满，聘期不能早于这一天结束。", on=last), field="ends_on")
    home = _home_of(mentor)
    _fill(mentor, given, rules_on(given.starts_on), home)
    mentor.number = number
    mentor.expertise = KnownLines([path]).check(given.expertise, path, "expertise")


@operation(Permission.MENTORING_KEEP)
def end_mentor(actor: Actor, mentor_id: int, ends_on: date, reason: str) -> None:
    """End an appointment with a last day and the reason. Refused while pairings run past that day."""
    mentor = fetch(actor, Mentor, mentor_id, Permission.MENTORING_KEEP, lock=True)
    if ends_on < mentor.starts_on:
        raise Refused(msg("解聘日期早于聘任日期 %(on)s，请核对。", on=mentor.starts_on), field="ends_on")
    _, last = _days_of_pairings(mentor)
    if last is not None and last > ends_on:
        raise Refused(msg("仍有结对到 %(on)s 才期满，请先提前结束或办结这些结对。", on=last), field="ends_on")
    why = read_line(reason, "reason", LONGEST_REASON, msg("请写明解聘的原因，如工作调动。"))
    mentor.ends_on, mentor.end_reason = ends_on, why


@operation(Permission.MENTORING_KEEP)
def reopen_mentor(actor: Actor, mentor_id: int) -> None:
    """Take the end of an appointment back: it is in force without a last day."""
    mentor = fetch(actor, Mentor, mentor_id, Permission.MENTORING_KEEP, lock=True)
    if mentor.ends_on is None:
        raise Refused(msg("这名导师仍在聘，没有可撤销的解聘。"))
    mentor.ends_on, mentor.end_reason = None, ""


def _register(actor: Actor, rows: Sequence[tuple[int, MentorGiven]]) -> list[int]:
    people = _people(actor, rows)
    paths = _paths(actor, {unit_id for unit_id, _ in rows})
    homes = homes_of(people, max(given.starts_on for _, given in rows)) if people else {}
    query = select(Mentor).where(Mentor.employee_id.in_(people)).order_by(Mentor.id).with_for_update()
    known = {mentor.employee_id: mentor for mentor in db.session.scalars(query)} if people else {}
    numbers = _numbers(rows)
    editions: dict[date, MentoringEdition] = {}
    lines, made = KnownLines(paths.values()), []
    for row, (unit_id, given) in enumerate(rows):
        employee = people[given.employee_id] if given.employee_id is not None else None
        name = employee.name if employee is not None else given.name.strip()
        try:
            if given.starts_on not in editions:
                editions[given.starts_on] = rules_on(given.starts_on)
            mentor = known.get(given.employee_id) if given.employee_id is not None else None
            if mentor is not None and (mentor.ends_on is None or mentor.ends_on >= given.starts_on):
                raise Refused(msg("%(name)s已在导师名册中，请直接修改其聘任信息。", name=name), field="employee_id")
            if employee is not None and employee.unit_id != unit_id:
                raise Refused(msg("%(name)s不在这个单位任职，请核对单位。", name=name), field="unit_id")
            home = homes[employee.id] if employee is not None else None
            if home is not None and not home.in_service:
                raise Refused(msg("%(name)s已不在岗，不能聘任为导师。", name=name), field="employee_id")
            number = _number(given)
            if numbers.get((unit_id, number), mentor) is not mentor:
                raise _number_taken(number)
            mentor = mentor or Mentor(employee_id=given.employee_id)
            numbers[unit_id, number] = mentor
            mentor.unit_id, mentor.number, mentor.end_reason = unit_id, number, ""
            _fill(mentor, given, editions[given.starts_on], home, employee)
            mentor.expertise = lines.check(given.expertise, paths[unit_id], "expertise")
        except Refused as refused:
            raise MentorRefused(row, name, refused) from refused
        if given.employee_id is not None:
            known[given.employee_id] = mentor
        made.append(mentor)
    session_add(*made)
    return [mentor.id for mentor in made]


def _people(actor: Actor, rows: Sequence[tuple[int, MentorGiven]]) -> dict[int, Employee]:
    wanted = {given.employee_id for _, given in rows if given.employee_id is not None}
    if not wanted:
        return {}
    query = select(Employee).where(Employee.id.in_(wanted), within(actor, Employee.unit_id, Permission.MENTORING_KEEP))
    found = {employee.id: employee for employee in db.session.scalars(query)}
    if wanted - set(found):
        raise NotFound
    return found


def _paths(actor: Actor, unit_ids: set[int]) -> dict[int, str]:
    query = select(Unit.id, Unit.path).where(Unit.id.in_(unit_ids), within(actor, Unit.id, Permission.MENTORING_KEEP))
    found = {unit_id: path for unit_id, path in db.session.execute(query)}
    if unit_ids - set(found):
        raise NotFound
    return found


def _numbers(rows: Sequence[tuple[int, MentorGiven]]) -> dict[tuple[int, str], Mentor]:
    wanted = {(unit_id, " ".join(given.number.split())) for unit_id, given in rows}
    query = select(Mentor).where(tuple_(Mentor.unit_id, Mentor.number).in_(wanted))
    return {(mentor.unit_id, mentor.number): mentor for mentor in db.session.scalars(query)}


def _number(given: MentorGiven) -> str:
    return read_line(given.number, "number", LONGEST_NUMBER, msg("请填写聘书编号。"))


def _number_taken(number: str) -> Refused:
    return Refused(msg("聘书编号“%(number)s”已经使用，请换一个编号。", number=number), field="number")


def _fill(
    mentor: Mentor, given: MentorGiven, edition: MentoringEdition, home: Home | None, employee: Employee | None = None
) -> None:
    kind = edition.mentor_kind(given.kind)
    if kind is None:
        known = "、".join(f"{one.name}（{one.code}）" for one in edition.mentors)
        raise Refused(msg("现行办法没有“%(kind)s”这类导师，请改为：%(known)s。", kind=given.kind, known=known),
                      field="kind")  # fmt: skip
    if given.ends_on is not None and given.ends_on < given.starts_on:
        raise Refused(msg("聘期结束日期早于开始日期，请核对。"), field="ends_on")
    if given.cap is not None and not 1 <= given.cap <= MOST_MENTEES:
        raise Refused(msg("最多带教人数应为 1 至 %(most)s 人，请改正。", most=MOST_MENTEES), field="cap")
    if home is None:
        if not kind.outside:
            raise Refused(
                msg("%(kind)s应在人员库中选择，没有档案的人员不能聘为这类导师。", kind=kind.name), field="kind"
            )
        mentor.name = read_line(given.name, "name", LONGEST_NAME, msg("请填写导师姓名。"))
        mentor.post = read_line(given.post, "post", LONGEST_POST, msg("请填写导师的单位及职务。"))
        mentor.phone = read_line(given.phone, "phone", LONGEST_PHONE)
    else:
        mentor.name = employee.name if employee is not None else mentor.name
        mentor.post, mentor.phone = home.name, ""
    mentor.kind, mentor.cap = given.kind, given.cap
    mentor.starts_on, mentor.ends_on = given.starts_on, given.ends_on
    mentor.document = read_line(given.document, "document", LONGEST_DOCUMENT)
    mentor.remark = read_text(given.remark, "remark", most=LONGEST_REMARK)


def _home_of(mentor: Mentor) -> Home | None:
    if mentor.employee_id is None:
        return None
    return homes_of([mentor.employee_id], mentor.starts_on)[mentor.employee_id]


def _days_of_pairings(mentor: Mentor) -> tuple[date | None, date | None]:
    """The first and the last day of the mentor's pairings that are neither over nor dropped."""
    query = select(Pairing.starts_on, Pairing.ends_on).where(
        Pairing.mentor_id == mentor.id, Pairing.state == PairingState.AGREED
    )
    days = db.session.execute(query).all()
    return min((first for first, _ in days), default=None), max((last for _, last in days), default=None)
