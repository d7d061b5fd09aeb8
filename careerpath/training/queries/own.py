"""One's own training: classes that are open to one, those one is in, what one has had this year."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import near
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.serving import own_employee
from careerpath.training.models import (
    ClassDay,
    ClassPaper,
    ClassSignIn,
    ClassState,
    Enrolment,
    EnrolmentState,
    TrainingClass,
)
from careerpath.training.queries.audience import audience_filter
from careerpath.training.queries.classes import KINDS, STANDINGS, Standing, standing_of
from careerpath.training.queries.needs import OwnNeeds, person_needs
from careerpath.words import Message

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class that one is or was in."""

    record: TrainingClass = field(repr=False)
    unit_name: str
    enrolment: Enrolment = field(repr=False)
    standing: Standing
    days: tuple[ClassDay, ...]
    signed: frozenset[int]
    """The days on which one signed in."""
    papers: tuple[ClassPaper, ...]

    @property
    def standing_word(self) -> Message:
        """Where the class stands."""
        return STANDINGS[self.standing]

    @property
    def standing_kind(self) -> str:
        """The colour of its pill."""
        return KINDS[self.standing]

    @property
    def may_withdraw(self) -> bool:
        """Whether one may still step back oneself."""
        return self.standing is Standing.AHEAD and self.enrolment.state in (
            EnrolmentState.ENROLLED,
            EnrolmentState.WAITING,
        )

    @property
    def may_rate(self) -> bool:
        """Whether one may say what one thinks of it."""
        return self.enrolment.state is EnrolmentState.ATTENDED


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """The page of a worker; ``today`` are days on which one can sign in today."""

    year: int
    open: tuple[tuple[TrainingClass, str], ...]
    """Classes to which one may put oneself, with the holder's name."""
    now: tuple[OwnClass, ...]
    past: tuple[OwnClass, ...]
    needs: OwnNeeds
    signs_today: bool


def own_training(actor: Actor) -> OwnTraining | None:
    """One's own training, or ``None`` for an account without a file. About ten queries, however many classes."""
    employee = own_employee(actor)
    if employee is None:
        return None
    today = clock.today()
    classes = _own_classes(employee.id, today)
    now = tuple(
        one
        for one in classes
        if one.standing in (Standing.AHEAD, Standing.RUNNING, Standing.DUE)
        and one.enrolment.state is not EnrolmentState.WITHDRAWN
    )
    past = tuple(one for one in classes if one not in now)[:MOST_SHOWN]
    return OwnTraining(
        year=today.year,
        open=_open_to(actor, employee, today),
        now=now[::-1],
        past=past,
        needs=person_needs(employee.id, today.year, today),
        signs_today=any(
            day.on == today and day.id not in one.signed
            for one in now
            if one.enrolment.state is EnrolmentState.ENROLLED
            for day in one.days
        ),
    )


def _own_classes(employee_id: int, on: date) -> list[OwnClass]:
    query = (
        select(TrainingClass, Unit.short_name, Enrolment)
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .join(Unit, Unit.id == TrainingClass.unit_id)
        .where(
            Enrolment.employee_id == employee_id,
            # A plan is not yet told; what was withdrawn long ago is no news.
            TrainingClass.state != ClassState.PLANNED,
            or_(Enrolment.state != EnrolmentState.WITHDRAWN, TrainingClass.ends_on >= on),
        )
        .order_by(TrainingClass.starts_on.desc(), TrainingClass.id.desc())
        .limit(MOST_SHOWN)
    )
    rows = db.session.execute(query).all()
    ids = [row[0].id for row in rows]
    places = [row[2].id for row in rows]
    schedule = (
        select(ClassDay, ClassSignIn.id.is_not(None))
        .outerjoin(ClassSignIn, and_(ClassSignIn.day_id == ClassDay.id, ClassSignIn.enrolment_id.in_(places)))
        .where(ClassDay.class_id.in_(ids))
        .order_by(ClassDay.on, ClassDay.begins)
    )
    days: dict[int, list[ClassDay]] = {}
    signed = set()
    for day, is_signed in db.session.execute(schedule):
        days.setdefault(day.class_id, []).append(day)
        if is_signed:
            signed.add(day.id)
    papers: dict[int, list[ClassPaper]] = {}
    for paper in db.session.scalars(select(ClassPaper).where(ClassPaper.class_id.in_(ids)).order_by(ClassPaper.id)):
        papers.setdefault(paper.class_id, []).append(paper)
    return [
        OwnClass(
            record=one,
            unit_name=unit_name,
            enrolment=enrolment,
            standing=standing_of(one.state, one.starts_on, one.ends_on, on),
            days=tuple(days.get(one.id, ())),
            signed=frozenset(day.id for day in days.get(one.id, ()) if day.id in signed),
            papers=tuple(papers.get(one.id, ())) if enrolment.state is not EnrolmentState.WITHDRAWN else (),
        )
        for one, unit_name, enrolment in rows
    ]


def _open_to(actor: Actor, employee: Employee, on: date) -> tuple[tuple[TrainingClass, str], ...]:
    """The classes that take names from people themselves and whose audience one belongs to. Two queries."""
    mine = select(Enrolment.class_id).where(
        Enrolment.employee_id == employee.id, Enrolment.state != EnrolmentState.WITHDRAWN
    )
    query = (
        select(TrainingClass, Unit.short_name)
        .join(Unit, Unit.id == TrainingClass.unit_id)
        .where(
            near(actor, TrainingClass.unit_id, Permission.OWN_GROWTH),
            and_(TrainingClass.state == ClassState.OPEN, TrainingClass.enrol_until >= on),
            TrainingClass.id.not_in(mine),
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id)
        .limit(MOST_SHOWN)
    )
    found = [(one, name) for one, name in db.session.execute(query)]
    audiences = {one.id: one.audience for one, _ in found if one.audience}
    if not audiences:
        return tuple(found)
    # One question for all audiences: which of their conditions does this person meet?
    checks = [
        and_(*audience_filter(audience, on)).label(f"class{class_id}") for class_id, audience in audiences.items()
    ]
    row = db.session.execute(select(*checks).select_from(Employee).where(Employee.id == employee.id)).one()
    meant = dict(zip(audiences, row, strict=True))
    return tuple((one, name) for one, name in found if meant.get(one.id, True))
