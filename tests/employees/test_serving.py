"""Who served where on a day."""

from datetime import date
from decimal import Decimal

from flask import Flask

from careerpath.employees.operations.facts import (
    NewAbsence,
    NewContract,
    NewDiscipline,
    NewPosting,
)
from careerpath.employees.operations.history import change_post
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.employees.queries import in_service_on, postings_on
from tests.factories.access import Town
from tests.factories.employees import CLERK, make_employee, selects_of

REFERENCE = date(2025, 11, 30)


def test_everybody_is_counted_where_they_served_on_the_day(app: Flask) -> None:
    town = Town()
    moved = make_employee(None, town.community)
    change_post(CLERK, moved.id, NewPosting(unit_id=town.foreign.id, post="chief", starts_on=date(2025, 6, 1)))
    gone = make_employee(None, town.community)
    end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 6, 30), reason="辞职"))
    late = make_employee(None, town.neighbour, joined_community_on=date(2025, 8, 1))

    def people(path: str, on: date) -> set[int]:
        return {one.employee_id for one in in_service_on(path, on)}

    assert people(town.street.path, date(2025, 5, 31)) == {moved.id, gone.id}
    assert people(town.street.path, date(2025, 6, 30)) == {gone.id}
    assert people(town.street.path, date(2025, 7, 1)) == set()
    assert people(town.district.path, REFERENCE) == {moved.id, late.id}
    there = next(one for one in in_service_on(town.district.path, REFERENCE) if one.employee_id == moved.id)
    assert (there.unit_id, there.post, there.post_since) == (town.foreign.id, "chief", date(2025, 6, 1))


def test_the_facts_of_the_day_come_along(app: Flask) -> None:
    town = Town()
    make_employee(
        None,
        town.community,
        joined_community_on=date(2025, 9, 1),
        contracts=(
            NewContract(starts_on=date(2025, 9, 1), ends_on=date(2028, 8, 31), probation_ends_on=date(2025, 12, 31)),
        ),
        absences=(
            NewAbsence(year=2025, sick_days=Decimal("12.5"), unexcused_days=Decimal(1)),
            NewAbsence(year=2024, sick_days=Decimal(99)),
        ),
        disciplines=(
            NewDiscipline(measure="警告", starts_on=date(2025, 10, 1), ends_on=date(2026, 3, 31)),
            NewDiscipline(opened_on=date(2025, 11, 1)),
        ),
    )
    (service,) = in_service_on(town.district.path, REFERENCE)
    assert service.probation_until == date(2025, 12, 31)
    assert (service.sick_days, service.unexcused_days) == (Decimal("12.50"), Decimal("1.00"))
    assert service.under_investigation
    assert (service.measure, service.discipline_until) == ("警告", date(2026, 3, 31))
    (before,) = in_service_on(town.district.path, date(2025, 9, 30))
    assert not before.under_investigation
    assert before.discipline_until is None
    (after,) = in_service_on(town.district.path, date(2026, 1, 1), 2024)
    assert after.probation_until is None
    assert after.sick_days == Decimal("99.00")


def test_a_closed_case_is_no_longer_open(app: Flask) -> None:
    town = Town()
    make_employee(
        None,
        town.community,
        disciplines=(NewDiscipline(opened_on=date(2025, 3, 1), closed_on=date(2025, 5, 1)),),
    )
    assert in_service_on(town.district.path, date(2025, 5, 1))[0].under_investigation
    assert not in_service_on(town.district.path, date(2025, 5, 2))[0].under_investigation


def test_all_postings_of_a_day_are_found_with_the_main_one_first(app: Flask) -> None:
    town = Town()
    main = NewPosting(unit_id=town.community.id, post="staff", starts_on=date(2018, 7, 1))
    side = NewPosting(unit_id=town.neighbour.id, post="staff", starts_on=date(2019, 1, 1), main=False)
    person = make_employee(None, town.community, postings=(side, main))
    assert [one.main for one in postings_on(REFERENCE, [person.id])] == [True, False]
    assert [one.main for one in postings_on(date(2018, 12, 31), [person.id])] == [True]


def test_thousands_cost_as_many_queries_as_one(app: Flask) -> None:
    town = Town()
    for _ in range(3):
        make_employee(None, town.community, absences=(NewAbsence(year=2025),))
    path = town.district.path
    assert len(in_service_on(path, REFERENCE)) == 3
    assert len(selects_of(lambda: in_service_on(path, REFERENCE))) == 4
