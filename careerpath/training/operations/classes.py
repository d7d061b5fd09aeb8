"""A class as a whole: planned with its days, opened under a document, changed, cancelled, dropped."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.policy.codes import Post
from careerpath.training.models import (
    ClassDay,
    ClassPaper,
    ClassSignIn,
    ClassState,
    Course,
    Enrolment,
    EnrolmentState,
    TrainingClass,
)
from careerpath.training.operations.courses import LONGEST_NAME, check_amount
from careerpath.training.operations.steps import class_in, read_text
from careerpath.words import Conflict, Refused, msg

LONGEST_PLACE = 80
LONGEST_DOCUMENT = 120
LONGEST_REMARK = 400
MOST_PLACES = 10_000
MOST_DAYS = 200
MOST_SPAN = 366
CODE_DIGITS = 6
CENT = Decimal("0.01")
MORNING, EVENING = time(8, 30), time(17, 0)
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class DayGiven:
    """One day, or half of one. Without ``hours`` on any of them the hours of the course are shared out evenly."""

    on: date
    begins: time = MORNING
    ends: time = EVENING
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AudienceGiven:
    """Whom a class is for: posts, the days of joining, who lacks a requirement, communities that lack lines."""

    posts: tuple[str, ...] = ()
    joined_from: date | None = None
    joined_until: date | None = None
    requirement: str = ""
    lines: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As the record keeps it: what narrows nothing is left out."""
        kept: dict[str, Any] = {
            "posts": list(self.posts),
            "joined_from": self.joined_from.isoformat() if self.joined_from else None,
            "joined_until": self.joined_until.isoformat() if self.joined_until else None,
            "requirement": self.requirement,
            "lines": list(self.lines),
        }
        return {name: value for name, value in kept.items() if value}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "AudienceGiven":
        """What a record keeps."""
        return cls(
            posts=tuple(kept.get("posts", ())),
            joined_from=date.fromisoformat(kept["joined_from"]) if kept.get("joined_from") else None,
            joined_until=date.fromisoformat(kept["joined_until"]) if kept.get("joined_until") else None,
            requirement=kept.get("requirement", ""),
            lines=tuple(kept.get("lines", ())),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassGiven:
    """What is typed of a class. Without ``days`` it is held from morning to evening on each day of its span."""

    course_id: int
    name: str
    starts_on: date
    ends_on: date
    days: Sequence[DayGiven] = ()
    enrol_until: date | None = None
    held_at: str = ""
    teacher: str = ""
    capacity: int | None = None
    audience: AudienceGiven = AudienceGiven()
    score_wanted: Decimal | None = None
    document: str = ""
    remark: str = ""


@operation(Permission.TRAINING_HOLD)
def plan_class(actor: Actor, given: ClassGiven) -> int:
    """Plan a class of a course that the actor keeps; gives its id. Hours and days are those of the course now."""
    course = fetch(actor, Course, given.course_id, Permission.TRAINING_HOLD, lock=True)
    if not course.active:
        raise Refused(msg("“%(name)s”已停用，请先恢复或改选课程。", name=course.name), field="course_id")
    planned = new_class(course, given)
    session_add(planned)
    session_add(*new_days(planned, given))
    return planned.id


@operation(Permission.TRAINING_HOLD)
def change_class(actor: Actor, class_id: int, given: ClassGiven, version: int) -> None:
    """Change a class that is not closed. Days on which somebody signed in stay; ``Conflict`` if another was first."""
    found = class_in(actor, class_id, ClassState.PLANNED, ClassState.OPEN)
    values = class_values(given)
    if found.version != version:
        raise Conflict(
            msg("“%(name)s”刚刚被其他人修改，请核对后重新提交。", name=found.name),
            typed=values,
            current={name: getattr(found, name) for name in values},
        )
    course = db.session.get_one(Course, found.course_id)
    if given.course_id != course.id:
        course = fetch(actor, Course, given.course_id, Permission.TRAINING_HOLD)
        if found.state is not ClassState.PLANNED or course.unit_id != found.unit_id:
            raise Refused(msg("发布后不能更换课程；课程应属于同一举办单位。"), field="course_id")
        found.course_id, found.tier, found.hours, found.days = course.id, course.tier, course.hours, course.days
    _check_room(found, given.capacity)
    for name, value in values.items():
        setattr(found, name, value)
    _settle_days(found, new_days(found, given))


@operation(Permission.TRAINING_HOLD)
def open_class(actor: Actor, class_id: int, document: str) -> None:
    """Announce a planned class under the number of its notice; from now on people see it and enrol."""
    found = class_in(actor, class_id, ClassState.PLANNED)
    document = read_text(document, LONGEST_DOCUMENT, "document")
    if found.enrol_until is not None and found.enrol_until < clock.today():
        message = msg("本人报名截止日 %(day)s 已过，请先修改。", day=found.enrol_until)
        raise Refused(message, field="enrol_until")
    found.document = document or found.document
    found.state = ClassState.OPEN


@operation(Permission.TRAINING_HOLD)
def cancel_class(actor: Actor, class_id: int, reason: str) -> None:
    """Cancel an announced class for a reason. Refused once people have signed in."""
    found = class_in(actor, class_id, ClassState.OPEN)
    signed = select(ClassSignIn.id).join(Enrolment, Enrolment.id == ClassSignIn.enrolment_id)
    if db.session.scalar(signed.where(Enrolment.class_id == found.id).limit(1)) is not None:
        raise Refused(msg("已有人签到，不能取消。提前结束的，请修改日程后办结。"))
    found.cancelled_reason = read_reason(reason)
    found.state = ClassState.CANCELLED


@operation(Permission.TRAINING_HOLD)
def restore_class(actor: Actor, class_id: int) -> None:
    """Take the cancelling of a class back: it is open again with everybody who was in it."""
    found = class_in(actor, class_id, ClassState.CANCELLED)
    found.cancelled_reason = ""
    found.state = ClassState.OPEN


@operation(Permission.TRAINING_HOLD)
def drop_class(actor: Actor, class_id: int) -> None:
    """Take a planned class back with its days and names. What has been announced is cancelled instead."""
    found = class_in(actor, class_id, ClassState.PLANNED)
    if db.session.scalar(select(ClassPaper.id).where(ClassPaper.class_id == found.id).limit(1)) is not None:
        raise Refused(msg("已上传资料，请先移除资料再撤回。"))
    for model in (ClassDay, Enrolment):
        for record in db.session.scalars(select(model).where(model.class_id == found.id)):
            db.session.delete(record)
    # No relationship tells the order of deletion.
    db.session.flush()
    db.session.delete(found)


@operation(Permission.TRAINING_HOLD)
def renew_day_code(actor: Actor, day_id: int) -> str:
    """Draw another code for a day, where the former one went about; gives the new one."""
    day = held_day(actor, day_id)
    class_in(actor, day.class_id, ClassState.PLANNED, ClassState.OPEN)
    day.code = drawn_code()
    return day.code


def held_day(actor: Actor, day_id: int) -> ClassDay:
    """A day of a class that the actor holds, or ``NotFound``; its class is locked."""
    day = db.session.get(ClassDay, day_id)
    fetch(actor, TrainingClass, day.class_id if day else 0, Permission.TRAINING_HOLD, lock=True)
    return db.session.get_one(ClassDay, day_id)


def drawn_code() -> str:
    """A code of six digits that nobody can guess from the ones before."""
    return str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS)


def new_class(course: Course, given: ClassGiven) -> TrainingClass:
    """The record of a class that is planned, not yet added."""
    return TrainingClass(
        course_id=course.id,
        unit_id=course.unit_id,
        tier=course.tier,
        hours=course.hours,
        days=course.days,
        state=ClassState.PLANNED,
        **class_values(given),
    )


def class_values(given: ClassGiven) -> dict[str, Any]:
    """The columns of what was typed, checked."""
    name = read_text(given.name, LONGEST_NAME, "name")
    if not name:
        raise Refused(msg("请填写班次名称。"), field="name")
    if given.ends_on < given.starts_on:
        raise Refused(msg("结束日期早于开始日期，请改正先后。"), field="ends_on")
    if given.starts_on < EARLIEST or (given.ends_on - given.starts_on).days > MOST_SPAN:
        raise Refused(msg("一个班次最长一年，请核对起止日期。"), field="ends_on")
    if given.enrol_until is not None and given.enrol_until > given.ends_on:
        raise Refused(msg("本人报名截止日不应晚于结束日期。"), field="enrol_until")
    if given.capacity is not None and not 1 <= given.capacity <= MOST_PLACES:
        raise Refused(msg("名额应为 1 至 %(most)s，不限的请留空。", most=MOST_PLACES), field="capacity")
    if given.score_wanted is not None:
        check_amount(given.score_wanted, 100, "score_wanted")
    _check_audience(given.audience)
    return {
        "name": name,
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "enrol_until": given.enrol_until,
        "held_at": read_text(given.held_at, LONGEST_PLACE, "held_at"),
        "teacher": read_text(given.teacher, LONGEST_PLACE, "teacher"),
        "capacity": given.capacity,
        "audience": given.audience.as_json(),
        "score_wanted": given.score_wanted,
        "document": read_text(given.document, LONGEST_DOCUMENT, "document"),
        "remark": read_text(given.remark, LONGEST_REMARK, "remark"),
    }


def new_days(planned: TrainingClass, given: ClassGiven) -> list[ClassDay]:
    """The days of a class that has its id, each with a fresh code and its part of the hours."""
    days = list(given.days) or [
        DayGiven(given.starts_on + timedelta(days=place))
        for place in range(min((given.ends_on - given.starts_on).days + 1, MOST_DAYS))
    ]
    _check_days(given, days)
    shares = _shares(planned.hours, days)
    return [
        ClassDay(class_id=planned.id, on=day.on, begins=day.begins, ends=day.ends, code=drawn_code(), hours=hours)
        for day, hours in zip(days, shares, strict=True)
    ]


def _check_days(given: ClassGiven, days: Sequence[DayGiven]) -> None:
    if len(days) > MOST_DAYS:
        raise Refused(msg("日程最多 %(most)s 条，请减少。", most=MOST_DAYS), field="days")
    if len({(day.on, day.begins) for day in days}) != len(days):
        raise Refused(msg("日程中有日期和开始时间相同的两条，请删去一条。"), field="days")
    for day in days:
        if not given.starts_on <= day.on <= given.ends_on:
            raise Refused(msg("日程 %(day)s 不在班次起止日期之内，请改正。", day=day.on), field="days")
        if day.ends <= day.begins:
            raise Refused(msg("日程 %(day)s 的结束时间不晚于开始时间，请改正。", day=day.on), field="days")


def _shares(hours: Decimal, days: Sequence[DayGiven]) -> list[Decimal]:
    if all(day.hours is None for day in days):
        each = (hours / len(days)).quantize(CENT, "ROUND_DOWN")
        return [each] * (len(days) - 1) + [hours - each * (len(days) - 1)]
    shares = [day.hours or Decimal(0) for day in days]
    for share in shares:
        check_amount(share, int(MOST_PLACES), "days")
    if sum(shares) != hours:
        raise Refused(
            msg("日程各条学时合计 %(sum)s，与课程学时 %(hours)s 不一致，请改正；全部留空则平均分配。",
                sum=sum(shares), hours=hours),
            field="days",
        )  # fmt: skip
    return shares


def _check_audience(audience: AudienceGiven) -> None:
    unknown = sorted(set(audience.posts) - set(Post))
    if unknown:
        raise Refused(msg("没有“%(code)s”这一职务类别，请重新选择。", code="、".join(unknown)), field="posts")
    if audience.joined_from and audience.joined_until and audience.joined_until < audience.joined_from:
        raise Refused(msg("进社区日期的止期早于起期，请改正先后。"), field="joined_until")


def _check_room(found: TrainingClass, capacity: int | None) -> None:
    if capacity is None:
        return
    query = select(Enrolment.id).where(Enrolment.class_id == found.id, Enrolment.state == EnrolmentState.ENROLLED)
    inside = len(db.session.scalars(query).all())
    if capacity < inside:
        raise Refused(msg("已有 %(count)s 人在名单中，名额不能更少。", count=inside), field="capacity")


def _settle_days(found: TrainingClass, wanted: Sequence[ClassDay]) -> None:
    """Days that stay keep their codes and signs; those that fall away may have no signs."""
    query = select(ClassDay).where(ClassDay.class_id == found.id)
    kept = {(day.on, day.begins): day for day in db.session.scalars(query.with_for_update())}
    new = []
    for day in wanted:
        same = kept.pop((day.on, day.begins), None)
        if same is None:
            new.append(day)
        else:
            same.ends, same.hours = day.ends, day.hours
    gone = [day.id for day in kept.values()]
    signed = db.session.scalars(select(ClassSignIn.day_id).where(ClassSignIn.day_id.in_(gone)).limit(1)).first()
    if signed is not None:
        lost = next(day for day in kept.values() if day.id == signed)
        raise Refused(msg("%(day)s 已有人签到，这一天不能删去或改动开始时间。", day=lost.on), field="days")
    if gone:
        for day in kept.values():
            db.session.delete(day)
        db.session.flush()
    if new:
        session_add(*new)
