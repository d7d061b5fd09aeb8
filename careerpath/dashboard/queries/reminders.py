"""What accounts were told, how they want to be told, and who is to be told on a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import SignIn, User
from careerpath.access.permissions import Permission
from careerpath.access.queries.accounts import manageable
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.mail import FAULT_WORDS
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.dashboard.models import Reminder, ReminderChoice, Rhythm
from careerpath.dashboard.queries.digest import Line
from careerpath.settings import Settings
from careerpath.words import Message, msg

SEEN_DAYS = 30
"""An account that nobody has used for so long is not reminded in the system; by e-mail it is."""
KEPT_DAYS = 90
"""How long what was told can be looked up."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was told on a day; ``by_mail`` says whether and when a mail went, None where none was wanted."""

    on: date
    lines: tuple[Line, ...]
    read: bool
    by_mail: Message | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account that is to be told something on a day; ``email`` is empty where no mail is due."""

    user_id: int
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Subscriber:
    """An account with an address, how often it is written to, and how the last mail went."""

    user_id: int
    name: str
    display_name: str
    email: str
    rhythm: Rhythm
    last_on: date | None
    sent_at: datetime | None
    failed: Message | None


def mail_settings() -> Settings:
    """The settings of the running program."""
    found: Settings = current_app.extensions["careerpath.settings"]
    return found


def due_of_account() -> ColumnElement[int | None]:
    """The column, beside ``User``: how much of today's reminder is due or overdue, until it is read."""
    return (
        select(Reminder.due)
        .where(Reminder.user_id == User.id, Reminder.on == clock.today(), Reminder.read_at.is_(None))
        .scalar_subquery()
    )


def told_page(actor: Actor, after: str | None = None, before: str | None = None) -> Page[Told]:
    """What one was told, newest day first."""
    query = select(Reminder).where(Reminder.user_id == actor.user_id)
    keys = (SortKey(Reminder.on, descending=True),)
    page = keyset_page(query, keys, lambda row: (row[0].on.isoformat(),), after=after, before=before, size=10)
    return Page([_told(row[0]) for row in page.rows], page.total, page.after, page.before)


def unread_count(actor: Actor) -> int:
    """How many of one's reminders are not read."""
    query = select(func.count()).where(Reminder.user_id == actor.user_id, Reminder.read_at.is_(None))
    return db.session.scalar(query) or 0


def own_choice(actor: Actor) -> ReminderChoice | None:
    """How one wants to be reminded; None where nothing was ever chosen."""
    return db.session.scalars(select(ReminderChoice).where(ReminderChoice.user_id == actor.user_id)).one_or_none()


def recipients(on: date, *, mailing: bool) -> list[Recipient]:
    """The accounts that are to be told something on a day and were not yet, by the order of their ids.

    Those that somebody used within ``SEEN_DAYS`` are told in the system. With ``mailing``, those with an address are
    written to: daily once for the day, weekly once from Monday to Sunday; what did not go is tried on the next day.
    """
    now = clock.now()
    today, earlier = aliased(Reminder), aliased(Reminder)
    wanted = and_(ReminderChoice.email != "", ReminderChoice.rhythm != Rhythm.NONE)
    written = exists().where(
        earlier.user_id == User.id,
        earlier.sent_at.is_not(None),
        earlier.on.between(on - timedelta(days=on.weekday()), on),
    )
    due = and_(wanted, today.tried_at.is_(None), or_(ReminderChoice.rhythm == Rhythm.DAILY, ~written))
    seen = exists().where(SignIn.user_id == User.id, SignIn.last_seen_at > now - timedelta(days=SEEN_DAYS))
    wants = or_(due, and_(today.id.is_(None), or_(wanted, seen))) if mailing else and_(today.id.is_(None), seen)
    query = (
        select(User.id, ReminderChoice.email, ReminderChoice.language, due)
        .outerjoin(ReminderChoice, ReminderChoice.user_id == User.id)
        .outerjoin(today, and_(today.user_id == User.id, today.on == on))
        .where(User.active, wants)
        .order_by(User.id)
    )
    locale = mail_settings().locale
    return [
        Recipient(user_id, email if mailing and mail_due else "", language or locale)
        for user_id, email, language, mail_due in db.session.execute(query)
    ]


def subscribers_page(
    actor: Actor, *, failed: bool = False, after: str | None = None, before: str | None = None
) -> Page[Subscriber]:
    """The accounts of the actor's units that have an address, by name; with ``failed`` those whose last mail failed."""
    last, later = aliased(Reminder), aliased(Reminder)
    newer = exists().where(later.user_id == last.user_id, later.tried_at.is_not(None), later.on > last.on)
    query: Any = (
        select(User, ReminderChoice, last)
        .join(ReminderChoice, ReminderChoice.user_id == User.id)
        .outerjoin(last, and_(last.user_id == User.id, last.tried_at.is_not(None), ~newer))
        .where(manageable(actor, Permission.USER_VIEW), ReminderChoice.email != "")
    )
    if failed:
        query = query.where(last.id.is_not(None), last.sent_at.is_(None))
    page = keyset_page(query, (SortKey(User.name),), lambda row: (row[0].name,), after=after, before=before)
    return Page([_subscriber(*row) for row in page.rows], page.total, page.after, page.before)


def _told(reminder: Reminder) -> Told:
    by_mail = None
    if reminder.sent_at is not None:
        by_mail = msg(
            "%(time)s 已发送到 %(email)s",
            time=clock.office_time(reminder.sent_at).strftime("%Y-%m-%d %H:%M"),
            email=reminder.email,
        )
    elif reminder.tried_at is not None:
        by_mail = msg("邮件没有发出：%(reason)s", reason=_failed(reminder))
    lines = tuple(Line.from_plain(line) for line in reminder.lines)
    return Told(reminder.on, lines, reminder.read_at is not None, by_mail)


def _subscriber(user: User, choice: ReminderChoice, last: Reminder | None) -> Subscriber:
    failed = _failed(last) if last is not None and last.sent_at is None else None
    return Subscriber(
        user.id,
        user.name,
        user.display_name,
        choice.email,
        choice.rhythm,
        last.on if last else None,
        last.sent_at if last else None,
        failed,
    )


def _failed(reminder: Reminder) -> Message:
    if reminder.fault is None:
        return msg("发送中断，是否送达不明")
    word = FAULT_WORDS[reminder.fault]
    return msg("%(word)s（%(answer)s）", word=word, answer=reminder.answer) if reminder.answer else word
