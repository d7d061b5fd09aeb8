"""People whom somebody names in lines of text, by number or by full name."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.words import Refused, msg


def people_named(actor: Actor, unit_id: int, texts: Sequence[str], permission: Permission) -> list[int]:
    """The people of a unit whom some lines name, each once, in that order. Two queries.

    A line holds a number or a full name, and after it whatever stands beside it in a roster. Raises ``Refused`` with
    the line for somebody who is not found or whose name several bear.
    """
    unit = fetch_unit(actor, unit_id, permission)
    firsts = {text: text.split(maxsplit=1)[0] for text in texts}
    query = select(Employee.id, Employee.number, Employee.name).where(
        below(Employee.unit_id, unit.path),
        Employee.left_on.is_(None),
        or_(
            Employee.number.in_({first.upper() for first in firsts.values()}),
            Employee.name.in_({*texts, *firsts.values()}),
        ),
    )
    known: dict[str, list[int]] = {}
    for employee_id, number, name in db.session.execute(query):
        known.setdefault(number, []).append(employee_id)
        known.setdefault(name, []).append(employee_id)
    found = []
    for place, text in enumerate(texts, start=1):
        ids = next((known[each] for each in (text, firsts[text], firsts[text].upper()) if each in known), [])
        if not ids:
            raise Refused(
                msg("第 %(line)s 行“%(text)s”：在%(unit)s没有找到在岗的这个人，请核对姓名或编号。", line=place,
                    text=text[:20], unit=unit.short_name), field="named"
            )  # fmt: skip
        if len(ids) > 1:
            raise Refused(
                msg("第 %(line)s 行“%(text)s”有 %(count)s 人同名，请改填编号。", line=place, text=text[:20],
                    count=len(ids)), field="named"
            )  # fmt: skip
        found.append(ids[0])
    return list(dict.fromkeys(found))
