"""The feet of the papers of growth: number, and a code over everything that a paper says."""

from dataclasses import replace
from typing import TypeVar

from careerpath.access.actor import Actor
from careerpath.core.pdf import wording
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.growth.certificates import Certificate
from careerpath.printing.documents.growth.honours import HonourForm
from careerpath.printing.documents.growth.lists import ListPaper
from careerpath.printing.documents.growth.log_book import LogBook
from careerpath.printing.documents.growth.mentoring import MentorAgreement, MentoringEvaluation
from careerpath.printing.documents.growth.rotations import RotationForm
from careerpath.printing.documents.notices import PublicNotice
from careerpath.printing.queries.wording import foot_of

Form = TypeVar("Form", MentorAgreement, MentoringEvaluation, RotationForm, HonourForm, Certificate)
Paper = TypeVar("Paper", PublicNotice, ListPaper, LogBook)


def number_of(prefix: str, year: int, record_id: int) -> str:
    """The number of a paper: what it is, the year of its record, and the record's id."""
    return f"{prefix}-{year}-{record_id:06d}"


def foot_form(actor: Actor, form: Form, number: str) -> Form:
    """A form of marked cells with its foot."""
    return replace(form, foot=_foot(actor, number, wording.said_by(form.cells())))


def foot_paper(actor: Actor, paper: Paper, number: str) -> Paper:
    """A list, a book or an announcement with its foot."""
    return replace(paper, foot=_foot(actor, number, paper.said()))


def _foot(actor: Actor, number: str, said: object) -> Foot:
    return foot_of(actor, number, wording.code_over(number, said))
