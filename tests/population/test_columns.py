"""Columns of people: what they hold, who goes one by one, and where arrays may be used at all."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import careerpath
from careerpath.policy.codes import Post
from careerpath.policy.employment import add_months
from careerpath.policy.pay import Held, PayFacts, Span
from careerpath.policy.pay.ladder import Effective
from careerpath.population import gather
from careerpath.population.days import begins, day_of, last_counting, months_and_days, months_later, number_of
from careerpath.population.gathering import to_cents
from careerpath.population.people import NO_BASE
from tests.factories.population import make_person

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def one(day: date) -> np.ndarray:  # type: ignore[type-arg]
    return np.array([number_of(day)], np.int32)


@given(day=DAYS, months=st.integers(0, 600))
def test_months_later_is_the_day_that_the_calendar_has(day: date, months: int) -> None:
    assert day_of(months_later(one(day), months)[0]) == add_months(day, months)


@given(first=DAYS, second=DAYS)
def test_months_and_days_between_two_days_lead_from_one_to_the_other(first: date, second: date) -> None:
    first, second = sorted((first, second))
    months, days = months_and_days(one(first), one(second))
    reached = add_months(first, int(months[0]))
    assert (second - reached).days == days[0]
    assert reached <= second < add_months(first, int(months[0]) + 1)


@given(effective=st.sampled_from(Effective), fact=DAYS, on=DAYS)
def test_a_fact_counts_by_a_day_exactly_when_the_rule_says_it_has_begun(
    effective: Effective, fact: date, on: date
) -> None:
    assert day_of(begins(effective, one(fact))[0]) == effective.begins(fact)
    last = int(np.broadcast_to(last_counting(effective, one(on)), 1)[0])
    assert (number_of(fact) <= last) == (effective.begins(fact) <= on)


def test_a_base_holds_from_its_day_until_the_next() -> None:
    bases = ((date(2026, 7, 1), Decimal("5000.50")), (date(2025, 7, 1), Decimal(4000)))
    people = gather([make_person(1, PayFacts(on=date(2026, 1, 1)), bases=bases)])
    asked = [date(2025, 6, 30), date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [int(people.base_on(number_of(day))[0]) for day in asked] == [NO_BASE, 400000, 400000, 500050]


def test_an_amount_with_a_fraction_of_a_cent_is_never_cut() -> None:
    assert to_cents(Decimal("12.34")) == 1234
    with pytest.raises(ValueError, match=re.escape("0.001")):
        to_cents(Decimal("0.001"))


@pytest.mark.parametrize(
    "strange",
    [
        {"service": (Span(date(2020, 1, 1), date(2021, 1, 1)), Span(date(2020, 6, 1)))},
        {"service": (Span(date(2020, 1, 1)), Span(date(2022, 6, 1)))},
        {"service": (Span(date(1820, 1, 1)),)},
        {"posts": tuple(Held(Post.STAFF, date(2020, 1, number + 1)) for number in range(9))},
        {"probation_until": date(9999, 12, 31)},
    ],
)
def test_a_history_that_columns_cannot_hold_goes_one_by_one(strange: dict[str, object]) -> None:
    plain = PayFacts(on=date(2026, 1, 1), service=(Span(date(2020, 1, 1)),))
    facts = PayFacts(on=date(2026, 1, 1), **strange)  # type: ignore[arg-type]
    people = gather([make_person(1, plain), make_person(2, facts)])
    assert people.singly == {1: facts}
    assert people.place_of(2) == 1
    with pytest.raises(KeyError):
        people.place_of(3)


def test_numpy_is_known_to_those_who_reckon_pay_and_share_out_places_alone() -> None:
    root = Path(careerpath.__file__).parent
    users = {
        "/".join(path.relative_to(root).parts[:2]) if path.parent.name == "core" else path.relative_to(root).parts[0]
        for path in root.rglob("*.py")
        if re.search(r"^\s*(import|from) numpy", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert users <= {"population", "bench", "core/assignment.py"}
