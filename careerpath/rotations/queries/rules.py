"""The rules of rotations that there are here, and those that a record froze."""

from careerpath.policy.rotation import RULE, RotationEdition
from careerpath.rulebook.queries.shelf import Shelf

RULES = Shelf(RULE, RotationEdition.from_plain)

shipped_rules = RULES.shipped
known_rules = RULES.known
rules_on = RULES.on
rules_or_none = RULES.on_or_none
frozen_rules = RULES.frozen
