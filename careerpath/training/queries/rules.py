"""The rules of training that there are here."""

from careerpath.policy.training import RULE, TrainingEdition
from careerpath.rulebook.queries.shelf import Shelf

RULES = Shelf(RULE, TrainingEdition.from_plain)

shipped_rules = RULES.shipped
known_rules = RULES.known
rules_on = RULES.on
rules_or_none = RULES.on_or_none
