"""Mentors, pairings and logs go out, are edited, and come back."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.mentoring.models import Mentor, MentoringLog, Pairing, PairingState
from careerpath.spreadsheets.operations.exports import find_export
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState, Wish
from careerpath.words import Refused
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import make_employee
from tests.factories.mentoring import make_log, make_mentor, make_pairing
from tests.factories.skills import make_line
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out, typed

MENTORS = ["聘书编号", "聘请单位", "人员编号", "姓名", "单位及职务", "导师类别", "专长", "聘期开始", "聘期结束"]
PAIRINGS = ["协议编号", "人员编号", "帮带对象", "导师聘书编号", "导师", "帮带开始", "学习业务", "帮带目标", "超额理由"]
DAY = "2025-12-01"
END = "2027-12-31"
LOGS = ["协议编号", "人员编号", "帮带对象", "日期", "时长", "主题", "内容"]


class Office:
    """A street's clerk, two workers, a secretary, and a cadre of an agency who mentors."""

    def __init__(self) -> None:
        self.town = Town()
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        make_line(self.town.district, "relief", "社会救助")
        make_line(self.town.district, "party", "党建工作")
        self.lin = make_employee(None, self.town.community, name="林一")
        self.chen = make_employee(None, self.town.community, name="陈二")
        self.secretary = make_employee(None, self.town.neighbour, name="周书记", post="chief")
        self.cadre = make_mentor(
            self.town.street,
            name="吴科长",
            number="费导聘〔2025〕1号",
            expertise=["relief"],
            starts_on=date(2025, 1, 1),
        )


@pytest.fixture
def office(app: Flask) -> Office:
    """A street and its people."""
    return Office()


def test_mentors_come_in_new_and_renewed_and_can_be_undone(office: Office) -> None:
    upload = typed(
        [
            "费导聘〔2025〕1号",
            "费城街道",
            "",
            "吴科长",
            "",
            "机关干部",
            "社会救助、党建工作",
            "2025-01-01",
            "2027-12-31",
        ],
        ["费导聘〔2026〕2号", "", office.secretary.number, "周书记", "", "secretary", "party", "2026-01-01", ""],
        ["费导聘〔2026〕3号", "书苑社区", "", "郑主任", "县住建局 主任", "机关干部", "", "2026.1.1", ""],
        headings=MENTORS,
    )
    comparison = compared(office.clerk, upload, "mentors")
    assert states(comparison) == [RowState.CHANGED, RowState.NEW, RowState.NEW]
    assert set(cells(comparison.outcomes[0])) == {"ends_on", "expertise"}
    import_id = bring_in(office.clerk, upload, "mentors")
    db.session.rollback()
    found = {one.name: one for one in db.session.scalars(select(Mentor))}
    assert found["吴科长"].post == "费县民政局 科长"
    assert (found["周书记"].unit_id, found["周书记"].expertise) == (office.town.neighbour.id, ["party"])
    assert found["郑主任"].unit_id == office.town.community.id
    assert states(compared(office.clerk, upload, "mentors")) == [RowState.UNCHANGED] * 3
    undo_import(office.clerk, import_id)
    db.session.rollback()
    assert {one.name for one in db.session.scalars(select(Mentor))} == {"吴科长"}


def test_what_cannot_be_of_a_mentor_is_marked_in_its_cell(office: Office) -> None:
    stranger = make_employee(None, office.town.foreign, name="外人")
    day = "2026-01-01"
    comparison = compared(
        office.clerk,
        typed(
            ["1号", "", stranger.number, "外人", "", "secretary", "", day, ""],
            ["2号", "", "", "郑主任", "县住建局", "机关干部", "", day, ""],
            ["3号", "上冶镇", "", "郑主任", "县住建局", "机关干部", "", day, ""],
            ["4号", "费城街道", "", "郑主任", "县住建局", "机关干部", "插花", day, ""],
            ["费导聘〔2025〕1号", "费城街道", "", "吴局长", "县住建局", "机关干部", "", day, ""],
            ["4号", "费城街道", "", "郑主任", "县住建局", "机关干部", "", day, ""],
            headings=MENTORS,
        ),
        "mentors",
    )
    assert [(number, title) for number, title, _ in faults(comparison)] == [
        (2, "人员编号"),
        (3, "聘请单位"),
        (4, "聘请单位"),
        (5, "专长"),
        (6, "姓名"),
        (7, "聘书编号"),
    ]


def test_a_kind_that_must_stand_in_the_register_is_refused_with_its_row(office: Office) -> None:
    upload = typed(
        ["5号", "费城街道", "", "郑主任", "县住建局", "优秀社区党组织书记", "", "2026-01-01", ""], headings=MENTORS
    )
    with pytest.raises(Refused, match="第 2 行“郑主任”"):
        bring_in(office.clerk, upload, "mentors")
    db.session.rollback()
    assert len(db.session.scalars(select(Mentor)).all()) == 1


def test_pairings_come_in_new_and_changed_and_can_be_undone(office: Office) -> None:
    pairing = make_pairing(office.cadre, office.chen, office.town.community, number="费帮〔2025〕7号", wanted=["party"])
    letter, kept = "费导聘〔2025〕1号", pairing.id
    upload = typed(
        ["费帮〔2025〕7号", office.chen.number, "陈二", letter, "吴科长", "2025-03-01", "", "独立办理低保", ""],
        ["费帮〔2025〕8号", office.lin.number, "林一", letter, "吴科长", "2025-12-01", "社会救助", "熟悉流程", ""],
        headings=PAIRINGS,
    )
    comparison = compared(office.clerk, upload, "pairings")
    assert states(comparison) == [RowState.CHANGED, RowState.NEW]
    assert cells(comparison.outcomes[0]) == {"goals": ("一年内能独立办理民政业务。", "独立办理低保")}
    import_id = bring_in(office.clerk, upload, "pairings")
    db.session.rollback()
    found = {one.number: one for one in db.session.scalars(select(Pairing))}
    assert (found["费帮〔2025〕7号"].goals, found["费帮〔2025〕7号"].wanted) == ("独立办理低保", ["party"])
    assert found["费帮〔2025〕8号"].ends_on == date(2026, 11, 30)
    assert states(compared(office.clerk, upload, "pairings")) == [RowState.UNCHANGED] * 2
    undo_import(office.clerk, import_id)
    db.session.rollback()
    assert [one.id for one in db.session.scalars(select(Pairing))] == [kept]


def test_what_cannot_be_of_a_pairing_is_marked_and_a_full_mentor_is_refused_with_the_row(office: Office) -> None:
    held = make_pairing(office.cadre, office.chen, office.town.community, number="7号")
    make_pairing(office.cadre, office.secretary, office.town.neighbour, number="6号")
    letter, lin, chen = "费导聘〔2025〕1号", office.lin.number, office.chen.number

    def row(
        agreement: str, number: str, name: str, mentor: str = "吴科长", on: str = "2025-12-01", line: str = ""
    ) -> list[str]:
        return [agreement, number, name, letter, mentor, on, line, "", ""]

    comparison = compared(
        office.clerk,
        typed(
            row("8号", lin, "林一", mentor="吴局长"),
            row("9号", lin, "林一", line="插花"),
            row("7号", chen, "陈二", on="2025-04-01"),
            row("9号", lin, "林一"),
            headings=PAIRINGS,
        ),
        "pairings",
    )
    assert [(number, title) for number, title, _ in faults(comparison)] == [
        (2, "导师聘书编号"),
        (3, "学习业务"),
        (4, "导师聘书编号"),
        (5, "协议编号"),
    ]
    with pytest.raises(Refused, match=r"第 2 行“林一”：.*已达 2 人"):
        bring_in(office.clerk, typed(row("8号", lin, "林一"), headings=PAIRINGS), "pairings")
    db.session.rollback()
    assert db.session.get_one(Pairing, held.id).state is PairingState.AGREED


def test_logs_come_in_new_and_corrected_and_can_be_undone(office: Office) -> None:
    pairing = make_pairing(office.cadre, office.lin, office.town.community, number="7号")
    make_log(pairing)
    upload = typed(
        ["7号", office.lin.number, "林一", "2025-11-20", "3.5", "低保入户核查", ""],
        ["7号", office.lin.number, "林一", "2025.12.1", "", "矛盾调解旁听", "旁听两起邻里纠纷。"],
        headings=LOGS,
    )
    comparison = compared(office.clerk, upload, "mentoring-logs")
    assert states(comparison) == [RowState.CHANGED, RowState.NEW]
    assert cells(comparison.outcomes[0]) == {"hours": ("2", "3.5")}
    import_id = bring_in(office.clerk, upload, "mentoring-logs")
    db.session.rollback()
    found = {one.topic: (one.on, one.hours, one.text) for one in db.session.scalars(select(MentoringLog))}
    assert found == {
        "低保入户核查": (date(2025, 11, 20), Decimal("3.50"), "随同入户三家，讲解核查要点。"),
        "矛盾调解旁听": (date(2025, 12, 1), Decimal(0), "旁听两起邻里纠纷。"),
    }
    undo_import(office.clerk, import_id)
    db.session.rollback()
    assert [one.hours for one in db.session.scalars(select(MentoringLog))] == [Decimal(2)]


def test_what_cannot_be_of_a_log_is_marked_in_its_cell(office: Office) -> None:
    make_pairing(office.cadre, office.lin, office.town.community, number="7号")
    make_pairing(office.cadre, office.chen, office.town.community, number="8号", state=PairingState.COMPLETED)
    lin, chen = office.lin.number, office.chen.number
    comparison = compared(
        office.clerk,
        typed(
            ["9号", lin, "林一", "2025-11-20", 1, "走访", ""],
            ["7号", lin, "林一", "2025-12-31", 1, "走访", ""],
            ["7号", lin, "林一", "2025-02-28", 1, "走访", ""],
            ["8号", chen, "陈二", "2025-11-20", 1, "走访", ""],
            ["7号", lin, "林一", "2025-11-20", 25, "走访", ""],
            ["7号", lin, "林一", "2025-02-28", 1, "走访", ""],
            headings=LOGS,
        ),
        "mentoring-logs",
    )
    assert [(number, title) for number, title, _ in faults(comparison)] == [
        (2, "协议编号"),
        (3, "日期"),
        (4, "日期"),
        (5, "协议编号"),
        (6, "时长（小时）"),
        (7, "主题"),
        (7, "日期"),
    ]


@pytest.mark.parametrize("sheet", ["mentors", "pairings", "mentoring-logs"])
def test_what_went_out_comes_back_unchanged(office: Office, sheet: str) -> None:
    make_mentor(office.town.neighbour, office.secretary, expertise=["party", "relief"], cap=2, document="3号")
    pairing = make_pairing(office.cadre, office.lin, office.town.community, wanted=["relief"])
    make_pairing(office.cadre, office.chen, office.town.community, ends_on=date(2025, 11, 30))
    make_log(pairing)
    make_log(pairing, date(2025, 10, 11), topic="走访", text="")

    comparison = compared(office.clerk, taken_out(office.clerk, sheet), sheet)

    assert states(comparison) == [RowState.UNCHANGED] * 2


def test_lists_go_out_as_of_a_day_and_for_a_unit(office: Office) -> None:
    make_mentor(office.town.foreign)
    pairing = make_pairing(office.cadre, office.lin, office.town.community)
    make_log(pairing)
    for sheet in ("mentors", "pairings", "mentoring-logs"):
        assert find_export(office.clerk, sheet, Wish()).count == 1
        with pytest.raises(Refused, match="没有符合条件的内容"):
            find_export(office.clerk, sheet, Wish(on=date(2024, 12, 31)))
        with pytest.raises(Refused, match="没有符合条件的内容"):
            find_export(office.clerk, sheet, Wish(unit_id=office.town.neighbour.id))


def test_the_pages_of_the_three_sheets_open_with_the_day_of_the_list(app: Flask, office: Office) -> None:
    browser = signed_in(app, office.clerk)
    make_log(make_pairing(office.cadre, office.lin, office.town.community))
    for code in ("mentors", "pairings", "mentoring-logs"):
        page = browser.get(f"/spreadsheets/{code}/export?on=2025-11-30")
        assert page.status_code == 200
        assert 'value="2025-11-30"' in page.text
