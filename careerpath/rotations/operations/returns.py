"""While somebody is away: extension, return on the day, early or late, and taking a return back."""

from dataclasses import replace
from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.rotations.models import Rotation, RotationState
from careerpath.rotations.operations.steps import (
    LONGEST_NOTE,
    check_days,
    check_past,
    judge,
    move_rotation,
    others_of,
    rotation_in,
)
from careerpath.rotations.operations.texts import read_line
from careerpath.rotations.queries.findings import stay_of, stay_remarks
from careerpath.rotations.queries.rules import frozen_rules
from careerpath.words import Refused, msg


@operation(Permission.ROTATION_DECIDE)
def extend_rotation(actor: Actor, rotation_id: int, ends_on: date, reason: str = "") -> None:
    """Extend a rotation to a later last day, or take an extension back; the day as first planned is kept.

    Refuses an overlap with another full-time one, and an extension beyond what the kind allows without a reason.
    """
    rotation = rotation_in(actor, rotation_id, Permission.ROTATION_DECIDE, RotationState.APPROVED)
    first = rotation.first_end or rotation.ends_on
    if ends_on == rotation.ends_on:
        raise Refused(msg("现在就是到 %(ends)s 结束，请核对。", ends=ends_on), field="ends_on")
    if ends_on < first:
        raise Refused(
            msg("原定 %(first)s 结束，提前结束的请办理返回。", first=first),
            field="ends_on",
        )
    _check_service(rotation, ends_on)
    why = read_line(reason, LONGEST_NOTE, "reason")
    extended = None if ends_on == first else first
    stay = replace(stay_of(rotation), ends_on=ends_on, first_end=extended)
    if ends_on > rotation.ends_on:
        check_days(rotation, frozen_rules(rotation.edition), stay, why)
    before = rotation.ends_on
    rotation.ends_on, rotation.first_end = ends_on, extended
    told = msg("由 %(before)s 调整到 %(ends)s 结束。%(why)s", before=before, ends=ends_on, why=why)
    move_rotation(actor, rotation, RotationState.APPROVED, str(told))


@operation(Permission.ROTATION_DECIDE)
def return_rotation(actor: Actor, rotation_id: int, returned_on: date, reason: str = "") -> None:
    """Somebody is back; ``returned_on`` is the last day away. Earlier or later than planned needs a reason."""
    rotation = rotation_in(actor, rotation_id, Permission.ROTATION_DECIDE, RotationState.APPROVED)
    check_past(returned_on, "returned_on")
    if returned_on < rotation.starts_on:
        raise Refused(
            msg("返回日期早于开始日期 %(starts)s；没有派出的请办理取消。", starts=rotation.starts_on),
            field="returned_on",
        )
    why = read_line(reason, LONGEST_NOTE, "reason")
    if returned_on != rotation.ends_on and not why:
        early = returned_on < rotation.ends_on
        word = msg("提前") if early else msg("逾期")
        raise Refused(
            msg("原定 %(ends)s 结束，%(word)s返回的请写明原因。", ends=rotation.ends_on, word=str(word)), field="reason"
        )
    if returned_on > rotation.ends_on:
        stay = replace(stay_of(rotation), returned_on=returned_on)
        found = stay_remarks(frozen_rules(rotation.edition), stay, [stay_of(one) for one in others_of(rotation)])
        judge([one for one in found if one.refuses], why, "returned_on")
    rotation.returned_on, rotation.return_reason = returned_on, why
    move_rotation(actor, rotation, RotationState.RETURNED, why)


@operation(Permission.ROTATION_DECIDE)
def undo_return(actor: Actor, rotation_id: int, reason: str) -> None:
    """Take back a return entered by mistake: the person is away again until the day planned."""
    rotation = rotation_in(actor, rotation_id, Permission.ROTATION_DECIDE, RotationState.RETURNED)
    why = read_line(reason, LONGEST_NOTE, "reason", msg("请写明撤销返回的原因。"))
    stay = replace(stay_of(rotation), returned_on=None)
    found = stay_remarks(frozen_rules(rotation.edition), stay, [stay_of(one) for one in others_of(rotation)])
    judge([one for one in found if one.refuses], why, "reason")
    rotation.returned_on, rotation.return_reason = None, ""
    move_rotation(actor, rotation, RotationState.APPROVED, why)


def _check_service(rotation: Rotation, ends_on: date) -> None:
    if rotation.employee_id is None:
        return
    employee = db.session.get_one(Employee, rotation.employee_id)
    if employee.left_on is not None and employee.left_on < ends_on:
        raise Refused(
            msg("%(name)s已定于 %(left)s 离职，不能延长到这一天以后。", name=employee.name, left=employee.left_on),
            field="ends_on",
        )
