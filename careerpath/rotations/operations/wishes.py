"""What people would like: entered by the office or by themselves, open until a rotation follows."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.serving import own_employee
from careerpath.policy.rotation import kind_named
from careerpath.rotations.models import Rotation, RotationState, RotationWish
from careerpath.rotations.operations.texts import read_line
from careerpath.rotations.queries.own_reach import own_wish
from careerpath.rotations.queries.reach import met_host
from careerpath.rotations.queries.rules import rules_on
from careerpath.skills.queries.lines import lines_of
from careerpath.words import Refused, msg

LONGEST_NOTE = 200
MOST_OPEN = 3


@dataclass(frozen=True, slots=True)
class WishGiven:
    """A wish: the kind by its code (none: any), a host, lines of work to learn by code, the earliest day."""

    kind: str = ""
    host_id: int | None = None
    lines: tuple[str, ...] = ()
    earliest_on: date | None = None
    note: str = ""


@operation(Permission.ROTATION_PROPOSE)
def wish_rotation(actor: Actor, employee_id: int, given: WishGiven) -> int:
    """Enter what somebody would like; gives the wish's id."""
    employee = fetch(actor, Employee, employee_id, Permission.ROTATION_PROPOSE, lock=True)
    return _wish(actor, employee, given, Permission.ROTATION_PROPOSE)


@operation(Permission.OWN_GROWTH)
def wish_own_rotation(actor: Actor, given: WishGiven) -> int:
    """Say what one would like oneself; gives the wish's id."""
    own = own_employee(actor)
    if own is None:
        raise Refused(msg("您的账号没有关联个人档案，不能填写，请联系街道经办办理。"))
    return _wish(actor, own, given, Permission.OWN_GROWTH)


@operation(Permission.ROTATION_PROPOSE)
def withdraw_wish(actor: Actor, wish_id: int) -> None:
    """Close a wish that no longer holds."""
    _close(fetch(actor, RotationWish, wish_id, Permission.ROTATION_PROPOSE, lock=True))


@operation(Permission.OWN_GROWTH)
def withdraw_own_wish(actor: Actor, wish_id: int) -> None:
    """Take one's own wish back."""
    _close(own_wish(actor, wish_id, lock=True))


@operation(Permission.ROTATION_PROPOSE)
def restore_wish(actor: Actor, wish_id: int) -> None:
    """Open a wish again that was closed by mistake, unless a rotation answered it."""
    wish = fetch(actor, RotationWish, wish_id, Permission.ROTATION_PROPOSE, lock=True)
    if wish.closed_on is None:
        raise Refused(msg("这条意愿没有办结，无需恢复。"))
    answered = select(Rotation.id).where(Rotation.wish_id == wish.id, Rotation.state != RotationState.CANCELLED)
    if db.session.scalars(answered).first() is not None:
        raise Refused(msg("这条意愿已经安排了锻炼，不能恢复。"))
    wish.closed_on = None


def _wish(actor: Actor, employee: Employee, given: WishGiven, permission: Permission) -> int:
    today = clock.today()
    if employee.left_on is not None and employee.left_on < today:
        raise Refused(msg("%(name)s已于 %(left)s 离职。", name=employee.name, left=employee.left_on))
    if given.kind:
        kind_named(rules_on(today), given.kind)
    host = met_host(actor, given.host_id, permission) if given.host_id is not None else None
    if host is not None and not host.active:
        raise Refused(msg("接收单位“%(name)s”已停用，请改选其他单位。", name=host.name), field="host")
    lines = tuple(dict.fromkeys(given.lines))
    path = db.session.scalar(select(Unit.path).where(Unit.id == employee.unit_id)) or ""
    known = {line.code for line in lines_of(path)} if lines else set()
    strange = [code for code in lines if code not in known]
    if strange:
        raise Refused(msg("没有“%(code)s”这项业务，请从业务目录中选择。", code=strange[0]), field="lines")
    open_ones = db.session.scalars(
        select(RotationWish).where(RotationWish.employee_id == employee.id, RotationWish.closed_on.is_(None))
    ).all()
    if any((one.kind, one.host_id, tuple(one.lines)) == (given.kind, given.host_id, lines) for one in open_ones):
        raise Refused(msg("同样的意愿已经登记，等待安排。"))
    if len(open_ones) >= MOST_OPEN:
        raise Refused(msg("每人最多登记 %(most)s 条待安排的意愿，请先撤回不再需要的。", most=MOST_OPEN))
    wish = RotationWish(
        employee_id=employee.id,
        unit_id=employee.unit_id,
        kind=given.kind,
        host_id=host.id if host is not None else None,
        lines=list(lines),
        earliest_on=given.earliest_on,
        note=read_line(given.note, LONGEST_NOTE, "note"),
        wished_on=today,
    )
    session_add(wish)
    return wish.id


def _close(wish: RotationWish) -> None:
    if wish.closed_on is not None:
        raise Refused(msg("这条意愿已于 %(on)s 办结，请刷新页面。", on=wish.closed_on))
    wish.closed_on = clock.today()
