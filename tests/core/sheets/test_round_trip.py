from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careerpath.core.sheets import (
    CellFault,
    Column,
    Origin,
    SheetSpec,
    choice,
    day,
    decimal,
    digits,
    month,
    open_workbook,
    read_rows,
    text,
    whole,
    write_csv,
    write_table,
    year,
    yes_no,
)
from careerpath.core.sheets.cleaning import clean, neutral, plain

SPEC = SheetSpec(
    "all",
    "全部",
    (
        Column("anchor", "序号", whole(), required=True),
        Column("line", "文字", text(30_000)),
        Column("lines", "多行", text(30_000, lines=True)),
        Column("digits", "号码", digits()),
        Column("whole", "整数", whole()),
        Column("decimal", "小数", decimal(4)),
        Column("share", "比例", decimal(4, percent=True, minimum=Decimal(0), maximum=Decimal(1))),
        Column("day", "日期", day(earliest=1850, latest=2150)),
        Column("month", "年月", month(earliest=1850, latest=2150)),
        Column("year", "年度", year()),
        Column("yes", "是否", yes_no(blank=None)),
        Column("choice", "选项", choice({"01": "甲", "02": "乙", "5A": "丙"})),
    ),
)

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
hostile = st.sampled_from(["=", "+", "-", "@", "'", "\t", "''=", "_x0041_", "\r\n", "0", '"', ",", ";", "<"]).flatmap(
    lambda start: anything.map(lambda rest: start + rest)
)


def optional(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def exact(places: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(-most, most).map(lambda cents: Decimal(cents).scaleb(-places))


days = st.dates(date(1850, 1, 1), date(2150, 12, 31)).filter(lambda each: each.year not in (1905, 1909))
rows = st.fixed_dictionaries(
    {
        "line": optional((anything | hostile).map(clean).map(lambda each: each or None)),
        "lines": optional((anything | hostile).map(lambda each: clean(each, lines=True) or None)),
        "digits": optional(st.from_regex(r"[0-9]{1,20}[0-9X]", fullmatch=True)),
        "whole": optional(st.integers(-(10**15), 10**15)),
        "decimal": optional(exact(4, 10**16)),
        "share": optional(st.integers(0, 10_000).map(lambda part: Decimal(part).scaleb(-4))),
        "day": optional(days),
        "month": optional(days.map(lambda each: each.replace(day=1))),
        "year": optional(st.integers(1900, 2100)),
        "yes": optional(st.booleans()),
        "choice": optional(st.sampled_from(["01", "02", "5A"])),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, min_size=1, max_size=4), st.booleans())
def test_every_value_that_is_written_is_read_again(values: list[dict[str, object]], as_csv: bool) -> None:
    numbered = [{"anchor": at, **row} for at, row in enumerate(values)]
    out = BytesIO()
    (write_csv if as_csv else write_table)(out, SPEC, numbered)
    result = read_rows(open_workbook(out.getvalue(), "表.csv" if as_csv else "表.xlsx"), SPEC)
    assert not list(result.faults())
    assert [dict(row.values) for row in result.rows] == numbered


@given(anything | hostile)
def test_cleaning_twice_is_cleaning_once(value: str) -> None:
    assert clean(clean(value)) == clean(value)
    assert clean(clean(value, lines=True), lines=True) == clean(value, lines=True)


@given(anything | hostile)
def test_neutralisation_is_undone_and_leaves_nothing_to_calculate(value: str) -> None:
    assert plain(neutral(value)) == value
    assert neutral(value)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


cells = (
    anything
    | hostile
    | st.integers()
    | st.floats(-1e20, 1e20)
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@pytest.mark.parametrize("column", SPEC.columns, ids=lambda column: column.key)
@given(cell=cells, origin=st.builds(Origin, st.booleans(), st.booleans()))
def test_whatever_stands_in_a_cell_is_read_or_is_a_fault(column: Column, cell: object, origin: Origin) -> None:
    with suppress(CellFault):
        assert column.reader.read(cell, origin) is not None  # type: ignore[arg-type]
