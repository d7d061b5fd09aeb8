"""Who is proposed for which host: policy says how well the two suit each other, the solver shares out the places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.core.assignment import assign
from careerpath.policy.rotation import RotationEdition
from careerpath.rotations.queries.plan_facts import HostFact, PersonFact, best_suit
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Placed:
    """What a plan says of one person: the host with points, reasons and the wish it answers, or nobody and why."""

    host_id: int | None
    wish_id: int | None
    points: Decimal | None
    because: tuple[dict[str, Any], ...]


def place(
    edition: RotationEdition,
    kind: str,
    starts_on: date,
    people: Iterable[PersonFact],
    hosts: Mapping[int, HostFact],
    taken: Mapping[int, int],
) -> dict[int, Placed]:
    """A proposal for each person by id: as many as possible get a host, then as well as possible.

    ``taken`` counts by host whom people chose besides. Where nothing speaks for a host it is not proposed, nor is
    anybody to their own unit, or on days of another full-time rotation.
    """
    if edition.planning is None:
        raise Refused(msg("现行轮岗锻炼办法没有写明计划建议的权重，请先在规则库补充“轮岗计划建议”，或逐一提出。"))
    people = list(people)
    fits = {
        (person.employee_id, host.id): found
        for person in people
        if person.blocked is None
        for host in hosts.values()
        if (found := best_suit(edition, kind, starts_on, person, host)) is not None and found[1].points > 0
    }
    capacity = {host.id: max(host.free - taken.get(host.id, 0), 0) for host in hosts.values()}
    chosen = assign({pair: found.points for pair, (_, found) in fits.items()}, capacity)
    suited = {employee_id for employee_id, _ in fits}
    result = {}
    for person in people:
        host_id = chosen.get(person.employee_id)
        if host_id is None:
            result[person.employee_id] = Placed(None, None, None, _nobody(edition, person, suited))
            continue
        wish_id, best = fits[person.employee_id, host_id]
        result[person.employee_id] = Placed(
            host_id, wish_id, best.points, tuple(reason.as_json() for reason in best.reasons)
        )
    return result


def nobody(edition: RotationEdition, words: Message) -> tuple[dict[str, Any], ...]:
    """Why somebody is proposed nowhere, in the shape of reasons."""
    if edition.planning is None:
        return ()
    return (edition.head.because("planning", edition.planning.citation, {}, None, words).as_json(),)


def _nobody(edition: RotationEdition, person: PersonFact, suited: set[int]) -> tuple[dict[str, Any], ...]:
    if person.blocked is not None:
        return (person.blocked.as_json(),)
    if person.employee_id in suited:
        return nobody(edition, msg("合适的接收单位都已满员。"))
    return nobody(edition, msg("没有合适的接收单位：不接收这种方式、本人要求以后再去，或没有理由派往。"))
