"""From an application to the personnel file: first page, facts, résumé, family, photo and papers."""

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import session_add
from careerpath.access.models import Unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Attachment, AttachmentKind, Channel, Employee
from careerpath.employees.operations.details import Details, apply_details, details_of, read_details
from careerpath.employees.operations.facts import NewCertificate, NewContract, NewEducation, NewPosting
from careerpath.employees.operations.history import add_fact, change_post
from careerpath.employees.operations.lines import NewCareerLine, NewFamilyMember, NewLine, check_line, line_record
from careerpath.employees.operations.people import NewEmployee, resume_service
from careerpath.employees.queries import sealed as file_seal
from careerpath.policy.codes import Political
from careerpath.recruitment.models import Application, ApplicationPaper, RecruitmentBatch
from careerpath.recruitment.queries import sealed as application_seal
from careerpath.recruitment.queries.final import FinalRow
from careerpath.recruitment.queries.terms import Terms
from careerpath.words import NotFound, Refused, msg

ONE_DAY = timedelta(days=1)

PAPER_KINDS = {
    "identity": AttachmentKind.IDENTITY,
    "diploma": AttachmentKind.EDUCATION,
    "certificate": AttachmentKind.CERTIFICATE,
}
"""What a paper of the application is in the personnel file; everything else is kept as other."""


def known_files(applications: Sequence[Application]) -> dict[str, Employee]:
    """The personnel files that there are already of some applicants, by the blind index of their identity."""
    indexes = [one.identity_index for one in applications]
    query = select(Employee).where(Employee.identity_index.in_(indexes)).with_for_update()
    return {employee.identity_index: employee for employee in db.session.scalars(query)}


def new_file(batch: RecruitmentBatch, row: FinalRow, terms: Terms) -> NewEmployee:
    """What a new file is registered with. Whoever named no earlier work begins to work on the first day."""
    one = row.application
    details = Details(
        name=one.name,
        joined_community_on=terms.starts_on,
        identity=application_seal.opened(one.identity_sealed, "identity", one.uid),
        joined_work_on=one.joined_work_on or terms.starts_on,
        **_told(batch, row),
    )
    return NewEmployee(
        details=details,
        postings=(posting_of(row, terms),),
        educations=_educations(one),
        certificates=_certificates(one),
        contracts=(contract_of(terms),),
    )


def posting_of(row: FinalRow, terms: Terms) -> NewPosting:
    """The post at the unit of the position; one won in a by-election is marked as elected."""
    return NewPosting(
        unit_id=row.position.unit_id,
        post=row.position.post,
        title=terms.title or row.position.title,
        starts_on=terms.starts_on,
        elected=row.position.channel is Channel.BY_ELECTION,
    )


def contract_of(terms: Terms) -> NewContract:
    """The labour contract of some terms."""
    return NewContract(
        starts_on=terms.starts_on, ends_on=terms.contract_ends_on, probation_ends_on=terms.probation_ends_on
    )


def bring_back(actor: Actor, employee: Employee, batch: RecruitmentBatch, row: FinalRow, terms: Terms) -> None:
    """Take somebody up again who left, or move somebody who serves to the new post, in the file that there is.

    What the application tells of the person replaces what the first page said; diplomas and certificates that the file
    lacks are added, its history stays.
    """
    try:
        if employee.left_on is not None:
            resume_service(actor, employee.id, posting_of(row, terms))
        else:
            change_post(actor, employee.id, posting_of(row, terms))
    except NotFound:
        raise Refused(msg("此人在其他单位已有人员档案，请先联系其上级主管部门办理调出。")) from None
    told = {name: value for name, value in _told(batch, row).items() if value not in ("", None)}
    apply_details(employee, read_details(replace(details_of(employee), **told), clock.today(), kept=employee))
    add_fact(actor, employee.id, contract_of(terms))
    one = row.application
    if not employee.highest_education or employee.highest_education != one.education:
        for education in _educations(one):
            add_fact(actor, employee.id, education)
    if one.certificate and employee.highest_certificate != one.certificate:
        for certificate in _certificates(one):
            add_fact(actor, employee.id, certificate)


def keep_papers(rows: Sequence[tuple[FinalRow, int]], fresh: Set[int], terms: Terms) -> None:
    """Copy résumé and family of the ``fresh`` files, and everybody's photo and papers, sealed anew for their file."""
    files = {row.application.id: employee_id for row, employee_id in rows}
    employees = {one.id: one for one in db.session.scalars(select(Employee).where(Employee.id.in_(files.values())))}
    query_units = select(Unit.id, Unit.name).where(Unit.id.in_({row.position.unit_id for row, _ in rows}))
    units = {unit_id: name for unit_id, name in db.session.execute(query_units)}
    made: list[Any] = []
    for row, employee_id in rows:
        one, employee = row.application, employees[employee_id]
        if one.id in fresh:
            made += [line_record(line, employee_id) for line in _lines(one, terms)]
            text = f"{units[row.position.unit_id]} {terms.title or row.position.title}"
            made.append(line_record(NewCareerLine(starts_on=terms.starts_on, text=text), employee_id))
        if one.photo_key and not employee.photo_key:
            body = application_seal.kept_file(one.photo_key, one.uid)
            employee.photo_key = file_seal.keep_file(body, employee.uid)
    uids = {row.application.id: row.application.uid for row, _ in rows}
    query = select(ApplicationPaper).where(ApplicationPaper.application_id.in_(files)).order_by(ApplicationPaper.id)
    for paper in db.session.scalars(query):
        body = application_seal.kept_file(paper.file_key, uids[paper.application_id])
        employee = employees[files[paper.application_id]]
        made.append(
            Attachment(
                employee_id=employee.id,
                kind=PAPER_KINDS.get(paper.code, AttachmentKind.OTHER),
                name=paper.name,
                file_key=file_seal.keep_file(body, employee.uid),
                media_type=paper.media_type,
                size=paper.size,
                added_at=clock.now(),
            )
        )
    session_add(*made)


def _told(batch: RecruitmentBatch, row: FinalRow) -> dict[str, Any]:
    """What the first page takes from the application, whether it is new or not."""
    one = row.application
    return {
        "phone": application_seal.opened(one.phone_sealed, "phone", one.uid),
        "address": application_seal.opened(one.address_sealed, "address", one.uid),
        "ethnic": one.ethnic,
        "native_place": one.native_place,
        "marital": one.marital,
        "household_place": one.household_place,
        "political": one.political,
        "political_since": one.political_since,
        "channel": row.position.channel,
        "source": one.source,
        "batch": batch.name,
        "military_months": one.military_months,
    }


def _educations(one: Application) -> tuple[NewEducation, ...]:
    if not one.education:
        return ()
    return (
        NewEducation(
            level=one.education,
            degree=one.degree,
            full_time=one.full_time,
            school=one.school,
            major=one.major,
            graduated_on=one.graduated_on,
        ),
    )


def _certificates(one: Application) -> tuple[NewCertificate, ...]:
    """The certificate; without the day it was obtained it cannot stand in a file and is left to be added by hand."""
    if not one.certificate or one.certified_on is None:
        return ()
    return (
        NewCertificate(grade=one.certificate, obtained_on=one.certified_on, certificate_number=one.certificate_number),
    )


def _lines(one: Application, terms: Terms) -> list[NewLine]:
    """Résumé and family. What was still going on ends the day before the first working day."""
    eve, today = terms.starts_on - ONE_DAY, clock.today()
    found: list[NewLine] = []
    for line in one.resume:
        starts_on, ends_on = _day(line.get("starts_on")), _day(line.get("ends_on"))
        if starts_on is not None:
            found.append(
                NewCareerLine(starts_on=starts_on, ends_on=ends_on or max(eve, starts_on), text=str(line["text"]))
            )
    for member in one.family:
        found.append(
            NewFamilyMember(
                relation=str(member["relation"]),
                name=str(member["name"]),
                born_on=_day(member.get("born_on")),
                political=str(member.get("political") or Political.MASSES.value),
                work=str(member.get("work") or ""),
            )
        )
    for line in found:
        check_line(line, today)
    return found


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
