"""The lines of work that a district keeps for all its communities."""

from dataclasses import asdict, dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.skills.codes import UsualLine
from careerpath.skills.models import WorkLine
from careerpath.words import Conflict, Refused, msg

LONGEST_CODE = 24
LONGEST_NAME = 40
MOST_WANTED = 50
MOST_PLACE = 9999
USUALLY_WANTED = 2


@dataclass(frozen=True, slots=True)
class LineGiven:
    """A line of work: its code, its name, where it stands in lists, how many people of a community are to cover it."""

    code: str
    name: str
    place: int = 0
    wanted: int = USUALLY_WANTED


@operation(Permission.SKILL_KEEP)
def keep_work_line(actor: Actor, unit_id: int, given: LineGiven) -> int:
    """Add a line of work to a district; gives its id."""
    unit = _district(actor, unit_id)
    made = _checked(given)
    _check_alone(unit.id, made, None)
    line = WorkLine(unit_id=unit.id, **asdict(made))
    session_add(line)
    return line.id


@operation(Permission.SKILL_KEEP)
def change_work_line(actor: Actor, work_line_id: int, given: LineGiven, version: int) -> None:
    """Change a line; its code stays, because courses and mentors name it. Raises ``Conflict`` for an older version."""
    line = fetch(actor, WorkLine, work_line_id, Permission.SKILL_KEEP, lock=True)
    if line.version != version:
        typed = asdict(given)
        current = {name: getattr(line, name) for name in typed}
        raise Conflict(msg("这一业务条线刚刚被其他人修改，请核对后重新提交。"), typed=typed, current=current)
    made = _checked(given)
    if made.code != line.code:
        raise Refused(msg("条线代码“%(code)s”已被课程、导师等引用，不能修改。", code=line.code), field="code")
    _check_alone(line.unit_id, made, line.id)
    line.name, line.place, line.wanted = made.name, made.place, made.wanted


@operation(Permission.SKILL_KEEP)
def retire_work_line(actor: Actor, work_line_id: int) -> None:
    """Take a line out of use; what people showed in it is kept."""
    line = fetch(actor, WorkLine, work_line_id, Permission.SKILL_KEEP, lock=True)
    if not line.active:
        raise Refused(msg("业务条线“%(name)s”已经停用。", name=line.name))
    line.active = False


@operation(Permission.SKILL_KEEP)
def restore_work_line(actor: Actor, work_line_id: int) -> None:
    """Take a line into use again."""
    line = fetch(actor, WorkLine, work_line_id, Permission.SKILL_KEEP, lock=True)
    if line.active:
        raise Refused(msg("业务条线“%(name)s”正在使用。", name=line.name))
    line.active = True


@operation(Permission.SKILL_KEEP)
def take_usual_lines(actor: Actor, unit_id: int) -> int:
    """Add the usual lines that a district does not have yet; gives how many."""
    unit = _district(actor, unit_id)
    known = db.session.scalars(select(WorkLine).where(WorkLine.unit_id == unit.id)).all()
    taken = {line.code for line in known} | {line.name for line in known}
    last = max((line.place for line in known), default=0)
    wanted = [usual for usual in UsualLine if usual.value not in taken and usual.zh not in taken]
    session_add(
        *(
            WorkLine(unit_id=unit.id, code=usual.value, name=usual.zh, place=last + 10 * step, wanted=USUALLY_WANTED)
            for step, usual in enumerate(wanted, start=1)
        )
    )
    return len(wanted)


def _district(actor: Actor, unit_id: int) -> Unit:
    unit = fetch_unit(actor, unit_id, Permission.SKILL_KEEP, lock=True)
    if unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("业务条线由区县统一设置，“%(unit)s”不是区县。", unit=unit.short_name), field="unit_id")
    return unit


def _checked(given: LineGiven) -> LineGiven:
    code, name = given.code.strip().lower(), " ".join(given.name.split())
    plain = code.isascii() and code.replace("_", "").replace("-", "").isalnum()
    if not plain or len(code) > LONGEST_CODE:
        raise Refused(
            msg("条线代码请用小写英文字母、数字和下划线，最多 %(most)s 个字符，例如 party。", most=LONGEST_CODE),
            field="code",
        )
    if not name or len(name) > LONGEST_NAME:
        raise Refused(msg("请填写条线名称，最多 %(most)s 字。", most=LONGEST_NAME), field="name")
    if not 0 <= given.place <= MOST_PLACE:
        raise Refused(msg("排序号应在 0 至 %(most)s 之间。", most=MOST_PLACE), field="place")
    if not 1 <= given.wanted <= MOST_WANTED:
        raise Refused(msg("每个社区应有人数在 1 至 %(most)s 之间。", most=MOST_WANTED), field="wanted")
    return LineGiven(code, name, given.place, given.wanted)


def _check_alone(unit_id: int, given: LineGiven, line_id: int | None) -> None:
    query = select(WorkLine).where(
        WorkLine.unit_id == unit_id, (WorkLine.code == given.code) | (WorkLine.name == given.name)
    )
    for other in db.session.scalars(query):
        if other.id == line_id:
            continue
        if other.name == given.name:
            raise Refused(
                msg("已有名称为“%(name)s”的条线，如已停用请恢复使用。", name=given.name),
                field="name",
            )
        raise Refused(
            msg("代码“%(code)s”已用于“%(name)s”，请换一个代码。", code=given.code, name=other.name), field="code"
        )
