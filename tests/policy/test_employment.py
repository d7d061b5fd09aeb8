"""Entering work and the party, and probation, by national law."""

from datetime import date

import pytest

from careerpath.policy.employment import add_months, age_on, law_on, probation_warning

LAW = law_on(date(2025, 1, 1))


@pytest.mark.parametrize(
    ("ends_on", "probation_ends_on", "months"),
    [
        (date(2024, 3, 30), date(2024, 1, 1), 0),
        (date(2024, 3, 31), date(2024, 1, 31), None),
        (date(2024, 12, 30), date(2024, 2, 1), 1),
        (date(2024, 12, 31), date(2024, 2, 29), None),
        (date(2026, 12, 30), date(2024, 3, 1), 2),
        (date(2026, 12, 31), date(2024, 6, 30), None),
        (date(2026, 12, 31), date(2024, 7, 1), 6),
        (None, date(2024, 6, 30), None),
        (None, date(2024, 7, 1), 6),
        (date(2024, 3, 30), None, None),
    ],
)
def test_probation_is_measured_against_the_length_of_the_contract(
    ends_on: date | None, probation_ends_on: date | None, months: int | None
) -> None:
    warning = probation_warning(LAW, date(2024, 1, 1), ends_on, probation_ends_on)
    assert (warning.values["months"] if warning else None) == months


def test_a_contract_older_than_the_law_is_judged_by_its_first_edition() -> None:
    assert law_on(date(1999, 1, 1)) == LAW


@pytest.mark.parametrize(("on", "age"), [(date(2006, 4, 11), 15), (date(2006, 4, 12), 16), (date(2007, 4, 11), 16)])
def test_a_birthday_counts_from_its_own_day(on: date, age: int) -> None:
    assert age_on(date(1990, 4, 12), on) == age


def test_months_end_on_the_last_day_where_they_are_short() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
