"""Tries and degree courses go out and come in; needs and rates go out."""

from datetime import date
from decimal import Decimal

from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.models import Certificate
from careerpath.spreadsheets.operations.exports import find_export
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState, Wish
from careerpath.training.models import CertificateTry, DegreeStudy, StudyState, TryState
from tests.factories.employees import make_employee
from tests.factories.studies import make_study, make_try
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out, typed
from tests.training.needed import Needed

TRY_HEADINGS = ["编号", "姓名", "报考等级", "考试年度", "报考日期", "结果", "公布日期", "取得证书日期", "单位支持"]
STUDY_HEADINGS = ["编号", "姓名", "攻读学历", "院校", "专业", "入学日期", "预计毕业日期", "资助金额（元）"]


def tries() -> set[tuple[int, str, str, str]]:
    """What stands: person, grade, state and support."""
    db.session.rollback()
    return {
        (one.employee_id, one.grade, one.state.value, one.support) for one in db.session.scalars(select(CertificateTry))
    }


def test_tries_come_in_with_their_results_and_the_certificates_follow(app: Flask) -> None:
    world = Needed()
    make_try(world.worker, support="报名费报销")
    before = tries()
    upload = typed(
        [world.worker.number, "林涛", "助理社工师", "2025", "2025-03-20", "已通过", "2025-09-10", "2025-09-10", ""],
        [world.secretary.number, "陈静", "中级", "2025", "2025.3.21", "", "", "", "考前培训"],
        [world.entrant.number, "赵敏", "初级", "2024", "2024-03-20", "缺考", "2024-09-10", "", ""],
        headings=TRY_HEADINGS,
    )
    comparison = compared(world.street, upload, "certificate-tries")
    assert states(comparison) == [RowState.CHANGED, RowState.NEW, RowState.NEW]
    assert cells(comparison.outcomes[0]) == {"state": ("已报考", "已通过"), "result_on": ("", "2025-09-10")}
    import_id = bring_in(world.street, upload, "certificate-tries")
    assert tries() == {
        (world.worker.id, "junior", "passed", "报名费报销"),
        (world.secretary.id, "intermediate", "registered", "考前培训"),
        (world.entrant.id, "junior", "absent", ""),
    }
    assert db.session.scalars(select(Certificate.grade)).all() == ["junior"]
    assert states(compared(world.street, upload, "certificate-tries")) == [RowState.UNCHANGED] * 3
    undo_import(world.street, import_id)
    assert tries() == before
    assert db.session.scalars(select(Certificate.grade)).all() == []


def test_what_cannot_be_of_a_try_is_marked_in_its_cell(app: Flask) -> None:
    world = Needed()
    stranger = make_employee(None, world.town.foreign, name="周平")
    make_try(world.secretary, TryState.FAILED)
    comparison = compared(
        world.street,
        typed(
            [stranger.number, "周平", "初级", "2025", "2025-03-20", "", "", "", ""],
            [world.worker.number, "林涛", "初级", "2025", "2025-03-20", "已通过", "", "", ""],
            [world.worker.number, "林涛", "初级", "2025", "2025-03-20", "", "", "", ""],
            [world.secretary.number, "陈静", "初级", "2025", "2025-03-20", "已通过", "2025-09-10", "", ""],
            [world.entrant.number, "赵敏", "初级", "2025", "2025-03-20", "缺考", "2025-12-06", "2025-09-10", ""],
            headings=TRY_HEADINGS,
        ),
        "certificate-tries",
    )
    assert [(row, title) for row, title, _ in faults(comparison)] == [
        (2, "编号"),
        (3, "公布日期"),
        (4, "报考等级"),
        (5, "结果"),
        (6, "公布日期"),
        (6, "取得证书日期"),
    ]


def test_degree_courses_come_in_new_and_changed(app: Flask) -> None:
    world = Needed()
    make_study(world.worker)
    make_study(world.entrant, StudyState.FINISHED)
    upload = typed(
        [world.worker.number, "林涛", "本科", "临沂大学", "", "2024-03-01", "2026-12-31", "2500"],
        [world.secretary.number, "陈静", "硕士", "山东大学", "社会学", "2025-09-01", "2028-07-01", ""],
        headings=STUDY_HEADINGS,
    )
    comparison = compared(world.street, upload, "degree-studies")
    assert states(comparison) == [RowState.CHANGED, RowState.NEW]
    assert cells(comparison.outcomes[0]) == {
        "expected_on": ("2026-07-01", "2026-12-31"),
        "amount": ("2000", "2500"),
    }
    bring_in(world.street, upload, "degree-studies")
    db.session.rollback()
    kept = {one.employee_id: (one.level, one.school, one.amount) for one in db.session.scalars(select(DegreeStudy))}
    assert kept[world.worker.id] == ("21", "临沂大学", Decimal(2500))
    assert kept[world.secretary.id] == ("14", "山东大学", None)
    wrong = typed(
        [world.entrant.number, "赵敏", "本科", "山东大学", "", "2024-03-01", "2026-07-01", ""],
        [world.worker.number, "林涛", "大专", "临沂大学", "", "2025-12-06", "2025-12-05", ""],
        headings=STUDY_HEADINGS,
    )
    assert [(row, title) for row, title, _ in faults(compared(world.street, wrong, "degree-studies"))] == [
        (2, "状态"),
        (3, "预计毕业日期"),
        (3, "入学日期"),
    ]


def test_what_went_out_comes_back_unchanged(app: Flask) -> None:
    world = Needed()
    make_try(world.worker, TryState.PASSED)
    make_study(world.worker)
    for sheet in ("certificate-tries", "degree-studies"):
        assert states(compared(world.street, taken_out(world.street, sheet), sheet)) == [RowState.UNCHANGED]
        assert find_export(world.street, sheet, Wish(unit_id=world.town.community.id)).count == 1


def test_needs_and_rates_of_a_year_go_out(app: Flask) -> None:
    world = Needed()
    world.attend(world.secretary, "6")
    needs = find_export(world.district, "training-needs", Wish(year=2025))
    rows = [row for piece in needs.pieces for row in needs.rows(piece)]
    found = {(row["name"], row["requirement"]): (row["lacking"], row["met"]) for row in rows}
    assert found["陈静", "社区书记年度培训"] == (Decimal(1), "未达标")
    assert found["陈静", "全员年度培训"] == (Decimal(0), "达标")
    one = find_export(world.district, "training-needs", Wish(year=2025, unit_id=world.town.neighbour.id))
    assert {row["name"] for piece in one.pieces for row in one.rows(piece)} == {"赵敏"}
    rates = find_export(world.district, "training-rates", Wish(year=2025))
    total = [row for piece in rates.pieces for row in rates.rows(piece)][-1]
    assert (total["unit"], total["serving"], total["trained"], total["rate"]) == ("合计", 3, 1, Decimal("0.3333"))


def test_the_tries_of_a_year_or_up_to_a_day_go_out(app: Flask) -> None:
    world = Needed()
    make_try(world.worker)
    make_try(world.secretary, year=2024, registered_on=date(2024, 3, 20))
    assert find_export(world.street, "certificate-tries", Wish()).count == 2
    assert find_export(world.street, "certificate-tries", Wish(year=2024)).count == 1
    assert find_export(world.street, "certificate-tries", Wish(on=date(2024, 12, 31))).count == 1
