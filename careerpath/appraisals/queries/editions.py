"""The editions of the appraisal rules that there are here, and the one a year was opened with."""

import json
from datetime import date
from functools import lru_cache

from careerpath.appraisals.models import AppraisalYear
from careerpath.policy.appraisal import RULE, AppraisalEdition
from careerpath.policy.edition import shipped_texts
from careerpath.rulebook.queries import edition_named, edition_on, editions


@lru_cache
def shipped_editions() -> tuple[AppraisalEdition, ...]:
    """The editions that come with the program."""
    return tuple(AppraisalEdition.from_toml(text, name) for name, text in shipped_texts(RULE).items())


def known_editions() -> tuple[AppraisalEdition, ...]:
    """All editions, oldest first."""
    return editions(RULE, AppraisalEdition.from_plain, shipped_editions())


def edition_by_key(key: str) -> AppraisalEdition:
    """One edition by its key, or refused."""
    return edition_named(known_editions(), key)


def edition_in_force(on: date, place: str) -> AppraisalEdition:
    """The edition in force on a day at a place."""
    return edition_on(known_editions(), on, place)


def edition_of(year: AppraisalYear) -> AppraisalEdition:
    """The edition that was frozen when the year was opened."""
    return _read(json.dumps(year.edition, sort_keys=True), f"appraisal {year.year}")


@lru_cache(maxsize=32)
def _read(text: str, file: str) -> AppraisalEdition:
    """An edition from its text; reading one anew for every row would cost more than the rules themselves."""
    return AppraisalEdition.from_plain(json.loads(text), file)
