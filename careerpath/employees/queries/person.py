"""One person's file: the head that every page of it has, and what each tab shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import (
    Absence,
    Attachment,
    AttachmentKind,
    CareerLine,
    Certificate,
    Contract,
    CorrectionRequest,
    CorrectionState,
    Discipline,
    Education,
    Employee,
    FamilyMember,
    Honour,
    Posting,
)
from careerpath.employees.operations.facts import FactKind, NewContract, NewPosting, given_of
from careerpath.employees.operations.lines import LineKind
from careerpath.employees.queries.sealed import opened
from careerpath.employees.queries.serving import main_posting_on, own_employee
from careerpath.policy.employment import age_on, law_on, probation_warning
from careerpath.words import Message, NotFound, msg


@dataclass(frozen=True, slots=True)
class PersonHead:
    """The facts one looks for first, and what the reader may do with this file."""

    id: int
    version: int
    number: str
    name: str
    identity_masked: str
    sex: str
    born_on: date
    age: int
    political: str
    political_since: date | None
    education: str
    certificate: str
    joined_on: date
    left_on: date | None
    left_reason: str
    has_photo: bool
    units: tuple[tuple[int, str], ...]
    """Id and short name of the home unit and those above it, from the top."""
    post: str
    title: str
    post_since: date | None
    may_edit: bool
    may_reveal: bool
    own: bool
    """Whether the reader is this person."""
    record: Employee = field(repr=False, compare=False)
    """What the head was read from, for the first page; templates leave it alone."""

    @property
    def serving(self) -> bool:
        """Whether the person is in service today."""
        return self.left_on is None or self.left_on >= clock.today()

    @property
    def path(self) -> str:
        """The path of the home unit."""
        return "".join(f"{unit_id}/" for unit_id, _ in self.units)

    @property
    def unit(self) -> str:
        """The home unit's short name."""
        return self.units[-1][1] if self.units else ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One dated fact as it stands, with the moment it became known."""

    id: int
    kind: FactKind
    given: Any
    known_at: datetime
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page: everything that is not dated, the postings at a glance, and what to look at."""

    ethnic: str
    native_place: str
    marital: str
    household_place: str
    phone: str
    address: str
    political_full_since: date | None
    joined_work_on: date | None
    channel: str
    source: str
    batch: str
    military_months: int
    postings: tuple[FactLine, ...]
    warnings: tuple[Message, ...]
    open_requests: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One attachment."""

    id: int
    kind: AttachmentKind
    name: str
    media_type: str
    size: int
    added_at: datetime


def person_head(actor: Actor, employee_id: int) -> PersonHead:
    """The head of a file in the actor's scope, or ``NotFound``. Two queries."""
    return _head(actor, Employee.id == employee_id, within(actor, Employee.unit_id, Permission.EMPLOYEE_VIEW))


def own_head(actor: Actor) -> PersonHead:
    """The head of the actor's own file, or ``NotFound``. Two queries."""
    if actor.user_id is None or not actor.has(Permission.OWN_FILE_VIEW):
        raise NotFound
    return _head(actor, Employee.user_id == actor.user_id)


def has_own_file(actor: Actor) -> bool:
    """Whether the actor's account belongs to a person of the register."""
    return own_employee(actor) is not None


def overview(head: PersonHead) -> Overview:
    """The first page of a file; telephone and address in full only for the person and those who may edit. 3 queries."""
    employee = head.record
    full = head.own or head.may_edit
    postings = facts(head, FactKind.POSTING)
    contracts = facts(head, FactKind.CONTRACT)
    requests = db.session.scalar(
        select(func.count()).where(
            CorrectionRequest.employee_id == head.id, CorrectionRequest.state == CorrectionState.OPEN
        )
    )
    return Overview(
        ethnic=employee.ethnic,
        native_place=employee.native_place,
        marital=employee.marital,
        household_place=employee.household_place,
        phone=opened(employee.phone_sealed, "phone", employee.uid) if full else employee.phone_masked,
        address=opened(employee.address_sealed, "address", employee.uid) if full else "",
        political_full_since=employee.political_full_since,
        joined_work_on=employee.joined_work_on,
        channel=employee.channel,
        source=employee.source,
        batch=employee.batch,
        military_months=employee.military_months,
        postings=postings,
        warnings=warnings_of(head, employee.joined_work_on, [line.given for line in contracts]),
        open_requests=requests or 0,
    )


def warnings_of(head: PersonHead, joined_work_on: date | None, contracts: Sequence[NewContract]) -> tuple[Message, ...]:
    """What is allowed but deserves a look: probation beyond the law, no contract in force, dates at odds."""
    today = clock.today()
    found = [
        probation_warning(law_on(one.starts_on), one.starts_on, one.ends_on, one.probation_ends_on) for one in contracts
    ]
    if joined_work_on is not None and joined_work_on > head.joined_on:
        found.append(
            msg("参加工作时间 %(work)s 晚于进社区时间 %(joined)s，请核对。", work=joined_work_on, joined=head.joined_on)
        )
    if head.serving and contracts and not any(one.ends_on is None or one.ends_on >= today for one in contracts):
        last = max(one.ends_on for one in contracts if one.ends_on is not None)
        found.append(msg("劳动合同已于 %(last)s 到期，请续签或登记新合同。", last=last))
    return tuple(one for one in found if one is not None)


def facts(head: PersonHead, kind: FactKind) -> tuple[FactLine, ...]:
    """The facts of one kind as they stand, newest first. One query."""
    if kind is FactKind.POSTING:
        query = (
            select(Posting, Unit.short_name)
            .join(Unit, Unit.id == Posting.unit_id)
            .where(Posting.employee_id == head.id, Posting.superseded_at.is_(None))
            .order_by(Posting.starts_on.desc(), Posting.main.desc(), Posting.id.desc())
        )
        return tuple(
            FactLine(row.id, kind, given_of(row), row.known_at, unit) for row, unit in db.session.execute(query)
        )
    model, order = ORDERS[kind]
    rows = db.session.scalars(
        select(model)
        .where(model.employee_id == head.id, model.superseded_at.is_(None))
        .order_by(order.desc(), model.id.desc())
    )
    return tuple(FactLine(row.id, kind, given_of(row), row.known_at) for row in rows)


def fact(head: PersonHead, kind: FactKind, fact_id: int) -> FactLine:
    """One fact of a file as it stands, or ``NotFound`` when there is none or it was superseded."""
    found = next((line for line in facts(head, kind) if line.id == fact_id), None)
    if found is None:
        raise NotFound(msg("这条记录已被更正或撤销，请返回档案查看最新内容。"))
    return found


def main_posting(head: PersonHead) -> NewPosting | None:
    """The present main posting, or None for somebody who holds none today."""
    today = clock.today()
    for line in facts(head, FactKind.POSTING):
        given: NewPosting = line.given
        if given.main and given.starts_on <= today and (given.ends_on is None or given.ends_on >= today):
            return given
    return None


def career_lines(head: PersonHead) -> Sequence[CareerLine]:
    """The résumé from the beginning."""
    query = select(CareerLine).where(CareerLine.employee_id == head.id)
    return db.session.scalars(query.order_by(CareerLine.starts_on, CareerLine.id)).all()


def family(head: PersonHead) -> Sequence[FamilyMember]:
    """The members of the family in the order they were entered."""
    query = select(FamilyMember).where(FamilyMember.employee_id == head.id)
    return db.session.scalars(query.order_by(FamilyMember.id)).all()


def line_of(head: PersonHead, kind: LineKind, line_id: int) -> Any:
    """One line of the résumé or member of the family, or ``NotFound``."""
    lines: Sequence[Any] = career_lines(head) if kind is LineKind.CAREER else family(head)
    found = next((line for line in lines if line.id == line_id), None)
    if found is None:
        raise NotFound(msg("这一行已被删除，请返回档案查看最新内容。"))
    return found


def paper_of(head: PersonHead, attachment_id: int) -> Paper:
    """One attachment that has not been removed, or ``NotFound``."""
    found = next((paper for paper in papers(head) if paper.id == attachment_id), None)
    if found is None:
        raise NotFound
    return found


def papers(head: PersonHead) -> tuple[Paper, ...]:
    """The attachments that have not been removed, newest first."""
    query = select(
        Attachment.id, Attachment.kind, Attachment.name, Attachment.media_type, Attachment.size, Attachment.added_at
    ).where(Attachment.employee_id == head.id, Attachment.removed_at.is_(None))
    return tuple(Paper(*row) for row in db.session.execute(query.order_by(Attachment.id.desc())))


ORDERS: dict[FactKind, tuple[Any, Any]] = {
    FactKind.EDUCATION: (Education, func.coalesce(Education.graduated_on, Education.known_at)),
    FactKind.CERTIFICATE: (Certificate, Certificate.obtained_on),
    FactKind.CONTRACT: (Contract, Contract.starts_on),
    FactKind.DISCIPLINE: (Discipline, func.coalesce(Discipline.starts_on, Discipline.opened_on)),
    FactKind.ABSENCE: (Absence, Absence.year),
    FactKind.HONOUR: (Honour, Honour.granted_on),
}


def _head(actor: Actor, *conditions: Any) -> PersonHead:
    today = clock.today()
    row = db.session.execute(
        select(Employee, Unit.path, Posting.post, Posting.title, Posting.starts_on)
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(Posting, and_(*main_posting_on(today)))
        .where(*conditions)
    ).one_or_none()
    if row is None:
        raise NotFound
    employee: Employee = row.Employee
    ids = [int(part) for part in row.path.split("/") if part]
    names = {
        unit.id: unit.short_name
        for unit in db.session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(ids)))
    }
    own = own_id(actor) == employee.user_id and employee.user_id is not None
    return PersonHead(
        id=employee.id,
        version=employee.version,
        number=employee.number,
        name=employee.name,
        identity_masked=employee.identity_masked,
        sex=employee.sex,
        born_on=employee.born_on,
        age=age_on(employee.born_on, today),
        political=employee.political,
        political_since=employee.political_since,
        education=employee.highest_education,
        certificate=employee.highest_certificate,
        joined_on=employee.joined_community_on,
        left_on=employee.left_on,
        left_reason=employee.left_reason,
        has_photo=bool(employee.photo_key),
        units=tuple((one, names[one]) for one in ids),
        post=row.post or "",
        title=row.title or "",
        post_since=row.starts_on,
        may_edit=actor.can(Permission.EMPLOYEE_EDIT, row.path),
        may_reveal=actor.can(Permission.IDENTITY_REVEAL, row.path),
        own=own,
        record=employee,
    )


def own_id(actor: Actor) -> int | None:
    """The account by which the actor's own file is known, where the actor may see it."""
    return actor.user_id if actor.has(Permission.OWN_FILE_VIEW) else None
