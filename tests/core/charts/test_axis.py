from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.core.charts.axis import large_number, make_axis, plain_number

AMOUNTS = st.decimals(min_value=Decimal("-1e10"), max_value=Decimal("1e10"), places=2)


@pytest.mark.parametrize(
    ("values", "low", "high", "step"),
    [
        (("0", "97"), "0", "100", "20"),
        (("12", "18"), "0", "20", "5"),
        (("-120.5", "30"), "-150", "50", "50"),
        (("0.03",), "0", "0.03", "0.005"),
        (("-5",), "-5", "0", "1"),
        ((), "0", "1", "0.2"),
        (("0", "0"), "0", "1", "0.2"),
    ],
)
def test_bars_stand_on_an_axis_with_round_marks_and_zero(
    values: tuple[str, ...], low: str, high: str, step: str
) -> None:
    axis = make_axis(map(Decimal, values))
    assert (axis.low, axis.high, axis.step) == (Decimal(low), Decimal(high), Decimal(step))


def test_a_line_need_not_begin_at_zero() -> None:
    axis = make_axis([Decimal(12_000_000), Decimal(13_500_000)], from_zero=False)
    assert (axis.low, axis.high) == (12_000_000, 13_500_000)
    assert axis.label(axis.low) == "1,200"


def test_one_value_alone_stands_in_the_middle_of_its_axis() -> None:
    axis = make_axis([Decimal(7)], from_zero=False)
    assert axis.low < 7 < axis.high


@given(st.lists(AMOUNTS, max_size=8), st.booleans())
def test_every_value_stands_on_its_axis_between_at_most_seven_marks(values: list[Decimal], from_zero: bool) -> None:
    axis = make_axis(values, from_zero=from_zero)
    assert axis.low < axis.high
    assert 2 <= len(axis.ticks) <= 7
    assert axis.ticks[-1] == axis.high
    assert all(0 <= axis.share(value) <= 1 for value in values)


def test_large_amounts_are_marked_in_ten_thousands() -> None:
    axis = make_axis([Decimal("1234567.89")])
    assert axis.word == "万"
    assert axis.label(axis.high) == "125"
    assert axis.short(Decimal("1234567.89")) == "123.5"
    assert axis.short(Decimal("0.04")) == "0.000004"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0"),
        ("12500.00", "12,500"),
        ("-0.50", "−0.5"),
        ("1234567890.12", "1,234,567,890.12"),
        ("1E+3", "1,000"),
    ],
)
def test_numbers_are_read_with_thousands_apart_and_without_needless_zeros(value: str, words: str) -> None:
    assert plain_number(Decimal(value)) == words


def test_a_difference_says_its_sign_and_its_size() -> None:
    said = [large_number(Decimal(value), signed=True) for value in ("125000.5", "-80000", "3000", "0", "240000000")]
    assert said == ["+12.5万", "−8万", "+3,000", "0", "+2.4亿"]
