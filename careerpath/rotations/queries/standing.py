"""Where a rotation stands on a day: its state, and what follows from the days."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_

from careerpath.rotations.models import Rotation, RotationState
from careerpath.words import Message, msg


class Standing(StrEnum):
    """What people call it on a day."""

    PROPOSED = "proposed"
    COMING = "coming"
    """Approved; the first day is still ahead."""
    AWAY = "away"
    OVERDUE = "overdue"
    """Still away after the last day."""
    TO_EVALUATE = "to_evaluate"
    EVALUATED = "evaluated"
    CANCELLED = "cancelled"


STANDINGS: Mapping[Standing, Message] = {
    Standing.PROPOSED: msg("待批准"),
    Standing.COMING: msg("未开始"),
    Standing.AWAY: msg("在外"),
    Standing.OVERDUE: msg("逾期未归"),
    Standing.TO_EVALUATE: msg("待鉴定"),
    Standing.EVALUATED: msg("已鉴定"),
    Standing.CANCELLED: msg("已取消"),
}
COLOURS: Mapping[Standing, str] = {
    Standing.PROPOSED: "warning",
    Standing.COMING: "",
    Standing.AWAY: "primary",
    Standing.OVERDUE: "danger",
    Standing.TO_EVALUATE: "warning",
    Standing.EVALUATED: "success",
    Standing.CANCELLED: "",
}
WENT = (RotationState.APPROVED, RotationState.RETURNED, RotationState.EVALUATED)
"""States of a rotation that takes place."""


def standing_of(
    state: RotationState, starts_on: date, ends_on: date, returned_on: date | None, evaluated_on: date | None, on: date
) -> Standing:
    """Where it stands on ``on``, as known now: before its return an evaluated one was still away."""
    if state is RotationState.PROPOSED:
        return Standing.PROPOSED
    if state is RotationState.CANCELLED:
        return Standing.CANCELLED
    if starts_on > on:
        return Standing.COMING
    if evaluated_on is not None and evaluated_on <= on:
        return Standing.EVALUATED
    if returned_on is not None and returned_on <= on:
        return Standing.TO_EVALUATE
    return Standing.OVERDUE if ends_on < on else Standing.AWAY


def standing_on(rotation: Rotation, on: date) -> Standing:
    """Where a rotation stands on a day."""
    return standing_of(
        rotation.state, rotation.starts_on, rotation.ends_on, rotation.returned_on, rotation.evaluated_on, on
    )


def away_on(on: date) -> ColumnElement[bool]:
    """The filter "somebody is away on this day"; the last day away counts."""
    one = Rotation
    return and_(one.state.in_(WENT), one.starts_on <= on, or_(one.returned_on.is_(None), one.returned_on >= on))


def stands(standing: Standing, on: date) -> ColumnElement[bool]:
    """The filter that ``standing_of`` answers with this standing."""
    one = Rotation
    if standing is Standing.PROPOSED:
        return one.state == RotationState.PROPOSED
    if standing is Standing.CANCELLED:
        return one.state == RotationState.CANCELLED
    went = one.state.in_(WENT)
    if standing is Standing.COMING:
        return and_(went, one.starts_on > on)
    begun = and_(went, one.starts_on <= on)
    judged = and_(one.evaluated_on.is_not(None), one.evaluated_on <= on)
    back = and_(one.returned_on.is_not(None), one.returned_on <= on)
    if standing is Standing.EVALUATED:
        return and_(begun, judged)
    if standing is Standing.TO_EVALUATE:
        return and_(begun, back, or_(one.evaluated_on.is_(None), one.evaluated_on > on))
    gone = and_(begun, or_(one.returned_on.is_(None), one.returned_on > on))
    return and_(gone, one.ends_on < on) if standing is Standing.OVERDUE else and_(gone, one.ends_on >= on)
