"""Whether somebody meets the conditions of a gate: each one with its day, advice for people who decide."""

from dataclasses import dataclass
from datetime import date

from careerpath.policy.reason import Reason
from careerpath.policy.talent_pool.checks import Finding, ask
from careerpath.policy.talent_pool.conditions import Condition, ConditionKind
from careerpath.policy.talent_pool.edition import TalentPoolEdition
from careerpath.policy.talent_pool.facts import Person
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist: ``holds`` is ``None`` where a fact is not known or nobody has judged it yet.

    ``name`` is that of the condition looked at; of alternatives that are all out of reach, those of all.
    """

    code: str
    name: str
    holds: bool | None
    met_on: date | None
    until: date | None
    words: Message
    """What was found, without the verdict."""
    reason: Reason


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What can be said of a person at a gate: ``eligible`` is ``None`` while a fact that would decide is not known.

    ``missing`` names what stands in the way: conditions not met, then facts not known. ``to_check`` are the codes of
    conditions in words that nobody has judged; they do not change ``eligible``.
    """

    eligible: bool | None
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    to_check: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons, condition by condition."""
        return tuple(item.reason for item in self.items)

    @property
    def eligible_on(self) -> date | None:
        """The day from which everything that only needs time is met; ``None`` where something else is missing."""
        open_items = [item for item in self.items if item.holds is False]
        days = [item.met_on for item in open_items]
        if not open_items or self.unknown or any(day is None for day in days):
            return None
        last = max(day for day in days if day is not None)
        return None if any(item.until is not None and item.until < last for item in self.items) else last


def check_gate(edition: TalentPoolEdition, gate: str, person: Person, on: date) -> Eligibility:
    """Advice on one person at one gate on a day. Raises ``Refused`` for a gate that the edition does not know."""
    edition.gate(gate)
    if person.born_on is not None and person.born_on > on:
        raise Refused(msg("出生日期 %(born)s 晚于 %(on)s，请改正。", born=person.born_on, on=on), field="born_on")
    items: list[Item] = []
    unknown: list[str] = []
    to_check: list[str] = []
    conditions = [one for one in edition.conditions if one.gate == gate]
    for code in dict.fromkeys(one.code for one in conditions):
        found = [(rule, ask(edition, rule, person, on)) for rule in conditions if rule.code == code]
        rule, finding = _best(found)
        items.append(
            Item(
                code,
                _name(found, rule, finding),
                finding.holds,
                finding.met_on,
                finding.until,
                finding.words,
                _reason(edition, rule, finding),
            )
        )
        if finding.holds is None and rule.kind is ConditionKind.CHECKED:
            to_check.append(code)
        elif finding.holds is None:
            unknown.append(finding.missing)
    failed = [item.code for item in items if item.holds is False]
    eligible = False if failed else None if unknown else True
    return Eligibility(eligible, (*failed, *dict.fromkeys(unknown)), tuple(dict.fromkeys(unknown)),
                       tuple(to_check), tuple(items))  # fmt: skip


def _best(found: list[tuple[Condition, Finding]]) -> tuple[Condition, Finding]:
    """Of alternatives the one that holds, else one that cannot be told yet, else the one that is met soonest."""
    for wanted in (True, None):
        for rule, finding in found:
            if finding.holds is wanted:
                return rule, finding
    return min(found, key=lambda one: one[1].met_on or date.max)


def _name(found: list[tuple[Condition, Finding]], chosen: Condition, finding: Finding) -> str:
    if finding.holds is not False or finding.met_on is not None:
        return chosen.name
    return "或".join(dict.fromkeys(rule.name for rule, _ in found))


def _reason(edition: TalentPoolEdition, rule: Condition, finding: Finding) -> Reason:
    told = {
        True: msg("符合"),
        False: msg("不符合"),
        None: msg("待人工核对") if rule.kind is ConditionKind.CHECKED else msg("资料不全，暂不能判断"),
    }[finding.holds]
    sentence = msg("%(name)s：%(words)s，%(told)s。", name=rule.name, words=finding.words, told=told)
    return edition.head.because("condition", finding.ground or rule.citation, finding.used, finding.holds, sentence)
