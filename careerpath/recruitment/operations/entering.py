"""Entering applications at an office, one or many, changing and withdrawing them, their papers and photos."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.core.vault import vault
from careerpath.employees.operations.papers import read_reason as read_reason_of_look
from careerpath.employees.operations.people import RowRefused, at_row
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    Entry,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.enclosures import check_unsettled, drop_paper, put_paper, put_photo
from careerpath.recruitment.operations.notes import impersonal
from careerpath.recruitment.operations.particulars import (
    Particulars,
    ReadParticulars,
    apply_particulars,
    check_particulars,
    particulars_of,
)
from careerpath.recruitment.operations.steps import check_state
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.sealed import opened
from careerpath.recruitment.queries.words import APPLICATION_STATES
from careerpath.words import Conflict, Message, NotFound, Refused, msg

CHUNK = 500
JUST_TAKEN = msg("同一身份证号码刚刚由其他人报名，请刷新后核对。")
CHANGEABLE = (ApplicationState.SUBMITTED, ApplicationState.RETURNED)


@operation(Permission.RECRUITMENT_ENTER)
def enter_application(
    actor: Actor, batch_id: int, position_id: int, given: Particulars, *, entry: Entry = Entry.STAFF
) -> int:
    """Enter the application of somebody who came to an office; gives its id. It counts as submitted, and agreed to."""
    try:
        return _enter(actor, batch_id, [(position_id, given)], entry)[0]
    except RowRefused as refused:
        raise refused.why from None


@operation(Permission.RECRUITMENT_ENTER)
def enter_applications(
    actor: Actor, batch_id: int, rows: Sequence[tuple[int, Particulars]], *, entry: Entry = Entry.IMPORT
) -> list[int]:
    """Enter many applications, all or none; gives their ids in order. Each row is a position's id and particulars.

    Raises ``RowRefused`` for the first that cannot be entered.
    """
    return _enter(actor, batch_id, rows, entry)


@operation(Permission.RECRUITMENT_ENTER)
def change_application(actor: Actor, application_id: int, position_id: int, given: Particulars, version: int) -> None:
    """Change an application that nobody has reviewed yet; one that was sent back thereby counts as submitted again.

    Another position may be chosen only while applications are taken. Raises ``Conflict`` when ``version`` is no longer
    the present one.
    """
    application, batch = _application(actor, application_id)
    check_state(batch, BatchState.PUBLISHED)
    if application.version != version:
        typed, current = _differences(given, particulars_of(application))
        message = msg("报名 %(number)s 刚刚被其他人修改，请核对两份内容后再保存。", number=application.number)
        raise Conflict(message, typed=typed, current=current)
    check_changeable(application)
    query = select(RecruitmentPosition).where(
        RecruitmentPosition.batch_id == batch.id,
        RecruitmentPosition.id == position_id,
        within(actor, RecruitmentPosition.unit_id, Permission.RECRUITMENT_ENTER),
    )
    position = db.session.scalars(query).one_or_none()
    if position is None:
        raise NotFound
    edition = rules_of(batch)
    read = check_particulars(edition, given, clock.today(), kept=application)
    put_position(application, batch, position, clock.today())
    check_group(edition, position, read)
    index = vault().index(read.identity.number) if read.identity else application.identity_index
    check_free(batch, index, application, told=True)
    apply_particulars(application, read)
    application.taken_index = index
    application.state = ApplicationState.SUBMITTED
    application.submitted_at = application.submitted_at or clock.now()
    try:
        session_add()
    except IntegrityError as error:
        raise Refused(JUST_TAKEN, field="identity") from error


@operation(Permission.RECRUITMENT_ENTER)
def withdraw_application(actor: Actor, application_id: int, reason: str) -> None:
    """Take an application back at the applicant's wish, until the final list is out; the identity is free again."""
    application, batch = _application(actor, application_id)
    withdraw(application, batch, impersonal(application, read_reason(reason)))


@operation(Permission.RECRUITMENT_ENTER)
def set_application_photo(actor: Actor, application_id: int, body: bytes) -> None:
    """Keep a new photo of an applicant; the former one is removed once this is kept."""
    application, batch = _application(actor, application_id)
    check_unsettled(batch)
    put_photo(application, body)


@operation(Permission.RECRUITMENT_ENTER)
def add_application_paper(actor: Actor, application_id: int, code: str, name: str, body: bytes) -> int:
    """Keep a scanned paper with an application; gives its id. ``code`` is that of a document of the rules."""
    application, batch = _application(actor, application_id)
    check_unsettled(batch)
    return put_paper(application, rules_of(batch), code, name, body)


@operation(Permission.RECRUITMENT_ENTER)
def remove_application_paper(actor: Actor, application_id: int, paper_id: int) -> None:
    """Take a paper away from an application; its content goes."""
    application, batch = _application(actor, application_id)
    check_unsettled(batch)
    drop_paper(application, paper_id)


@operation(Permission.IDENTITY_REVEAL)
def reveal_applicant(actor: Actor, application_id: int, reason: str) -> str:
    """The full identity number of an applicant, for a reason that stays in the trail."""
    application = fetch(actor, Application, application_id, Permission.IDENTITY_REVEAL)
    audit.note(impersonal(application, read_reason_of_look(reason)))
    return opened(application.identity_sealed, "identity", application.uid)


def check_open(batch: RecruitmentBatch, on: date) -> None:
    """Refuse an application before the first and after the last day, both included."""
    check_state(batch, BatchState.PUBLISHED)
    if batch.opens_on is not None and on < batch.opens_on:
        raise Refused(msg("“%(name)s”自 %(day)s 起报名，请届时再办理。", name=batch.name, day=batch.opens_on))
    if batch.closes_on is not None and on > batch.closes_on:
        message = msg("“%(name)s”报名已于 %(day)s 截止（含当日），不再受理。", name=batch.name, day=batch.closes_on)
        raise Refused(message)


def check_changeable(application: Application) -> None:
    """Refuse a change of an application that somebody has reviewed."""
    if application.state not in CHANGEABLE:
        raise Refused(
            msg(
                "报名 %(number)s 现为“%(state)s”，不能修改。确需更正的，请由审查人员退回补正。",
                number=application.number,
                state=APPLICATION_STATES[application.state],
            )
        )


def check_group(edition: RecruitmentEdition, position: RecruitmentPosition, read: ReadParticulars) -> None:
    """Refuse somebody outside the group that a position is reserved for."""
    if position.group and position.group not in read.given.groups:
        raise Refused(
            msg(
                "岗位 %(code)s 面向“%(group)s”，请在报考类别中勾选并提交证明，或改报其他岗位。",
                code=position.code,
                group=edition.group_name(position.group),
            ),
            field="groups",
        )


def put_position(application: Application, batch: RecruitmentBatch, position: RecruitmentPosition, on: date) -> None:
    """Let an application be for a position; another one than before only while applications are taken."""
    if application.position_id == position.id:
        return
    if batch.closes_on is not None and on > batch.closes_on:
        raise Refused(msg("报名已于 %(day)s 截止，不能改报岗位。", day=batch.closes_on), field="position_id")
    application.position_id, application.unit_id = position.id, position.unit_id


def check_free(batch: RecruitmentBatch, index: str, own: Application, *, told: bool) -> None:
    """Refuse an identity that counts in the batch already; ``told``: its number is named."""
    query = select(Application.number).where(
        Application.batch_id == batch.id, Application.taken_index == index, Application.id != own.id
    )
    number = db.session.scalar(query)
    if number is not None:
        raise Refused(_taken(number if told else ""), field="identity")


def withdraw(application: Application, batch: RecruitmentBatch, reason: str) -> None:
    """Take an application back; whoever is on the final list gives up in writing instead, so that somebody moves up."""
    if application.state is ApplicationState.WITHDRAWN:
        raise Refused(msg("报名 %(number)s 已经撤回。", number=application.number))
    if application.state is ApplicationState.REJECTED:
        raise Refused(msg("报名 %(number)s 未通过资格审查，无需撤回。", number=application.number))
    if batch.state not in (BatchState.PUBLISHED, BatchState.EXAM, BatchState.INTERVIEW):
        raise Refused(
            msg("“%(name)s”的最终名单已经公布。放弃资格的，请向招聘单位书面提出，由其登记并办理递补。", name=batch.name)
        )
    application.state, application.taken_index = ApplicationState.WITHDRAWN, None
    application.withdrawn_at, application.withdrawn_reason = clock.now(), reason[:200]


class Receipts:
    """Gives out the numbers of a batch without gaps; the batch must be locked, so that nobody else does meanwhile."""

    def __init__(self, batch: RecruitmentBatch) -> None:
        self.head = f"{batch.year}-{batch.id:02d}-"
        query = (
            select(Application.number)
            .where(Application.batch_id == batch.id)
            .order_by(func.length(Application.number).desc(), Application.number.desc())
            .limit(1)
        )
        last = db.session.scalar(query)
        self.last = int(last.rpartition("-")[2]) if last else 0

    def next(self) -> str:
        """The next number, such as ``2026-04-0001``."""
        self.last += 1
        return f"{self.head}{self.last:04d}"


def _enter(actor: Actor, batch_id: int, rows: Sequence[tuple[int, Particulars]], entry: Entry) -> list[int]:
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_ENTER, lock=True)
    on, now = clock.today(), clock.now()
    check_open(batch, on)
    edition, positions = rules_of(batch), _positions(actor, batch)
    reads = [at_row(place, partial(_read, edition, positions, row, on)) for place, row in enumerate(rows)]
    taken, receipts = _Taken(batch, reads), Receipts(batch)
    applications: list[Application] = []
    for place, ((position_id, _), read) in enumerate(zip(rows, reads, strict=True)):
        number = receipts.next()
        index = at_row(place, partial(taken.take, place, number))
        application = Application(
            batch_id=batch.id,
            position_id=position_id,
            unit_id=positions[position_id].unit_id,
            number=number,
            uid=secrets.token_hex(16),
            state=ApplicationState.SUBMITTED,
            entry=entry,
            taken_index=index,
            consented_at=now,
            submitted_at=now,
        )
        apply_particulars(application, read)
        applications.append(application)
    try:
        session_add(*applications)
    except IntegrityError as error:
        raise Refused(JUST_TAKEN) from error
    return [application.id for application in applications]


def _read(
    edition: RecruitmentEdition,
    positions: Mapping[int, RecruitmentPosition],
    row: tuple[int, Particulars],
    on: date,
) -> ReadParticulars:
    position_id, given = row
    position = positions.get(position_id)
    if position is None:
        raise NotFound
    read = check_particulars(edition, given, on)
    check_group(edition, position, read)
    return read


def _positions(actor: Actor, batch: RecruitmentBatch) -> dict[int, RecruitmentPosition]:
    query = select(RecruitmentPosition).where(
        RecruitmentPosition.batch_id == batch.id,
        within(actor, RecruitmentPosition.unit_id, Permission.RECRUITMENT_ENTER),
    )
    return {position.id: position for position in db.session.scalars(query)}


class _Taken:
    """Identities that count in a batch already, or come twice in what is given."""

    def __init__(self, batch: RecruitmentBatch, reads: Sequence[ReadParticulars]) -> None:
        self.indexes = [vault().index(read.identity.number) if read.identity else "" for read in reads]
        self.numbers: dict[str, str] = {}
        for start in range(0, len(self.indexes), CHUNK):
            query = select(Application.taken_index, Application.number).where(
                Application.batch_id == batch.id, Application.taken_index.in_(self.indexes[start : start + CHUNK])
            )
            self.numbers |= {index: number for index, number in db.session.execute(query) if index}
        self.rows: dict[str, int] = {}

    def take(self, place: int, number: str) -> str:
        """The index under which a row counts; refused where it does already."""
        index = self.indexes[place]
        if index in self.rows:
            message = msg("身份证号码与本次第 %(row)s 人相同，请核对。", row=self.rows[index] + 1)
            raise Refused(message, field="identity")
        if index in self.numbers:
            raise Refused(_taken(self.numbers[index]), field="identity")
        self.rows[index] = place
        return index


def _taken(number: str) -> Message:
    if not number:
        return msg("本批次已有使用这一身份证号码的报名，每人只能报一个岗位。请用原报名号登录，或联系招聘单位核对。")
    return msg("本批次已有使用这一身份证号码的报名（报名号 %(number)s），每人只能报一个岗位，请核对。", number=number)


def _application(actor: Actor, application_id: int) -> tuple[Application, RecruitmentBatch]:
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_ENTER, lock=True)
    return application, db.session.get_one(RecruitmentBatch, application.batch_id)


def _differences(given: Particulars, current: Particulars) -> tuple[dict[str, Any], dict[str, Any]]:
    typed, stands = {}, {}
    for name in (field.name for field in fields(Particulars)):
        mine, theirs = getattr(given, name), getattr(current, name)
        if mine != theirs and name != "identity" and mine is not None:
            typed[name], stands[name] = mine, theirs
    return typed, stands
