"""Opening a personnel file."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Education, Employee, Posting
from careerpath.employees.operations.bulk import EmployeeChange, change_employees
from careerpath.employees.operations.facts import NewAbsence, NewCertificate, NewContract, NewEducation, NewPosting
from careerpath.employees.operations.people import RowRefused, register_employee, register_employees
from careerpath.words import NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee, make_identity, make_new


def test_a_registered_person_has_the_next_number_of_the_district(app: Flask) -> None:
    town = Town()
    street = make_actor(Role.STREET_HR, town.street)
    assert make_employee(street, town.community).number == "FX-0001"
    assert make_employee(street, town.community, number="fx-0003").number == "FX-0003"
    assert make_employee(street, town.neighbour).number == "FX-0002"
    assert make_employee(street, town.neighbour).number == "FX-0004"


def test_a_number_that_is_taken_is_refused(app: Flask) -> None:
    town = Town()
    make_employee(None, town.community, number="A-1")
    with pytest.raises(Refused, match="编号“A-1”已被使用"):
        make_employee(None, town.community, number="a-1")


def test_sex_birth_initials_and_highest_facts_are_derived(app: Flask) -> None:
    town = Town()
    person = make_employee(
        None,
        town.community,
        name=" 曾 书航 ",
        identity=make_identity(date(1990, 4, 11), serial=7),
        educations=(NewEducation(level="31"), NewEducation(level="21", degree="4", full_time=False)),
        certificates=(NewCertificate(grade="junior", obtained_on=date(2019, 6, 1)),),
    )
    assert (person.name, person.initials, person.sex, person.born_on) == ("曾书航", "zsh", "2", date(1990, 4, 11))
    assert (person.highest_education, person.highest_certificate) == ("21", "junior")
    assert person.unit_id == town.community.id
    assert db.session.scalars(select(Posting.title)).one() == "社区工作者"


def test_the_second_file_of_one_person_is_refused_naming_the_first_to_those_who_may_see_it(app: Flask) -> None:
    town = Town()
    number = make_identity(serial=3)
    make_employee(None, town.community, name="黎书航", identity=number)
    own = make_actor(Role.STREET_HR, town.street)
    other = make_actor(Role.STREET_HR, town.other_street)
    with pytest.raises(Refused, match="已有档案：黎书航（FX-0001，书苑社区）"):
        make_employee(own, town.neighbour, identity=number)
    with pytest.raises(Refused, match="已在其他单位登记") as refused:
        make_employee(other, town.foreign, identity=number)
    assert "黎书航" not in str(refused.value)
    assert "书苑" not in str(refused.value)


def test_a_street_registers_only_into_its_own_units(app: Flask) -> None:
    town = Town()
    street = make_actor(Role.STREET_HR, town.street)
    with pytest.raises(NotFound):
        make_employee(street, town.foreign)
    assert db.session.scalars(select(Employee)).all() == []


def test_nobody_is_posted_to_a_county_itself(app: Flask) -> None:
    town = Town()
    with pytest.raises(Refused, match="市或区县"):
        make_employee(None, town.district)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"joined_community_on": date(2006, 4, 11)}, "未满 16 周岁"),
        ({"joined_work_on": date(2006, 4, 11)}, "未满 16 周岁"),
        ({"political": "01", "political_since": date(2008, 4, 11)}, "未满 18 周岁"),
        ({"political": "13", "political_full_since": date(2010, 4, 11)}, "只有中共党员"),
        ({"political": "01", "political_since": date(2012, 4, 11), "political_full_since": date(2011, 4, 11)}, "转正"),
        ({"political": "99"}, "政治面貌代码“99”不存在"),
        ({"starts_on": date(2018, 6, 30)}, "早于进社区工作日期"),
        ({"ends_on": date(2018, 6, 30)}, "早于开始日期"),
        ({"military_months": -1}, "服役月数应为 0 至 600"),
        ({"military_months": 601}, "服役月数应为 0 至 600"),
        ({"post": "boss"}, "岗位层级代码"),
        ({"phone": "1234"}, "联系电话应为"),
        ({"name": "张3"}, "姓名“张3”"),
        ({"name": "  "}, "请填写姓名"),
        ({"number": "编号1"}, "编号“编号1”"),
        ({"educations": (NewEducation(level="10"),)}, "学历代码“10”不存在"),
        ({"educations": (NewEducation(level="21", degree="9"),)}, "学位代码"),
        ({"certificates": (NewCertificate(grade="junior", obtained_on=date(2025, 12, 6)),)}, "晚于今天"),
        ({"contracts": (NewContract(starts_on=date(2024, 1, 2), ends_on=date(2024, 1, 1)),)}, "早于开始日期"),
        (
            {
                "contracts": (
                    NewContract(
                        starts_on=date(2024, 1, 1), ends_on=date(2024, 2, 1), probation_ends_on=date(2024, 2, 2)
                    ),
                )
            },
            "试用期结束日期晚于合同结束日期",
        ),
        ({"absences": (NewAbsence(year=2024), NewAbsence(year=2024))}, "2024 年的请假合计已经登记"),
    ],
)
def test_a_contradiction_is_refused(app: Flask, changes: dict[str, Any], words: str) -> None:
    town = Town()
    with pytest.raises(Refused, match=words):
        make_employee(None, town.community, identity=make_identity(date(1990, 4, 12)), **changes)
    assert db.session.scalars(select(Employee)).all() == []


def test_the_sixteenth_and_the_eighteenth_birthday_are_old_enough(app: Flask) -> None:
    town = Town()
    person = make_employee(
        None,
        town.community,
        identity=make_identity(date(1990, 4, 12)),
        joined_work_on=date(2006, 4, 12),
        political="01",
        political_since=date(2008, 4, 12),
    )
    assert person.political_since == date(2008, 4, 12)


def test_two_main_postings_on_one_day_are_refused_and_a_side_posting_is_not(app: Flask) -> None:
    town = Town()
    first = NewPosting(unit_id=town.community.id, post="staff", starts_on=date(2018, 7, 1), ends_on=date(2020, 1, 1))
    second = NewPosting(unit_id=town.neighbour.id, post="deputy", starts_on=date(2020, 1, 1))
    side = NewPosting(unit_id=town.neighbour.id, post="staff", starts_on=date(2019, 1, 1), main=False)
    with pytest.raises(Refused, match="主要任职时间重叠"):
        register_employee(make_actor(Role.STREET_HR, town.street), make_new(town.community, postings=(first, second)))
    person = make_employee(None, town.community, postings=(first, side))
    assert person.unit_id == town.community.id


def test_many_are_registered_together_or_not_at_all(app: Flask) -> None:
    town = Town()
    street = make_actor(Role.STREET_HR, town.street)
    rows = [make_new(town.community, educations=(NewEducation(level="31"),)) for _ in range(20)]
    twice = [*rows, make_new(town.community, identity=rows[4].details.identity)]
    with pytest.raises(RowRefused, match="与本次第 5 人相同") as refused:
        register_employees(street, twice)
    assert (refused.value.row, refused.value.field) == (20, "identity")
    assert db.session.scalars(select(Employee)).all() == []
    ids = register_employees(street, rows)
    numbers = [db.session.get_one(Employee, one).number for one in ids]
    assert numbers == [f"FX-{place:04d}" for place in range(1, 21)]
    assert len(db.session.scalars(select(Education)).all()) == 20


def test_of_many_the_one_that_is_not_the_streets_own_is_named_by_its_row(app: Flask) -> None:
    town = Town()
    street = make_actor(Role.STREET_HR, town.street)
    with pytest.raises(RowRefused, match="没有找到这条记录") as registered:
        register_employees(street, [make_new(town.community), make_new(town.foreign)])
    own, foreign = make_employee(street, town.community), make_employee(None, town.foreign)
    with pytest.raises(RowRefused, match="没有找到这条记录") as changed:
        change_employees(street, [EmployeeChange(one.id, one.version) for one in (own, foreign)])
    for refused in (registered.value, changed.value):
        assert (refused.row, type(refused.why)) == (1, NotFound)
