"""Steps that all operations on a rotation take: one in the right state, the next state with a note, days that fit."""

from collections.abc import Sequence
from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.guard import session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.rotation import RotationEdition, Stay
from careerpath.rotations.models import Rotation, RotationState, RotationStep, RotationWish
from careerpath.rotations.queries.findings import Remark, stay_of, stay_remarks, stays_of, stays_of_cadres
from careerpath.rotations.queries.words import ROTATION_STATES
from careerpath.words import Refused, msg

LONGEST_NOTE = 200
LONGEST_DOCUMENT = 120


def rotation_in(actor: Actor, rotation_id: int, permission: Permission, *states: RotationState) -> Rotation:
    """A rotation of the actor's own people, locked until the commit. Raises ``Refused`` in another state."""
    rotation = fetch(actor, Rotation, rotation_id, permission, lock=True)
    check_state(rotation, *states)
    return rotation


def check_state(rotation: Rotation, *states: RotationState) -> None:
    """Refuse what may not be done to a rotation where it stands."""
    if rotation.state not in states:
        raise Refused(
            msg(
                "这项锻炼现为“%(state)s”，本项业务只能在“%(wanted)s”时办理，请刷新页面。",
                state=ROTATION_STATES[rotation.state],
                wanted="、".join(str(ROTATION_STATES[state]) for state in states),
            )
        )


def move_rotation(actor: Actor, rotation: Rotation, state: RotationState, note: str = "") -> None:
    """Let a rotation reach a state, or stay in it with other days, and keep when, by whom and why."""
    rotation.state = state
    session_add(step_of(actor, rotation.id, state, note))


def step_of(actor: Actor, rotation_id: int, state: RotationState, note: str = "") -> RotationStep:
    """The record of a step."""
    return RotationStep(
        rotation_id=rotation_id, state=state, at=clock.now(), by=actor.display_name, note=note[:LONGEST_NOTE]
    )


def check_days(
    rotation: Rotation, edition: RotationEdition, stay: Stay, reason: str, field: str = "ends_on"
) -> tuple[Remark, ...]:
    """Hold other days of a rotation against the rule; gives what asked for the reason.

    Refuses an overlap with another full-time one, and an unusual length without a ``reason``.
    """
    found = stay_remarks(edition, stay, [stay_of(one) for one in others_of(rotation)])
    return judge(found, reason, field)


def judge(found: Sequence[Remark], reason: str, field: str) -> tuple[Remark, ...]:
    """Refuse what is forbidden, and what is unusual without a reason; gives what asked for it."""
    for one in found:
        if one.refuses:
            raise Refused(one.text, field=field)
    if found and not reason.strip():
        raise Refused(
            msg("%(found)s确需如此安排的，请写明理由。", found="".join(str(one.text) for one in found)), field="reason"
        )
    return tuple(found)


def others_of(rotation: Rotation) -> list[Rotation]:
    """The other rotations of the same person that count."""
    if rotation.employee_id is not None:
        found = stays_of([rotation.employee_id])[rotation.employee_id]
    else:
        key = (rotation.unit_id, rotation.person_name)
        found = stays_of_cadres([key])[key]
    return [one for one in found if one.id != rotation.id]


def check_past(on: date, field: str) -> None:
    """Refuse a day after today for what has already happened."""
    if on > clock.today():
        raise Refused(msg("日期 %(on)s 晚于今天，请核对。", on=on), field=field)


def reopen_wish(rotation: Rotation) -> None:
    """The wish that a rotation came from is open again: the rotation does not take place."""
    if rotation.wish_id is not None:
        wish = db.session.get(RotationWish, rotation.wish_id)
        if wish is not None:
            wish.closed_on = None
