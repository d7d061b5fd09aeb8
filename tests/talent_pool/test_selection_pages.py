"""The pages of a selection: from the plan to the closing of nominations, as the offices click through them."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.dashboard.queries.menu import menu
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.operations.nomination_review import EntrantFinding, review_entrant
from careerpath.talent_pool.queries.selections import places_of
from tests.factories.access import make_unit, signed_in
from tests.factories.employees import selects_of
from tests.factories.talent_pool import RULES
from tests.talent_pool.choosing import Choosing, day

ROOM = "/talent-pool"
PLAN = {
    "name": "2025年后备人才竞岗",
    "year": "2025",
    "rules": f"{RULES} reserve_secretary",
    "reckoned_on": "2025-12-01",
    "closes_on": "2025.12.10",
    "held_on": "2025-12-20",
}


@pytest.fixture
def office(app: Flask) -> Choosing:
    return Choosing()


@pytest.fixture
def district(app: Flask, office: Choosing) -> FlaskClient:
    return signed_in(app, office.district)


def test_the_district_plans_gives_places_and_announces(office: Choosing, district: FlaskClient) -> None:
    assert "还没有竞岗" in district.get(f"{ROOM}/selections").text
    page = district.get(f"{ROOM}/selections/new").text
    assert "2025年后备人才竞岗" in page
    assert "社区党组织书记后备人选" in page
    answer = district.post(f"{ROOM}/selections/new", data=PLAN | {"unit_id": str(office.town.district.id)})
    selection = db.session.scalars(select(Selection)).one()
    assert answer.location == f"{ROOM}/selections/{selection.id}/places"
    page = district.get(answer.location).text
    assert "书苑社区" in page
    assert "每个社区 3—4 名" in page
    field = f"places-{office.town.community.id}"
    refused = district.post(answer.location, data={field: "二"})
    assert refused.status_code == 422
    assert "不是人数" in refused.text
    assert 'value="二"' in refused.text
    answer = district.post(answer.location, data={field: "2", f"places-{office.town.foreign.id}": ""})
    assert answer.status_code == 302
    assert places_of(selection.id) == {office.town.community.id: 2}
    address = f"{ROOM}/selections/{selection.id}/announce"
    assert "未超过 40 周岁生日" in district.get(address).text
    assert district.post(address, data={"announced_on": "2025-12-05"}).status_code == 422
    answer = district.post(address, data={"document": "费社工发〔2025〕21号", "announced_on": "2025-12-05"})
    assert answer.status_code == 302
    page = district.get(answer.location).text
    assert "受理推荐、审查资格" in page
    assert "费社工发〔2025〕21号" in page
    assert "2025年后备人才竞岗" in district.get(f"{ROOM}/selections?state=open").text


def test_a_plan_that_is_refused_keeps_what_was_typed(office: Choosing, district: FlaskClient) -> None:
    wrong = PLAN | {"unit_id": str(office.town.district.id), "held_on": "2025-12-10", "contact": "3721"}
    answer = district.post(f"{ROOM}/selections/new", data=wrong)
    assert answer.status_code == 422
    assert "应在推荐报名截止日" in answer.text
    assert 'value="3721"' in answer.text


def test_a_second_editor_of_the_plan_is_told(office: Choosing, district: FlaskClient) -> None:
    selection = office.planned()
    address = f"{ROOM}/selections/{selection.id}/edit"
    assert 'name="version"' in district.get(address).text
    assert district.post(address, data=PLAN | {"version": "1", "name": "改名"}).status_code == 302
    answer = district.post(address, data=PLAN | {"version": "1", "name": "另改"})
    assert answer.status_code == 409
    assert 'value="另改"' in answer.text


def test_a_plan_is_taken_back_and_what_is_announced_is_not(office: Choosing, district: FlaskClient) -> None:
    planned, announced = office.planned(), office.announced(name="已公告的竞岗")
    assert district.post(f"{ROOM}/selections/{planned.id}/drop").location == f"{ROOM}/selections"
    answer = district.post(f"{ROOM}/selections/{announced.id}/drop")
    assert answer.status_code == 422
    assert "只能在" in answer.text


def test_days_move_and_a_selection_is_cancelled_with_a_reason(office: Choosing, district: FlaskClient) -> None:
    address = f"{ROOM}/selections/{office.announced().id}"
    assert 'value="2025-12-10"' in district.get(f"{address}/days").text
    moved = {"closes_on": "2025-12-12", "held_on": "2025-12-20", "reason": "人数不足"}
    assert district.post(f"{address}/days", data=moved).status_code == 302
    assert "人数不足" in district.get(address).text
    assert district.post(f"{address}/cancel", data={}).status_code == 422
    assert district.post(f"{address}/cancel", data={"reason": "机构调整"}).status_code == 302
    assert "已取消：机构调整" in district.get(address).text


def test_a_street_looks_somebody_up_sees_the_advice_and_nominates(app: Flask, office: Choosing) -> None:
    selection, person = office.announced(), office.person(title="网格员")
    street = signed_in(app, office.street)
    assert "推荐人选" in street.get(f"{ROOM}/selections/{selection.id}").text
    address = f"{ROOM}/selections/{selection.id}/entrants/new"
    assert "没有找到" in street.get(f"{address}?q=查无此人").text
    page = street.get(f"{address}?q={person.number}").text
    assert person.name in page
    assert "不符合" in page
    assert street.post(address, data={"employee": str(person.id)}).status_code == 422
    given = {"employee": str(person.id), "unit_id": str(office.town.community.id), "nomination": "organisation"}
    answer = street.post(address, data=given | {"statement": "工作踏实。", "nominated_by": "费城街道党工委"})
    entrant = db.session.scalars(select(SelectionEntrant)).one()
    assert answer.location == f"{ROOM}/entrants/{entrant.id}"
    page = street.get(answer.location).text
    assert "费城街道党工委" in page
    assert "保存审查意见" not in page
    assert "办理退出" in page
    again = street.post(address, data=given | {"statement": "再推荐。", "nominated_by": "费城街道党工委"})
    assert again.status_code == 422
    assert "已参加本次竞岗" in again.text
    assert street.get(f"{address}?q_id={office.person(office.town.foreign).id}").status_code == 404


def test_the_district_reviews_one_and_goes_to_the_next(office: Choosing, district: FlaskClient) -> None:
    selection = office.announced()
    first, second = office.nominated(selection), office.nominated(selection)
    page = district.get(f"{ROOM}/selections/{selection.id}/entrants").text
    assert "待审 2 人" in page
    address = f"{ROOM}/entrants/{first.id}"
    assert "保存并审下一个" in district.get(address).text
    refused = district.post(f"{address}/review", data={"admitted": "yes"})
    assert refused.status_code == 422
    assert "须写明理由" in refused.text
    answer = district.post(f"{address}/review", data={"admitted": "yes", "reason": "街道证明", "next": "1"})
    assert answer.location == f"{ROOM}/entrants/{second.id}"
    page = district.get(address).text
    assert "街道证明" in page
    assert "条件比对（审查时）" in page
    assert district.post(f"{address}/reopen", data={}).status_code == 422
    assert district.post(f"{address}/reopen", data={"reopening-reason": "误判"}).status_code == 302
    assert db.session.get_one(SelectionEntrant, first.id).state is EntrantState.NOMINATED


def test_many_are_ticked_and_rejected_together(office: Choosing, district: FlaskClient) -> None:
    selection = office.announced()
    ids = [office.nominated(selection).id for _ in range(2)]
    address = f"{ROOM}/selections/{selection.id}/entrants"
    refused = district.post(address, data={"ids": ids, "act": "reject"})
    assert refused.status_code == 422
    assert "须写明理由" in refused.text
    assert district.post(address, data={"ids": ids, "act": "reject", "reason": "未满年限"}).status_code == 302
    assert "没有符合条件的人选" in district.get(f"{address}?state=nominated").text
    assert district.get(f"{address}?state=rejected&q=林试").text.count("/entrants/") >= 2


def test_somebody_is_taken_out_and_the_reason_is_shown(app: Flask, office: Choosing) -> None:
    entrant = office.nominated(office.announced())
    street = signed_in(app, office.street)
    address = f"{ROOM}/entrants/{entrant.id}"
    assert street.post(f"{address}/withdraw", data={"withdrawal-reason": "本人另有安排"}).status_code == 302
    page = street.get(address).text
    assert "本人另有安排" in page
    assert "withdrawal-reason" not in page


def test_nominations_are_closed_from_the_page(office: Choosing, district: FlaskClient) -> None:
    selection = office.announced()
    entrant = office.nominated(selection)
    review_entrant(office.district, entrant.id, EntrantFinding(True, "街道证明"))
    address = f"{ROOM}/selections/{selection.id}"
    refused = district.post(f"{address}/close")
    assert refused.status_code == 422
    assert "次日起" in refused.text
    with day(date(2025, 12, 11)):
        office_again = signed_in(district.application, office.district)
        assert "结束资格审查，转入测评" in office_again.get(address).text
        assert office_again.post(f"{address}/close").status_code == 302
    assert db.session.get_one(Selection, selection.id).state is SelectionState.STAGES


@pytest.mark.parametrize("path", ["selections/{s}", "selections/{s}/entrants", "selections/{s}/places", "selections"])
def test_a_page_costs_the_same_however_many_there_are(office: Choosing, district: FlaskClient, path: str) -> None:
    selection = office.planned() if path.endswith("places") else office.announced()
    address = f"{ROOM}/{path.format(s=selection.id)}"

    def cost() -> int:
        return len(selects_of(lambda: district.get(address)))

    if not path.endswith("places"):
        office.nominated(selection)
    few = cost()
    for number in range(5):
        if path.endswith("places"):
            make_unit(f"新设社区{number}", office.town.community.kind, office.town.other_street)
        elif path == "selections":
            office.planned(name=f"第{number}次")
        else:
            office.nominated(selection)
    # The list of entrants asks six times more, for the facts that the rule looks at.
    assert cost() == few <= (14 if path.endswith("entrants") else 8)


def test_the_menu_knows_that_an_entrant_belongs_to_selections(app: Flask, office: Choosing) -> None:
    for path in ("entrants/5", "selections/5", "selections"):
        with app.test_request_context(f"{ROOM}/{path}"):
            here = [str(item.title) for group in menu(office.district) for item in group.items if item.current]
        assert here == ["竞岗选拔"]
