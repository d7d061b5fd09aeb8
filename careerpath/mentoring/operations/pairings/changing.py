"""What may become of a pairing before it is completed: other goals or days, an early end, dropped."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import exists, func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, MentoringLog, MentoringReview, Pairing, PairingState
from careerpath.mentoring.operations.lines import KnownLines
from careerpath.mentoring.operations.pairings.places import Places
from careerpath.mentoring.operations.texts import LONGEST_NUMBER, LONGEST_REASON, read_line, read_text
from careerpath.mentoring.queries.rules import frozen_rules
from careerpath.mentoring.queries.words import PAIRING_STATES
from careerpath.words import Conflict, Refused, msg


@dataclass(frozen=True, slots=True)
class PairingChange:
    """What of a pairing may be changed while it runs; ``cap_reason`` where a longer one goes above the cap."""

    goals: str
    plan: str
    assessment: str
    wanted: tuple[str, ...]
    ends_on: date
    cap_reason: str = ""


@operation(Permission.MENTORING_KEEP)
def change_pairing(actor: Actor, pairing_id: int, given: PairingChange, version: int) -> None:
    """Change goals, plan or the last day of a pairing. Raises ``Conflict`` for an old version."""
    pairing = pairing_in(actor, pairing_id, Permission.MENTORING_KEEP)
    if pairing.version != version:
        typed = asdict(given)
        raise Conflict(
            msg("这个结对刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(pairing, name) for name in typed},
        )
    if given.ends_on < pairing.starts_on:
        raise Refused(msg("期满日期早于开始日期 %(on)s，请核对。", on=pairing.starts_on), field="ends_on")
    last = last_log(pairing)
    if last is not None and last > given.ends_on:
        raise Refused(msg("%(on)s 已有帮带记录，期满日期不能早于这一天。", on=last), field="ends_on")
    path = db.session.scalars(select(Unit.path).where(Unit.id == pairing.unit_id)).one()
    pairing.wanted = KnownLines([path]).check(given.wanted, path, "wanted")
    pairing.goals, pairing.plan = read_text(given.goals, "goals"), read_text(given.plan, "plan")
    pairing.assessment = read_text(given.assessment, "assessment")
    reason = read_line(given.cap_reason, "cap_reason", LONGEST_REASON)
    if reason:
        pairing.cap_reason = reason
    if given.ends_on != pairing.ends_on:
        longer = given.ends_on > pairing.ends_on
        pairing.ends_on = given.ends_on
        if longer:
            _check_place(pairing)


@operation(Permission.MENTORING_KEEP)
def end_pairing(actor: Actor, pairing_id: int, ended_on: date, reason: str) -> None:
    """End a pairing before its time, with its last day and the reason."""
    pairing = pairing_in(actor, pairing_id, Permission.MENTORING_KEEP)
    if not pairing.starts_on <= ended_on < pairing.ends_on:
        raise Refused(
            msg(
                "提前结束的日期应在 %(first)s 至期满日期 %(last)s 之前，请核对。",
                first=pairing.starts_on,
                last=pairing.ends_on,
            ),
            field="ends_on",
        )
    if ended_on > clock.today():
        raise Refused(msg("结束日期 %(on)s 晚于今天，请核对。", on=ended_on), field="ends_on")
    last = last_log(pairing)
    if last is not None and last > ended_on:
        raise Refused(msg("%(on)s 已有帮带记录，结束日期不能早于这一天。", on=last), field="ends_on")
    why = read_line(reason, "reason", LONGEST_REASON, msg("请写明提前结束的原因，如岗位调整。"))
    pairing.state, pairing.ended_on, pairing.end_reason = PairingState.ENDED, ended_on, why


@operation(Permission.MENTORING_KEEP)
def undo_ending(actor: Actor, pairing_id: int) -> None:
    """Take an early end back; the mentor must have a place for the rest of the time."""
    pairing = pairing_in(actor, pairing_id, Permission.MENTORING_KEEP, PairingState.ENDED)
    pairing.state, pairing.ended_on, pairing.end_reason = PairingState.AGREED, None, ""
    _check_place(pairing)


@operation(Permission.MENTORING_KEEP)
def drop_pairing(actor: Actor, pairing_id: int, reason: str) -> None:
    """Drop a pairing that was entered by mistake or never began; its number is free again.

    Refused once there is a log or a review: such a pairing is ended instead.
    """
    pairing = pairing_in(actor, pairing_id, Permission.MENTORING_KEEP)
    if last_log(pairing) is not None or db.session.scalar(
        select(exists().where(MentoringReview.pairing_id == pairing.id))
    ):
        raise Refused(msg("已有帮带记录或评估，不能作废，请办理提前结束。"))
    why = read_line(reason, "reason", LONGEST_REASON, msg("请写明作废的原因。"))
    # The column of numbers is unique within the unit: a mistake must not use one up.
    mark = f"×{pairing.id}"
    pairing.number = f"{pairing.number[: LONGEST_NUMBER - len(mark)]}{mark}"
    pairing.state, pairing.end_reason = PairingState.DROPPED, why


def pairing_in(
    actor: Actor, pairing_id: int, permission: Permission, state: PairingState = PairingState.AGREED
) -> Pairing:
    """A pairing of the actor's units in a state, locked until the commit; refuses one in another state."""
    pairing = fetch(actor, Pairing, pairing_id, permission, lock=True)
    check_state(pairing, state)
    return pairing


def check_state(pairing: Pairing, state: PairingState = PairingState.AGREED) -> None:
    """Refuse a pairing in another state."""
    if pairing.state is not state:
        raise Refused(msg("这个结对现为“%(state)s”，不能办理这项业务。", state=PAIRING_STATES[pairing.state]))


def last_log(pairing: Pairing) -> date | None:
    """The day of the last log of a pairing."""
    return db.session.scalar(select(func.max(MentoringLog.on)).where(MentoringLog.pairing_id == pairing.id))


def _check_place(pairing: Pairing) -> None:
    mentor = db.session.scalars(select(Mentor).where(Mentor.id == pairing.mentor_id).with_for_update()).one()
    name = db.session.scalars(select(Employee.name).where(Employee.id == pairing.employee_id)).one()
    Places([mentor.id], []).check(frozen_rules(pairing.edition), mentor, pairing, name)
