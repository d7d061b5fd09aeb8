"""Skills in and out, and the cover of communities out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill, WorkLine
from careerpath.skills.operations.skills import SkillGiven, SkillRefused, change_skill, record_skills
from careerpath.skills.queries.cover_page import CoverFilters, CoverLine, cover_lines
from careerpath.skills.queries.levels import in_force_on
from careerpath.skills.queries.lines import line_groups, lines_of_many
from careerpath.skills.sheets.skills import SKILLS_SPEC, cover_spec
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.desk import (
    CellChange,
    Comparison,
    Desk,
    Export,
    Findings,
    Outcome,
    RowFault,
    RowState,
    Wish,
    shown,
)
from careerpath.spreadsheets.sheets.numbered import PIECE, people_of, person_of, pieces_of
from careerpath.words import Unmet, msg

GIVEN = ("level", "valid_until", "evidence")
"""What of an occasion a row may correct; the rest says which one it is about."""

Key = tuple[int, int, ShownBy, date]
"""Person, line, way and day of an occasion."""


class SkillsDesk(Desk):
    """What people showed."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return SKILLS_SPEC

    def lists(self, actor: Actor, about: About) -> Mapping[str, Sequence[str]]:
        """The lines in use of the districts that the actor meets."""
        names = [line.name for group in line_groups(actor) for line in group.lines if line.active]
        return {"line": list(dict.fromkeys(names))} if names else {}

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number, line, way and day. Four queries for each 500 rows."""
        comparing = _Comparing(actor, read, spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """What people in service on a day showed up to it and still holds."""
        on, where = wish.on or clock.today(), ""
        conditions = [
            within(actor, Employee.unit_id, Permission.SKILL_VIEW),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
            in_force_on(on),
        ]
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.SKILL_VIEW)
            conditions.append(below(Employee.unit_id, unit.path))
            where = unit.short_name
        query = select(Skill.id).join(Employee, Employee.id == Skill.employee_id).where(*conditions)
        ids = db.session.scalars(query.order_by(Employee.number, Skill.shown_on, Skill.id)).all()
        notes = (msg("截至 %(on)s，共 %(count)s 条。", on=on, count=len(ids)),)
        return Export(SKILLS_SPEC, f"{where}业务技能", notes, pieces_of(ids), _rows)


class CoverDesk(Desk):
    """The communities with the lines that they cover."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns with the lines in use of the districts that the actor meets."""
        lines = {line.code: line.name for group in line_groups(actor) for line in group.lines if line.active}
        return cover_spec(list(lines.items()))

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The communities of a unit as of a day, by code."""
        on, where, path = wish.on or clock.today(), "", ""
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.SKILL_VIEW)
            where, path = unit.short_name, unit.path
        lines = cover_lines(actor, CoverFilters(on))
        if path:
            inside = set(db.session.scalars(select(Unit.id).where(Unit.path.startswith(path, autoescape=True))))
            lines = [line for line in lines if line.unit_id in inside]

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            return [_cover_row(lines[place]) for place in piece]

        notes = (msg("截至 %(on)s，共 %(count)s 个社区；各条线为能独立办理的人数。", on=on, count=len(lines)),)
        return Export(self.spec(actor, wish.about), f"{where}业务覆盖", notes, pieces_of(range(len(lines))), rows)


def _cover_row(line: CoverLine) -> dict[str, object]:
    return {
        "street": line.street,
        "unit": line.unit_name,
        "serving": line.cover.serving,
        "all_round": line.cover.all_round,
        "gaps": "、".join(f"{gap.name}缺{gap.lacking}人" for gap in line.cover.gaps),
        **{f"line_{code}": cover.able for code, cover in line.by_code.items()},
    }


class _Comparing:
    """Rows held against the people, the lines of their districts and what is known."""

    def __init__(self, actor: Actor, read: ReadResult, spec: SheetSpec) -> None:
        self.spec = spec
        self.people = people_of(actor, read, Permission.SKILL_KEEP)
        ids = [person.id for person in self.people.values()]
        homes: dict[int, str] = {}
        self.known: dict[Key, Skill] = {}
        for at in range(0, len(ids), PIECE):
            some = ids[at : at + PIECE]
            paths = select(Employee.id, Unit.path).join(Unit, Unit.id == Employee.unit_id).where(Employee.id.in_(some))
            homes |= {employee_id: path for employee_id, path in db.session.execute(paths)}
            for skill in db.session.scalars(select(Skill).where(Skill.employee_id.in_(some))):
                self.known[skill.employee_id, skill.line_id, skill.shown_by, skill.shown_on] = skill
        lines = lines_of_many(homes.values(), retired=True)
        self.lines: dict[int, dict[str, WorkLine]] = {
            employee_id: {word: line for line in lines[path] for word in (line.code, line.name)}
            for employee_id, path in homes.items()
        }
        self.first: dict[Key, int] = {}
        self.new: list[tuple[Row, str, int, SkillGiven]] = []
        self.changed: list[tuple[Row, str, Skill, SkillGiven]] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings = Findings(row, self.spec)
        person = person_of(row, findings, self.people)
        number, name = str(row.values.get("number") or ""), str(row.values.get("name") or "")
        if person is None:
            return findings.outcome(RowState.WRONG, number, name)
        given = self._given(row, person, findings)
        if given is None:
            return findings.outcome(RowState.WRONG, number, person.name)
        key = (person.id, given.line_id, given.shown_by, given.shown_on)
        earlier = self.first.setdefault(key, row.number)
        if earlier != row.number:
            findings.add("shown_on", msg("与第 %(row)s 行是同一次认定。请只保留一行。", row=earlier))
        skill = self.known.get(key)
        if skill is not None:
            # An empty cell takes nothing away.
            empty = {key: getattr(skill, key) for key in GIVEN if row.values.get(key) is None}
            given = replace(given, **empty)
        changes = self._changes(row, given, skill)
        state = RowState.NEW if skill is None else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, number, person.name, changes)
        if outcome.state is RowState.NEW:
            self.new.append((row, person.name, person.id, given))
        elif outcome.state is RowState.CHANGED and skill is not None:
            self.changed.append((row, person.name, skill, given))
        return outcome

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say."""
        try:
            record_skills(actor, [(person_id, given) for _, _, person_id, given in self.new])
        except SkillRefused as refused:
            row, name, *_ = self.new[refused.row]
            raise RowFault(row.number, name, refused.why) from refused
        for row, name, skill, given in self.changed:
            try:
                change_skill(actor, skill.id, given, skill.version)
            except Unmet as unmet:
                raise RowFault(row.number, name, unmet) from unmet

    def _given(self, row: Row, person: Employee, findings: Findings) -> SkillGiven | None:
        cells = row.values
        named, shown_on, valid_until = cells.get("line"), cells.get("shown_on"), cells.get("valid_until")
        line = self.lines.get(person.id, {}).get(str(named or ""))
        if named and line is None:
            findings.add("line", msg("本区县没有“%(line)s”这一业务条线，请从列表中选择。", line=named))
        level, way = cells.get("level"), cells.get("shown_by")
        if line is None or not isinstance(shown_on, date) or level is None or way is None:
            return None
        if not line.active and (person.id, line.id, ShownBy(str(way)), shown_on) not in self.known:
            findings.add("line", msg("业务条线“%(line)s”已停用，不能再登记。", line=line.name))
        if shown_on > clock.today():
            findings.add("shown_on", msg("认定日期 %(on)s 晚于今天，请核对。", on=shown_on))
        until = valid_until if isinstance(valid_until, date) else None
        if until is not None and until < shown_on:
            findings.add("valid_until", msg("有效期止于 %(until)s，早于认定日期，请核对。", until=until))
        evidence = str(cells.get("evidence") or "")
        return SkillGiven(line.id, SkillLevel(str(level)), ShownBy(str(way)), shown_on, until, evidence)

    def _changes(self, row: Row, given: SkillGiven, skill: Skill | None) -> list[CellChange]:
        changes = []
        if skill is None:
            for key in ("line", "shown_by", "shown_on"):
                column = self.spec.column(key)
                changes.append(CellChange(key, column.title, "", shown(column, row.values.get(key))))
        for key in GIVEN:
            column = self.spec.column(key)
            old, new = getattr(skill, key, None) or None, getattr(given, key) or None
            if old != new:
                changes.append(CellChange(key, column.title, shown(column, old), shown(column, new)))
        return changes


def _rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(Employee.number, Employee.name, Unit.short_name, WorkLine.name, Skill)
        .join(Employee, Employee.id == Skill.employee_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .join(WorkLine, WorkLine.id == Skill.line_id)
        .where(Skill.id.in_(piece))
        .order_by(Employee.number, Skill.shown_on, Skill.id)
    )
    for number, name, unit, line, skill in db.session.execute(query):
        yield {
            "number": number,
            "name": name,
            "unit": unit,
            "line": line,
            "level": skill.level,
            "shown_by": skill.shown_by,
            "shown_on": skill.shown_on,
            "valid_until": skill.valid_until,
            "evidence": skill.evidence or None,
        }
