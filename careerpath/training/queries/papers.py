"""The papers of classes, for those who meet the class and those who take part in it."""

from sqlalchemy import ColumnElement, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.sealing import Seal
from careerpath.employees.queries.papers import Download
from careerpath.employees.queries.serving import own_employee
from careerpath.training.models import ClassPaper, Enrolment, EnrolmentState, TrainingClass
from careerpath.training.queries.reach import met_classes
from careerpath.words import NotFound

SEAL = Seal("training_class")


def papers_of_class(class_id: int) -> list[ClassPaper]:
    """The papers of a class in the order in which they came."""
    return list(db.session.scalars(select(ClassPaper).where(ClassPaper.class_id == class_id).order_by(ClassPaper.id)))


def class_paper(actor: Actor, class_paper_id: int) -> Download:
    """A paper of a class that the office meets, or ``NotFound``."""
    return _download(class_paper_id, met_classes(actor, Permission.TRAINING_VIEW))


def own_class_paper(actor: Actor, class_paper_id: int) -> Download:
    """A paper of a class in which the actor takes or took part, or ``NotFound``; a secretary meets classes besides."""
    employee = own_employee(actor)
    mine = select(Enrolment.class_id).where(
        Enrolment.employee_id == (employee.id if employee else 0), Enrolment.state != EnrolmentState.WITHDRAWN
    )
    return _download(class_paper_id, or_(TrainingClass.id.in_(mine), met_classes(actor, Permission.TRAINING_VIEW)))


def _download(class_paper_id: int, met: ColumnElement[bool]) -> Download:
    query = (
        select(ClassPaper)
        .join(TrainingClass, TrainingClass.id == ClassPaper.class_id)
        .where(ClassPaper.id == class_paper_id, met)
    )
    paper = db.session.scalars(query).one_or_none()
    if paper is None:
        raise NotFound
    return Download(paper.name, paper.media_type, SEAL.kept_file(paper.file_key, str(paper.class_id)))
