"""The rules of mentoring that there are here, and those that a record froze."""

from careerpath.policy.mentoring import RULE, MentoringEdition
from careerpath.rulebook.queries.shelf import Shelf

RULES = Shelf(RULE, MentoringEdition.from_plain)

shipped_rules = RULES.shipped
known_rules = RULES.known
rules_on = RULES.on
rules_or_none = RULES.on_or_none
frozen_rules = RULES.frozen
frozen_rules_text = RULES.frozen_text
