"""Recruitment: editions of a notice, candidates, scores, lists, substitution and advice on conditions."""

from careerpath.policy.recruitment.conditions import Condition, ConditionKind, Document, Group
from careerpath.policy.recruitment.edition import RULE, RecruitmentEdition
from careerpath.policy.recruitment.eligibility import Advice, check_eligibility
from careerpath.policy.recruitment.facts import Applicant, Candidate
from careerpath.policy.recruitment.outcomes import OUTCOMES, Outcome, Ranked, Stage
from careerpath.policy.recruitment.ranking import rank
from careerpath.policy.recruitment.scoring import Marks, shown_score
from careerpath.policy.recruitment.substitution import Leaving, Substitution, Vacated, substitute, valid_until

__all__ = [
    "OUTCOMES",
    "RULE",
    "Advice",
    "Applicant",
    "Candidate",
    "Condition",
    "ConditionKind",
    "Document",
    "Group",
    "Leaving",
    "Marks",
    "Outcome",
    "Ranked",
    "RecruitmentEdition",
    "Stage",
    "Substitution",
    "Vacated",
    "check_eligibility",
    "rank",
    "shown_score",
    "substitute",
    "valid_until",
]
