"""A batch whose exam takes place, driven through the operations: numbers, attendance, scores, interviews."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.policy.edition import to_plain
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Attendance,
    BatchState,
    Examinee,
    ExamRoom,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.interviews import NewGroup, draw_interviews
from careerpath.recruitment.operations.rooms import NewRoom, draw_numbers, mark_attendance
from careerpath.recruitment.operations.scores import release_written, type_scores
from careerpath.recruitment.queries.rules import rules_named
from tests.factories.access import Town, make_actor
from tests.factories.recruitment import make_application, make_batch, make_position

WRITTEN_ON = date(2025, 12, 1)
INTERVIEW_ON = date(2025, 12, 4)
HALL = NewRoom("费县第一中学 1 号楼 101", 30)


def rules(key: str = "feixian-2016", **changes: Any) -> dict[str, Any]:
    """A shipped edition as plain values with some of its parts replaced; ``None`` takes a part away."""
    plain = {**to_plain(rules_named(key)), **changes}
    return {name: part for name, part in plain.items() if part is not None}


class ExamDay:
    """A batch whose review is closed, with admitted applicants at two positions of a district."""

    def __init__(
        self, people: Sequence[int] = (4, 2), places: Sequence[int] = (1, 1), edition: Mapping[str, Any] | None = None
    ) -> None:
        self.town = Town()
        self.hr = make_actor(Role.DISTRICT_HR, self.town.district, "hr")
        self.second = make_actor(Role.DISTRICT_HR, self.town.district, "second")
        changes: dict[str, Any] = {} if edition is None else {"edition": dict(edition)}
        batch = make_batch(self.town.district, BatchState.EXAM, written_on=WRITTEN_ON, interview_on=INTERVIEW_ON)
        with writing() as session:
            for name, value in changes.items():
                setattr(session.get_one(RecruitmentBatch, batch.id), name, value)
        units = (self.town.community, self.town.foreign)
        self.positions = [
            make_position(batch, unit, count, code=f"{number:03d}")
            for number, (unit, count) in enumerate(zip(units, places, strict=True), start=1)
        ]
        self.applications = [
            [make_application(position, ApplicationState.ADMITTED).id for _ in range(count)]
            for position, count in zip(self.positions, people, strict=True)
        ]
        self.id = batch.id

    @property
    def batch(self) -> RecruitmentBatch:
        return db.session.get_one(RecruitmentBatch, self.id)

    def draw(self, *rooms: NewRoom, seed: int = 1) -> int:
        return draw_numbers(self.hr, self.id, rooms or (HALL,), chance=random.Random(seed))  # noqa: S311

    def people(self, place: int | None = None) -> list[Examinee]:
        """Everybody with a number, of one position or of all, in the order in which they applied."""
        query = select(Examinee).where(Examinee.batch_id == self.id).order_by(Examinee.application_id)
        if place is not None:
            query = query.where(Examinee.application_id.in_(self.applications[place]))
        return list(db.session.scalars(query))

    def batch_rooms(self) -> list[ExamRoom]:
        query = select(ExamRoom).where(ExamRoom.batch_id == self.id).order_by(ExamRoom.number)
        return list(db.session.scalars(query))

    def present(self, *absent: Examinee) -> None:
        """Everybody came but these."""
        away = {one.exam_number for one in absent}
        mark_attendance(
            self.hr,
            self.id,
            {
                one.exam_number: Attendance.ABSENT if one.exam_number in away else Attendance.PRESENT
                for one in self.people()
            },
        )

    def type(self, scores: Mapping[str, str], paper: str = "") -> None:
        """Points by secret number, typed alike by both."""
        points = {secret: Decimal(text) for secret, text in scores.items()}
        type_scores(self.hr, self.id, 1, paper, points)
        type_scores(self.second, self.id, 2, paper, points)

    def sat(self, *scores: Sequence[str]) -> None:
        """Drawn, everybody came, and scored so, position by position in the order of application."""
        self.draw()
        self.present()
        for place, texts in enumerate(scores):
            numbers = [one.secret_number for one in self.people(place)]
            self.type(dict(zip(numbers, texts, strict=True)))

    def released(self, *scores: Sequence[str]) -> None:
        """Sat, and the shortlist is out."""
        self.sat(*scores)
        release_written(self.hr, self.id)

    def grouped(self, *groups: NewGroup, seed: int = 1) -> int:
        usual = (NewGroup("第一会议室", INTERVIEW_ON, "上午8:30", 5),)
        return draw_interviews(self.hr, self.id, groups or usual, chance=random.Random(seed))  # noqa: S311

    def lines(self) -> dict[str, ListLine]:
        """The list as it was published, by exam number."""
        query = (
            select(Examinee.exam_number, ListLine)
            .join(ListLine, ListLine.application_id == Examinee.application_id)
            .where(ListLine.batch_id == self.id)
            .order_by(ListLine.id)
        )
        return dict(db.session.execute(query).all())

    def withdraw(self, examinee: Examinee) -> None:
        """Somebody gives up."""
        with writing() as session:
            application = session.get_one(Application, examinee.application_id)
            application.state, application.taken_index = ApplicationState.WITHDRAWN, None

    def position_of(self, examinee: Examinee) -> RecruitmentPosition:
        application = db.session.get_one(Application, examinee.application_id)
        return db.session.get_one(RecruitmentPosition, application.position_id)
