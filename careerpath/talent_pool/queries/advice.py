"""What the rules of a selection advise on an entrant: line by line, as it stands now or as it was kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from careerpath.policy.reason import plain
from careerpath.policy.talent_pool import Condition, ConditionKind, Eligibility, Person, TalentPoolEdition, check_gate
from careerpath.talent_pool.models import Selection
from careerpath.talent_pool.queries.facts import persons
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One condition as it was found: ``holds`` is empty where it cannot be told, or nobody has judged it yet."""

    code: str
    holds: bool | None
    words: Message | str
    ground: str
    """Document and clause."""
    met_on: date | None
    """The first day on which it holds, where time alone decides."""

    @property
    def kind(self) -> str:
        """``met``, ``failed`` or ``open``, as lists of checks draw it."""
        return {True: "met", False: "failed", None: "open"}[self.holds]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the rule advises: ``eligible`` is empty where a fact is lacking."""

    eligible: bool | None
    lines: tuple[AdviceLine, ...]
    to_check: tuple[str, ...] = ()
    """Codes of conditions in words that nobody has judged."""
    eligible_on: date | None = None
    """When everything that only needs time is met."""

    @property
    def word(self) -> Message:
        """The advice in one word."""
        return STANDINGS[self.eligible]

    @property
    def kind(self) -> str:
        """The colour of that word."""
        return STANDING_KINDS[self.eligible]


STANDINGS: Mapping[bool | None, Message] = {True: msg("符合"), False: msg("不符合"), None: msg("资料不全")}
STANDING_KINDS: Mapping[bool | None, str] = {True: "success", False: "danger", None: "warning"}


def advice_of(
    edition: TalentPoolEdition, gate: str, person: Person, on: date, checked: Mapping[str, bool] | None = None
) -> Advice:
    """The advice on one person at a gate; ``checked`` is what reviewers have found so far."""
    found = check_gate(edition, gate, replace(person, checked=dict(checked or {})), on)
    return _advice(found)


def advices(selection: Selection, checked: Mapping[int, Mapping[str, bool]]) -> dict[int, Advice]:
    """The advice on many people for a selection, by employee id; the keys of ``checked`` are who is asked about.

    Six queries, however many.
    """
    edition = rules_of(selection)
    people = persons(checked, edition) if checked else {}
    return {
        employee_id: advice_of(edition, selection.gate, person, selection.reckoned_on, checked[employee_id])
        for employee_id, person in people.items()
    }


def in_words(edition: TalentPoolEdition, gate: str) -> tuple[Condition, ...]:
    """The conditions of a gate that a person judges."""
    return tuple(one for one in edition.conditions if one.gate == gate and one.kind is ConditionKind.CHECKED)


def advice_kept(advice: Advice) -> list[dict[str, Any]]:
    """The lines of an advice as plain values, to stand beside the review that was made under it."""
    return [
        {
            "code": line.code,
            "holds": line.holds,
            "text": str(line.words),
            "document": line.ground,
            "met_on": plain(line.met_on),
        }
        for line in advice.lines
    ]


def kept_advice(eligible: bool | None, kept: Iterable[Mapping[str, Any]]) -> Advice:
    """An advice as it was kept."""
    lines = tuple(
        AdviceLine(
            line["code"],
            line["holds"],
            line["text"],
            line["document"],
            date.fromisoformat(line["met_on"]) if line["met_on"] else None,
        )
        for line in kept
    )
    return Advice(eligible, lines)


def _advice(found: Eligibility) -> Advice:
    lines = tuple(
        AdviceLine(
            item.code, item.holds, item.reason.message, f"{item.reason.document}{item.reason.clause}", item.met_on
        )
        for item in found.items
    )
    return Advice(found.eligible, lines, found.to_check, found.eligible_on)
