"""When an office falls vacant, by retirement or the end of a term, and what is wrong with who follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from careerpath.policy.reason import Reason
from careerpath.policy.talent_pool.edition import TalentPoolEdition
from careerpath.policy.talent_pool.parts import Term
from careerpath.policy.talent_pool.spans import Span
from careerpath.words import msg


class Ending(StrEnum):
    """What ends an office."""

    RETIREMENT = "retirement"
    TERM = "term"


class Concern(StrEnum):
    """What calls for somebody to act about a post, most urgent first."""

    VACANT = "vacant"
    OVER = "over"
    """A holder is past the last day."""
    RETIRING = "retiring"
    """A holder retires within the time looked at."""
    TERM = "term"
    """The term ends within the time looked at."""
    NO_RESERVE = "no_reserve"
    NOT_READY = "not_ready"
    """There are reserves, none of whom could take the post at once."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The last day of an office, why, and how many full months are left on the morning of the day asked about."""

    kind: Ending
    on: date
    months: int
    over: bool
    """Whether the day has passed: the office goes on without a ground, or awaits an election."""
    reason: Reason


def term_on(edition: TalentPoolEdition, rung: str, on: date) -> Term | None:
    """The term of a rung on a day; after its end that one still, until the next begins."""
    begun = [term for term in edition.terms if term.rung == rung and term.starts_on <= on]
    return max(begun, key=lambda term: term.starts_on, default=None)


def endings(edition: TalentPoolEdition, rung: str, retires_on: date | None, on: date) -> tuple[Ahead, ...]:
    """What ends the office of somebody on a rung, the soonest first.

    ``retires_on`` is the last day of service by the retirement rule; ``None`` where it is not known.
    """
    found = []
    if retires_on is not None:
        words = msg("%(day)s 达到退休年龄（在岗最后一日）。", day=retires_on)
        reason = edition.head.because("retirement", edition.head.ground, {"retires_on": retires_on}, retires_on, words)
        found.append(_ahead(Ending.RETIREMENT, retires_on, on, reason))
    term = term_on(edition, rung, on)
    if term is not None:
        words = msg("%(name)s任期 %(day)s 届满。", name=term.name, day=term.ends_on)
        used = {"rung": rung, "starts_on": term.starts_on, "ends_on": term.ends_on}
        reason = edition.head.because("term", term.citation, used, term.ends_on, words)
        found.append(_ahead(Ending.TERM, term.ends_on, on, reason))
    return tuple(sorted(found, key=lambda one: one.on))


def concerns(
    holders: Sequence[Sequence[Ahead]], reserves: tuple[int, int] | None, on: date, until: date
) -> tuple[Concern, ...]:
    """What there is to worry about with one post from a day until another, both included.

    ``holders``: what ends the office of each who holds it. ``reserves``: how many there are and how many of them could
    take the post at once; ``None`` where the edition has no reserve for this rung.
    """
    ahead = [one for holder in holders for one in holder]
    soon = {one.kind for one in ahead if on <= one.on <= until}
    found = {
        Concern.VACANT: not holders,
        Concern.OVER: any(one.on < on for one in ahead),
        Concern.RETIRING: Ending.RETIREMENT in soon,
        Concern.TERM: Ending.TERM in soon,
        Concern.NO_RESERVE: reserves is not None and reserves[0] == 0,
        Concern.NOT_READY: reserves is not None and reserves[0] > 0 and reserves[1] == 0,
    }
    return tuple(concern for concern in Concern if found[concern])


def is_risk(found: Sequence[Concern]) -> bool:
    """Whether it calls for action: a vacant post, no reserve at all, or one that falls vacant with nobody ready.

    The end of a term is no risk by itself: who holds the post may stand again.
    """
    falls = Concern.OVER in found or Concern.RETIRING in found
    return Concern.VACANT in found or Concern.NO_RESERVE in found or (falls and Concern.NOT_READY in found)


def _ahead(kind: Ending, last: date, on: date, reason: Reason) -> Ahead:
    """Months are counted to the day after the last one, as with spans."""
    months = Span(on, last).length(last + timedelta(days=1))[0] if last >= on else 0
    return Ahead(kind, last, months, last < on, reason)
