"""The pages of calls for honours: the list, every step of a call, its people, and who may see what."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from careerpath.access.permissions import Role
from careerpath.employees.operations.facts import NewDiscipline
from careerpath.employees.operations.history import add_fact
from careerpath.honours.models import CallState, NomineeState
from careerpath.honours.operations import (
    ChoiceGiven,
    HonourObjectionGiven,
    choose_nominees,
    close_nominations_of_call,
    open_call_notice,
    record_honour_objection,
    refer_call,
)
from careerpath.honours.queries.call_list import calls_waiting
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, selects_of
from tests.honours.calling import AFTER, MERITS, NOTICE, Calling, call_of, day, nominee_of


@pytest.fixture
def place(app: Flask) -> Calling:
    return Calling()


def opened(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(f"/honours{address}")
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def sent(client: FlaskClient, address: str, data: Mapping[str, Any], status: int = 302) -> str:
    answer = client.post(f"/honours{address}", data=dict(data))
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def queries_of(client: FlaskClient, address: str) -> int:
    return len(selects_of(lambda: opened(client, address)))


PLAN = {
    "name": "2025年度费县最美社工评选",
    "year": "2025",
    "kind": "model_worker",
    "level": "county",
    "title": "费县最美社工",
    "granted_by": "中共费县县委社会工作部",
    "places": "1",
    "conditions": "政治坚定\n群众公认",
    "closes_on": "2025.12.10",
}


def test_a_call_is_led_from_the_plan_to_the_files_on_its_pages(app: Flask, place: Calling) -> None:
    person = place.person("王立")
    district, street = signed_in(app, place.district), signed_in(app, place.street)
    assert "还没有评选" in opened(district, "")
    assert "拟定评选" in opened(district, "/new")
    page = sent(district, "/new", PLAN | {"unit_id": place.town.district.id, "name": ""}, 422)
    assert "请填写名称。" in page
    sent(district, "/new", PLAN | {"unit_id": place.town.district.id})
    assert "2025年度费县最美社工评选" in opened(district, "")
    call_id = 1
    assert "核对计划，发布通知" in opened(district, f"/{call_id}")
    opened(district, f"/{call_id}/edit")
    sent(district, f"/{call_id}/edit", PLAN | {"version": call_of(call_id).version, "places": "2"})
    opened(district, f"/{call_id}/announce")
    sent(district, f"/{call_id}/announce", {"document": "费社工发〔2025〕30号", "announced_on": "2025-12-01"})
    assert "推荐人选" in opened(street, f"/{call_id}")
    found = opened(street, f"/{call_id}/nominees/new?q=王立")
    assert "档案中没有需要说明的情况" in found
    assert "请填写主要事迹" in sent(street, f"/{call_id}/nominees/new", {"employee": person.id, "merits": ""}, 422)
    sent(street, f"/{call_id}/nominees/new", {"employee": person.id, "merits": MERITS})
    nominee = nominee_of(1)
    assert MERITS in opened(street, f"/nominees/{nominee.id}")
    opened(street, f"/nominees/{nominee.id}/edit")
    sent(street, f"/nominees/{nominee.id}/edit", {"merits": "入户走访八百户。", "version": nominee.version})
    assert "王立" in opened(street, f"/{call_id}/nominees")
    sent(district, f"/{call_id}/close", {})
    assert "先勾选入选人员并保存" in opened(district, f"/{call_id}/review")
    sent(district, f"/{call_id}/review", {"1:here": "1", "1:chosen": "1", "1:rank": "1", "1:votes": "9"})
    assert "已确定入选 1 人" in opened(district, f"/{call_id}/review")
    sent(district, f"/{call_id}/notice", {"starts_on": "2025-12-15", "ends_on": "2025-12-19"})
    assert "共 5 个工作日" in opened(street, f"/{call_id}/review")
    with day(AFTER):
        client = signed_in(app, place.district)
        assert "登记表彰决定" in opened(client, f"/{call_id}/results")
        assert "请填写表彰决定或批复的文号" in sent(client, f"/{call_id}/results", {"granted_on": "2025-12-20"}, 422)
        sent(client, f"/{call_id}/results", {"granted_on": "2025-12-20", "document": "费委〔2025〕9号"})
        assert "费委〔2025〕9号" in opened(client, f"/{call_id}/results")
        assert "已公布" in opened(client, f"/{call_id}")
        assert "费县最美社工" in client.get(f"/employees/{person.id}/conduct").get_data(as_text=True)
        opened(client, f"/{call_id}/reopen")
        sent(client, f"/{call_id}/reopen", {"reason": "文号有误"})
    assert call_of(call_id).state is CallState.NOTICE


def test_the_review_page_keeps_what_was_typed_when_it_is_refused(app: Flask, place: Calling) -> None:
    call, person = place.announced(), place.person("王立")
    nominee = place.nominate(call, person)
    close_nominations_of_call(place.district, call.id)
    client = signed_in(app, place.district)
    add_fact(CLERK, person.id, NewDiscipline(measure="警告", starts_on=date(2025, 12, 4)))
    typed = {f"{nominee}:here": "1", f"{nominee}:chosen": "1", f"{nominee}:rank": "7"}
    page = sent(client, f"/{call.id}/review", typed, 422)
    assert "王立：档案中有需要说明的情况" in page
    assert 'value="7"' in page
    assert "应为整数" in sent(client, f"/{call.id}/review", typed | {f"{nominee}:rank": "甲"}, 422)
    sent(client, f"/{call.id}/review", typed | {f"{nominee}:reason": "会议研究同意"})
    assert nominee_of(nominee).rank == 7


def test_until_the_notice_a_street_does_not_see_who_is_being_chosen(app: Flask, place: Calling) -> None:
    call = place.announced()
    ids = [place.nominate(call, place.person(f"王{one}")) for one in "甲乙"]
    close_nominations_of_call(place.district, call.id)
    choose_nominees(
        place.district, call.id, {ids[0]: ChoiceGiven(chosen=True, rank=1), ids[1]: ChoiceGiven(chosen=False)}
    )
    street, district = signed_in(app, place.street), signed_in(app, place.district)
    for address in (f"/{call.id}/nominees?state=chosen", f"/{call.id}/nominees", f"/nominees/{ids[0]}"):
        page = opened(street, address)
        assert "王甲" in page
        assert 'pill-primary">拟表彰' not in page
    assert "正在评审" in opened(street, f"/{call.id}/review")
    assert "王乙" not in opened(district, f"/{call.id}/nominees?state=chosen")


def test_an_objection_is_entered_and_answered_and_only_the_district_reads_it(app: Flask, place: Calling) -> None:
    call, (nominee,) = place.shown(place.person("王立"))
    with day(date(2025, 12, 16)):
        district, street = signed_in(app, place.district), signed_in(app, place.street)
        opened(district, f"/nominees/{nominee}/objections/new")
        given = {"received_on": "2025-12-16", "named": "no", "text": "加班补贴发放不实"}
        sent(district, f"/nominees/{nominee}/objections/new", given)
        assert "未答复" in opened(district, f"/{call.id}/review")
        assert "公示反映" not in opened(street, f"/{call.id}/review").split("<main")[1].replace("评审公示", "")
        assert "加班补贴发放不实" in opened(district, "/objections/1")
        opened(street, "/objections/1", 403)
        sent(district, "/objections/1", {"upheld": "yes", "on": "2025-12-16", "answer": "经查属实"})
        assert "经查属实" in opened(district, "/objections/1")
    assert nominee_of(nominee).state is NomineeState.NOT_CHOSEN


def test_what_a_body_above_did_not_grant_is_left_unticked(app: Flask, place: Calling) -> None:
    people = [place.person("王立"), place.person("李然")]
    call, (first, second) = place.shown(*people, kind="peoples_deputy", title="费县人大代表", outside=True)
    with day(AFTER):
        refer_call(place.district, call.id)
        client = signed_in(app, place.district)
        decision = {"granted_on": "2025-12-20", "document": "费人〔2025〕1号", "ids": [str(second)]}
        page = sent(client, f"/{call.id}/results", decision, 422)
        assert "请填写任期结束日期" in page
        sent(client, f"/{call.id}/results", decision | {"term_ends_on": "2030-12-31"})
    assert [nominee_of(one).state for one in (first, second)] == [NomineeState.REFUSED, NomineeState.GRANTED]


def test_a_plan_is_dropped_and_an_announced_call_is_extended_or_cancelled(app: Flask, place: Calling) -> None:
    plan, call = place.planned(name="甲"), place.announced()
    client = signed_in(app, place.district)
    sent(client, f"/{plan.id}/drop", {})
    opened(client, f"/{plan.id}", 404)
    assert "只能在“拟定”阶段办理" in sent(client, f"/{call.id}/drop", {}, 422)
    assert "还没有推荐人选" in sent(client, f"/{call.id}/close", {}, 422)
    assert "只能在“公示”阶段办理" in sent(client, f"/{call.id}/refer", {}, 422)
    sent(client, f"/{call.id}/extend", {"closes_on": "2025-12-20", "reason": "人数不足"})
    opened(client, f"/{call.id}/cancel")
    sent(client, f"/{call.id}/cancel", {"reason": "上级统一部署"})
    assert "已取消：上级统一部署" in opened(client, f"/{call.id}")


def test_a_name_is_withdrawn_on_its_page(app: Flask, place: Calling) -> None:
    nominee = place.nominate(place.announced(), place.person("王立"))
    client = signed_in(app, place.street)
    assert "请写明原因" in sent(client, f"/nominees/{nominee}/withdraw", {"reason": ""}, 422)
    sent(client, f"/nominees/{nominee}/withdraw", {"reason": "本人不愿参评"})
    assert "已撤回" in opened(client, f"/nominees/{nominee}")


def test_the_list_is_narrowed_by_year_kind_state_and_name(app: Flask, place: Calling) -> None:
    place.announced(name="甲项评选", year=2024)
    place.planned(name="乙项评选", kind="labour_model", title="费县劳动模范")
    client = signed_in(app, place.district)
    for query, there in (
        ("", {"甲项评选", "乙项评选"}),
        ("?year=2024", {"甲项评选"}),
        ("?kind=labour_model", {"乙项评选"}),
        ("?state=nomination", {"甲项评选"}),
        ("?state=open", {"甲项评选", "乙项评选"}),
        ("?q=乙项", {"乙项评选"}),
        ("?kind=hero&state=none&year=x", {"甲项评选", "乙项评选"}),
    ):
        page = opened(client, query)
        assert {name for name in ("甲项评选", "乙项评选") if name in page} == there, query
    assert "没有这样的评选" in opened(client, "?q=丙项")


def test_pages_cost_the_same_however_many_people_are_nominated(app: Flask, place: Calling) -> None:
    call = place.announced(places=20)
    first = place.nominate(call, place.person("王立"))
    client = signed_in(app, place.district)
    session = queries_of(client, "/new") - 1
    addresses = ("", f"/{call.id}", f"/{call.id}/nominees?unit=费城", f"/{call.id}/results", f"/nominees/{first}")
    few = [queries_of(client, one) for one in addresses]
    ids = [first, *(place.nominate(call, place.person(f"王{one}")) for one in "甲乙丙丁戊己")]
    assert [queries_of(client, one) for one in addresses] == few
    close_nominations_of_call(place.district, call.id)
    choose_nominees(place.district, call.id, dict.fromkeys(ids, ChoiceGiven(chosen=True)))
    few.append(queries_of(client, f"/{call.id}/review"))
    open_call_notice(place.district, call.id, *NOTICE)
    few += [queries_of(client, f"/{call.id}/{one}") for one in ("review", "results")]
    assert max(few) <= session + 8, (session, few)


def test_a_worker_and_the_system_administrator_have_no_business_with_calls(app: Flask, place: Calling) -> None:
    for role in (Role.WORKER, Role.SYSTEM_ADMIN):
        opened(signed_in(app, make_actor(role, place.town.district)), "", 403)


def test_a_secretary_sees_the_names_of_the_community_and_may_not_nominate(app: Flask, place: Calling) -> None:
    call = place.announced()
    place.nominate(call, place.person("王立"))
    place.nominate(call, place.person("李然", place.town.neighbour))
    page = opened(signed_in(app, make_actor(Role.COMMUNITY_SECRETARY, place.town.community)), f"/{call.id}/nominees")
    assert "王立" in page
    assert "李然" not in page
    opened(signed_in(app, make_actor(Role.COMMUNITY_SECRETARY, place.town.street)), f"/{call.id}/nominees/new", 403)


def test_home_tells_the_street_what_to_nominate_for_and_the_district_what_comes_next(
    app: Flask, place: Calling
) -> None:
    call = place.announced()
    nominee = place.nominate(call, place.person("王立"))

    def home(actor: Any) -> str:
        return signed_in(app, actor).get("/").get_data(as_text=True)

    assert "推荐人选：2025年度费县最美社工评选" in home(place.street)
    with day(date(2025, 12, 11)):
        assert "推荐人选：" not in home(place.street)
        assert "结束推荐，进入评审：" in home(place.district)
    close_nominations_of_call(place.district, call.id)
    assert "评审人选：" in home(place.district)
    other, (shown,) = place.shown(place.person("李然"), name="乙", title="甲")
    with day(AFTER):
        assert "公示期满，登记表彰决定：乙" in home(place.district)
        record_honour_objection(place.district, shown, HonourObjectionGiven(date(2025, 12, 16), True, "不实"))
        assert "核查答复公示反映：乙" in home(place.district)
    assert nominee_of(nominee).state is NomineeState.NOMINATED
    assert other.id != call.id


def test_the_tasks_of_all_calls_are_found_with_one_question(place: Calling) -> None:
    for name in ("甲", "乙", "丙"):
        place.nominate(place.announced(name=name), place.person(f"王{name}"))
    found: list[int] = []
    asked = selects_of(lambda: found.extend(one.nominated for one in calls_waiting(place.district)))
    assert (len(asked), found) == (1, [1, 1, 1])
    assert [one.nominated for one in calls_waiting(place.stranger)] == [0, 0, 0]
