"""The pages of the register of mentors: the list, appointing, one mentor, renewing and ending."""

from datetime import date
from functools import partial

from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.mentoring.models import Mentor
from tests.factories.access import signed_in
from tests.factories.employees import selects_of
from tests.factories.mentoring import make_mentor, make_pairing
from tests.mentoring.office import Office

MOST_QUERIES = 8


def test_the_register_says_what_each_mentor_teaches_and_whether_there_is_a_place(app: Flask) -> None:
    office = Office()
    free = make_mentor(office.town.district, expertise=["civil", "party"])
    full = make_mentor(office.town.street, cap=1)
    make_pairing(full, office.person(), office.town.community)
    client = signed_in(app, office.street)
    text = client.get("/mentoring/").text
    assert f"{free.name}</a>" in text
    assert "民政救助、党建" in text
    assert "满员" in text
    assert full.name not in client.get("/mentoring/?term=free").text
    assert free.name not in client.get("/mentoring/?term=full").text
    assert free.name not in client.get("/mentoring/?own=yes").text
    assert full.name not in client.get("/mentoring/?line=civil").text


def test_the_register_is_true_for_the_day_that_was_asked_about(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.street, starts_on=date(2025, 3, 1), ends_on=date(2025, 9, 30))
    client = signed_in(app, office.street)
    for on, listed in (("2025-02-28", False), ("2025-03-01", True), ("2025-09-30", True), ("2025-10-01", False)):
        assert (mentor.name in client.get(f"/mentoring/?on={on}").text) is listed
    assert mentor.name in client.get("/mentoring/?term=no").text


def test_a_page_of_mentors_costs_the_same_however_many_there_are(app: Flask) -> None:
    office = Office()
    client = signed_in(app, office.district)
    for _ in range(60):
        make_mentor(office.town.street, expertise=["civil"])
    for sort in ("", "name", "-mentees", "starts", "-starts"):
        address = f"/mentoring/?sort={sort}"
        assert len(selects_of(partial(client.get, address))) <= MOST_QUERIES
        first = client.get(address).text
        assert first.count('<th scope="row">') == 50
        after = first.split("after=")[1].split('"')[0].split("&")[0]
        assert client.get(f"{address}&after={after}").text.count('<th scope="row">') == 10


def test_a_street_appoints_a_secretary_of_its_own_and_a_cadre_from_outside(app: Flask) -> None:
    office = Office()
    secretary = office.person()
    client = signed_in(app, office.street)
    assert "聘书编号" in client.get(f"/mentoring/mentors/new?q={secretary.name}").text
    sent = {"kind": "secretary", "number": "1号", "starts_on": "2025.1.1", "expertise": ["party"]}
    answer = client.post(f"/mentoring/mentors/new?q_id={secretary.id}", data=sent)
    assert answer.status_code == 302, answer.text
    assert "党建" in client.get(answer.location).text
    guest = {**sent, "kind": "agency_cadre", "number": "2号", "name": "周民政", "post": "费县民政局 科长"}
    answer = client.post("/mentoring/mentors/new?outside=yes", data={**guest, "unit": office.town.street.name})
    assert answer.status_code == 302, answer.text
    assert {one.name for one in db.session.scalars(select(Mentor))} == {secretary.name, "周民政"}


def test_what_is_wrong_with_an_appointment_stands_beside_its_field(app: Flask) -> None:
    office = Office()
    client = signed_in(app, office.street)
    sent = {"kind": "agency_cadre", "number": "", "starts_on": "2025-13-01", "name": "", "post": "科长"}
    answer = client.post("/mentoring/mentors/new?outside=yes", data=sent)
    assert answer.status_code == 422
    for said in ("请填写聘书编号", "不是有效日期", "请填写导师姓名", "请填写聘请单位"):
        assert said in answer.text


def test_an_appointment_is_changed_ended_and_taken_up_again(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.street)
    client = signed_in(app, office.street)
    page = f"/mentoring/mentors/{mentor.id}"
    sent = {
        "kind": "agency_cadre",
        "number": "9号",
        "starts_on": "2025-01-01",
        "name": "周某",
        "post": "科长",
        "cap": "4",
    }
    assert mentor.post in client.get(f"{page}/edit").text
    assert client.post(f"{page}/edit", data={**sent, "version": "1"}).status_code == 302
    late = client.post(f"{page}/edit", data={**sent, "version": "1"})
    assert late.status_code == 409
    assert "刚刚被其他人修改" in late.text
    assert "最多 4 人" in client.get(page).text
    assert client.post(f"{page}/end", data={"ends_on": "2025-12-01", "reason": "工作调动"}).status_code == 302
    assert "2025-12-01 解聘：工作调动" in client.get(page).text
    client.post(f"{page}/reopen")
    assert "长期" in client.get(page).text


def test_another_street_sees_the_mentor_but_not_whose_names_they_have(app: Flask) -> None:
    office = Office()
    mentor, mentee = make_mentor(office.town.street), office.person()
    make_pairing(mentor, mentee, office.town.community)
    text = signed_in(app, office.stranger).get(f"/mentoring/mentors/{mentor.id}").text
    assert mentee.name not in text
    assert "另有 1 个其他单位的结对" in text
    assert "解聘" not in text
    assert mentee.name in signed_in(app, office.street).get(f"/mentoring/mentors/{mentor.id}").text
