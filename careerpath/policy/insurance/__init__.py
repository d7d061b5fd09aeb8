"""Social insurance and the housing fund (五险一金): editions, facts, and the contributions of both sides."""

from careerpath.policy.insurance.contributions import Contribution, Contributions, InsuranceFacts, contributions
from careerpath.policy.insurance.edition import RULE, BaseKind, BaseRule, InsuranceEdition, Item

__all__ = [
    "RULE",
    "BaseKind",
    "BaseRule",
    "Contribution",
    "Contributions",
    "InsuranceEdition",
    "InsuranceFacts",
    "Item",
    "contributions",
]
