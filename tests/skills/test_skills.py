"""What people showed: entered one by one, for many, from a contest; set right and taken away."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill
from careerpath.skills.operations.lines import retire_work_line
from careerpath.skills.operations.skills import (
    ContestResult,
    SkillGiven,
    SkillRefused,
    change_skill,
    drop_skill,
    record_contest,
    record_skill,
    record_skills,
)
from careerpath.skills.queries.person import person_lines
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.employees import CLERK, selects_of
from tests.skills.everyone import TODAY, Skills, shown


def test_a_street_keeps_what_its_people_showed(app: Flask) -> None:
    world = Skills()
    record_skill(world.street, world.chen.id, shown(world.party.id, evidence=" 区 测试 "))
    record_skill(world.street, world.chen.id, shown(world.grid.id, SkillLevel.LEARNING))
    lines = person_lines(world.chen.id, TODAY)
    assert {(line.line, line.level, line.evidence, line.best) for line in lines} == {
        ("党建工作", SkillLevel.ABLE, "区 测试", True),
        ("网格治理", SkillLevel.LEARNING, "", True),
    }
    with pytest.raises(Refused, match="已有登记"):
        record_skill(world.street, world.chen.id, shown(world.party.id, SkillLevel.TEACHING))


def test_people_of_another_street_are_not_touched(app: Flask) -> None:
    world = Skills()
    stranger = world.stranger()
    with pytest.raises(NotFound):
        record_skill(world.street, stranger.id, shown(world.party.id))
    with pytest.raises(NotFound):
        record_skills(world.street, [(world.chen.id, shown(world.party.id)), (stranger.id, shown(world.party.id))])
    assert db.session.scalar(select(func.count()).select_from(Skill)) == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"shown_on": date(2025, 12, 6)}, "shown_on"),
        ({"valid_until": date(2025, 11, 2)}, "valid_until"),
        ({"evidence": "据" * 201}, "evidence"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(app: Flask, changes: dict[str, Any], field: str) -> None:
    world = Skills()
    with pytest.raises(Refused) as refused:
        record_skill(world.street, world.chen.id, shown(world.party.id, **changes))
    assert refused.value.field == field


def test_who_left_showed_nothing_after_the_last_day(app: Flask) -> None:
    world = Skills()
    end_service(CLERK, world.chen.id, EndOfService(left_on=date(2025, 10, 31), reason="辞职"))
    with pytest.raises(Refused, match="已于 2025-10-31 离职"):
        record_skill(world.street, world.chen.id, shown(world.party.id))
    record_skill(world.street, world.chen.id, shown(world.party.id, shown_on=date(2025, 10, 31)))


def test_nothing_more_is_entered_in_a_line_out_of_use(app: Flask) -> None:
    world = Skills()
    skill_id = record_skill(world.street, world.chen.id, shown(world.party.id))
    retire_work_line(world.district, world.party.id)
    with pytest.raises(Refused, match="已停用"):
        record_skill(world.street, world.lin.id, shown(world.party.id))
    change_skill(world.street, skill_id, shown(world.party.id, SkillLevel.TEACHING), 1)
    assert db.session.get_one(Skill, skill_id).level is SkillLevel.TEACHING


def test_a_line_of_another_district_is_not_found(app: Flask) -> None:
    world = Skills()
    with pytest.raises(NotFound):
        record_skill(world.street, world.chen.id, shown(10**6))


def test_many_are_kept_in_few_queries_and_the_same_occasion_once(app: Flask) -> None:
    world = Skills()
    rows = [
        (person.id, shown(line.id)) for person in (world.chen, world.lin, world.zhao)
        for line in (world.party, world.grid, world.relief)
    ]  # fmt: skip
    few = selects_of(lambda: record_skills(world.street, rows[:1]))
    made: list[int] = []
    many = selects_of(lambda: made.append(record_skills(world.street, rows)))
    assert made == [8]
    assert len(many) == len(few)
    assert record_skills(world.street, rows) == 0


def test_one_wrong_row_keeps_all_others_back_and_says_whose_it_is(app: Flask) -> None:
    world = Skills()
    rows = [(world.chen.id, shown(world.party.id)), (world.lin.id, shown(world.party.id, shown_on=date(2026, 1, 1)))]
    with pytest.raises(SkillRefused, match="林涛：认定日期") as refused:
        record_skills(world.street, rows)
    assert refused.value.row == 1
    assert db.session.scalar(select(func.count()).select_from(Skill)) == 0


def test_a_contest_gives_its_people_their_levels_with_name_and_place(app: Flask) -> None:
    world = Skills()
    results = [
        ContestResult(world.chen.id, SkillLevel.TEACHING, 1),
        ContestResult(world.lin.id, SkillLevel.ABLE, 2),
        ContestResult(world.zhao.id, SkillLevel.LEARNING),
    ]
    assert record_contest(world.street, world.grid.id, date(2025, 9, 1), "全县社区业务 大比武", results) == 3
    line = person_lines(world.chen.id, TODAY)[0]
    assert (line.shown_by, line.evidence) == (ShownBy.CONTEST, "全县社区业务 大比武，第 1 名")
    assert person_lines(world.zhao.id, TODAY)[0].evidence == "全县社区业务 大比武"


def test_a_contest_needs_a_name_people_and_each_of_them_once(app: Flask) -> None:
    world = Skills()
    one = ContestResult(world.chen.id, SkillLevel.ABLE, 1)
    for name, results, why in (
        (" ", [one], "名称"),
        ("大比武", [], "至少登记一人"),
        ("大比武", [one, one], "只登记一次"),
        ("大比武", [ContestResult(world.chen.id, SkillLevel.ABLE, 0)], "从 1 开始"),
    ):
        with pytest.raises(Refused, match=why):
            record_contest(world.street, world.grid.id, date(2025, 9, 1), name, results)


def test_a_record_is_set_right_once_and_not_over_somebody_elses_change(app: Flask) -> None:
    world = Skills()
    skill_id = record_skill(world.street, world.chen.id, shown(world.party.id))
    record_skill(world.street, world.chen.id, shown(world.grid.id))
    right = SkillGiven(world.party.id, SkillLevel.TEACHING, ShownBy.TEST, date(2025, 11, 3), date(2027, 11, 2), "复核")
    change_skill(world.street, skill_id, right, 1)
    with pytest.raises(Conflict):
        change_skill(world.street, skill_id, right, 1)
    with pytest.raises(Refused, match="已有登记"):
        change_skill(world.street, skill_id, shown(world.grid.id), 2)
    with pytest.raises(NotFound):
        change_skill(world.other, skill_id, right, 2)
    drop_skill(world.street, skill_id)
    assert [line.code for line in person_lines(world.chen.id, TODAY)] == ["grid"]
