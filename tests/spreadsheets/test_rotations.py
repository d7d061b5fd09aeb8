"""Rotations, hosts and wishes go out, are edited, and come back with a preview; whose turn it is goes out."""

from datetime import date
from io import BytesIO

from flask import Flask
from python_calamine import CalamineWorkbook

from careerpath.core.db import db
from careerpath.rotations.models import Host, Rotation, RotationWish
from careerpath.rotations.operations.hosts import HostGiven, keep_host
from careerpath.spreadsheets.operations.imports import Upload
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState
from tests.factories.rotations import make_wish
from tests.factories.skills import make_line
from tests.rotations.lending import DOCUMENT, PROPOSED, Lending, day
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out, typed

ROTATIONS = ["编号", "姓名", "派出单位及职务", "派出单位所在地", "锻炼方式", "接收单位", "锻炼岗位", "开始日期",
             "结束日期", "文号", "理由"]  # fmt: skip
HOSTS = ["登记单位", "接收单位", "类别", "可接收人数", "接收的锻炼方式", "可以学到的业务", "联系人和电话"]
WISHES = ["编号", "姓名", "锻炼方式", "想去的单位", "想学的业务", "最早开始", "说明"]


def test_rotations_are_proposed_and_changed_by_a_table_that_can_be_taken_back(app: Flask) -> None:
    office = Lending()
    old, new = office.person(), office.person()
    known = office.proposed(old)
    rows = typed(
        [old.number, old.name, "", "", "挂职锻炼", office.host.name, "科员", "2025-9-1", "2026-2-28", DOCUMENT, ""],
        [new.number, new.name, "", "", "轮岗", "文昌社区", "社区工作者", "2025-9-1", "2026-8-31", "", ""],
        [
            "",
            "赵某",
            "费城街道党政办副主任",
            "费城街道",
            "下派",
            "银杏社区",
            "第一书记",
            "2025-9-1",
            "2026-8-31",
            "",
            "",
        ],
        headings=ROTATIONS,
    )
    with day(PROPOSED):
        found = compared(office.street, rows, "rotations")
        assert states(found) == [RowState.CHANGED, RowState.NEW, RowState.NEW]
        assert cells(found.outcomes[0]) == {"host_post": ("干事", "科员"), "document": ("", DOCUMENT)}
        import_id = bring_in(office.street, rows, "rotations")
        assert db.session.query(Rotation).count() == 3
        assert {one.name for one in db.session.query(Host).filter(Host.at_unit_id.is_not(None))} == {
            "文昌社区",
            "银杏社区",
        }
        undo_import(office.street, import_id)
    assert office.again(known.id).host_post == "干事"
    assert db.session.query(Rotation).count() == 1


def test_rotations_that_go_out_come_back_unchanged(app: Flask) -> None:
    office = Lending()
    office.approved()
    office.proposed(tasks="参与党建。")
    with day(PROPOSED):
        found = compared(office.street, taken_out(office.street, "rotations"), "rotations")
    assert states(found) == [RowState.UNCHANGED] * 2


def test_a_wrong_rotation_is_named_with_its_place(app: Flask) -> None:
    office = Lending()
    busy, free, stranger = office.person(), office.person(), office.person(office.town.foreign)
    office.approved(busy)
    end, host = "2026-2-28", office.host.name
    rows = [
        ([busy.number, busy.name, "", "", "挂职锻炼", host, "干事", "2025-10-1", "2026-3-31"], "开始日期"),
        ([free.number, free.name, "", "", "挂职锻炼", host, "干事", "2025-9-1", "2025-10-31"], "理由"),
        ([free.number, free.name, "", "", "挂职锻炼", "无名单位", "干事", "2025-10-1", end], "接收单位"),
        ([stranger.number, stranger.name, "", "", "挂职锻炼", host, "干事", "2025-9-1", end], "编号"),
        (["", "赵某", "", "", "下派", "银杏社区", "书记", "2025-9-1", "2026-8-31"], "派出单位及职务"),
        ([busy.number, busy.name, "", "", "挂职锻炼", host, "科员", "2025-9-1", end], ""),
    ]
    with day(PROPOSED):
        found = compared(office.street, typed(*(row for row, _ in rows), headings=ROTATIONS), "rotations")
    assert [one.wrongs[0].title for one in found.outcomes] == [title for _, title in rows]
    assert "已经批准" in faults(found)[-1][2]


def test_hosts_come_in_and_go_out_with_lines_by_name(app: Flask) -> None:
    office = Lending()
    make_line(office.town.district, "mediation", "矛盾调解")
    keep_host(office.district, office.town.street.id, HostGiven(kind=office.host.kind, name="司法所", places=1))
    rows = typed(
        ["费城街道", "综治中心", "街道科室", 2, "跟岗学习、挂职锻炼", "矛盾调解", "李某"],
        ["费城街道", "司法所", "机关部门", 3, "", "", ""],
        ["费城街道", "党政办", "街道科室", 1, "放假", "", ""],
        headings=HOSTS,
    )
    found = compared(office.street, rows, "hosts")
    assert states(found) == [RowState.NEW, RowState.CHANGED, RowState.WRONG]
    assert faults(found)[0][1] == "接收的锻炼方式"
    bring_in(office.street, typed(*list(_cells(rows))[:2], headings=HOSTS), "hosts")
    made = db.session.query(Host).filter_by(name="综治中心").one()
    assert (made.places, made.kinds, made.lines) == (2, ["shadowing", "secondment"], ["mediation"])
    assert states(compared(office.district, taken_out(office.district, "hosts"), "hosts")) == [RowState.UNCHANGED] * 3


def test_wishes_come_in_once(app: Flask) -> None:
    office = Lending()
    first, second = office.person(), office.person()
    make_wish(first)
    rows = typed(
        [first.number, first.name, "挂职锻炼", "", "", "", ""],
        [second.number, second.name, "", "文昌社区", "", "2026-3-1", "想换岗位"],
        headings=WISHES,
    )
    assert states(compared(office.street, rows, "rotation-wishes")) == [RowState.UNCHANGED, RowState.NEW]
    bring_in(office.street, rows, "rotation-wishes")
    wish = db.session.query(RotationWish).filter_by(employee_id=second.id).one()
    assert (wish.earliest_on, wish.note, wish.host_id is not None) == (date(2026, 3, 1), "想换岗位", True)
    again = compared(office.street, taken_out(office.street, "rotation-wishes"), "rotation-wishes")
    assert states(again) == [RowState.UNCHANGED] * 2


def test_whose_turn_it_is_goes_out(app: Flask) -> None:
    office = Lending()
    person = office.person()
    rows = _rows(taken_out(office.street, "rotation-turns").content)
    assert any(person.name in row for row in rows)


def _rows(content: bytes) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()]


def _cells(upload: Upload) -> list[list[object]]:
    return _rows(upload.content)[1:]
