"""Rows that name a person by number: looked up many at a time, and what is wrong with those who are not there."""

from collections.abc import Iterable

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row
from careerpath.employees.models import Employee
from careerpath.spreadsheets.sheets.desk import Findings
from careerpath.words import msg

PIECE = 500


def people_of(actor: Actor, read: ReadResult, permission: Permission) -> dict[str, Employee]:
    """The people of the rows by number, as far as the actor holds the permission. A query for each 500 rows."""
    numbers = sorted({str(row.values.get("number") or "") for row in read.rows})
    found: dict[str, Employee] = {}
    for at in range(0, len(numbers), PIECE):
        query = select(Employee).where(
            Employee.number.in_(numbers[at : at + PIECE]), within(actor, Employee.unit_id, permission)
        )
        found |= {one.number: one for one in db.session.scalars(query)}
    return found


def person_of(row: Row, findings: Findings, people: dict[str, Employee]) -> Employee | None:
    """The person of a row; what does not fit is noted."""
    number, name = str(row.values.get("number") or ""), str(row.values.get("name") or "")
    person = people.get(number)
    if person is None:
        if number:
            message = "没有编号为 %(number)s 的人员，或者不在您的管辖范围内。请核对编号。"
            findings.add("number", msg(message, number=number))
        return None
    if name and name != person.name:
        findings.add("name", msg("编号 %(number)s 是“%(name)s”，请核对。", number=number, name=person.name))
    return person


def pieces_of(ids: Iterable[int]) -> list[list[int]]:
    """Ids so many at a time that a piece is quick."""
    listed = list(ids)
    return [listed[at : at + PIECE] for at in range(0, len(listed), PIECE)]
