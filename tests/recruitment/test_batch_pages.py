"""The pages of batches, as the district and a street see them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Permission, Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Channel
from careerpath.recruitment.models import BatchState, RecruitmentBatch, RecruitmentPosition
from careerpath.recruitment.queries.batches import Act, batch_head, batch_lines
from careerpath.words import NotFound
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import selects_of
from tests.factories.recruitment import make_application, make_batch, make_position

MOST_QUERIES = 8


def test_the_district_and_the_street_of_a_position_meet_the_batch_and_the_next_street_does_not(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district)
    make_position(batch, town.community, 2)
    district, street = make_actor(Role.DISTRICT_HR, town.district), make_actor(Role.STREET_HR, town.street)
    head = batch_head(district, batch.id)
    assert Act.CHANGE_DAYS in head.may
    assert batch_head(street, batch.id).may == {Act.ENTER, Act.REVIEW}
    with pytest.raises(NotFound):
        batch_head(make_actor(Role.STREET_HR, town.other_street), batch.id, Permission.RECRUITMENT_VIEW)
    [line] = batch_lines(street).rows
    assert (line.positions, line.places, line.applied) == (1, 2, 0)


def test_the_steps_say_where_a_batch_stands_and_when_it_is_planned(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, BatchState.PUBLISHED, written_on=date(2025, 12, 20))
    head = batch_head(make_actor(Role.DISTRICT_HR, town.district), batch.id)
    assert [step.standing for step in head.steps][:3] == ["done", "current", "later"]
    assert str(head.steps[2].note) == "预定 2025-12-20"
    assert head.tabs[0].name == "batch"


def test_the_list_and_the_page_of_a_batch_open(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district)
    make_position(batch, town.community)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    batch = db.session.merge(batch)
    assert batch.name in client.get("/recruitment/batches").text
    page = client.get(f"/recruitment/batches/{batch.id}")
    assert page.status_code == 200
    assert "报名截止" in page.text


AUTUMN = datetime(2025, 11, 1, 2, tzinfo=UTC)
DAYS = {
    "vacancies_on": "2025-10-31",
    "announced_on": "2025.11.10",
    "opens_on": "2025-11-17",
    "closes_on": "2025年12月12日",
    "written_on": "20251220",
}


def batch_now() -> RecruitmentBatch:
    db.session.expire_all()
    return db.session.scalars(select(RecruitmentBatch).order_by(RecruitmentBatch.id.desc())).all()[0]


def positions_now() -> list[tuple[str, int, int]]:
    rows = db.session.scalars(select(RecruitmentPosition).order_by(RecruitmentPosition.code))
    return [(row.code, row.unit_id, row.places) for row in rows]


def test_a_district_plans_chooses_positions_from_vacancies_publishes_and_moves_days(app: Flask) -> None:
    with clock.Stopped(AUTUMN):
        town = Town()
        with writing() as session:
            session.merge(town.community).households = 1500
        client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
        form = client.get("/recruitment/batches/new?on=2025-10-31").text
        assert "第一批（2025年）" in form
        assert 'value="2025-10-31"' in form
        sent = {"unit_id": town.district.id, "name": "第一批", "title": "公告", "year": "2025", "keep_months": "6"}
        sent |= {"edition_key": "feixian-2016", "public": "y"} | DAYS
        answer = client.post("/recruitment/batches/new", data=sent)
        assert answer.status_code == 302, answer.text
        url = f"/recruitment/batches/{batch_now().id}"
        assert "确定招聘岗位" in client.get(url).text
        assert "列出空编社区" in client.get(f"{url}/positions").text
        page = client.post(f"{url}/positions", data={"act": "vacancies", "rows": "0"}).text
        assert "书苑社区" in page
        assert "银杏社区" not in page
        page = client.post(f"{url}/positions", data={"act": "pick", "pick": town.community.id, "rows": "0"}).text
        assert 'name="places-0" value="8"' in page
        block = "银杏社区\t2\t网格员\t专项招聘\t一般\t退役军人\n文昌社区\t1"
        page = client.post(f"{url}/positions", data={"act": "paste", "block": block, "rows": "0"}).text
        assert 'name="unit-1" value="文昌社区"' in page
        assert positions_now() == []
        rows = {"act": "save", "rows": "2", "unit-0": "书苑社区", "places-0": "3", "title-0": "社区工作者"}
        rows |= {"channel-0": "open_recruitment", "post-0": "staff", "unit-1": "无此社区", "places-1": "x"}
        answer = client.post(f"{url}/positions", data=rows | {"channel-1": "open_recruitment"})
        assert answer.status_code == 422
        assert "本区（县）没有“无此社区”" in answer.text
        answer = client.post(f"{url}/positions", data=rows | {"remove": "1"})
        assert answer.status_code == 302
        assert client.post(f"{url}/positions", data={}).status_code == 422
        assert positions_now() == [("001", town.community.id, 3)]
        page = client.get(f"{url}/publish").text
        assert "1989-12-13 至 2007-12-12 期间出生" in page
        assert "不是正式规定" in page
        assert client.post(f"{url}/publish", data={"document": ""}).status_code == 422
        assert client.post(f"{url}/publish", data={"document": "费社工发〔2025〕9号"}).status_code == 302
        assert batch_now().state is BatchState.PUBLISHED
        page = client.get(url).text
        assert "等待报名开始" in page
        assert "已按公告冻结" in page
        assert "按规则库的现行内容冻结" not in page
        assert client.get(f"{url}/positions").status_code == 302
        assert "年满 18 周岁" in client.get(f"{url}/rules").text
        answer = client.post(f"{url}/plan", data=sent | {"version": batch_now().version})
        assert answer.status_code == 422
        assert "按公告冻结，不能再修改" in answer.text
        days = {"closes_on": "2025-12-15", "written_on": "2025-12-20", "version": batch_now().version}
        assert client.post(f"{url}/days", data=days | {"reason": ""}).status_code == 422
        assert client.post(f"{url}/days", data=days | {"reason": "人数不足"}).status_code == 302
        assert "人数不足" in client.get(url).text
        assert client.post(f"{url}/days", data=days | {"reason": "再改"}).status_code == 409
        assert client.post(f"{url}/cancel", data={"reason": "员额调整"}).status_code == 302
        assert "已取消：员额调整" in client.get(url).text


def test_a_plan_is_changed_and_taken_back(app: Flask) -> None:
    with clock.Stopped(AUTUMN):
        town = Town()
        batch = make_batch(town.district, BatchState.PLANNED)
        client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
        url = f"/recruitment/batches/{batch.id}"
        form = client.get(f"{url}/plan").text
        assert 'value="2025-12-12"' in form
        sent = {"name": "新名称", "title": "公告", "year": "2025", "keep_months": "6", "edition_key": "feixian-2016"}
        answer = client.post(f"{url}/plan", data=sent | DAYS | {"version": "1", "closes_on": "2025-11-01"})
        assert answer.status_code == 422
        assert "应在报名开始日" in answer.text
        assert client.post(f"{url}/plan", data=sent | DAYS | {"version": "1"}).status_code == 302
        assert batch_now().name == "新名称"
        assert not batch_now().public
        assert client.post(f"{url}/drop").status_code == 302
        assert db.session.scalars(select(RecruitmentBatch)).all() == []


def test_a_refusal_to_conclude_stands_on_the_page_and_a_concluded_batch_is_reopened(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, BatchState.PUBLISHED)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    answer = client.post(f"/recruitment/batches/{batch.id}/conclude")
    assert answer.status_code == 422
    assert "只能在“公示聘用”阶段办理" in answer.text
    notice = make_batch(town.district, BatchState.NOTICE)
    url = f"/recruitment/batches/{notice.id}"
    assert client.post(f"{url}/conclude").status_code == 302
    assert "本批次已办结" in client.get(url).text
    assert "恢复原因" in client.get(f"{url}/reopen").text
    assert client.post(f"{url}/reopen", data={"reason": "递补"}).status_code == 302
    assert "恢复办理" in client.get(url).text


def test_a_batch_of_many_positions_costs_what_one_costs(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district)
    make_position(batch, town.community)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    planned = make_batch(town.district, BatchState.PLANNED)
    urls = [f"/recruitment/batches/{batch.id}", "/recruitment/batches", f"/recruitment/batches/{batch.id}/publish"]
    for url in (*urls, f"/recruitment/batches/{planned.id}/positions"):
        client.get(url)
        few = selects_of(lambda url=url: client.get(url))  # type: ignore[misc]
        for _ in range(5):
            make_application(make_position(batch, town.neighbour))
        many = selects_of(lambda url=url: client.get(url))  # type: ignore[misc]
        assert len(many) == len(few) <= MOST_QUERIES, url


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [
        (BatchState.PUBLISHED, date(2025, 11, 16), "等待报名开始"),
        (BatchState.PUBLISHED, date(2025, 12, 12), "受理报名、审查资格"),
        (BatchState.PUBLISHED, date(2025, 12, 13), "完成资格审查"),
        (BatchState.EXAM, date(2025, 12, 20), "组织笔试、公布成绩"),
        (BatchState.INTERVIEW, date(2026, 1, 10), "组织面试"),
        (BatchState.CHECKS, date(2026, 1, 20), "体检、考察"),
        (BatchState.NOTICE, date(2026, 2, 1), "办理聘用"),
        (BatchState.CANCELLED, date(2026, 2, 1), "本批次已取消"),
    ],
)
def test_the_page_says_the_one_thing_to_do(app: Flask, state: BatchState, day: date, words: str) -> None:
    town = Town()
    batch = make_batch(town.district, state)
    make_application(make_position(batch, town.community))
    with clock.Stopped(datetime(day.year, day.month, day.day, 4, tzinfo=UTC)):
        client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
        assert words in client.get(f"/recruitment/batches/{batch.id}").text


def test_a_batch_without_exam_positions_goes_from_the_review_to_its_results(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, BatchState.EXAM)
    make_position(batch, town.community, channel=Channel.BY_ELECTION)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    assert "没有笔试岗位" in client.get(f"/recruitment/batches/{batch.id}").text
