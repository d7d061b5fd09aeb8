"""The years ahead: who retires, who steps up, what it costs."""

from datetime import date

import numpy as np

from careerpath.policy.codes import Grade, Post, Sex
from careerpath.policy.pay import Held, PayFacts, Span, level_on, pay_month
from careerpath.policy.retirement import RetirementFacts, retirement
from careerpath.population import ASSUMPTIONS, Person, forecast, gather
from careerpath.population.days import NEVER, day_of
from careerpath.population.gathering import POSTS
from careerpath.population.retiring import retiring
from tests.factories.population import PAY, RETIREMENT, chance, random_person

FIRST = date(2026, 1, 1)
EDITION, NATIONAL = PAY["dalian-3x38"], RETIREMENT["national-2025"]


def worker(id: int, born_on: date | None, sex: Sex = Sex.MALE, **changes: object) -> Person:
    given: dict[str, object] = {
        "on": FIRST,
        "service": (Span(date(2024, 1, 1)),),
        "posts": (Held(Post.STAFF, date(2024, 1, 1)),),
        "studies": (),
    }
    return Person(id, PayFacts(**(given | changes)), born_on, sex)  # type: ignore[arg-type]


def test_every_last_day_of_service_is_that_of_the_retirement_rule() -> None:
    rng = chance("retiring")
    for edition in RETIREMENT.values():
        people = gather([random_person(number, rng, EDITION) for number in range(300)])
        rank = np.array([rng.randrange(4) for _ in range(people.count)], np.int32)
        found = retiring(edition, people, rank)
        for place, person in enumerate(people.known or ()):
            exact = None
            if person.born_on is not None:
                post = POSTS[rank[place] - 1] if rank[place] else None
                exact = retirement(edition, RetirementFacts(person.born_on, person.sex, post)).retires_on
            assert (exact is None) == bool(found.unknown[place])
            assert (None if found.last[place] == NEVER else day_of(found.last[place])) == exact


def test_people_leave_in_the_year_of_their_age_and_the_cost_goes_with_them() -> None:
    # A man born in March 1966 retires at 60 years and 4 months, at the end of July 2026.
    found = forecast(EDITION, gather([worker(1, date(1966, 3, 9)), worker(2, date(1990, 1, 1))]), FIRST, NATIONAL, 2)
    first, second = found.years
    assert (first.starting, first.retiring, first.ending) == (2, 1, 1)
    assert (second.starting, second.retiring, second.ending) == (1, 0, 1)
    assert (first.overdue, first.leaving, first.lacking) == (0, 0, 0)
    facts = worker(2, None).facts
    months = [date(2026 + number // 12, number % 12 + 1, 1) for number in range(24)]
    alone = [pay_month(EDITION, facts, month).total * 100 for month in months]
    assert first.pay == sum(alone[:12]) + sum(alone[:7])
    assert second.cost == sum(alone[12:])


def test_people_past_their_age_leave_before_the_first_day_and_are_counted_as_overdue() -> None:
    found = forecast(EDITION, gather([worker(1, date(1960, 1, 1))]), FIRST, NATIONAL, 1)
    (year,) = found.years
    assert (year.starting, year.retiring, year.overdue, year.pay) == (0, 1, 1, 0)


def test_whose_age_cannot_be_told_stays_and_is_named() -> None:
    people = gather([worker(1, None), worker(2, date(1970, 1, 1), Sex.UNKNOWN), worker(3, date(1990, 1, 1))])
    found = forecast(EDITION, people, FIRST, NATIONAL, 1)
    assert found.unknown == (0, 1)
    assert found.years[0].ending == 3


def test_a_known_last_day_is_leaving_and_no_retirement() -> None:
    span = (Span(date(2024, 1, 1), date(2027, 4, 30)),)
    found = forecast(EDITION, gather([worker(1, date(1990, 1, 1), service=span)]), FIRST, NATIONAL, 2)
    assert [(year.leaving, year.retiring, year.ending) for year in found.years] == [(0, 0, 1), (1, 0, 0)]


def test_steps_are_counted_as_the_rule_of_levels_gives_them() -> None:
    person = worker(1, date(1990, 1, 1))
    found = forecast(EDITION, gather([person]), FIRST, NATIONAL, 5)
    for number, year in enumerate(found.years):
        levels = [level_on(EDITION, person.facts, date(2025 + number + later, 12, 31)) for later in (0, 1)]
        before, after = (0 if one is None else one.level for one in levels)
        assert year.steps == after - before
    assert sum(year.steps for year in found.years) == 2


def test_posts_stay_as_they_are_on_the_first_day_however_difficult_the_history() -> None:
    ends = (Held(Post.CHIEF, date(2024, 1, 1), date(2026, 6, 30)),)
    overlapping = (Span(date(2024, 1, 1), date(2025, 5, 1)), Span(date(2025, 3, 1)))
    persons = [
        worker(1, date(1990, 1, 1), posts=ends),
        worker(2, date(1990, 1, 1), posts=ends, service=overlapping),
        worker(3, date(1966, 3, 9), posts=ends, service=overlapping),
    ]
    people = gather(persons)
    assert set(people.singly) == {1, 2}
    (year,) = forecast(EDITION, people, FIRST, NATIONAL, 1).years
    chief = worker(4, None, posts=(Held(Post.CHIEF, date(2024, 1, 1)),)).facts
    alone = [pay_month(EDITION, chief, date(2026, month, 1)).total * 100 for month in range(1, 13)]
    assert year.pay == 2 * sum(alone) + sum(alone[:7])
    assert (year.starting, year.ending, year.retiring, year.lacking) == (3, 2, 1, 0)


def test_early_steps_already_earned_stay_and_the_page_is_told_what_is_assumed() -> None:
    good = {2024: Grade.EXCELLENT, 2025: Grade.EXCELLENT}
    (year,) = forecast(EDITION, gather([worker(1, date(1990, 1, 1), appraisals=good)]), FIRST, NATIONAL, 1).years
    (plain,) = forecast(EDITION, gather([worker(1, date(1990, 1, 1))]), FIRST, NATIONAL, 1).years
    assert year.pay - plain.pay == 12 * 5000
    assert len(ASSUMPTIONS) == 4
