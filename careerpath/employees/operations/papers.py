"""Photo, attachments, and the look at a full identity number."""

from sqlalchemy import func, select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import after_commit, operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.employees.models import Attachment, AttachmentKind, Employee
from careerpath.employees.operations.contents import paper_name, read_paper, read_photo
from careerpath.employees.operations.identity import without_identity
from careerpath.employees.queries.sealed import keep_file, kept_file, opened
from careerpath.words import NotFound, Refused, msg

SHORTEST_REASON = 4
MOST_PAPERS = 60


@operation(Permission.EMPLOYEE_EDIT)
def set_photo(actor: Actor, employee_id: int, body: bytes) -> None:
    """Keep a new photo of a person; the former one is removed once this is kept."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    former = employee.photo_key
    employee.photo_key = keep_file(read_photo(body), employee.uid)
    if former:
        after_commit(lambda: files().remove(former))


@operation(Permission.EMPLOYEE_EDIT)
def add_attachment(actor: Actor, employee_id: int, kind: AttachmentKind, name: str, body: bytes) -> int:
    """Keep a scanned paper with a file; gives its id. What it is, is told by its content alone."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    count = db.session.scalar(
        select(func.count()).where(Attachment.employee_id == employee.id, Attachment.removed_at.is_(None))
    )
    if (count or 0) >= MOST_PAPERS:
        raise Refused(msg("附件已有 %(count)s 个，请先移除不需要的附件。", count=count), field="file")
    content = read_paper(body)
    attachment = Attachment(
        employee_id=employee.id,
        kind=kind,
        name=without_identity(paper_name(name, content.media_type)),
        file_key=keep_file(content.body, employee.uid),
        media_type=content.media_type,
        size=len(content.body),
        added_at=clock.now(),
    )
    session_add(attachment)
    return attachment.id


@operation(Permission.EMPLOYEE_EDIT)
def remove_attachment(actor: Actor, employee_id: int, attachment_id: int) -> None:
    """Remove a paper: the entry stays with the day of removal, the content goes."""
    fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT)
    attachment = find_attachment(employee_id, attachment_id)
    attachment.removed_at = clock.now()
    key = attachment.file_key
    after_commit(lambda: files().remove(key))


@operation(Permission.IDENTITY_REVEAL)
def reveal_identity(actor: Actor, employee_id: int, reason: str) -> str:
    """The full identity number, for a reason of four characters or more that stays in the trail."""
    employee = fetch(actor, Employee, employee_id, Permission.IDENTITY_REVEAL)
    audit.note(f"{employee.number}：{read_reason(reason)}")
    return opened(employee.identity_sealed, "identity", employee.uid)


@operation(Permission.IDENTITY_REVEAL)
def reveal_paper(actor: Actor, employee_id: int, attachment_id: int, reason: str) -> bytes:
    """The scan of an identity card, for a reason that stays in the trail."""
    employee = fetch(actor, Employee, employee_id, Permission.IDENTITY_REVEAL)
    attachment = find_attachment(employee_id, attachment_id)
    audit.note(f"{employee.number} {attachment.name}：{read_reason(reason)}")
    return kept_file(attachment.file_key, employee.uid)


def find_attachment(employee_id: int, attachment_id: int) -> Attachment:
    """A paper of a file that has not been removed, or ``NotFound``."""
    query = select(Attachment).where(
        Attachment.id == attachment_id, Attachment.employee_id == employee_id, Attachment.removed_at.is_(None)
    )
    attachment = db.session.scalars(query).one_or_none()
    if attachment is None:
        raise NotFound
    return attachment


def read_reason(text: str) -> str:
    """Why something protected is looked at: four characters or more, identity numbers in it masked."""
    reason = " ".join(text.split())
    if len(reason) < SHORTEST_REASON:
        raise Refused(
            msg("请填写查看完整号码的事由，至少 %(count)s 个字，将记入审计日志。", count=SHORTEST_REASON),
            field="reason",
        )
    return without_identity(reason)
