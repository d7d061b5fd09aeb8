"""The rules of the pool and the ladder that there are here, and those that a selection or a channel froze."""

from collections.abc import Mapping
from typing import Any

from careerpath.policy.talent_pool import RULE, Purpose, TalentPoolEdition
from careerpath.rulebook.queries.shelf import Shelf
from careerpath.words import Refused, msg

RULES = Shelf(RULE, TalentPoolEdition.from_plain)

shipped_rules = RULES.shipped
known_rules = RULES.known
rules_on = RULES.on
rules_or_none = RULES.on_or_none


def rules_named(key: str) -> TalentPoolEdition:
    """The edition with this key. Raises ``Refused``."""
    for edition in known_rules():
        if edition.head.key == key:
            return edition
    raise Refused(msg("规则库中没有后备人才规则“%(key)s”，请重新选择。", key=key), field="edition_key")


def frozen_rules(edition: Mapping[str, Any] | None, key: str) -> TalentPoolEdition:
    """The rules of a selection or a channel: as frozen when it was announced, before that those of the rulebook."""
    return rules_named(key) if edition is None else RULES.frozen(edition)


def gates_for(purpose: Purpose) -> list[tuple[str, str, str]]:
    """Key, gate and words of every gate of a purpose in all known editions, for a choice in a form."""
    return [
        (edition.head.key, gate.code, f"{gate.name}（{edition.head.title}）")
        for edition in known_rules()
        for gate in edition.gates
        if gate.purpose is purpose
    ]
