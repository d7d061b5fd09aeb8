from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.core.capital import capital_amount

DIGITS = "零壹贰叁肆伍陆柒捌玖"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        # The examples of the rules on filling in bank papers.
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
    ],
)
def test_capitals_follow_the_examples_of_the_banks(value: str, words: str) -> None:
    assert capital_amount(Decimal(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "零元整"),
        ("0.00", "零元整"),
        ("-0.00", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("0.55", "伍角伍分"),
        ("10", "壹拾元整"),
        ("300", "叁佰元整"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"),
        ("10100", "壹万零壹佰元整"),
        ("105000", "壹拾万伍仟元整"),
        ("1000000", "壹佰万元整"),
        ("20030004", "贰仟零叁万零肆元整"),
        ("100000000", "壹亿元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1234567890.12", "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元零壹角贰分"),
        ("1000000000000", "壹万亿元整"),
        ("9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-120.30", "负壹佰贰拾元零叁角"),
        ("4.5E+2", "肆佰伍拾元整"),
    ],
)
def test_zeros_whole_amounts_jiao_and_fen_stand_as_in_a_cash_book(value: str, words: str) -> None:
    assert capital_amount(Decimal(value)) == words


@pytest.mark.parametrize("value", ["0.001", "1.005", "10000000000000000", "NaN", "Infinity"])
def test_what_is_no_amount_of_fen_has_no_capitals(value: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        capital_amount(Decimal(value))


def read(words: str) -> Decimal:
    """Capitals read back, by the everyday rules and not by those of the program."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = part = digit = Decimal(0)
    for letter in words.removeprefix("负").replace("整", ""):
        if letter in DIGITS:
            digit = Decimal(DIGITS.index(letter))
        elif letter in units:
            part, digit = part + digit * units[letter], Decimal(0)
        elif letter == "万":
            part, digit = (part + digit) * 10_000, Decimal(0)
        elif letter == "亿":
            total, part, digit = (part + digit) * 100_000_000, Decimal(0), Decimal(0)
        elif letter == "元":
            total, part, digit = total + part + digit, Decimal(0), Decimal(0)
        else:
            total, digit = total + digit * {"角": Decimal("0.1"), "分": Decimal("0.01")}[letter], Decimal(0)
    return -total if words.startswith("负") else total


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_capitals_read_back_give_the_amount(value: Decimal) -> None:
    words = capital_amount(value)
    assert read(words) == value
    assert "零零" not in words
    assert words.endswith("整") == (value == value.to_integral_value())
