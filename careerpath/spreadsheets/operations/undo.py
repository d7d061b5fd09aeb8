"""Taking a written import back as a whole, as long as nothing builds on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ForeignKey, Table, func, select, update
from sqlalchemy.orm.attributes import set_committed_value

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import Denied, operation
from careerpath.access.models import AuditChange, AuditEntry, Unit
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import Record, db
from careerpath.employees.forms.words import HONOUR_TABLE, TABLE_NAMES
from careerpath.employees.models import Employee
from careerpath.recruitment.models import Application, Examinee
from careerpath.spreadsheets.catalogue import sheet_named
from careerpath.spreadsheets.models import ImportState, SheetImport, SheetImportChange
from careerpath.spreadsheets.operations.journal import LEFT_OUT, MADE, fingerprint, restore
from careerpath.spreadsheets.queries.scope import reachable
from careerpath.words import Message, NotFound, Refused, msg

CHUNK = 500
NAMED = 3
"""So many obstacles are named one by one; there may be thousands."""

TABLES: Mapping[str, Message] = {
    **TABLE_NAMES,
    **HONOUR_TABLE,
    "appraisal": msg("年度考核"),
    "street_appraisal": msg("年度考核"),
    "appraisal_year": msg("年度考核"),
    "unit": msg("下级单位"),
    "contribution_base": msg("缴费基数"),
    "role_grant": msg("授权"),
    "application_paper": msg("报名材料"),
    "eligibility_review": msg("资格审查"),
    "examinee": msg("准考证号"),
    "recruitment_list_line": msg("招聘名单"),
    "candidate_departure": msg("放弃或不合格"),
    "development_task": msg("培养任务"),
    "pool_review": msg("后备评估"),
    "pool_proposal": msg("入库出库建议"),
    "skill": msg("业务技能"),
    "training_class": msg("培训班"),
    "class_day": msg("培训日程"),
    "enrolment": msg("参训人员"),
    "class_sign_in": msg("培训签到"),
    "class_paper": msg("培训资料"),
    "certificate_try": msg("职业资格考试报考"),
    "degree_study": msg("在职学历教育"),
    "host": msg("接收单位"),
    "rotation": msg("轮岗锻炼"),
    "rotation_step": msg("轮岗锻炼经过"),
    "rotation_report": msg("锻炼情况报告"),
    "rotation_wish": msg("轮岗意愿"),
    "honour_objection": msg("公示反映"),
    "sheet_import": msg("导入记录"),
}
"""What the records of a table are called, where they stand in the way; others are called 后续记录."""


CHANGED_LATER = msg("导入之后又有修改")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A record that is in the way, and why."""

    record: Record
    why: Message


@dataclass(slots=True)
class _Touched:
    """The records of one import by table: as they stand, what they were, and which it made."""

    records: dict[str, dict[int, Record]] = field(default_factory=dict)
    lines: dict[str, dict[int, SheetImportChange]] = field(default_factory=dict)
    gone: int = 0

    def ids(self, table: str, *, made: bool) -> list[int]:
        """The ids of records that were made, or that were changed."""
        lines = self.lines.get(table, {})
        return [record_id for record_id, line in lines.items() if (line.kind == MADE) is made]


@operation(Permission.SHEET_USE)
def undo_import(actor: Actor, import_id: int) -> int:
    """Take away what an import made and give back what it changed; gives how many records. Undone already: none.

    Open to the owner and to those who hold the sheet's permission for all of it. Raises ``Refused`` naming who and
    why when a later change, or a record of another kind, builds on it.
    """
    query = select(SheetImport).where(SheetImport.id == import_id, reachable(actor))
    record = db.session.scalars(query.with_for_update()).one_or_none()
    if record is None:
        raise NotFound
    sheet = sheet_named(record.sheet)
    if not sheet.may_bring(actor):
        raise Denied
    if record.state is ImportState.UNDONE:
        return 0
    if record.state is not ImportState.WRITTEN or record.written_at is None:
        raise Refused(msg("这次导入没有写入，不需要撤销。"))
    why = sheet.desk.why_kept(actor, record.about, record.written_at)
    if why is not None:
        raise Refused(why)
    touched = _touched(record.id)
    obstacles = list(_obstacles(record, touched))
    if obstacles or touched.gone:
        raise Refused(_why_not(obstacles, touched.gone))
    count = _give_back(touched) + _take_away(touched)
    record.state, record.undone_at, record.undone_by = ImportState.UNDONE, clock.now(), actor.display_name
    audit.note(f"{record.sheet} #{record.id}")
    return count


def _touched(import_id: int) -> _Touched:
    found = _Touched()
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Record.registry.mappers}
    for line in db.session.scalars(select(SheetImportChange).where(SheetImportChange.import_id == import_id)):
        found.lines.setdefault(line.table, {})[line.record_id] = line
    for table, lines in found.lines.items():
        model: Any = models[table]
        records = found.records.setdefault(table, {})
        for chunk in _chunks(list(lines)):
            query = select(model).where(model.id.in_(chunk)).with_for_update()
            records |= {record.id: record for record in db.session.scalars(query)}
        found.gone += len(lines) - len(records)
    return found


def _obstacles(record: SheetImport, touched: _Touched) -> Iterator[Obstacle]:
    told = 0
    for name, records in touched.records.items():
        for record_id, each in records.items():
            if fingerprint(each) != touched.lines[name][record_id].after:
                told += 1
                asked = told <= NAMED
                yield Obstacle(each, _changed_later(name, record_id, record.audit_mark) if asked else CHANGED_LATER)
    for table in db.metadata.sorted_tables:
        for key in table.foreign_keys:
            parent = key.column.table.name
            if parent in touched.records and table.name not in LEFT_OUT - {"sheet_import"}:
                yield from _built_on(table, key, parent, record, touched)


def _built_on(table: Table, key: ForeignKey, parent: str, record: SheetImport, touched: _Touched) -> Iterator[Obstacle]:
    """Records of a table that point at what the import made, or later ones that point at a person whom it changed."""
    lines = touched.lines.get(table.name, {})
    # What the import itself pointed there is given back before anything is taken away.
    pointed = {row_id for row_id, line in lines.items() if key.parent.name in (line.before or {})}
    own = set(touched.ids(table.name, made=True)) | pointed
    for made in (True, False):
        if not made and parent != Employee.__tablename__:
            continue
        for chunk in _chunks(touched.ids(parent, made=made)):
            query = select(table.c.id, key.parent).where(key.parent.in_(chunk))
            if not made:
                query = query.where(table.c.id.in_(_made_after(table.name, record.audit_mark)))
            for row_id, parent_id in db.session.execute(query):
                if row_id not in own:
                    what = TABLES.get(table.name, msg("后续记录"))
                    why = msg("导入之后已有%(what)s", what=what)
                    yield Obstacle(touched.records[parent][parent_id], why)


def _made_after(table: str, mark: int) -> Any:
    return select(AuditChange.record_id).where(
        AuditChange.table == table, AuditChange.kind == "made", AuditChange.entry_id > mark
    )


def _changed_later(table: str, record_id: int, mark: int) -> Message:
    """Who changed a record after the import; the last one is named."""
    row = db.session.execute(
        select(AuditEntry.at, AuditEntry.user_name)
        .join(AuditChange, AuditChange.entry_id == AuditEntry.id)
        .where(AuditChange.table == table, AuditChange.record_id == record_id, AuditEntry.id > mark)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return CHANGED_LATER
    at = f"{clock.office_time(row.at):%Y-%m-%d %H:%M}"
    return msg("导入之后又有修改（%(who)s，%(at)s）", who=row.user_name, at=at)


def _why_not(obstacles: Sequence[Obstacle], gone: int) -> Message:
    reasons: dict[str, Message] = {}
    for obstacle in obstacles:
        reasons.setdefault(_who(obstacle.record), obstacle.why)
    if not reasons:
        return msg("导入的 %(count)s 条记录已被删除，不能再整体撤销。", count=gone)
    named = [msg("%(who)s：%(why)s", who=who, why=why) for who, why in list(reasons.items())[:NAMED]]
    listed = named[0]
    for more in named[1:]:
        listed = msg("%(first)s；%(next)s", first=listed, next=more)
    return msg(
        "不能撤销：有 %(count)s 处后来的内容以这次导入为依据。%(listed)s。请先处理，或逐项更正。",
        count=len(reasons),
        listed=listed,
    )


def _who(record: Any) -> str:
    """Whom or what a record is about."""
    if isinstance(record, Unit):
        return f"“{record.short_name}”（{record.code}）"
    if isinstance(record, Application):
        return f"“{record.name}”（{record.number}）"
    if isinstance(record, Examinee):
        return record.exam_number
    employee = record if isinstance(record, Employee) else None
    if employee is None and hasattr(record, "employee_id"):
        employee = db.session.get(Employee, record.employee_id)
    return f"“{employee.name}”（{employee.number}）" if employee else f"{record.__tablename__} {record.id}"


def _give_back(touched: _Touched) -> int:
    count = 0
    for table, lines in touched.lines.items():
        for record_id, line in lines.items():
            if line.before is not None:
                restore(touched.records[table][record_id], line.before)
                count += 1
    db.session.flush()
    _restore_paths(
        record
        for record_id, record in touched.records.get(Unit.__tablename__, {}).items()
        if isinstance(record, Unit) and "parent_id" in (touched.lines[Unit.__tablename__][record_id].before or {})
    )
    return count


def _restore_paths(moved: Iterable[Unit]) -> None:
    """Units that stand where they stood before take everything below them along."""
    for unit in sorted(moved, key=lambda each: each.path.count("/")):
        parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
        old, new = unit.path, f"{parent.path if parent else ''}{unit.id}/"
        db.session.execute(
            update(Unit)
            .where(Unit.path.startswith(old, autoescape=True))
            .values(path=new + func.substr(Unit.path, len(old) + 1, type_=Unit.path.type)),
            execution_options={"synchronize_session": False},
        )
        for each in db.session.identity_map.values():
            if isinstance(each, Unit) and each.path.startswith(old):
                set_committed_value(each, "path", new + each.path[len(old) :])


def _take_away(touched: _Touched) -> int:
    """Delete what was made, what points at others first."""
    count = 0
    for table in reversed(db.metadata.sorted_tables):
        left = {each: touched.records[table.name][each] for each in touched.ids(table.name, made=True)}
        own_keys = [key.parent.name for key in table.foreign_keys if key.column.table is table]
        while left:
            above = {getattr(record, name) for record in left.values() for name in own_keys}
            for record_id in [each for each in left if each not in above]:
                db.session.delete(left.pop(record_id))
                count += 1
            db.session.flush()
    return count


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
