"""What the district decides of a rotation before it begins: approval; and taking it back."""

from collections.abc import Sequence
from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.rotations.models import Rotation, RotationState
from careerpath.rotations.operations.steps import (
    LONGEST_DOCUMENT,
    LONGEST_NOTE,
    check_past,
    check_state,
    move_rotation,
    reopen_wish,
    rotation_in,
    step_of,
)
from careerpath.rotations.operations.texts import read_line
from careerpath.words import NotFound, Refused, msg


@operation(Permission.ROTATION_DECIDE)
def approve_rotation(actor: Actor, rotation_id: int, document: str, on: date) -> None:
    """Approve a rotation by a document; it takes place on its days."""
    rotation = rotation_in(actor, rotation_id, Permission.ROTATION_DECIDE, RotationState.PROPOSED)
    rotation.document = _document(document)
    check_past(on, "on")
    move_rotation(actor, rotation, RotationState.APPROVED, str(msg("%(on)s 批准", on=on)))


@operation(Permission.ROTATION_DECIDE)
def approve_rotations(actor: Actor, rotation_ids: Sequence[int], document: str, on: date) -> int:
    """Approve many by one document, all or none; gives how many. One query for any number."""
    wanted = set(rotation_ids)
    query = visible(actor, Rotation, Permission.ROTATION_DECIDE).where(Rotation.id.in_(wanted))
    rotations = db.session.scalars(query.order_by(Rotation.id).with_for_update()).all()
    if len(rotations) < len(wanted):
        raise NotFound
    if not rotations:
        raise Refused(msg("请先勾选要批准的人员。"))
    read = _document(document)
    check_past(on, "on")
    for rotation in rotations:
        check_state(rotation, RotationState.PROPOSED)
        rotation.document, rotation.state = read, RotationState.APPROVED
    note = str(msg("%(on)s 批准", on=on))
    session_add(*(step_of(actor, one.id, RotationState.APPROVED, note) for one in rotations))
    return len(rotations)


@operation(Permission.ROTATION_PROPOSE)
def cancel_rotation(actor: Actor, rotation_id: int, reason: str) -> None:
    """Cancel a rotation that has not begun; the wish that it came from is open again.

    Once it is approved only the district cancels it, and only before its first day.
    """
    rotation = rotation_in(
        actor, rotation_id, Permission.ROTATION_PROPOSE, RotationState.PROPOSED, RotationState.APPROVED
    )
    if rotation.state is RotationState.APPROVED:
        if not actor.can(Permission.ROTATION_DECIDE, db.session.get_one(Unit, rotation.unit_id).path):
            raise Refused(msg("这项锻炼已经批准，请报区级主管部门取消。"))
        if rotation.starts_on <= clock.today():
            raise Refused(
                msg("这项锻炼已于 %(starts)s 开始，提前结束的请办理返回。", starts=rotation.starts_on), field="reason"
            )
    why = read_line(reason, LONGEST_NOTE, "reason", msg("请写明取消的原因。"))
    reopen_wish(rotation)
    move_rotation(actor, rotation, RotationState.CANCELLED, why)


def _document(text: str) -> str:
    return read_line(text, LONGEST_DOCUMENT, "document", msg("请填写批准文号或会议纪要名称。"))
