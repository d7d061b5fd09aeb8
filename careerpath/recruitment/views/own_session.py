"""The ticket that a candidate's browser holds: sealed in the signed cookie, gone after a while without use."""

from datetime import timedelta

from flask import session

from careerpath.core import clock
from careerpath.core.vault import vault
from careerpath.recruitment.queries.tickets import Ticket
from careerpath.words import Refused

KEY = "candidate"
IDLE_MINUTES = 30


def current_ticket() -> Ticket | None:
    """The ticket of this browser, or None where there is none or it was not used for ``IDLE_MINUTES``."""
    held = session.get(KEY)
    if not isinstance(held, dict):
        return None
    now = int(clock.now().timestamp())
    if now - int(held.get("seen", 0)) > timedelta(minutes=IDLE_MINUTES).total_seconds():
        session.pop(KEY)
        return None
    number = str(held.get("number", ""))
    try:
        code = vault().open(str(held.get("code", "")), _context(number))
    except Refused:
        # The data key was changed meanwhile.
        session.pop(KEY)
        return None
    session[KEY] = {**held, "seen": now}
    return Ticket(number, code)


def hold_ticket(ticket: Ticket, *, fresh: bool = False) -> None:
    """Let this browser hold a ticket; ``fresh``: its code has yet to be shown."""
    session[KEY] = {
        "number": ticket.number,
        "code": vault().seal(ticket.code, _context(ticket.number)),
        "seen": int(clock.now().timestamp()),
        "fresh": fresh,
    }


def is_fresh() -> bool:
    """Whether the code of this browser's ticket has yet to be written down."""
    return bool(session.get(KEY, {}).get("fresh"))


def note_written_down() -> None:
    """The candidate has the code: it is not shown again."""
    session[KEY] = {**session.get(KEY, {}), "fresh": False}


def drop_ticket() -> None:
    """Let this browser forget the ticket."""
    session.pop(KEY, None)


def _context(number: str) -> str:
    return f"application.session.{number}"
