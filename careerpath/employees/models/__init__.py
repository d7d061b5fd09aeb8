"""What we keep of people: the person, dated facts, and papers."""

from careerpath.employees.models.corrections import CorrectionRequest, CorrectionState
from careerpath.employees.models.facts import (
    Absence,
    Certificate,
    Contract,
    Discipline,
    Education,
    Fact,
    Honour,
    Posting,
)
from careerpath.employees.models.papers import Attachment, AttachmentKind, CareerLine, FamilyMember
from careerpath.employees.models.person import Channel, Employee, NumberSeries, Source

__all__ = [
    "Absence",
    "Attachment",
    "AttachmentKind",
    "CareerLine",
    "Certificate",
    "Channel",
    "Contract",
    "CorrectionRequest",
    "CorrectionState",
    "Discipline",
    "Education",
    "Employee",
    "Fact",
    "FamilyMember",
    "Honour",
    "NumberSeries",
    "Posting",
    "Source",
]
