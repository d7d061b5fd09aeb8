"""What a roster would do: people who are new, cells that change, and what is wrong where."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Certificate, Posting
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.employees.queries.sealed import opened
from careerpath.policy.codes import UnitKind
from careerpath.spreadsheets.sheets.desk import RowState
from tests.factories.access import Town, make_actor, make_unit
from tests.factories.employees import make_employee, make_identity
from tests.spreadsheets.books import (
    HEADINGS,
    bring_in,
    cells,
    compared,
    employees,
    faults,
    person,
    roster,
    states,
    taken_out,
    typed,
)


def test_a_row_opens_a_file_with_all_its_facts(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    number = make_identity()
    bring_in(clerk, roster(person(name="张 三", identity=number, posting_unit="费城街道/书苑社区")))
    (employee,) = employees()
    assert (employee.name, employee.number, employee.unit_id) == ("张三", "FX-0001", town.community.id)
    assert opened(employee.identity_sealed, "identity", employee.uid) == number
    assert (employee.highest_education, employee.highest_certificate) == ("21", "junior")
    assert compared(clerk, taken_out(clerk)).counts[RowState.UNCHANGED] == 1


@pytest.mark.parametrize("reveal", [False, True])
def test_an_export_comes_back_in_as_unchanged(app: Flask, reveal: bool) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    bring_in(
        clerk, roster(person(), person(posting_unit=town.neighbour.code, posting_elected=True), person(phone=None))
    )
    make_employee(clerk, town.community, phone="0539-5221234", native_place="山东费县")
    found = compared(clerk, taken_out(clerk, reveal=reveal))
    assert states(found) == [RowState.UNCHANGED] * 4
    assert states(compared(clerk, taken_out(clerk, contact=False))) == [RowState.UNCHANGED] * 4


def test_changed_cells_are_shown_old_and_new_and_empty_cells_leave_what_is_known(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    row = person()
    bring_in(clerk, roster(row))
    bare = {key: row[key] for key in ("name", "identity", "joined_community_on", "posting_unit", "posting_post")}
    changed = bare | {"phone": "13900001111", "absence_sick_days": Decimal(5), "full_time_school": "鲁东大学"}
    (outcome,) = compared(clerk, roster(changed)).outcomes
    assert outcome.state is RowState.CHANGED
    assert cells(outcome) == {
        "phone": ("13812345678", "13900001111"),
        "absence_sick_days": ("3.5", "5"),
        "full_time_school": ("临沂大学", "鲁东大学"),
    }
    assert states(compared(clerk, roster(bare))) == [RowState.UNCHANGED]


def test_the_word_for_empty_takes_a_value_away(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    row = person()
    bring_in(clerk, roster(row))
    values = [row["name"], row["identity"], "2018-07-01", "书苑社区", "一般", "（空）", "(空)"]
    bring_in(clerk, typed(values, headings=[*HEADINGS, "手机", "职业资格"]))
    (employee,) = employees()
    assert (employee.phone_sealed, employee.phone_masked, employee.highest_certificate) == ("", "", "")
    assert db.session.scalars(select(Certificate)).one().superseded_at is not None


def test_months_of_military_service_come_in_go_out_and_are_taken_away(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    row, other = person(source="veteran", military_months=24), person()
    bring_in(clerk, roster(row, other))
    assert [one.military_months for one in employees()] == [24, 0]
    assert states(compared(clerk, taken_out(clerk))) == [RowState.UNCHANGED] * 2
    assert states(compared(clerk, roster(row | {"military_months": None}))) == [RowState.UNCHANGED]
    assert cells(compared(clerk, roster(other | {"military_months": 36})).outcomes[0]) == {
        "military_months": ("0", "36")
    }
    bare = [row["name"], row["identity"], "2018-07-01", "书苑社区", "一般"]
    for wrong in (601, -1, 24.5, "两年"):
        ((_, column, _message),) = faults(compared(clerk, typed([*bare, wrong], headings=[*HEADINGS, "服役月数"])))
        assert column == "服役月数"
    bring_in(clerk, typed([*bare, "（空）"], headings=[*HEADINGS, "军龄（月）"]))
    assert [one.military_months for one in employees()] == [0, 0]


def test_a_changed_fact_is_superseded_and_not_overwritten(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    row = person()
    bring_in(clerk, roster(row))
    bring_in(clerk, roster(row | {"posting_title": "民政专干"}))
    old, new = db.session.scalars(select(Posting).order_by(Posting.id)).all()
    assert (old.title, old.superseded_at is not None) == ("网格员", True)
    assert (new.title, new.superseded_at, new.starts_on) == ("民政专干", None, date(2018, 7, 1))


def test_a_move_asks_for_its_day_and_ends_the_post_before(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    row = person()
    bring_in(clerk, roster(row))
    moved = row | {"posting_unit": "银杏社区", "posting_post": "deputy"}
    ((_, column, message),) = faults(compared(clerk, roster(moved)))
    assert column == "任现职时间"
    assert "2018-07-01" in message
    bring_in(clerk, roster(moved | {"posting_starts_on": date(2025, 3, 1), "posting_title": "社区党组织副书记"}))
    living = db.session.scalars(
        select(Posting).where(Posting.superseded_at.is_(None)).order_by(Posting.starts_on)
    ).all()
    assert [(one.unit_id, one.ends_on) for one in living] == [
        (town.community.id, date(2025, 2, 28)),
        (town.neighbour.id, None),
    ]
    assert employees()[0].unit_id == town.neighbour.id


def test_a_higher_certificate_is_added_and_a_new_contract_stands_beside_the_old(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    row = person()
    bring_in(clerk, roster(row))
    more = {
        "certificate_grade": "intermediate",
        "certificate_obtained_on": date(2024, 10, 1),
        "contract_starts_on": date(2025, 1, 1),
        "contract_ends_on": date(2027, 12, 31),
    }
    bring_in(clerk, roster(row | more))
    kept = db.session.scalars(select(Certificate).where(Certificate.superseded_at.is_(None))).all()
    assert sorted(one.grade for one in kept) == ["intermediate", "junior"]
    assert states(compared(clerk, roster(row | more))) == [RowState.UNCHANGED]


def test_cells_are_understood_as_offices_type_them(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    first, second, third = (make_identity() for _ in range(3))
    wide = first.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    upload = typed(
        ["张　三 ", f"{wide} ", "2018.7", "书苑社区 ", "一般"],
        ["李四", second, 43282, "费城街道 书苑社区", "staff"],
        ["王五", third.lower(), "20180701", town.neighbour.code, "副职"],
    )
    found = compared(clerk, upload)
    assert faults(found) == []
    assert states(found) == [RowState.NEW] * 3
    bring_in(clerk, upload)
    assert [one.joined_community_on for one in employees()] == [date(2018, 7, 1)] * 3


def test_what_is_wrong_is_named_by_row_and_column_with_what_to_do(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    good = make_identity()
    broken = good[:-1] + ("0" if good[-1] != "0" else "1")
    twice = make_identity()
    upload = typed(
        ["张三", broken, "2018-07-01", "书苑社区", "一般"],
        ["李四", twice, "1992.5.40", "书苑社区", "一般"],
        ["王五", twice, "2018-07-01", "书苑小区", "一般"],
        ["赵六", make_identity(), "2018-07-01", "书苑社区", "组长"],
        ["", make_identity(), "2018-07-01", "书苑社区", "一般"],
        ["钱七", 371399199004120000, "2018-07-01", "书苑社区", "一般"],
    )
    found = compared(clerk, upload)
    told = {(row, column): message for row, column, message in faults(found)}
    assert "校验码" in told[2, "身份证号"]
    assert "没有 40 日" in told[3, "进社区时间"]
    assert "第 4 行" in told[3, "身份证号"]
    assert "第 3 行" in told[4, "身份证号"]
    assert "书苑社区" in told[4, "单位编号或全称"]
    assert "下拉列表" in told[5, "职务层次"]
    assert "必填" in told[6, "姓名"]
    assert "文本" in told[7, "身份证号"]
    assert states(found) == [RowState.WRONG] * 6


def test_a_name_of_several_units_asks_which_one(app: Flask) -> None:
    town = Town()
    make_unit("书苑社区", UnitKind.COMMUNITY, town.other_street)
    district = make_actor(Role.DISTRICT_HR, town.district)
    common = ("2018-07-01", "一般")
    upload = typed(
        *(["张三", make_identity(), common[0], unit, common[1]] for unit in ("书苑社区", "上冶镇/书苑社区")),
    )
    found = compared(district, upload)
    assert states(found) == [RowState.WRONG, RowState.NEW]
    ((_, column, message),) = faults(found)
    assert (column, "费城街道/书苑社区、上冶镇/书苑社区" in message) == ("单位编号或全称", True)


def test_a_street_brings_nobody_into_another_street_and_learns_nothing_of_its_people(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    number = make_identity()
    make_employee(None, town.foreign, identity=number, name="周九", number="FX-0900")
    upload = typed(
        ["张三", make_identity(), "2018-07-01", "文昌社区", "一般", ""],
        ["周九", number, "2018-07-01", "书苑社区", "一般", ""],
        ["周九", make_identity(), "2018-07-01", "书苑社区", "一般", "FX-0900"],
        headings=[*HEADINGS, "编号"],
    )
    found = compared(clerk, upload)
    told = {(row, column): message for row, column, message in faults(found)}
    assert "管辖范围" in told[2, "单位编号或全称"]
    assert "其他单位" in told[3, "身份证号"]
    assert "已被使用" in told[4, "编号"]
    assert not any("文昌" in message for (row, _), message in told.items() if row > 2)


def test_a_number_and_an_identity_must_mean_the_same_person(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    one, other = person(name="张三"), person(name="李四")
    bring_in(clerk, roster(one, other))
    headings = [*HEADINGS, "编号"]
    common = ("2018-07-01", "书苑社区", "一般")
    swapped = typed(["张三", one["identity"], *common, "FX-0002"], headings=headings)
    assert faults(compared(clerk, swapped))[0][1] == "编号"
    strange = typed(["孙八", make_identity(), *common, "FX-0002"], headings=headings)
    assert "李四" in faults(compared(clerk, strange))[0][2]
    mended = typed(["李四", make_identity(), *common, "FX-0002"], headings=headings)
    (outcome,) = compared(clerk, mended).outcomes
    assert outcome.state is RowState.CHANGED
    assert all("********" in text for text in cells(outcome)["identity"])
    masked = typed(["李四", "371399********9999", *common, "FX-0002"], headings=headings)
    assert "遮盖" in faults(compared(clerk, masked))[0][2]


def test_sex_and_birth_are_held_against_the_identity_number(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    upload = typed(
        ["张三", make_identity(), "2018-07-01", "书苑社区", "一般", "男", "1990.5"],
        headings=[*HEADINGS, "性别", "出生年月"],
    )
    assert [
        (column, "1990-04" in message or "女" in message) for _, column, message in faults(compared(clerk, upload))
    ] == [
        ("性别", True),
        ("出生年月", True),
    ]


def test_who_has_left_is_not_changed_by_an_import(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    row = person()
    bring_in(clerk, roster(row))
    end_service(clerk, employees()[0].id, EndOfService(left_on=date(2025, 11, 30), reason="辞职"))
    ((_, _, message),) = faults(compared(clerk, roster(row | {"phone": "13900001111"})))
    assert "2025-11-30" in message


def test_the_days_of_absence_belong_to_the_year_in_the_heading(app: Flask) -> None:
    town = Town()
    clerk = make_actor(Role.STREET_HR, town.street)
    row = person()
    bring_in(clerk, roster(row, year=2024))
    found = compared(clerk, taken_out(clerk, on=date(2024, 12, 31)))
    assert states(found) == [RowState.UNCHANGED]
    assert cells(compared(clerk, roster(row)).outcomes[0]) == {"absence_sick_days": ("", "3.5")}
