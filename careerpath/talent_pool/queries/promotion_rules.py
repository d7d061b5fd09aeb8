"""What the rules say of a promotion: its rung, the gate to it, and the checklist of the person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from careerpath.policy.codes import Post
from careerpath.policy.reason import plain
from careerpath.policy.talent_pool import (
    Condition,
    ConditionKind,
    Eligibility,
    Gate,
    HeldPost,
    Purpose,
    Rung,
    Span,
    TalentPoolEdition,
    check_gate,
)
from careerpath.policy.talent_pool.ladder import stands_on
from careerpath.talent_pool.models import Promotion
from careerpath.talent_pool.queries.facts import person
from careerpath.talent_pool.queries.rules import frozen_rules


@dataclass(frozen=True, slots=True)
class KeptItem:
    """One line of a checklist as it was kept: ``holds`` is ``None`` where a fact was not known."""

    code: str
    name: str
    holds: bool | None
    met_on: str
    until: str
    text: str
    document: str


def rules_of_promotion(promotion: Promotion) -> TalentPoolEdition:
    """The rules as they were when the promotion was proposed."""
    return frozen_rules(promotion.edition, "")


def rungs_above(edition: TalentPoolEdition) -> tuple[Rung, ...]:
    """The rungs that somebody can be promoted to: all but the one on which everybody begins."""
    return edition.rungs[1:]


def gate_to(edition: TalentPoolEdition, rung: str) -> Gate | None:
    """The gate to a rung, if the rules name conditions for it."""
    return edition.gate_to(rung, Purpose.RUNG)


def in_words(edition: TalentPoolEdition, rung: str) -> tuple[Condition, ...]:
    """The conditions of a rung that a person judges."""
    gate = gate_to(edition, rung)
    found = {
        one.code: one
        for one in edition.conditions
        if gate is not None and one.gate == gate.code and one.kind is ConditionKind.CHECKED
    }
    return tuple(found.values())


def eligibility_for(
    edition: TalentPoolEdition, rung: str, employee_id: int, on: date, checked: Mapping[str, bool]
) -> Eligibility | None:
    """How somebody stands to the conditions of a rung on a day; ``None`` where the rules name none. Six queries."""
    gate = gate_to(edition, rung)
    if gate is None:
        return None
    return check_gate(edition, gate.code, replace(person(employee_id, edition), checked=dict(checked)), on)


def leads_to(rung: Rung, post: str, title: str, party_role: str) -> bool:
    """Whether who holds this post stands on the rung."""
    role = " ".join(one for one in (title, party_role) if one)
    return stands_on(rung, HeldPost(Post(post), role, Span(date.min, None)))


def kept_items(found: Eligibility) -> list[dict[str, Any]]:
    """A checklist as it is kept with a promotion."""
    return [
        {
            "code": item.code,
            "name": item.name,
            "holds": item.holds,
            "met_on": plain(item.met_on),
            "until": plain(item.until),
            **item.reason.as_json(),
        }
        for item in found.items
    ]


def shown_items(kept: list[dict[str, Any]]) -> tuple[KeptItem, ...]:
    """A kept checklist as a page shows it."""
    return tuple(
        KeptItem(
            str(one["code"]),
            str(one["name"]),
            one["holds"] if isinstance(one["holds"], bool) else None,
            str(one.get("met_on") or ""),
            str(one.get("until") or ""),
            str(one["text"]),
            str(one["document"]),
        )
        for one in kept
    )
