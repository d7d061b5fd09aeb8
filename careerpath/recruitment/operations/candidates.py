"""What a candidate does on the open pages with a number and a code, from the first consent to withdrawal."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.recruitment.models import (
    Application,
    ApplicationPaper,
    ApplicationState,
    BatchState,
    Entry,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.enclosures import drop_paper, put_paper, put_photo
from careerpath.recruitment.operations.entering import (
    Receipts,
    check_free,
    check_group,
    check_open,
    put_position,
    withdraw,
)
from careerpath.recruitment.operations.particulars import (
    Particulars,
    ReadParticulars,
    apply_particulars,
    check_particulars,
    particulars_of,
)
from careerpath.recruitment.operations.steps import check_state
from careerpath.recruitment.queries.advice import missing_documents
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.tickets import Ticket, code_sign, may_write, opens
from careerpath.recruitment.queries.words import EXAM_CHANNELS
from careerpath.words import NotFound, Refused, msg

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without signs that look alike: 0 and O, 1, I and L."""
CODE_LENGTH = 10
FAILURES_BEFORE_LOCK = 5
LOCK_MINUTES = 15
FAILURES_FROM_ADDRESS = 50
DRAFTS_FROM_ADDRESS = 30
"""Applications that may be begun from one network address within an hour: a whole class may sit behind one."""
ADDRESS_MINUTES = 60
OWN_PAPER_LIMIT = 10 * 1024 * 1024
OWN_TOTAL_LIMIT = 60 * 1024 * 1024
MEGABYTE = 1024 * 1024
NEEDED = {
    "phone": msg("联系电话"),
    "household_place": msg("户口所在地"),
    "education": msg("最高学历"),
    "school": msg("毕业院校"),
}
"""What a candidate fills in before submitting, whatever the batch asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first page: for which position, who, and the consent without which nothing is kept."""

    position_id: int
    name: str
    identity: str
    phone: str
    consented: bool


class TooManyDrafts(Refused):
    """Too many applications were begun, or codes tried, from one network address; nothing is kept for a while."""

    def __init__(self) -> None:
        super().__init__(msg("这个网络地址的操作过于频繁，请一小时后再试，或到招聘单位现场报名。"))


class CodeRefused(Refused):
    """The ticket that a browser holds opens nothing any more."""

    def __init__(self) -> None:
        super().__init__(msg("登录已失效，请用报名号和查询码重新登录。"))


@operation(Permission.OPEN)
def begin_application(actor: Actor, batch_id: int, given: Beginning) -> Ticket:
    """Begin a draft; gives its number and the code with which the candidate comes back, of which only a sign is kept.

    Raises ``TooManyDrafts`` once an address has begun ``DRAFTS_FROM_ADDRESS`` of them within an hour.
    """
    _refuse_busy_address("begin_application", "done", DRAFTS_FROM_ADDRESS)
    if not given.consented:
        message = msg("请先阅读个人信息处理告知书并勾选同意；不同意的，可到招聘单位现场报名。")
        raise Refused(message, field="consented")
    batch = _open_batch(batch_id)
    check_open(batch, clock.today())
    position = _position(batch, given.position_id)
    particulars = Particulars(name=given.name, identity=given.identity, phone=given.phone)
    read = check_particulars(rules_of(batch), particulars, clock.today())
    if not read.given.phone:
        raise Refused(msg("请填写联系电话。"), field="phone")
    application = Application(
        batch_id=batch.id,
        position_id=position.id,
        unit_id=position.unit_id,
        number=Receipts(batch).next(),
        uid=secrets.token_hex(16),
        state=ApplicationState.DRAFT,
        entry=Entry.CANDIDATE,
        consented_at=clock.now(),
    )
    apply_particulars(application, read)
    ticket = _new_ticket(application)
    session_add(application)
    return ticket


@operation(Permission.OPEN)
def open_application(actor: Actor, number: str, code: str) -> Ticket | None:
    """Check number and code; gives the ticket as it is kept, or None, whichever of the two is wrong.

    A failure is a result that is kept, as with signing in. Five running lock the application for a while.
    """
    _refuse_busy_address("open_application", "failed", FAILURES_FROM_ADDRESS)
    ticket = Ticket(number.strip(), code.strip().upper().replace(" ", "").replace("-", ""))
    query = select(Application).where(Application.number == ticket.number).with_for_update()
    application = db.session.scalars(query).one_or_none()
    good = opens(application, ticket)
    if application is None:
        audit.fail("未知报名号")
        return None
    now = clock.now()
    locked = application.locked_until is not None and application.locked_until > now
    if locked or not good:
        if not locked:
            application.code_failures += 1
            if application.code_failures >= FAILURES_BEFORE_LOCK:
                application.locked_until = now + timedelta(minutes=LOCK_MINUTES)
                application.code_failures = 0
        audit.fail(f"{application.number}：{'已锁定' if locked else '查询码不正确'}")
        return None
    application.code_failures, application.locked_until = 0, None
    audit.note(application.number)
    return ticket


@operation(Permission.OPEN)
def save_own(actor: Actor, ticket: Ticket, given: Particulars, position_id: int | None = None) -> None:
    """Keep what a candidate has filled in so far; what is still missing is asked for at the end."""
    application, batch = _own(ticket)
    _check_writable(application, batch)
    read = check_particulars(rules_of(batch), given, clock.today(), kept=application)
    if position_id not in (None, application.position_id):
        put_position(application, batch, _position(batch, position_id), clock.today())
    apply_particulars(application, read)


@operation(Permission.OPEN)
def set_own_photo(actor: Actor, ticket: Ticket, body: bytes) -> None:
    """Keep a candidate's portrait."""
    application, batch = _own(ticket)
    _check_writable(application, batch)
    put_photo(application, body)


@operation(Permission.OPEN)
def add_own_paper(actor: Actor, ticket: Ticket, code: str, name: str, body: bytes) -> int:
    """Keep a paper that a candidate hands in; gives its id."""
    application, batch = _own(ticket)
    _check_writable(application, batch)
    if len(body) > OWN_PAPER_LIMIT:
        message = msg("文件超过 %(limit)s MB，请压缩后再上传。", limit=OWN_PAPER_LIMIT // MEGABYTE)
        raise Refused(message, field="file")
    kept = db.session.scalar(
        select(func.sum(ApplicationPaper.size)).where(ApplicationPaper.application_id == application.id)
    )
    if (kept or 0) + len(body) > OWN_TOTAL_LIMIT:
        message = msg("材料合计不能超过 %(limit)s MB，请压缩或移除后再上传。", limit=OWN_TOTAL_LIMIT // MEGABYTE)
        raise Refused(message, field="file")
    return put_paper(application, rules_of(batch), code, name, body)


@operation(Permission.OPEN)
def remove_own_paper(actor: Actor, ticket: Ticket, paper_id: int) -> None:
    """Take back a paper."""
    application, batch = _own(ticket)
    _check_writable(application, batch)
    drop_paper(application, paper_id)


@operation(Permission.OPEN)
def submit_own(actor: Actor, ticket: Ticket, *, pledged: bool) -> str:
    """Hand in an application, or hand it in again after it was sent back; gives the number of the receipt.

    What the conditions ask for never stands in the way: people decide. Raises ``Refused`` for what is missing, and
    for an identity that counts in the batch already.
    """
    application, batch = _own(ticket)
    _check_writable(application, batch)
    if not pledged:
        raise Refused(msg("请阅读并勾选诚信承诺。"), field="pledged")
    edition = rules_of(batch)
    kept = particulars_of(application)
    for field, what in NEEDED.items():
        if not getattr(kept, field):
            raise Refused(msg("还没有填写%(what)s，请补填后再提交。", what=what), field=field)
    position = db.session.get_one(RecruitmentPosition, application.position_id)
    check_group(edition, position, ReadParticulars(kept, None))
    codes = db.session.scalars(
        select(ApplicationPaper.code).where(ApplicationPaper.application_id == application.id)
    ).all()
    missing = missing_documents(edition, application.groups, codes, photo=bool(application.photo_key))
    if missing:
        names = "、".join(document.name for document in missing)
        raise Refused(msg("还缺以下材料：%(names)s。请上传后再提交。", names=names), field="file")
    check_free(batch, application.identity_index, application, told=False)
    application.taken_index = application.identity_index
    application.state = ApplicationState.SUBMITTED
    application.pledged_at = clock.now()
    application.submitted_at = application.submitted_at or clock.now()
    audit.note(application.number)
    return application.number


@operation(Permission.OPEN)
def withdraw_own(actor: Actor, ticket: Ticket) -> None:
    """Take one's application back, until the final list is out."""
    application, batch = _own(ticket)
    withdraw(application, batch, "本人在网上撤回")


@operation(Permission.RECRUITMENT_ENTER)
def renew_code(actor: Actor, application_id: int) -> Ticket:
    """Give a new code to somebody who lost theirs, or whose application an office entered; the former one is void."""
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_ENTER, lock=True)
    application.code_failures, application.locked_until = 0, None
    audit.note(application.number)
    return _new_ticket(application)


def _check_writable(application: Application, batch: RecruitmentBatch) -> None:
    if application.state is ApplicationState.DRAFT:
        check_open(batch, clock.today())
    if may_write(application, batch):
        return
    check_state(batch, BatchState.PUBLISHED)
    raise Refused(
        msg("报名 %(number)s 已提交，不能再修改。确需更正的，请联系招聘单位退回补正。", number=application.number)
    )


def _own(ticket: Ticket) -> tuple[Application, RecruitmentBatch]:
    """The application that a ticket opens and its batch, both locked: identities are judged under one lock."""
    batch_id = db.session.scalar(select(Application.batch_id).where(Application.number == ticket.number))
    if batch_id is None:
        raise CodeRefused
    batch = db.session.scalars(select(RecruitmentBatch).where(RecruitmentBatch.id == batch_id).with_for_update()).one()
    query = select(Application).where(Application.number == ticket.number).with_for_update()
    application = db.session.scalars(query).one()
    if not opens(application, ticket):
        raise CodeRefused
    return application, batch


def _open_batch(batch_id: int) -> RecruitmentBatch:
    query = select(RecruitmentBatch).where(
        RecruitmentBatch.id == batch_id,
        RecruitmentBatch.public,
        RecruitmentBatch.state != BatchState.PLANNED,
    )
    batch = db.session.scalars(query.with_for_update()).one_or_none()
    if batch is None:
        raise NotFound
    return batch


def _position(batch: RecruitmentBatch, position_id: int) -> RecruitmentPosition:
    """A position of the batch for which people apply themselves."""
    query = select(RecruitmentPosition).where(
        RecruitmentPosition.batch_id == batch.id,
        RecruitmentPosition.id == position_id,
        RecruitmentPosition.channel.in_(EXAM_CHANNELS),
    )
    position = db.session.scalars(query).one_or_none()
    if position is None:
        raise Refused(msg("本批次没有这个报考岗位，请重新选择。"), field="position_id")
    return position


def _new_ticket(application: Application) -> Ticket:
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    application.code_hash = code_sign(application.uid, code)
    return Ticket(application.number, code)


def _refuse_busy_address(operation_name: str, result: str, most: int) -> None:
    address = audit.origin.get().address
    if not address:
        return
    count = db.session.scalar(
        select(func.count()).where(
            AuditEntry.at > clock.now() - timedelta(minutes=ADDRESS_MINUTES),
            AuditEntry.operation == operation_name,
            AuditEntry.result == result,
            AuditEntry.address == address,
        )
    )
    if (count or 0) >= most:
        raise TooManyDrafts
