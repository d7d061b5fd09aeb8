"""The people of a class: out with their signs, in as names that come in and as scores and hours."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.queries.classes import class_named
from careerpath.spreadsheets.sheets.desk import (
    CellChange,
    Comparison,
    Export,
    Findings,
    Outcome,
    RowState,
    Wish,
    shown,
)
from careerpath.spreadsheets.sheets.numbered import people_of, person_of, pieces_of
from careerpath.spreadsheets.sheets.one_thing import OneThingDesk
from careerpath.training.models import ClassState, Enrolment, EnrolmentState, TrainingClass
from careerpath.training.operations.attendance import ResultGiven, put_results
from careerpath.training.operations.enrolments import OPEN_STATES, enrol_people
from careerpath.training.operations.steps import check_state
from careerpath.training.queries.class_people import all_people_of_class
from careerpath.training.queries.reach import near_class
from careerpath.training.queries.words import CLASS_STATES, ENROLMENT_STATES, ENROLMENT_WAYS
from careerpath.training.sheets.training import CLASS_PEOPLE_SPEC
from careerpath.words import Message, Refused, msg

RESULTS = ("score", "hours", "note")


class ClassPeopleDesk(OneThingDesk):
    """The people of a class, which the file names above the headings."""

    key, field, thing = "class_id", "training_class", msg("培训班")

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return CLASS_PEOPLE_SPEC

    def met(self, actor: Actor, about: About) -> TrainingClass:
        """The one that was chosen, or ``NotFound``."""
        return _met(actor, about.class_id)

    def named(self, actor: Actor, name: str) -> TrainingClass:
        """The one of a name. Raises ``Refused``."""
        return class_named(actor, name, Permission.TRAINING_HOLD)

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by the number of the person. A query for each 500 rows, and four."""
        found = near_class(actor, about.class_id or 0, Permission.TRAINING_HOLD)
        check_state(found, *OPEN_STATES)
        comparing = _Comparing(actor, found, read, spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """Names and results are not taken from under a class that was closed or cancelled since."""
        found = db.session.get(TrainingClass, about.class_id)
        if found is None or found.state in OPEN_STATES:
            return None
        message = "“%(name)s”现为“%(state)s”，这次导入不能再撤销。"
        return msg(message, name=found.name, state=CLASS_STATES[found.state])

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Those of the actor's units."""
        if wish.class_id is None:
            raise Refused(msg("请选择培训班。"), field="training_class")
        found = _met(actor, wish.class_id)
        people = all_people_of_class(actor, found.id)
        if wish.unit_id is not None:
            path = fetch_unit(actor, wish.unit_id, Permission.TRAINING_VIEW).path
            inside = set(db.session.scalars(select(Unit.id).where(Unit.path.startswith(path, autoescape=True))))
            people = [one for one in people if one.record.unit_id in inside]
        if not people:
            raise Refused(msg("“%(name)s”没有可以导出的人员。", name=found.name), field="training_class")

        def cells(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            for one in (people[place] for place in piece):
                yield {
                    "number": one.number,
                    "name": one.name,
                    "street": one.street,
                    "unit": one.unit,
                    "way": str(ENROLMENT_WAYS[one.record.way]),
                    "state": str(ENROLMENT_STATES[one.record.state]),
                    "signed": one.signed,
                    **_results_of(one.record),
                }

        notes = (msg("共 %(count)s 人。", count=len(people)),)
        title = f"{found.name}参训人员"
        return Export(
            CLASS_PEOPLE_SPEC, title, notes, pieces_of(range(len(people))), cells, self.line(actor, wish.about)
        )


def _met(actor: Actor, class_id: int | None) -> TrainingClass:
    return near_class(actor, class_id or 0, Permission.TRAINING_VIEW)


class _Comparing:
    """Rows held against the people of the actor's units and those who are in the class."""

    def __init__(self, actor: Actor, found: TrainingClass, read: ReadResult, spec: SheetSpec) -> None:
        self.found, self.spec = found, spec
        self.new: list[tuple[int, ResultGiven | None]] = []
        self.changed: dict[int, ResultGiven] = {}
        self.people = people_of(actor, read, Permission.TRAINING_HOLD)
        places = db.session.scalars(select(Enrolment).where(Enrolment.class_id == found.id))
        self.places = {one.employee_id: one for one in places}
        self.area = db.session.get_one(Unit, found.unit_id).path
        self.holds = actor.can(Permission.TRAINING_HOLD, self.area)
        self.homes = homes_of((one.id for one in self.people.values()), clock.today())

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings, number = Findings(row, self.spec), str(row.values.get("number") or "")
        person = person_of(row, findings, self.people)
        if person is None:
            return findings.outcome(RowState.WRONG, number, str(row.values.get("name") or ""))
        place = self.places.get(person.id)
        is_in = place is not None and place.state is not EnrolmentState.WITHDRAWN
        told = {key: row.values[key] for key in RESULTS if row.values.get(key) is not None}
        before: dict[str, Any] = _results_of(place) if place and is_in else {}
        changes = self._changes(before, before | told)
        self._check(findings, person, place, is_in, [change.key for change in changes])
        state = RowState.NEW if not is_in else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, number, person.name, changes)
        result = _result(before | told) if changes else None
        if outcome.state is RowState.NEW:
            self.new.append((person.id, result))
        elif outcome.state is RowState.CHANGED and place is not None and result is not None:
            self.changed[place.id] = result
        return outcome

    def write(self, actor: Actor) -> None:
        """Let the new ones in, then keep all results."""
        if self.new:
            enrol_people(actor, self.found.id, [employee_id for employee_id, _ in self.new])
        results = dict(self.changed)
        wanted = {employee_id: result for employee_id, result in self.new if result is not None}
        if wanted:
            query = select(Enrolment.employee_id, Enrolment.id).where(
                Enrolment.class_id == self.found.id, Enrolment.employee_id.in_(wanted)
            )
            for employee_id, enrolment_id in db.session.execute(query):
                results[enrolment_id] = wanted[employee_id]
        if results:
            put_results(actor, self.found.id, results)

    def _check(
        self, findings: Findings, person: Employee, place: Enrolment | None, is_in: bool, changed: Sequence[str]
    ) -> None:
        home = self.homes[person.id]
        if not is_in and not home.in_service:
            findings.add("number", msg("“%(name)s”已经离职，不能参训。", name=person.name))
        if not is_in and not home.unit_path.startswith(self.area):
            findings.add("number", msg("“%(name)s”不在举办单位的范围内，不能参训。", name=person.name))
        if not changed:
            return
        if not self.holds:
            findings.add(changed[0], msg("成绩和学时由举办单位登记，请清空这一格。"))
        if self.found.state is not ClassState.OPEN:
            findings.add(changed[0], msg("发布以后才能登记成绩和学时。"))
        if "score" in changed and self.found.score_wanted is None:
            findings.add("score", msg("本班未设合格分数，不登记成绩；需要的请先修改班次。"))
        hours = self._hours(findings)
        if hours is not None and hours > self.found.hours:
            findings.add("hours", msg("个人学时不能多于班次的 %(hours)s 学时。", hours=self.found.hours))
        if is_in and place is not None and place.state is EnrolmentState.WAITING:
            findings.add(changed[0], msg("候补人员不登记成绩，请先列入名单。"))

    def _hours(self, findings: Findings) -> Decimal | None:
        hours = findings.row.values.get("hours")
        return hours if isinstance(hours, Decimal) else None

    def _changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[CellChange]:
        found = []
        for key in RESULTS:
            column, old, new = self.spec.column(key), before.get(key), after.get(key)
            if old != new:
                found.append(CellChange(key, column.title, shown(column, old), shown(column, new)))
        return found


def _results_of(place: Enrolment) -> dict[str, Any]:
    return {"score": place.score, "hours": place.hours, "note": place.note or None}


def _result(values: Mapping[str, Any]) -> ResultGiven:
    return ResultGiven(values.get("score"), values.get("hours"), str(values.get("note") or ""))
