"""Results of a contest as people paste them: a person a line, found by number or by a name that only one bears."""

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.policy.codes.code import read_code
from careerpath.skills.codes import SkillLevel
from careerpath.skills.operations.skills import ContestResult
from careerpath.words import Refused, msg

MOST_ROWS = 500
PARTS = re.compile(r"[\s,，、;；]+")
PLACE = re.compile(r"第?(\d{1,4})名?")


def read_results(actor: Actor, text: str) -> list[ContestResult]:
    """The results that a text says: number or name, level, place. Two queries.

    Raises ``Refused`` that names the line: nobody or several of that name, a level or a place that is none.
    """
    lines = [line for line in (unicodedata.normalize("NFKC", one).strip() for one in text.splitlines()) if line]
    if len(lines) > MOST_ROWS:
        raise _wrong(len(lines), msg("一次最多登记 %(most)s 人，请分几次登记。", most=MOST_ROWS))
    rows = [PARTS.split(line) for line in lines]
    people = _people(actor, [row[0] for row in rows])
    found = []
    for place, row in enumerate(rows, start=1):
        who = people.get(row[0].upper(), [])
        if not who:
            raise _wrong(place, msg("没有找到“%(who)s”，请核对编号或姓名。", who=row[0]))
        if len(who) > 1:
            raise _wrong(place, msg("叫“%(who)s”的不止一人，请改填编号。", who=row[0]))
        level = read_code(SkillLevel, row[1]) if len(row) > 1 else None
        if level is None:
            raise _wrong(place, msg("请写明等级：在学、能办或能教。"))
        found.append(ContestResult(who[0], level, _place(place, row[2]) if len(row) > 2 and row[2] else None))
    return found


def _place(line: int, text: str) -> int:
    match = PLACE.fullmatch(text)
    number = whole_number(match[1]) if match else None
    if not number:
        raise _wrong(line, msg("名次“%(text)s”不是数字，请改正或留空。", text=text))
    return number


def _people(actor: Actor, named: Sequence[str]) -> dict[str, list[int]]:
    wanted = {one.upper() for one in named}
    query = select(Employee.id, Employee.number, Employee.name).where(
        or_(Employee.number.in_(wanted), Employee.name.in_(set(named))),
        or_(Employee.left_on.is_(None), Employee.left_on >= clock.today()),
        within(actor, Employee.unit_id, Permission.SKILL_KEEP),
    )
    found: dict[str, list[int]] = {}
    for employee_id, number, name in db.session.execute(query):
        for key in {number.upper(), name.upper()}:
            found.setdefault(key, []).append(employee_id)
    return found


def _wrong(line: int, why: object) -> Refused:
    return Refused(msg("第 %(line)s 行：%(why)s", line=line, why=why), field="results")
