"""Who is proposed for whom: policy says how well two suit each other, the solver shares out the places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from careerpath.core.assignment import assign
from careerpath.policy.mentoring import Mentee, Mentor, MentoringEdition, fit, free_places, points_of
from careerpath.words import Message, Refused, msg

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a matching says of one mentee: the mentor with points and reasons, or nobody and why."""

    mentor_id: int | None
    points: Decimal | None
    because: tuple[dict[str, Any], ...]


def propose(
    edition: MentoringEdition, mentees: Sequence[Mentee], mentors: Iterable[Mentor], taken: Mapping[int, int]
) -> dict[int, Proposal]:
    """A proposal for each mentee by id: as many as possible get a mentor, then as well as possible.

    ``taken`` counts by mentor the people whom they are given besides. Each free place of a mentor is a column of its
    own, reckoned as if the places before it were filled: a second mentee is worth less by what balance weighs.
    """
    if edition.matching is None:
        raise Refused(msg("现行导师帮带办法没有写明结对建议的权重，请先在规则库补充“结对建议”，或逐一登记结对。"))
    loaded = [replace(one, mentees=one.mentees + taken.get(one.id, 0)) for one in mentors]
    places = {
        (one.id, place): replace(one, mentees=one.mentees + place)
        for one in loaded
        for place in range(free_places(edition, one))
    }
    # People of one unit who want to learn the same suit everybody equally well.
    alike: dict[tuple[str, frozenset[str]], dict[tuple[int, int], Decimal]] = {}
    points: dict[tuple[int, tuple[int, int]], Decimal] = {}
    for mentee in mentees:
        key = mentee.unit_path, mentee.wanted
        if key not in alike:
            alike[key] = _worth(edition, replace(mentee, former=NOBODY), places)
        points |= {(mentee.id, place): worth for place, worth in alike[key].items() if place[0] not in mentee.former}
    chosen = assign(points, dict.fromkeys(places, 1))
    suited = {mentee_id for mentee_id, _ in points}
    return {one.id: _proposal(edition, one, places, chosen, suited) for one in mentees}


def nobody(edition: MentoringEdition, words: Message) -> tuple[dict[str, Any], ...]:
    """Why somebody gets no mentor, in the shape of reasons."""
    rule = edition.matching
    clause = rule.citation if rule is not None else edition.term.citation
    return (edition.head.because("matching", clause, {}, None, words).as_json(),)


def _worth(
    edition: MentoringEdition, mentee: Mentee, places: Mapping[tuple[int, int], Mentor]
) -> dict[tuple[int, int], Decimal]:
    found = ((place, points_of(edition, mentee, mentor)) for place, mentor in places.items())
    return {place: points for place, points in found if points is not None}


def _proposal(
    edition: MentoringEdition,
    mentee: Mentee,
    places: Mapping[tuple[int, int], Mentor],
    chosen: Mapping[int, tuple[int, int]],
    suited: set[int],
) -> Proposal:
    place = chosen.get(mentee.id)
    found = fit(edition, mentee, places[place]) if place is not None else None
    if place is not None and found is not None:
        return Proposal(place[0], found.points, tuple(reason.as_json() for reason in found.reasons))
    if mentee.id in suited:
        return Proposal(None, None, nobody(edition, msg("合适的导师都已满员，没有名额。")))
    if places:
        return Proposal(None, None, nobody(edition, msg("有名额的导师中没有合适的人选：都曾结对，或按规则不能安排。")))
    return Proposal(None, None, nobody(edition, msg("没有还有名额的导师。")))
