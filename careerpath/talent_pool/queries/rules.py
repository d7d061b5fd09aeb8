"""The rules of the pool and the ladder that there are here, and those that a selection or a channel froze."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app

from careerpath.policy.edition import shipped_texts
from careerpath.policy.talent_pool import RULE, Purpose, TalentPoolEdition
from careerpath.rulebook.queries import edition_on, editions
from careerpath.settings import Settings
from careerpath.words import Refused, msg


@lru_cache
def shipped_rules() -> tuple[TalentPoolEdition, ...]:
    """The editions that come with the program."""
    return tuple(TalentPoolEdition.from_toml(text, name) for name, text in shipped_texts(RULE).items())


def known_rules() -> tuple[TalentPoolEdition, ...]:
    """All editions, oldest first."""
    return editions(RULE, _read, shipped_rules())


def rules_on(on: date) -> TalentPoolEdition:
    """The edition of this installation's place in force on a day. Raises ``Refused`` where there is none."""
    return edition_on(known_rules(), on, _place())


def rules_or_none(on: date) -> TalentPoolEdition | None:
    """The edition in force on a day, if this place has one."""
    try:
        return rules_on(on)
    except Refused:
        return None


def rules_named(key: str) -> TalentPoolEdition:
    """The edition with this key. Raises ``Refused``."""
    for edition in known_rules():
        if edition.head.key == key:
            return edition
    raise Refused(msg("规则库中没有后备人才规则“%(key)s”，请重新选择。", key=key), field="edition_key")


def frozen_rules(edition: Mapping[str, Any] | None, key: str) -> TalentPoolEdition:
    """The rules of a selection or a channel: as frozen when it was announced, before that those of the rulebook."""
    return rules_named(key) if edition is None else _read(edition)


def gates_for(purpose: Purpose) -> list[tuple[str, str, str]]:
    """Key, gate and words of every gate of a purpose in all known editions, for a choice in a form."""
    return [
        (edition.head.key, gate.code, f"{gate.name}（{edition.head.title}）")
        for edition in known_rules()
        for gate in edition.gates
        if gate.purpose is purpose
    ]


def _place() -> str:
    settings: Settings = current_app.extensions["careerpath.settings"]
    return settings.place


def _read(content: Mapping[str, Any]) -> TalentPoolEdition:
    return _read_text(json.dumps(content, sort_keys=True))


@lru_cache(maxsize=64)
def _read_text(text: str) -> TalentPoolEdition:
    return TalentPoolEdition.from_plain(json.loads(text), RULE)
