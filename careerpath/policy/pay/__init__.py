"""Pay: editions, facts, the ladder of levels, components, months."""

from careerpath.policy.pay.amounts import Amount, Amounts, amounts
from careerpath.policy.pay.edition import RULE, PayEdition
from careerpath.policy.pay.facts import Certified, Held, PayFacts, Placed, Span, Study
from careerpath.policy.pay.levels import (
    CAUSES,
    Cause,
    LevelOn,
    LevelSpan,
    NextStep,
    cause_of,
    level_history,
    level_lacks,
    level_on,
    next_step,
)
from careerpath.policy.pay.months import MonthPay, Portion, last_of, pay_month
from careerpath.policy.pay.paying import Pay, pay, standing_on
from careerpath.policy.pay.pieces import Part, Way
from careerpath.policy.pay.standing import Standing
from careerpath.policy.pay.tenure import Tenure, tenure

__all__ = [
    "CAUSES",
    "RULE",
    "Amount",
    "Amounts",
    "Cause",
    "Certified",
    "Held",
    "LevelOn",
    "LevelSpan",
    "MonthPay",
    "NextStep",
    "Part",
    "Pay",
    "PayEdition",
    "PayFacts",
    "Placed",
    "Portion",
    "Span",
    "Standing",
    "Study",
    "Tenure",
    "Way",
    "amounts",
    "cause_of",
    "last_of",
    "level_history",
    "level_lacks",
    "level_on",
    "next_step",
    "pay",
    "pay_month",
    "standing_on",
    "tenure",
]
