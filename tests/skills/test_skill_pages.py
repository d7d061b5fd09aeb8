"""The pages of skills: communities against lines, one community, people, one's own, lines, and what is typed."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.operations.people import link_account
from careerpath.skills.codes import SkillLevel
from careerpath.skills.models import Skill, WorkLine
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.skills import make_skill
from tests.skills.everyone import Skills

MOST_QUERIES = 8
FOR_THE_FRAME = 2
"""Queries for the sign-in and the person behind it, on every page."""


def test_a_district_sees_which_community_lacks_whom_in_which_line(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.party)
    make_skill(world.zhao, world.grid)
    text = signed_in(app, world.district).get("/skills/").text
    assert "缺 1" in text
    assert "共 2 个社区（村），2 个有缺口" in text
    assert "文昌社区" not in text
    only = signed_in(app, world.district).get("/skills/?line=grid").text.split("<tbody>")[1]
    assert "书苑社区" in only
    assert "银杏社区" not in only


def test_a_community_stands_on_one_page_with_what_helps(app: Flask) -> None:
    world = Skills()
    for line in (world.party, world.grid, world.relief):
        make_skill(world.chen, line)
    make_skill(world.lin, world.relief, SkillLevel.LEARNING)
    text = signed_in(app, world.secretary).get(f"/skills/units/{world.town.community.id}").text
    assert "全岗通" in text
    help_for_relief = text[text.index("缺口和补齐办法") :]
    assert "林涛" in help_for_relief
    assert "line=relief&amp;level=teaching" in help_for_relief
    assert signed_in(app, world.secretary).get(f"/skills/units/{world.town.neighbour.id}").status_code == 404


def test_the_community_as_of_an_earlier_day(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.grid, shown_on=date(2025, 9, 1))
    client = signed_in(app, world.district)
    assert "能办</span>" not in client.get(f"/skills/units/{world.town.community.id}?on=2025-08-31").text
    assert "能办</span>" in client.get(f"/skills/units/{world.town.community.id}?on=2025-09-01").text


def test_people_are_found_by_line_and_level(app: Flask) -> None:
    world = Skills()
    make_skill(world.chen, world.party, SkillLevel.TEACHING)
    make_skill(world.lin, world.party)
    client = signed_in(app, world.street)
    both = client.get("/skills/people?line=party").text.split("<tbody>")[1]
    assert ("陈静" in both, "林涛" in both, "赵敏" in both) == (True, True, False)
    teaching = client.get("/skills/people?line=party&level=teaching").text.split("<tbody>")[1]
    assert ("陈静" in teaching, "林涛" in teaching) == (True, False)
    assert "没有符合条件的人员" in client.get("/skills/people?line=grid").text
    named = client.get("/skills/people?unit=银杏").text.split("<tbody>")[1]
    assert ("赵敏" in named, "陈静" in named) == (True, False)


def test_a_street_enters_changes_and_removes_a_skill(app: Flask) -> None:
    world = Skills()
    client = signed_in(app, world.street)
    url = f"/skills/employees/{world.chen.id}/skills/new"
    data = {"line_id": world.party.id, "level": "able", "shown_by": "test", "shown_on": "2025.11.3"}
    assert client.get(f"{url}?line={world.party.id}").status_code == 200
    assert client.post(url, data=data | {"shown_on": "2026-01-01"}).status_code == 422
    assert client.post(url, data=data).status_code == 302
    skill = db.session.scalars(select(Skill)).one()
    page = client.get(f"/skills/employees/{world.chen.id}").text
    assert "在用条线 3 条，能独立办理 1 条" in page
    edit = f"/skills/skills/{skill.id}/edit"
    assert "党建工作" in client.get(edit).text
    assert client.post(edit, data=data | {"level": "teaching", "version": "1"}).status_code == 302
    assert client.post(edit, data=data | {"version": "1"}).status_code == 409
    assert client.post(f"/skills/skills/{skill.id}/drop").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Skill)) == 0


def test_a_secretary_sees_a_persons_skills_but_enters_none(app: Flask) -> None:
    world = Skills()
    client = signed_in(app, world.secretary)
    assert "登记业务技能" not in client.get(f"/skills/employees/{world.chen.id}").text
    assert client.get(f"/skills/employees/{world.chen.id}/skills/new").status_code == 403


def test_a_worker_sees_the_own_skills(app: Flask) -> None:
    world = Skills()
    actor = make_actor(Role.WORKER, world.town.community, "chen")
    assert actor.user_id is not None
    assert "没有" in signed_in(app, actor).get("/skills/own").text
    make_skill(world.chen, world.party)
    link_account(CLERK, world.chen.id, actor.user_id)
    text = signed_in(app, actor).get("/skills/own").text
    assert "我的业务技能" in text
    assert "能独立办理 1 条" in text


def test_results_of_a_contest_are_pasted(app: Flask) -> None:
    world = Skills()
    client = signed_in(app, world.street)
    assert client.get("/skills/contests/new").status_code == 200
    data = {"line_id": world.grid.id, "name": "网格大比武", "on": "2025-10-10"}
    text = f"{world.chen.number}\t能教\t1\n林涛，熟练 第2名\n\n赵敏 在学"
    assert client.post("/skills/contests/new", data=data | {"results": text}).status_code == 302
    found = {(skill.employee_id, skill.level, skill.evidence) for skill in db.session.scalars(select(Skill))}
    assert found == {
        (world.chen.id, SkillLevel.TEACHING, "网格大比武，第 1 名"),
        (world.lin.id, SkillLevel.ABLE, "网格大比武，第 2 名"),
        (world.zhao.id, SkillLevel.LEARNING, "网格大比武"),
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("周平 能办", "第 2 行：没有找到“周平”"),
        ("陈静 能办", "第 2 行：叫“陈静”的不止一人"),
        ("林涛", "第 2 行：请写明等级"),
        ("林涛 一般", "第 2 行：请写明等级"),
        ("林涛 能办 优胜", "第 2 行：名次“优胜”不是数字"),
    ],
)
def test_a_result_that_cannot_be_read_is_named_by_its_line(app: Flask, line: str, why: str) -> None:
    world = Skills()
    make_employee(None, world.town.neighbour, name="陈静")
    data = {"line_id": world.grid.id, "name": "网格大比武", "on": "2025-10-10", "results": f"赵敏 能办 1\n{line}"}
    answer = signed_in(app, world.street).post("/skills/contests/new", data=data)
    assert answer.status_code == 422
    assert why in answer.text
    assert db.session.scalar(select(func.count()).select_from(Skill)) == 0


def test_a_district_sets_its_lines_and_a_street_reads_them(app: Flask) -> None:
    world = Skills()
    client = signed_in(app, world.district)
    data = {"name": "养老助老", "code": "elderly", "wanted": "3", "place": "40"}
    assert client.get("/skills/lines/new").status_code == 200
    assert client.post("/skills/lines/new", data=data | {"wanted": "0"}).status_code == 422
    assert client.post("/skills/lines/new", data=data).status_code == 302
    line = db.session.scalars(select(WorkLine).where(WorkLine.code == "elderly")).one()
    edit = f"/skills/lines/{line.id}/edit"
    assert "养老助老" in client.get(edit).text
    assert client.post(edit, data=data | {"name": "养老服务", "version": "1"}).status_code == 302
    assert client.post(edit, data=data | {"version": "1"}).status_code == 409
    assert client.post(f"/skills/lines/{line.id}/retire").status_code == 302
    assert "已停用" in client.get("/skills/lines").text
    assert client.post(f"/skills/lines/{line.id}/restore").status_code == 302
    assert client.post("/skills/lines/usual", data={"district": world.town.district.id}).status_code == 302
    street = signed_in(app, world.street)
    assert "养老服务" in street.get("/skills/lines").text
    assert "采用常用条线" not in street.get("/skills/lines").text
    assert street.get("/skills/lines/new").status_code == 302
    assert street.get(edit).status_code == 404
    street.post("/skills/lines/usual", data={"district": world.town.district.id})
    assert "没有找到这条记录" in street.get("/skills/lines").text


def test_the_pages_cost_no_more_for_many_people(app: Flask) -> None:
    world = Skills()
    client = signed_in(app, world.district)
    pages = ("/skills/", f"/skills/units/{world.town.community.id}", "/skills/people", "/skills/lines",
             f"/skills/employees/{world.chen.id}")  # fmt: skip
    few = [len(selects_of(lambda page=page: client.get(page))) for page in pages]  # type: ignore[misc]
    for unit in (world.town.community, world.town.foreign):
        for _ in range(3):
            make_skill(make_employee(None, unit), world.party)
    many = [len(selects_of(lambda page=page: client.get(page))) for page in pages]  # type: ignore[misc]
    assert many == few
    assert max(many) <= MOST_QUERIES + FOR_THE_FRAME
