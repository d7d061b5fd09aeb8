"""Ballots: what is shown, and what is never shown."""

from decimal import Decimal

import pytest

from careerpath.policy.appraisal import satisfaction, tally
from careerpath.words import Refused
from tests.policy.editions import FEIXIAN, SHIPPED, changed


def test_votes_are_told_as_numbers_and_percentages() -> None:
    found = tally(FEIXIAN, {"peer": {"1": 21, "2": 9, "3": 0, "4": 0}})
    assert found.total == 30
    assert found.counts == {"1": 21, "2": 9, "3": 0, "4": 0}
    assert found.percentages == {"1": Decimal(70), "2": Decimal(30), "3": Decimal(0), "4": Decimal(0)}
    assert found.weighted is None


def test_fewer_votes_than_the_minimum_are_not_shown() -> None:
    with pytest.raises(Refused, match="有效票 4 张，少于 5 张，不予显示"):
        tally(FEIXIAN, {"peer": {"1": 4}})
    assert tally(FEIXIAN, {"peer": {"1": 4, "2": 1}}).total == 5


def test_a_small_class_hides_the_classes_so_that_it_cannot_be_worked_out() -> None:
    found = tally(FEIXIAN, {"leader": {"1": 1}, "peer": {"1": 10, "2": 5}})
    assert found.total == 16
    assert found.by_class == {}


def test_classes_are_weighted_when_all_of_them_may_be_shown() -> None:
    votes = {"leader": {"1": 5}, "peer": {"1": 5, "2": 5}, "resident": {"2": 20}}
    found = tally(FEIXIAN, votes)
    assert found.by_class == votes
    assert found.weighted == {"1": Decimal("50.00"), "2": Decimal("50.00"), "3": Decimal(0), "4": Decimal(0)}


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ({"friends": {"1": 9}}, "没有“friends”这一类投票人"),
        ({"peer": {"5A": 9}}, "选票没有“5A”这一项"),
        ({"peer": {"1": -9}}, "的票数 -9 不正确"),
    ],
)
def test_impossible_votes_are_refused(votes: dict[str, dict[str, int]], words: str) -> None:
    with pytest.raises(Refused, match=words):
        tally(FEIXIAN, votes)


def test_satisfaction_is_the_mean_of_the_points() -> None:
    assert satisfaction(FEIXIAN, {"satisfied": 90, "fairly_satisfied": 8, "dissatisfied": 2}) == Decimal("94.80")
    assert satisfaction(FEIXIAN, {"fairly_satisfied": 5}) == Decimal(60)
    with pytest.raises(Refused, match="不予显示"):
        satisfaction(FEIXIAN, {"satisfied": 4})


def test_an_edition_without_ballots_counts_none() -> None:
    with pytest.raises(Refused, match="没有规定民主测评"):
        tally(SHIPPED["beijing-2012"], {"peer": {"1": 30}})
    with pytest.raises(Refused, match="没有规定满意度的计分"):
        satisfaction(changed(FEIXIAN, ballot={"minimum": 5}), {"satisfied": 30})
