"""Quota, people and vacancies reckoned by the database are those of the rule, whatever the norm."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Integer, String, literal, select

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.codes import UnitKind
from careerpath.policy.headcount import HeadcountEdition, HeadcountFacts, headcount
from careerpath.policy.headcount.parts import Place, Stage
from careerpath.policy.rounding import Rounding
from careerpath.recruitment.queries.rules import NORMS, norms_on
from careerpath.recruitment.queries.staffed import quota_of, staffed
from careerpath.recruitment.queries.staffing import staffing_lines
from tests.factories.access import Town, make_unit
from tests.factories.employees import CLERK, make_employee

ON = date(2025, 12, 1)
FIGURES = st.none() | st.integers(0, 12_000)


@pytest.fixture
def town(app: Flask) -> Town:
    town = Town()
    with writing() as session:
        session.merge(town.community).households = 1500
        session.merge(town.neighbour).households = 800
        session.merge(town.foreign).households = 0
    return town


def reckoned(edition: HeadcountEdition, kind: UnitKind, households: int | None, residents: int | None) -> int | None:
    unit = SimpleNamespace(
        kind=literal(kind.value, String), households=literal(households, Integer), residents=literal(residents, Integer)
    )
    found: int | None = db.session.scalar(select(quota_of(edition, unit)))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    norm=st.integers(0, 5),
    households=FIGURES,
    residents=FIGURES,
    kind=st.sampled_from([UnitKind.COMMUNITY, UnitKind.VILLAGE, UnitKind.STREET]),
    mode=st.sampled_from(list(Rounding)),
    stage=st.sampled_from(list(Stage)),
)
def test_the_database_gives_the_quota_of_the_rule(
    app: Flask,
    norm: int,
    households: int | None,
    residents: int | None,
    kind: UnitKind,
    mode: Rounding,
    stage: Stage,
) -> None:
    shipped = NORMS.shipped()
    edition = shipped[norm % len(shipped)]
    if edition.rounding is not None:
        edition = replace(edition, rounding=replace(edition.rounding, mode=mode, stage=stage))
    by_rule = headcount(edition, HeadcountFacts(kind, households, residents)).quota
    assert reckoned(edition, kind, households, residents) == by_rule


def second_post(person: Employee, unit_id: int) -> None:
    given = NewPosting(unit_id=unit_id, post="staff", starts_on=date(2025, 6, 1), main=False)
    add_fact(CLERK, person.id, given)


def test_people_in_compounds_and_on_secondment_count_where_the_norm_says(town: Town) -> None:
    compound = make_unit("书苑小区", UnitKind.COMPOUND, town.community)
    grid = make_unit("第一网格", UnitKind.GRID, compound)
    agency = make_unit("费县民政局", UnitKind.AGENCY, town.district)
    for unit in (compound, grid, town.neighbour, town.street):
        make_employee(None, unit)
    second_post(make_employee(None, town.community), town.neighbour.id)
    second_post(make_employee(None, town.community), agency.id)
    second_post(make_employee(None, town.foreign), compound.id)
    second_post(make_employee(None, town.neighbour), town.neighbour.id)
    gone = make_employee(None, town.neighbour)
    end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 11, 1), reason="辞职"))
    norm = norms_on(ON)
    actor = Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, ""),))
    for place in Place:
        edition = replace(norm, secondment=replace(norm.secondment, counted_at=place))
        table = staffed(edition, ON, town.district.path)
        found = {row.unit_id: tuple(row)[4:] for row in db.session.execute(select(table))}
        lines = staffing_lines(actor, ON, town.district.id, edition=edition)
        assert found == {one.unit_id: (one.quota, one.actual, one.vacant, one.excess) for one in lines}
    assert found[town.neighbour.id] == (5, 3, 2, 0)
    assert found[town.foreign_neighbour.id] == (None, 0, None, None)


def test_without_a_norm_there_is_nothing_to_count(town: Town) -> None:
    assert db.session.execute(select(staffed(None, ON, town.district.path))).all() == []
