"""The rules of mentoring that there are here, and those that a record froze."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app

from careerpath.policy.edition import shipped_texts
from careerpath.policy.mentoring import RULE, MentoringEdition
from careerpath.rulebook.queries import edition_on, editions
from careerpath.settings import Settings
from careerpath.words import Refused


@lru_cache
def shipped_rules() -> tuple[MentoringEdition, ...]:
    """The editions that come with the program."""
    return tuple(MentoringEdition.from_toml(text, name) for name, text in shipped_texts(RULE).items())


def known_rules() -> tuple[MentoringEdition, ...]:
    """All editions, oldest first."""
    return editions(RULE, _read, shipped_rules())


def rules_on(on: date) -> MentoringEdition:
    """The edition of this installation's place in force on a day. Raises ``Refused`` where there is none."""
    return edition_on(known_rules(), on, _place())


def rules_or_none(on: date) -> MentoringEdition | None:
    """The edition in force on a day, if this place has one."""
    try:
        return rules_on(on)
    except Refused:
        return None


def frozen_rules(edition: Mapping[str, Any]) -> MentoringEdition:
    """The rules as a record froze them."""
    return _read(edition)


def frozen_rules_text(text: str) -> MentoringEdition:
    """The rules as a record froze them, from their JSON as text: the same text is read once."""
    return _read_text(text)


def _place() -> str:
    settings: Settings = current_app.extensions["careerpath.settings"]
    return settings.place


def _read(content: Mapping[str, Any]) -> MentoringEdition:
    return _read_text(json.dumps(content, sort_keys=True))


@lru_cache(maxsize=64)
def _read_text(text: str) -> MentoringEdition:
    return MentoringEdition.from_plain(json.loads(text), RULE)
