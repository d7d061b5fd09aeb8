"""What a list says of each candidate."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from careerpath.policy.reason import Reason
from careerpath.policy.recruitment.facts import Candidate
from careerpath.policy.recruitment.scoring import Marks
from careerpath.words import Message, msg


class Stage(StrEnum):
    """Which list is made: who is interviewed, or who is to be appointed."""

    SHORTLIST = "shortlist"
    FINAL = "final"


class Outcome(StrEnum):
    """What became of a candidate. ``tie`` waits for a decision by people."""

    PROPOSED = "proposed"
    RESERVE = "reserve"
    SHORTLISTED = "shortlisted"
    TIE = "tie"
    NOT_SELECTED = "not_selected"
    NOT_SHORTLISTED = "not_shortlisted"
    FAILED_TOTAL = "failed_total"
    FAILED_INTERVIEW = "failed_interview"
    FAILED_WRITTEN = "failed_written"
    FAILED_MEDICAL = "failed_medical"
    FAILED_BACKGROUND = "failed_background"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


OUTCOMES: Mapping[Outcome, Message] = {
    Outcome.PROPOSED: msg("拟聘用"),
    Outcome.RESERVE: msg("递补人选"),
    Outcome.SHORTLISTED: msg("进入面试"),
    Outcome.TIE: msg("并列，待人工决定"),
    Outcome.NOT_SELECTED: msg("未入选"),
    Outcome.NOT_SHORTLISTED: msg("未进入面试"),
    Outcome.FAILED_TOTAL: msg("总成绩未达分数线"),
    Outcome.FAILED_INTERVIEW: msg("面试成绩未达分数线"),
    Outcome.FAILED_WRITTEN: msg("笔试成绩未达分数线"),
    Outcome.FAILED_MEDICAL: msg("体检不合格"),
    Outcome.FAILED_BACKGROUND: msg("考察不合格"),
    Outcome.ABSENT: msg("缺考"),
    Outcome.WITHDRAWN: msg("放弃"),
}
"""What people call each outcome."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a list. ``rank`` is that within the position, shared by those who are level; ``None`` for who is out.

    On a shortlist the rank is that of the written exam; on the final list that of the total.
    """

    candidate: Candidate
    marks: Marks
    rank: int | None
    shortlisted: bool
    outcome: Outcome
    reasons: tuple[Reason, ...]

    @property
    def id(self) -> str:
        """The candidate's number."""
        return self.candidate.id

    @property
    def position(self) -> str:
        """The code of the position."""
        return self.candidate.position
