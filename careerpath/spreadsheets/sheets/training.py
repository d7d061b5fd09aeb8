"""Courses and classes of training in and out."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.policy.training import Tier
from careerpath.skills.queries.lines import lines_of_many
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
from careerpath.spreadsheets.sheets.numbered import pieces_of
from careerpath.training.models import ClassDay, ClassState, Course, TrainingClass
from careerpath.training.operations.classes import (
    AudienceGiven,
    ClassGiven,
    DayGiven,
    change_class,
    class_values,
    plan_class,
)
from careerpath.training.operations.courses import (
    TIERS,
    CourseGiven,
    change_course,
    keep_course,
    restore_course,
    retire_course,
)
from careerpath.training.queries.classes import STANDINGS, ClassFilters, class_query, lines_of_rows
from careerpath.training.queries.courses import CourseFilters, course_query, holders
from careerpath.training.sheets.training import CLASSES_SPEC, COURSES_SPEC
from careerpath.words import Refused, Unmet, msg

COURSE_FIELDS = ("tier", "category", "hours", "days", "lines", "teaches", "outline", "active")
CLASS_FIELDS = (
    "course", "starts_on", "ends_on", "enrol_until", "held_at", "teacher", "capacity", "score_wanted", "document",
    "remark",
)  # fmt: skip
Write = Callable[[Actor], None]


class CoursesDesk(Desk):
    """The courses of units."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return COURSES_SPEC

    def lists(self, actor: Actor, about: About) -> Mapping[str, Sequence[str]]:
        """The units for which the actor keeps courses."""
        return _unit_lists(actor)

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by unit and name. Three queries."""
        return _Courses(actor, spec).comparison(read)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The courses that a unit and the units below it keep, and those above that the actor meets."""
        unit = fetch_unit(actor, wish.unit_id, Permission.TRAINING_VIEW) if wish.unit_id is not None else None
        filters = CourseFilters(state="all", unit_id=unit.id if unit else None)
        rows = db.session.execute(course_query(actor, filters).order_by(Unit.code, Course.name)).all()
        lines = lines_of_many({path for _, _, path in rows}, retired=True)

        def cells(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            for course, unit_name, path in (rows[place] for place in piece):
                names = {line.code: line.name for line in lines[path]}
                yield {
                    "unit": unit_name,
                    "name": course.name,
                    **{key: getattr(course, key) for key in ("category", "hours", "days", "outline", "active")},
                    "tier": course.tier.value,
                    "teaches": course.teaches or None,
                    "lines": "、".join(names.get(code, code) for code in course.lines),
                }

        notes = (msg("共 %(count)s 门课程。", count=len(rows)),)
        title = f"{unit.short_name if unit else ''}培训课程"
        return Export(COURSES_SPEC, title, notes, pieces_of(range(len(rows))), cells)


class ClassesDesk(Desk):
    """The classes of units."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return CLASSES_SPEC

    def lists(self, actor: Actor, about: About) -> Mapping[str, Sequence[str]]:
        """The units for which the actor holds classes."""
        return _unit_lists(actor)

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by unit and name. Five queries."""
        return _Classes(actor, spec).comparison(read)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The classes that the actor meets; with a day those that are held on it."""
        unit = fetch_unit(actor, wish.unit_id, Permission.TRAINING_VIEW) if wish.unit_id is not None else None
        filters = ClassFilters(on=wish.on, unit_id=unit.id if unit else None)
        ordered = class_query(actor, filters).order_by(TrainingClass.starts_on, TrainingClass.id)
        rows = db.session.execute(ordered).all()

        def cells(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            some = [rows[place] for place in piece]
            for (one, course, _, unit_name), line in zip(some, lines_of_rows(actor, some), strict=True):
                yield {
                    "unit": unit_name,
                    "course": course,
                    "name": one.name,
                    **{key: getattr(one, key) for key in CLASS_FIELDS if key != "course"},
                    "tier": one.tier.zh,
                    "hours": one.hours,
                    "state": str(STANDINGS[line.standing]),
                    "people": line.counts.taking,
                    "attended": line.counts.attended if one.state is ClassState.CLOSED else None,
                }

        notes = (msg("共 %(count)s 个班次。", count=len(rows)),)
        return Export(
            CLASSES_SPEC, f"{unit.short_name if unit else ''}培训班", notes, pieces_of(range(len(rows))), cells
        )


def _unit_lists(actor: Actor) -> Mapping[str, Sequence[str]]:
    names = [unit.short_name for unit in holders(actor)]
    return {"unit": list(dict.fromkeys(names))} if names else {}


class _Rows(ABC):
    """Rows that name a unit and something of it, held against what stands."""

    def __init__(self, actor: Actor, spec: SheetSpec) -> None:
        self.spec = spec
        self.units: dict[str, list[Unit]] = {}
        for unit in holders(actor):
            for word in {unit.short_name, unit.name, unit.code}:
                self.units.setdefault(word, []).append(unit)
        self.unit_ids = {unit.id for found in self.units.values() for unit in found}
        self.first: dict[tuple[int, str], int] = {}
        self.writes: list[tuple[Row, str, Write]] = []

    def comparison(self, read: ReadResult) -> Comparison:
        """What the rows would do."""
        return Comparison([self.outcome(row) for row in read.rows], read.notes, self.write)

    @abstractmethod
    def outcome(self, row: Row) -> Outcome:
        """What one row would do."""

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say."""
        for row, name, write in self.writes:
            try:
                write(actor)
            except Unmet as unmet:
                raise RowFault(row.number, name, unmet) from unmet

    def unit_of(self, row: Row, findings: Findings) -> Unit | None:
        """The unit of a row; what does not fit, and a second row about the same thing, is noted."""
        text, name = str(row.values.get("unit") or "").strip(), str(row.values.get("name") or "").strip()
        found = self.units.get(text, [])
        if text and len(found) != 1:
            findings.add("unit", msg("没有您可以办理的举办单位“%(name)s”，或有几个同名单位，请填编码。", name=text))
        if len(found) != 1:
            return None
        earlier = self.first.setdefault((found[0].id, name), row.number)
        if name and earlier != row.number:
            findings.add("name", msg("与第 %(row)s 行重复。请只保留一行。", row=earlier))
        return found[0]

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any], keys: Iterable[str]) -> list[CellChange]:
        """The cells that differ."""
        found = []
        for key in keys:
            column, old, new = self.spec.column(key), before.get(key), after.get(key)
            if (old if old != "" else None) != (new if new != "" else None):
                found.append(CellChange(key, column.title, shown(column, _cell(old)), shown(column, _cell(new))))
        return found


class _Courses(_Rows):
    def __init__(self, actor: Actor, spec: SheetSpec) -> None:
        super().__init__(actor, spec)
        query = select(Course).where(Course.unit_id.in_(self.unit_ids))
        self.known = {(one.unit_id, one.name): one for one in db.session.scalars(query)}
        paths = {unit.path for found in self.units.values() for unit in found}
        self.lines = {path: {w: x.code for x in some for w in (x.name, x.code)} for path, some in
                      lines_of_many(paths, retired=True).items()}  # fmt: skip

    def outcome(self, row: Row) -> Outcome:
        findings, name = Findings(row, self.spec), str(row.values.get("name") or "").strip()
        unit = self.unit_of(row, findings)
        if unit is None or not name:
            return findings.outcome(RowState.WRONG, "", name)
        course = self.known.get((unit.id, name))
        before = _course_values(course) if course is not None else {"active": True}
        told = {key: row.values[key] for key in COURSE_FIELDS if row.values.get(key) is not None}
        if "lines" in told:
            told["lines"] = self._codes(unit, str(told["lines"]), findings)
        after = before | told
        if after.get("tier") is None or after.get("hours") is None:
            return findings.outcome(RowState.WRONG, "", name)
        if Tier(str(after["tier"])) not in TIERS[unit.kind]:
            findings.add("tier", msg("%(unit)s不能建立这一层级的课程，请改正。", unit=unit.short_name))
        if after.get("teaches") and not after.get("lines"):
            findings.add("lines", msg("结业后登记技能的，请填写业务条线。"))
        changes = self.changes(before, after, COURSE_FIELDS)
        state = RowState.NEW if course is None else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, unit.short_name, name, changes)
        if outcome.state in (RowState.NEW, RowState.CHANGED):
            self.writes.append(
                (row, name, _course_write(unit, course, _course_given(name, after), bool(after["active"])))
            )
        return outcome

    def _codes(self, unit: Unit, text: str, findings: Findings) -> tuple[str, ...]:
        known, codes = self.lines[unit.path], []
        for word in text.replace("，", "、").replace(",", "、").replace("；", "、").split("、"):
            if word.strip() in known:
                codes.append(known[word.strip()])
            elif word.strip():
                findings.add("lines", msg("本区县没有“%(line)s”这一业务条线，请核对。", line=word.strip()))
        return tuple(dict.fromkeys(codes))


def _course_values(course: Course) -> dict[str, Any]:
    kept = {key: getattr(course, key) for key in COURSE_FIELDS}
    return kept | {"tier": course.tier.value, "lines": tuple(course.lines)}


def _course_given(name: str, values: Mapping[str, Any]) -> CourseGiven:
    return CourseGiven(
        name=name,
        tier=Tier(str(values["tier"])),
        hours=Decimal(values["hours"]),
        days=values.get("days"),
        category=str(values.get("category") or ""),
        lines=tuple(values.get("lines") or ()),
        teaches=str(values.get("teaches") or ""),
        outline=str(values.get("outline") or ""),
    )


def _course_write(unit: Unit, course: Course | None, given: CourseGiven, active: bool) -> Write:
    def write(actor: Actor) -> None:
        if course is None:
            course_id = keep_course(actor, unit.id, given)
        else:
            course_id = course.id
            change_course(actor, course_id, given, course.version)
        if (course is None or course.active) != active:
            (restore_course if active else retire_course)(actor, course_id)

    return write


class _Classes(_Rows):
    def __init__(self, actor: Actor, spec: SheetSpec) -> None:
        super().__init__(actor, spec)
        courses = list(db.session.scalars(select(Course).where(Course.unit_id.in_(self.unit_ids))))
        self.courses = {(one.unit_id, one.name): one for one in courses}
        self.names = {one.id: one.name for one in courses}
        classes = list(db.session.scalars(select(TrainingClass).where(TrainingClass.unit_id.in_(self.unit_ids))))
        self.known: dict[tuple[int, str], list[TrainingClass]] = {}
        for one in classes:
            self.known.setdefault((one.unit_id, one.name), []).append(one)

    def outcome(self, row: Row) -> Outcome:
        findings, name = Findings(row, self.spec), str(row.values.get("name") or "").strip()
        unit = self.unit_of(row, findings)
        if unit is None or not name:
            return findings.outcome(RowState.WRONG, "", name)
        known = self.known.get((unit.id, name), [])
        if len(known) > 1:
            findings.add("name", msg("有几个班次叫“%(name)s”，请在页面上修改。", name=name))
        found = known[0] if known else None
        before = {key: getattr(found, key) for key in CLASS_FIELDS if key != "course"} if found else {}
        if found is not None:
            before["course"] = self.names[found.course_id]
        told = {key: row.values[key] for key in CLASS_FIELDS if row.values.get(key) is not None}
        after = before | told
        changes = self.changes(before, after, CLASS_FIELDS)
        given = self._given(unit, name, after, found, findings)
        if found is not None and changes and found.state not in (ClassState.PLANNED, ClassState.OPEN):
            findings.add("", msg("“%(name)s”已办结或取消，不能修改。", name=name))
        for change in changes if found is not None else ():
            # Other days would take some of the schedule away, with the codes on it.
            if change.key in ("starts_on", "ends_on"):
                findings.add(change.key, msg("改动起止日期要同时调整日程，请在页面上修改。"))
        state = RowState.NEW if found is None else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, unit.short_name, name, changes)
        if given is not None and outcome.state in (RowState.NEW, RowState.CHANGED):
            self.writes.append((row, name, _class_write(found, given)))
        return outcome

    def _given(
        self, unit: Unit, name: str, values: Mapping[str, Any], found: TrainingClass | None, findings: Findings
    ) -> ClassGiven | None:
        course = self.courses.get((unit.id, str(values.get("course") or "")))
        if course is None and values.get("course"):
            findings.add("course", msg("%(unit)s没有这门课程，请先登记课程。", unit=unit.short_name))
        if course is not None and not course.active and (found is None or found.course_id != course.id):
            findings.add("course", msg("“%(name)s”已停用，请先恢复或改选课程。", name=course.name))
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if course is None or not isinstance(starts_on, date) or not isinstance(ends_on, date):
            return None
        given = ClassGiven(
            course_id=course.id,
            name=name,
            starts_on=starts_on,
            ends_on=ends_on,
            enrol_until=values.get("enrol_until"),
            held_at=str(values.get("held_at") or ""),
            teacher=str(values.get("teacher") or ""),
            capacity=values.get("capacity"),
            audience=AudienceGiven.of(found.audience) if found else AudienceGiven(),
            score_wanted=values.get("score_wanted"),
            document=str(values.get("document") or ""),
            remark=str(values.get("remark") or ""),
        )
        try:
            class_values(given)
        except Refused as refusal:
            findings.add(refusal.field or "", refusal.message)
        return given


def _class_write(found: TrainingClass | None, given: ClassGiven) -> Write:
    def write(actor: Actor) -> None:
        if found is None:
            plan_class(actor, given)
        else:
            # The schedule is not in the sheet: it stays.
            change_class(actor, found.id, replace(given, days=_schedule(found.id)), found.version)

    return write


def _schedule(class_id: int) -> tuple[DayGiven, ...]:
    days = db.session.scalars(
        select(ClassDay).where(ClassDay.class_id == class_id).order_by(ClassDay.on, ClassDay.begins)
    )
    return tuple(DayGiven(day.on, day.begins, day.ends, day.hours) for day in days)


def _cell(value: object) -> object:
    return "、".join(map(str, value)) if isinstance(value, tuple) else value if value != "" else None
