"""Rooms, seats and numbers of the written exam, drawn by lot, and who came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random, SystemRandom

from sqlalchemy import exists, select
from stdnum import damm

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Attendance,
    BatchState,
    Examinee,
    ExamRoom,
    RecruitmentBatch,
    RecruitmentPosition,
    ScoreEntry,
)
from careerpath.recruitment.operations.scores import count_agreed, entries_of
from careerpath.recruitment.operations.steps import batch_in
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.scores import papers_of
from careerpath.recruitment.queries.words import EXAM_CHANNELS
from careerpath.words import Refused, msg

MOST_ROOMS = 200
MOST_SEATS = 2000
LONGEST_PLACE = 80
SECRETS = range(100_000, 1_000_000)
"""Secret numbers before their check digit: none begins with a zero, which Excel would drop."""


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room of the written exam."""

    place: str
    seats: int


@operation(Permission.RECRUITMENT_SCORE)
def draw_numbers(actor: Actor, batch_id: int, rooms: Sequence[NewRoom], *, chance: Random | None = None) -> int:
    """Draw seats, exam numbers and secret numbers for everybody admitted to the exam; gives how many.

    Rooms are filled in their order. Who sits where is drawn by lot, so that nobody has the next seat number to
    another applicant of the same position while that can be avoided. May be repeated, which draws everything anew,
    until somebody's attendance is marked. ``chance`` is the lot; by default that of the operating system.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_SCORE, BatchState.EXAM)
    lot = chance or SystemRandom()
    people = _admitted(batch)
    if not people:
        raise Refused(msg("“%(name)s”没有审查通过、需要参加笔试的报名，不用编排考场。", name=batch.name))
    _check_rooms(rooms, len(people))
    _clear(batch)
    kept = [
        ExamRoom(batch_id=batch.id, number=number, place=room.place.strip(), seats=room.seats)
        for number, room in enumerate(rooms, start=1)
    ]
    session_add(*kept)
    seats = [(room, seat) for room in kept for seat in range(1, room.seats + 1)][: len(people)]
    secrets = lot.sample(SECRETS, len(people))
    wide = max(2, len(str(len(kept)))), max(2, len(str(max(room.seats for room in kept))))
    session_add(
        *(
            Examinee(
                batch_id=batch.id,
                application_id=application_id,
                exam_number=_exam_number(batch, room.number, seat, wide),
                secret_number=f"{secret}{damm.calc_check_digit(str(secret))}",
                room_id=room.id,
                seat=seat,
            )
            for application_id, (room, seat), secret in zip(apart(people, lot), seats, secrets, strict=True)
        )
    )
    return len(people)


@operation(Permission.RECRUITMENT_SCORE)
def mark_attendance(actor: Actor, batch_id: int, marks: Mapping[str, Attendance]) -> int:
    """Keep who came to the written exam, by exam number; gives how many marks changed.

    Somebody whose score was typed cannot have been absent; the score of somebody expelled does not count. Raises
    ``Refused`` with the exam number as field.
    """
    batch = batch_in(actor, batch_id, Permission.RECRUITMENT_SCORE, BatchState.EXAM)
    if batch.written_on is not None and clock.today() < batch.written_on:
        raise Refused(msg("笔试定于 %(on)s 举行，当天起才能登记到考情况。", on=batch.written_on))
    known = examinees_by_number(batch)
    papers, entries = papers_of(rules_of(batch)), entries_of(batch)
    changed = 0
    for number, mark in marks.items():
        examinee = known.get(number)
        if examinee is None:
            raise unknown_number(number)
        if examinee.attendance is mark:
            continue
        if mark is Attendance.ABSENT and any(entries.get(examinee.id, {}).values()):
            raise Refused(
                msg(
                    "准考证号 %(number)s 已有录入的笔试成绩，不能登记为缺考。请核对答题卡；录错的先由录入人清除。",
                    number=number,
                ),
                field=number,
            )
        if mark is Attendance.PRESENT:
            count_agreed(examinee, papers, entries.get(examinee.id, {}))
        else:
            examinee.written = None
        examinee.attendance = mark
        changed += 1
    return changed


def examinees_by_number(batch: RecruitmentBatch) -> dict[str, Examinee]:
    """Everybody with an exam number in a batch, by it."""
    query = select(Examinee).where(Examinee.batch_id == batch.id).order_by(Examinee.exam_number)
    return {examinee.exam_number: examinee for examinee in db.session.scalars(query)}


def unknown_number(number: str) -> Refused:
    """No such exam number in the batch."""
    return Refused(msg("本批次没有准考证号 %(number)s，请核对。", number=number[:20]), field=number)


def apart(people: Sequence[tuple[int, int]], lot: Random) -> list[int]:
    """People, each with a position, in drawn order, so that no two of one position follow each other.

    Within a position everybody is as likely to come at any place. Only where one position has more than half of all
    people do some of them follow each other, at the end.
    """
    queues: dict[int, list[int]] = {}
    for person, position in people:
        queues.setdefault(position, []).append(person)
    for queue in queues.values():
        lot.shuffle(queue)
    left = Counter({position: len(queue) for position, queue in queues.items()})
    order: list[int] = []
    last: int | None = None
    for remaining in range(len(people), 0, -1):
        largest = max(left, key=lambda position: left[position])
        others = {position: count for position, count in left.items() if count and position != last}
        if not others:
            chosen = largest
        elif largest != last and 2 * left[largest] > remaining:
            # Anybody else here would leave too few to stand between those of the largest position.
            chosen = largest
        else:
            chosen = lot.choices(list(others), weights=list(others.values()))[0]
        order.append(queues[chosen].pop())
        left[chosen] -= 1
        last = chosen
    return order


def _admitted(batch: RecruitmentBatch) -> list[tuple[int, int]]:
    query = (
        select(Application.id, Application.position_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(
            Application.batch_id == batch.id,
            Application.state == ApplicationState.ADMITTED,
            RecruitmentPosition.channel.in_(EXAM_CHANNELS),
        )
        .order_by(Application.id)
    )
    return list(db.session.execute(query))


def _check_rooms(rooms: Sequence[NewRoom], people: int) -> None:
    if not rooms:
        raise Refused(msg("请至少填写一个考场。"), field="rooms")
    if len(rooms) > MOST_ROOMS:
        raise Refused(msg("考场最多 %(most)s 个，请分批编排。", most=MOST_ROOMS), field="rooms")
    seen: dict[str, int] = {}
    for number, room in enumerate(rooms, start=1):
        place = room.place.strip()
        if not place or len(place) > LONGEST_PLACE:
            raise Refused(
                msg("第 %(number)s 考场的地点应为 1 至 %(most)s 字，请补上。", number=number, most=LONGEST_PLACE),
                field=f"rooms.{number}.place",
            )
        if place in seen:
            raise Refused(
                msg("第 %(number)s 考场与第 %(first)s 考场地点相同，请改正。", number=number, first=seen[place]),
                field=f"rooms.{number}.place",
            )
        seen[place] = number
        if not 1 <= room.seats <= MOST_SEATS:
            raise Refused(
                msg("第 %(number)s 考场的座位应为 1 至 %(most)s 个，请改正。", number=number, most=MOST_SEATS),
                field=f"rooms.{number}.seats",
            )
    seats = sum(room.seats for room in rooms)
    if seats < people:
        raise Refused(
            msg(
                "考生 %(people)s 人，座位只有 %(seats)s 个，还少 %(short)s 个，请增加考场或座位。",
                people=people,
                seats=seats,
                short=people - seats,
            ),
            field="rooms",
        )


def _clear(batch: RecruitmentBatch) -> None:
    """Take back an earlier draw that nothing rests on yet."""
    of_batch = Examinee.batch_id == batch.id
    marked = select(Examinee.id).where(of_batch, Examinee.attendance.is_not(None))
    scored = (
        select(ScoreEntry.id).join(Examinee, Examinee.id == ScoreEntry.examinee_id).where(Examinee.batch_id == batch.id)
    )
    if db.session.scalar(select(exists(marked) | exists(scored))):
        raise Refused(msg("已经登记到考情况或录入成绩，准考证号和座位不能重新编排。"))
    for examinee in db.session.scalars(select(Examinee).where(of_batch)):
        db.session.delete(examinee)
    db.session.flush()
    for room in db.session.scalars(select(ExamRoom).where(ExamRoom.batch_id == batch.id)):
        db.session.delete(room)
    db.session.flush()


def _exam_number(batch: RecruitmentBatch, room: int, seat: int, wide: tuple[int, int]) -> str:
    """准考证号: year, batch (three digits), room and seat (two digits each, more where there are more)."""
    return f"{batch.year}{batch.id:03d}{room:0{wide[0]}d}{seat:0{wide[1]}d}"
