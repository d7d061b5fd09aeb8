"""A class is closed: what counts for each, who passed, what they have shown by it. It may be reopened."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.models import Employee
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill, WorkLine
from careerpath.skills.operations.skills import SkillGiven, drop_skill, record_skills
from careerpath.skills.queries.lines import lines_of_many
from careerpath.training.models import (
    ClassDay,
    ClassSignIn,
    ClassState,
    Course,
    Enrolment,
    EnrolmentState,
    TrainingClass,
)
from careerpath.training.operations.steps import class_in
from careerpath.words import Refused, msg

CENT = Decimal("0.01")
ZERO = Decimal(0)


@operation(Permission.TRAINING_HOLD)
def close_class(actor: Actor, class_id: int, on: date) -> int:
    """Settle who took part, from the last day on; gives how many did.

    Hours count by the days on which somebody signed in, days by their share of all days; who never signed in was
    absent. Hours that were put by hand stand. Who waited for a place is out. With a score that is wanted, who has it
    passed. Who passed a course that teaches has shown the skill in its lines of work.
    """
    found = class_in(actor, class_id, ClassState.OPEN)
    if on < found.ends_on:
        raise Refused(msg("%(day)s 才结束，结束后才能办结；提前结束的，请先修改日程。", day=found.ends_on), field="on")
    if on > clock.today():
        raise Refused(msg("办结日期 %(day)s 晚于今天，请核对。", day=on), field="on")
    people = _people(found)
    for one in people:
        if one.state is EnrolmentState.WAITING:
            one.state, one.note = EnrolmentState.WITHDRAWN, one.note or "名额已满，未能参训"
    settle(found, [one for one in people if one.state is EnrolmentState.ENROLLED])
    found.state, found.closed_on = ClassState.CLOSED, on
    attended = [one for one in people if one.state is EnrolmentState.ATTENDED]
    db.session.flush()
    show_skills(actor, [(found, attended)])
    return len(attended)


@operation(Permission.TRAINING_HOLD)
def reopen_class(actor: Actor, class_id: int, reason: str) -> None:
    """Take the closing back for a reason: signs and results may be set right, and skills shown by it fall away."""
    found = class_in(actor, class_id, ClassState.CLOSED)
    reason = read_reason(reason)
    people = _people(found)
    for skill_id in _shown(found, [one.employee_id for one in people]):
        drop_skill(actor, skill_id)
    signed, days = _signs(found), _days(found)
    for one in people:
        if one.state in (EnrolmentState.ATTENDED, EnrolmentState.ABSENT):
            usual = _hours(signed.get(one.id, ()), days)
            one.state, one.days = EnrolmentState.ENROLLED, None
            # What was put by hand stands when the class is closed again.
            if one.hours == usual:
                one.hours = None
    found.state, found.closed_on = ClassState.OPEN, None
    found.remark = f"{found.remark} {clock.today()} 恢复办理：{reason}".strip()[-400:]


def settle(found: TrainingClass, people: Sequence[Enrolment]) -> None:
    """Write what counts for each of some people of a class, and who passed."""
    signed, days = _signs(found), _days(found)
    for one in people:
        signs = signed.get(one.id, ())
        by_hand = one.hours is not None
        hours = one.hours if one.hours is not None else _hours(signs, days)
        there = hours > 0 if by_hand else bool(signs)
        one.state = EnrolmentState.ATTENDED if there else EnrolmentState.ABSENT
        one.hours = hours if there else ZERO
        one.days = days_that_count(found, hours, len(signs), len(days), by_hand=by_hand) if there else None
        one.passed = passes(found, one.score) if there else None


def days_that_count(found: TrainingClass, hours: Decimal, signs: int, days: int, *, by_hand: bool) -> Decimal | None:
    """The days that count where a class is counted in days: their share of signs, or of hours put by hand."""
    if found.days is None:
        return None
    of_hours = hours / found.hours if found.hours else Decimal(1)
    share = of_hours if by_hand else Decimal(signs) / max(days, 1)
    return (found.days * min(share, Decimal(1))).quantize(CENT, "ROUND_DOWN")


def passes(found: TrainingClass, score: Decimal | None) -> bool | None:
    """Whether a score is enough; ``None`` where nothing is tested or there is no score."""
    return None if found.score_wanted is None or score is None else score >= found.score_wanted


def show_skills(actor: Actor, rows: Sequence[tuple[TrainingClass, Sequence[Enrolment]]]) -> int:
    """Keep what people showed by passing courses that teach; gives how many records are new.

    Without a test whoever was there all the time has passed. Lines that a person's district does not know are passed
    over, and so is who left before the last day, or no longer serves where the actor keeps skills.
    """
    courses = {course.id: course for course in _courses({found.course_id for found, _ in rows}) if course.teaches}
    passed = [
        (found, one.employee_id)
        for found, people in rows
        if found.course_id in courses
        for one in people
        if one.passed or (found.score_wanted is None and one.hours == found.hours)
    ]
    if not passed or not actor.has(Permission.SKILL_KEEP):
        return 0
    people = _serving(actor, {employee_id for _, employee_id in passed})
    lines = {
        path: {line.code: line.id for line in found}
        for path, found in lines_of_many({path for path, _ in people.values()}).items()
    }
    skills: list[tuple[int, SkillGiven]] = []
    for found, employee_id in passed:
        path, left_on = people.get(employee_id, ("", None))
        if not path or (left_on is not None and left_on < found.ends_on):
            continue
        course = courses[found.course_id]
        skills.extend(
            (employee_id, SkillGiven(lines[path][code], SkillLevel(course.teaches), ShownBy.COURSE, found.ends_on,
                                     evidence=found.name))
            for code in course.lines
            if code in lines[path]
        )  # fmt: skip
    return record_skills(actor, skills) if skills else 0


def _people(found: TrainingClass) -> list[Enrolment]:
    query = select(Enrolment).where(Enrolment.class_id == found.id).order_by(Enrolment.id)
    return list(db.session.scalars(query.with_for_update()))


def _days(found: TrainingClass) -> dict[int, Decimal]:
    query = select(ClassDay.id, ClassDay.hours).where(ClassDay.class_id == found.id)
    return {day_id: hours for day_id, hours in db.session.execute(query)}


def _signs(found: TrainingClass) -> dict[int, list[int]]:
    query = (
        select(ClassSignIn.enrolment_id, ClassSignIn.day_id)
        .join(Enrolment, Enrolment.id == ClassSignIn.enrolment_id)
        .where(Enrolment.class_id == found.id)
    )
    signed: dict[int, list[int]] = {}
    for enrolment_id, day_id in db.session.execute(query):
        signed.setdefault(enrolment_id, []).append(day_id)
    return signed


def _hours(signs: Sequence[int], days: dict[int, Decimal]) -> Decimal:
    return sum((days[day_id] for day_id in signs), ZERO)


def _courses(ids: set[int]) -> list[Course]:
    return list(db.session.scalars(select(Course).where(Course.id.in_(ids))))


def _serving(actor: Actor, ids: set[int]) -> dict[int, tuple[str, date | None]]:
    query = (
        select(Employee.id, Unit.path, Employee.left_on)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(Employee.id.in_(ids), within(actor, Employee.unit_id, Permission.SKILL_KEEP))
    )
    return {employee_id: (path, left_on) for employee_id, path, left_on in db.session.execute(query)}


def _shown(found: TrainingClass, employee_ids: Sequence[int]) -> list[int]:
    """The skills that came of a class, by its name and last day."""
    course = db.session.get_one(Course, found.course_id)
    if not course.teaches:
        return []
    query = (
        select(Skill.id)
        .join(WorkLine, WorkLine.id == Skill.line_id)
        .where(
            Skill.employee_id.in_(employee_ids),
            Skill.shown_by == ShownBy.COURSE,
            Skill.shown_on == found.ends_on,
            Skill.evidence == found.name,
            WorkLine.code.in_(course.lines),
        )
    )
    return list(db.session.scalars(query))
