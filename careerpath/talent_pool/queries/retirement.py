"""The ages of retirement that hold here."""

from datetime import date
from functools import lru_cache

from flask import current_app

from careerpath.policy.codes import Post, Sex
from careerpath.policy.edition import shipped_texts
from careerpath.policy.retirement import RULE, RetirementEdition, RetirementFacts, last_day_or_none
from careerpath.rulebook.queries import edition_on, editions
from careerpath.settings import Settings
from careerpath.words import Refused


@lru_cache
def _shipped() -> tuple[RetirementEdition, ...]:
    return tuple(RetirementEdition.from_toml(text, name) for name, text in shipped_texts(RULE).items())


def retirement_or_none(on: date) -> RetirementEdition | None:
    """The edition of the ages of retirement of this installation's place in force on a day. One query."""
    settings: Settings = current_app.extensions["careerpath.settings"]
    try:
        return edition_on(editions(RULE, RetirementEdition.from_plain, _shipped()), on, settings.place)
    except Refused:
        return None


def retires_on(edition: RetirementEdition | None, born_on: date, sex: str, post: str) -> date | None:
    """The last day of service of somebody in a post; ``None`` where it cannot be told."""
    if edition is None:
        return None
    return last_day_or_none(edition, RetirementFacts(born_on, Sex(sex), Post(post)))
