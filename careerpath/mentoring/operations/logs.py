"""The monthly log and the quarterly reviews of a pairing, by the office and by the two themselves."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.mentoring.models import MentoringLog, MentoringReview, Pairing
from careerpath.mentoring.operations.own import own_pairing
from careerpath.mentoring.operations.pairings.changing import check_state, pairing_in
from careerpath.mentoring.operations.texts import read_line, read_text
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_TOPIC = 80
MOST_HOURS = Decimal(24)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class LogGiven:
    """One talk, visit or task: its day, how many hours it took, and what it was about."""

    on: date
    hours: Decimal
    topic: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReviewGiven:
    """A quarterly review: what of the goals has been reached, and what should change."""

    on: date
    progress: str
    opinion: str = ""


@operation(Permission.MENTORING_LOG)
def write_log(actor: Actor, pairing_id: int, given: LogGiven) -> int:
    """Enter a log of a pairing of the actor's units; gives its id."""
    return _write(actor, pairing_in(actor, pairing_id, Permission.MENTORING_LOG), given)


@operation(Permission.MENTORING_LOG)
def write_logs(actor: Actor, rows: Sequence[tuple[int, LogGiven]]) -> list[int]:
    """Enter many logs, all or none; gives the ids in order. Two queries for any number.

    Raises ``NotFound`` for a pairing that is not the actor's.
    """
    pairings = _pairings(actor, {pairing_id for pairing_id, _ in rows})
    logs = [_log(actor, pairings[pairing_id], given) for pairing_id, given in rows]
    session_add(*logs)
    return [log.id for log in logs]


@operation(Permission.MENTORING_LOG)
def change_log(actor: Actor, log_id: int, given: LogGiven, version: int) -> None:
    """Set a log right. Raises ``Conflict`` when ``version`` is no longer the present one."""
    log = _one_log(log_id)
    _change(log, pairing_in(actor, log.pairing_id, Permission.MENTORING_LOG), given, version)


@operation(Permission.MENTORING_LOG)
def drop_log(actor: Actor, log_id: int) -> None:
    """Remove a log that was entered by mistake."""
    log = _one_log(log_id)
    pairing_in(actor, log.pairing_id, Permission.MENTORING_LOG)
    db.session.delete(log)


@operation(Permission.OWN_GROWTH)
def write_own_log(actor: Actor, pairing_id: int, given: LogGiven) -> int:
    """Enter a log of a pairing in which the actor is the mentor or the mentee; gives its id."""
    pairing = own_pairing(actor, pairing_id)
    check_state(pairing)
    return _write(actor, pairing, given)


@operation(Permission.OWN_GROWTH)
def change_own_log(actor: Actor, log_id: int, given: LogGiven, version: int) -> None:
    """Set right a log that the actor wrote. Raises ``Conflict`` when ``version`` is no longer the present one."""
    log, pairing = _own_log(actor, log_id)
    _change(log, pairing, given, version)


@operation(Permission.OWN_GROWTH)
def drop_own_log(actor: Actor, log_id: int) -> None:
    """Remove a log that the actor wrote."""
    log, _ = _own_log(actor, log_id)
    db.session.delete(log)


@operation(Permission.MENTORING_LOG)
def review_pairing(actor: Actor, pairing_id: int, given: ReviewGiven) -> int:
    """Keep a quarterly review; gives its id. One that is held after the last day makes up for the last one."""
    pairing = pairing_in(actor, pairing_id, Permission.MENTORING_LOG)
    review = _review(actor, pairing, given)
    _check_alone(pairing, given.on)
    session_add(review)
    return review.id


@operation(Permission.MENTORING_LOG)
def review_pairings(actor: Actor, rows: Sequence[tuple[int, ReviewGiven]]) -> list[int]:
    """Keep many reviews, all or none; gives the ids in order. Three queries for any number.

    Raises ``NotFound`` for a pairing that is not the actor's.
    """
    pairings = _pairings(actor, {pairing_id for pairing_id, _ in rows})
    query = select(MentoringReview.pairing_id, MentoringReview.on).where(MentoringReview.pairing_id.in_(pairings))
    held = {(pairing_id, on) for pairing_id, on in db.session.execute(query)}
    reviews = []
    for pairing_id, given in rows:
        if (pairing_id, given.on) in held:
            raise _held_already(given.on)
        held.add((pairing_id, given.on))
        reviews.append(_review(actor, pairings[pairing_id], given))
    session_add(*reviews)
    return [review.id for review in reviews]


@operation(Permission.MENTORING_LOG)
def change_mentoring_review(actor: Actor, mentoring_review_id: int, given: ReviewGiven, version: int) -> None:
    """Set a review right. Raises ``Conflict`` when ``version`` is no longer the present one."""
    review = _one_review(mentoring_review_id)
    pairing = pairing_in(actor, review.pairing_id, Permission.MENTORING_LOG)
    _check_version(review, given, version)
    sound = _sound_review(pairing, given)
    if given.on != review.on:
        _check_alone(pairing, given.on)
    review.on, review.progress, review.opinion = sound.on, sound.progress, sound.opinion


@operation(Permission.MENTORING_LOG)
def drop_mentoring_review(actor: Actor, mentoring_review_id: int) -> None:
    """Remove a review that was entered by mistake."""
    review = _one_review(mentoring_review_id)
    pairing_in(actor, review.pairing_id, Permission.MENTORING_LOG)
    db.session.delete(review)


def _pairings(actor: Actor, wanted: set[int]) -> dict[int, Pairing]:
    query = visible(actor, Pairing, Permission.MENTORING_LOG).where(Pairing.id.in_(wanted)).order_by(Pairing.id)
    found = {pairing.id: pairing for pairing in db.session.scalars(query.with_for_update())}
    if wanted - set(found):
        raise NotFound
    for pairing in found.values():
        check_state(pairing)
    return found


def _one_log(log_id: int) -> MentoringLog:
    log = db.session.get(MentoringLog, log_id)
    if log is None:
        raise NotFound
    return log


def _one_review(review_id: int) -> MentoringReview:
    review = db.session.get(MentoringReview, review_id)
    if review is None:
        raise NotFound
    return review


def _own_log(actor: Actor, log_id: int) -> tuple[MentoringLog, Pairing]:
    log = _one_log(log_id)
    pairing = own_pairing(actor, log.pairing_id)
    check_state(pairing)
    if log.by != actor.display_name:
        raise Refused(msg("这条帮带记录由%(by)s填写，只能由填写人或街道经办修改。", by=log.by))
    return log, pairing


def _write(actor: Actor, pairing: Pairing, given: LogGiven) -> int:
    log = _log(actor, pairing, given)
    session_add(log)
    return log.id


def _log(actor: Actor, pairing: Pairing, given: LogGiven) -> MentoringLog:
    sound = _sound_log(pairing, given)
    return MentoringLog(
        pairing_id=pairing.id,
        on=sound.on,
        hours=sound.hours,
        topic=sound.topic,
        text=sound.text,
        by=actor.display_name,
        at=clock.now(),
    )


def _sound_log(pairing: Pairing, given: LogGiven) -> LogGiven:
    if not pairing.starts_on <= given.on <= pairing.ends_on:
        raise Refused(
            msg("日期应在帮带期限 %(first)s 至 %(last)s 之内，请核对。", first=pairing.starts_on, last=pairing.ends_on),
            field="on",
        )
    _check_past(given.on)
    if not 0 <= given.hours <= MOST_HOURS or given.hours != given.hours.quantize(CENT):
        raise Refused(msg("时长应为 0 至 %(most)s 小时，最多两位小数，请改正。", most=MOST_HOURS), field="hours")
    topic = read_line(given.topic, "topic", LONGEST_TOPIC, msg("请写明帮带的主题。"))
    return LogGiven(given.on, given.hours, topic, read_text(given.text, "text"))


def _change(log: MentoringLog, pairing: Pairing, given: LogGiven, version: int) -> None:
    _check_version(log, given, version)
    sound = _sound_log(pairing, given)
    log.on, log.hours, log.topic, log.text = sound.on, sound.hours, sound.topic, sound.text


def _review(actor: Actor, pairing: Pairing, given: ReviewGiven) -> MentoringReview:
    sound = _sound_review(pairing, given)
    return MentoringReview(
        pairing_id=pairing.id,
        on=sound.on,
        progress=sound.progress,
        opinion=sound.opinion,
        by=actor.display_name,
        at=clock.now(),
    )


def _sound_review(pairing: Pairing, given: ReviewGiven) -> ReviewGiven:
    if given.on < pairing.starts_on:
        raise Refused(msg("评估日期早于结对日期 %(on)s，请核对。", on=pairing.starts_on), field="on")
    _check_past(given.on)
    progress = read_text(given.progress, "progress", msg("请写明目标的进展情况。"))
    return ReviewGiven(given.on, progress, read_text(given.opinion, "opinion"))


def _check_past(on: date) -> None:
    if on > clock.today():
        raise Refused(msg("日期 %(on)s 晚于今天，请核对。", on=on), field="on")


def _check_alone(pairing: Pairing, on: date) -> None:
    query = select(MentoringReview.id).where(MentoringReview.pairing_id == pairing.id, MentoringReview.on == on)
    if db.session.scalar(query) is not None:
        raise _held_already(on)


def _held_already(on: date) -> Refused:
    return Refused(msg("%(on)s 已有一次评估，请直接修改那次评估。", on=on), field="on")


def _check_version(record: MentoringLog | MentoringReview, given: LogGiven | ReviewGiven, version: int) -> None:
    if record.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("这条记录刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(record, name) for name in typed},
        )
