"""Contributions of both sides: editions read strictly, bases kept within their limits, amounts that add up."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.edition import in_force, shipped_texts, to_plain
from careerpath.policy.insurance import InsuranceEdition, InsuranceFacts, contributions
from careerpath.policy.trial import try_rule
from careerpath.words import Refused

TEXTS = shipped_texts("insurance")
SHIPPED = [InsuranceEdition.from_toml(text, file) for file, text in TEXTS.items()]
TEXT = TEXTS["insurance-feixian-2025.toml"]
FEIXIAN = InsuranceEdition.from_toml(TEXT, "test.toml")
ON = date(2025, 8, 1)
ROUNDINGS = st.sampled_from(["down", "half_up", "up"])
YUAN = st.decimals(0, 60_000, places=2)


def changed(base: dict[str, Any] | None = None, **item: Any) -> InsuranceEdition:
    """The edition with other values in ``[base]``, and in its pension where some are named."""
    plain = to_plain(FEIXIAN)
    plain["base"] |= base or {}
    plain["items"][0] |= item
    return InsuranceEdition.from_plain(plain)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("employer_rate = 0.16", "employer_rate = -0.16", r"items\[1\].employer_rate 为 -0.16，应在 0 至 1 之间"),
        ("employer_rate = 0.16", "employer_rate = 16", r"items\[1\].employer_rate 为 16，应在 0 至 1 之间"),
        ("employee_rate = 0.02", "employee_rate = 1.01", r"items\[2\].employee_rate 为 1.01，应在 0 至 1 之间"),
        ("employee_rate = 0.02", "employe_rate = 0.02", r"items\[2\].employee_rate 缺少这一项"),
        ("employee_amount = 5.00", "employee_amount = -5", r"items\[2\].employee_amount 为 -5，应在 0 至"),
        ("employee_amount = 5.00", "employee_amont = 5", r"items\[2\].employee_amont 不认识这一项.*employee_amount"),
        ("employee_amount = 5.00", "employee_amount = 5.005", r"items\[2\].employee_amount 为 5.005，最多 2 位小数"),
        ('code = "medical"', 'code = "pension"', r"items\[2\].code “pension”重复，请改用别的代码"),
        ('code = "medical"', 'code = "医疗"', r"items\[2\].code 为“医疗”，应为小写英文字母"),
        ('code = "medical"', 'code = "medical2"', r"items\[2\].code 为“medical2”，应为小写英文字母"),
        ('name = "工伤保险"', 'name = ""', r"items\[4\].name 不能为空"),
        ("floor = 2200.00", "floor = 22200.01", r"items\[5\].floor 使下限 22200.01 元高于上限 22200 元"),
        ("floor = 2200.00", "ceiling = 4000", r"items\[5\].ceiling 使下限 4440 元高于上限 4000 元"),
        ("floor = 2200.00\nunit = 0.01", "unit = 10", r"items\[5\].unit 为 10，请改用：0.01、0.1、1"),
        ("floor = 2200.00\nunit = 0.01", "unit = 0", r"items\[5\].unit 为 0，应在 0.01 至 10 之间"),
        ("ceiling_share = 3.00", "ceiling_share = 0.59", r"base.floor_share 使下限 4440 元高于上限 4366 元"),
        ("ceiling_share = 3.00", "ceiling_share = 3.00\nfloor = 30000", r"base.floor 使下限 30000 元高于上限 22200 元"),
        ("ceiling_share = 3.00\n", "", r"base.ceiling 缺少缴费基数的限额，请填写 ceiling 或 ceiling_share"),
        ("average_wage = 7400.00\n", "", r"base.average_wage 缺少这一项，floor_share 需要它"),
        ("average_wage = 7400.00", "average_wage = 0", r"base.average_wage 为 0，应在 0.01 至"),
        ("unit = 0.01", "unit = 0.1", r"base.unit 为 0.1，请改用：0.01、1、10"),
        ('rounding = "half_up"', 'rounding = "even"', r"base.rounding 的代码“even”不存在，请改用：down、half_up、up"),
        ('kind = "declared_or_monthly"', 'kind = "yearly"', r"base.kind 的代码“yearly”不存在"),
        ('kind = "declared_or_monthly"', 'knd = "monthly"', r"base.kind 缺少这一项"),
        ("[base]", "[bas]", r"base 缺少这一项"),
        ("[[items]]", "[[item]]", r"item 不认识这一项，是否应为“items”"),
    ],
)
def test_a_wrong_edition_is_refused_with_place_and_remedy(old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(Refused, match=rf"test.toml：{words}"):
        InsuranceEdition.from_toml(TEXT.replace(old, new, 1), "test.toml")


def test_an_edition_without_any_item_is_refused() -> None:
    with pytest.raises(Refused, match="items 至少要有一个险种"):
        InsuranceEdition.from_plain(to_plain(FEIXIAN) | {"items": []})


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"on": None}, "facts：on 缺少这一项"),
        ({"declared_base": -1}, "facts：declared_base 为 -1，应在 0 至"),
        ({"declared_base": "5000.005"}, "facts：declared_base 为 5000.005，最多 2 位小数"),
        ({"declared_bas": 5000}, "facts：declared_bas 不认识这一项，是否应为“declared_base”"),
        ({"monthly": "五千"}, "facts：monthly 应为数字"),
        ({"exempt": "housing"}, "facts：exempt 应为险种代码的列表"),
        ({"exempt": [5]}, "facts：exempt 应为险种代码的列表"),
        ({"exempt": ["housin"]}, "没有代码为“housin”的险种，请改用：housing"),
        ({"on": "2025-06-30"}, "自 2025-07-01 起施行，不能用于 2025-06-30"),
    ],
)
def test_facts_are_read_strictly(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        try_rule("insurance", {"on": "2025-08-01", "declared_base": 5000} | facts, FEIXIAN)


@pytest.mark.parametrize("amount", [Decimal("-0.01"), Decimal("NaN"), Decimal("Infinity")])
def test_a_wage_that_cannot_be_is_refused(amount: Decimal) -> None:
    with pytest.raises(Refused, match=r"申报缴费基数为 .*，应为 0 或正数"):
        InsuranceFacts(ON, declared_base=amount)
    with pytest.raises(Refused, match=r"当月工资为 .*，应为 0 或正数"):
        InsuranceFacts(ON, monthly=amount)


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        ("declared", InsuranceFacts(ON, monthly=Decimal(5000)), "申报缴费基数，请补录"),
        ("monthly", InsuranceFacts(ON, declared_base=Decimal(5000)), "所在月的工资"),
        ("declared_or_monthly", InsuranceFacts(ON), "申报缴费基数和当月工资"),
    ],
)
def test_a_person_without_the_wage_that_is_asked_for_is_named_and_not_guessed(
    kind: str, facts: InsuranceFacts, words: str
) -> None:
    found = contributions(changed({"kind": kind}), facts)
    assert (found.base, found.items, found.employer, found.employee) == (None, (), None, None)
    assert words in str(found.missing[0])
    assert [reason.message for reason in found.reasons] == list(found.missing)


def test_a_month_without_pay_is_a_wage_of_nothing_and_pays_on_the_floor() -> None:
    found = contributions(FEIXIAN, InsuranceFacts(ON, monthly=Decimal(0)))
    assert found.base == Decimal(4440)
    assert not found.missing


@pytest.mark.parametrize(
    ("unit", "rounding", "wage", "base"),
    [
        ("1", "half_up", "5000.50", "5001"),
        ("1", "down", "5000.99", "5000"),
        ("1", "up", "5000.01", "5001"),
        ("10", "half_up", "5004.99", "5000"),
        ("10", "half_up", "5005.00", "5010"),
        ("10", "down", "4444.00", "4440"),
        ("10", "up", "22199.00", "22200"),
    ],
)
def test_the_base_is_rounded_as_the_edition_says(unit: str, rounding: str, wage: str, base: str) -> None:
    edition = changed({"unit": unit, "rounding": rounding})
    assert contributions(edition, InsuranceFacts(ON, monthly=Decimal(wage))).base == Decimal(base)


def test_a_limit_that_a_document_names_wins_over_the_share_and_is_not_rounded() -> None:
    edition = changed({"unit": "10", "floor": "4504.33", "ceiling": "22521.66"})
    assert contributions(edition, InsuranceFacts(ON, monthly=Decimal(3000))).base == Decimal("4504.33")
    assert contributions(edition, InsuranceFacts(ON, monthly=Decimal(90000))).base == Decimal("22521.66")


def test_a_limit_made_of_a_share_is_rounded_like_the_base() -> None:
    edition = changed({"average_wage": "7123.45", "unit": "1"})
    assert edition.base.limits == (Decimal(4274), Decimal(21370))


@pytest.mark.parametrize(
    ("unit", "rounding", "employer", "employee"),
    [
        ("0.01", "half_up", "888.91", "444.46"),
        ("0.1", "down", "888.9", "444.4"),
        ("0.1", "up", "889.0", "444.5"),
        ("1", "half_up", "889", "444"),
    ],
)
def test_the_amounts_of_an_item_are_rounded_as_it_says(unit: str, rounding: str, employer: str, employee: str) -> None:
    edition = changed(unit=unit, rounding=rounding)
    pension = contributions(edition, InsuranceFacts(ON, monthly=Decimal("5555.69"))).items[0]
    assert (pension.employer, pension.employee) == (Decimal(employer), Decimal(employee))


def test_every_item_has_a_reason_with_document_wage_limits_rates_and_value() -> None:
    found = contributions(FEIXIAN, InsuranceFacts(ON, declared_base=Decimal(5000), exempt=("injury",)))
    reasons = {reason.rule: reason for reason in found.reasons}
    assert list(reasons) == [
        "insurance.base",
        *(f"insurance.{item.code}" for item in FEIXIAN.items),
        "insurance.total",
    ]
    pension = reasons["insurance.pension"]
    assert "国办发〔2019〕13号" in pension.document
    assert pension.input == {
        "wage": Decimal(5000),
        "floor": Decimal(4440),
        "ceiling": Decimal(22200),
        "base": Decimal(5000),
        "employer_rate": Decimal("0.16"),
        "employee_rate": Decimal("0.08"),
    }
    assert pension.value == {"employer": Decimal(800), "employee": Decimal(400)}
    assert reasons["insurance.housing"].input["floor"] == Decimal(2200)
    assert reasons["insurance.medical"].input["employee_amount"] == Decimal(5)
    assert reasons["insurance.injury"].value == {"employer": Decimal(0), "employee": Decimal(0)}


def test_each_place_changes_its_numbers_in_july() -> None:
    for place in ("大连市", "费县"):
        before = in_force(SHIPPED, date(2025, 6, 30), place)
        after = in_force(SHIPPED, date(2025, 7, 1), place)
        assert before.head.key != after.head.key
        assert before.base.limits < after.base.limits


@given(
    wage=YUAN,
    unit=st.sampled_from(["0.01", "1", "10"]),
    rounding=ROUNDINGS,
    average=st.decimals(1000, 20_000, places=2),
)
def test_the_base_never_leaves_its_limits(wage: Decimal, unit: str, rounding: str, average: Decimal) -> None:
    edition = changed({"unit": unit, "rounding": rounding, "average_wage": average}, floor="0", ceiling="1000000")
    lowest, highest = edition.base.limits
    found = contributions(edition, InsuranceFacts(ON, monthly=wage))
    assert found.base is not None
    assert lowest <= found.base <= highest
    assert found.items[0].base == edition.base.rounded(wage)


@given(
    wage=YUAN,
    rates=st.tuples(st.decimals(0, 1, places=6), st.decimals(0, 1, places=6)),
    fixed=st.decimals(0, 100, places=2),
    unit=st.sampled_from(["0.01", "0.1", "1"]),
    rounding=ROUNDINGS,
    exempt=st.sets(st.sampled_from([item.code for item in FEIXIAN.items])),
)
def test_contributions_are_never_negative_and_add_up(
    wage: Decimal, rates: tuple[Decimal, Decimal], fixed: Decimal, unit: str, rounding: str, exempt: set[str]
) -> None:
    employer_rate, employee_rate = rates
    edition = changed(
        employer_rate=employer_rate, employee_rate=employee_rate, employee_amount=fixed, unit=unit, rounding=rounding
    )
    found = contributions(edition, InsuranceFacts(ON, monthly=wage, exempt=tuple(sorted(exempt))))
    assert {item.code for item in found.items} == {item.code for item in edition.items} - exempt
    assert all(item.employer >= 0 and item.employee >= 0 for item in found.items)
    assert found.employer == sum(item.employer for item in found.items)
    assert found.employee == sum(item.employee for item in found.items)
    both = sum(item.employer + item.employee for item in found.items)
    assert found.employer is not None
    assert found.employee is not None
    assert found.employer + found.employee == both


@given(one=YUAN, other=YUAN)
def test_nobody_contributes_less_on_a_higher_wage(one: Decimal, other: Decimal) -> None:
    less, more = (contributions(FEIXIAN, InsuranceFacts(ON, monthly=wage)) for wage in sorted((one, other)))
    for below, above in zip(less.items, more.items, strict=True):
        assert below.employer <= above.employer
        assert below.employee <= above.employee
