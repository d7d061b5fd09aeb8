"""The quota of 优秀."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.appraisal import counts_for_quota, quota
from careerpath.policy.codes import DETERMINED, Grade
from careerpath.policy.edition import to_plain
from careerpath.policy.rounding import Rounding
from careerpath.words import Refused
from tests.policy.editions import FEIXIAN, SHIPPED, changed

ALLOWED_AT_A_FIFTH = [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5]
ALLOWED_AT_A_FIFTH += [5, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 10]


@pytest.mark.parametrize(("people", "allowed"), list(enumerate(ALLOWED_AT_A_FIFTH, start=1)))
def test_a_fifth_is_rounded_down(people: int, allowed: int) -> None:
    assert quota(FEIXIAN, people, 0).allowed == allowed


def test_the_street_of_168_people_has_33_places() -> None:
    found = quota(FEIXIAN, 168, 31)
    assert (found.allowed, found.used, found.left, found.denominator) == (33, 31, 2, 168)
    assert not found.exceeded
    assert found.problem is None
    assert found.full is None
    assert str(found.reason.message) == "优秀名额 33 名：168 人的 20%，向下取整。"
    assert found.reason.clause == "第十二条"


def test_a_full_and_an_exceeded_quota_say_so_with_numbers_and_ground() -> None:
    full = quota(FEIXIAN, 40, 8)
    assert str(full.full).startswith("优秀名额已满（8/8，依据费县社区工作者年度考核办法（示例，非官方）第十二条）")
    assert full.problem is None
    over = quota(FEIXIAN, 40, 9)
    assert over.left == 0
    assert str(over.problem).startswith("优秀名额已超出（9/8，依据")


def test_an_approval_document_raises_the_share_to_a_quarter() -> None:
    assert quota(FEIXIAN, 40, 9, with_approval=True).allowed == 10
    plain = to_plain(FEIXIAN)["quota"]
    del plain["with_approval_share"]
    with pytest.raises(Refused, match="没有规定经批准提高的优秀比例"):
        quota(changed(FEIXIAN, quota=plain), 40, 9, with_approval=True)


@pytest.mark.parametrize(("rounding", "allowed"), [("down", 1), ("half_up", 2), ("up", 2)])
def test_rounding_is_the_editions_choice(rounding: str, allowed: int) -> None:
    plain = to_plain(FEIXIAN)["quota"] | {"rounding": Rounding(rounding).value}
    assert quota(changed(FEIXIAN, quota=plain), 8, 0).allowed == allowed


@pytest.mark.parametrize(("graded", "excellent"), [(-1, 0), (3, 4), (3, -1)])
def test_counts_that_cannot_be_are_refused(graded: int, excellent: int) -> None:
    with pytest.raises(Refused, match="人数不可能成立"):
        quota(FEIXIAN, graded, excellent)


def test_people_without_a_grade_are_outside_the_denominator() -> None:
    assert [grade for grade in Grade if counts_for_quota(FEIXIAN, grade)] == list(DETERMINED)


def test_an_edition_without_a_quota_limits_nobody() -> None:
    found = quota(SHIPPED["fuqianglu-2013"], 10, 10)
    assert not found.limited
    assert not found.exceeded
    assert found.full is None


@given(people=st.integers(0, 5000), share=st.integers(0, 10000))
def test_a_quota_rounded_down_never_exceeds_its_share(people: int, share: int) -> None:
    plain = to_plain(FEIXIAN)["quota"] | {"share": str(Decimal(share) / 10000), "with_approval_share": "1"}
    allowed = quota(changed(FEIXIAN, quota=plain), people, 0).allowed
    assert allowed * 10000 <= share * people < (allowed + 1) * 10000
