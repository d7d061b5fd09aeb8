"""What somebody has and lacks for one gate, as a page says it: each condition with its day, and the verdict."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerpath.policy.talent_pool import Eligibility, Item, Person, TalentPoolEdition, check_gate
from careerpath.policy.talent_pool.parts import Gate
from careerpath.words import Message, msg


class CheckState(StrEnum):
    """How a condition stands; ``open`` is only a matter of time, ``unknown`` has to be judged or looked up."""

    MET = "met"
    OPEN = "open"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: how it stands with its day, and what it was found from."""

    state: CheckState
    text: Message
    note: Message
    document: str
    clause: str


class Verdict(StrEnum):
    """What all conditions of a gate come to."""

    NOW = "now"
    SOON = "soon"
    """On a day that is known."""
    LACKING = "lacking"
    UNKNOWN = "unknown"


KINDS: dict[Verdict, str] = {
    Verdict.NOW: "success",
    Verdict.SOON: "primary",
    Verdict.LACKING: "danger",
    Verdict.UNKNOWN: "warning",
}
"""The colour of each verdict's pill."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """One gate for one person on one day: advice, a person decides."""

    gate: Gate
    verdict: Verdict
    words: Message
    eligible_on: date | None
    checks: tuple[Check, ...]

    @property
    def kind(self) -> str:
        """The kind of the pill that shows the verdict."""
        return KINDS[self.verdict]

    @property
    def lines(self) -> tuple[tuple[str, Message, Message], ...]:
        """State, text and note of each condition, as pages list them."""
        return tuple((check.state.value, check.text, check.note) for check in self.checks)

    @property
    def basis(self) -> str:
        """The documents with their clauses, each named once."""
        clauses: dict[str, list[str]] = {}
        for check in self.checks:
            clauses.setdefault(check.document, []).append(check.clause)
        return "；".join(document + "、".join(filter(None, dict.fromkeys(of))) for document, of in clauses.items())


def checklist(edition: TalentPoolEdition, gate: Gate, person: Person, on: date) -> Checklist:
    """The conditions of a gate on a day, in the order of the edition, and what they come to."""
    found = check_gate(edition, gate.code, person, on)
    verdict = verdict_of(found)
    return Checklist(gate, verdict, verdict_words(found, verdict), found.eligible_on, tuple(map(_check, found.items)))


def verdict_of(found: Eligibility) -> Verdict:
    """What the conditions of a gate come to; what only people can judge does not change it."""
    if found.eligible:
        return Verdict.NOW
    if found.eligible_on is not None:
        return Verdict.SOON
    return Verdict.UNKNOWN if found.eligible is None else Verdict.LACKING


def verdict_words(found: Eligibility, verdict: Verdict) -> Message:
    """The verdict in one sentence, with its day or with the names of what is lacking."""
    if verdict is Verdict.NOW and found.to_check:
        return msg("条件符合，另有 %(count)s 项须核对", count=len(found.to_check))
    if verdict is Verdict.NOW:
        return msg("条件均符合")
    if verdict is Verdict.SOON:
        return msg("%(day)s 起条件符合", day=found.eligible_on)
    if verdict is Verdict.UNKNOWN:
        return msg("资料不全：%(names)s", names=_names(found, None))
    return msg("尚不符合：%(names)s", names=_names(found, False))


def _names(found: Eligibility, holds: bool | None) -> str:
    return "、".join(item.name for item in found.items if item.holds is holds and item.code not in found.to_check)


def _check(item: Item) -> Check:
    told = {"name": item.name}
    state = CheckState.MET
    if item.holds is None:
        state, text = CheckState.UNKNOWN, msg("%(name)s：须核对", **told)
    elif item.holds and item.met_on is not None:
        text = msg("%(name)s：符合，%(day)s 达到", **told, day=item.met_on)
    elif item.holds and item.until is not None:
        text = msg("%(name)s：符合，至 %(day)s", **told, day=item.until)
    elif item.holds:
        text = msg("%(name)s：符合", **told)
    elif item.met_on is not None:
        state, text = CheckState.OPEN, msg("%(name)s：%(day)s 起符合", **told, day=item.met_on)
    else:
        state, text = CheckState.FAILED, msg("%(name)s：不符合", **told)
    return Check(state, text, item.words, item.reason.document, item.reason.clause)
