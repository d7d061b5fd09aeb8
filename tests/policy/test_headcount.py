"""Quotas and vacancies: order, limits, exact rounding, kinds of units, and where the seconded are counted."""

from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import shipped
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import to_plain
from careerpath.policy.headcount import HeadcountEdition, HeadcountFacts, Staffing, headcount, vacancy
from careerpath.policy.trial import try_rule
from careerpath.words import Refused

SHIPPED = {edition.head.key: edition for edition in shipped("headcount") if isinstance(edition, HeadcountEdition)}
DALIAN, FEIXIAN = SHIPPED["dalian-2013"], SHIPPED["feixian-2022"]
FIGURES = st.integers(0, 60_000)
PEOPLE = st.integers(0, 40)
THIRDS = {"way": "per", "of": "households", "count": 1, "per": 3}


def changed(edition: HeadcountEdition, **parts: Any) -> HeadcountEdition:
    """The edition with some of its top-level parts replaced by plain values; ``None`` leaves a part out."""
    plain = to_plain(edition) | parts
    return HeadcountEdition.from_plain({key: value for key, value in plain.items() if value is not None})


def quota_of(edition: HeadcountEdition, households: int | None, residents: int | None = 0) -> int:
    """The quota of a community with these figures."""
    found = headcount(edition, HeadcountFacts(UnitKind.COMMUNITY, households, residents))
    assert found.quota is not None
    return found.quota


@given(key=st.sampled_from(sorted(SHIPPED)), figures=st.tuples(FIGURES, FIGURES), other=FIGURES)
def test_more_households_or_residents_never_make_a_smaller_quota(
    key: str, figures: tuple[int, int], other: int
) -> None:
    less, more = sorted(figures)
    edition = SHIPPED[key]
    assert quota_of(edition, less, other) <= quota_of(edition, more, other)
    assert quota_of(edition, other, less) <= quota_of(edition, other, more)


@given(key=st.sampled_from(["feixian-2022", "ordos"]), households=FIGURES, residents=FIGURES)
def test_a_quota_stays_within_floor_and_cap(key: str, households: int, residents: int) -> None:
    edition = SHIPPED[key]
    limits = edition.limits_for(UnitKind.COMMUNITY)
    assert limits is not None
    assert (limits.floor or 0) <= quota_of(edition, households, residents) <= (limits.cap or 0)


@given(households=FIGURES, per=st.integers(1, 5000))
def test_a_quotient_becomes_whole_as_the_edition_says(households: int, per: int) -> None:
    part = to_plain(DALIAN)["parts"][0] | {"per": per}
    quotas = {
        mode: quota_of(changed(DALIAN, parts=[part], rounding={"mode": mode}), households)
        for mode in ("down", "half_up", "up")
    }
    assert quotas["down"] == households // per
    assert quotas["up"] == -(-households // per)
    assert quotas["half_up"] == (2 * households + per) // (2 * per)


@pytest.mark.parametrize(("mode", "quota"), [("down", 9), ("half_up", 9), ("up", 10)])
def test_1850_households_make_nine_or_ten_by_the_way_of_rounding(mode: str, quota: int) -> None:
    assert quota_of(changed(DALIAN, rounding={"mode": mode}), 1850) == quota


def thirds(stage: str, mode: str) -> HeadcountEdition:
    """An edition that adds three quotients of a third of the households each."""
    parts = [{"code": code, "name": code, **THIRDS} for code in ("first", "second", "third")]
    return changed(DALIAN, parts=parts, combination={"way": "sum"}, rounding={"mode": mode, "stage": stage})


@given(households=FIGURES)
def test_thirds_add_up_exactly_when_only_the_sum_is_rounded(households: int) -> None:
    assert {quota_of(thirds("total", mode), households) for mode in ("down", "half_up", "up")} == {households}


@given(households=FIGURES)
def test_parts_that_are_rounded_one_by_one_add_up_whole(households: int) -> None:
    assert quota_of(thirds("part", "down"), households) == 3 * floor(households / 3)
    assert quota_of(thirds("part", "up"), households) == 3 * ceil(households / 3)


def test_each_part_that_is_rounded_by_itself_is_told_before_the_sum() -> None:
    found = headcount(thirds("part", "up"), HeadcountFacts(UnitKind.COMMUNITY, 100))
    steps = [reason.rule.removeprefix("headcount.") for reason in found.reasons]
    assert steps == ["per", "rounding"] * 3 + ["combination", "quota"]
    assert "33.3333… 名取整（进一）为 34 名" in str(found.reasons[1].message)
    assert "各项分别为 34、34、34 名，相加为 102 名" in str(found.reasons[-2].message)


def test_a_fixed_number_is_added_to_what_the_households_give() -> None:
    fixed = {"code": "party", "name": "党群专职", "way": "fixed", "count": 2}
    edition = changed(DALIAN, parts=[*to_plain(DALIAN)["parts"], fixed], combination={"way": "sum"})
    found = headcount(edition, HeadcountFacts(UnitKind.COMMUNITY, 1850))
    assert found.quota == 11
    assert "党群专职：每个单位 2 名" in str(found.reasons[1].message)


def test_every_missing_figure_is_listed_once_and_nothing_is_guessed() -> None:
    by_residents = {"code": "residents", "name": "按人口", "way": "per", "of": "residents", "count": 18, "per": 10000}
    parts = [*to_plain(thirds("total", "up"))["parts"], by_residents]
    edition = changed(FEIXIAN, parts=parts, combination={"way": "greatest"})
    found = headcount(edition, HeadcountFacts(UnitKind.COMMUNITY))
    assert found.quota is None
    assert found.applies
    assert [str(wanted)[:4] for wanted in found.missing] == ["缺少户数", "缺少常住"]
    assert [reason.rule for reason in found.reasons] == ["headcount.missing"] * 2
    one = headcount(edition, HeadcountFacts(UnitKind.COMMUNITY, residents=60_000))
    assert one.quota is None
    assert one.missing == found.missing[:1]


def test_a_unit_of_another_kind_has_no_quota_and_nothing_missing() -> None:
    found = headcount(FEIXIAN, HeadcountFacts(UnitKind.VILLAGE))
    assert (found.quota, found.applies, found.missing) == (None, False, ())
    assert "本办法不适用于村" in str(found.reasons[0].message)


def test_floor_and_cap_can_differ_by_kind_of_unit() -> None:
    limits = [{"kinds": ["community"], "floor": 5, "cap": 9}, {"kinds": ["village"], "floor": 2}]
    edition = changed(DALIAN, units={"kinds": ["community", "village"]}, limits=limits)
    assert headcount(edition, HeadcountFacts(UnitKind.COMMUNITY, 100)).quota == 5
    assert headcount(edition, HeadcountFacts(UnitKind.VILLAGE, 100)).quota == 2
    big = headcount(edition, HeadcountFacts(UnitKind.VILLAGE, 4000))
    assert big.quota == 20
    assert "20 名不低于下限 2 名" in str(big.reasons[-2].message)


@given(quota=PEOPLE, serving=PEOPLE, away=PEOPLE, here=PEOPLE)
def test_the_seconded_count_at_home_and_vacancy_and_excess_add_up(
    quota: int, serving: int, away: int, here: int
) -> None:
    found = vacancy(DALIAN, quota, Staffing(serving, away, here))
    assert found.actual == serving + away
    assert found.vacant is not None
    assert found.excess is not None
    assert quota == found.actual + found.vacant - found.excess
    assert min(found.vacant, found.excess) == 0


def test_sending_somebody_away_opens_no_vacancy() -> None:
    before, after = vacancy(DALIAN, 9, Staffing(9)), vacancy(DALIAN, 9, Staffing(8, seconded_away=1))
    assert (before.vacant, after.vacant) == (0, 0)
    assert "派往外单位 1 人仍计入本单位" in str(after.reasons[0].message)
    assert after.reasons[0].document == "挂职、跟岗人员计入派出单位的通常做法"


def test_a_place_may_count_the_seconded_where_they_work() -> None:
    edition = changed(DALIAN, secondment={"counted_at": "host"})
    found = vacancy(edition, 9, Staffing(8, seconded_away=1, seconded_here=2))
    assert (found.actual, found.vacant, found.excess) == (10, 0, 1)
    assert "派往外单位 1 人不计入本单位，外单位派来 2 人计入" in str(found.reasons[0].message)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"households": -1}, "facts：households 为 -1，应在 0 至"),
        ({"households": 1850.5}, "facts：households 应为整数"),
        ({"household": 1850}, "facts：household 不认识这一项，是否应为“households”"),
        ({"unit_kind": "社区"}, "facts：unit_kind 的代码“社区”不存在"),
        ({"staff": {"seconded_away": 1}}, "facts：staff.serving 缺少这一项"),
        ({"staff": {"serving": 1, "away": 1}}, "facts：staff.away 不认识这一项"),
    ],
)
def test_facts_are_read_strictly(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        try_rule("headcount", facts, DALIAN)


def test_figures_below_zero_are_refused_wherever_they_come_from() -> None:
    with pytest.raises(Refused, match="户数、人口数不能小于 0"):
        HeadcountFacts(UnitKind.COMMUNITY, residents=-1)
    with pytest.raises(Refused, match="人数不能小于 0"):
        Staffing(3, seconded_here=-1)
