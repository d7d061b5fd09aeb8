"""Operations of the demo's recruitment: many of the office's own held together in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.employees.models import Education, Employee, Posting
from careerpath.employees.operations.details import details_of
from careerpath.employees.operations.facts import NewEducation, NewPosting, given_of
from careerpath.employees.operations.history import add_fact, correct_fact
from careerpath.employees.operations.lines import (
    LINE_KINDS,
    LINE_MODELS,
    NewCareerLine,
    NewLine,
    add_line,
    change_line,
    line_given,
)
from careerpath.employees.operations.people import NewEmployee, change_employee
from careerpath.recruitment.operations.checks import DepartureGiven, record_departure
from careerpath.recruitment.operations.entering import set_application_photo
from careerpath.recruitment.operations.lists import DirectGiven, record_direct
from careerpath.recruitment.operations.review import recheck_candidate


@operation(Permission.RECRUITMENT_ENTER)
def set_photos(actor: Actor, given: Sequence[tuple[int, bytes]]) -> None:
    """Keep the photos of many applicants."""
    for application_id, body in given:
        set_application_photo(actor, application_id, body)


@operation(Permission.RECRUITMENT_REVIEW)
def recheck_candidates(actor: Actor, given: Sequence[tuple[int, bool, str]]) -> None:
    """Keep of many whether their papers held before the interview, with the reason where they did not."""
    for application_id, held, reason in given:
        recheck_candidate(actor, application_id, held, reason)


@operation(Permission.RECRUITMENT_DECIDE)
def record_directs(actor: Actor, given: Sequence[tuple[int, DirectGiven]]) -> None:
    """Record how by-elections and transfers ended."""
    for application_id, result in given:
        record_direct(actor, application_id, result)


@operation(Permission.RECRUITMENT_DECIDE)
def record_departures(actor: Actor, given: Sequence[tuple[int, DepartureGiven]]) -> None:
    """Record that several people will not be appointed."""
    for application_id, departure in given:
        record_departure(actor, application_id, departure)


@dataclass(frozen=True, slots=True)
class Completion:
    """A file as it should stand after the first day of service: what the application did not know yet is entered."""

    employee_id: int
    file: NewEmployee
    lines: tuple[NewLine, ...]


@operation(Permission.EMPLOYEE_EDIT)
def complete_files(actor: Actor, given: Sequence[Completion]) -> None:
    """Enter what has become known since people applied: duties, other diplomas, changes at home and in the party."""
    ids = [one.employee_id for one in given]
    employees = {one.id: one for one in db.session.scalars(select(Employee).where(Employee.id.in_(ids)))}
    for one in given:
        employee = employees[one.employee_id]
        wanted = replace(one.file.details, number=employee.number, identity="")
        if details_of(employee) != replace(wanted, identity=""):
            change_employee(actor, employee.id, wanted, employee.version)
        _complete_facts(actor, one)
        _complete_lines(actor, one)


def _complete_facts(actor: Actor, given: Completion) -> None:
    postings = select(Posting).where(Posting.employee_id == given.employee_id, Posting.superseded_at.is_(None))
    for posting in db.session.scalars(postings).all():
        wanted = next((one for one in given.file.postings if one.starts_on == posting.starts_on and one.main), None)
        if wanted is not None and wanted != given_of(posting):
            correct_fact(actor, given.employee_id, posting.id, wanted)
    studies = select(Education).where(Education.employee_id == given.employee_id, Education.superseded_at.is_(None))
    known: list[NewPosting | NewEducation] = [given_of(one) for one in db.session.scalars(studies)]
    for education in given.file.educations:
        if education not in known:
            add_fact(actor, given.employee_id, education)


def _complete_lines(actor: Actor, given: Completion) -> None:
    """Lines are known by the person or by the day on which they begin."""
    kept = {}
    for model in LINE_MODELS.values():
        for record in db.session.scalars(select(model).where(model.employee_id == given.employee_id)).all():
            kept[_mark(line_given(record))] = record
    for line in given.lines:
        record = kept.get(_mark(line))
        if record is None:
            add_line(actor, given.employee_id, line)
        elif line_given(record) != line:
            change_line(actor, given.employee_id, record.id, line, record.version)


def _mark(line: NewLine) -> tuple[object, ...]:
    if isinstance(line, NewCareerLine):
        return LINE_KINDS[type(line)], line.starts_on
    return LINE_KINDS[type(line)], line.relation, line.name
