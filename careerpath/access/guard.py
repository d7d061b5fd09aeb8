"""The one way to write: permission, transaction and trail in a line above each operation."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.db import db, writing
from careerpath.words import Refused, msg

P = ParamSpec("P")
R = TypeVar("R")

LOG = logging.getLogger(__name__)

OPERATIONS: dict[str, Permission] = {}
"""Every operation by its full name, for the tests that walk through all of them."""

_running: ContextVar[list[Callable[[], None]] | None] = ContextVar("running", default=None)


class Denied(Refused):
    """The account lacks the permission altogether."""

    def __init__(self) -> None:
        super().__init__(msg("您的账号没有办理这项业务的权限。如确需办理，请联系安全管理员授权。"))


def operation(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Mark ``verb_noun(actor, …)`` as an operation.

    The outermost one opens the transaction, writes the trail and commits; one called inside joins it, so that an
    import of many is all or nothing. Raises ``Denied`` (and records the attempt) when the actor lacks the permission.
    """

    def mark(work: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        OPERATIONS[f"{work.__module__}.{work.__name__}"] = permission

        @wraps(work)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.has(permission):
                deny(actor, work.__name__)
            if _running.get() is not None:
                return work(actor, *args, **kwargs)
            later: list[Callable[[], None]] = []
            running, trail = _running.set(later), audit.begin()
            try:
                with writing() as session:
                    result = work(actor, *args, **kwargs)
                    session.flush()
                    audit.write(session, actor, work.__name__)
            finally:
                audit.finish(trail)
                _running.reset(running)
            for call in later:
                _do_later(call, work.__name__)
            return result

        run.__operation__ = permission  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[Actor, P], R]", run)

    return mark


def _do_later(call: Callable[[], None], name: str) -> None:
    try:
        call()
    except Exception:
        # What was done is kept; nobody may be told that it was not.
        LOG.exception("what follows %s could not be done", name)


def after_commit(call: Callable[[], None]) -> None:
    """Do something once the running operation is kept for good: wake a worker, remove a file. A failure is logged."""
    later = _running.get()
    if later is None:
        raise RuntimeError("after_commit needs an operation")
    later.append(call)


def deny(actor: Actor, name: str) -> None:
    """Record an attempt without permission and refuse it."""
    if _running.get() is None:
        with writing() as session:
            audit.write(session, actor, name, result="denied")
    raise Denied


def session_add(*records: object) -> None:
    """Add new records within the running operation and give them their ids."""
    if _running.get() is None:
        raise RuntimeError("only an operation may add records")
    db.session.add_all(records)
    db.session.flush()
