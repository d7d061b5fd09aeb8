"""Taking back a file that was opened by mistake, before the person begins to serve."""

from functools import partial
from typing import Any

from sqlalchemy import Column, Table, select

from careerpath.access.actor import Actor
from careerpath.access.guard import after_commit, operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import Record, db
from careerpath.core.files import files
from careerpath.employees.models import Attachment, CareerLine, Employee, Fact, FamilyMember
from careerpath.employees.operations.facts import MODELS
from careerpath.words import Refused, msg

OWN: tuple[type[Any], ...] = (*MODELS.values(), CareerLine, FamilyMember, Attachment)
"""What belongs to a file alone and goes with it."""


@operation(Permission.EMPLOYEE_EDIT)
def remove_file(actor: Actor, employee_id: int) -> None:
    """Remove a file whose person has not begun to serve, with its facts, lines, photo and papers.

    Refuses once the person has begun, once a fact was corrected or an account linked, and while anything of another
    room hangs on the file: then it is part of the record, and service is ended instead. The trail keeps what was.
    """
    employee = fetch(actor, Employee, employee_id, Permission.EMPLOYEE_EDIT, lock=True)
    if employee.joined_community_on <= clock.today():
        raise Refused(msg("%(name)s已经上岗，档案不能撤销，请办理离职。", name=employee.name))
    if employee.user_id is not None:
        raise Refused(msg("%(name)s的档案已关联账号，请先解除关联。", name=employee.name))
    rows = [one for model in OWN for one in db.session.scalars(select(model).where(model.employee_id == employee.id))]
    if any(isinstance(one, Fact) and one.superseded_at is not None for one in rows):
        raise Refused(msg("%(name)s的档案已有更正，不能整份撤销，请在档案中逐项办理。", name=employee.name))
    if _hangs_on(employee.id):
        raise Refused(msg("%(name)s的档案已用于其他业务（如考核、薪酬），不能整份撤销。", name=employee.name))
    keys = [one.file_key for one in rows if isinstance(one, Attachment)]
    keys += [employee.photo_key] if employee.photo_key else []
    for one in rows:
        db.session.delete(one)
    db.session.flush()
    db.session.delete(employee)
    for key in keys:
        after_commit(partial(files().remove, key))


def _hangs_on(employee_id: int) -> bool:
    """Whether a record of any other room names the file."""
    own = {model.__tablename__ for model in OWN}
    for table in Record.metadata.sorted_tables:
        for column in _naming(table) if table.name not in own else []:
            if db.session.execute(select(table.c.id).where(column == employee_id).limit(1)).first() is not None:
                return True
    return False


def _naming(table: Table) -> list[Column[Any]]:
    return [key.parent for key in table.foreign_keys if key.column.table.name == Employee.__tablename__]
