"""The years ahead under one edition of the pay rules: headcount, cost, steps up the ladder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import PayEdition
from careerpath.policy.pay.ladder import Effective
from careerpath.policy.pay.levels import held_post
from careerpath.policy.retirement import RetirementEdition
from careerpath.population.days import ABSENT, FIRST_OF, NEVER, YEAR, Ints, day_of, month_of, number_of
from careerpath.population.gathering import POSTS
from careerpath.population.holding import PaidPosts
from careerpath.population.people import People, Posts, Spans
from careerpath.population.retiring import Retiring, retiring
from careerpath.population.totals import LACKING, OUT, PAID, Totals, totals
from careerpath.words import Message, msg

ASSUMPTIONS: tuple[Message, ...] = (
    msg("各人职务在预测期内不变。"),
    msg("今后各年度考核均计入年限，不发生停发绩效；今后的提前晋级不计。"),
    msg("不新招人员；人员只因到达退休年龄或合同载明的离岗日期减少。"),
    msg("费率、缴费基数和各项金额按现有版本，不作调整。"),
)
"""What a forecast takes for granted, for the page that shows it."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a forecast, cents. ``first``: its first month; ``starting`` and ``ending``: people in
    service in its first and last month.

    ``retiring`` leave in the year by age, ``overdue`` of them were past it before the forecast began; ``leaving`` go on
    a day that their file names. ``steps``: how often somebody goes up the ladder within the year. ``lacking``: people
    who cannot be paid in some month of it.
    """

    first: date
    starting: int
    ending: int
    retiring: int
    overdue: int
    leaving: int
    steps: int
    pay: int
    employer: int
    lacking: int

    @property
    def cost(self) -> int:
        """Pay and the employer's contributions."""
        return self.pay + self.employer


@dataclass(frozen=True, slots=True)
class Forecast:
    """The years ahead. ``unknown``: people whose age of retirement cannot be told; they are taken to stay."""

    edition: PayEdition
    years: tuple[Year, ...]
    unknown: tuple[int, ...]
    assumptions: tuple[Message, ...] = ASSUMPTIONS


def forecast(
    edition: PayEdition,
    people: People,
    first_month: date,
    retirement: RetirementEdition,
    years: int = 5,
    insurance: Sequence[InsuranceEdition] = (),
) -> Forecast:
    """Headcount, cost and steps of some years from a month on.

    Taken for granted (``ASSUMPTIONS`` says it in words for the page): everybody keeps the post of the first day; every
    year ahead counts, nobody fails one, and nobody earns an early step by it; nobody is taken on; rates and bases stay.
    People past their age on the first day leave before it and are counted as overdue.
    """
    start = month_of(first_month)
    first = int(FIRST_OF[start])
    until = _last_days(people)
    rank, kept = _as_held(edition, people, first)
    leaves = retiring(retirement, kept, rank)
    staying = _leaving(kept, leaves.last)
    found = totals(edition, staying, day_of(first), years * YEAR, insurance)
    # A step on the first day of the forecast is one of its first year: it is seen from the month before.
    eve = totals(edition, staying, day_of(int(FIRST_OF[start - 1])), 1)
    told = tuple(_year(found, eve, until, leaves, first, number) for number in range(years))
    unknown = np.flatnonzero(leaves.unknown & (found.state[0] != OUT))
    return Forecast(edition, told, tuple(int(place) for place in unknown))


def _last_days(people: People) -> Ints:
    """The last day of service in the files: ``NEVER`` where none is known, ``ABSENT`` for whoever never served."""
    last: Ints = np.where(people.spans.starts == NEVER, ABSENT, people.spans.ends).max(axis=0).astype(np.int32)
    for place, facts in people.singly.items():
        ends = [NEVER if span.ends_on is None else min(number_of(span.ends_on), NEVER) for span in facts.service]
        last[place] = max(ends, default=ABSENT)
    return last


def _as_held(edition: PayEdition, people: People, day: int) -> tuple[Ints, People]:
    """The people with the one post that each holds on a day, held from then on without an end, and its rank."""
    change = edition.ladder.post_change if edition.ladder else Effective.SAME_DAY
    # Whoever is to begin later is looked at on the first day of service.
    spans = people.spans
    begins = np.where((spans.ends >= day) & (spans.starts != NEVER), spans.starts, NEVER).min(axis=0)
    days = np.where(begins == NEVER, day, np.maximum(begins, day)).astype(np.int32)
    posts = PaidPosts(people.posts, edition.concurrent, change)
    rank, elected = posts.on(days)
    held = Posts(
        rank=rank[None],
        starts=np.where(rank > 0, 0, NEVER).astype(np.int32)[None],
        ends=np.where(rank > 0, NEVER, ABSENT).astype(np.int32)[None],
        main=np.ones((1, people.count), np.bool_),
        dual_head=posts.dual_head_on(days)[None],
        elected=elected[None],
    )
    singly = {}
    for place, facts in people.singly.items():
        later = [span.starts_on for span in facts.service if span.ends_on is None or span.ends_on >= day_of(day)]
        one = held_post(edition, facts, max(day_of(day), min(later, default=day_of(day))))
        stays = () if one is None else (replace(one, starts_on=day_of(0), ends_on=None),)
        singly[place] = replace(facts, posts=stays)
        rank[place] = 0 if one is None else POSTS.index(one.post) + 1
    return rank, replace(people, posts=held, singly=singly, known=None)


def _leaving(people: People, last: Ints) -> People:
    """The people with their service ended on a last day each, where it does not end before."""
    spans = people.spans
    begun = spans.starts <= last
    kept = Spans(
        np.where(begun, spans.starts, NEVER).astype(np.int32),
        np.where(begun, np.minimum(spans.ends, last), NEVER).astype(np.int32),
    )
    singly = {}
    for place, facts in people.singly.items():
        day = day_of(last[place])
        service = tuple(
            replace(span, ends_on=day if span.ends_on is None else min(span.ends_on, day))
            for span in facts.service
            if span.starts_on <= day
        )
        singly[place] = replace(facts, service=service)
    return replace(people, spans=kept, singly=singly)


def _year(found: Totals, eve: Totals, until: Ints, leaves: Retiring, begin: int, number: int) -> Year:
    months = slice(number * YEAR, (number + 1) * YEAR)
    state, level = found.state[months], found.level[months]
    first, after = number_of(found.months[months][0]), int(FIRST_OF[month_of(found.first) + (number + 1) * YEAR])
    going = until >= begin
    by_age = going & (leaves.last < until)
    overdue = by_age & (leaves.last < begin) if number == 0 else np.zeros(len(until), np.bool_)
    retires = overdue | (by_age & (leaves.last >= first) & (leaves.last < after))
    leaving = going & ~by_age & (until >= first) & (until < after)
    earlier = number * YEAR - 1
    eve_level, eve_state = (found.level[earlier], found.state[earlier]) if number else (eve.level[0], eve.state[0])
    before = np.concatenate([eve_level[None], level[:-1]])
    was = np.concatenate([eve_state[None], state[:-1]])
    steps = (state == PAID) & (was == PAID) & (level > before)
    return Year(
        first=found.months[months][0],
        starting=int((state[0] != OUT).sum()),
        ending=int((state[-1] != OUT).sum()),
        retiring=int(retires.sum()),
        overdue=int(overdue.sum()),
        leaving=int(leaving.sum()),
        steps=int(steps.sum()),
        pay=int(found.cents[months].sum()),
        employer=0 if found.employer is None else int(found.employer[months].sum()),
        lacking=int((state == LACKING).any(axis=0).sum()),
    )
