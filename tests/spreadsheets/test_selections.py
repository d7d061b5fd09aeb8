"""Selections in and out: nominations, and the points of the stages."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.sheets import open_workbook, read_rows
from careerpath.employees.models import Employee
from careerpath.spreadsheets.operations.imports import Upload
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries.selections import offered_selections, selection_named
from careerpath.spreadsheets.sheets.desk import RowFault, RowState
from careerpath.talent_pool.models import (
    EntrantState,
    Nomination,
    SelectionEntrant,
    SelectionState,
    StagePoints,
)
from careerpath.talent_pool.operations.stages import finish_stages
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.talent_pool.sheets.selections import entrants_spec
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.employees import make_employee
from tests.factories.talent_pool import make_selection
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out
from tests.talent_pool.contests import HELD, Contest, day


@pytest.fixture
def contest(app: Flask) -> Iterator[Contest]:
    """A selection on the day of its stages: two entrants in one community, one in another."""
    with day(HELD):
        found = Contest()
        for name, unit in (("甲", "书苑"), ("乙", "书苑"), ("丙", "文昌")):
            found.enter(name, unit)
        yield found


@pytest.fixture
def open_round(app: Flask) -> Iterator[Contest]:
    """A selection that takes nominations."""
    with day(date(2025, 12, 5)):
        yield Contest(SelectionState.NOMINATION)


def book(*rows: Sequence[object]) -> Upload:
    """A workbook with cells as somebody typed them."""
    return Upload("竞岗.xlsx", make_xlsx([list(row) for row in rows]))


def number(contest: Contest, name: str) -> str:
    """The number of an entrant in the register."""
    return db.session.get_one(Employee, contest.one(name).employee_id).number


def points(contest: Contest) -> dict[tuple[str, str], Decimal]:
    """Everything that is kept, by name and stage."""
    db.session.rollback()
    names = {key: name for name, key in contest.ids.items()}
    return {(names[one.entrant_id], one.stage): one.points for one in db.session.scalars(select(StagePoints))}


def test_points_of_all_stages_come_in_at_once_and_are_taken_back(contest: Contest) -> None:
    upload = book(
        ["人员编号", "姓名", "民主推荐得票", "民主推荐投票人数", "竞岗演讲得分", "面谈得分"],
        [number(contest, "甲"), "林甲", 30, 40, 88.5, 90],
        [number(contest, "乙"), "林乙", 20, 40, 80, 70],
    )
    found = compared(contest.office, upload, "stage-points", selection_id=contest.selection_id)
    assert states(found) == [RowState.CHANGED] * 2
    assert cells(found.outcomes[0])["points_recommendation"] == ("", "75")
    import_id = bring_in(contest.office, upload, "stage-points", selection_id=contest.selection_id)
    assert points(contest)["甲", "recommendation"] == Decimal("75.00")
    assert points(contest)["乙", "interview"] == Decimal("70.00")
    undo_import(contest.office, import_id)
    assert points(contest) == {}


def test_points_go_out_and_come_back_unchanged(contest: Contest) -> None:
    contest.put("recommendation", {"甲": "90", "乙": "80.25", "丙": "70"})
    out = taken_out(contest.office, "stage-points", selection_id=contest.selection_id)
    assert states(compared(contest.office, out, "stage-points")) == [RowState.UNCHANGED] * 3


def test_whoever_is_out_after_the_rows_before_has_no_points_in_later_stages(contest: Contest) -> None:
    contest.enter("丁")
    contest.enter("戊")
    upload = book(
        ["人员编号", "民主推荐得分", "竞岗演讲得分"],
        [number(contest, "甲"), 90, 90],
        [number(contest, "乙"), 80, 80],
        [number(contest, "丁"), 70, 70],
        [number(contest, "戊"), 60, 60],
    )
    found = compared(contest.office, upload, "stage-points", selection_id=contest.selection_id)
    assert [(row, title) for row, title, _ in faults(found)] == [(5, "竞岗演讲得分")]


@pytest.mark.parametrize(
    ("heads", "values", "wrong"),
    [
        (["民主推荐得分"], [101], "民主推荐得分"),
        (["民主推荐得票"], [10], "民主推荐投票人数"),
        (["民主推荐投票人数"], [10], "民主推荐得票"),
        (["民主推荐得票", "民主推荐投票人数"], [11, 10], "民主推荐得票"),
        (["民主推荐得分", "民主推荐得票", "民主推荐投票人数"], [10, 10, 10], "民主推荐得分"),
        (["竞岗演讲得分"], [50], "竞岗演讲得分"),
        (["姓名"], ["别人"], "姓名"),
    ],
)
def test_what_cannot_be_kept_is_named_by_its_column(
    contest: Contest, heads: list[str], values: list[object], wrong: str
) -> None:
    upload = book(["人员编号", *heads], [number(contest, "甲"), *values])
    found = compared(contest.office, upload, "stage-points", selection_id=contest.selection_id)
    assert [(row, title) for row, title, _ in faults(found)] == [(2, wrong)]


def test_people_who_are_not_in_it_and_people_named_twice_are_told(contest: Contest) -> None:
    first = number(contest, "甲")
    upload = book(["人员编号", "民主推荐得分"], ["B999999", 50], [first, 50], [first, 60])
    found = compared(contest.office, upload, "stage-points", selection_id=contest.selection_id)
    assert [(row, title) for row, title, _ in faults(found)] == [(2, "人员编号"), (4, "人员编号")]


def test_points_under_a_decision_stay(contest: Contest) -> None:
    rows = [[number(contest, name), 80, 80, 80] for name in "甲乙丙"]
    upload = book(["人员编号", "民主推荐得分", "竞岗演讲得分", "面谈得分"], *rows)
    import_id = bring_in(contest.office, upload, "stage-points", selection_id=contest.selection_id)
    finish_stages(contest.office, contest.selection_id)
    with pytest.raises(Refused, match="不能再撤销"):
        undo_import(contest.office, import_id)
    with pytest.raises(Refused, match="只能在“竞岗测评”阶段"):
        compared(contest.office, upload, "stage-points", selection_id=contest.selection_id)


def test_nominations_come_in_for_the_home_community_or_another_and_are_taken_back(open_round: Contest) -> None:
    first, second = (make_employee(None, open_round.town.community) for _ in range(2))
    upload = book(
        ["人员编号", "竞岗单位", "推荐方式", "联名人数", "推荐单位或推荐人", "推荐（自荐）理由"],
        [first.number, "", "", "", "费城街道党工委", "工作踏实"],
        [second.number, "书苑社区", "群众推荐", 12, "居民代表", "群众认可"],
    )
    import_id = bring_in(open_round.office, upload, "selection-entrants", selection_id=open_round.selection_id)
    db.session.rollback()
    kept = db.session.scalars(select(SelectionEntrant).order_by(SelectionEntrant.id)).all()
    assert [(one.employee_id, one.nomination, one.supporters, one.state) for one in kept] == [
        (first.id, Nomination.ORGANISATION, 0, EntrantState.NOMINATED),
        (second.id, Nomination.PEERS, 12, EntrantState.NOMINATED),
    ]
    again = compared(open_round.office, upload, "selection-entrants", selection_id=open_round.selection_id)
    assert states(again) == [RowState.UNCHANGED] * 2
    undo_import(open_round.office, import_id)
    db.session.rollback()
    assert db.session.scalars(select(SelectionEntrant)).all() == []


def test_a_nomination_without_a_reason_or_a_place_is_named(open_round: Contest) -> None:
    with_place = make_employee(None, open_round.town.community)
    without = make_employee(None, open_round.town.neighbour)
    upload = book(
        ["人员编号", "姓名", "竞岗单位", "推荐方式", "推荐（自荐）理由"],
        [with_place.number, "别人", "无此社区", "群众推荐", ""],
        [without.number, "", "", "", "工作踏实"],
        ["B999999", "", "", "", "工作踏实"],
    )
    found = compared(open_round.office, upload, "selection-entrants", selection_id=open_round.selection_id)
    assert {(row, title) for row, title, _ in faults(found)} == {
        (2, "姓名"),
        (2, "竞岗单位"),
        (2, "联名人数"),
        (2, "推荐（自荐）理由"),
        (3, "竞岗单位"),
        (4, "人员编号"),
    }


def test_a_row_that_is_refused_after_all_is_named_by_its_number(open_round: Contest) -> None:
    later = make_employee(None, open_round.town.community, joined_community_on=date(2026, 1, 1))
    upload = book(["人员编号", "推荐（自荐）理由"], [later.number, "工作踏实"])
    with pytest.raises(RowFault, match="第 2 行"):
        bring_in(open_round.office, upload, "selection-entrants", selection_id=open_round.selection_id)


def test_the_list_goes_out_with_points_and_result_for_ones_own_units(contest: Contest) -> None:
    contest.pass_stages({"甲": "90", "乙": "80", "丙": "70"})
    with day(date(2025, 12, 24)):
        contest.decide()
    out = taken_out(contest.clerk, "selection-entrants", selection_id=contest.selection_id)
    rows = read_rows(open_workbook(out.content, out.name), entrants_spec(rules_of(contest.selection))).rows
    assert [(row.values["name"], row.values["rank"], row.values["outcome"]) for row in rows] == [
        ("林甲", 1, "selected"),
        ("林乙", 2, "not_selected"),
    ]
    assert rows[0].values["points_interview"] == Decimal(90)


def test_a_selection_is_named_by_its_name_or_number_where_the_actor_meets_it(contest: Contest) -> None:
    name = contest.selection.name
    assert selection_named(contest.clerk, name, Permission.POOL_VIEW).id == contest.selection_id
    assert selection_named(contest.clerk, str(contest.selection_id), Permission.POOL_VIEW).name == name
    with pytest.raises(Refused) as refused:
        selection_named(contest.clerk, "没有这一次", Permission.POOL_VIEW)
    assert refused.value.field == "selection"
    assert offered_selections(contest.clerk, Permission.POOL_VIEW) == [(contest.selection_id, name)]


def test_a_file_says_which_selection_it_is_of(contest: Contest) -> None:
    out = taken_out(contest.office, "stage-points", selection_id=contest.selection_id)
    other = make_selection(contest.town.district, SelectionState.STAGES).id
    with pytest.raises(Refused, match="文件写明属于"):
        compared(contest.office, out, "stage-points", selection_id=other)
    bare = book(["人员编号", "民主推荐得分"], ["B999999", 50])
    with pytest.raises(Refused, match="请选择这个文件属于哪个竞岗"):
        compared(contest.office, bare, "stage-points")
