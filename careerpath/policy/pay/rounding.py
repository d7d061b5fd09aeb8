"""Rounding of amounts that add up: each by itself, or so that their sum is round."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from careerpath.policy.pay.edition import RoundingRule, Stage

ZERO = Decimal(0)
CENT = Decimal("0.01")


def rounded(rule: RoundingRule, exact: Sequence[Decimal]) -> list[Decimal]:
    """The amounts rounded as the rule says; what is paid is always the sum of what is returned.

    Where the sum is rounded, the amounts become cents, and the largest takes what the rounding of the sum leaves.
    """
    if rule.stage is Stage.COMPONENT:
        return [rule.round(amount) for amount in exact]
    cents = [amount.quantize(CENT, ROUND_HALF_UP) for amount in exact]
    left = rule.round(sum(exact, ZERO)) - sum(cents, ZERO)
    for place in sorted(range(len(cents)), key=lambda n: -cents[n]):
        # Nothing falls below zero: what the largest can't give, the next one gives.
        more = max(left, -cents[place])
        cents[place] += more
        left -= more
        if not left:
            break
    return cents
