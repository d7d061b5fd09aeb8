"""Who was there: signing in with the day's code, ticks by hand, results, and what people say of the class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.training.models import (
    ClassDay,
    ClassSignIn,
    ClassState,
    Enrolment,
    EnrolmentState,
    TrainingClass,
)
from careerpath.training.operations.classes import held_day
from careerpath.training.operations.courses import check_amount
from careerpath.training.operations.enrolments import own_enrolment
from careerpath.training.operations.steps import check_state, class_in, own_file, read_text
from careerpath.words import NotFound, Refused, msg

EARLY = timedelta(minutes=30)
"""How long before a day begins its code works."""
MOST_WRONG = 10
WRONG_WITHIN = timedelta(hours=1)
LONGEST_NOTE = 200
LONGEST_COMMENT = 400


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Where somebody signed in; ``again`` if they had before."""

    class_name: str
    day: ClassDay
    again: bool


@dataclass(frozen=True, slots=True)
class ResultGiven:
    """The score out of 100, hours where signs do not tell them, and a note; ``None`` leaves it open."""

    score: Decimal | None = None
    hours: Decimal | None = None
    note: str = ""


@operation(Permission.OWN_GROWTH)
def sign_in_to_class(actor: Actor, code: str) -> SignedIn | None:
    """Sign in with the code on the wall; ``None`` where it opens no day of one's own classes now.

    The code works from 30 minutes before the day begins until it ends. A wrong one is a result that is kept, so it is
    returned, not raised; after ten within an hour nothing is looked at. Who waits or is not in the class is refused.
    """
    employee = own_file(actor)
    _refuse_guessing(actor)
    now = clock.office_time(clock.now())
    query = (
        select(ClassDay, TrainingClass.name, Enrolment)
        .join(TrainingClass, TrainingClass.id == ClassDay.class_id)
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .where(
            ClassDay.on == now.date(),
            ClassDay.code == "".join(code.split()),
            TrainingClass.state == ClassState.OPEN,
            Enrolment.employee_id == employee.id,
            Enrolment.state != EnrolmentState.WITHDRAWN,
        )
    )
    for day, name, enrolment in db.session.execute(query.order_by(ClassDay.begins)):
        if not _is_open(day, now):
            continue
        if enrolment.state is EnrolmentState.WAITING:
            raise Refused(msg("您在“%(name)s”的候补名单中，请先联系举办单位。", name=name))
        kept = select(ClassSignIn.id).where(ClassSignIn.enrolment_id == enrolment.id, ClassSignIn.day_id == day.id)
        again = db.session.scalar(kept) is not None
        if not again:
            session_add(ClassSignIn(enrolment_id=enrolment.id, day_id=day.id, at=clock.now(), by=actor.display_name))
        return SignedIn(name, day, again)
    audit.fail("签到码不符")
    return None


@operation(Permission.TRAINING_HOLD)
def mark_present(actor: Actor, day_id: int, enrolment_ids: Sequence[int], present: bool) -> int:
    """Tick or untick people of a day by hand; gives how many changed."""
    day = held_day(actor, day_id)
    found = db.session.get_one(TrainingClass, day.class_id)
    check_state(found, ClassState.OPEN)
    if present and day.on > clock.today():
        raise Refused(msg("%(day)s 还没有到，不能代为签到。", day=day.on))
    people = _of_class(found, enrolment_ids)
    query = select(ClassSignIn).where(ClassSignIn.day_id == day.id, ClassSignIn.enrolment_id.in_(people))
    signed = {sign.enrolment_id: sign for sign in db.session.scalars(query)}
    if not present:
        for sign in signed.values():
            db.session.delete(sign)
        return len(signed)
    waiting = [one for one in people.values() if one.state is not EnrolmentState.ENROLLED]
    if waiting:
        raise Refused(msg("有 %(count)s 人不在正式名单中（候补或已退出），请先列入名单。", count=len(waiting)))
    new = [
        ClassSignIn(enrolment_id=one, day_id=day.id, at=clock.now(), by=actor.display_name, by_hand=True)
        for one in people
        if one not in signed
    ]
    if new:
        session_add(*new)
    return len(new)


@operation(Permission.TRAINING_HOLD)
def put_results(actor: Actor, class_id: int, results: Mapping[int, ResultGiven]) -> int:
    """Keep scores, hours and notes by enrolment, until the class is closed; gives how many people were named."""
    found = class_in(actor, class_id, ClassState.OPEN)
    people = _of_class(found, list(results))
    for enrolment_id, given in results.items():
        one = people[enrolment_id]
        if one.state is not EnrolmentState.ENROLLED:
            raise Refused(msg("候补或已退出的人员不登记成绩，请先列入名单。"), field="score")
        if given.score is not None:
            if found.score_wanted is None:
                raise Refused(msg("本班未设合格分数，不登记成绩；需要的请先修改班次。"), field="score")
            check_amount(given.score, 100, "score")
        if given.hours is not None:
            check_amount(given.hours, 10_000, "hours")
            if given.hours > found.hours:
                raise Refused(msg("个人学时不能多于班次的 %(hours)s 学时。", hours=found.hours), field="hours")
        one.score, one.hours = given.score, given.hours
        one.note = read_text(given.note, LONGEST_NOTE, "note")
    return len(people)


@operation(Permission.OWN_GROWTH)
def rate_own_class(actor: Actor, class_id: int, rating: int, comment: str = "") -> None:
    """Say what one thinks of a class in which one took part, from 1 to 5; may be said again."""
    enrolment = own_enrolment(actor, class_id)
    if enrolment.state is not EnrolmentState.ATTENDED:
        raise Refused(msg("办结后，参训人员才能评价。"))
    if not 1 <= rating <= 5:
        raise Refused(msg("请选择 1 至 5 分。"), field="rating")
    enrolment.rating, enrolment.comment = rating, read_text(comment, LONGEST_COMMENT, "comment")


def _refuse_guessing(actor: Actor) -> None:
    query = select(func.count()).select_from(AuditEntry).where(
        AuditEntry.at > clock.now() - WRONG_WITHIN,
        AuditEntry.operation == "sign_in_to_class",
        AuditEntry.result == "failed",
        AuditEntry.user_id == actor.user_id,
    )  # fmt: skip
    if (db.session.scalar(query) or 0) >= MOST_WRONG:
        raise Refused(msg("签到码连续输错次数过多，请一小时后再试，或请现场工作人员代为签到。"), field="code")


def _is_open(day: ClassDay, now: datetime) -> bool:
    begins = datetime.combine(day.on, day.begins, now.tzinfo) - EARLY
    return begins <= now <= datetime.combine(day.on, day.ends, now.tzinfo)


def _of_class(found: TrainingClass, enrolment_ids: Sequence[int]) -> dict[int, Enrolment]:
    wanted = sorted(set(enrolment_ids))
    if not wanted:
        raise Refused(msg("请先勾选人员。"), field="ids")
    query = select(Enrolment).where(Enrolment.class_id == found.id, Enrolment.id.in_(wanted))
    people = {one.id: one for one in db.session.scalars(query.order_by(Enrolment.id).with_for_update())}
    if len(people) != len(wanted):
        raise NotFound
    return people
