"""The annual appraisal: editions, facts, score, status, grade, quota and ballots."""

from careerpath.policy.appraisal.ballots import GRADE_CHOICES, Tally, VoterClass, satisfaction, tally
from careerpath.policy.appraisal.edition import RULE, AppraisalEdition
from careerpath.policy.appraisal.facts import Facts
from careerpath.policy.appraisal.findings import Finding, hard_fails, propose_status, statuses
from careerpath.policy.appraisal.grading import Assessment, check_street_grade, grade, propose_dismissal
from careerpath.policy.appraisal.parts import Indicator
from careerpath.policy.appraisal.quotas import Quota, counts_for_quota, quota
from careerpath.policy.appraisal.scoring import Score, score

__all__ = [
    "GRADE_CHOICES",
    "RULE",
    "AppraisalEdition",
    "Assessment",
    "Facts",
    "Finding",
    "Indicator",
    "Quota",
    "Score",
    "Tally",
    "VoterClass",
    "check_street_grade",
    "counts_for_quota",
    "grade",
    "hard_fails",
    "propose_dismissal",
    "propose_status",
    "quota",
    "satisfaction",
    "score",
    "statuses",
    "tally",
]
