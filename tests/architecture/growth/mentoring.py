"""Records of mentors and pairings for the small world, and samples of the operations of that room."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.operations.evaluations import EvaluationGiven
from careerpath.mentoring.operations.logs import LogGiven, ReviewGiven
from careerpath.mentoring.operations.matchings import MatchingGiven
from careerpath.mentoring.operations.mentors import MentorGiven
from careerpath.mentoring.operations.pairings import PairingChange
from tests.architecture.sample import Sample, near, own
from tests.factories.matchings import make_match, make_matching
from tests.factories.mentoring import make_log, make_mentor, make_mentoring_review, make_pairing

DAY = date(2025, 12, 1)
_MENTOR = MentorGiven("agency_cadre", "1", (), DAY, name="周某", post="民政局 科长")
_LOG = LogGiven(DAY, Decimal(2), "低保入户核查")
_REVIEW = ReviewGiven(DAY, "已能独立受理")
_EVALUATION = EvaluationGiven("excellent")
_CHANGE = PairingChange("", "", "", (), DAY)

SAMPLES: dict[str, Sample] = {
    "order_mentoring_papers": own("unit_id", form="mentor-letter"),
    "register_mentor": near("unit_id", given=_MENTOR),
    "change_mentor": own("mentor_id", given=_MENTOR, version=1),
    "end_mentor": own("mentor_id", ends_on=DAY, reason="调动"),
    "reopen_mentor": own("mentor_id"),
    "change_pairing": own("pairing_id", given=_CHANGE, version=1),
    "end_pairing": own("pairing_id", ended_on=DAY, reason="岗位调整"),
    "undo_ending": own("pairing_id"),
    "drop_pairing": own("pairing_id", reason="录入有误"),
    "write_log": own("pairing_id", given=_LOG),
    "change_log": own("log_id", given=_LOG, version=1),
    "drop_log": own("log_id"),
    "write_own_log": own("pairing_id", Role.WORKER, given=_LOG),
    "change_own_log": own("log_id", Role.WORKER, given=_LOG, version=1),
    "drop_own_log": own("log_id", Role.WORKER),
    "review_pairing": own("pairing_id", given=_REVIEW),
    "change_mentoring_review": own("mentoring_review_id", given=_REVIEW, version=1),
    "drop_mentoring_review": own("mentoring_review_id"),
    "evaluate_mentee": own("pairing_id", given=_EVALUATION),
    "evaluate_mentor": own("pairing_id", given=_EVALUATION),
    "evaluate_own_mentee": own("pairing_id", Role.WORKER, given=_EVALUATION),
    "evaluate_own_mentor": own("pairing_id", Role.WORKER, given=_EVALUATION),
    "complete_pairing": own("pairing_id", opinion="同意", on=DAY),
    "reopen_pairing": own("pairing_id", reason="评价有误"),
    "solve_matching": near("unit_id", given=MatchingGiven("匹配", DAY)),
    "solve_matching_again": own("matching_id"),
    "change_match": own("match_line_id", mentor_id=None, left_out=True, reason="请假", version=1),
    "change_match_wanted": own("match_line_id", wanted=(), version=1),
    "carry_out_matching": own("matching_id", numbers_from="1号"),
    "drop_matching": own("matching_id"),
    "restore_matching": own("matching_id"),
}


def records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """By place: the ids of one record of each kind, under the names that addresses and operations use."""
    found = {}
    for place, community in communities.items():
        mentor, person = make_mentor(community), db.session.get_one(Employee, people[place])
        pairing, matching = make_pairing(mentor, person, community), make_matching(community)
        found[place] = {
            "mentor_id": mentor.id,
            "pairing_id": pairing.id,
            "log_id": make_log(pairing).id,
            "mentoring_review_id": make_mentoring_review(pairing).id,
            "matching_id": matching.id,
            "match_line_id": make_match(matching, person, community, mentor).id,
        }
    return found
