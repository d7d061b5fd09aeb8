"""Amounts and months: parts that add up, rounding, probation, part months, half-years, and what nobody is paid by."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.codes import Certificate, Grade, Post
from careerpath.policy.edition import in_force, to_plain
from careerpath.policy.pay import (
    Certified,
    Held,
    Part,
    PayEdition,
    PayFacts,
    Placed,
    Span,
    Study,
    amounts,
    pay,
    pay_month,
    standing_on,
)
from tests.policy.pay_editions import FEIXIAN, SHIPPED, changed

ON = date(2024, 6, 30)
MINGSHAN = SHIPPED["benxi-mingshan-2023"]
BEIJING = SHIPPED["beijing-2008"]


def person(joined: date = date(2023, 1, 1), post: Post = Post.STAFF, **more: Any) -> PayFacts:
    """Somebody of one post with a junior college diploma."""
    known: dict[str, Any] = {"service": (Span(joined),), "posts": (Held(post, joined),), "studies": (Study("31"),)}
    return PayFacts(**({"on": ON} | known | more))


def rounding(edition: PayEdition, unit: str, mode: str, stage: str, **parts: Any) -> PayEdition:
    """The edition with another rounding."""
    return changed(edition, rounding={"unit": unit, "mode": mode, "stage": stage}, **parts)


def items(edition: PayEdition, facts: PayFacts) -> dict[str, str]:
    """The components of a whole month."""
    return {one.code: str(one.amount.quantize(Decimal("0.01"))) for one in pay(edition, facts).items}


START = {"chief": (720, 960), "deputy": (640, 845), "staff": (590, 740)}
EXTRA = {None: 0, Certificate.JUNIOR: 50, Certificate.INTERMEDIATE: 80}


@given(
    joined=st.dates(date(1990, 1, 1), date(2024, 6, 30)),
    post=st.sampled_from(list(Post)),
    grade=st.sampled_from(list(EXTRA)),
)
def test_beijing_is_its_one_line_formula(joined: date, post: Post, grade: Certificate | None) -> None:
    held = () if grade is None else (Certified(grade, joined, joined),)
    after = ON + timedelta(days=1)
    years = after.year - joined.year - ((after.month, after.day) < (joined.month, joined.day))
    expected = sum(START[post.value]) + 50 * years + EXTRA[grade]
    assert pay(BEIJING, person(joined, post, certificates=held)).monthly == expected


modes = st.sampled_from(["half_up", "half_even", "down", "up"])
units = st.sampled_from(["0.01", "0.1", "1", "10"])


@given(
    key=st.sampled_from(sorted(SHIPPED)),
    unit=units,
    mode=modes,
    stage=st.sampled_from(["component", "total"]),
    joined=st.dates(date(1990, 1, 1), ON),
    post=st.sampled_from(list(Post)),
    probation=st.booleans(),
    failed=st.booleans(),
)
def test_the_parts_add_up_to_what_is_paid(
    key: str, unit: str, mode: str, stage: str, joined: date, post: Post, probation: bool, failed: bool
) -> None:
    edition = rounding(SHIPPED[key], unit, mode, stage)
    facts = person(
        joined,
        post,
        unit="210202",
        probation_until=ON if probation else None,
        appraisals={2023: Grade.INCOMPETENT, 2024: Grade.INCOMPETENT} if failed else {},
    )
    found = pay(edition, facts)
    assert not found.missing
    assert all(one.amount >= 0 for one in found.items)
    assert found.basic + found.performance == sum(one.amount for one in found.items)
    whole = found.period_months == 1
    assert found.monthly == found.basic + (found.performance if whole else 0)
    assert found.monthly % Decimal(unit) == 0
    for month in range(1, 13):
        paid = pay_month(edition, facts, date(2024, month, 1))
        assert paid.total == sum(item.amount for item in paid.items)
        assert all(item.amount >= 0 for item in paid.items)
        if stage == "component" or whole:
            assert paid.total % Decimal(unit) == 0


@pytest.mark.parametrize(
    ("mode", "amount", "due"),
    [
        ("half_up", "2.5", "3"),
        ("half_even", "2.5", "2"),
        ("half_even", "3.5", "4"),
        ("down", "2.99", "2"),
        ("up", "2.01", "3"),
        ("up", "2", "2"),
    ],
)
def test_every_mode_rounds_in_its_own_way(mode: str, amount: str, due: str) -> None:
    component = {"code": "basic", "name": "基本", "way": "fixed", "amount": amount}
    edition = rounding(BEIJING, "1", mode, "component", components=[component])
    assert pay(edition, person()).monthly == Decimal(due)


COMPONENTS = [
    {"code": "a", "name": "甲", "way": "fixed", "amount": "1000.40"},
    {"code": "b", "name": "乙", "way": "fixed", "amount": "300.40"},
    {"code": "c", "name": "丙", "way": "fixed", "amount": "200.40", "part": "performance"},
]


@pytest.mark.parametrize(
    ("stage", "paid", "due"),
    [
        ("component", "month", {"a": "1000.00", "b": "300.00", "c": "200.00"}),
        # 1501.20 becomes 1501: the largest part gives 0.20.
        ("total", "month", {"a": "1000.20", "b": "300.40", "c": "200.40"}),
        # Paid at different times, each part is rounded by itself: 1300.80 is 1301, 200.40 is 200.
        ("total", "half_year", {"a": "1000.60", "b": "300.40", "c": "200.00"}),
    ],
)
def test_components_or_their_sum_are_rounded(stage: str, paid: str, due: Mapping[str, str]) -> None:
    edition = rounding(BEIJING, "1", "half_up", stage, components=COMPONENTS, performance={"paid": paid})
    assert items(edition, person()) == due
    told = [reason for reason in pay(edition, person()).reasons if reason.rule == "pay.rounding"]
    assert len(told) == 1


def test_rounding_down_to_tens_never_makes_a_part_negative() -> None:
    small = [one | {"amount": "3.00", "part": "basic"} for one in COMPONENTS]
    edition = rounding(BEIJING, "10", "down", "total", components=small)
    assert items(edition, person()) == {"a": "0.00", "b": "0.00", "c": "0.00"}


def test_a_part_month_is_rounded_like_a_whole_one() -> None:
    facts = person(date(2024, 6, 21))
    exact = pay_month(FEIXIAN, facts, date(2024, 6, 1))
    assert (exact.served, exact.days) == (10, 30)
    assert [str(item.amount) for item in exact.items if item.whole] == ["800.00", "200.00"]
    yuan = rounding(changed(FEIXIAN, probation=None), "1", "half_up", "component")
    third = pay_month(yuan, person(date(2024, 7, 21)), date(2024, 7, 1))
    # 2400 × 11 ÷ 31 = 851.61, 600 × 11 ÷ 31 = 212.90.
    assert [item.amount for item in third.items if item.whole] == [852, 213]
    total = pay_month(rounding(FEIXIAN, "1", "half_up", "total"), person(date(2024, 7, 21)), date(2024, 7, 1))
    assert [str(item.amount) for item in total.items if item.whole] == ["852.10", "212.90"]
    assert total.total == 1065


def test_a_part_month_may_be_paid_as_a_whole_one() -> None:
    whole = changed(FEIXIAN, month={"partial": "whole"})
    found = pay_month(whole, person(date(2024, 6, 21)), date(2024, 6, 1))
    assert found.total == 3000
    assert not [reason for reason in found.reasons if reason.rule == "pay.partial"]


def test_days_served_twice_count_once() -> None:
    spans = (Span(date(2024, 6, 1), date(2024, 6, 20)), Span(date(2024, 6, 11), date(2024, 6, 25)))
    found = pay_month(FEIXIAN, person(date(2024, 6, 1), service=spans), date(2024, 6, 1))
    assert found.served == 25


def test_the_day_looked_at_is_the_nearest_day_of_service() -> None:
    posts = (Held(Post.CHIEF, date(2024, 1, 1), date(2024, 6, 5)), Held(Post.STAFF, date(2024, 6, 20)))
    spans = (Span(date(2024, 1, 1), date(2024, 6, 5)), Span(date(2024, 6, 20), date(2024, 6, 28)))
    facts = person(posts=posts, service=spans)
    assert pay_month(FEIXIAN, facts, date(2024, 6, 1)).pay.on == date(2024, 6, 28)
    first = changed(FEIXIAN, month={"reference": "first"})
    assert pay_month(first, facts, date(2024, 6, 1)).pay.on == date(2024, 6, 1)


def test_probation_ends_with_its_last_day_and_may_leave_the_performance_part() -> None:
    facts = person(probation_until=ON)
    assert pay(FEIXIAN, facts).monthly == 1920
    assert pay(FEIXIAN, facts, ON + timedelta(days=1)).monthly == 3000
    kept = changed(FEIXIAN, probation={"share": "0.8", "performance": True})
    assert pay(kept, facts).monthly == 2400


@pytest.mark.parametrize(("withheld", "years"), [("same_year", [2023]), ("next_year", [2024])])
def test_a_failed_year_costs_the_performance_part_of_the_year_that_the_edition_names(
    withheld: str, years: list[int]
) -> None:
    edition = changed(FEIXIAN, performance=to_plain(FEIXIAN)["performance"] | {"withheld": withheld})
    facts = person(date(2020, 1, 1), appraisals={2023: Grade.INCOMPETENT})
    assert [year for year in range(2022, 2026) if not pay(edition, facts, date(year, 6, 30)).performance] == years


def month_total(month: int, facts: PayFacts, **more: Any) -> Decimal:
    """What is due in a month of 2024 where performance is paid by the half-year."""
    return pay_month(MINGSHAN, facts, date(2024, month, 1), **more).total


def test_the_half_year_brings_the_months_at_their_own_levels() -> None:
    facts = person(date(2021, 3, 1))
    # Three years are complete on 29 February 2024, the step comes in 2025: six months at 340, then at 350.20.
    assert month_total(12, facts) == 3060 + 6 * 340
    assert pay_month(MINGSHAN, facts, date(2025, 6, 1)).total == Decimal("3151.80") + 6 * Decimal("350.20")

    def placed(day: date) -> PayFacts:
        return replace(facts, placed=Placed(1 if day < date(2024, 3, 1) else 4))

    # Two months at 340, four at 3400 × 1.09 × 0.1 = 370.60; basic 3400 × 1.09 × 0.9 = 3335.40.
    assert month_total(6, facts, placed_on=placed) == Decimal("3335.40") + 2 * 340 + 4 * Decimal("370.60")


def test_a_month_of_the_half_year_that_cannot_be_reckoned_stops_the_payment() -> None:
    posts = (Held(Post.STAFF, date(2023, 1, 1), date(2024, 2, 29)), Held(Post.STAFF, date(2024, 4, 1)))
    found = pay_month(MINGSHAN, person(posts=posts), date(2024, 6, 1))
    assert found.total == 0
    assert [str(one) for one in found.missing] == ["2024 年 3 月：缺少职务。"]


def test_somebody_who_leaves_and_comes_back_is_paid_the_half_year_once() -> None:
    spans = (Span(date(2023, 1, 1), date(2024, 2, 29)), Span(date(2024, 5, 1)))
    facts = person(service=spans)
    assert [month_total(month, facts) for month in range(1, 7)] == [3060, 3060, 0, 0, 3060, 3060 + 4 * 340]


def test_a_new_edition_that_pays_monthly_settles_what_the_old_one_owes() -> None:
    monthly = changed(MINGSHAN, performance={"paid": "month"})
    facts = person(date(2023, 1, 1))

    def in_force(day: date) -> PayEdition:
        return MINGSHAN if day < date(2024, 4, 1) else monthly

    totals = [
        pay_month(in_force(date(2024, m, 1)), facts, date(2024, m, 1), edition_on=in_force).total for m in range(1, 8)
    ]
    assert totals == [3060, 3060, 3060 + 3 * 340, 3400, 3400, 3400, 3400]


def test_a_new_edition_within_the_half_year_counts_for_its_own_months() -> None:
    dearer = changed(MINGSHAN, components=[one | {"base": "4000.00"} for one in to_plain(MINGSHAN)["components"]])
    facts = person(date(2023, 1, 1))

    def in_force(day: date) -> PayEdition:
        return MINGSHAN if day < date(2024, 4, 1) else dearer

    found = pay_month(dearer, facts, date(2024, 6, 1), edition_on=in_force)
    assert found.total == 3600 + 3 * 340 + 3 * 400
    assert {item.part: item.whole for item in found.items} == {Part.BASIC: 3600, Part.PERFORMANCE: 3 * 340 + 3 * 400}


def test_a_year_may_be_paid_at_once() -> None:
    yearly = changed(MINGSHAN, performance={"paid": "year"})
    totals = [pay_month(yearly, person(date(2024, 3, 1)), date(2024, month, 1)).total for month in (6, 11, 12)]
    assert totals == [3060, 3060, 3060 + 10 * 340]


def test_nothing_is_due_in_a_month_out_of_service() -> None:
    found = pay_month(FEIXIAN, person(date(2024, 7, 1)), date(2024, 6, 1))
    assert found.total == found.served == 0
    assert [str(one) for one in found.missing] == ["本月不在岗。"]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"posts": ()}, ["缺少职务。"]),
        ({"studies": None}, ["缺少学历。"]),
        ({"service": ()}, ["缺少进入社区工作的时间。"]),
        ({"service": (), "posts": ()}, ["缺少进入社区工作的时间。", "缺少职务。"]),
        ({"service": (Span(date(2024, 7, 1)),)}, ["2024-06-30 不在岗。"]),
        ({"placed": Placed(13)}, ["审批的 13 级不在一般的 1 至 12 级之内，请重新套级。"]),
        ({"placed": Placed(0)}, ["审批的 0 级不在一般的 1 至 12 级之内，请重新套级。"]),
        ({"placed": Placed(3, tier=2)}, ["审批了第 2 档，而现行办法不分档，请重新套级。"]),
    ],
)
def test_what_is_missing_is_listed_and_nothing_is_paid(changes: dict[str, Any], missing: list[str]) -> None:
    facts = person(**changes)
    found = pay(FEIXIAN, facts)
    assert [str(one) for one in found.missing] == missing
    assert found.items == ()
    assert found.basic == found.performance == found.monthly == found.period == 0
    assert pay_month(FEIXIAN, facts, date(2024, 6, 1)).total == 0


def test_an_approved_level_needs_neither_education_nor_service() -> None:
    placed = person(studies=None, service=(), placed=Placed(4))
    assert pay(FEIXIAN, placed).monthly == 3270


def test_an_approved_level_counts_from_its_day() -> None:
    facts = person(placed=Placed(9, since=date(2024, 7, 1)))
    assert standing_on(FEIXIAN, facts, date(2024, 6, 30))[0].level == 1
    assert standing_on(FEIXIAN, facts, date(2024, 7, 1))[0].level == 9


def test_a_value_that_the_edition_does_not_know_is_no_zero() -> None:
    edition = SHIPPED["dalian-2013"]
    found = pay(edition, person(other={"area": "town"}))
    assert [str(one) for one in found.missing] == ["地区“town”不在办法的取值之内，请改用：city、outer。"]


def test_the_code_of_a_unit_tells_the_area_and_what_is_told_wins() -> None:
    edition = SHIPPED["dalian-2013"]
    assert [pay(edition, person(unit=unit)).monthly for unit in ("210283001", "2102", "210211")] == [1800, 2100, 2100]
    assert pay(edition, person(unit="210283001", other={"area": "city"})).monthly == 2100


def test_equal_standings_are_reckoned_once() -> None:
    asked = []

    def kept(edition: PayEdition, standing: Any) -> Any:
        asked.append(standing)
        return amounts(edition, standing)

    pay_month(MINGSHAN, person(), date(2024, 6, 1), amounts_of=kept)
    assert len(asked) == 7
    assert len(set(asked)) == 1


def test_months_before_the_first_edition_bring_nothing() -> None:
    facts = person(date(2023, 1, 1))
    begun = changed(MINGSHAN, head=to_plain(MINGSHAN)["head"] | {"effective_from": "2024-04-01"})
    assert pay_month(begun, facts, date(2024, 6, 1)).total == 3060 + 3 * 340

    def in_force_on(day: date) -> PayEdition:
        return in_force([begun], day)

    assert pay_month(begun, facts, date(2024, 6, 1), edition_on=in_force_on).total == 3060 + 3 * 340
