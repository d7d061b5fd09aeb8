"""What files lack and where they contradict themselves, counted and listed with the place where it is mended."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.employees.models import CareerLine, Contract, Employee, Posting
from careerpath.employees.operations.facts import NewCertificate, NewContract, NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.employees.queries.file_checks import OWN_CHECKS, check_named
from careerpath.employees.queries.soundness import soundness, unsound_files
from careerpath.words import NotFound
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of

TODAY = date(2025, 12, 5)


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def clerk_of(town: Town) -> Actor:
    return Actor(None, "clerk", "clerk", (Grant(Role.STREET_HR, town.street.path),))


def make_whole(town: Town, **changes: Any) -> Employee:
    """A file that lacks nothing."""
    given: dict[str, Any] = {"joined_work_on": date(2012, 7, 1), "phone": "13800138000",
                             "identity": make_identity(date(1990, 4, 12))}  # fmt: skip
    one = make_employee(None, town.community, **(given | changes))
    add_fact(CLERK, one.id, NewEducation(level="21", graduated_on=date(2012, 6, 30)))
    add_fact(CLERK, one.id, NewContract(starts_on=date(2018, 7, 1)))
    with writing() as session:
        kept = session.get_one(Employee, one.id)
        kept.photo_key = "kept.jpg"
        session.add(CareerLine(employee_id=one.id, starts_on=date(2012, 7, 1), text="某公司职员"))
    return db.session.get_one(Employee, one.id)


def failed(town: Town) -> set[str]:
    """The checks that some file fails; those of pay need a room above and are looked at there."""
    found = soundness(clerk_of(town), TODAY)
    return {line.check.code for line in found.lines if line.people} - {"no_level"}


def test_a_whole_file_fails_nothing(town: Town) -> None:
    make_whole(town)
    found = soundness(clerk_of(town), TODAY)
    assert failed(town) == set()
    assert (found.people, found.sound) == (1, 1)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("no_phone", {"phone_masked": ""}),
        ("no_photo", {"photo_key": ""}),
        ("no_work_day", {"joined_work_on": None}),
        ("no_education", {"highest_education": ""}),
        ("no_party_day", {"political": "01", "political_since": None}),
        ("party_too_young", {"political": "01", "political_since": date(2008, 4, 11)}),
        ("full_too_early", {"political": "01", "political_since": date(2012, 7, 1),
                            "political_full_since": date(2013, 6, 30)}),
        ("work_too_young", {"joined_work_on": date(2006, 4, 11)}),
        ("community_before_work", {"joined_work_on": date(2018, 7, 2)}),
    ],
)  # fmt: skip
def test_each_check_finds_its_own_fault_alone(town: Town, code: str, change: dict[str, Any]) -> None:
    one = make_whole(town)
    with writing() as session:
        kept = session.get_one(Employee, one.id)
        for name, value in change.items():
            setattr(kept, name, value)
    assert failed(town) == {code}


@pytest.mark.parametrize(
    "change",
    [
        {"political": "01", "political_since": date(2008, 4, 12)},
        {"political": "01", "political_since": date(2012, 7, 1), "political_full_since": date(2013, 7, 1)},
        {"joined_work_on": date(2006, 4, 12)},
        {"joined_work_on": date(2018, 7, 1)},
    ],
)
def test_the_very_day_is_no_fault(town: Town, change: dict[str, Any]) -> None:
    one = make_whole(town)
    with writing() as session:
        kept = session.get_one(Employee, one.id)
        for name, value in change.items():
            setattr(kept, name, value)
    assert failed(town) == set()


def test_posts_contracts_and_certificates_are_looked_at(town: Town) -> None:
    one = make_whole(town)
    with writing() as session:
        first = session.query(Posting).filter_by(employee_id=one.id).one()
        session.add(
            Posting(
                employee_id=one.id,
                unit_id=town.community.id,
                post="deputy",
                title="副书记",
                main=True,
                starts_on=date(2018, 6, 1),
                known_at=first.known_at,
            )
        )
        session.query(Contract).filter_by(employee_id=one.id).one().ends_on = date(2025, 6, 30)
    kept = NewCertificate(grade="junior", obtained_on=date(2008, 4, 1), registered_on=date(2019, 1, 1))
    add_fact(CLERK, one.id, replace(kept, registered_until=date(2022, 1, 1)))
    assert failed(town) == {
        "two_main_posts", "post_before_joining", "no_contract", "certificate_too_young", "registration_over",
    }  # fmt: skip


def test_two_files_of_one_person_are_suspected(town: Town) -> None:
    make_whole(town, name="林重")
    make_whole(town, name="林重", identity=make_identity(date(1990, 4, 12)))
    found = soundness(clerk_of(town), TODAY)
    assert [line.people for line in found.lines if line.check.code == "twin"] == [2]


def test_who_left_is_not_looked_at_and_foreign_people_neither(town: Town) -> None:
    left = make_employee(None, town.community)
    end_service(CLERK, left.id, EndOfService(left_on=date(2025, 1, 31), reason="辞职"))
    make_employee(None, town.foreign)
    assert soundness(clerk_of(town), TODAY).people == 0


def test_the_list_names_who_fails_and_the_page_leads_to_the_place(app: Flask, town: Town) -> None:
    one = make_employee(None, town.community, name="林缺")
    page = unsound_files(clerk_of(town), check_named(clerk_of(town), "no_contract"), TODAY)
    assert [row.name for row in page.rows] == ["林缺"]
    client = signed_in(app, make_actor(Role.STREET_HR, town.street))
    overview = client.get("/employees/checks").get_data(as_text=True)
    assert "/employees/checks/people?check=no_contract" in overview
    assert "档案完整" in overview
    listed = client.get("/employees/checks/people?check=no_contract").get_data(as_text=True)
    assert f"/employees/{one.id}/contracts" in listed
    assert "去补正" in listed
    assert "已经全部通过" in client.get("/employees/checks/people?check=two_main_posts").get_data(as_text=True)
    assert client.get("/employees/checks/people?check=nonsense").status_code == 404
    assert client.get("/employees/checks/people").status_code == 302
    assert "没有在职人员" in client.get("/employees/checks?unit=没有的单位").get_data(as_text=True)


def test_who_may_not_see_pay_hears_nothing_of_levels(town: Town) -> None:
    secretary = Actor(None, "s", "s", (Grant(Role.COMMUNITY_SECRETARY, town.community.path),))
    codes = {line.check.code for line in soundness(secretary, TODAY).lines}
    assert codes == {one.code for one in OWN_CHECKS}
    assert "no_level" in {line.check.code for line in soundness(clerk_of(town), TODAY).lines}
    with pytest.raises(NotFound):
        check_named(secretary, "no_level")


def test_all_checks_cost_one_query_and_a_share_is_cut_off(town: Town) -> None:
    for _ in range(3):
        make_employee(None, town.community)
    clerk = clerk_of(town)
    assert len(selects_of(lambda: soundness(clerk, TODAY))) == 1
    found = soundness(clerk_of(town), TODAY)
    assert re.fullmatch(r"\d+(\.\d)?%", found.share(2))
    assert found.share(2) == "66.6%"
