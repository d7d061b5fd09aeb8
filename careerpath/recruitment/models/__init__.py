"""What we keep of recruitment."""

from careerpath.recruitment.models.applications import (
    PERSONAL,
    Application,
    ApplicationPaper,
    ApplicationState,
    EligibilityReview,
    Entry,
    ReviewStage,
    Verdict,
)
from careerpath.recruitment.models.batches import (
    ApplicantTally,
    BatchState,
    BatchStep,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.models.exam import (
    Attendance,
    Examinee,
    ExamRoom,
    InterviewGroup,
    InterviewMark,
    ScoreEntry,
)
from careerpath.recruitment.models.results import (
    Appointment,
    CandidateCheck,
    CheckKind,
    Departure,
    DirectResult,
    ListLine,
    Objection,
)

__all__ = [
    "PERSONAL",
    "ApplicantTally",
    "Application",
    "ApplicationPaper",
    "ApplicationState",
    "Appointment",
    "Attendance",
    "BatchState",
    "BatchStep",
    "CandidateCheck",
    "CheckKind",
    "Departure",
    "DirectResult",
    "EligibilityReview",
    "Entry",
    "ExamRoom",
    "Examinee",
    "InterviewGroup",
    "InterviewMark",
    "ListLine",
    "Objection",
    "RecruitmentBatch",
    "RecruitmentPosition",
    "ReviewStage",
    "ScoreEntry",
    "Verdict",
]
