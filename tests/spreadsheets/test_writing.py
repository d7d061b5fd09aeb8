"""An import is written as a whole, only as it was shown, and once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import Denied
from careerpath.access.models import AuditChange, AuditEntry
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.employees.models import Employee, Posting
from careerpath.employees.operations import people
from careerpath.employees.operations.details import Read, apply_details, details_of
from careerpath.employees.operations.people import change_employee
from careerpath.spreadsheets.models import ImportState, SheetImport, SheetImportChange
from careerpath.spreadsheets.operations.imports import (
    StalePreview,
    Upload,
    begin_import,
    compare_file,
    confirm_import,
    discard_import,
    own_import,
    sweep_imports,
)
from careerpath.spreadsheets.queries.imports import import_view, kept_outcomes
from careerpath.spreadsheets.sheets import employees as desk
from careerpath.spreadsheets.sheets.desk import LIMITS, RowFault, RowState
from careerpath.words import NotFound, Refused, msg
from tests.core.sheets.workbooks import OLD_ROSTER, make_xlsx
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee, make_identity, selects_of
from tests.spreadsheets.books import HEADINGS, bring_in, compared, employees, person, roster, states, typed


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


@pytest.fixture
def clerk(town: Town) -> Actor:
    return make_actor(Role.STREET_HR, town.street)


def test_a_wrong_cell_keeps_every_row_out(town: Town, clerk: Actor) -> None:
    import_id = begin_import(clerk, "employees", roster(*(person() for _ in range(9)), person(posting_unit="不存在")))
    with pytest.raises(Refused, match="1 行有错误"):
        confirm_import(clerk, import_id)
    assert employees() == []
    assert import_view(clerk, import_id).state is ImportState.PREVIEWED


def test_a_failure_in_a_late_row_leaves_nothing(town: Town, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    import_id = begin_import(clerk, "employees", roster(*(person() for _ in range(200))))
    seen = iter(range(10_000))

    def failing(employee: Employee, read: Read) -> None:
        if next(seen) == 199:
            raise RuntimeError("the power went")
        apply_details(employee, read)

    monkeypatch.setattr(people, "apply_details", failing)
    with pytest.raises(RuntimeError, match="the power went"):
        confirm_import(clerk, import_id)
    monkeypatch.undo()
    db.session.rollback()
    counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (Employee, Posting)]
    assert counts == [0, 0]
    assert db.session.scalar(select(func.count()).select_from(SheetImportChange)) == 0
    confirm_import(clerk, import_id)
    assert len(employees()) == 200


def test_what_was_refused_only_when_writing_names_its_row(
    town: Town, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = begin_import(clerk, "employees", roster(person(), person(name="李四")))

    def refusing(actor: Actor, given: list[object]) -> None:
        raise people.RowRefused(1, Refused(msg("名额已满。")))

    monkeypatch.setattr(desk, "register_employees", refusing)
    with pytest.raises(RowFault, match="第 3 行“李四”：名额已满"):
        confirm_import(clerk, import_id)
    assert employees() == []


def test_a_preview_that_grew_stale_is_shown_again_and_not_written(town: Town, clerk: Actor) -> None:
    row = person()
    bring_in(clerk, roster(row))
    employee = employees()[0]
    import_id = begin_import(clerk, "employees", roster(row | {"phone": "13900001111"}))
    given = details_of(employee)
    change_employee(clerk, employee.id, replace(given, phone="13700002222"), employee.version)
    with pytest.raises(StalePreview):
        confirm_import(clerk, import_id)
    (outcome,) = kept_outcomes(clerk, import_id)
    assert [(change.old, change.new) for change in outcome.changes] == [("13700002222", "13900001111")]
    assert details_of(employees()[0]).phone == "13700002222"
    confirm_import(clerk, import_id)
    assert details_of(employees()[0]).phone == "13900001111"


def test_the_same_confirmation_six_times_has_one_effect(town: Town, clerk: Actor) -> None:
    import_id = begin_import(clerk, "employees", roster(person(), person()))
    for _ in range(6):
        confirm_import(clerk, import_id)
    assert len(employees()) == 2


def test_nothing_to_write_is_said_and_not_written(town: Town, clerk: Actor) -> None:
    row = person()
    bring_in(clerk, roster(row))
    import_id = begin_import(clerk, "employees", roster(row))
    assert not import_view(clerk, import_id).writable
    with pytest.raises(Refused, match="没有需要写入"):
        confirm_import(clerk, import_id)


def test_a_preview_is_for_its_owner_alone(town: Town, clerk: Actor) -> None:
    import_id = begin_import(clerk, "employees", roster(person()))
    others = (
        make_actor(Role.STREET_HR, town.street, "colleague"),
        make_actor(Role.DISTRICT_HR, town.district),
        make_actor(Role.STREET_HR, town.other_street),
    )
    for other in others:
        for ask in (import_view, own_import, confirm_import, discard_import):
            with pytest.raises(NotFound):
                ask(other, import_id)
    confirm_import(clerk, import_id)
    assert [_sees(other, import_id) for other in others] == [True, True, False]


def _sees(actor: Actor, import_id: int) -> bool:
    try:
        return import_view(actor, import_id).id == import_id
    except NotFound:
        return False


def test_who_lacks_the_sheets_permission_is_denied(town: Town, clerk: Actor) -> None:
    with pytest.raises(Denied):
        begin_import(clerk, "units", Upload("单位.csv", b"code,name,kind,parent\n1,x,city,\n"))
    with pytest.raises(Denied):
        compare_file(make_actor(Role.COMMUNITY_SECRETARY, town.community), "employees", roster(person()))


def test_kept_files_are_sealed_and_go_when_written_or_after_a_day(town: Town, clerk: Actor) -> None:
    row = person()
    waiting = begin_import(clerk, "employees", roster(row))
    written = begin_import(clerk, "employees", roster(person()))
    record = own_import(clerk, waiting)
    for key in (record.file_key, record.preview_key):
        kept = files().read(key)
        assert not kept.startswith(b"PK")
        assert str(row["phone"]).encode() not in kept
    keys = [record.file_key, record.preview_key, own_import(clerk, written).file_key]
    confirm_import(clerk, written)
    assert sweep_imports(Actor.console()) == 0
    with clock.Stopped(clock.now() + timedelta(days=1, hours=1)):
        assert sweep_imports(Actor.console()) == 1
    assert db.session.scalars(select(SheetImport.id)).all() == [written]
    for key in keys:
        with pytest.raises(FileNotFoundError):
            files().read(key)


def test_the_trail_tells_of_the_import_and_holds_no_identity_number(town: Town, clerk: Actor) -> None:
    rows = [person(), person()]
    import_id = bring_in(clerk, roster(*rows))
    bring_in(clerk, roster(rows[0] | {"phone": "13900001111"}))
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.operation == "write_import")).all()
    assert [entry.note for entry in entries] == [f"employees #{import_id} +2 ~0", f"employees #{import_id + 1} +0 ~1"]
    trail = str([(line.old, line.new) for line in db.session.scalars(select(AuditChange))])
    trail += str([entry.note for entry in db.session.scalars(select(AuditEntry))])
    kept = str([line.before for line in db.session.scalars(select(SheetImportChange))])
    for secret in (*(str(row["identity"]) for row in rows), "13900001111", "13812345678", "建设路 8 号"):
        assert secret not in trail
        assert secret not in kept


def test_hundreds_more_people_ask_hardly_more_of_the_database(town: Town, clerk: Actor) -> None:
    def asked(count: int, year: int) -> tuple[int, int, int]:
        keys = ("name", "joined_community_on", "posting_unit", "posting_post")
        common = {key: value for key, value in person().items() if key in keys}
        rows = [common | {"identity": _identity(year, place)} for place in range(count)]
        upload, ids = roster(*rows), list[int]()
        looking = selects_of(lambda: ids.append(begin_import(clerk, "employees", upload)))
        writing = selects_of(lambda: confirm_import(clerk, ids[0]))
        mended = roster(*(row | {"posting_title": "民政专干"} for row in rows))
        changing = selects_of(lambda: bring_in(clerk, mended))
        return len(looking), len(writing), len(changing)

    few, many = asked(20, 1980), asked(520, 1990)
    # A second piece of 500 asks its own questions once: who is known, and the facts of each kind.
    assert [more - less <= 25 for less, more in zip(few, many, strict=True)] == [True, True, True]
    assert max(few) < 60


def _identity(year: int, place: int) -> str:
    return make_identity(date(year + place // 500, 4, 12), serial=place % 500)


HOSTILE: dict[str, Callable[[], Upload]] = {
    "a renamed text file": lambda: Upload("花名册.xlsx", "姓名,身份证号\n张三,1\n".encode()),
    "a web page": lambda: Upload("花名册.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
    "an encrypted workbook": lambda: Upload("花名册.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a zip bomb": lambda: Upload("花名册.xlsx", _bomb()),
    "no table at all": lambda: Upload("花名册.xlsx", make_xlsx([["你好"], ["世界"]])),
    "another table": lambda: Upload("花名册.xls", OLD_ROSTER),
    "headings alone": lambda: typed(),
    "a strange column": lambda: typed(["张三", "1", "", "", "", "x"], headings=[*HEADINGS, "血型"]),
    "too many rows": lambda: typed(*([f"张{n}"] for n in range(LIMITS.rows + 20))),
    "an empty file": lambda: Upload("花名册.xlsx", b""),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_roster_is_refused_and_nothing_is_kept(town: Town, clerk: Actor, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        begin_import(clerk, "employees", HOSTILE[kind]())
    assert len(str(refused.value.message)) > 8
    assert db.session.scalars(select(SheetImport)).all() == []


def _bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(64 * 1024 * 1024))
    return out.getvalue()


def test_merged_cells_are_named_by_their_rows(town: Town, clerk: Actor) -> None:
    rows = [HEADINGS, *([f"张{name}", make_identity(), "2018-07-01", "书苑社区", "一般"] for name in "三四")]
    content = make_xlsx(rows, more=lambda _, sheet: sheet.merge_range(1, 3, 2, 3, "书苑社区"))
    found = compared(clerk, Upload("花名册.xlsx", content))
    assert states(found) == [RowState.WRONG] * 2
    assert {str(wrong.message)[:8] for each in found.outcomes for wrong in each.wrongs} == {"位于合并单元格 "[:8]}


def test_rows_with_nothing_but_a_serial_number_are_no_people(town: Town, clerk: Actor) -> None:
    upload = typed(
        [1, "张三", make_identity(), "2018-07-01", "书苑社区", "一般"], [2], [3], headings=["序号", *HEADINGS]
    )
    assert states(compared(clerk, upload)) == [RowState.NEW]


def test_somebody_elsewhere_in_the_district_may_be_brought_in_by_the_district(town: Town) -> None:
    district = make_actor(Role.DISTRICT_HR, town.district)
    make_employee(None, town.foreign)
    import_id = bring_in(district, roster(person(posting_unit="文昌社区"), person()))
    assert own_import(district, import_id).unit_id == town.district.id
    assert len(employees()) == 3
