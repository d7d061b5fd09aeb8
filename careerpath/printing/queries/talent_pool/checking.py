"""Whether a paper of the reserve pool still says what the records say, by the number and code at its foot."""

from collections.abc import Callable, Mapping
from typing import Any

from careerpath.access.actor import Actor
from careerpath.core.web.paths import whole_number
from careerpath.printing.queries.talent_pool import announcing, appointing, entrants, roster
from careerpath.words import NotFound, Refused


def _entrant(prefix: str) -> Callable[[Actor, int], Any]:
    def make(actor: Actor, record: int) -> Any:
        found = entrants.reserve_forms(actor, entrants.entered(actor, [record]), prefix, photos=False)
        if not found:
            raise NotFound
        return found[0]

    return make


def _promoted(actor: Actor, record: int) -> Any:
    return appointing.appointment_form(actor, appointing.promoted_employee(actor, record), record, photo=False)


PAPERS: Mapping[str, tuple[str, Callable[[Actor, int], Any]]] = {
    entrants.RECOMMENDED: ("entrant", _entrant(entrants.RECOMMENDED)),
    entrants.ENTERED: ("entrant", _entrant(entrants.ENTERED)),
    announcing.NOTICE: ("selection", announcing.selection_notice),
    announcing.RESULT: ("selection", announcing.selection_result),
    announcing.PROMOTION: ("promotion", lambda actor, record: announcing.promotion_notice(actor, [record])),
    appointing.COVER: ("promotion", appointing.background_cover),
    appointing.PROMOTED: ("promotion", _promoted),
    appointing.FILE: ("employee", lambda actor, record: appointing.appointment_form(actor, record, photo=False)),
    roster.ROSTER: ("pool", roster.pool_roster),
}
"""The record behind each kind of number, and how its paper is made now."""


def is_of_pool(number: str) -> bool:
    """Whether a number is that of a paper of the reserve pool."""
    return number.partition("-")[0] in PAPERS


def pool_check(actor: Actor, number: str) -> tuple[str, int, str]:
    """What kind of record is behind a number, its id, and the code that its paper would carry now.

    Raises ``NotFound`` for what the actor may not see, and for a paper that could not be printed now.
    """
    prefix, _, rest = number.partition("-")
    digits = rest.rpartition("-")[2]
    record = whole_number(digits.lstrip("0")) or 0
    kind, make = PAPERS[prefix]
    try:
        foot = make(actor, record).foot
    except Refused as refusal:
        raise NotFound from refusal
    # The year in the number of a person's own form is that of printing.
    same = foot.number == number or (prefix in (appointing.FILE, appointing.PROMOTED) and foot.number.endswith(digits))
    if not same:
        raise NotFound
    return kind, record, foot.check_code
