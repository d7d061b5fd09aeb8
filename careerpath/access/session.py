"""Who is this? From the cookie to the actor, and the permission a page asks for."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import ParamSpec

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import ColumnElement, null, or_, select, update
from sqlalchemy.exc import OperationalError

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import RoleGrant, SignIn, Unit, User
from careerpath.access.operations.sign_ins import token_hash
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.settings import Settings

P = ParamSpec("P")

DUE_OF_ACCOUNT = "careerpath.access.due"
"""The name under which the program gives the column, beside ``User``, of how much is due for an account today."""

# How often the moment of the last request is written: not on every click.
TOUCH = timedelta(minutes=1)


@dataclass(slots=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login carries: the token of a sign-in and the actor behind it."""

    token: str
    actor: Actor
    must_change_password: bool
    due: int = 0
    """How much is due for the account today, as an upper room counts it."""

    def get_id(self) -> str:
        """The sign-in's token, kept in the signed cookie."""
        return self.token


def init_sessions(app: Flask) -> None:
    """Teach the program to find the actor of each request."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)


def current_actor() -> Actor:
    """The actor of this request; ``Actor.nobody()`` for a stranger."""
    return current_user.actor if isinstance(current_user._get_current_object(), SignedIn) else Actor.nobody()


def current_due() -> int:
    """How much is due today for who is signed in, for the bell at the top of each page."""
    return current_user.due if isinstance(current_user._get_current_object(), SignedIn) else 0


def current_token() -> str:
    """The token of this browser's sign-in, or an empty text."""
    return current_user.token if isinstance(current_user._get_current_object(), SignedIn) else ""


def enter(token: str) -> None:
    """Begin the browser's session with a new sign-in; what the stranger's session held is dropped."""
    found = _load(token)
    if found is None:
        abort(500)
    locale = session.get("locale")
    session.clear()
    if locale:
        session["locale"] = locale
    login_user(found)


def leave() -> None:
    """End the browser's session; the chosen language stays."""
    locale = session.get("locale")
    logout_user()
    session.clear()
    if locale:
        session["locale"] = locale


def needs(permission: Permission) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Mark a view with the permission it asks for. A stranger is sent to sign in; without the permission: 403."""

    def mark(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if permission is not Permission.OPEN:
                actor = current_actor()
                if actor.user_id is None:
                    return _ask_to_sign_in()
                if current_user.must_change_password and request.endpoint not in {"access.password", "access.sign_out"}:
                    return redirect(url_for("access.password"))
                if not actor.has(permission):
                    abort(403)
            return view(*args, **kwargs)

        guarded.__permission__ = permission  # type: ignore[attr-defined]
        return guarded

    return mark


def actor_named(name: str, on: date | None = None) -> Actor | None:
    """The actor of an account by its name, for the command line and background work; None when it may not act."""
    user = db.session.scalars(select(User).where(User.name == name, User.active)).one_or_none()
    return _actor(user, on or clock.today()) if user else None


def actor_of(user_id: int) -> Actor | None:
    """The actor of an account by its id with the roles of today; None when it may not act."""
    user = db.session.scalars(select(User).where(User.id == user_id, User.active)).one_or_none()
    return _actor(user, clock.today()) if user else None


def _load(token: str) -> SignedIn | None:
    settings: Settings = current_app.extensions["careerpath.settings"]
    now = clock.now()
    # The count comes along with the account: the bell of a page costs no statement of its own.
    due: Callable[[], ColumnElement[int | None]] = current_app.extensions.get(DUE_OF_ACCOUNT, null)
    row = db.session.execute(
        select(SignIn, User, due())
        .join(User, User.id == SignIn.user_id)
        .where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None), User.active)
    ).one_or_none()
    if row is None:
        return None
    sign_in, user, count = row
    if now - sign_in.last_seen_at > timedelta(minutes=settings.idle_minutes):
        return None
    if now - sign_in.started_at > timedelta(hours=settings.absolute_hours):
        return None
    found = SignedIn(token, _actor(user, clock.today()), user.must_change_password, count or 0)
    if now - sign_in.last_seen_at > TOUCH:
        record_id = sign_in.id
        # Reading must go on while another writer, such as a large import, holds the database for long.
        with suppress(OperationalError), writing(patient=False) as own:
            own.execute(update(SignIn).where(SignIn.id == record_id).values(last_seen_at=now))
    return found


def _actor(user: User, on: date) -> Actor:
    rows = db.session.execute(
        select(RoleGrant.role, Unit.path, Unit.short_name)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(
            RoleGrant.user_id == user.id,
            RoleGrant.starts_on <= on,
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= on),
        )
        .order_by(Unit.path, RoleGrant.role)
    ).all()
    grants = tuple(Grant(row.role, row.path) for row in rows)
    return Actor(user.id, user.name, user.display_name, grants, rows[0].short_name if rows else "")


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method != "GET" or request.accept_mimetypes.best == "application/json":
        abort(401)
    return redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")))
