"""Dated facts: added, superseded, never overwritten."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Certificate, Education, Employee, Posting
from careerpath.employees.operations.facts import (
    FactKind,
    NewAbsence,
    NewCertificate,
    NewContract,
    NewDiscipline,
    NewEducation,
    NewPosting,
)
from careerpath.employees.operations.history import (
    Ending,
    add_fact,
    change_post,
    correct_fact,
    end_posting,
    settle_postings,
    withdraw_fact,
)
from careerpath.employees.operations.people import EndOfService, end_service, resume_service
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee


def postings_of(person: Employee) -> list[tuple[str, date, date | None]]:
    """The postings of a person as they stand."""
    query = select(Posting).where(Posting.employee_id == person.id, Posting.superseded_at.is_(None))
    return [(one.title, one.starts_on, one.ends_on) for one in db.session.scalars(query.order_by(Posting.starts_on))]


def only_fact(person: Employee, model: type[Posting]) -> int:
    """The id of a person's only posting that stands."""
    query = select(model.id).where(model.employee_id == person.id, model.superseded_at.is_(None))
    return db.session.scalars(query).one()


def test_a_corrected_fact_is_kept_beside_the_one_it_supersedes(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, educations=(NewEducation(level="31"),))
    old = db.session.scalars(select(Education)).one()
    new_id = correct_fact(CLERK, person.id, old.id, NewEducation(level="21", degree="4"))
    db.session.expire_all()
    kept = db.session.get_one(Education, old.id)
    assert kept.level == "31"
    assert kept.superseded_at == clock.now()
    assert db.session.get_one(Education, new_id).superseded_at is None
    assert person.highest_education == "21"


def test_the_highest_education_follows_when_a_fact_is_withdrawn(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, educations=(NewEducation(level="31"),))
    better = add_fact(CLERK, person.id, NewEducation(level="14", degree="3"))
    assert person.highest_education == "14"
    withdraw_fact(CLERK, person.id, better, FactKind.EDUCATION)
    assert person.highest_education == "31"


def test_the_highest_certificate_follows_its_facts(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    add_fact(CLERK, person.id, NewCertificate(grade="intermediate", obtained_on=date(2021, 6, 1)))
    add_fact(CLERK, person.id, NewCertificate(grade="junior", obtained_on=date(2019, 6, 1)))
    assert person.highest_certificate == "intermediate"


def test_who_corrects_what_somebody_else_has_corrected_is_told(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, educations=(NewEducation(level="31"),))
    seen = db.session.scalars(select(Education.id)).one()
    correct_fact(CLERK, person.id, seen, NewEducation(level="21"))
    with pytest.raises(Conflict) as conflict:
        correct_fact(CLERK, person.id, seen, NewEducation(level="14"))
    assert conflict.value.typed["level"] == "14"
    assert conflict.value.current["level"] == "31"
    assert person.highest_education == "21"


def test_a_fact_is_changed_only_through_its_own_file(app: Flask) -> None:
    town = Town()
    own = make_employee(None, town.community, educations=(NewEducation(level="31"),))
    other = make_employee(None, town.foreign)
    fact_id = db.session.scalars(select(Education.id)).one()
    street = make_actor(Role.STREET_HR, town.other_street)
    for employee_id in (own.id, other.id):
        with pytest.raises(NotFound):
            correct_fact(street, employee_id, fact_id, NewEducation(level="21"))


def test_moving_to_another_post_ends_the_present_one_the_day_before(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community, starts_on=date(2018, 7, 1))
    given = NewPosting(unit_id=town.neighbour.id, post="deputy", title="社区副主任", starts_on=date(2024, 4, 1))
    change_post(make_actor(Role.STREET_HR, town.street), person.id, given)
    assert postings_of(person) == [
        ("社区工作者", date(2018, 7, 1), date(2024, 3, 31)),
        ("社区副主任", date(2024, 4, 1), None),
    ]
    assert person.unit_id == town.neighbour.id


def test_a_move_to_another_street_needs_both_sides(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    given = NewPosting(unit_id=town.foreign.id, post="staff", starts_on=date(2025, 6, 1))
    for role, unit in ((Role.STREET_HR, town.street), (Role.STREET_HR, town.other_street)):
        with pytest.raises(NotFound):
            change_post(make_actor(role, unit), person.id, given)
    change_post(make_actor(Role.DISTRICT_HR, town.district), person.id, given)
    assert person.unit_id == town.foreign.id


def test_a_posting_of_next_month_takes_effect_on_its_day(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    change_post(CLERK, person.id, NewPosting(unit_id=town.neighbour.id, post="chief", starts_on=date(2026, 1, 1)))
    assert person.unit_id == town.community.id
    machine = Actor.console()
    assert settle_postings(machine, date(2025, 12, 31)) == 0
    with clock.Stopped(datetime(2026, 1, 1, 1, tzinfo=UTC)):
        assert settle_postings(machine, clock.today()) == 1
        assert settle_postings(machine, clock.today()) == 0
    assert person.unit_id == town.neighbour.id


def test_an_overlapping_main_posting_is_refused(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    with pytest.raises(Refused, match="主要任职时间重叠：2018-07-01 至 今 已任“社区工作者”"):
        add_fact(CLERK, person.id, NewPosting(unit_id=town.neighbour.id, post="chief", starts_on=date(2024, 1, 1)))


def test_the_only_main_posting_is_not_withdrawn(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    with pytest.raises(Refused, match="唯一的主要任职"):
        withdraw_fact(CLERK, person.id, only_fact(person, Posting), FactKind.POSTING)


def test_a_posting_is_ended_once(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    ended = end_posting(CLERK, person.id, only_fact(person, Posting), Ending(date(2025, 6, 30)))
    assert postings_of(person) == [("社区工作者", date(2018, 7, 1), date(2025, 6, 30))]
    with pytest.raises(Refused, match="已于 2025-06-30 结束"):
        end_posting(CLERK, person.id, ended, Ending(date(2025, 7, 31)))


def test_the_totals_of_a_year_are_entered_once(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    first = add_fact(CLERK, person.id, NewAbsence(year=2025))
    with pytest.raises(Refused, match="2025 年的请假合计已经登记"):
        add_fact(CLERK, person.id, NewAbsence(year=2025))
    correct_fact(CLERK, person.id, first, NewAbsence(year=2025))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (NewDiscipline(), "请填写处分名称，或填写立案日期"),
        (NewDiscipline(measure="警告"), "请填写“警告”的起始日期"),
        (NewDiscipline(opened_on=date(2025, 2, 1), closed_on=date(2025, 1, 1)), "结案日期早于立案日期"),
        (NewAbsence(year=2026), "年份 2026 应在"),
        (NewContract(starts_on=date(2025, 2, 1), probation_ends_on=date(2025, 1, 1)), "早于合同开始日期"),
        (NewCertificate(grade="junior", obtained_on=date(2025, 2, 1), registered_on=date(2025, 1, 1)), "登记日期早于"),
    ],
)
def test_a_fact_that_contradicts_itself_is_refused(
    app: Flask, given: NewDiscipline | NewAbsence | NewContract | NewCertificate, words: str
) -> None:
    town = Town()
    person = make_employee(None, town.community)
    with pytest.raises(Refused, match=words):
        add_fact(CLERK, person.id, given)
    assert db.session.scalars(select(Certificate)).all() == []


def test_who_leaves_ends_every_posting_and_may_come_back(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    side = NewPosting(unit_id=town.neighbour.id, post="staff", starts_on=date(2020, 1, 1), main=False)
    add_fact(CLERK, person.id, side)
    end_service(CLERK, person.id, EndOfService(left_on=date(2025, 3, 31), reason="辞职"))
    assert {ends_on for _, _, ends_on in postings_of(person)} == {date(2025, 3, 31)}
    with pytest.raises(Refused, match="已于 2025-03-31 离职"):
        end_service(CLERK, person.id, EndOfService(left_on=date(2025, 4, 30), reason="辞职"))
    with pytest.raises(Refused, match="已于 2025-03-31 离职"):
        add_fact(CLERK, person.id, NewPosting(unit_id=town.community.id, post="staff", starts_on=date(2025, 5, 1)))
    back = NewPosting(unit_id=town.neighbour.id, post="staff", starts_on=date(2025, 9, 1))
    resume_service(CLERK, person.id, back)
    assert person.left_on is None
    assert person.unit_id == town.neighbour.id


def test_service_does_not_end_before_a_posting_that_is_yet_to_begin(app: Flask) -> None:
    town = Town()
    person = make_employee(None, town.community)
    change_post(CLERK, person.id, NewPosting(unit_id=town.neighbour.id, post="chief", starts_on=date(2026, 1, 1)))
    with pytest.raises(Refused, match="还有 2026-01-01 起的任职"):
        end_service(CLERK, person.id, EndOfService(left_on=date(2025, 12, 31), reason="辞职"))
