"""Identity number, telephone and name as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.employees.operations.identity import (
    initials_of,
    mask_phone,
    read_identity,
    read_phone,
    without_identity,
)
from careerpath.policy.codes import Sex
from careerpath.words import Refused
from tests.factories.employees import make_identity


@given(st.dates(date(1930, 1, 1), date(2009, 12, 31)), st.sampled_from([Sex.MALE, Sex.FEMALE]), st.integers(0, 499))
def test_every_sound_number_is_read_with_birth_and_sex(born: date, sex: Sex, serial: int) -> None:
    number = make_identity(born, sex, serial)
    read = read_identity(f" {number.lower()} ")
    assert (read.number, read.born_on, read.sex) == (number, born, sex)
    assert number[6:14] not in read.masked
    assert len(read.masked) == 18


@given(st.integers(0, 16), st.integers(1, 9), st.integers(0, 499))
def test_one_wrong_digit_is_always_noticed(place: int, step: int, serial: int) -> None:
    number = make_identity(date(1988, 2, 11), Sex.MALE, serial)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(Refused):
        read_identity(wrong)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "请填写身份证号码"),
        ("371399900412001", "15 位的旧号码"),
        ("37139919900412001", "现为 17 位"),
        ("3713991990041200100", "现为 19 位"),
        ("37139919900412O010", "第 15 位是“O”"),
        ("X71399199004120010", "第 1 位是“X”"),
        ("371399199013310010", "“19901331”不是有效的出生日期"),
        ("371399202302290010", "“20230229”不是有效的出生日期"),
        ("371399199004120010", "校验码不符"),
    ],
)
def test_a_wrong_number_is_refused_saying_where(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        read_identity(text)
    assert refused.value.field == "identity"
    assert len(text) < 18 or text not in str(refused.value)


def test_full_width_signs_and_a_small_x_are_understood() -> None:
    serial = next(one for one in range(500) if make_identity(serial=one).endswith("X"))
    number = make_identity(serial=serial)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number.lower())
    assert read_identity(wide).number == number


@pytest.mark.parametrize(
    ("text", "number", "masked"),
    [
        ("138 1234 5678", "13812345678", "138****5678"),
        ("＋86-138-1234-5678", "13812345678", "138****5678"),
        ("0539-5221234", "0539-5221234", "0539-****234"),
        ("(010)62345678", "010-62345678", "010-****5678"),
        ("", "", ""),
    ],
)
def test_telephones_are_read_and_masked(text: str, number: str, masked: str) -> None:
    assert read_phone(text) == number
    assert mask_phone(number) == masked


@pytest.mark.parametrize("text", ["1381234567", "23812345678", "5221234", "138123456789", "abc"])
def test_what_is_no_telephone_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="11 位手机号码"):
        read_phone(text)


@pytest.mark.parametrize(
    ("name", "initials"), [("黎书航", "lsh"), ("单田芳", "stf"), ("尉迟恭", "ycg"), ("阿依古丽·买买提", "ayglmmt")]
)
def test_initials_follow_the_reading_of_surnames(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_an_identity_number_in_free_text_is_masked() -> None:
    number = make_identity(serial=1)
    assert number not in without_identity(f"核对 {number} 的社保")
