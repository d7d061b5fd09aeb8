"""A worker's pages of selections, on a phone as on a desk: what is open, nominating, stepping back."""

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionState
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.factories.talent_pool import make_entry
from tests.talent_pool.choosing import Choosing

OWN = "/talent-pool/own/selections"


@pytest.fixture
def office(app: Flask) -> Choosing:
    return Choosing()


def test_a_worker_sees_what_is_open_and_puts_themselves_forward(app: Flask, office: Choosing) -> None:
    planned, selection, person = office.planned(name="拟定中的竞岗"), office.announced(), office.person()
    browser = signed_in(app, office.worker(person))
    page = browser.get(OWN).text
    assert selection.name in page
    assert planned.name not in page
    address = f"{OWN}/{selection.id}/nominate"
    page = browser.get(address).text
    assert "按现有档案比对" in page
    assert "书苑社区" in page
    assert browser.post(address, data={"unit_id": str(office.town.community.id)}).status_code == 422
    given = {"unit_id": str(office.town.community.id), "statement": "愿意到更多岗位锻炼。"}
    assert browser.post(address, data=given).location == OWN
    page = browser.get(OWN).text
    assert "个人自荐" in page
    assert "待资格审查" in page
    assert f"{OWN}/{selection.id}/nominate" not in page
    assert browser.post(f"{OWN}/{selection.id}/withdraw", data={"reason": "家庭原因"}).location == OWN
    page = browser.get(OWN).text
    assert "已退出" in page
    assert f"{OWN}/{selection.id}/nominate" in page


def test_a_colleague_is_put_forward_by_number(app: Flask, office: Choosing) -> None:
    selection, person, colleague = office.announced(), office.person(), office.person()
    browser = signed_in(app, office.worker(person))
    address = f"{OWN}/{selection.id}/colleague"
    assert "未超过 40 周岁生日" in browser.get(address).text
    given = {"employee_number": "FX-9999", "supporters": "8", "statement": "群众认可。"}
    answer = browser.post(address, data=given)
    assert answer.status_code == 422
    assert "本社区没有编号" in answer.text
    assert browser.post(address, data=given | {"employee_number": colleague.number}).location == OWN
    page = browser.get(OWN).text
    assert "我推荐的同事" in page
    assert colleague.name in page


def test_a_reserve_is_told_that_there_is_no_need(app: Flask, office: Choosing) -> None:
    office.announced()
    person = office.person()
    make_entry(person, office.town.community)
    page = signed_in(app, office.worker(person)).get(OWN).text
    assert "已是这一台阶的在库后备" in page
    assert "本人报名</a>" not in page


def test_a_result_is_shown_from_the_public_notice_on(app: Flask, office: Choosing) -> None:
    selection, person = office.announced(), office.person()
    entrant = office.nominated(selection, person)
    browser = signed_in(app, office.worker(person))
    with writing():
        record = db.session.get_one(SelectionEntrant, entrant.id)
        record.state, record.outcome = EntrantState.ADMITTED, Outcome.SELECTED
        db.session.get_one(Selection, selection.id).state = SelectionState.DECISION
    assert ">入选<" not in browser.get(OWN).text
    with writing():
        db.session.get_one(Selection, selection.id).state = SelectionState.NOTICE
    assert ">入选<" in browser.get(OWN).text


def test_an_account_without_a_file_may_still_put_a_colleague_forward(app: Flask, office: Choosing) -> None:
    selection, colleague = office.announced(), office.person()
    browser = signed_in(app, make_actor(Role.COMMUNITY_SECRETARY, office.town.community))
    page = browser.get(OWN).text
    assert "没有关联个人档案" in page
    assert "本人报名</a>" not in page
    given = {"employee_number": colleague.number, "supporters": "8", "statement": "群众认可。"}
    assert browser.post(f"{OWN}/{selection.id}/colleague", data=given).location == OWN
    assert browser.get(f"{OWN}/{selection.id}/nominate").status_code == 200


def test_a_worker_elsewhere_meets_nothing(app: Flask, office: Choosing) -> None:
    selection = office.announced()
    browser = signed_in(app, make_actor(Role.WORKER, office.town.city, "elsewhere"))
    assert browser.get(f"{OWN}/{selection.id}/nominate").status_code == 200
    other = office.announced(name="另一次")
    with writing():
        db.session.get_one(Selection, other.id).state = SelectionState.CANCELLED
    assert other.name not in browser.get(OWN).text


def test_ones_own_page_costs_the_same_however_many_are_open(app: Flask, office: Choosing) -> None:
    office.announced()
    browser = signed_in(app, office.worker(office.person()))
    few = len(selects_of(lambda: browser.get(OWN)))
    for number in range(4):
        office.announced(name=f"第{number}次竞岗")
    assert len(selects_of(lambda: browser.get(OWN))) == few
