"""The register of mentors: who may be appointed, by whom, and how an appointment ends and begins again."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.mentoring.models import Mentor, PairingState
from careerpath.mentoring.operations.mentors import (
    MentorRefused,
    change_mentor,
    end_mentor,
    register_mentor,
    register_mentors,
    reopen_mentor,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.employees import CLERK, selects_of
from tests.factories.mentoring import make_mentor, make_pairing
from tests.mentoring.office import Office

DAY = date(2025, 12, 1)


def test_a_person_of_the_register_is_called_as_in_the_file(app: Flask) -> None:
    office = Office()
    secretary = office.person(title="社区党组织书记")
    given = office.given(kind="secretary", employee_id=secretary.id, name="别名", post="别处", phone="0539")
    mentor = db.session.get_one(Mentor, register_mentor(office.street, office.town.community.id, given))
    assert (mentor.name, mentor.phone) == (secretary.name, "")
    assert mentor.post == "费城街道 书苑社区 社区党组织书记"


def test_what_cannot_be_an_appointment_is_refused_beside_its_field(app: Flask) -> None:
    office = Office()
    secretary = office.person()
    make_mentor(office.town.street, number="费导聘〔2025〕9号")
    for changes, field, said in (
        ({"kind": "friend"}, "kind", "没有“friend”这类导师"),
        ({"kind": "secretary"}, "kind", "应在人员库中选择"),
        ({"number": " "}, "number", "请填写聘书编号"),
        ({"number": "费导聘〔2025〕9号"}, "number", "已经使用"),
        ({"expertise": ("cooking",)}, "expertise", "业务目录中没有“cooking”"),
        ({"cap": 0}, "cap", "1 至 50 人"),
        ({"ends_on": date(2024, 12, 31)}, "ends_on", "早于开始日期"),
        ({"name": ""}, "name", "请填写导师姓名"),
        ({"post": ""}, "post", "请填写导师的单位及职务"),
        ({"employee_id": secretary.id, "kind": "secretary"}, "unit_id", "不在这个单位任职"),
        ({"starts_on": date(2015, 1, 1)}, None, "2016-01-01"),
    ):
        with pytest.raises(Refused, match=said) as refused:
            register_mentor(office.street, office.town.street.id, office.given(**changes))
        assert refused.value.field == field
    assert db.session.scalar(select(func.count()).select_from(Mentor)) == 1


def test_somebody_is_a_mentor_once_and_who_ended_is_taken_up_again(app: Flask) -> None:
    office = Office()
    secretary = office.person()
    given = office.given(kind="secretary", employee_id=secretary.id, number="1号")
    unit_id = office.town.community.id
    mentor_id = register_mentor(office.street, unit_id, given)
    with pytest.raises(Refused, match="已在导师名册中"):
        register_mentor(office.street, unit_id, replace(given, number="2号"))
    end_mentor(office.street, mentor_id, date(2025, 11, 30), "岗位调整")
    again = replace(given, number="2号", starts_on=DAY)
    assert register_mentor(office.street, unit_id, again) == mentor_id
    mentor = db.session.get_one(Mentor, mentor_id)
    assert (mentor.starts_on, mentor.ends_on, mentor.end_reason, mentor.number) == (DAY, None, "", "2号")


def test_who_has_left_is_not_appointed(app: Flask) -> None:
    office = Office()
    secretary = office.person()
    end_service(CLERK, secretary.id, EndOfService(left_on=date(2025, 6, 30), reason="辞职"))
    given = office.given(kind="secretary", employee_id=secretary.id, starts_on=DAY)
    with pytest.raises(Refused, match="已不在岗"):
        register_mentor(office.street, office.town.community.id, given)


def test_a_street_appoints_for_its_own_units_only(app: Flask) -> None:
    office = Office()
    theirs = office.person(office.town.foreign)
    with pytest.raises(NotFound):
        register_mentor(office.street, office.town.other_street.id, office.given())
    given = office.given(kind="secretary", employee_id=theirs.id)
    with pytest.raises(NotFound):
        register_mentor(office.street, office.town.community.id, given)


def test_many_are_appointed_at_once_or_none(app: Flask) -> None:
    office = Office()
    unit_id = office.town.street.id
    rows = [(unit_id, office.given(number=f"{place}号", name=f"周{place}")) for place in range(30)]
    few = len(selects_of(lambda: register_mentors(office.street, rows[:2])))
    assert len(selects_of(lambda: register_mentors(office.street, rows[2:]))) == few
    bad = [(unit_id, office.given(number=number, name="吴某")) for number in ("甲", "乙", "甲")]
    with pytest.raises(MentorRefused, match="吴某：聘书编号“甲”已经使用") as refused:
        register_mentors(office.street, bad)
    assert refused.value.row == 2
    assert db.session.scalar(select(func.count()).select_from(Mentor)) == 30


def test_a_change_that_came_too_late_shows_both_versions(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.street)
    given = office.given(number="5号", cap=3, expertise=("party", "civil"))
    change_mentor(office.street, mentor.id, given, 1)
    assert db.session.get_one(Mentor, mentor.id).expertise == ["civil", "party"]
    with pytest.raises(Conflict) as late:
        change_mentor(office.street, mentor.id, office.given(cap=1), 1)
    assert (late.value.typed["cap"], late.value.current["cap"]) == (1, 3)


def test_an_appointment_may_not_be_shorter_than_its_pairings(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.street)
    pairing = make_pairing(mentor, office.person(), office.town.community)
    for changes, field in (({"starts_on": date(2025, 3, 2)}, "starts_on"), ({"ends_on": DAY}, "ends_on")):
        with pytest.raises(Refused) as refused:
            change_mentor(office.street, mentor.id, office.given(**changes), 1)
        assert refused.value.field == field
    with pytest.raises(Refused, match="到 2026-02-28 才期满"):
        end_mentor(office.street, mentor.id, DAY, "调动")
    make_pairing(mentor, office.person(), office.town.community, state=PairingState.DROPPED, ends_on=date(2027, 1, 1))
    end_mentor(office.street, mentor.id, pairing.ends_on, "任期届满")


def test_an_end_needs_a_reason_and_can_be_taken_back(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.street)
    with pytest.raises(Refused, match="仍在聘"):
        reopen_mentor(office.street, mentor.id)
    for ends_on, reason, field in ((date(2024, 12, 31), "调动", "ends_on"), (DAY, " ", "reason")):
        with pytest.raises(Refused) as refused:
            end_mentor(office.street, mentor.id, ends_on, reason)
        assert refused.value.field == field
    end_mentor(office.street, mentor.id, DAY, "调动")
    reopen_mentor(office.street, mentor.id)
    assert db.session.get_one(Mentor, mentor.id).ends_on is None
