"""What stands against a rotation as it is planned: the rule's findings, and whether the host takes it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.policy.rotation import RotationEdition, Stay, Weight, check_stay, kind_named
from careerpath.rotations.models import Host, Rotation, RotationState
from careerpath.words import Message, msg

STANDING = (RotationState.PROPOSED, RotationState.APPROVED, RotationState.RETURNED, RotationState.EVALUATED)
"""A rotation that counts: everything but a cancelled one."""
COMING = (RotationState.PROPOSED, RotationState.APPROVED)
"""It takes a place of the host."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: ``refuses`` forbids, all others ask for a reason. ``basis`` is the document, if any."""

    code: str
    refuses: bool
    text: Message
    basis: str = ""


def stay_of(rotation: Rotation) -> Stay:
    """A rotation as the rule looks at it."""
    return Stay(rotation.kind, rotation.starts_on, rotation.ends_on, rotation.returned_on, first_end=rotation.first_end)


def stay_remarks(edition: RotationEdition, stay: Stay, others: Sequence[Stay]) -> list[Remark]:
    """What the rule finds. Raises ``Refused`` for an unknown kind and for days in the wrong order."""
    return [
        Remark(
            one.code,
            one.weight is Weight.REFUSES,
            one.reason.message,
            f"{one.reason.document}{one.reason.clause}",
        )
        for one in check_stay(edition, stay, others)
    ]


def host_remarks(edition: RotationEdition, host: Host, kind_code: str, taken: int) -> list[Remark]:
    """Whether the host takes this kind, and whether it has a place left beside those that are ``taken``."""
    found = []
    if host.kinds and kind_code not in host.kinds:
        kind = kind_named(edition, kind_code)
        found.append(
            Remark("host_kind", False, msg("“%(host)s”没有列出接收%(kind)s人员。", host=host.name, kind=kind.name))
        )
    if host.places and taken >= host.places:
        words = msg("“%(host)s”可接收 %(places)s 人，这段时间已安排 %(taken)s 人。", host=host.name,
                    places=host.places, taken=taken)  # fmt: skip
        found.append(Remark("host_full", False, words))
    return found


def stays_of(employee_ids: Collection[int]) -> dict[int, list[Rotation]]:
    """The rotations of some people that count, oldest first. One query."""
    found: dict[int, list[Rotation]] = {one: [] for one in employee_ids}
    query = select(Rotation).where(Rotation.employee_id.in_(found), Rotation.state.in_(STANDING))
    for rotation in db.session.scalars(query.order_by(Rotation.starts_on, Rotation.id)):
        if rotation.employee_id is not None:
            found[rotation.employee_id].append(rotation)
    return found


def stays_of_cadres(names: Iterable[tuple[int, str]]) -> dict[tuple[int, str], list[Rotation]]:
    """The rotations that count of people without a file, by home unit and name. One query."""
    found: dict[tuple[int, str], list[Rotation]] = {one: [] for one in names}
    if not found:
        return found
    query = select(Rotation).where(
        Rotation.employee_id.is_(None),
        Rotation.unit_id.in_({unit_id for unit_id, _ in found}),
        Rotation.state.in_(STANDING),
    )
    for rotation in db.session.scalars(query.order_by(Rotation.starts_on, Rotation.id)):
        if (rotation.unit_id, rotation.person_name) in found:
            found[rotation.unit_id, rotation.person_name].append(rotation)
    return found


def taken_at(host_ids: Collection[int], starts_on: date, ends_on: date, but: Collection[int] = ()) -> Mapping[int, int]:
    """How many people have a place at some hosts on days of a time, whole or in part. One query."""
    query = (
        select(Rotation.host_id, func.count())
        .where(
            Rotation.host_id.in_(set(host_ids)),
            Rotation.state.in_(COMING),
            Rotation.starts_on <= ends_on,
            Rotation.ends_on >= starts_on,
            Rotation.id.not_in(set(but)),
        )
        .group_by(Rotation.host_id)
    )
    return {host_id: count for host_id, count in db.session.execute(query)}
