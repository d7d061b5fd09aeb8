"""How pairings stand on a day: not begun, going on, stalled, a review overdue, run out, completed, ended, dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, String, Text, cast, func, select

from careerpath.mentoring.models import MentoringLog, MentoringReview, Pairing, PairingState
from careerpath.mentoring.queries.rules import frozen_rules_text
from careerpath.policy.mentoring import MentoringEdition, Stall, reviews_missing, stalled
from careerpath.policy.mentoring import Pairing as Course
from careerpath.words import Message, msg


class Standing(StrEnum):
    """How a pairing stands; the first ones ask for something to be done."""

    STALLED = "stalled"
    REVIEW_DUE = "review_due"
    TO_EVALUATE = "to_evaluate"
    RUNNING = "running"
    COMING = "coming"
    COMPLETED = "completed"
    ENDED = "ended"
    DROPPED = "dropped"


STANDINGS: Mapping[Standing, Message] = {
    Standing.STALLED: msg("停滞"),
    Standing.REVIEW_DUE: msg("评估逾期"),
    Standing.TO_EVALUATE: msg("待评价"),
    Standing.RUNNING: msg("帮带中"),
    Standing.COMING: msg("未开始"),
    Standing.COMPLETED: msg("已办结"),
    Standing.ENDED: msg("提前结束"),
    Standing.DROPPED: msg("已作废"),
}

STANDING_KINDS: Mapping[Standing, str] = {
    Standing.STALLED: "danger",
    Standing.REVIEW_DUE: "danger",
    Standing.TO_EVALUATE: "warning",
    Standing.RUNNING: "success",
    Standing.COMING: "primary",
    Standing.COMPLETED: "",
    Standing.ENDED: "",
    Standing.DROPPED: "",
}
"""The colours of the standings' pills."""

LIVING = frozenset({Standing.STALLED, Standing.REVIEW_DUE, Standing.TO_EVALUATE, Standing.RUNNING, Standing.COMING})
"""What is neither completed nor over."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A pairing on a day: how it stands, the stall with its reason, and the reviews that are overdue."""

    standing: Standing
    stall: Stall | None = None
    missing: tuple[date, ...] = ()


def stand_of(
    pairing: Pairing, edition: MentoringEdition, logs: tuple[date, ...], reviews: tuple[date, ...], on: date
) -> Stand:
    """How one pairing stands on a day, with the days of its logs and reviews."""
    days = (pairing.starts_on, pairing.ends_on, pairing.ended_on, pairing.completed_on)
    return _stand(pairing.state, days, edition, logs, reviews, on)


def with_days(on: date) -> Select[Any]:
    """A query over ``Pairing`` whose rows ``stand_of_row`` reads: state, days, rule, last log and reviews."""
    last_log = select(func.max(MentoringLog.on)).where(MentoringLog.pairing_id == Pairing.id, MentoringLog.on <= on)
    reviews = select(func.aggregate_strings(cast(MentoringReview.on, String), ",")).where(
        MentoringReview.pairing_id == Pairing.id, MentoringReview.on <= on
    )
    return select(
        Pairing.id.label("pairing_id"),
        Pairing.state,
        Pairing.starts_on,
        Pairing.ends_on,
        Pairing.ended_on,
        Pairing.completed_on,
        cast(Pairing.edition, Text).label("edition"),
        last_log.correlate(Pairing).scalar_subquery().label("last_log"),
        reviews.correlate(Pairing).scalar_subquery().label("reviews"),
    )


def stand_of_row(row: Any, on: date) -> Stand:
    """How the pairing of a row of ``with_days`` stands on a day."""
    logs = (row.last_log,) if row.last_log is not None else ()
    reviews = tuple(date.fromisoformat(day) for day in (row.reviews or "").split(",") if day)
    days = (row.starts_on, row.ends_on, row.ended_on, row.completed_on)
    return _stand(row.state, days, frozen_rules_text(row.edition), logs, reviews, on)


def departure(mentee_left: date | None, mentor_left: date | None, on: date) -> Message | None:
    """Which of the two is no longer in service on a day, so that their pairing should be ended."""
    if mentee_left is not None and mentee_left < on:
        return msg("帮带对象已于 %(day)s 离职", day=mentee_left)
    if mentor_left is not None and mentor_left < on:
        return msg("导师已于 %(day)s 离职", day=mentor_left)
    return None


Days = tuple[date, date, date | None, date | None]
"""First day, last day, day of the early end, day of completion."""


def _stand(
    state: PairingState,
    days: Days,
    edition: MentoringEdition,
    logs: tuple[date, ...],
    reviews: tuple[date, ...],
    on: date,
) -> Stand:
    starts_on, ends_on, ended_on, completed_on = days
    if state is PairingState.DROPPED:
        return Stand(Standing.DROPPED)
    if ended_on is not None and ended_on <= on:
        return Stand(Standing.ENDED)
    if completed_on is not None and completed_on <= on:
        return Stand(Standing.COMPLETED)
    if on < starts_on:
        return Stand(Standing.COMING)
    course = Course(starts_on, ends_on, logs, reviews)
    missing = reviews_missing(edition, course, on)
    if on > ends_on:
        return Stand(Standing.TO_EVALUATE, missing=missing)
    stall = stalled(edition, course, on)
    if stall is not None:
        return Stand(Standing.STALLED, stall, missing)
    # The last review is held with the evaluation, until the last day is over.
    overdue = tuple(day for day in missing if day < on)
    return Stand(Standing.REVIEW_DUE if overdue else Standing.RUNNING, missing=overdue)
