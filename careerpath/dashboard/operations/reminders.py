"""The daily reminders: what waits is kept for the system's own page, and mailed to those who wish so.

No letter is carried inside a transaction: what is to be sent is claimed first, sent, and settled afterwards, a handful
of accounts at a time. A mail is begun once at the most, however often the round runs and wherever it breaks off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import delete, exists, insert, select, update

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.session import actor_of
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.mail import Fault, Letter, Postman, Undelivered
from careerpath.core.web.language import in_language, say
from careerpath.dashboard.models import Reminder, ReminderChoice, Rhythm
from careerpath.dashboard.queries.digest import Digest, digest
from careerpath.dashboard.queries.letters import PRODUCT, reminder_letter
from careerpath.dashboard.queries.reminders import KEPT_DAYS, Recipient, mail_settings, recipients

HANDFUL = 20
"""So many accounts are looked at, claimed, written to and settled together."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did: accounts told in the system, mails that went, mails that did not."""

    told: int = 0
    sent: int = 0
    failed: int = 0

    def __add__(self, other: "Round") -> "Round":
        return Round(self.told + other.told, self.sent + other.sent, self.failed + other.failed)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one account is to be told, and its mail where one is due."""

    recipient: Recipient
    digest: Digest
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the mail of one account ended: with the moment it went, or with what was at fault."""

    recipient: Recipient
    sent_at: datetime | None = None
    fault: Fault | None = None
    answer: str = ""


def send_reminders(actor: Actor, on: date) -> Round:
    """Tell every account what waits for it on a day, in the system and, where it wished so, by e-mail.

    An account with nothing to do is not written to. Doing it twice sends nothing twice. One that cannot be told does
    not stop the others; a server that cannot be reached fails all that is left, and is tried again on the next day.
    """
    drop_old_reminders(actor, on - timedelta(days=KEPT_DAYS))
    settings, done = mail_settings(), Round()
    waiting = recipients(on, mailing=settings.mail is not None)
    # The addresses of pages are made here without anybody asking for a page.
    with current_app.test_request_context(base_url=settings.address or None):
        if settings.mail is None:
            for some in _handfuls(waiting):
                done += Round(told=keep_reminders(actor, on, _looked_up(some, on)))
            return done
        with in_language(settings.locale):
            name = say(PRODUCT)
        with Postman(settings.mail, name) as postman:
            out_of_reach: Undelivered | None = None
            for some in _handfuls(waiting):
                found = _looked_up(some, on)
                done += Round(told=keep_reminders(actor, on, found))
                outcomes = []
                for telling in claim_reminders(actor, on, [one for one in found if one.letter is not None]):
                    outcome, out_of_reach = _send(postman, telling, out_of_reach)
                    outcomes.append(outcome)
                done += settle_reminders(actor, on, outcomes)
    return done


@operation(Permission.REMINDER_SEND)
def keep_reminders(actor: Actor, on: date, found: Sequence[Telling]) -> int:
    """Keep what accounts are told on a day; gives how many are new. What was kept before stays as it was told then."""
    users = [one.recipient.user_id for one in found]
    kept = set(db.session.scalars(select(Reminder.user_id).where(Reminder.on == on, Reminder.user_id.in_(users))))
    rows = [
        {
            "user_id": one.recipient.user_id,
            "on": on,
            "lines": [line.as_plain() for line in one.digest.lines],
            "due": one.digest.due,
            "email": "",
            "answer": "",
        }
        for one in found
        if one.recipient.user_id not in kept
    ]
    if rows:
        # What follows from other records needs no trail of its own: the entry says how many were told.
        db.session.execute(insert(Reminder), rows)
    audit.note(f"{on} {len(rows)} 个账号")
    return len(rows)


@operation(Permission.REMINDER_SEND)
def claim_reminders(actor: Actor, on: date, wanted: Sequence[Telling]) -> list[Telling]:
    """Begin the mails of a day; gives those that no other round has begun and whose address still holds."""
    claimed = []
    for one in wanted:
        # A round may take long: whoever took the address away meanwhile is not written to.
        holds = exists().where(
            ReminderChoice.user_id == Reminder.user_id,
            ReminderChoice.email == one.recipient.email,
            ReminderChoice.rhythm != Rhythm.NONE,
        )
        query = (
            update(Reminder)
            .where(Reminder.user_id == one.recipient.user_id, Reminder.on == on, Reminder.tried_at.is_(None), holds)
            .values(tried_at=clock.now(), email=one.recipient.email)
            .returning(Reminder.id)
        )
        if db.session.execute(query, execution_options={"synchronize_session": False}).first() is not None:
            claimed.append(one)
    audit.note(f"{on} {len(claimed)} 封")
    return claimed


@operation(Permission.REMINDER_SEND)
def settle_reminders(actor: Actor, on: date, outcomes: Sequence[Outcome]) -> Round:
    """Keep how mails of a day ended."""
    for one in outcomes:
        db.session.execute(
            update(Reminder)
            .where(Reminder.user_id == one.recipient.user_id, Reminder.on == on)
            .values(sent_at=one.sent_at, fault=one.fault, answer=one.answer),
            execution_options={"synchronize_session": False},
        )
    sent = sum(one.sent_at is not None for one in outcomes)
    audit.note(f"{on} 发出 {sent} 封，未发出 {len(outcomes) - sent} 封")
    return Round(sent=sent, failed=len(outcomes) - sent)


@operation(Permission.REMINDER_SEND)
def drop_old_reminders(actor: Actor, before: date) -> None:
    """Forget what was told before a day."""
    db.session.execute(delete(Reminder).where(Reminder.on < before), execution_options={"synchronize_session": False})


@operation(Permission.SIGNED_IN)
def read_reminders(actor: Actor) -> None:
    """Mark all of one's reminders as read."""
    db.session.execute(
        update(Reminder)
        .where(Reminder.user_id == actor.user_id, Reminder.read_at.is_(None))
        .values(read_at=clock.now()),
        execution_options={"synchronize_session": False},
    )


def _handfuls(waiting: Sequence[Recipient]) -> list[Sequence[Recipient]]:
    return [waiting[first : first + HANDFUL] for first in range(0, len(waiting), HANDFUL)]


def _looked_up(some: Sequence[Recipient], on: date) -> list[Telling]:
    """What there is to tell; without those for whom nothing waits or for whom it cannot be found out."""
    found = []
    for one in some:
        try:
            actor = actor_of(one.user_id)
            what = digest(actor, on) if actor is not None else Digest(())
            if what.lines:
                letter = reminder_letter(one.email, what, on, one.language, mail_settings()) if one.email else None
                found.append(Telling(one, what, letter))
        except Exception:
            # A database that refused a statement may refuse all that follow, until what was begun is given up.
            db.session.rollback()
            current_app.logger.exception("what waits for account %s could not be found out", one.user_id)
    return found


def _send(postman: Postman, one: Telling, out_of_reach: Undelivered | None) -> tuple[Outcome, Undelivered | None]:
    """Carry one letter; where the server was out of reach before, the same is said without another try."""
    failure = out_of_reach
    if failure is None and one.letter is not None:
        try:
            postman.send(one.letter)
        except Undelivered as undelivered:
            failure = undelivered
    if failure is None:
        return Outcome(one.recipient, clock.now()), None
    return Outcome(one.recipient, None, failure.fault, failure.answer), failure if failure.of_server else None
