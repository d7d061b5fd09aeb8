"""What holds for every career and every selection, and what an edition may not say."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import shipped
from careerpath.policy.edition import to_plain
from careerpath.policy.talent_pool import (
    Ahead,
    Concern,
    Ending,
    Entrant,
    HeldRung,
    Outcome,
    Person,
    Purpose,
    Span,
    TalentPoolEdition,
    check_gate,
    concerns,
    endings,
    is_risk,
    select,
    term_on,
)
from careerpath.policy.talent_pool.spans import completed_on, merged, months_in_a_row, months_in_all
from careerpath.words import Refused

SHIPPED: Mapping[str, Any] = {edition.head.key: edition for edition in shipped("talent_pool")}
COUNTY = SHIPPED["feixian-pool-2016"]
DAY = timedelta(days=1)
LATER = date(2080, 1, 1)

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
lengths = st.integers(0, 5000)
closed = st.builds(lambda first, length: Span(first, first + length * DAY), days, lengths)
spans = st.lists(st.one_of(closed, days.map(Span)), min_size=1, max_size=5)
points = st.decimals(0, 100, places=2)


@given(spans)
def test_merged_spans_hold_the_same_days_and_never_touch(held: list[Span]) -> None:
    found = merged(held)
    for before, after in pairwise(found):
        assert before.ends_on is not None
        assert before.ends_on + DAY < after.starts_on
    for span in held:
        for day in (span.starts_on - DAY, span.starts_on, span.ends_on or LATER, (span.ends_on or LATER) + DAY):
            assert any(one.holds(day) for one in held) == any(one.holds(day) for one in found)


@given(spans, st.integers(1, 200), st.booleans())
def test_months_are_complete_from_the_day_that_is_told_and_not_before(
    held: list[Span], months: int, in_a_row: bool
) -> None:
    count = months_in_a_row if in_a_row else months_in_all
    day = completed_on(held, months, in_a_row=in_a_row)
    if day is None:
        assert count(held, LATER) < months
    else:
        assert count(held, day) >= months
        assert count(held, day - DAY) < months


@given(spans, days)
def test_in_a_row_is_never_more_than_added_up(held: list[Span], on: date) -> None:
    assert months_in_a_row(held, on) <= months_in_all(held, on)


@given(days, st.integers(0, 400))
def test_a_whole_number_of_months_is_complete_on_the_day_of_the_same_number(first: date, months: int) -> None:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if first.day <= 28:
        assert months_in_all([Span(first)], date(year, month + 1, first.day)) == months
        assert months_in_all([Span(first, date(year, month + 1, first.day) - DAY)], LATER) == (months or 0)


@given(st.lists(st.tuples(points, points, points), min_size=1, max_size=12), st.integers(1, 4), st.randoms())
def test_a_selection_never_takes_more_than_there_are_places_whoever_is_named_first(
    rows: list[tuple[Decimal, ...]], places: int, chance: Any
) -> None:
    codes = [stage.code for stage in COUNTY.stages]
    people = [Entrant(f"P{n:02d}", dict(zip(codes, row, strict=True))) for n, row in enumerate(rows)]
    lines = select(COUNTY, people, places)
    mixed = list(people)
    chance.shuffle(mixed)
    assert sorted(select(COUNTY, mixed, places), key=lambda one: one.id) == sorted(lines, key=lambda one: one.id)
    selected = [line for line in lines if line.outcome is Outcome.SELECTED]
    assert len(selected) <= places
    for line in selected:
        beaten = [one for one in lines if one.outcome is Outcome.NOT_SELECTED]
        assert all((line.total or 0) >= (one.total or 0) for one in beaten)


def test_somebody_who_withdraws_holds_no_place() -> None:
    full = {"recommendation": Decimal(90), "speech": Decimal(90), "interview": Decimal(90)}
    less = {code: Decimal(70) for code in full}
    lines = {line.id: line.outcome for line in select(COUNTY, [Entrant("甲", full, True), Entrant("乙", less)], 1)}
    assert lines == {"甲": Outcome.WITHDRAWN, "乙": Outcome.SELECTED}


def test_the_present_rung_is_asked_for_without_months() -> None:
    condition = {"gate": "now", "code": "now", "name": "现任", "kind": "rung", "rung": "committee"}
    gate = {"code": "now", "name": "现任委员", "purpose": "rung", "rung": "secretary"}
    edition = changed(COUNTY, gates=[gate], conditions=[condition], extras=[])
    there = Person(rungs=(HeldRung("committee", Span(date(2025, 1, 1), date(2025, 12, 31))),))
    assert check_gate(edition, "now", there, date(2025, 12, 31)).eligible
    assert check_gate(edition, "now", there, date(2026, 1, 1)).eligible is False


def test_the_county_has_a_gate_to_the_reserve_and_one_to_the_post() -> None:
    reserve, post = (COUNTY.gate_to("secretary", purpose) for purpose in (Purpose.POOL, Purpose.RUNG))
    assert (reserve and reserve.code, post and post.code) == ("reserve_secretary", "to_secretary")
    assert COUNTY.gate_to("worker", Purpose.RUNG) is None


def term(rung: str, first: str, last: str) -> dict[str, str]:
    return {"rung": rung, "name": "届次", "starts_on": first, "ends_on": last}


def test_a_term_lasts_until_the_next_one_begins() -> None:
    terms = [term("secretary", "2016-01-01", "2020-12-31"), term("secretary", "2021-03-01", "2025-12-31")]
    edition = changed(COUNTY, terms=terms)
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2021, 2, 28), date(2021, 3, 1), date(2026, 6, 1))
    found = [term_on(edition, "secretary", day) for day in days]
    assert [one and one.ends_on.year for one in found] == [None, 2020, 2020, 2025, 2025]
    assert term_on(edition, "committee", date(2022, 1, 1)) is None


def ahead(kind: Ending, last: date) -> Ahead:
    (found,) = endings(COUNTY, "compound_secretary", last, date(2026, 1, 1))
    return replace(found, kind=kind)


@pytest.mark.parametrize(
    ("holders", "reserves", "found", "risk"),
    [
        ([], None, (Concern.VACANT,), True),
        ([], (2, 1), (Concern.VACANT,), True),
        ([()], (2, 1), (), False),
        ([()], (0, 0), (Concern.NO_RESERVE,), True),
        ([()], (2, 0), (Concern.NOT_READY,), False),
        ([(ahead(Ending.RETIREMENT, date(2028, 12, 31)),)], (2, 0), (Concern.RETIRING, Concern.NOT_READY), True),
        ([(ahead(Ending.RETIREMENT, date(2028, 12, 31)),)], (2, 1), (Concern.RETIRING,), False),
        ([(ahead(Ending.RETIREMENT, date(2029, 1, 1)),)], (2, 0), (Concern.NOT_READY,), False),
        ([(ahead(Ending.TERM, date(2026, 1, 1)),), ()], (2, 0), (Concern.TERM, Concern.NOT_READY), False),
        ([(ahead(Ending.TERM, date(2025, 12, 31)),)], (2, 0), (Concern.OVER, Concern.NOT_READY), True),
    ],
)
def test_a_post_is_a_risk_where_it_is_vacant_or_falls_vacant_with_nobody_ready(
    holders: list[tuple[Ahead, ...]], reserves: tuple[int, int] | None, found: tuple[Concern, ...], risk: bool
) -> None:
    told = concerns(holders, reserves, date(2026, 1, 1), date(2028, 12, 31))
    assert told == found
    assert is_risk(told) is risk


@given(days, st.integers(0, 2000))
def test_the_months_left_in_an_office_are_full_ones(on: date, more: int) -> None:
    (found,) = endings(changed(COUNTY, terms=[]), "secretary", on + more * DAY, on)
    assert not found.over
    assert found.months == months_in_all([Span(on, on + more * DAY)], LATER)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"gates": [{"code": "a", "name": "甲", "purpose": "rung"}]}, "gates[1].rung"),
        ({"gates": [{"code": "a", "name": "甲", "purpose": "pool", "rung": "mayor"}]}, "没有“mayor”"),
        ({"conditions": [{"gate": "x", "code": "a", "name": "甲", "kind": "discipline"}]}, "没有“x”"),
        ({"conditions": [{"gate": "to_secretary", "code": "a", "name": "甲", "kind": "service"}]}, "months"),
        (
            {"conditions": [{"gate": "to_secretary", "code": "a", "name": "甲", "kind": "service", "months": 3}]},
            "months_inclusive",
        ),
        (
            {"conditions": [{"gate": "to_secretary", "code": "a", "name": "甲", "kind": "discipline", "oldest": 40,
                             "oldest_inclusive": True}]},
            "不属于 discipline 类条件",
        ),
        ({"standard": {"least": 4, "most": 3}}, "大于 most"),
        ({"exits": [{"kind": "age", "name": "年龄"}]}, "exits[1].oldest"),
        ({"exits": [{"kind": "appointed", "name": "已任用", "months": 3}]}, "不属于这类出库原因"),
        ({"stages": [{"code": "a", "name": "甲", "maximum": 100, "weight": "0.5"}]}, "合计应为 1"),
        ({"stages": [{"code": "a", "name": "甲", "maximum": 100, "weight": 1, "line": 101}]}, "高于满分"),
        ({"rungs": [{"code": "a", "name": "甲"}]}, "posts 或 roles"),
        ({"terms": [term("mayor", "2021-01-01", "2025-12-31")]}, "没有“mayor”"),
        ({"terms": [term("secretary", "2021-01-01", "2020-12-31")]}, "早于 starts_on"),
        (
            {"terms": [term("secretary", "2021-01-01", "2025-12-31"), term("secretary", "2025-12-31", "2030-12-31")]},
            "terms[2].starts_on",
        ),
    ],
)  # fmt: skip
def test_an_edition_that_cannot_be_is_refused_with_its_place(part: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=re.escape(told)):
        changed(COUNTY, **part)


def changed(edition: TalentPoolEdition, **parts: Any) -> TalentPoolEdition:
    """An edition with some of its parts exchanged."""
    return TalentPoolEdition.from_plain({**to_plain(edition), **parts}, "edition")
