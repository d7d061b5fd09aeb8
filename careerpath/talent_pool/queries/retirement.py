"""The ages of retirement that hold here."""

from datetime import date

from careerpath.policy.codes import Post, Sex
from careerpath.policy.retirement import RULE, RetirementEdition, RetirementFacts, last_day_or_none
from careerpath.rulebook.queries.shelf import Shelf

AGES = Shelf(RULE, RetirementEdition.from_plain)

retirement_or_none = AGES.on_or_none


def retires_on(edition: RetirementEdition | None, born_on: date, sex: str, post: str) -> date | None:
    """The last day of service of somebody in a post; ``None`` where it cannot be told."""
    if edition is None:
        return None
    return last_day_or_none(edition, RetirementFacts(born_on, Sex(sex), Post(post)))
