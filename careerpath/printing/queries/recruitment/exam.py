"""What the papers of the written exam say: 准考证, 考场座次表 and 密号条."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.core.pdf.foot import Foot
from careerpath.employees.operations.identity import mask_name
from careerpath.policy.codes import Sex
from careerpath.printing.documents.recruitment.rooms import (
    LabelSheet,
    Room,
    Seat,
    SeatingChart,
    SecretLabel,
    SecretLabels,
)
from careerpath.printing.documents.recruitment.tickets import AdmissionTicket
from careerpath.printing.queries.recruitment import titles
from careerpath.printing.queries.recruitment.applicants import Applied, in_reach, of_applications
from careerpath.printing.queries.recruitment.photos import photo_of
from careerpath.printing.queries.wording import code_name, foot_of
from careerpath.recruitment.models import Application, Examinee, ExamRoom, RecruitmentBatch, RecruitmentPosition
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.scores import typings_of
from careerpath.words import Refused, msg

SEATS, LABELS = "ZC", "MH"
"""What the numbers of 考场座次表 and of 密号条 begin with."""

PREFIX = "ZK"
"""What the numbers of 准考证 begin with."""

NOT_DRAWN = msg("还没有编排准考证号和考场座位，请先在“笔试”页编排。")


@dataclass(frozen=True, slots=True)
class Seated:
    """An applicant with number and seat."""

    applied: Applied
    examinee: Examinee
    room: ExamRoom


def seated(actor: Actor, ids: Sequence[int]) -> list[Seated]:
    """Those of some applications who have a seat, as far as the actor may see them, by exam number."""
    query = _with_seats().where(Application.id.in_(ids), in_reach(actor))
    return [Seated(Applied(*row[:5]), *row[5:]) for row in db.session.execute(query)]


def own_seat(application_id: int) -> Seated | None:
    """The seat of an application whose owner has shown the code for it."""
    row = db.session.execute(_with_seats().where(Application.id == application_id)).one_or_none()
    return None if row is None else Seated(Applied(*row[:5]), *row[5:])


def tickets(actor: Actor, found: Sequence[Seated], *, photos: bool = True) -> list[AdmissionTicket]:
    """The tickets of some examinees."""
    return [ticket(one, foot_of(actor), photos=photos) for one in found]


def ticket(one: Seated, foot: Foot, *, photos: bool = True) -> AdmissionTicket:
    """One ticket; its number and code come into the foot."""
    applied = one.applied
    number = f"{PREFIX}-{applied.batch.year}-{applied.application.id:06d}"
    said = (one.examinee.exam_number, applied.application.name, applied.application.identity_masked)
    code = wording.code_over(
        number, (*said, one.room.number, one.room.place, one.examinee.seat, applied.batch.written_on)
    )
    return AdmissionTicket(
        title=f"{titles.base_title(applied.batch)}笔试",
        name=applied.application.name,
        sex=code_name(Sex, applied.application.sex),
        exam_number=one.examinee.exam_number,
        identity=applied.application.identity_masked,
        position=titles.position_words(applied.position, applied.place),
        room=f"第{one.room.number}考场",
        seat=f"{one.examinee.seat:02d}",
        place=one.room.place,
        time=titles.exam_time(applied.batch),
        photo=photo_of(applied.application) if photos else b"",
        contact=applied.batch.contact,
        foot=Foot(number=number, printed_by=foot.printed_by, printed_at=foot.printed_at, check_code=code),
    )


def seating_chart(actor: Actor, batch_id: int) -> SeatingChart:
    """The seats of a batch, room by room. Raises ``Refused`` before they are drawn."""
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_SCORE)
    rooms = tuple(
        Room(
            number=room.number,
            place=room.place,
            seats=tuple(
                Seat(examinee.seat, examinee.exam_number, name, mask_name(name), code)
                for examinee, name, code in sitting
            ),
        )
        for room, sitting in _rooms(batch.id)
    )
    number = f"{SEATS}-{batch.year}-{batch.id:04d}"
    foot = foot_of(actor, number, wording.code_over(number, rooms))
    return SeatingChart(title=f"{titles.base_title(batch)}笔试", time=titles.exam_time(batch), rooms=rooms, foot=foot)


def secret_labels(actor: Actor, batch_id: int) -> SecretLabels:
    """The labels of a batch, paper by paper and room by room.

    Raises ``Refused`` before numbers are drawn, and once a score is typed: who sat where must not be looked up then.
    """
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_DECIDE)
    if typings_of(batch.id):
        raise Refused(msg("已经开始录入成绩，为保密起见，不再打印密号条。"))
    papers = [paper.name for paper in rules_of(batch).written.papers] or [""]
    sheets = tuple(
        LabelSheet(
            room=room.number,
            place=room.place,
            paper=paper,
            labels=tuple(
                SecretLabel(room.number, examinee.seat, examinee.exam_number, examinee.secret_number)
                for examinee, _, _ in sitting
            ),
        )
        for paper in papers
        for room, sitting in _rooms(batch.id)
    )
    number = f"{LABELS}-{batch.year}-{batch.id:04d}"
    foot = foot_of(actor, number, wording.code_over(number, sheets))
    return SecretLabels(title=f"{titles.base_title(batch)}密号条", sheets=sheets, foot=foot)


def seats_drawn(batch_id: int) -> int:
    """How many of a batch have a seat."""
    found = db.session.scalar(select(func.count()).select_from(Examinee).where(Examinee.batch_id == batch_id))
    return found or 0


def _with_seats() -> Select[Any]:
    query = of_applications(Examinee, ExamRoom)
    query = query.join(Examinee, Examinee.application_id == Application.id)
    query = query.join(ExamRoom, ExamRoom.id == Examinee.room_id)
    return query.order_by(None).order_by(Examinee.exam_number)


def _rooms(batch_id: int) -> list[tuple[ExamRoom, list[tuple[Examinee, str, str]]]]:
    """Every room in which somebody sits, with those who do in the order of the seats: one query."""
    query = (
        select(ExamRoom, Examinee, Application.name, RecruitmentPosition.code)
        .join(Examinee, Examinee.room_id == ExamRoom.id)
        .join(Application, Application.id == Examinee.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(ExamRoom.batch_id == batch_id)
        .order_by(ExamRoom.number, Examinee.seat)
    )
    rows = db.session.execute(query).all()
    if not rows:
        raise Refused(NOT_DRAWN)
    return [(room, [row[1:] for row in group]) for room, group in groupby(rows, key=lambda row: row[0])]
