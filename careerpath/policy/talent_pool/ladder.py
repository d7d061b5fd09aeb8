"""The rungs of the ladder that somebody has stood on, from the posts that they held."""

from collections.abc import Sequence
from datetime import date

from careerpath.policy.talent_pool.edition import TalentPoolEdition
from careerpath.policy.talent_pool.facts import HeldPost, HeldRung, Person
from careerpath.policy.talent_pool.parts import Rung
from careerpath.policy.talent_pool.spans import Span, merged


def rungs_held(edition: TalentPoolEdition, posts: Sequence[HeldPost]) -> tuple[HeldRung, ...]:
    """Every rung for the time of every post that stands on it."""
    return tuple(HeldRung(rung.code, held.span) for rung in edition.rungs for held in posts if stands_on(rung, held))


def stands_on(rung: Rung, held: HeldPost) -> bool:
    """Whether who holds a post stands on a rung."""
    by_post = not rung.posts or held.post in rung.posts
    return by_post and (not rung.roles or any(word in held.role for word in rung.roles))


def rung_on(edition: TalentPoolEdition, person: Person, on: date) -> Rung | None:
    """The highest rung that somebody stands on on a day; ``None`` before the ladder begins."""
    held = {one.rung for one in person.rungs if one.span.holds(on)}
    return next((rung for rung in reversed(edition.rungs) if rung.code in held), None)


def spans_on(person: Person, rung: Rung) -> tuple[Span, ...]:
    """The times in which somebody stood on a rung, oldest first; posts without a day between are one time."""
    return tuple(merged([one.span for one in person.rungs if one.rung == rung.code]))


def stood_since(person: Person, rung: Rung, on: date) -> date | None:
    """The day since when somebody stands on a rung without a day between; ``None`` for who does not on that day."""
    return next((span.starts_on for span in spans_on(person, rung) if span.holds(on)), None)


def next_rung(edition: TalentPoolEdition, rung: Rung | None) -> Rung | None:
    """The rung above; the lowest one for who stands on none, ``None`` at the top."""
    if rung is None:
        return edition.rungs[0] if edition.rungs else None
    place = [one.code for one in edition.rungs].index(rung.code)
    return edition.rungs[place + 1] if place + 1 < len(edition.rungs) else None
