"""A written import is taken back as a whole, unless something builds on it."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange, Unit
from careerpath.access.permissions import Role
from careerpath.appraisals.operations.years import open_year
from careerpath.core.db import db
from careerpath.employees.models import Contract, Education, Employee, Posting
from careerpath.employees.operations.details import details_of
from careerpath.employees.operations.facts import NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.lines import NewCareerLine, add_line
from careerpath.employees.operations.people import change_employee, link_account
from careerpath.spreadsheets.models import ImportState
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries.imports import import_view
from careerpath.words import NotFound, Refused
from tests.factories.access import Town, make_actor, make_user
from tests.factories.appraisals import new_year
from tests.factories.employees import make_employee
from tests.spreadsheets.books import bring_in, csv, employees, person, roster, taken_out


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


@pytest.fixture
def clerk(town: Town) -> Actor:
    return make_actor(Role.STREET_HR, town.street)


def count(model: type[Employee] | type[Posting] | type[Contract]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_new_people_go_with_everything_that_came_with_them(town: Town, clerk: Actor) -> None:
    kept = make_employee(clerk, town.community).id
    import_id = bring_in(clerk, roster(person(), person()))
    assert undo_import(clerk, import_id) == 12
    assert [each.id for each in employees()] == [kept]
    assert (count(Posting), count(Contract)) == (1, 0)
    assert import_view(clerk, import_id).state is ImportState.UNDONE
    assert undo_import(clerk, import_id) == 0


def test_changed_people_stand_as_they_stood(town: Town, clerk: Actor) -> None:
    row = person()
    bring_in(clerk, roster(row))
    before = taken_out(clerk, reveal=True).content
    sealed = employees()[0].phone_sealed
    changed = {
        "phone": "13900001111",
        "posting_title": "民政专干",
        "full_time_school": "鲁东大学",
        "full_time_level": "14",
        "absence_sick_days": 9,
        "military_months": 24,
        "contract_starts_on": date(2025, 1, 1),
    }
    import_id = bring_in(clerk, roster(row | changed))
    assert employees()[0].highest_education == "14"
    undo_import(clerk, import_id)
    employee = employees()[0]
    assert (employee.phone_sealed, employee.highest_education) == (sealed, "21")
    assert taken_out(clerk, reveal=True).content == before
    living = db.session.scalars(select(Education).where(Education.superseded_at.is_(None))).all()
    assert [one.school for one in living] == ["临沂大学"]


def test_a_later_change_stands_in_the_way_and_is_named(town: Town, clerk: Actor) -> None:
    import_id = bring_in(clerk, roster(person(name="张三"), person(name="李四")))
    employee = employees()[1]
    change_employee(clerk, employee.id, replace(details_of(employee), batch="2022"), employee.version)
    with pytest.raises(Refused, match=rf"“李四”（FX-0002）：导入之后又有修改（{clerk.name}，2025-12-05"):
        undo_import(clerk, import_id)
    assert len(employees()) == 2
    assert import_view(clerk, import_id).state is ImportState.WRITTEN


def test_an_appraisal_stands_in_the_way(town: Town, clerk: Actor) -> None:
    import_id = bring_in(clerk, roster(person(name="张三")))
    open_year(make_actor(Role.DISTRICT_HR, town.district), new_year(town.district))
    with pytest.raises(Refused, match="“张三”（FX-0001）：导入之后已有年度考核"):
        undo_import(clerk, import_id)


def test_an_account_and_a_line_of_the_career_stand_in_the_way(town: Town, clerk: Actor) -> None:
    first = bring_in(clerk, roster(person(name="张三")))
    second = bring_in(clerk, roster(person(name="李四")))
    one, other = employees()
    link_account(clerk, one.id, make_user("zhangsan", Role.WORKER, town.community).id)
    add_line(clerk, other.id, NewCareerLine(starts_on=date(2012, 7, 1), text="临沂大学社会工作专业"))
    with pytest.raises(Refused, match="“张三”"):
        undo_import(clerk, first)
    with pytest.raises(Refused, match="“李四”（FX-0002）：导入之后已有简历"):
        undo_import(clerk, second)


def test_what_was_added_to_a_changed_person_later_stands_in_the_way(town: Town, clerk: Actor) -> None:
    row = person(name="张三")
    bring_in(clerk, roster(row))
    add_line(clerk, employees()[0].id, NewCareerLine(starts_on=date(2012, 7, 1), text="早先的简历"))
    import_id = bring_in(clerk, roster(row | {"batch": "2022"}))
    undo_import(clerk, import_id)
    import_id = bring_in(clerk, roster(row | {"batch": "2022"}))
    add_fact(clerk, employees()[0].id, NewEducation(level="31", full_time=False))
    with pytest.raises(Refused, match="“张三”（FX-0001）：导入之后已有学历学位"):
        undo_import(clerk, import_id)


def test_numbers_that_were_given_out_are_not_given_out_again(town: Town, clerk: Actor) -> None:
    import_id = bring_in(clerk, roster(person()))
    make_employee(clerk, town.community)
    undo_import(clerk, import_id)
    assert make_employee(clerk, town.community).number == "FX-0003"


def test_only_who_may_import_there_takes_back(town: Town, clerk: Actor) -> None:
    import_id = bring_in(clerk, roster(person()))
    for stranger in (make_actor(Role.STREET_HR, town.other_street), make_actor(Role.SYSTEM_ADMIN, town.city)):
        with pytest.raises(NotFound):
            undo_import(stranger, import_id)
    assert undo_import(make_actor(Role.DISTRICT_HR, town.district), import_id) == 6
    whole = bring_in(make_actor(Role.DISTRICT_HR, town.district, "other district hr"), roster(person()))
    with pytest.raises(NotFound):
        undo_import(clerk, whole)


def test_the_trail_keeps_what_was_taken_back(town: Town, clerk: Actor) -> None:
    undo_import(clerk, bring_in(clerk, roster(person())))
    kinds = db.session.scalars(select(AuditChange.kind).where(AuditChange.table == "employee")).all()
    assert kinds == ["made", "removed"]


def paths() -> dict[str, str]:
    return {row.code: row.path for row in db.session.execute(select(Unit.code, Unit.path))}


def test_a_moved_unit_goes_back_with_everything_below_it(town: Town) -> None:
    admin = make_actor(Role.SYSTEM_ADMIN, town.city)
    before = paths()
    target, moved = town.other_street.code, town.community
    rows = f"code,name,kind,parent\n{moved.code},{moved.name},community,{target}\n9990001,新设网格,grid,{moved.code}\n"
    import_id = bring_in(admin, csv(rows), "units")
    db.session.rollback()
    assert db.session.get_one(Unit, moved.id).path != before[moved.code]
    undo_import(admin, import_id)
    db.session.rollback()
    assert paths() == before


def test_a_unit_with_people_is_not_taken_back(town: Town) -> None:
    admin = make_actor(Role.SYSTEM_ADMIN, town.city)
    rows = f"code,name,kind,parent\n9990001,新桥社区,community,{town.street.code}\n"
    import_id = bring_in(admin, csv(rows), "units")
    make_employee(None, db.session.scalars(select(Unit).where(Unit.code == "9990001")).one())
    with pytest.raises(Refused, match="“新桥社区”（9990001）：导入之后已有"):
        undo_import(admin, import_id)
