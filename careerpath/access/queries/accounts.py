"""Accounts, who has which role where, and one's own sign-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import RoleGrant, SignIn, Unit, User
from careerpath.access.permissions import ADMINISTRATORS, Permission, Role
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.settings import Settings
from careerpath.words import NotFound, msg

MOST_SIGN_INS = 50


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A role of an account for a unit; ``state`` is ``now``, ``later`` or ``over``."""

    id: int
    user_id: int
    user_name: str
    display_name: str
    role: Role
    unit_id: int
    unit_code: str
    unit_name: str
    starts_on: date
    ends_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account with the roles it holds today or later."""

    user: User
    grants: tuple[GrantLine, ...]
    locked: bool


@dataclass(frozen=True, slots=True)
class AccountFilters:
    """What narrows the list; ``state``: ``on``, ``off``, ``locked``, ``first`` (password not changed yet) or empty."""

    text: str = ""
    role: Role | None = None
    state: str = ""


def manageable(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The filter "this account is the actor's business" on ``User``.

    An account belongs to the units of its roles: one role, now or later, outside the actor's units takes it out of
    the actor's hands. An account without roles belongs to everybody who holds the permission.
    """
    if not actor.prefixes(permission):
        return false()
    outside = select(RoleGrant.user_id).where(_not_over(), not_(within(actor, RoleGrant.unit_id, permission)))
    return User.id.not_in(outside)


def fetch_user(actor: Actor, user_id: int, permission: Permission, *, lock: bool = False) -> User:
    """One account, or ``NotFound``: absent and not theirs look the same."""
    query = select(User).where(User.id == user_id, manageable(actor, permission))
    user = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if user is None:
        raise NotFound
    return user


def accounts_page(
    actor: Actor, filters: AccountFilters, after: str | None = None, before: str | None = None
) -> Page[AccountLine]:
    """Accounts in the order of their names, with their roles."""
    query = select(User).where(manageable(actor, Permission.USER_VIEW), *_conditions(filters))
    page = keyset_page(query, (SortKey(User.name),), lambda row: (row[0].name,), after=after, before=before)
    return Page(_with_grants([row[0] for row in page.rows]), page.total, page.after, page.before)


def all_accounts(actor: Actor) -> list[AccountLine]:
    """All accounts that the actor may view, in the order of their names; for the command line, not for a page."""
    query = select(User).where(manageable(actor, Permission.USER_VIEW)).order_by(User.name)
    return _with_grants(db.session.scalars(query).all())


def user_named(actor: Actor, name: str, permission: Permission) -> int:
    """The id of an account by its name, or ``NotFound``."""
    user_id = db.session.scalar(select(User.id).where(User.name == name.strip(), manageable(actor, permission)))
    if user_id is None:
        raise NotFound(msg("没有找到账号“%(name)s”，或者它不在您的管辖范围内。", name=name))
    return user_id


def grants_of(user: User) -> list[GrantLine]:
    """All roles of an account, those that are over too, newest first."""
    return sorted(_grants(RoleGrant.user_id == user.id), key=lambda grant: (grant.starts_on, grant.id), reverse=True)


def grants_page(
    actor: Actor, role: Role | None = None, text: str = "", after: str | None = None, before: str | None = None
) -> Page[GrantLine]:
    """Who has what where, today or later, in the actor's units: by unit, then role, then account."""
    query = (
        _grant_query().add_columns(Unit.path).where(within(actor, RoleGrant.unit_id, Permission.USER_VIEW), _not_over())
    )
    if role is not None:
        query = query.where(RoleGrant.role == role)
    if text:
        query = query.where(
            or_(*(column.contains(text, autoescape=True) for column in (User.name, User.display_name, Unit.name)))
        )
    keys = (SortKey(Unit.path), SortKey(RoleGrant.role), SortKey(RoleGrant.id))
    page = keyset_page(query, keys, lambda row: (row.path, row[0].role.value, row[0].id), after=after, before=before)
    return Page([_line(*row[:5]) for row in page.rows], page.total, page.after, page.before)


def administrators(actor: Actor) -> dict[Role, list[GrantLine]]:
    """Who holds the three administrators' roles today, for the actor's units, for some of them, or from above.

    A role that nobody holds has an empty list.
    """
    above = {unit_id for prefix in actor.prefixes(Permission.USER_VIEW) for unit_id in ids_of(prefix)}
    near = or_(within(actor, RoleGrant.unit_id, Permission.USER_VIEW), RoleGrant.unit_id.in_(above))
    found = _grants(RoleGrant.role.in_(ADMINISTRATORS), _now(), near)
    return {role: [grant for grant in found if grant.role is role] for role in sorted(ADMINISTRATORS)}


def own_sign_ins(actor: Actor) -> Sequence[SignIn]:
    """One's own sign-ins that are open or were, newest first, at most ``MOST_SIGN_INS``."""
    query = select(SignIn).where(SignIn.user_id == actor.user_id)
    return db.session.scalars(query.order_by(SignIn.id.desc()).limit(MOST_SIGN_INS)).all()


def last_seen(user: User) -> datetime | None:
    """When the account last opened a page; None when it never signed in."""
    return db.session.scalar(select(func.max(SignIn.last_seen_at)).where(SignIn.user_id == user.id))


def is_open(sign_in: SignIn) -> bool:
    """Whether a sign-in still opens pages: not ended, neither idle nor standing for too long."""
    settings: Settings = current_app.extensions["careerpath.settings"]
    now = clock.now()
    return (
        sign_in.ended_at is None
        and now - sign_in.last_seen_at <= timedelta(minutes=settings.idle_minutes)
        and now - sign_in.started_at <= timedelta(hours=settings.absolute_hours)
    )


def _with_grants(users: Sequence[User]) -> list[AccountLine]:
    held: dict[int, list[GrantLine]] = {user.id: [] for user in users}
    for grant in _grants(RoleGrant.user_id.in_(held), _not_over()):
        held[grant.user_id].append(grant)
    now = clock.now()
    return [
        AccountLine(user, tuple(held[user.id]), user.locked_until is not None and user.locked_until > now)
        for user in users
    ]


def _conditions(filters: AccountFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.text:
        text = filters.text
        found.append(or_(User.name.contains(text, autoescape=True), User.display_name.contains(text, autoescape=True)))
    if filters.role is not None:
        found.append(User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == filters.role, _not_over())))
    locked = and_(User.locked_until.is_not(None), User.locked_until > clock.now())
    states = {
        "on": User.active.is_(True),
        "off": User.active.is_(False),
        "locked": locked,
        "first": User.must_change_password.is_(True),
    }
    if filters.state in states:
        found.append(states[filters.state])
    return found


def _not_over() -> ColumnElement[bool]:
    return or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= clock.today())


def _now() -> ColumnElement[bool]:
    return and_(RoleGrant.starts_on <= clock.today(), _not_over())


def _grant_query() -> Any:
    return (
        select(RoleGrant, User.name, User.display_name, Unit.code, Unit.short_name)
        .join(User, User.id == RoleGrant.user_id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
    )


def _grants(*conditions: ColumnElement[bool]) -> list[GrantLine]:
    query = _grant_query().where(*conditions).order_by(RoleGrant.role, RoleGrant.id)
    return [_line(*row) for row in db.session.execute(query)]


def _line(grant: RoleGrant, user_name: str, display_name: str, unit_code: str, unit_name: str) -> GrantLine:
    today = clock.today()
    over = grant.ends_on is not None and grant.ends_on < today
    state = "over" if over else "later" if grant.starts_on > today else "now"
    return GrantLine(
        id=grant.id,
        user_id=grant.user_id,
        user_name=user_name,
        display_name=display_name,
        role=grant.role,
        unit_id=grant.unit_id,
        unit_code=unit_code,
        unit_name=unit_name,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        state=state,
    )
