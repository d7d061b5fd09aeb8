"""The people of the demo as a plan, before anything is written."""

from datetime import date, timedelta

import pytest
from stdnum import numdb
from stdnum.cn import ric

from careerpath.demo.chance import Chance, share_out
from careerpath.demo.people import YEAR_DAYS, Town, plan_town
from careerpath.demo.places import DALIAN, FEIXIAN, PLACES, Place, unit_rows
from careerpath.demo.texts.summaries import LONG, MIXED, RARE, summary
from careerpath.demo.times import Times
from careerpath.policy.codes import Post

TODAY = date(2026, 11, 21)


def make_town(place: Place = FEIXIAN, people: int = 330, seed: int = 1) -> Town:
    return plan_town(place, Times(TODAY), seed, people)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("people", [20, 61, 330, 2000])
def test_a_set_of_any_size_has_as_many_people_as_wanted_and_recruits_in_proportion(place: Place, people: int) -> None:
    town = make_town(place, people)
    recruits = [person for person in town.people if person.batch]
    assert len(town.people) == people
    assert len(recruits) == round(people * 212 / 330)
    assert {person.batch for person in recruits} == {1, 2, 3, 4}
    mean = sum((TODAY - person.born_on).days for person in recruits) / len(recruits) / YEAR_DAYS
    assert 29.9 < mean < 30.1
    assert all(person.joined_on <= TODAY for person in town.everybody)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_every_unit_with_people_has_one_secretary_today(place: Place) -> None:
    town = make_town(place)
    led = [person.post.row.code for person in town.people if person.level is Post.CHIEF]
    assert sorted(led) == sorted(post.row.code for post in town.posts)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_identity_numbers_are_sound_distinct_and_of_a_division_that_is_assigned_to_nobody(place: Place) -> None:
    numbers = [person.identity for person in make_town(place, 1000).everybody]
    divisions = numdb.get("cn/loc")
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert number[-1] == ric.calc_check_digit(number)
        assert "county" not in {name for _, known in divisions.info(number[:6]) for name in known}


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    one, again, other = make_town(seed=1), make_town(seed=1), make_town(seed=2)
    names = [[person.named.name for person in town.everybody] for town in (one, again, other)]
    assert names[0] == names[1] != names[2]
    assert [person.identity for person in one.people] == [person.identity for person in again.people]


def test_five_recruits_lead_and_twenty_five_are_compound_secretaries() -> None:
    people = make_town().people
    assert sum(person.promoted_on is not None for person in people) == 5
    assert sum(person.compound_on is not None for person in people) == 25


def test_some_names_try_every_typeface() -> None:
    names = {person.named.name for person in make_town().people}
    assert {"阿依古丽·买买提", "魏堃宁", "闵赟", "鲍镕泽", "孔令喆"} <= names


def test_the_whole_real_tree_is_there_with_believable_figures() -> None:
    for place, count in ((FEIXIAN, 429), (DALIAN, 1995)):
        rows = unit_rows(place, 1)
        assert len(rows) == count
        communities = [row for row in rows if row.kind == "community"]
        assert all(500 <= (row.households or 0) <= 3000 for row in communities)
        assert all(2 < (row.residents or 0) / (row.households or 1) < 3.2 for row in communities)


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 11, 21), 2026), (date(2026, 10, 20), 2026), (date(2026, 10, 19), 2025), (date(2027, 2, 1), 2026)],
)
def test_the_open_year_is_the_one_whose_season_began_last(today: date, year: int) -> None:
    times = Times(today)
    assert times.year == year
    assert times.past == (year - 3, year - 2, year - 1)
    assert times.opened_on <= times.under_way(0.5) <= times.under_way(1) < today


def test_summaries_are_of_usual_length_and_some_try_the_limits_of_a_form() -> None:
    person = make_town().worker
    lengths = [len(summary(Chance.of(seed), person, 2026)) for seed in range(60)]
    assert min(lengths) >= 300
    assert max(lengths) <= 800
    assert len(summary(Chance.of(1), person, 2026, LONG)) > 3000
    assert "2,346" in summary(Chance.of(1), person, 2026, MIXED)
    assert "堃" in summary(Chance.of(1), person, 2026, RARE)


def test_shares_add_up_and_the_largest_remainder_comes_first() -> None:
    assert share_out(10, [1, 1, 1]) == [4, 3, 3]
    assert share_out(212, [48, 60, 56, 48]) == [48, 60, 56, 48]
    assert share_out(7, [100, 1, 1], least=2) == [3, 2, 2]
    assert share_out(2, [1, 1, 1], least=5) == [1, 1, 0]


def test_the_demo_never_reaches_into_the_future() -> None:
    town = make_town()
    late = [person.joined_on for person in town.people if person.late]
    assert late
    assert max(late) < town.times.opened_on
    assert town.times.under_way(1) == TODAY - timedelta(days=1)
