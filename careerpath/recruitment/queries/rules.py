"""The recruitment rules and the headcount norms that there are here, and the rules that a batch froze."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app

from careerpath.policy.edition import shipped_texts
from careerpath.policy.headcount import RULE as HEADCOUNT
from careerpath.policy.headcount import HeadcountEdition
from careerpath.policy.recruitment import RULE as RECRUITMENT
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.rulebook.queries import edition_on, editions
from careerpath.settings import Settings
from careerpath.words import Refused, msg


@lru_cache
def shipped_rules() -> tuple[RecruitmentEdition, ...]:
    """The recruitment rules that come with the program."""
    return tuple(RecruitmentEdition.from_toml(text, name) for name, text in shipped_texts(RECRUITMENT).items())


@lru_cache
def shipped_norms() -> tuple[HeadcountEdition, ...]:
    """The headcount norms that come with the program."""
    return tuple(HeadcountEdition.from_toml(text, name) for name, text in shipped_texts(HEADCOUNT).items())


def known_rules() -> tuple[RecruitmentEdition, ...]:
    """All recruitment rules, oldest first."""
    return editions(RECRUITMENT, _rules, shipped_rules())


def rules_on(on: date) -> RecruitmentEdition:
    """The recruitment rules of this installation's place in force on a day; refused where there are none."""
    return edition_on(known_rules(), on, _place())


def rules_named(key: str) -> RecruitmentEdition:
    """The recruitment rules with this key. Raises ``Refused``."""
    for edition in known_rules():
        if edition.head.key == key:
            return edition
    raise Refused(msg("规则库中没有招聘规则“%(key)s”，请重新选择。", key=key), field="edition_key")


def norms_on(on: date) -> HeadcountEdition:
    """The headcount norms of this installation's place in force on a day; refused where there are none."""
    return edition_on(editions(HEADCOUNT, _norms, shipped_norms()), on, _place())


def rules_of(batch: RecruitmentBatch) -> RecruitmentEdition:
    """The rules of a batch: as frozen at its publication, before that those of the rulebook."""
    if batch.edition is None:
        return rules_named(batch.edition_key)
    return _read_rules(json.dumps(batch.edition, sort_keys=True))


def _place() -> str:
    settings: Settings = current_app.extensions["careerpath.settings"]
    return settings.place


def _rules(content: Mapping[str, Any]) -> RecruitmentEdition:
    return _read_rules(json.dumps(content, sort_keys=True))


def _norms(content: Mapping[str, Any]) -> HeadcountEdition:
    return HeadcountEdition.from_plain(content, HEADCOUNT)


@lru_cache(maxsize=64)
def _read_rules(text: str) -> RecruitmentEdition:
    return RecruitmentEdition.from_plain(json.loads(text), RECRUITMENT)
