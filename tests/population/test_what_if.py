"""A draft beside the rules in force: what it costs, who gains and loses, and whom it leaves out."""

import random
from datetime import date

import numpy as np
import pytest

from careerpath.policy.codes import Post
from careerpath.policy.edition import to_plain
from careerpath.policy.pay import Held, PayEdition, PayFacts, Span, pay, pay_month
from careerpath.population import PAID, Person, explain, gather, reasoned, totals, what_if
from careerpath.population.what_if import deciles
from tests.factories.population import INSURANCE, PAY, chance, make_person, random_person

FIRST = date(2026, 3, 1)
NOW, DRAFT = PAY["dalian-3x38"], PAY["dalian-3x38-2026"]
RATES = (INSURANCE["dalian-2025"],)


def worker(id: int, post: Post = Post.STAFF, unit: str = "210202001", years: int = 4) -> Person:
    since = date(2026 - years, 1, 1)
    facts = PayFacts(on=FIRST, service=(Span(since),), posts=(Held(post, since),), studies=(), unit=unit)
    return make_person(id, facts)


def dearer(**changes: object) -> PayEdition:
    return PayEdition.from_plain(to_plain(NOW) | changes)


def basic(amount: str, **when: object) -> list[dict[str, object]]:
    components = to_plain(NOW)["components"]
    more = {"code": "more", "name": "补助", "way": "fixed", "amount": amount, "citation": {"basis": "reading"}}
    return [*components, more | ({"when": when} if when else {})]


def test_every_unit_pays_its_own_people_and_the_sum_is_the_sum_of_the_months() -> None:
    rng = chance("units")
    persons = [random_person(number, rng, NOW) for number in range(80)]
    people = gather(persons)
    found = what_if(NOW, DRAFT, people, FIRST, 3, RATES)
    for side, edition in ((found.now, NOW), (found.draft, DRAFT)):
        for month, first in enumerate(found.months):
            for number, unit in enumerate(people.units):
                paid = sum(pay_month(edition, one.facts, first).total * 100 for one in persons if one.unit == unit)
                here = people.unit == number
                employer = side.totals.employer
                assert employer is not None
                assert int(side.costs[month, number]) == paid + int(employer[month, here].sum())
        assert side.cost == int(side.totals.cost.sum())
    assert (found.by_unit() == found.draft.costs - found.now.costs).all()


def test_who_gains_and_who_loses_is_counted_by_a_whole_month() -> None:
    persons = [worker(1), worker(2, Post.CHIEF), worker(3, Post.DEPUTY)]
    raised = dearer(components=basic("100", post="chief"))
    found = what_if(NOW, raised, gather(persons), FIRST, 2)
    assert (found.gain, found.lose, found.same) == (1, 0, 2)
    assert found.difference.tolist() == [0, 10000, 0]
    assert found.movers(5) == ((1,), ())
    back = what_if(raised, NOW, gather(persons), FIRST, 2)
    assert (back.gain, back.lose, back.same) == (0, 1, 2)
    assert back.movers(5) == ((), (1,))


def test_a_part_that_is_paid_later_is_no_loss() -> None:
    later = dearer(performance={"paid": "half_year"})
    found = what_if(NOW, later, gather([worker(1)]), FIRST, 1)
    assert (found.gain, found.lose, found.same) == (0, 0, 1)
    assert found.draft.cost < found.now.cost


def test_people_whom_the_draft_cannot_pay_are_named_with_the_reason() -> None:
    zone = {"code": "zone", "name": "地区类别", "values": {"a": "一类", "b": "二类"}}
    draft = dearer(facts=[zone], components=basic("50", zone="a"))
    known = make_person(1, PayFacts(**{**plain_of(worker(1)), "other": {"zone": "a"}}))
    people = gather([known, worker(2), worker(3)])
    found = what_if(NOW, draft, people, FIRST, 1)
    assert found.now.lacking == ()
    (lacking,) = found.draft.lacking
    assert (lacking.why, lacking.places) == (("缺少地区类别。",), (1, 2))
    assert (found.gain, found.lose, found.same) == (1, 0, 0)
    assert found.draft.totals.lacks(0, 1) == ("缺少地区类别。",)
    assert found.draft.totals.lacks(0, 0) == ()


def test_people_without_a_level_under_the_draft_are_reported() -> None:
    nowhere = make_person(2, PayFacts(**{**plain_of(worker(2)), "posts": ()}))
    found = what_if(PAY["beijing-2008"], NOW, gather([worker(1), nowhere]), FIRST, 1)
    assert found.draft.unlevelled == (1,)
    assert found.now.unlevelled == ()
    assert found.draft.lacking[0].why == ("缺少职务。",)


def plain_of(person: Person) -> dict[str, object]:
    return {name: getattr(person.facts, name) for name in PayFacts.__slots__}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (range(1, 11), (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
        ([7], (7,) * 11),
        ([], ()),
        ([3, 1, 2], (1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3)),
    ],
)
def test_deciles_are_differences_that_occur(values: object, told: tuple[int, ...]) -> None:
    assert deciles(np.array(list(values), np.int64)) == told  # type: ignore[call-overload]


def test_the_stored_reasons_of_everybody_are_those_of_the_rule() -> None:
    rng = chance("reasons")
    persons = [random_person(number, rng, NOW) for number in range(60)]
    found = totals(NOW, gather(persons), FIRST, 3)
    kept = reasoned(found)
    for month, first in enumerate(found.months):
        for place, person in enumerate(persons):
            exact = pay_month(NOW, person.facts, first)
            if found.state[month, place] == PAID:
                told = [one for one in kept.of(month, place) if ".level." not in one["rule"]]
                assert told == [one.as_json() for one in exact.reasons if ".level." not in one.rule]
            assert explain(found, month, place) == exact
    assert len(kept.reasons) < kept.index.size


def test_components_add_up_to_the_total_and_each_is_that_of_the_rule() -> None:
    rng = random.Random(8)  # noqa: S311
    persons = [random_person(number, rng, NOW) for number in range(40)]
    found = totals(NOW, gather(persons), FIRST, 2)
    parts = {one.code: found.component(one.code) for one in NOW.components}
    assert (sum(parts.values()) == found.cents).all()
    for place in np.flatnonzero(found.state[0] == PAID):
        exact = pay_month(NOW, persons[place].facts, FIRST)
        assert {one.code: one.amount * 100 for one in exact.items} == {
            code: int(cents[0, place]) for code, cents in parts.items()
        }


def test_nobody_at_all_costs_nothing() -> None:
    found = what_if(NOW, DRAFT, gather([]), FIRST, 2, RATES)
    assert (found.now.cost, found.deciles, found.gain) == (0, (), 0)
    assert pay(NOW, worker(1).facts).monthly > 0
