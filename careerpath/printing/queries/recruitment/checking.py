"""Whether a paper of recruitment still says what the record says, by the number and code at its foot."""

from collections.abc import Callable, Mapping
from typing import Any

from careerpath.access.actor import Actor
from careerpath.core.web.paths import whole_number
from careerpath.printing.queries.recruitment import announcing, applicants, exam, hiring
from careerpath.words import NotFound, Refused

SEATS, LABELS = exam.SEATS, exam.LABELS


def _application(actor: Actor, number: int) -> Any:
    return applicants.application_forms(actor, applicants.applied(actor, [number]), photos=False)


def _ticket(actor: Actor, number: int) -> Any:
    return exam.tickets(actor, exam.seated(actor, [number]), photos=False)


def _hiring(actor: Actor, number: int) -> Any:
    return hiring.hiring_forms(actor, hiring.hired(actor, [number]), photos=False)


OF_PEOPLE: Mapping[str, Callable[[Actor, int], Any]] = {
    applicants.PREFIX: _application,
    exam.PREFIX: _ticket,
    hiring.PREFIX: _hiring,
}
"""Forms of people, by what their numbers begin with."""

OF_ROOMS: Mapping[str, Callable[[Actor, int], Any]] = {SEATS: exam.seating_chart, LABELS: exam.secret_labels}

CODES: Mapping[str, str] = {kind: code for code, (kind, _) in announcing.KINDS.items()}
"""Announcements by the last digits of their numbers."""

PREFIXES = frozenset({*OF_PEOPLE, *OF_ROOMS, announcing.PREFIX})


def is_of_recruitment(number: str) -> bool:
    """Whether a number is that of a paper of recruitment."""
    return number.partition("-")[0] in PREFIXES


def recruitment_check(actor: Actor, number: str) -> tuple[str, int, str]:
    """What record is behind a number (``application`` or ``batch``), its id, and the code its paper would carry now.

    Raises ``NotFound`` for what the actor may not see, and for a paper that could not be printed now.
    """
    prefix, *rest = number.split("-")
    record = _whole(rest[1]) if len(rest) > 1 else 0
    if prefix in OF_PEOPLE:
        found = OF_PEOPLE[prefix](actor, record)
        if not found:
            raise NotFound
        return "application", record, _code_of(found[0], number)
    try:
        if prefix in OF_ROOMS:
            return "batch", record, _code_of(OF_ROOMS[prefix](actor, record), number)
        code = CODES.get(rest[2] if len(rest) > 2 else "")
        if code is None:
            raise NotFound
        return "batch", record, _code_of(announcing.announcement(actor, code, record), number)
    except Refused as refusal:
        raise NotFound from refusal


def _code_of(paper: Any, number: str) -> str:
    if paper.foot.number != number:
        raise NotFound
    return str(paper.foot.check_code)


def _whole(digits: str) -> int:
    return whole_number(digits.lstrip("0")) or 0
