"""The pages of levels, as the street, the district, finance and the worker use them."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.operations.people import link_account
from careerpath.pay.models import PlacementRound, ProposalState
from careerpath.pay.operations.approvals import return_proposals
from careerpath.pay.operations.rounds import Review, review_proposals, submit_round
from careerpath.pay.queries import calendar as calendars
from tests.appraisals.test_pages import signed_in
from tests.factories.access import make_user
from tests.factories.employees import CLERK, selects_of
from tests.factories.pay import PayTown, adopt_scheme

MOST_QUERIES = 8


def begun(client: FlaskClient, town: PayTown, on: str = "2025-12-05") -> int:
    """A round that the street begins on its page."""
    answer = client.post("/pay/rounds/new", data={"unit": str(town.town.street.id), "on": on})
    assert answer.status_code == 302, answer.text
    found = db.session.scalar(select(PlacementRound.id).order_by(PlacementRound.id.desc()))
    assert found is not None
    return found


def test_a_street_begins_reviews_and_submits_and_the_district_approves(app: Flask) -> None:
    town = PayTown()
    street = signed_in(app, town.clerk.name)
    round_id = begun(street, town)
    url = f"/pay/rounds/{round_id}"
    page = street.get(url).text
    assert all(one.name in page for one in (town.chief, town.deputy, town.staff))
    assert "2,350.00" in page
    held = town.proposals(round_id, town.staff)[0].id
    answer = street.post(f"{url}/review", data={"act": "withhold", "ids": [held], "note": "证书原件未核"})
    assert answer.status_code == 302
    assert "证书原件未核" in street.get(url).text
    assert "本次上报" in street.get(f"{url}/submit").text
    assert street.post(f"{url}/submit", data={"opinion": "同意上报。"}).status_code == 302
    district = signed_in(app, town.hr.name)
    assert "费城街道" in district.get("/pay/rounds").text
    sent = {"act": "approve-all", "document": "费人社薪〔2025〕7号"}
    assert district.post(f"{url}/decide", data=sent).status_code == 302
    assert town.states(round_id) == {ProposalState.APPROVED, ProposalState.WITHHELD}
    assert street.post(f"{url}/finish").status_code == 302
    assert town.round(round_id).closed_at is not None


def test_the_day_is_the_next_first_of_january_and_the_scheme_in_force_is_named(app: Flask) -> None:
    town = PayTown()
    page = signed_in(app, town.clerk.name).get("/pay/rounds/new").text
    assert 'value="2026-01-01"' in page
    assert "费县社区工作者薪酬办法（试）" in page
    assert "示例办法" in page


def test_a_refusal_stands_on_the_page_and_what_was_typed_stays(app: Flask) -> None:
    town = PayTown()
    street = signed_in(app, town.clerk.name)
    sent = {"unit": str(town.town.street.id), "on": "2019-01-01"}
    answer = street.post("/pay/rounds/new", data=sent)
    assert answer.status_code == 422
    assert "没有生效的办法" in answer.text
    round_id = begun(street, town)
    first = town.proposals(round_id)[0].id
    answer = street.post(f"/pay/rounds/{round_id}/review", data={"act": "withhold", "ids": [first], "note": ""})
    assert answer.status_code == 422
    assert "请写明暂不上报的原因" in answer.text
    assert f'value="{first}" aria-label' in answer.text
    answer = street.post(f"/pay/rounds/{round_id}/review", data={"act": "withhold", "note": "待核"})
    assert "请先勾选人员" in answer.text


def test_the_district_returns_with_a_comment_that_the_street_reads(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    submit_round(town.clerk, round_id)
    one = town.proposals(round_id, town.staff)[0].id
    district = signed_in(app, town.hr.name)
    sent = {"act": "return", "ids": [one], "comment": "请补学历证明。"}
    assert district.post(f"/pay/rounds/{round_id}/decide", data=sent).status_code == 302
    street = signed_in(app, town.clerk.name)
    assert "请补学历证明。" in street.get(f"/pay/rounds/{round_id}?state=returned").text


def test_people_who_cannot_be_placed_are_listed_with_a_way_to_their_file(app: Flask) -> None:
    town = PayTown()
    unknown = town.person(town.town.community, study=None)
    page = signed_in(app, town.clerk.name).get(f"/pay/rounds/{town.generate()}").text
    assert "缺少学历。" in page
    assert f'href="/employees/{unknown.id}"' in page


def test_a_row_opens_every_reason_with_its_document(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    page = signed_in(app, town.clerk.name).get(f"/pay/proposals/{town.proposals(round_id, town.chief)[0].id}").text
    assert "费组字〔2020〕1号（示例，非官方）第六条" in page
    assert "本科学历、学位均有，加 1 级。" in page
    assert "级差补贴" in page
    assert "示例数据 非官方" in page


def test_an_approval_is_taken_back_from_the_page_of_the_change(app: Flask) -> None:
    town = PayTown()
    round_id = town.place_everybody()
    change = town.proposals(round_id, town.staff)[0].id
    district = signed_in(app, town.hr.name)
    page = district.get(f"/pay/proposals/{change}").text
    action = page.split('action="/pay/placements/')[1].split('"')[0]
    assert district.post(f"/pay/placements/{action}", data={"reason": "误批"}).status_code == 302
    assert town.levels(town.staff) == []
    assert "撤销审批：误批" in district.get(f"/pay/proposals/{change}").text


def test_another_street_finds_nothing_and_nobody_without_the_permission_looks(app: Flask) -> None:
    town = PayTown()
    round_id = town.place_everybody()
    change = town.proposals(round_id)[0].id
    stranger = signed_in(app, town.stranger.name)
    for path in (f"rounds/{round_id}", f"proposals/{change}", f"employees/{town.staff.id}"):
        assert stranger.get(f"/pay/{path}").status_code == 404
    assert stranger.get(f"/pay/calendar?unit_id={town.town.street.id}").status_code == 404
    make_user("secretary", Role.COMMUNITY_SECRETARY, town.town.community)
    assert signed_in(app, "secretary").get("/pay/rounds").status_code == 403
    finance = signed_in(app, town.finance.name)
    assert finance.get(f"/pay/rounds/{round_id}").status_code == 200
    assert finance.get("/pay/rounds/new").status_code == 403


def test_a_page_costs_few_queries_however_many_people_it_shows(app: Flask) -> None:
    town = PayTown()
    for _ in range(8):
        town.person(town.town.community)
    round_id = town.generate()
    client = signed_in(app, town.clerk.name)
    own = f"/pay/employees/{town.staff.id}"
    calendar = f"/pay/calendar?unit_id={town.town.street.id}"
    change = f"/pay/proposals/{town.proposals(round_id)[0].id}"
    for url in (f"/pay/rounds/{round_id}", "/pay/rounds", change, own, calendar):
        client.get(url)
        assert len(selects_of(lambda url=url: client.get(url))) <= MOST_QUERIES, url  # type: ignore[misc]


def test_the_calendar_names_day_level_conditions_and_what_holds_back(app: Flask) -> None:
    town = PayTown()
    town.appraise(2024, {town.staff.id: "4"})
    town.place_everybody()
    client = signed_in(app, town.hr.name)
    page = client.get("/pay/calendar?year=2028").text
    # Nine full years by 2027-06-30 are the third step; the failed year puts it off by one.
    assert "2028 年 1 月" in page
    assert "2028 年以后" in page
    assert "2029-01-01" in page
    assert "2024 年度考核结果不计入工作年限" in page
    assert "其间没有不称职的年度" in page
    assert town.elsewhere.name in page
    only = client.get(f"/pay/calendar?year=2028&unit={town.town.other_street.short_name}").text
    assert town.elsewhere.name in only
    assert town.staff.name not in only


def test_the_calendar_goes_to_excel_with_everybody(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    answer = signed_in(app, town.clerk.name).get("/pay/calendar.xlsx?year=2028")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    head = next(place for place, row in enumerate(rows) if row[0] == "编号")
    assert "示例数据" in str(rows[:head])
    assert {row[1] for row in rows[head + 1 :]} == {town.chief.name, town.deputy.name, town.staff.name}
    assert {row[5] for row in rows[head + 1 :]} == {"2028-01-01"}


def test_a_persons_page_tells_level_document_amounts_and_the_next_step(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    page = signed_in(app, town.clerk.name).get(f"/pay/employees/{town.staff.id}").text
    assert "3 档 3 级（2025-01-01 起）" in page
    assert "费人社薪〔2025〕7号" in page
    assert "2,350.00" in page
    assert "2028-01-01 晋 4 级" in page
    assert "经审批自 2025-01-01 起为 3 级" in page


def test_amounts_of_another_day_follow_the_scheme_of_that_day(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    adopt_scheme(key="next", effective_from="2026-01-01", base=2500)
    client = signed_in(app, town.clerk.name)
    assert "2,850.00" in client.get(f"/pay/employees/{town.staff.id}?on=2026年1月1日").text
    assert "没有生效的办法" in client.get(f"/pay/employees/{town.staff.id}?on=2019-05-01").text
    assert client.get(f"/pay/employees/{town.staff.id}?on=昨天").status_code == 422


def test_who_is_not_placed_or_placed_otherwise_sees_that_a_round_is_due(app: Flask) -> None:
    town = PayTown()
    client = signed_in(app, town.clerk.name)
    assert "尚未审批等级" in client.get(f"/pay/employees/{town.staff.id}").text
    town.place_everybody()
    town.certify(town.staff, date(2025, 10, 9))
    page = client.get(f"/pay/employees/{town.staff.id}").text
    assert "应为 3 档 4 级" in page
    assert "持助理社会工作师证书，加 1 级。" in page


def test_a_worker_sees_the_own_level_and_no_other_one(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    user = make_user("worker", Role.WORKER, town.town.neighbour)
    link_account(CLERK, town.staff.id, user.id)
    client = signed_in(app, "worker")
    page = client.get("/pay/own/level").text
    assert "3 档 3 级" in page
    assert "/pay/proposals/" not in page
    assert client.get(f"/pay/employees/{town.staff.id}").status_code == 403
    make_user("nobody", Role.WORKER, town.town.neighbour)
    assert "没有" in signed_in(app, "nobody").get("/pay/own/level").text


@pytest.mark.parametrize("act", ["approve", "return"])
def test_nothing_ticked_is_refused_in_words(app: Flask, act: str) -> None:
    town = PayTown()
    round_id = town.generate()
    submit_round(town.clerk, round_id)
    sent = {"act": act, "comment": "请补充。"}
    answer = signed_in(app, town.hr.name).post(f"/pay/rounds/{round_id}/decide", data=sent)
    assert answer.status_code == 422
    assert "请先勾选人员" in answer.text


def test_a_round_can_be_worked_out_anew_and_taken_back_from_its_page(app: Flask) -> None:
    town = PayTown()
    street = signed_in(app, town.clerk.name)
    round_id = begun(street, town)
    town.certify(town.staff, date(2025, 6, 1))
    assert street.post(f"/pay/rounds/{round_id}/regenerate").status_code == 302
    assert [one.after_level for one in town.proposals(round_id, town.staff)] == [4]
    assert street.post(f"/pay/rounds/{round_id}/drop").status_code == 302
    assert street.get(f"/pay/rounds/{round_id}").status_code == 404
    assert "没有未办结的批次" in street.get("/pay/rounds").text


def test_the_list_says_which_street_has_something_returned(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    submit_round(town.clerk, round_id)
    return_proposals(town.hr, round_id, (town.proposals(round_id)[0].id,), "请补充。")
    assert "有退回" in signed_in(app, town.clerk.name).get("/pay/rounds").text
    other = town.generate(actor=town.stranger, unit=town.town.other_street)
    held = tuple(one.id for one in town.proposals(other))
    review_proposals(town.stranger, other, Review(held, withheld=True, note="待核"))
    assert "待办结" in signed_in(app, town.hr.name).get("/pay/rounds").text


def test_the_personnel_file_leads_to_the_level_for_those_who_may_see_pay(app: Flask) -> None:
    town = PayTown()
    path = f"/pay/employees/{town.staff.id}"
    assert path in signed_in(app, town.clerk.name).get(f"/employees/{town.staff.id}").text
    make_user("secretary", Role.COMMUNITY_SECRETARY, town.town.neighbour)
    page = signed_in(app, "secretary").get(f"/employees/{town.staff.id}").text
    assert town.staff.name in page
    assert path not in page


def test_a_step_that_is_not_due_yet_is_no_business_of_today(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    client = signed_in(app, town.clerk.name)
    # In 2031 everybody has stepped once more in between, which is not to be done today.
    assert "待办理</span>" not in client.get("/pay/calendar?year=2031").text
    town.certify(town.staff, date(2025, 10, 9))
    assert client.get("/pay/calendar?year=2031").text.count("待办理</span>") == 1


def test_the_district_reads_which_streets_have_not_looked_at_new_year_yet(app: Flask) -> None:
    town = PayTown()
    town.generate(date(2026, 1, 1))
    page = signed_in(app, town.hr.name).get("/pay/rounds").text
    assert "尚未测算 2026-01-01 晋级的街道（镇）：上冶镇" in page


def test_a_large_unit_comes_in_pages_forwards_and_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "PEOPLE", 2)
    town = PayTown()
    client = signed_in(app, town.hr.name)
    first = client.get("/pay/calendar")
    assert "共 4 人，本页 2 人" in first.text
    people = (town.chief, town.deputy, town.staff, town.elsewhere)
    shown = [one.number for one in people if one.name in first.text]
    second = client.get(f"/pay/calendar?after={max(shown)}").text
    later = [one.number for one in people if one.name in second]
    assert sorted(shown + later) == sorted(one.number for one in people)
    back = client.get(f"/pay/calendar?before={min(later)}").text
    assert [one.number for one in people if one.name in back] == shown
    assert "没有在岗人员" in client.get("/pay/calendar?after=ZZZ").text
