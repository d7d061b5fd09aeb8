"""Who suits which host in a round: points within their weights, reasons that add up, and weights that must be 1."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import shipped
from careerpath.policy.edition import to_plain
from careerpath.policy.rotation import Candidate, Opening, RotationEdition, Wish, suit, turn_of
from careerpath.words import Refused

SHIPPED: dict[str, Any] = {edition.head.key: edition for edition in shipped("rotation")}
COUNTY: RotationEdition = SHIPPED["feixian-rotation-2016"]
BEGINS = date(2026, 1, 1)
LINES = st.frozensets(st.sampled_from(["党建", "救助", "养老", "文体"]), max_size=4)
WISHES = st.none() | st.builds(Wish, st.just(""), st.none() | st.integers(1, 3), LINES)


@given(wish=WISHES, joined=st.dates(date(2010, 1, 1), BEGINS), gaps=LINES, lines=LINES)
def test_the_reasons_add_up_to_the_points_and_each_stays_within_its_weight(
    wish: Wish | None, joined: date, gaps: frozenset[str], lines: frozenset[str]
) -> None:
    candidate = Candidate(1, wish, turn_of(COUNTY, joined, [], BEGINS), gaps)

    found = suit(COUNTY, "secondment", BEGINS, candidate, Opening(2, lines=lines))

    assert found is not None
    values = [reason.value for reason in found.reasons]
    assert all(isinstance(value, Decimal) for value in values)
    assert abs(sum(Decimal(str(value)) for value in values) - found.points) <= Decimal("0.1")
    assert [value <= most for value, most in zip(values, (40, 40, 20), strict=True)] == [True] * 3


@given(wish=WISHES, gaps=LINES, lines=LINES, more=LINES)
def test_a_host_where_more_of_what_is_wished_can_be_learnt_is_never_worth_less_for_the_wish(
    wish: Wish | None, gaps: frozenset[str], lines: frozenset[str], more: frozenset[str]
) -> None:
    candidate = Candidate(1, wish, None, gaps)
    small = suit(COUNTY, "secondment", BEGINS, candidate, Opening(2, lines=lines))
    large = suit(COUNTY, "secondment", BEGINS, candidate, Opening(2, lines=lines | more))

    assert small is not None
    assert large is not None
    assert large.reasons[0].value >= small.reasons[0].value


def test_an_edition_without_weights_proposes_nothing() -> None:
    edition = replace(COUNTY, planning=None)
    assert suit(edition, "secondment", BEGINS, Candidate(1), Opening(2)) is None
    assert RotationEdition.from_plain({k: v for k, v in to_plain(COUNTY).items() if k != "planning"}) == edition


def test_weights_that_do_not_add_up_are_refused() -> None:
    plain = to_plain(COUNTY)
    plain["planning"]["wish"] = "0.50"
    with pytest.raises(Refused, match="各项权重合计应为 1"):
        RotationEdition.from_plain(plain)
