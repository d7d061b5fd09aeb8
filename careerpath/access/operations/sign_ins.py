"""Signing in and out, and changing one's own password."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import func, select, update

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import AuditEntry, SignIn, User
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.passwords import check_new_password, hash_password, password_matches
from careerpath.words import NotFound, Refused, msg

FAILURES_BEFORE_LOCK = 5
LOCK_MINUTES = 15
FAILURES_FROM_ADDRESS = 50
ADDRESS_MINUTES = 15


class TooManyTries(Refused):
    """Too many failed sign-ins from one network address, whatever the account; nothing is checked for a while."""

    def __init__(self) -> None:
        super().__init__(
            msg("这个网络地址登录失败次数过多，请 %(minutes)s 分钟后再试，或联系系统管理员。", minutes=ADDRESS_MINUTES)
        )


def token_hash(token: str) -> str:
    """What is kept of a sign-in's token: the cookie cannot be made from the database."""
    return hashlib.sha256(token.encode()).hexdigest()


@operation(Permission.OPEN)
def sign_in(actor: Actor, name: str, password: str, agent: str = "") -> str | None:
    """Check name and password; gives the token of a new sign-in, or None.

    Five failures running lock the account for a while; the answer to a stranger is the same in every case. A failure
    is a result that is kept (count and trail), so it is returned, not raised. Raises ``TooManyTries`` once an address
    has failed ``FAILURES_FROM_ADDRESS`` times in ``ADDRESS_MINUTES``: trying one password on many accounts locks none.
    """
    _refuse_busy_address()
    user = db.session.scalars(select(User).where(User.name == name.strip()).with_for_update()).one_or_none()
    good = password_matches(user.password_hash if user else None, password)
    now = clock.now()
    if user is None:
        audit.fail(f"未知账号 {name[:40]}")
        return None
    audit.attribute(user.id, user.name)
    locked = user.locked_until is not None and user.locked_until > now
    if locked or not good or not user.active:
        if not locked:
            user.failed_count += 1
            if user.failed_count >= FAILURES_BEFORE_LOCK:
                user.locked_until = now + timedelta(minutes=LOCK_MINUTES)
                user.failed_count = 0
        audit.fail("账号已锁定" if locked else "账号已停用" if not user.active else "密码不正确")
        return None
    user.failed_count, user.locked_until = 0, None
    token = secrets.token_urlsafe(32)
    here = audit.origin.get()
    session_add(
        SignIn(
            token_hash=token_hash(token),
            user_id=user.id,
            started_at=now,
            last_seen_at=now,
            address=here.address,
            agent=agent[:200],
        )
    )
    return token


@operation(Permission.SIGNED_IN)
def sign_out(actor: Actor, token: str) -> None:
    """End one's sign-in on this browser."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.user_id == actor.user_id)
        .values(ended_at=clock.now())
    )


@operation(Permission.SIGNED_IN)
def end_sign_in(actor: Actor, sign_in_id: int) -> str:
    """End one of one's own sign-ins, on whichever browser it is; gives the hash of its token."""
    query = select(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == actor.user_id).with_for_update()
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    if found.ended_at is None:
        found.ended_at = clock.now()
    return found.token_hash


@operation(Permission.SIGNED_IN)
def end_other_sign_ins(actor: Actor, token: str) -> int:
    """End all of one's own sign-ins but the one with this token; gives how many there were."""
    others = db.session.scalars(
        select(SignIn)
        .where(SignIn.user_id == actor.user_id, SignIn.ended_at.is_(None), SignIn.token_hash != token_hash(token))
        .with_for_update()
    ).all()
    for other in others:
        other.ended_at = clock.now()
    return len(others)


@operation(Permission.SIGNED_IN)
def change_password(actor: Actor, current: str, new: str, token: str = "") -> None:
    """Change one's own password; every other sign-in of the account ends."""
    user = db.session.scalars(select(User).where(User.id == actor.user_id).with_for_update()).one()
    if not password_matches(user.password_hash, current):
        raise Refused(msg("现在的密码不正确，请重新输入。"), field="current")
    if current == new:
        raise Refused(msg("新密码不能与现在的密码相同。"), field="password")
    check_new_password(new, personal=[user.name, user.display_name, actor.unit_name, "careerpath"])
    user.password_hash = hash_password(new)
    user.must_change_password = False
    db.session.execute(
        update(SignIn)
        .where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.token_hash != token_hash(token))
        .values(ended_at=clock.now())
    )


def _refuse_busy_address() -> None:
    address = audit.origin.get().address
    if not address:
        return
    since = clock.now() - timedelta(minutes=ADDRESS_MINUTES)
    failed = db.session.scalar(
        select(func.count()).where(
            AuditEntry.at > since,
            AuditEntry.operation == "sign_in",
            AuditEntry.result == "failed",
            AuditEntry.address == address,
        )
    )
    if (failed or 0) >= FAILURES_FROM_ADDRESS:
        raise TooManyTries
