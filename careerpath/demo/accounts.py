"""The demo's accounts: one or two for each role, shown with its password on the sign-in page in demo mode only."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from careerpath.access.models import RoleGrant, Unit, User
from careerpath.access.permissions import ROLE_NAMES, Role
from careerpath.core.db import db
from careerpath.demo.marks import Mark, find_mark
from careerpath.settings import Settings
from careerpath.words import Message

PASSWORD = "Feixian-Seedling-2026"  # noqa: S105  # The password of invented people, printed on the sign-in page.

EXTENSION = "careerpath.demo_accounts"

DEMO_ACCOUNTS = {
    "system": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "audit": Role.AUDIT_ADMIN,
    "district": Role.DISTRICT_HR,
    "district-2": Role.DISTRICT_HR,
    "street": Role.STREET_HR,
    "community": Role.COMMUNITY_SECRETARY,
    "worker": Role.WORKER,
    "finance": Role.FINANCE,
}
"""The accounts by name, in the order of the sign-in page. Two of the district, because some things need two people."""

DEMO_ROLES = {name: role for name, role in DEMO_ACCOUNTS.items() if name != "district-2"}
"""One account for each role."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One line of the sign-in page's list."""

    name: str
    password: str
    role_name: Message
    unit_name: str


def show_accounts(app: Flask) -> Mark | None:
    """In demo mode, hand the accounts of a demo database to the sign-in page; gives the demo's mark.

    Does nothing elsewhere. Call it once when a program is about to serve; it opens its own context.
    """
    settings: Settings = app.extensions["careerpath.settings"]
    if not settings.demo:
        return None
    with app.app_context():
        try:
            mark = find_mark()
            app.extensions[EXTENSION] = demo_accounts() if mark else ()
        except (OperationalError, ProgrammingError):
            # There is no schema yet: then there are no accounts either.
            return None
        finally:
            db.session.remove()
    return mark


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The accounts that there are, each with its role and unit."""
    rows = db.session.execute(
        select(User.name, RoleGrant.role, Unit.short_name)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(User.name.in_(DEMO_ACCOUNTS))
    ).all()
    units = {(row.name, row.role): row.short_name for row in rows}
    return tuple(
        DemoAccount(name, PASSWORD, ROLE_NAMES[role], units[name, role])
        for name, role in DEMO_ACCOUNTS.items()
        if (name, role) in units
    )
