"""One's own career page: level, appraisal, training, mentor, pay slips, one's data, and the way itself."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.career_file.queries.own import own_things
from careerpath.employees.operations.people import link_account
from careerpath.training.models import ClassState
from tests.career_file.careers import Careers
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, selects_of
from tests.factories.training import make_class, make_course, make_enrolment
from tests.pay.months import NOVEMBER, OCTOBER, PaidTown

TODAY = date(2025, 12, 5)


@pytest.fixture
def place(app: Flask) -> Careers:
    return Careers()


def test_the_page_leads_to_everything_of_ones_own(app: Flask, place: Careers) -> None:
    page = signed_in(app, place.worker).get("/own/career").get_data(as_text=True).split("<main")[1]
    for words in ("我的薪酬等级", "下次晋级", "我的台阶", "我的考核", "我的培训", "导师帮带", "我的工资条", "我的资料"):
        assert words in page
    for address in ("/my-file/corrections", "/training/own", "/pay/own", "/my-appraisals", "/own/career.pdf"):
        assert f'href="{address}' in page
    assert "/mentoring/own/" in page
    assert "/talent-pool/entries" not in page
    assert f"/employees/{place.person.id}" not in page


def test_an_earlier_day_shows_the_way_without_what_is_to_be_done_today(app: Flask, place: Careers) -> None:
    page = signed_in(app, place.worker).get("/own/career?on=2024-12-31").get_data(as_text=True)
    assert "截至 2024-12-31" in page
    assert "现在要做" not in page
    assert "我的工资条" not in page


def test_an_account_without_a_file_is_told_so(app: Flask, place: Careers) -> None:
    client = signed_in(app, make_actor(Role.WORKER, place.town.neighbour))
    assert "没有与您的账号关联的档案" in client.get("/own/career").get_data(as_text=True)
    assert "没有与您的账号关联的档案" in client.get("/own/career.pdf").get_data(as_text=True)


def test_it_is_the_first_of_ones_own_lines_in_the_menu(app: Flask, place: Careers) -> None:
    answer = signed_in(app, place.worker).get("/")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert page.index("/own/career") < page.index("/my-appraisals")
    assert "/own/career" not in signed_in(app, place.district).get("/").get_data(as_text=True)


def test_classes_to_come_and_living_pairings_are_shown_and_past_ones_are_not(place: Careers) -> None:
    course = make_course(place.town.district)
    ahead = make_class(course, ClassState.OPEN, starts_on=date(2025, 12, 20), ends_on=date(2025, 12, 21))
    make_enrolment(ahead, place.person)
    things = own_things(place.person.id, place.own().lines, TODAY)
    assert [(one.starts_on, one.today) for one in things.classes] == [(date(2025, 12, 20), False)]
    (pairing,) = things.pairings
    assert str(pairing.title).startswith("导师 周导")
    assert things.slips == ()
    assert own_things(place.person.id, (), date(2025, 12, 22)).classes == ()


def test_confirmed_months_are_told_and_lead_to_their_slips(app: Flask) -> None:
    town = PaidTown()
    worker = make_actor(Role.WORKER, town.town.community)
    link_account(CLERK, town.worker.id, worker.user_id or 0)
    mine = town.line(town.pay(OCTOBER), town.worker)
    town.draft(NOVEMBER)
    page = signed_in(app, worker).get("/own/career").get_data(as_text=True)
    assert f'<a href="/pay/own/{mine.id}">2025年10月</a>' in page
    assert f"实发 {mine.payable:,.2f} 元" in page
    assert "2025年11月" not in page


def test_the_own_page_costs_the_same_however_much_there_is(app: Flask, place: Careers) -> None:
    client = signed_in(app, place.worker)
    assert client.get("/own/career").status_code == 200
    few = len(selects_of(lambda: client.get("/own/career")))
    place.add(place.person, 2024)
    assert len(selects_of(lambda: client.get("/own/career"))) == few
    assert few <= 30
