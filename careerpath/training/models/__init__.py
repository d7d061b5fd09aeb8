"""What we keep of courses, classes, and what people study for."""

from careerpath.training.models.classes import (
    ClassDay,
    ClassPaper,
    ClassSignIn,
    ClassState,
    Course,
    Enrolment,
    EnrolmentState,
    EnrolmentWay,
    TrainingClass,
)
from careerpath.training.models.studies import CertificateTry, DegreeStudy, StudyState, TryState

__all__ = [
    "CertificateTry",
    "ClassDay",
    "ClassPaper",
    "ClassSignIn",
    "ClassState",
    "Course",
    "DegreeStudy",
    "Enrolment",
    "EnrolmentState",
    "EnrolmentWay",
    "StudyState",
    "TrainingClass",
    "TryState",
]
