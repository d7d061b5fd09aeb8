"""The reserve pool and the career ladder: editions, eligibility with its days, selection, exits, the nine cells."""

from careerpath.policy.talent_pool.conditions import Condition, ConditionKind, Count
from careerpath.policy.talent_pool.edition import RULE, TalentPoolEdition
from careerpath.policy.talent_pool.eligibility import Eligibility, Item, check_gate
from careerpath.policy.talent_pool.facts import HeldPost, HeldRung, Honour, Person
from careerpath.policy.talent_pool.parts import ExitKind, Gate, Purpose, Rung, Term
from careerpath.policy.talent_pool.pool import (
    Cell,
    Entry,
    Level,
    Proposal,
    Standing,
    cell_of,
    next_review,
    propose_exits,
    standing_of,
)
from careerpath.policy.talent_pool.selection import Entrant, Line, Outcome, select
from careerpath.policy.talent_pool.spans import Span
from careerpath.policy.talent_pool.succession import Ahead, Concern, Ending, concerns, endings, is_risk, term_on

__all__ = [
    "RULE",
    "Ahead",
    "Cell",
    "Concern",
    "Condition",
    "ConditionKind",
    "Count",
    "Eligibility",
    "Ending",
    "Entrant",
    "Entry",
    "ExitKind",
    "Gate",
    "HeldPost",
    "HeldRung",
    "Honour",
    "Item",
    "Level",
    "Line",
    "Outcome",
    "Person",
    "Proposal",
    "Purpose",
    "Rung",
    "Span",
    "Standing",
    "TalentPoolEdition",
    "Term",
    "cell_of",
    "check_gate",
    "concerns",
    "endings",
    "is_risk",
    "next_review",
    "propose_exits",
    "select",
    "standing_of",
    "term_on",
]
