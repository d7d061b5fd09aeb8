"""The content of photos and attachments, for those who may see it."""

from dataclasses import dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core.db import db
from careerpath.employees.models import Attachment, AttachmentKind, Employee
from careerpath.employees.queries.person import own_id
from careerpath.employees.queries.sealed import kept_file
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out: its name, its media type by content, its bytes."""

    name: str
    media_type: str
    body: bytes


def photo_of(actor: Actor, employee_id: int) -> bytes:
    """The photo of a person in the actor's scope or of the actor, as JPEG; ``NotFound`` without one."""
    employee = db.session.get(Employee, employee_id)
    if employee is None or employee.user_id is None or employee.user_id != own_id(actor):
        employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_VIEW)
    if not employee.photo_key:
        raise NotFound
    return kept_file(employee.photo_key, employee.uid)


def attachment_of(actor: Actor, employee_id: int, attachment_id: int) -> Download:
    """The content of an attachment, for those who may edit the file. Scans of identity cards are not given here."""
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT)
    query = select(Attachment).where(
        Attachment.id == attachment_id,
        Attachment.employee_id == employee.id,
        Attachment.removed_at.is_(None),
        Attachment.kind != AttachmentKind.IDENTITY,
    )
    attachment = db.session.scalars(query).one_or_none()
    if attachment is None:
        raise NotFound
    return Download(attachment.name, attachment.media_type, kept_file(attachment.file_key, employee.uid))
