"""Invented careers for the rules of pay: plain ones, and with everything that makes a history difficult."""

import random
from datetime import date, timedelta
from decimal import Decimal

from careerpath.policy.catalogue import shipped
from careerpath.policy.codes import Certificate, Education, Grade, Post, Sex
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import Certified, Held, PayEdition, PayFacts, Placed, Span, Study
from careerpath.policy.retirement import RetirementEdition
from careerpath.population import Person

PAY = {edition.head.key: edition for edition in shipped("pay") if isinstance(edition, PayEdition)}
INSURANCE = {edition.head.key: edition for edition in shipped("insurance") if isinstance(edition, InsuranceEdition)}
RETIREMENT = {edition.head.key: edition for edition in shipped("retirement") if isinstance(edition, RetirementEdition)}

GRADES = [*([Grade.COMPETENT] * 8), *([Grade.EXCELLENT] * 4), *Grade]
UNITS = ("210202001", "210204002", "210283003", "", "371325100")


def chance(seed: object) -> random.Random:
    """Luck that falls the same way each time."""
    return random.Random(str(seed))  # noqa: S311


def make_person(id: int, facts: PayFacts, **changes: object) -> Person:
    """One person with plain values around the facts."""
    given: dict[str, object] = {"born_on": date(1985, 5, 6), "sex": Sex.FEMALE, "unit": facts.unit}
    return Person(id=id, facts=facts, **(given | changes))  # type: ignore[arg-type]


def random_person(id: int, rng: random.Random, edition: PayEdition) -> Person:
    """Somebody with a history of any kind, facts missing now and then."""
    bases = [
        (date(2023 + year, 7, 1), Decimal(rng.randrange(300000, 2600000)) / 100)
        for year in range(4)
        if rng.random() < 0.8
    ]
    exempt = ("housing",) if rng.random() < 0.05 else ()
    return Person(
        id=id,
        facts=random_facts(rng, edition),
        born_on=None if rng.random() < 0.02 else _day(rng, 1962, 2002),
        sex=rng.choice([Sex.FEMALE, Sex.FEMALE, Sex.MALE, Sex.UNKNOWN]),
        unit=rng.choice(UNITS),
        bases=tuple(bases),
        exempt=exempt,
    )


def random_facts(rng: random.Random, edition: PayEdition) -> PayFacts:
    """A history from 1998 on, looked at in 2026."""
    joined = _day(rng, 1998, 2027)
    service = _service(rng, joined)
    appraisals = {year: rng.choice(GRADES) for year in range(joined.year, 2027) if rng.random() < 0.9}
    highest = edition.ladder.levels if edition.ladder else 18
    placed = None
    if rng.random() < 0.1:
        tier = rng.choice([None, None, 1, 2])
        since = None if rng.random() < 0.5 else _day(rng, 2024, 2027)
        placed = Placed(rng.randrange(1, highest + 2), tier, since)
    other = {one.code: rng.choice([*one.values, "不明"]) for one in edition.facts if rng.random() < 0.4}
    return PayFacts(
        on=date(2026, 12, 1),
        service=service,
        posts=_posts(rng, joined),
        studies=_studies(rng),
        certificates=_certificates(rng),
        appraisals=appraisals,
        probation_until=None if rng.random() < 0.7 else joined + timedelta(days=rng.randrange(30, 200)),
        military_months=rng.choice([0, 0, 0, 24, 13]),
        placed=placed,
        other=other,
        unit=rng.choice(UNITS),
    )


def _day(rng: random.Random, first: int, last: int) -> date:
    day = date(first, 1, 1) + timedelta(days=rng.randrange((date(last, 12, 31) - date(first, 1, 1)).days))
    # Ends and beginnings of months are where rules trip.
    if rng.random() < 0.3:
        day = day.replace(day=1)
    return day - timedelta(days=1) if rng.random() < 0.3 else day


def _service(rng: random.Random, joined: date) -> tuple[Span, ...]:
    if rng.random() < 0.02:
        return ()
    spans = []
    starts = joined
    while rng.random() < 0.25:
        ends = starts + timedelta(days=rng.randrange(0, 1500))
        spans.append(Span(starts, ends))
        starts = ends + timedelta(days=rng.choice([1, 2, 15, 31, 400, rng.randrange(1, 900)]))
    last = None if rng.random() < 0.8 else starts + timedelta(days=rng.randrange(0, 6000))
    spans.append(Span(starts, last))
    if rng.random() < 0.03:
        spans.append(Span(joined + timedelta(days=10), None))
    if rng.random() < 0.03:
        rng.shuffle(spans)
    return tuple(spans)


def _posts(rng: random.Random, joined: date) -> tuple[Held, ...]:
    posts = []
    starts = joined
    while rng.random() < 0.35:
        ends = starts + timedelta(days=rng.randrange(0, 2500))
        posts.append(_held(rng, starts, ends))
        starts = ends + timedelta(days=rng.choice([1, 1, 1, 1, -20, 40]))
    if rng.random() < 0.97:
        posts.append(_held(rng, starts, None if rng.random() < 0.9 else starts + timedelta(days=3000)))
    while rng.random() < 0.1:
        posts.append(_held(rng, _day(rng, 2015, 2026), None if rng.random() < 0.5 else _day(rng, 2026, 2027)))
    if rng.random() < 0.02:
        posts += [_held(rng, _day(rng, 2000, 2026), None) for _ in range(9)]
    return tuple(posts)


def _held(rng: random.Random, starts: date, ends: date | None) -> Held:
    ends = None if ends is None else max(starts, ends)
    return Held(rng.choice(list(Post)), starts, ends, rng.random() < 0.9, rng.random() < 0.1, rng.random() < 0.2)


def _studies(rng: random.Random) -> tuple[Study, ...] | None:
    if rng.random() < 0.04:
        return None
    return tuple(
        Study(
            rng.choice(["", *(one.value for one in Education)]),
            rng.choice(["", "", "4", "407", "3", "2"]),
            None if rng.random() < 0.3 else _day(rng, 1998, 2027),
        )
        for _ in range(rng.choice([0, 1, 1, 1, 2, 3]))
    )


def _certificates(rng: random.Random) -> tuple[Certified, ...]:
    return tuple(
        Certified(
            rng.choice(list(Certificate)),
            None if rng.random() < 0.1 else _day(rng, 2008, 2027),
            None if rng.random() < 0.2 else _day(rng, 2008, 2027),
        )
        for _ in range(rng.choice([0, 0, 1, 1, 2, 3]))
    )
