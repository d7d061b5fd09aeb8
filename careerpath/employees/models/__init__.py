"""What we keep of people: the person, dated facts, and papers."""

from careerpath.employees.models.facts import (
    Absence,
    Certificate,
    Contract,
    Discipline,
    Education,
    Fact,
    Posting,
)
from careerpath.employees.models.papers import Attachment, AttachmentKind, CareerLine, FamilyMember
from careerpath.employees.models.person import Channel, Employee, Source

__all__ = [
    "Absence",
    "Attachment",
    "AttachmentKind",
    "CareerLine",
    "Certificate",
    "Channel",
    "Contract",
    "Discipline",
    "Education",
    "Employee",
    "Fact",
    "FamilyMember",
    "Posting",
    "Source",
]
