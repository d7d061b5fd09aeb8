"""What arrays give is what the rule gives, for every person and month, to the cent."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careerpath.policy.codes import Post
from careerpath.policy.edition import in_force, to_plain
from careerpath.policy.insurance import InsuranceFacts, contributions
from careerpath.policy.pay import Held, MonthPay, PayEdition, PayFacts, Placed, Span, last_of, pay_month
from careerpath.population import LACKING, OUT, PAID, Person, Totals, gather, totals
from careerpath.population.gathering import facts_of
from tests.factories.population import INSURANCE, PAY, chance, random_facts, random_person

DALIAN = (INSURANCE["dalian-2024"], INSURANCE["dalian-2025"])


def state_of(month: MonthPay) -> int:
    if not month.served:
        return OUT
    return LACKING if month.missing else PAID


def assert_same(found: Totals, persons: list[Person]) -> None:
    for month, first in enumerate(found.months):
        for place, person in enumerate(persons):
            exact = pay_month(found.edition, person.facts, first, amounts_of=found.rows.amounts_of)
            level = exact.pay.standing.level if exact.served else None
            assert (found.state[month, place], int(found.cents[month, place])) == (
                state_of(exact),
                exact.total * 100,
            ), (
                found.edition.head.key,
                first,
                person.facts,
            )
            assert found.level[month, place] == (level or 0)
            row = found.rows.rows[found.row[month, place]]
            if state_of(exact) == PAID:
                assert row.whole == (exact.pay.basic + exact.pay.performance) * 100
                assert_same_contributions(found, person, exact, month, place)
            elif state_of(exact) == LACKING and row.missing:
                assert row.missing == exact.missing


def assert_same_contributions(found: Totals, person: Person, exact: MonthPay, month: int, place: int) -> None:
    if found.employer is None or found.employee is None or found.baseless is None:
        return
    declared = [amount for since, amount in sorted(person.bases) if since <= last_of(exact.first)]
    facts = InsuranceFacts(exact.first, exact.pay.monthly, declared[-1] if declared else None, person.exempt)
    both = contributions(in_force(DALIAN, exact.first), facts)
    assert bool(found.baseless[month, place]) == bool(both.missing)
    assert int(found.employer[month, place]) == (both.employer or 0) * 100
    assert int(found.employee[month, place]) == (both.employee or 0) * 100


@pytest.mark.parametrize("key", sorted(PAY))
def test_every_month_of_invented_careers_is_paid_as_the_rule_pays_it(key: str) -> None:
    rng = chance(f"careers {key}")
    persons = [random_person(number, rng, PAY[key]) for number in range(40)]
    assert_same(totals(PAY[key], gather(persons), date(2025, 11, 1), 8, DALIAN), persons)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), start=st.dates(date(2023, 8, 1), date(2027, 12, 1)))
def test_no_career_and_no_month_is_paid_otherwise_than_the_rule_pays_it(seed: int, start: date) -> None:
    rng = chance(seed)
    edition = PAY[rng.choice(sorted(PAY))]
    persons = [random_person(number, rng, edition) for number in range(6)]
    assert_same(totals(edition, gather(persons), start.replace(day=1), 4), persons)


@pytest.mark.parametrize(
    "changes",
    [
        {"month": {"reference": "first"}},
        {"month": {"partial": "whole"}},
        {"rounding": {"unit": 1, "mode": "down", "stage": "total"}},
        {"rounding": {"unit": 10, "mode": "half_even", "stage": "component"}},
        {"concurrent": "main"},
        {"service": {"uncounted": ["3", "4", "6A"], "military": True}},
        {"performance": {"paid": "year", "withheld_grades": ["4", "5C"], "withheld": "next_year"}},
        {"probation": {"share": "0.75", "performance": True}},
    ],
    ids=lambda changes: "-".join(changes),
)
def test_whatever_an_edition_turns_the_arrays_turn_with_it(changes: dict[str, object]) -> None:
    plain = to_plain(PAY["benxi-mingshan-2023"]) | changes
    edition = PayEdition.from_plain(plain)
    rng = chance(changes)
    persons = [random_person(number, rng, edition) for number in range(30)]
    assert_same(totals(edition, gather(persons), date(2026, 3, 1), 6), persons)


@pytest.mark.parametrize("change", ["same_month", "next_month", "next_january"])
def test_every_day_on_which_a_rule_may_take_effect_is_kept(change: str) -> None:
    plain = to_plain(PAY["levels-18-j"])
    for name in ("tenure", "education"):
        plain["ladder"][name]["effective"] = change
    plain["ladder"]["post_change"] = change
    plain["certificates"] = {"day": "obtained", "effective": change}
    plain["ladder"]["early"] = {"successive": 2, "at_most": 2, "effective": change}
    more = {"way": "fixed", "amount": "300", "citation": {"basis": "reading"}}
    plain["components"] += [
        more | {"code": "dual", "name": "一肩挑", "when": {"dual_head": True}},
        more | {"code": "chosen", "name": "选任", "when": {"elected": True}},
        more | {"code": "studied", "name": "学历", "when": {"education": ["master", "lower"], "degree": ["none"]}},
    ]
    edition = PayEdition.from_plain(plain)
    rng = chance(change)
    persons = [random_person(number, rng, edition) for number in range(60)]
    assert_same(totals(edition, gather(persons), date(2025, 11, 1), 5), persons)


def test_most_careers_are_reckoned_in_columns_and_only_the_strangest_one_by_one() -> None:
    rng = chance(3)
    people = gather([random_person(number, rng, PAY["dalian-3x38"]) for number in range(400)])
    assert 0 < len(people.singly) < 40


@pytest.mark.parametrize("since", [None, date(2025, 1, 1), date(2026, 3, 1)])
def test_unknown_education_is_a_want_unless_a_level_was_approved(since: date | None) -> None:
    edition = PAY["levels-18-j"]
    first = date(2020, 1, 1)
    held = (Held(Post.STAFF, first),)
    unknown = PayFacts(on=first, service=(Span(first),), posts=held)
    persons = [Person(1, unknown), Person(2, replace(unknown, placed=Placed(5, None, since)))]
    found = totals(edition, gather(persons), date(2026, 1, 1), 4)
    assert_same(found, persons)
    assert found.missing[0].tolist()[0] is True
    assert found.lacks(0, 0) == ("缺少学历。",)


def test_a_person_written_out_of_the_columns_is_paid_the_same() -> None:
    edition = PAY["levels-18-y"]
    rng = chance(9)
    people = gather([Person(number, random_facts(rng, edition)) for number in range(60)])
    first = date(2026, 2, 1)
    for place, person in enumerate(people.known or ()):
        told = facts_of(replace(people, known=None), place, first)
        again, exact = pay_month(edition, told, first), pay_month(edition, person.facts, first)
        assert (again.total, again.pay.standing, again.missing) == (exact.total, exact.pay.standing, exact.missing)
