"""The pages of the green channel: the district against the conditions with reasons and days, and every step of one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import link_account
from careerpath.talent_pool.models import ChannelCandidate, ChannelRound, ChannelState
from careerpath.talent_pool.operations.channels import (
    CandidateFinding,
    add_channel_candidate,
    announce_channel,
    close_channel_review,
    review_channel_candidate,
)
from careerpath.talent_pool.queries.channel_advice import Prospect, advice_lines, advice_page
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.talent_pool.channel_people import RECKONED, Channels
from tests.talent_pool.reserves import day

LONG = ("chief", date(2015, 3, 1), None)
HOUR_OF_RESULTS = date(2025, 12, 11)


@pytest.fixture
def place(app: Flask) -> Channels:
    return Channels()


def opened(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(f"/talent-pool/{address}")
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def sent(client: FlaskClient, address: str, data: Mapping[str, Any], status: int = 302) -> str:
    answer = client.post(f"/talent-pool/{address}", data=dict(data))
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def queries_of(client: FlaskClient, address: str) -> int:
    return len(selects_of(lambda: opened(client, address)))


def row_of(page: str, name: str) -> str:
    """The row of a table with this name."""
    return next(row for row in page.split("<tr>") if name in row)


def test_twenty_months_and_sixteen_months_added_up_are_enough_in_jixi_and_the_page_says_so(
    app: Flask, place: Channels
) -> None:
    served = [
        ("staff", date(2019, 1, 1), date(2020, 12, 31)),
        ("deputy", date(2021, 1, 1), date(2022, 8, 31)),
        ("staff", date(2022, 9, 1), date(2024, 7, 31)),
        ("chief", date(2024, 8, 1), None),
    ]
    place.person("王立", served)
    channel = place.planned()
    page = opened(signed_in(app, place.district), f"channels/{channel.id}/advice")
    row = row_of(page, "王立")
    assert "符合" in row
    assert "任正职、副职累计 36 个月，要求满 36 个月，2025-12-01 达到，符合" in row
    eve = place.planned(name="早一天", reckoned_on=date(2025, 11, 30))
    row = row_of(opened(signed_in(app, place.district), f"channels/{eve.id}/advice"), "王立")
    assert "一年内可符合" in row
    assert "累计 35 个月，要求满 36 个月，预计 2025-12-01 达到，不符合" in row


def test_five_years_and_eleven_months_in_a_row_are_not_enough_in_dongbao(app: Flask, place: Channels) -> None:
    place.person("王立", [("chief", date(2020, 1, 1), None)])
    place.person("李然", [("chief", date(2019, 12, 1), None)])
    broken = [("chief", date(2015, 1, 1), date(2019, 12, 31)), ("chief", date(2020, 1, 2), None)]
    place.person("周新", broken)
    channel = place.planned(edition_key="dongbao")
    page = opened(signed_in(app, place.district), f"channels/{channel.id}/advice")
    assert "连续 71 个月，要求满 72 个月，预计 2026-01-01 达到，不符合" in row_of(page, "王立")
    assert "连续 72 个月，要求满 72 个月，2025-12-01 达到，符合" in row_of(page, "李然")
    # A single day between two terms as secretary begins the count anew.
    assert "连续 70 个月，要求满 72 个月，预计 2026-01-02 达到，不符合" in row_of(page, "周新")
    assert page.index("李然") < page.index("王立") < page.index("周新")
    dates = {name: row_of(page, name).split("达到日期")[1][:30] for name in ("李然", "王立", "周新")}
    assert [day in dates[name] for name, day in (("李然", "2025-12-01"), ("王立", "2026-01-01"))] == [True, True]


def test_an_honour_of_the_province_saves_a_year_and_one_of_the_county_none(app: Flask, place: Channels) -> None:
    served = [("chief", date(2023, 12, 1), None)]
    place.person("王立", served, honour=("province", date(2024, 5, 1)))
    place.person("李然", served, honour=("county", date(2024, 5, 1)))
    place.person("周新", served, honour=("province", date(2025, 12, 2)))
    channel = place.planned()
    page = opened(signed_in(app, place.district), f"channels/{channel.id}/advice")
    assert "累计 24 个月，要求满 24 个月（获荣誉减少 1 年），2025-12-01 达到，符合" in row_of(page, "王立")
    for name in ("李然", "周新"):
        assert "累计 24 个月，要求满 36 个月，预计 2026-12-01 达到，不符合" in row_of(page, name)
        assert "一年内可符合" in row_of(page, name)


def test_the_birthday_itself_is_still_within_the_age_limit(app: Flask, place: Channels) -> None:
    for name, born in (("王立", date(1980, 12, 1)), ("李然", date(1980, 11, 30))):
        place.person(name, [LONG], born=born)
    channel = place.planned()
    found = advice_page(place.district, channel)
    assert {line.name: line.prospect for line in found.page.rows} == {
        "王立": Prospect.ELIGIBLE,
        "李然": Prospect.NOT,
    }
    page = opened(signed_in(app, place.district), f"channels/{channel.id}/advice?prospect=not")
    assert "李然" in page
    assert "王立" not in page


def test_the_list_is_of_the_readers_units_and_counts_those_who_never_held_such_a_post(place: Channels) -> None:
    place.person("王立", [LONG])
    place.person("李然", [LONG], unit=place.town.foreign)
    place.person("周新", [("staff", date(2015, 3, 1), None)])
    place.person("赵远", [("chief", date(2015, 3, 1), date(2018, 12, 31)), ("staff", date(2019, 1, 1), None)])
    channel = place.planned()
    district, street = advice_page(place.district, channel), advice_page(place.street, channel)
    assert [line.name for line in district.page.rows] == ["王立", "李然", "赵远"] or len(district.page.rows) == 3
    assert district.others == 1
    assert {line.name for line in street.page.rows} == {"王立", "赵远"}
    assert [line.name for line in advice_lines(place.street, channel)] == [line.name for line in street.page.rows]
    assert [line.name for line in advice_page(place.district, channel, q="李").page.rows] == ["李然"]


def test_who_lacks_a_fact_of_the_file_is_told_apart(place: Channels) -> None:
    person = place.person("王立", [LONG])
    with writing() as session:
        session.get_one(Employee, person.id).highest_education = ""
    (line,) = advice_page(place.district, place.planned()).page.rows
    assert line.prospect is Prospect.UNKNOWN
    assert "education" in line.advice.unknown


def test_a_page_of_the_list_follows_the_one_before(place: Channels) -> None:
    for name in "甲乙丙丁戊":
        place.person(f"王{name}", [LONG])
    channel = place.planned()
    first = advice_page(place.district, channel, size=2).page
    second = advice_page(place.district, channel, after=first.after, size=2).page
    third = advice_page(place.district, channel, after=second.after, size=2).page
    names = [line.name for page in (first, second, third) for line in page.rows]
    assert sorted(names) == sorted(f"王{name}" for name in "甲乙丙丁戊")
    assert (first.before, third.after, first.total) == (None, None, 5)
    back = advice_page(place.district, channel, before=third.before, size=2).page
    assert [line.name for line in back.rows] == [line.name for line in second.rows]


def test_the_pages_cost_as_many_queries_for_many_people_as_for_one(app: Flask, place: Channels) -> None:
    few, many = place.announced(), place.announced(name="另一次")
    people = [place.person(f"王{name}", [LONG]) for name in "甲乙丙丁"]
    add_channel_candidate(place.street, few.id, people[0].id)
    for one in people:
        add_channel_candidate(place.street, many.id, one.id)
    client = signed_in(app, place.district)
    for page in ("advice", "candidates"):
        first, second = (queries_of(client, f"channels/{one.id}/{page}") for one in (few, many))
        assert first == second
        # Eight, the six for facts, and three for who signed in.
        assert first <= 8 + 6 + 3


def test_a_channel_is_planned_announced_reviewed_and_concluded_from_its_pages(app: Flask, place: Channels) -> None:
    person = place.person("王立", [LONG])
    client, street = signed_in(app, place.district), signed_in(app, place.street)
    assert "资格条件" in opened(client, "channels/new")
    typed = {"unit_id": str(place.town.district.id), "name": "2025年定向招聘", "year": "2025", "places": "1"}
    typed |= {"rules": "jixi-2021 institution", "reckoned_on": "2025.12.1", "closes_on": "2025-12-10", "remark": ""}
    assert "请填写名称" in sent(client, "channels/new", typed | {"name": ""}, 422)
    sent(client, "channels/new", typed)
    channel = db.session.query(ChannelRound).one()
    here = f"channels/{channel.id}"
    assert "2025年定向招聘" in opened(client, "channels")
    assert "拟定" in opened(client, here)
    edit = opened(client, f"{here}/edit")
    assert 'value="2025-12-01"' in edit
    sent(client, f"{here}/edit", typed | {"places": "2", "version": str(channel.version)})
    sent(client, f"{here}/edit", typed | {"places": "3", "version": "1"}, 409)
    assert "冻结" in opened(client, f"{here}/announce")
    sent(client, f"{here}/announce", {"document": "人社发〔2025〕3号"})
    sent(street, f"{here}/advice", {"ids": [str(person.id)]})
    candidate = db.session.query(ChannelCandidate).one()
    mine = f"channels/candidates/{candidate.id}"
    assert "已列入" in opened(street, f"{here}/advice")
    assert "保存审查意见" not in opened(street, mine)
    assert "保存审查意见" in opened(client, mine)
    assert "请选择审查意见" in sent(client, f"{mine}/review", {}, 422)
    sent(client, f"{mine}/review", {"admitted": "yes"})
    assert "审查通过" in opened(client, f"{here}/candidates")
    sent(client, f"{here}/extend", {"closes_on": "2025-12-09", "reason": "报名不足"}, 422)
    sent(client, f"{here}/close-review", {}, 422)
    with day(HOUR_OF_RESULTS):
        client = signed_in(app, place.district)
        assert "结束资格审查" in opened(client, here)
        sent(client, f"{here}/close-review", {})
        hired = {"result": "hired", "total": "81.5", "rank": "1", "hired_by": "街道综合服务中心"}
        assert "不是成绩" in sent(client, f"{mine}/result", hired | {"total": "八十"}, 422)
        assert "请填写聘用日期" in sent(client, f"{mine}/result", hired, 422)
        sent(client, f"{mine}/result", hired | {"hired_on": "2026-01-05", "left_service": "y"})
        assert "81.50" in opened(client, f"{here}/candidates?result=hired&q=王")
        sent(client, f"{here}/conclude", {})
        assert "聘用 1 人" in opened(client, here)
        sent(client, f"{here}/reopen", {"reason": "补登记"})
    assert db.session.get_one(Employee, person.id).left_on == date(2026, 1, 4)
    assert db.session.get_one(ChannelRound, channel.id).state is ChannelState.RESULTS


def test_a_planned_channel_is_dropped_and_an_announced_one_cancelled(app: Flask, place: Channels) -> None:
    client = signed_in(app, place.district)
    dropped, cancelled = place.planned(), place.planned(name="另一次")
    announce_channel(place.district, cancelled.id, "人社发〔2025〕3号")
    sent(client, f"channels/{dropped.id}/drop", {})
    sent(client, f"channels/{cancelled.id}/drop", {}, 422)
    sent(client, f"channels/{cancelled.id}/conclude", {}, 422)
    sent(client, f"channels/{cancelled.id}/cancel", {"reason": ""}, 422)
    sent(client, f"channels/{cancelled.id}/cancel", {"reason": "计划调整"})
    assert "已取消：计划调整" in opened(client, f"channels/{cancelled.id}")
    assert "另一次" not in opened(client, "channels?state=open")


def test_somebody_is_looked_up_and_shown_against_the_conditions_before_they_are_put_in(
    app: Flask, place: Channels
) -> None:
    place.person("王立", [("staff", date(2020, 3, 1), None)])
    place.person("王力", [LONG])
    channel = place.announced()
    client = signed_in(app, place.street)
    here = f"channels/{channel.id}/candidates/new"
    assert "请选择" in opened(client, f"{here}?q=王")
    assert "没有找到" in opened(client, f"{here}?q=赵")
    page = opened(client, f"{here}?q=王立")
    assert "任正职、副职累计 0 个月，要求满 36 个月，不符合" in page
    person = db.session.query(Employee).filter_by(name="王立").one()
    sent(client, here, {"employee": str(person.id), "note": "有任职文件"})
    assert "已在名单中" in sent(client, here, {"employee": str(person.id)}, 422)


def test_those_ticked_are_reviewed_together_and_a_refusal_stands_above_the_list(app: Flask, place: Channels) -> None:
    channel = place.announced()
    long, short = place.person("王立", [LONG]), place.person("周新", [("staff", date(2020, 3, 1), None)])
    ids = [add_channel_candidate(place.street, channel.id, one.id) for one in (long, short)]
    client = signed_in(app, place.district)
    here = f"channels/{channel.id}/candidates"
    assert "周新等 1 人" in sent(client, here, {"ids": [str(one) for one in ids], "act": "admit"}, 422)
    assert "请写明原因" in sent(client, here, {"ids": [str(ids[1])], "act": "reject"}, 422)
    sent(client, here, {"ids": [str(ids[0])], "act": "admit"})
    sent(client, here, {"ids": [str(ids[1])], "act": "reject", "reason": "年限不足"})
    page = opened(client, f"channels/candidates/{ids[1]}")
    assert "年限不足" in page
    sent(client, f"channels/candidates/{ids[1]}/withdraw", {"reason": ""}, 422)
    sent(client, f"channels/candidates/{ids[1]}/withdraw", {"reason": "本人放弃"})


def test_a_worker_sees_what_is_open_and_applies_on_a_phone(app: Flask, place: Channels) -> None:
    channel, person = place.announced(), place.person("王立", [LONG])
    worker = make_actor(Role.WORKER, place.town.community)
    assert "没有关联人员档案" in opened(signed_in(app, worker), "own/channels")
    link_account(place.street, person.id, worker.user_id)
    client = signed_in(app, worker)
    page = opened(client, "own/channels")
    assert "累计 129 个月" in page
    assert "报名" in page
    sent(client, f"own/channels/{channel.id}/apply", {})
    sent(client, f"own/channels/{channel.id}/apply", {}, 422)
    assert "待资格审查" in opened(client, "own/channels")
    sent(client, f"own/channels/{channel.id}/withdraw", {"reason": ""}, 422)
    sent(client, f"own/channels/{channel.id}/withdraw", {"reason": "另有安排"})
    assert "已退出" in opened(client, "own/channels")


def test_an_empty_list_says_what_to_do_first(app: Flask, place: Channels) -> None:
    client, street = signed_in(app, place.district), signed_in(app, place.street)
    assert "先拟定名称" in opened(client, "channels")
    assert "区级主管部门拟定后" in opened(street, "channels")
    assert "没有办理中的定向招聘" in opened(client, "channels?state=open")
    channel = place.planned()
    assert "发布公告后开始报名" in opened(client, f"channels/{channel.id}/candidates")
    assert "没有可以比对的人员" in opened(client, f"channels/{channel.id}/advice")
    assert RECKONED.isoformat() in opened(client, f"channels/{channel.id}/advice?q=王")


def test_the_district_is_told_of_reviews_and_results_that_wait(app: Flask, place: Channels) -> None:
    channel, person = place.announced(), place.person("王立", [LONG])
    found = add_channel_candidate(place.street, channel.id, person.id)
    client, street = signed_in(app, place.district), signed_in(app, place.street)
    assert "审查2025年定向招聘报名资格" in client.get("/").get_data(as_text=True)
    assert "定向招聘报名资格" not in street.get("/").get_data(as_text=True)
    review_channel_candidate(place.district, found, CandidateFinding(True))
    assert "定向招聘报名资格" not in client.get("/").get_data(as_text=True)
    with day(HOUR_OF_RESULTS):
        close_channel_review(place.district, channel.id)
        assert "登记2025年定向招聘结果" in signed_in(app, place.district).get("/").get_data(as_text=True)
