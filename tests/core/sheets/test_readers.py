from datetime import date
from decimal import Decimal

import pytest

from careerpath.core.sheets import (
    CellFault,
    CellValue,
    Origin,
    Reader,
    choice,
    decimal,
    digits,
    text,
    whole,
    year,
    yes_no,
)
from careerpath.core.sheets.cleaning import clean, fold, neutral, plain

HERE = Origin()


def read(reader: Reader, value: CellValue) -> object:
    return reader.read(value, HERE)


def fault(reader: Reader, value: CellValue) -> str:
    with pytest.raises(CellFault) as caught:
        reader.read(value, HERE)
    return str(caught.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" 张三\u3000", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("Ａ１２ｚ", "A12z"),
        ("李\u00a0 四", "李 四"),
        ("费城街道（本级）", "费城街道（本级）"),
        ("⽅⾦", "方金"),
        ("①②", "①②"),
        ("镕喆堃赟䶮㛃𠮷", "镕喆堃赟䶮㛃𠮷"),
        ("一\n二", "一 二"),
    ],
)
def test_text_loses_what_is_only_typing_and_keeps_what_has_meaning(typed: str, meant: str) -> None:
    assert read(text(), typed) == meant
    assert clean(meant) == meant


def test_a_padded_name_is_joined_and_a_foreign_one_is_not() -> None:
    assert read(text(tight=True), "张　三") == "张三"
    assert read(text(tight=True), "Anna Li") == "Anna Li"


def test_lines_stay_where_the_column_has_lines() -> None:
    assert read(text(lines=True), "一 \r\n  二\r三") == "一\n二\n三"


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    assert "6 字" in fault(text(5), "一二三四五六")


def test_a_text_that_excel_turned_into_a_date_is_not_guessed() -> None:
    assert "文本" in fault(text(), date(2025, 3, 2))


def test_a_number_in_a_text_column_reads_as_it_is_shown() -> None:
    assert read(text(), 3.0) == "3"
    assert read(text(), 0.1 + 0.2) == "0.3"


@pytest.mark.parametrize("lost", [371399199001010010.0, 3.7e17, 1e15 + 10, "3.71399E+17", "3.71399199001010E+17"])
def test_a_number_whose_last_digits_excel_dropped_is_refused(lost: CellValue) -> None:
    assert "丢失" in fault(digits(), lost)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (371325001001.0, "371325001001"),
        (999999999999999.0, "999999999999999"),
        (6222020200112233.0, "6222020200112233"),
        ("３７１３９９１９９００１０１００１ｘ", "37139919900101001X"),
        ("138 0000 5678", "13800005678"),
        (" 007", "007"),
    ],
)  # fmt: skip
def test_numbers_that_are_names_keep_every_digit(value: CellValue, meant: str) -> None:
    assert read(digits(), value) == meant


def test_a_number_of_the_wrong_shape_is_refused_without_repeating_it() -> None:
    told = fault(digits(r"\d{18}"), "12345")
    assert "位数" in told
    assert "12345" not in told


@pytest.mark.parametrize("value", [12, 12.0, "12", " １２ ", "12.0", "+12"])
def test_whole_numbers(value: CellValue) -> None:
    assert read(whole(), value) == 12


@pytest.mark.parametrize(
    ("value", "told"), [(1.5, "整数"), ("十二", "不是数字"), (-1, "不能小于 0"), (101, "不能大于 100"), (True, "数字")]
)
def test_whole_numbers_out_of_bounds_are_refused(value: CellValue, told: str) -> None:
    assert told in fault(whole(0, 100), value)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("1,234.50", "1234.50"), ("￥1，234.5", "1234.50"), ("1234.5元", "1234.50"), (0.1, "0.10"),
        ("－3", "-3.00"), (1234567890123.45, "1234567890123.45"),
    ],
)  # fmt: skip
def test_amounts_are_exact_decimals(value: CellValue, meant: str) -> None:
    assert read(decimal(2), value) == Decimal(meant)
    assert str(read(decimal(2), value)) == meant


@pytest.mark.parametrize(
    "value", ["1,23", "1.2.3", "", "nan", "Infinity", "1e5", "(5)", "--1", "12%", date(2020, 1, 1)]
)
def test_what_is_no_amount_is_refused(value: CellValue) -> None:
    fault(decimal(2), value)


def test_places_are_never_rounded_away() -> None:
    assert "2 位小数" in fault(decimal(2), 85.335)


def test_percent_is_read_from_a_sign_or_a_fraction_and_nothing_else() -> None:
    share = decimal(4, percent=True)
    assert read(share, "15%") == read(share, 0.15) == read(share, "１５％") == Decimal("0.15")
    assert "15%" in fault(share, 15)


@pytest.mark.parametrize(
    ("value", "meant"),
    [("是", True), ("√", True), ("Y", True), (1, True), (True, True), ("否", False), (0.0, False), ("×", False)],
)
def test_yes_and_no(value: CellValue, meant: bool) -> None:
    assert read(yes_no(), value) is meant
    assert yes_no().blank is False
    assert "是" in fault(yes_no(), "也许")


@pytest.mark.parametrize("value", [2024, 2024.0, "2024", "2024年", "２０２４年度"])
def test_a_year(value: CellValue) -> None:
    assert read(year(), value) == 2024


@pytest.mark.parametrize("value", ["24", 20240, "二〇二四", date(2024, 1, 1)])
def test_what_is_no_year_is_refused(value: CellValue) -> None:
    assert "2024" in fault(year(), value)


@pytest.mark.parametrize("value", ["汉族", " 汉 族", "01", 1, 1.0, "01汉族", "01-汉族", "01 汉族", "汉"])
def test_a_choice_is_found_by_word_or_code(value: CellValue) -> None:
    nations = choice({"01": "汉族", "02": "蒙古族", "11": "满族"}, aliases={"汉": "01"})
    assert read(nations, value) == "01"
    assert nations.show("01") == "汉族"


def test_a_choice_that_is_nearly_right_gets_a_hint() -> None:
    assert "“中共党员”" in fault(choice({"01": "中共党员", "13": "群众"}), "中共觉员")
    assert "群众" in fault(choice({"01": "中共党员", "13": "群众"}), "xyz")


@pytest.mark.parametrize(
    "value", ["=1+1", "'=1+1", "''=x", "'", "''", "+86", "-", "@a", "\t=1", "＝1", "plain", "it's", "", "'quoted'"]
)
def test_csv_neutralisation_can_be_undone(value: str) -> None:
    assert plain(neutral(value)) == value
    assert neutral(value)[:1] not in ("=", "+", "-", "@", "\t", "＝")


def test_titles_compare_without_width_case_and_spaces() -> None:
    assert fold("证件 号码（Ａ）") == fold("证件号码(a)")
