"""The classes under way: one is held today, one takes names and is full, one is to be closed, one is planned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.growth.classes import PASSING, ClassWork
from careerpath.demo.growth.courses import EVERYBODY, MORE_THEMES, SECRETARIES, THEMES
from careerpath.demo.growth.operations import rate_classes
from careerpath.demo.office import EVERYBODY as ALL_OF_THEM
from careerpath.demo.people import Person
from careerpath.demo.schedule import Step
from careerpath.demo.texts import training as texts
from careerpath.policy.codes import Post as Level
from careerpath.training.models import ClassDay, ClassState, Enrolment, EnrolmentState, TrainingClass
from careerpath.training.operations.attendance import ResultGiven, mark_present, put_results
from careerpath.training.operations.classes import AudienceGiven, ClassGiven, cancel_class, open_class, plan_class
from careerpath.training.operations.enrolments import enrol_oneself, enrol_people

HELD_AGO, LEFT_OPEN_AGO, CANCELLED_IN, ENROLLING_IN, PLANNED_IN = 1, 9, 20, 11, 45
"""Days from today: the first day of the class that is held now, and of the others."""
SIZE, CAPACITY, WAITING = 30, 16, 3
RATED_SINCE, RATINGS = 260, 60
"""So many say what they think of classes that were held within so many days."""


@dataclass(eq=False)
class OpenClass:
    """One class on its way through planning, enrolment and sign-in."""

    classes: ClassWork
    course: str
    name: str
    first: date
    days: int
    street: str = ""
    """Code of the street that holds it; the district where it is empty."""
    capacity: int | None = None
    enrol_until: date | None = None
    score_wanted: Decimal | None = None
    audience: AudienceGiven = field(default_factory=AudienceGiven)
    class_id: int = 0

    @property
    def holder(self) -> Actor:
        """Who holds it."""
        office = self.classes.office
        return office.clerks[self.street] if self.street else office.staff["district"]

    def plan(self) -> None:
        """It is planned."""
        theme = next((one for one in (*THEMES, *MORE_THEMES) if one.name == self.course), None)
        if theme is not None:
            course_id = self.classes.street_course(self.street, theme)
        else:
            course_id = self.classes.district_course(self.course)
        given = ClassGiven(
            course_id=course_id,
            name=self.name,
            starts_on=self.first,
            ends_on=self.first + timedelta(days=self.days - 1),
            enrol_until=self.enrol_until,
            held_at=texts.HELD_AT[2 if self.street else 0],
            teacher=texts.TEACHERS[1],
            capacity=self.capacity,
            score_wanted=self.score_wanted,
            audience=self.audience,
        )
        self.class_id = plan_class(self.holder, given)

    def open(self) -> None:
        """It is announced."""
        town = self.classes.office.town
        open_class(self.holder, self.class_id, f"{town.place.document}〔{self.first.year}〕{60 + self.days}号")

    def enrol(self, people: Sequence[Person]) -> None:
        """The holder sends people."""
        enrol_people(self.holder, self.class_id, [self.classes.office.files[one.key] for one in people])

    def enrol_themselves(self, people: Sequence[Person]) -> None:
        """People put themselves in."""
        for person in people:
            enrol_oneself(self.classes.office.own[person.key], self.class_id)

    def sign(self, on: date, percent: int = 93) -> None:
        """Nearly everybody signs on a day."""
        day_id = db.session.scalars(
            select(ClassDay.id).where(ClassDay.class_id == self.class_id, ClassDay.on == on)
        ).one()
        enrolled = self._enrolled()
        chance = Chance.of(self.classes.office.town.seed, "sign-in", self.name, on)
        there = [one for one in enrolled if chance.happens(percent)] or enrolled
        mark_present(self.holder, day_id, there, True)

    def mark(self) -> None:
        """Half of the test is marked."""
        enrolled = self._enrolled()
        chance = Chance.of(self.classes.office.town.seed, "test", self.name)
        results = {one: ResultGiven(Decimal(chance.randint(55, 97))) for one in enrolled[: (len(enrolled) + 1) // 2]}
        put_results(self.holder, self.class_id, results)

    def cancel(self) -> None:
        """It is cancelled."""
        cancel_class(self.holder, self.class_id, texts.CANCELLED)

    def _enrolled(self) -> list[int]:
        query = select(Enrolment.id).where(
            Enrolment.class_id == self.class_id, Enrolment.state == EnrolmentState.ENROLLED
        )
        return list(db.session.scalars(query.order_by(Enrolment.id)))


def open_class_steps(classes: ClassWork) -> Iterator[Step]:
    """What is done for them up to yesterday."""
    town = classes.office.town
    today, street = town.times.today, town.streets[0]
    at_street = [one for one in town.people if one.post.street.code == street]
    shown = [one for one in at_street if one.post is town.home]
    mine = [*shown, *(one for one in at_street if one.post is not town.home)][:SIZE]
    rest = [one for one in at_street if one not in mine and one.level is Level.STAFF] or mine
    yield from _held_now(classes, mine, today - timedelta(days=HELD_AGO))
    yield from _left_open(classes, rest[:SIZE], street, today - timedelta(days=LEFT_OPEN_AGO))
    yield from _enrolling(classes, at_street, street, today + timedelta(days=ENROLLING_IN))
    cancelled = OpenClass(
        classes, SECRETARIES, f"{today.year}年社区党组织书记冬季研讨班", today + timedelta(days=CANCELLED_IN), 5
    )
    yield Step(today - timedelta(days=12), cancelled.plan)
    yield Step(today - timedelta(days=11), cancelled.open)
    yield Step(today - timedelta(days=4), cancelled.cancel)
    later = today + timedelta(days=PLANNED_IN)
    planned = OpenClass(
        classes, SECRETARIES, f"{later.year}年社区党组织书记培训班（第1期）", later, 5,
        audience=AudienceGiven(posts=(Level.CHIEF.value,), requirement="secretaries"),
    )  # fmt: skip
    yield Step(today - timedelta(days=3), planned.plan)
    yield Step(today - timedelta(days=2), partial(rate_lately, classes))


def _held_now(classes: ClassWork, people: Sequence[Person], first: date) -> Iterator[Step]:
    work = OpenClass(classes, EVERYBODY, f"{first.year}年社区工作者能力提升班", first, 3)
    yield Step(first - timedelta(days=15), work.plan)
    yield Step(first - timedelta(days=14), work.open)
    yield Step(first - timedelta(days=10), partial(work.enrol, people))
    yield Step(first, partial(work.sign, first))


def _left_open(classes: ClassWork, people: Sequence[Person], street: str, on: date) -> Iterator[Step]:
    theme = MORE_THEMES[0]
    name = f"{people[0].post.street.name}{on.year}年{theme.name}班（第2期）"
    work = OpenClass(classes, theme.name, name, on, 1, street=street, score_wanted=PASSING)
    yield Step(on - timedelta(days=12), work.plan)
    yield Step(on - timedelta(days=11), work.open)
    yield Step(on - timedelta(days=9), partial(work.enrol, people))
    yield Step(on, partial(work.sign, on))
    yield Step(on + timedelta(days=3), work.mark)


def _enrolling(classes: ClassWork, people: Sequence[Person], street: str, on: date) -> Iterator[Step]:
    today, theme = classes.office.town.times.today, MORE_THEMES[2]
    name = f"{people[0].post.street.name}{on.year}年{theme.name}班"
    work = OpenClass(
        classes, theme.name, name, on, 1, street=street, capacity=min(CAPACITY, max(4, len(people) - WAITING - 2)),
        enrol_until=on - timedelta(days=4), score_wanted=PASSING,
    )  # fmt: skip
    free = [one for one in people if one is not classes.office.town.worker]
    capacity = work.capacity or CAPACITY
    yield Step(today - timedelta(days=8), work.plan)
    yield Step(today - timedelta(days=7), work.open)
    yield Step(today - timedelta(days=5), partial(work.enrol, free[: capacity - 2]))
    yield Step(today - timedelta(days=2), partial(work.enrol_themselves, free[capacity - 2 : capacity + WAITING]))


def rate_lately(classes: ClassWork) -> None:
    """Some say what they think of the classes in which they took part lately."""
    office, today = classes.office, classes.office.town.times.today
    query = (
        select(Enrolment.employee_id, Enrolment.class_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.state == EnrolmentState.ATTENDED,
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.ends_on >= today - timedelta(days=RATED_SINCE),
        )
        .order_by(Enrolment.id)
    )
    rows = [row for row in db.session.execute(query) if row.employee_id in office.people]
    chance = Chance.of(office.town.seed, "ratings")
    given = [
        (
            office.own[office.people[row.employee_id].key],
            row.class_id,
            chance.weighed({5: 62, 4: 28, 3: 8, 2: 2}),
            chance.choice(texts.COMMENTS),
        )
        for row in chance.sample(rows, min(RATINGS, len(rows)))
    ]
    if given:
        rate_classes(ALL_OF_THEM, given)
