"""One pairing: agreement, logs and reviews by day, what is due, and what is lacking before it is completed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, MentoringLog, MentoringReview, Pairing, PairingState
from careerpath.mentoring.queries.rules import frozen_rules
from careerpath.mentoring.queries.standing import LIVING, Stand, departure, stand_of
from careerpath.policy.mentoring import MentoringEdition, reviews_due, reviews_missing
from careerpath.policy.mentoring import Pairing as Course
from careerpath.skills.queries.lines import line_names
from careerpath.words import Message, NotFound, msg


@dataclass(frozen=True, slots=True)
class PairingHead:
    """What forms about a pairing say of it."""

    record: Pairing
    name: str
    mentor: Mentor
    unit_name: str
    unit_path: str
    mentee_left: date | None = None
    mentor_left: date | None = None

    @property
    def edition(self) -> MentoringEdition:
        """The rule that it froze."""
        return frozen_rules(self.record.edition)


@dataclass(frozen=True, slots=True)
class Item:
    """A log or a review on the timeline."""

    id: int
    on: date
    is_review: bool
    title: str
    text: str
    hours: Decimal
    by: str


@dataclass(frozen=True, slots=True)
class Due:
    """A review that the rule asks for by a day; ``standing`` is held, missing or coming."""

    on: date
    standing: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something that belongs to the end: ``met``, ``open`` or ``failed``."""

    state: str
    text: Message
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class PairingPage:
    """All of a pairing."""

    head: PairingHead
    stand: Stand
    items: tuple[Item, ...]
    dues: tuple[Due, ...]
    checks: tuple[Check, ...]
    wanted: tuple[str, ...]
    hours: Decimal
    logs: int
    months_without: int
    departure: Message | None
    may_keep: bool
    may_log: bool
    may_see_file: bool

    @property
    def grades(self) -> tuple[tuple[str, str], ...]:
        """The grades of the frozen rule: code and name."""
        return tuple((grade.code, grade.name) for grade in self.head.edition.grades)

    @property
    def open(self) -> bool:
        """Whether it is neither completed nor over."""
        return self.head.record.state is PairingState.AGREED

    @property
    def living(self) -> bool:
        """Whether it asks for logs and reviews today."""
        return self.stand.standing in LIVING


def pairing_head(actor: Actor, pairing_id: int, permission: Permission) -> PairingHead:
    """A pairing of somebody of the actor's units. Two queries."""
    return head_of(fetch(actor, Pairing, pairing_id, permission))


def head_of(pairing: Pairing) -> PairingHead:
    """The head of a pairing that the reader may open already. One query."""
    teacher = aliased(Employee)
    query = (
        select(Employee.name, Mentor, Unit.short_name, Unit.path, Employee.left_on, teacher.left_on)
        .select_from(Pairing)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .outerjoin(teacher, teacher.id == Mentor.employee_id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .where(Pairing.id == pairing.id)
    )
    return PairingHead(pairing, *db.session.execute(query).one())


def log_head(actor: Actor, log_id: int) -> tuple[MentoringLog, PairingHead]:
    """A log of the actor's units with its pairing. Two queries."""
    log = db.session.get(MentoringLog, log_id)
    if log is None:
        raise NotFound
    return log, pairing_head(actor, log.pairing_id, Permission.MENTORING_LOG)


def review_head(actor: Actor, review_id: int) -> tuple[MentoringReview, PairingHead]:
    """A review of the actor's units with its pairing. Three queries."""
    review = db.session.get(MentoringReview, review_id)
    if review is None:
        raise NotFound
    return review, pairing_head(actor, review.pairing_id, Permission.MENTORING_LOG)


def pairing_page(actor: Actor, pairing_id: int) -> PairingPage:
    """The page of a pairing of the actor's units. Five queries."""
    head, today = pairing_head(actor, pairing_id, Permission.MENTORING_VIEW), clock.today()
    logs, reviews = logs_of(pairing_id), reviews_of(pairing_id)
    names = line_names(head.record.wanted, head.unit_path)
    days = tuple(log.on for log in logs)
    held = tuple(review.on for review in reviews)
    items = [Item(one.id, one.on, False, one.topic, one.text, one.hours, one.by) for one in logs]
    items += [Item(one.id, one.on, True, one.progress, one.opinion, Decimal(0), one.by) for one in reviews]
    return PairingPage(
        head=head,
        stand=stand_of(head.record, head.edition, days, held, today),
        items=tuple(sorted(items, key=lambda item: (item.on, item.id), reverse=True)),
        dues=dues_of(head, held, today),
        checks=checks_of(head, held, today),
        wanted=tuple(names[code] for code in head.record.wanted),
        hours=sum((log.hours for log in logs), Decimal(0)),
        logs=len(logs),
        months_without=months_without(head.record, days, today),
        departure=departure(head.mentee_left, head.mentor_left, today),
        may_keep=actor.can(Permission.MENTORING_KEEP, head.unit_path),
        may_log=actor.can(Permission.MENTORING_LOG, head.unit_path),
        may_see_file=actor.can(Permission.EMPLOYEE_VIEW, head.unit_path),
    )


def logs_of(pairing_id: int) -> list[MentoringLog]:
    """The logs of a pairing by day. One query."""
    query = select(MentoringLog).where(MentoringLog.pairing_id == pairing_id)
    return list(db.session.scalars(query.order_by(MentoringLog.on, MentoringLog.id)))


def reviews_of(pairing_id: int) -> list[MentoringReview]:
    """The reviews of a pairing by day. One query."""
    query = select(MentoringReview).where(MentoringReview.pairing_id == pairing_id)
    return list(db.session.scalars(query.order_by(MentoringReview.on)))


def dues_of(head: PairingHead, held: tuple[date, ...], today: date) -> tuple[Due, ...]:
    """The reviews that the frozen rule asks for, and how each stands today."""
    pairing, edition = head.record, head.edition
    course = Course(pairing.starts_on, pairing.ends_on, (), held)
    missing = set(reviews_missing(edition, course, today))
    until = pairing.ended_on or pairing.ends_on
    return tuple(
        Due(day, "missing" if day in missing else "held" if _held(course, edition, day) else "coming")
        for day in reviews_due(edition, course)
        if day <= until
    )


def checks_of(head: PairingHead, held: tuple[date, ...], today: date) -> tuple[Check, ...]:
    """What belongs to the end of a pairing, and what of it is lacking."""
    pairing = head.record
    over = pairing.ends_on <= today
    missing = reviews_missing(head.edition, Course(pairing.starts_on, pairing.ends_on, (), held), today)
    return (
        Check("met" if over else "open", msg("期限已满"), None if over else msg("%(day)s 期满", day=pairing.ends_on)),
        Check("met" if pairing.mentee_grade else "open", msg("导师已评价帮带对象")),
        Check("met" if pairing.mentor_grade else "open", msg("帮带对象已评价导师")),
        Check(
            "failed" if missing else "met" if over else "open",
            msg("季度评估齐全"),
            msg("缺 %(count)s 次，办结时须在见证单位意见中说明", count=len(missing)) if missing else None,
        ),
    )


def months_without(pairing: Pairing, logs: tuple[date, ...], today: date) -> int:
    """How many whole months of the term, up to last month, have no log: one a month is usual."""
    until = min(today, pairing.ended_on or pairing.ends_on)
    first = pairing.starts_on.year * 12 + pairing.starts_on.month - 1
    have = {day.year * 12 + day.month - 1 for day in logs}
    return sum(month not in have for month in range(first + 1, until.year * 12 + until.month - 1))


def next_pairing_number(unit_id: int, year: int) -> str:
    """A number of an agreement that the unit has not used: the year and a serial. One query."""
    used = db.session.scalar(
        select(func.count()).where(Pairing.unit_id == unit_id, Pairing.number.startswith(f"{year}-", autoescape=True))
    )
    return f"{year}-{(used or 0) + 1:03d}"


def _held(course: Course, edition: MentoringEdition, due: date) -> bool:
    before = [day for day in reviews_due(edition, course) if day < due]
    first = before[-1] if before else date.min
    return any(first < day <= due for day in course.reviews)
