"""Whether a paper of growth still says what the records say, by the number and code at its foot."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from careerpath.access.actor import Actor
from careerpath.core import clock
from careerpath.core.web.paths import whole_number
from careerpath.printing.queries.growth import classes, honours, mentoring, rosters, rotations
from careerpath.words import NotFound, Refused


def _one(forms: Callable[[Actor, Collection[int]], Sequence[Any]]) -> Callable[[Actor, int], Any]:
    def make(actor: Actor, record: int) -> Any:
        found = forms(actor, [record])
        if not found:
            raise NotFound
        return found[0]

    return make


def _today(roster: Callable[[Actor, int, date], Any]) -> Callable[[Actor, int], Any]:
    return lambda actor, unit_id: roster(actor, unit_id, clock.today())


PAPERS: Mapping[str, tuple[str, Callable[[Actor, int], Any]]] = {
    mentoring.AGREEMENT: ("pairing", _one(mentoring.agreements)),
    mentoring.EVALUATION: ("pairing", _one(mentoring.evaluations)),
    mentoring.BOOK: ("pairing", mentoring.log_book),
    mentoring.LETTER: ("mentor", _one(mentoring.letters)),
    rotations.FORM: ("rotation", _one(rotations.rotation_forms)),
    rotations.NOTICE: ("rotation", rotations.rotation_notice),
    classes.NOTICE: ("class", classes.class_notice),
    classes.SIGN_IN: ("class", classes.sign_in_sheet),
    classes.ROSTER: ("class", classes.class_roster),
    classes.CERTIFICATE: ("enrolment", _one(classes.certificates)),
    honours.NOTICE: ("call", honours.call_notice),
    honours.PUBLICITY: ("call", honours.call_publicity),
    honours.DECISION: ("call", honours.call_decision),
    honours.FORM: ("nominee", _one(honours.honour_forms)),
    rosters.MENTORS: ("mentors", _today(rosters.mentor_roster)),
    rosters.ROTATIONS: ("rotations", _today(rosters.rotation_roster)),
    rosters.COVER: ("cover", _today(rosters.skill_cover)),
}
"""The record behind each kind of number, and how its paper is made now; a roster as it would be printed today."""


def is_of_growth(number: str) -> bool:
    """Whether a number is that of a paper of mentoring, rotations, training, honours or skills."""
    return number.partition("-")[0] in PAPERS


def growth_check(actor: Actor, number: str) -> tuple[str, int, str]:
    """What kind of record is behind a number, its id, and the code that its paper would carry now.

    Raises ``NotFound`` for what the actor may not see, and for a paper that could not be printed now.
    """
    prefix, _, rest = number.partition("-")
    record = whole_number(rest.rpartition("-")[2].lstrip("0")) or 0
    kind, make = PAPERS[prefix]
    try:
        foot = make(actor, record).foot
    except Refused as refusal:
        raise NotFound from refusal
    if foot.number != number:
        raise NotFound
    return kind, record, foot.check_code
