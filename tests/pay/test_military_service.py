"""Military service counts as years in the community where the scheme says so, and nowhere else."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from careerpath.employees.models import Employee
from careerpath.employees.operations.details import details_of
from careerpath.employees.operations.people import change_employee
from careerpath.pay.queries.editions import scheme_on
from careerpath.pay.queries.facts import workers_named
from careerpath.policy.pay import PayEdition, level_on
from careerpath.rulebook.operations import import_edition
from tests.factories.employees import CLERK
from tests.factories.pay import RULES, PayTown, scheme_text
from tests.pay.months import NOVEMBER, OCTOBER, PaidTown
from tests.pay.months import SCHEME as MONTHLY

DAY = date(2025, 12, 5)
COUNTED = '[service]\nuncounted = ["4"]\nmilitary = true\n'
YEARS = """
[[components]]
code = "years"
name = "年限补贴"
way = "per_year"
each = 10
"""


def level(person: Employee, edition: PayEdition) -> int:
    """The level of the rule on the day, from the file as it stands."""
    (worker,) = workers_named([person.id], DAY)
    found = level_on(edition, worker.facts_on(edition, DAY), DAY)
    assert found is not None
    return found.level


def serve(person: Employee, months: int) -> None:
    """Enter military service in a file, as an office does when the papers come."""
    change_employee(CLERK, person.id, replace(details_of(person), military_months=months), person.version)


def adopt_years(*, military: bool) -> None:
    """A scheme of months with ten yuan for each full year of service."""
    text = MONTHLY.format(key="feixian-2025", start="2025-01-01", basic=2500, paid="month", example="false") + YEARS
    import_edition(RULES, text.replace("[certificates]", f"{COUNTED}\n[certificates]") if military else text, "y.toml")


def test_three_years_in_the_army_are_one_level_more_where_the_scheme_counts_them(app: Flask) -> None:
    town = PayTown()
    veteran = town.person(town.town.community, source="veteran", military_months=36)
    (worker,) = workers_named([veteran.id], DAY)
    without = scheme_on(DAY)
    assert worker.facts_on(without, DAY).military_months == 36
    assert (level(veteran, without), level(town.staff, without)) == (3, 3)
    text = scheme_text(key="counted-2025", effective_from="2025-01-01")
    import_edition(RULES, text.replace('[service]\nuncounted = ["4"]\n', COUNTED), "counted.toml")
    counted = scheme_on(DAY)
    assert counted.service.military
    assert (level(veteran, counted), level(town.staff, counted)) == (4, 3)
    assert town.proposals(town.generate(DAY), veteran)[0].after_level == 4


@pytest.mark.parametrize(("military", "more"), [(True, {(10, "years"): 20}), (False, {})])
def test_service_that_becomes_known_late_is_paid_back_where_it_counts(
    app: Flask, military: bool, more: dict[tuple[int, str], int]
) -> None:
    town = PaidTown()
    adopt_years(military=military)
    town.pay(OCTOBER)
    serve(town.worker, 24)
    november = town.pay(NOVEMBER)
    assert town.owed(november, town.worker) == more
    assert town.owed(november, town.deputy) == {}
