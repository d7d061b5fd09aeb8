"""What people showed that they can do in a line of work, one record for each occasion."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill, WorkLine
from careerpath.skills.queries.lines import lines_of_many
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_EVIDENCE = 200


@dataclass(frozen=True, slots=True)
class SkillGiven:
    """What was shown, how, on which day, and the last day on which it counts."""

    line_id: int
    level: SkillLevel
    shown_by: ShownBy
    shown_on: date
    valid_until: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ContestResult:
    """What somebody showed in a contest, and the place won; ``None`` where only the level was found."""

    employee_id: int
    level: SkillLevel
    place: int | None = None


class SkillRefused(Refused):
    """A refusal within many: ``row`` counts from 0 in what was given. ``why`` is what the row alone would have met."""

    def __init__(self, row: int, name: str, why: Refused) -> None:
        super().__init__(msg("%(name)s：%(why)s", name=name, why=why.message), field=why.field)
        self.row = row
        self.why = why


@operation(Permission.SKILL_KEEP)
def record_skill(actor: Actor, employee_id: int, given: SkillGiven) -> int:
    """Keep what somebody showed; gives the record's id. The same occasion is kept once."""
    world = _World(actor, [employee_id], [given.line_id])
    skill = world.made(employee_id, given)
    if skill is None:
        raise Refused(
            msg("同一条线在 %(on)s 以“%(by)s”的认定已有登记，请修改原记录。", on=given.shown_on, by=given.shown_by),
            field="shown_on",
        )
    session_add(skill)
    return skill.id


@operation(Permission.SKILL_KEEP)
def record_skills(actor: Actor, rows: Sequence[tuple[int, SkillGiven]]) -> int:
    """Keep what many showed, all or none; gives how many were new. Three queries for any number.

    The same occasion of the same person again is passed over. Raises ``NotFound`` for a person who is not the actor's,
    ``SkillRefused`` for the first row that cannot be.
    """
    world = _World(actor, {employee_id for employee_id, _ in rows}, {given.line_id for _, given in rows})
    made = []
    for number, (employee_id, given) in enumerate(rows):
        try:
            skill = world.made(employee_id, given)
        except Refused as refused:
            raise SkillRefused(number, world.name(employee_id), refused) from refused
        if skill is not None:
            made.append(skill)
    session_add(*made)
    return len(made)


@operation(Permission.SKILL_KEEP)
def record_contest(
    actor: Actor,
    work_line_id: int,
    on: date,
    name: str,
    results: Sequence[ContestResult],
    *,
    valid_until: date | None = None,
) -> int:
    """Keep the results of a contest (大比武) in a line of work; gives how many were new.

    Places begin at 1; several may share one. Who is named twice is refused.
    """
    title = " ".join(name.split())
    if not title:
        raise Refused(msg("请填写比武的名称。"), field="name")
    if not results:
        raise Refused(msg("请至少登记一人的成绩。"), field="results")
    seen: set[int] = set()
    rows = []
    for result in results:
        if result.employee_id in seen:
            raise Refused(msg("同一人在一次比武中只登记一次，请删去重复的一行。"), field="results")
        if result.place is not None and result.place < 1:
            raise Refused(msg("名次从 1 开始，请核对。"), field="results")
        seen.add(result.employee_id)
        told = msg("%(name)s，第 %(place)s 名", name=title, place=result.place) if result.place else title
        given = SkillGiven(work_line_id, result.level, ShownBy.CONTEST, on, valid_until, str(told))
        rows.append((result.employee_id, given))
    return record_skills(actor, rows)


@operation(Permission.SKILL_KEEP)
def change_skill(actor: Actor, skill_id: int, given: SkillGiven, version: int) -> None:
    """Set right what was kept of an occasion. Raises ``Conflict`` when ``version`` is no longer the present one."""
    skill = _skill(actor, skill_id)
    if skill.version != version:
        typed = asdict(given)
        current = {name: getattr(skill, name) for name in typed}
        raise Conflict(msg("这条技能记录刚刚被其他人修改，请核对后重新提交。"), typed=typed, current=current)
    world = _World(actor, [skill.employee_id], [given.line_id], kept=skill)
    made = world.made(skill.employee_id, given)
    if made is None:
        raise Refused(
            msg("同一条线在 %(on)s 以“%(by)s”的认定已有登记，请核对。", on=given.shown_on, by=given.shown_by),
            field="shown_on",
        )
    skill.line_id, skill.level, skill.shown_by = given.line_id, given.level, given.shown_by
    skill.shown_on, skill.valid_until, skill.evidence = given.shown_on, given.valid_until, made.evidence


@operation(Permission.SKILL_KEEP)
def drop_skill(actor: Actor, skill_id: int) -> None:
    """Remove a record entered by mistake."""
    db.session.delete(_skill(actor, skill_id))


def _skill(actor: Actor, skill_id: int) -> Skill:
    """A record of a person of the actor's, locked; ``NotFound`` for any other."""
    query = (
        select(Skill)
        .join(Employee, Employee.id == Skill.employee_id)
        .where(Skill.id == skill_id, within(actor, Employee.unit_id, Permission.SKILL_KEEP))
        .with_for_update(of=Skill)
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


class _World:
    """The people, lines and known occasions that some rows are held against: three queries for any number."""

    def __init__(
        self, actor: Actor, employee_ids: Collection[int], line_ids: Collection[int], kept: Skill | None = None
    ) -> None:
        ids = set(employee_ids)
        people = db.session.execute(
            select(Employee.id, Employee.name, Employee.left_on, Unit.path)
            .join(Unit, Unit.id == Employee.unit_id)
            .where(Employee.id.in_(ids), within(actor, Employee.unit_id, Permission.SKILL_KEEP))
        )
        self.people = {employee_id: (name, left_on, path) for employee_id, name, left_on, path in people}
        lines = lines_of_many({path for _, _, path in self.people.values()}, retired=True)
        self.lines = {path: {line.id: line for line in found} for path, found in lines.items()}
        known = db.session.execute(
            select(Skill.id, Skill.employee_id, Skill.line_id, Skill.shown_by, Skill.shown_on).where(
                Skill.employee_id.in_(ids), Skill.line_id.in_(set(line_ids))
            )
        )
        self.kept = kept
        self.occasions = {tuple(row)[1:] for row in known if kept is None or row.id != kept.id}

    def name(self, employee_id: int) -> str:
        """The person's name."""
        return self.people[employee_id][0]

    def made(self, employee_id: int, given: SkillGiven) -> Skill | None:
        """The record of a row; ``None`` where the occasion is known already."""
        if employee_id not in self.people:
            raise NotFound
        _, left_on, path = self.people[employee_id]
        line = self.lines[path].get(given.line_id)
        if line is None:
            raise NotFound(msg("本区县没有这一业务条线，请从列表中选择。"))
        self._check(given, line, left_on)
        occasion = (employee_id, given.line_id, given.shown_by, given.shown_on)
        if occasion in self.occasions:
            return None
        self.occasions.add(occasion)
        return Skill(
            employee_id=employee_id,
            line_id=given.line_id,
            level=given.level,
            shown_by=given.shown_by,
            shown_on=given.shown_on,
            valid_until=given.valid_until,
            evidence=" ".join(given.evidence.split()),
        )

    def _check(self, given: SkillGiven, line: WorkLine, left_on: date | None) -> None:
        staying = self.kept is not None and self.kept.line_id == line.id
        if not line.active and not staying:
            raise Refused(msg("业务条线“%(name)s”已停用，不能再登记。", name=line.name), field="line_id")
        if given.shown_on > clock.today():
            raise Refused(msg("认定日期 %(on)s 晚于今天，请核对。", on=given.shown_on), field="shown_on")
        if left_on is not None and given.shown_on > left_on:
            raise Refused(msg("此人已于 %(left)s 离职，认定日期不能晚于这一天。", left=left_on), field="shown_on")
        if given.valid_until is not None and given.valid_until < given.shown_on:
            raise Refused(
                msg("有效期止于 %(until)s，早于认定日期，请核对。", until=given.valid_until), field="valid_until"
            )
        if len(given.evidence) > LONGEST_EVIDENCE:
            raise Refused(msg("认定依据最多 %(most)s 字，请缩短。", most=LONGEST_EVIDENCE), field="evidence")
