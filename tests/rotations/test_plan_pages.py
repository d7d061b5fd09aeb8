"""The pages of plans as the street uses them: a new one, its proposals, another host, the rotations that follow."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.rotations.models import PlanLine, PlanState, Rotation, RotationPlan
from careerpath.rotations.queries.plan_line import plan_line_page
from careerpath.rotations.queries.plans import PlanFilters, host_loads, plan_head, plan_rows, plan_summaries
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import make_employee, selects_of
from tests.factories.plans import make_plan, make_plan_line
from tests.factories.rotations import make_host, make_wish
from tests.factories.skills import make_line


class Office:
    """A street's clerk in a browser, with two people whose turn it is and a department that takes one."""

    def __init__(self, app: Flask) -> None:
        self.town = Town()
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        self.browser: FlaskClient = signed_in(app, self.clerk)
        make_line(self.town.district, "relief", "社会救助")
        self.people = [make_employee(None, self.town.community, name=name) for name in ("林一", "林二")]
        self.department = make_host(self.town.street, name="民政办公室", lines=["relief"], places=1)

    def solve(self, **changes: str) -> TestResponse:
        """Fill in a new plan."""
        given = {
            "unit": "费城街道",
            "unit_id": str(self.town.street.id),
            "name": "上半年挂职计划",
            "kind": "secondment",
            "starts_on": "2026-01-01",
            "ends_on": "2026-06-30",
            "who": "called",
        }
        return self.browser.post("/rotations/plans/new", data=given | changes)

    def line(self, name: str) -> PlanLine:
        """The line of somebody."""
        return db.session.scalars(select(PlanLine).join(Employee).where(Employee.name == name)).one()


@pytest.fixture
def office(app: Flask) -> Office:
    """A street and its clerk."""
    return Office(app)


def test_the_street_reckons_looks_changes_and_proposes(office: Office) -> None:
    make_wish(office.people[1], host_id=office.department.id)
    address = office.solve().headers["Location"]
    shown = office.browser.get(address).text
    assert "本人希望去这里：40 分" in shown
    assert "合适的接收单位都已满员" in shown
    assert "接收单位名额（1 个）" in shown

    line, other = office.line("林一"), make_host(office.town.street, name="综治中心")
    page = f"/rotations/plans/lines/{line.id}"
    shown = office.browser.get(page).text
    assert "综治中心" in shown
    assert "须填理由" in shown
    sent = {"host_id": str(other.id), "version": str(line.version), "reason": ""}
    assert office.browser.post(page, data=sent).headers["Location"] == address
    assert "人工选定" in office.browser.get(f"{address}?show=changed").text

    assert office.browser.post(f"{address}/carry-out", data={"host_post": "干事"}).headers["Location"] == address
    assert {one.host_id for one in db.session.scalars(select(Rotation))} == {other.id, office.department.id}
    assert "/rotations/" in office.browser.get(address).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"who": "named"}, "请填写名单"),
        ({"who": "named", "named": "不存在"}, "第 1 行“不存在”"),
        ({"unit_id": "", "unit": "没有的单位"}, "没有找到这个单位"),
        ({"ends_on": "2025-12-31"}, "早于开始日期"),
        ({"starts_on": "2019-01-01", "ends_on": "2019-06-30"}, "没有可安排的人员"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_kept(office: Office, changes: dict[str, str], words: str) -> None:
    answer = office.solve(**changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.scalars(select(RotationPlan)).all() == []


def test_people_are_named_by_lines(office: Office) -> None:
    office.solve(who="named", named=f"{office.people[0].number}\n")
    assert set(db.session.scalars(select(PlanLine.employee_id))) == {office.people[0].id}


def test_a_post_that_is_missing_is_said_on_the_page_of_the_plan(office: Office) -> None:
    plan = make_plan(office.town.street)
    make_plan_line(plan, office.people[0], office.town.community, office.department)
    answer = office.browser.post(f"/rotations/plans/{plan.id}/carry-out", data={"host_post": ""})
    assert answer.status_code == 422
    assert "请填写锻炼岗位" in answer.text


def test_leaving_somebody_out_needs_a_reason(office: Office) -> None:
    plan = make_plan(office.town.street)
    line = make_plan_line(plan, office.people[0], office.town.community, office.department)
    sent = {"host_id": "out", "version": "1"}
    answer = office.browser.post(f"/rotations/plans/lines/{line.id}", data=sent)
    assert answer.status_code == 422
    assert "不安排的原因" in answer.text


def test_a_plan_is_put_away_taken_up_and_reckoned_again(office: Office) -> None:
    plan = make_plan(office.town.street)
    make_plan_line(plan, office.people[0], office.town.community)
    here = f"/rotations/plans/{plan.id}"
    office.browser.post(f"{here}/drop")
    assert "恢复" in office.browser.get(here).text
    office.browser.post(f"{here}/restore")
    office.browser.post(f"{here}/solve")
    db.session.expire_all()
    assert db.session.get_one(RotationPlan, plan.id).state is PlanState.OPEN
    assert office.line("林一").host_id == office.department.id


def test_the_community_looks_and_changes_nothing(app: Flask, office: Office) -> None:
    plan = make_plan(office.town.community)
    line = make_plan_line(plan, office.people[0], office.town.community, office.department)
    secretary = signed_in(app, make_actor(Role.COMMUNITY_SECRETARY, office.town.community))
    shown = secretary.get(f"/rotations/plans/{plan.id}").text
    assert "民政办公室" in shown
    assert "调整" not in shown
    assert secretary.get(f"/rotations/plans/lines/{line.id}").status_code == 403


def test_an_empty_list_says_what_to_do_first(office: Office) -> None:
    assert "先登记接收单位的名额和本人意愿" in office.browser.get("/rotations/plans").text
    assert "放宽或清除" in office.browser.get("/rotations/plans?q=无").text


def test_pages_ask_the_database_at_most_eight_times_however_many_lines_there_are(office: Office) -> None:
    plan = make_plan(office.town.street)
    line = make_plan_line(plan, office.people[0], office.town.community, office.department).id
    for _ in range(4):
        host = make_host(office.town.street)
        make_plan_line(plan, make_employee(None, office.town.neighbour), office.town.neighbour, host)

    def record() -> None:
        head = plan_head(office.clerk, plan.id)
        assert (head.people, head.placed, str(head.points)) == (5, 5, "200.00")
        assert len(plan_rows(head).rows) == len(host_loads(head)) == 5

    assert len(selects_of(record)) <= 8
    assert len(selects_of(lambda: plan_line_page(office.clerk, line))) <= 8
    assert len(selects_of(lambda: plan_summaries(office.clerk, PlanFilters()))) == 2


def test_long_plans_are_paged(office: Office) -> None:
    plan = make_plan(office.town.street)
    for person in office.people:
        make_plan_line(plan, person, office.town.community)
    head = plan_head(office.clerk, plan.id)
    first = plan_rows(head, size=1)
    assert [first.rows[0].name, plan_rows(head, size=1, after=first.after).rows[0].name] == ["林一", "林二"]
    assert (plan_rows(head, q="林二").total, plan_rows(head, show="without").total) == (1, 2)
