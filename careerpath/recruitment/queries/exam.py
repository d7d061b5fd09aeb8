"""The written exam of a batch: rooms and seats, who came, how far the typing is, and scores once they are released."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core.db import db
from careerpath.policy.recruitment import Outcome, Stage
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Attendance,
    Examinee,
    ExamRoom,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.scores import (
    TURN_WORDS,
    TURNS,
    Paper,
    Typings,
    agreed,
    differs,
    papers_of,
    typings_of,
)
from careerpath.recruitment.queries.words import EXAM_CHANNELS
from careerpath.words import Refused, msg


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat with whoever sits there: for seating charts and attendance lists. No secret number stands here."""

    application_id: int
    application_number: str
    exam_number: str
    name: str
    sex: str
    identity_masked: str
    position_code: str
    position_title: str
    room: int
    place: str
    seat: int
    attendance: Attendance | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class SecretLine:
    """What goes on the label of an answer sheet: whoever holds this can tell whose sheet it is."""

    room: int
    place: str
    seat: int
    exam_number: str
    secret_number: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The released written score of somebody, in rank order within the position; ``written`` is without the bonus."""

    application_id: int
    exam_number: str
    name: str
    position_code: str
    position_title: str
    attendance: Attendance | None
    papers: Mapping[str, Decimal]
    """By the codes of ``papers_of``."""
    written: Decimal | None
    bonus: Decimal | None
    rank: int | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room with how many sit there and how many of them came."""

    number: int
    place: str
    seats: int
    seated: int
    present: int
    absent: int
    expelled: int

    @property
    def unmarked(self) -> int:
        """Whose attendance is not known."""
        return self.seated - self.present - self.absent - self.expelled


@dataclass(frozen=True, slots=True)
class TurnLine:
    """How far one of the two entries of a paper is."""

    turn: int
    paper: Paper
    filled: int
    expected: int
    by: tuple[str, ...]

    @property
    def word(self) -> str:
        """The turn as addresses name it."""
        return TURN_WORDS[self.turn]


@dataclass(frozen=True, slots=True)
class ExamPage:
    """Where the written exam stands."""

    admitted: int
    """How many passed the review for positions that lead through the exam."""
    rooms: tuple[RoomLine, ...]
    turns: tuple[TurnLine, ...]
    open_differences: int

    @property
    def seated(self) -> int:
        """How many have a number."""
        return sum(room.seated for room in self.rooms)

    @property
    def seats(self) -> int:
        """How many seats there are."""
        return sum(room.seats for room in self.rooms)

    @property
    def marked(self) -> int:
        """How many attendances are known."""
        return self.seated - sum(room.unmarked for room in self.rooms)

    def count(self, attendance: str) -> int:
        """How many were ``present``, ``absent`` or ``expelled``."""
        return sum(getattr(room, attendance) for room in self.rooms)


def exam_page(batch: RecruitmentBatch) -> ExamPage:
    """Where the written exam of a batch stands: three queries."""
    typings = typings_of(batch.id, present=True)
    rooms = room_lines(batch)
    expected = sum(room.present for room in rooms)
    turns = tuple(_turn(turn, paper, typings, expected) for paper in papers_of(rules_of(batch)) for turn in TURNS)
    different = sum(differs(one) and agreed(one) is None for by_paper in typings.values() for one in by_paper.values())
    return ExamPage(_admitted(batch), rooms, turns, different)


def room_lines(batch: RecruitmentBatch) -> tuple[RoomLine, ...]:
    """The rooms with how many came: one query."""
    present, absent, expelled = (func.count(Examinee.id).filter(Examinee.attendance == mark) for mark in Attendance)
    query = (
        select(ExamRoom.number, ExamRoom.place, ExamRoom.seats, func.count(Examinee.id), present, absent, expelled)
        .outerjoin(Examinee, Examinee.room_id == ExamRoom.id)
        .where(ExamRoom.batch_id == batch.id)
        .group_by(ExamRoom.id, ExamRoom.number, ExamRoom.place, ExamRoom.seats)
        .order_by(ExamRoom.number)
    )
    return tuple(RoomLine(*row) for row in db.session.execute(query))


def seating_lines(actor: Actor, batch_id: int, room: int | None = None) -> list[SeatLine]:
    """Everybody with a number by room and seat, of one room or of all: for charts and attendance lists."""
    return seats_of(fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_SCORE), room)


def seats_of(batch: RecruitmentBatch, room: int | None = None) -> list[SeatLine]:
    """The same of a batch that was looked up already: one query."""
    query = (
        select(Examinee, ExamRoom, Application, RecruitmentPosition)
        .join(ExamRoom, ExamRoom.id == Examinee.room_id)
        .join(Application, Application.id == Examinee.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(Examinee.batch_id == batch.id)
        .order_by(ExamRoom.number, Examinee.seat)
    )
    if room is not None:
        query = query.where(ExamRoom.number == room)
    return [
        SeatLine(
            application_id=application.id,
            application_number=application.number,
            exam_number=examinee.exam_number,
            name=application.name,
            sex=application.sex,
            identity_masked=application.identity_masked,
            position_code=position.code,
            position_title=position.title,
            room=hall.number,
            place=hall.place,
            seat=examinee.seat,
            attendance=examinee.attendance,
            withdrawn=application.state is ApplicationState.WITHDRAWN,
        )
        for examinee, hall, application, position in db.session.execute(query)
    ]


attendance_lines = seating_lines
"""The same people in the same order: an attendance list is a seating chart with the marks filled in."""


def secret_lines(actor: Actor, batch_id: int) -> list[SecretLine]:
    """The labels of all answer sheets by room and seat, without a name. Refused once a score is typed: a secret number
    must not be looked up by those who type."""
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_SCORE)
    if typings_of(batch.id):
        raise Refused(msg("已经开始录入成绩，为保密起见，密号条不再提供。"))
    query = (
        select(ExamRoom.number, ExamRoom.place, Examinee.seat, Examinee.exam_number, Examinee.secret_number)
        .join(ExamRoom, ExamRoom.id == Examinee.room_id)
        .where(Examinee.batch_id == batch.id)
        .order_by(ExamRoom.number, Examinee.seat)
    )
    return [SecretLine(*row) for row in db.session.execute(query)]


def score_lines(actor: Actor, batch_id: int) -> list[ScoreLine]:
    """Written scores as they were released, by position and rank; empty before, when no name stands beside a score."""
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_SCORE)
    query = (
        select(ListLine, Examinee, Application.name, RecruitmentPosition.code, RecruitmentPosition.title)
        .join(Examinee, Examinee.application_id == ListLine.application_id)
        .join(Application, Application.id == ListLine.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
        .where(ListLine.batch_id == batch.id, ListLine.stage == Stage.SHORTLIST)
        .order_by(RecruitmentPosition.code, ListLine.rank.is_(None), ListLine.rank, Examinee.exam_number)
    )
    return [
        ScoreLine(
            application_id=line.application_id,
            exam_number=examinee.exam_number,
            name=name,
            position_code=code,
            position_title=title,
            attendance=examinee.attendance,
            papers=examinee.written or {},
            written=line.written,
            bonus=line.bonus,
            rank=line.rank,
            outcome=line.outcome,
        )
        for line, examinee, name, code, title in db.session.execute(query)
    ]


def _turn(turn: int, paper: Paper, typings: Mapping[int, Typings], expected: int) -> TurnLine:
    of_paper = [by_paper.get(paper.code, {}) for by_paper in typings.values()]
    typed = [one[turn] for one in of_paper if turn in one]
    return TurnLine(turn, paper, len(typed), expected, tuple(dict.fromkeys(one.by for one in typed)))


def _admitted(batch: RecruitmentBatch) -> int:
    query = (
        select(func.count())
        .select_from(Application)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(
            Application.batch_id == batch.id,
            Application.state == ApplicationState.ADMITTED,
            RecruitmentPosition.channel.in_(EXAM_CHANNELS),
        )
    )
    return db.session.scalar(query) or 0
