"""Accounts and roles: made by the system administrator, given powers by the security administrator."""

import secrets
import string
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select, update

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import Denied, operation, session_add
from careerpath.access.models import RoleGrant, SignIn, User
from careerpath.access.permissions import ADMINISTRATORS, ROLE_NAMES, Permission, Role, compatible
from careerpath.access.queries.accounts import fetch_user
from careerpath.access.scope import fetch_unit, find_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.passwords import hash_password
from careerpath.words import NotFound, Refused, msg

SYMBOLS = "#%+=@"


@dataclass(frozen=True, slots=True)
class NewUser:
    """What is needed for an account; without a password one is made."""

    name: str
    display_name: str
    password: str = ""
    must_change_password: bool = True


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role for a unit and everything below it, from a day to a day, both included."""

    role: Role
    unit_id: int
    starts_on: date
    ends_on: date | None = None


def first_password() -> str:
    """A password for one's first sign-in, to be handed over on paper and changed at once."""
    letters = "".join(secrets.choice(string.ascii_lowercase.replace("l", "")) for _ in range(6))
    return f"{letters}{secrets.choice(SYMBOLS)}{secrets.choice('ACDEFHJK')}{secrets.randbelow(9000) + 1000}"


@operation(Permission.USER_EDIT)
def create_user(actor: Actor, given: NewUser) -> tuple[int, str]:
    """Make an account; gives its id and first password. Refuses a name that is taken."""
    name = given.name.strip()
    if not name or not all(c.isalnum() or c in "-_." for c in name):
        raise Refused(msg("账号只能用字母、数字、连字符、下划线和点。"), field="name")
    if audit.IDENTITY.search(name):
        raise Refused(msg("账号不能使用身份证号码：账号会出现在名单和审计记录中。请换一个。"), field="name")
    if db.session.scalar(select(User.id).where(User.name == name)) is not None:
        raise Refused(msg("账号“%(name)s”已被使用，请换一个。", name=name), field="name")
    password = given.password or first_password()
    user = User(
        name=name,
        display_name=given.display_name.strip() or name,
        password_hash=hash_password(password),
        must_change_password=given.must_change_password,
        failed_count=0,
        active=True,
        created_at=clock.now(),
    )
    session_add(user)
    return user.id, password


@operation(Permission.USER_EDIT)
def reset_password(actor: Actor, user_id: int) -> str:
    """Give an account a new first password and end its sign-ins; also unlocks it."""
    user = fetch_user(actor, user_id, Permission.USER_EDIT, lock=True)
    password = first_password()
    user.password_hash = hash_password(password)
    user.must_change_password = True
    user.failed_count, user.locked_until = 0, None
    _end_sign_ins(user.id)
    return password


@operation(Permission.USER_EDIT)
def unlock_user(actor: Actor, user_id: int) -> None:
    """Let an account that is locked after failed sign-ins try again at once."""
    user = fetch_user(actor, user_id, Permission.USER_EDIT, lock=True)
    user.failed_count, user.locked_until = 0, None


@operation(Permission.USER_EDIT)
def set_active(actor: Actor, user_id: int, active: bool) -> None:
    """Switch an account off or on again; switching off ends its sign-ins at once."""
    if user_id == actor.user_id:
        raise Refused(msg("不能停用自己的账号。"))
    user = fetch_user(actor, user_id, Permission.USER_EDIT, lock=True)
    user.active = active
    if not active:
        _end_sign_ins(user.id)


@operation(Permission.USER_EDIT)
def enrol_user(actor: Actor, given: NewUser, role: Role, unit_code: str) -> tuple[int, str]:
    """Make an account and give it a role from today, both or neither; for whoever holds both permissions."""
    if not actor.has(Permission.ROLE_GRANT):
        raise Denied
    user_id, password = create_user(actor, given)
    try:
        unit = find_unit(actor, unit_code, Permission.ROLE_GRANT)
    except NotFound:
        raise NotFound(
            msg("没有编码为 %(code)s 的单位，或者它不在您的管辖范围内。请先导入单位。", code=unit_code)
        ) from None
    grant_role(actor, user_id, NewGrant(role, unit.id, clock.today()))
    return user_id, password


@operation(Permission.ROLE_GRANT)
def grant_role(actor: Actor, user_id: int, given: NewGrant) -> int:
    """Give an account a role for a unit. An administrator's role stands alone; nobody grants to themselves."""
    user = fetch_user(actor, user_id, Permission.ROLE_GRANT, lock=True)
    if user.id == actor.user_id:
        raise Refused(msg("不能给自己的账号授权，请由另一位安全管理员办理。"))
    if given.role is Role.CONSOLE:
        raise Refused(msg("这个角色不能授予账号。"), field="role")
    if given.ends_on is not None and given.ends_on < given.starts_on:
        raise Refused(msg("结束日期早于开始日期，请核对。"), field="ends_on")
    unit = fetch_unit(actor, given.unit_id, Permission.ROLE_GRANT)
    held = db.session.scalars(
        select(RoleGrant.role).where(
            RoleGrant.user_id == user.id,
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= given.starts_on),
        )
    ).all()
    if not compatible(frozenset({*held, given.role})):
        admins = "、".join(str(ROLE_NAMES[role]) for role in sorted(ADMINISTRATORS))
        raise Refused(msg("三员分立：%(admins)s 不能与其他角色由同一账号兼任。", admins=admins), field="role")
    grant = RoleGrant(
        user_id=user.id, role=given.role, unit_id=unit.id, starts_on=given.starts_on, ends_on=given.ends_on
    )
    session_add(grant)
    return grant.id


@operation(Permission.ROLE_GRANT)
def end_grant(actor: Actor, grant_id: int) -> int:
    """Take a role back: it ended yesterday; one that only began today is removed. Gives the account's id."""
    grant = db.session.get(RoleGrant, grant_id, with_for_update=True)
    if grant is None:
        raise NotFound
    fetch_unit(actor, grant.unit_id, Permission.ROLE_GRANT)
    user_id = grant.user_id
    if grant.starts_on >= clock.today():
        db.session.delete(grant)
    else:
        grant.ends_on = clock.today() - timedelta(days=1)
    _end_sign_ins(user_id)
    return user_id


def _end_sign_ins(user_id: int) -> None:
    db.session.execute(
        update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    )
