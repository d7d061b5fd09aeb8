"""The roster of the pool goes out, is edited, and comes back with a preview, all or nothing."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from careerpath.access.guard import Denied
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.spreadsheets.catalogue import importable
from careerpath.spreadsheets.operations.exports import find_export
from careerpath.spreadsheets.operations.imports import Upload, begin_import, confirm_import
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries.imports import kept_outcomes
from careerpath.spreadsheets.sheets.desk import RowState, Wish
from careerpath.talent_pool.models import PoolEntry, Readiness, TaskKind
from careerpath.talent_pool.operations.development import TaskGiven, add_task
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import make_actor, make_unit, signed_in
from tests.spreadsheets.books import taken_out
from tests.talent_pool.reserves import Pool

HEADINGS = ["编号", "姓名", "后备所在社区", "培养方向", "入库日期", "入库文号", "成熟程度", "潜力评分", "备注"]


def sheet(*rows: list[object]) -> Upload:
    """A roster as an office types it."""
    return Upload("入库名册.xlsx", make_xlsx([HEADINGS, *rows]))


def entries() -> list[PoolEntry]:
    """The pool as the database has it now."""
    db.session.rollback()
    return list(db.session.scalars(select(PoolEntry).order_by(PoolEntry.id)))


def test_people_enter_and_are_set_right_by_a_roster_that_can_be_taken_back(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    kept = pool.file_of(entry)
    new = pool.person()
    given = sheet(
        [kept.number, kept.name, "银杏社区", "社区党组织书记", "", "", "可随时使用", "", "懂物业"],
        [new.number, new.name, "", "小区党支部书记", "2025.12.1", "费社工发〔2025〕41号", "需长期培养", 72.5, ""],
    )
    import_id = begin_import(pool.district, "reserves", given)
    assert [one.state for one in kept_outcomes(pool.district, import_id)] == [RowState.CHANGED, RowState.NEW]
    confirm_import(pool.district, import_id)
    first, second = entries()
    assert (first.unit_id, first.readiness, first.remark) == (pool.town.neighbour.id, Readiness.NOW, "懂物业")
    assert (second.unit_id, second.rung, second.entered_on) == (
        pool.town.community.id,
        "compound_secretary",
        date(2025, 12, 1),
    )
    assert (second.readiness, second.potential) == (Readiness.LATER, Decimal("72.50"))
    undo_import(pool.district, import_id)
    [left] = entries()
    assert (left.unit_id, left.readiness, left.remark) == (pool.town.community.id, Readiness.SOON, "")


def test_what_goes_out_comes_back_unchanged(app: Flask) -> None:
    pool = Pool()
    pool.reserve(potential=Decimal("81.25"), remark="懂物业")
    pool.reserve(pool.town.foreign, readiness=Readiness.NOW, rung="compound_secretary")
    sent = taken_out(pool.district, "reserves")
    import_id = begin_import(pool.district, "reserves", sent)
    assert [one.state for one in kept_outcomes(pool.district, import_id)] == [RowState.UNCHANGED] * 2


def test_a_wrong_row_is_named_with_its_place(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve(potential=Decimal(70))
    kept, new = pool.file_of(entry), pool.person()
    clerk = pool.person(make_unit("党建办", UnitKind.DEPARTMENT, pool.town.street))
    secretary = "社区党组织书记"
    rows: list[tuple[list[object], str]] = [
        (["X-9999", "无此人", "", secretary, "2025-12-1"], "number"),
        ([new.number, "别人", "", secretary, "2025-12-1"], "name"),
        ([new.number, new.name, "无名社区", "小区党支部书记", "2025-12-1"], "unit"),
        ([clerk.number, clerk.name, "", secretary, "2025-12-1"], "unit"),
        ([clerk.number, clerk.name, "费城街道", "小区党支部书记", "2025-12-1"], "unit"),
        ([kept.number, kept.name, "", "小区党支部书记", ""], "entered_on"),
        ([kept.number, kept.name, "", secretary, "2026-1-1"], "entered_on"),
    ]
    import_id = begin_import(pool.district, "reserves", sheet(*(row for row, _ in rows)))
    found = kept_outcomes(pool.district, import_id)
    assert [one.wrongs[0].key for one in found] == [key for _, key in rows]
    again = sheet(
        [kept.number, kept.name, "", secretary, "", "", "", 90, ""],
        [new.number, new.name, "", secretary, "2025-12-1"],
        [new.number, new.name, "", secretary, "2025-12-2"],
    )
    found = kept_outcomes(pool.district, begin_import(pool.district, "reserves", again))
    assert [one.wrongs[0].key if one.wrongs else "" for one in found] == ["potential", "", "number"]


def test_an_import_that_tasks_rest_on_is_not_taken_back(app: Flask) -> None:
    pool = Pool()
    new = pool.person()
    import_id = begin_import(
        pool.district, "reserves", sheet([new.number, new.name, "", "社区党组织书记", "2025-12-1"])
    )
    confirm_import(pool.district, import_id)
    [entry] = entries()
    add_task(pool.street, entry.id, TaskGiven(TaskKind.STUDY, "考证", date(2026, 6, 30)))
    with pytest.raises(Refused, match="已有培养任务"):
        undo_import(pool.district, import_id)


def test_a_street_takes_its_roster_out_and_brings_none_in(app: Flask) -> None:
    pool = Pool()
    pool.reserve()
    pool.reserve(pool.town.foreign)
    assert find_export(pool.street, "reserves", Wish()).count == 1
    with pytest.raises(Refused, match="没有符合条件的内容"):
        find_export(pool.district, "reserves", Wish(on=date(2025, 5, 31)))
    auditor = make_actor(Role.AUDITOR, pool.town.district)
    assert find_export(auditor, "reserves", Wish(unit_id=pool.town.foreign.id)).count == 1
    with pytest.raises(Denied):
        importable(pool.street, "reserves")


def test_the_roster_of_a_day_is_taken_from_its_page(app: Flask) -> None:
    pool = Pool()
    pool.reserve()
    client = signed_in(app, pool.district)
    assert client.get("/spreadsheets/reserves/export").status_code == 200
    answer = client.post("/spreadsheets/reserves/export", data={"on": "2025-12-01"})
    assert answer.status_code == 200
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[4] for row in rows[-1:]] == ["社区党组织书记"]
