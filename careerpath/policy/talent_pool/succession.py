"""When an office falls vacant: by retirement, or when the term of everybody on its rung ends."""

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


def _ahead(kind: Ending, last: date, on: date, reason: Reason) -> Ahead:
    """Months are counted to the day after the last one, as with spans."""
    months = Span(on, last).length(last + timedelta(days=1))[0] if last >= on else 0
    return Ahead(kind, last, months, last < on, reason)
