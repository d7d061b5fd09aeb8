"""Narrowing a list of people by age and years of service."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from careerpath.access.permissions import Role
from careerpath.employees.models import Source
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.narrowing import Narrowing, Years
from careerpath.employees.queries.people import PeopleFilters, people_list
from careerpath.employees.queries.people_as_of import people_as_of
from careerpath.policy.codes import Sex
from careerpath.policy.employment import add_months, age_on
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import make_employee, make_identity

DAYS = st.dates(date(1950, 1, 1), date(2010, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("36-45", Years(36, 45)),
        (" 36 — 45 ", Years(36, 45)),
        ("36至45", Years(36, 45)),
        ("-35", Years(None, 35)),
        ("56-", Years(56, None)),
        ("40", Years(40, 40)),
        ("45-36", None),
        ("年轻", None),
        ("-", None),
        ("", None),
    ],
)
def test_years_are_read_as_an_office_types_them(typed: str, meant: Years | None) -> None:
    assert Years.of(typed) == meant


@given(DAYS, DAYS, st.integers(0, 80), st.integers(0, 80))
def test_the_bounds_are_those_of_full_years_of_age(born: date, on: date, low: int, high: int) -> None:
    # What ``since`` compares in the database, on plain days.
    at_least = born <= add_months(on, -12 * low)
    at_most = born > add_months(on, -12 * (high + 1))
    if born <= on:
        assert at_least == (age_on(born, on) >= low)
        assert at_most == (age_on(born, on) <= high)


def test_the_list_of_today_and_that_of_an_earlier_day_narrow_alike(app: Flask) -> None:
    town = Town()
    today = date(2025, 12, 5)
    for years, sex, source in (
        (30, Sex.MALE, Source.VETERAN),
        (40, Sex.FEMALE, Source.GRADUATE),
        (52, Sex.MALE, Source.OTHER),
    ):
        born = add_months(today, -12 * years) - timedelta(days=40)
        make_employee(None, town.community, identity=make_identity(born, sex), source=source)
    actor = make_actor(Role.STREET_HR, town.street)

    def found(**more: str) -> tuple[list[int], list[int]]:
        filters = PeopleFilters(more=Narrowing(**more))
        now = people_list(actor, filters)
        then = people_as_of(actor, AsOf(date(2022, 1, 1)), filters)
        return sorted(row.age for row in now.rows), sorted(row.age for row in then.rows)

    assert found() == ([30, 40, 52], [26, 36, 48])
    assert found(ages="36-45") == ([40], [36])
    assert found(ages="-35") == ([30], [26])
    assert found(sex=Sex.MALE.value) == ([30, 52], [26, 48])
    assert found(source=Source.VETERAN.value) == ([30], [26])
    assert found(service="7-") == ([30, 40, 52], [])
    assert found(service="3") == ([], [26, 36, 48])


def test_the_page_opens_the_further_filters_where_one_is_in_use(app: Flask) -> None:
    town = Town()
    make_employee(None, town.community)
    client = signed_in(app, make_actor(Role.STREET_HR, town.street))
    assert '<details class="more-filters">' in client.get("/employees").get_data(as_text=True)
    page = client.get("/employees?ages=90-").get_data(as_text=True)
    assert '<details class="more-filters" open>' in page
    assert "没有符合条件的人员" in page
