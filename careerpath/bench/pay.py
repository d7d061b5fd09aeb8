"""The pay of a city: totals, insurance, reasons, what-if and forecast from arrays, beside OpenFisca-core and the rule.

OpenFisca-core is the extra ``bench`` of the project; without it the rest is measured and the figures say so.
"""

import json
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from careerpath.bench.careers import careers, with_breaks
from careerpath.bench.figures import Figure, median_seconds
from careerpath.policy.catalogue import shipped
from careerpath.policy.edition import in_force
from careerpath.policy.insurance import InsuranceEdition, InsuranceFacts, contributions
from careerpath.policy.pay import PayEdition, pay_month
from careerpath.policy.retirement import RetirementEdition
from careerpath.population import People, Totals, explain, facts_of, forecast, reasoned, totals, what_if
from careerpath.population.reasons import Reasoned

NOW, DRAFT, PLACE = "dalian-3x38", "dalian-3x38-2026", "dalian-"
FIRST, MONTHS = date(2026, 1, 1), 12
SAMPLE = 150
RUNS = 7
MEGABYTE = 1024 * 1024
OPENFISCA = "OpenFisca-core"


def bench_pay(people_wanted: int) -> Iterator[Figure]:
    """Figures for so many people and twelve months on the table of 3 tiers and 38 levels.

    Before a time is told, the results are compared to the cent: with OpenFisca-core for every person and month, with
    the rule for some people. A difference ends the bench.
    """
    now, draft = _pay(NOW), _pay(DRAFT)
    insurance = _insurance()
    people = careers(people_wanted)
    months = people_wanted * MONTHS
    found = totals(now, people, FIRST, MONTHS, insurance)
    alone = _one_by_one(found, insurance)
    yield Figure("people × months", months, "")
    yield Figure("columns of the people", round(people.bytes / MEGABYTE, 1), "MB")
    yield from _from_arrays(now, people, insurance, months)
    yield from _beside_openfisca(now, people, insurance, found, months)
    yield Figure("the rule alone, person by person", round(alone), "people-months/s", "policy.pay")
    broken = with_breaks(people)
    seconds = median_seconds(lambda: totals(now, broken, FIRST, MONTHS, insurance))
    yield Figure("3 of 100 left and came back", round(months / seconds), "people-months/s")
    seconds = median_seconds(lambda: what_if(now, draft, people, FIRST, MONTHS, insurance), 3)
    yield Figure("what-if: draft beside present rules, 12 months", round(seconds, 2), "s")
    retirement = _in_force_retirement()
    seconds = median_seconds(lambda: forecast(now, people, FIRST, retirement, 5, insurance), 3)
    yield Figure("forecast of five years", round(seconds, 2), "s")
    places = range(0, people.count, max(1, people.count // 200))
    yield Figure("one person's month with every reason", round(_explaining(found, places) * 1000, 2), "ms")


def _from_arrays(
    edition: PayEdition, people: People, insurance: tuple[InsuranceEdition, ...], months: int
) -> Iterator[Figure]:
    seconds = median_seconds(lambda: totals(edition, people, FIRST, MONTHS))
    yield Figure("components alone", round(months / seconds), "people-months/s")
    seconds = median_seconds(lambda: _with_reasons(edition, people, insurance))
    peak = _peak(lambda: _with_reasons(edition, people, insurance))
    kept = _with_reasons(edition, people, insurance)
    size = len(json.dumps(kept.reasons, ensure_ascii=False).encode()) + kept.index.nbytes + kept.level.nbytes
    yield Figure("components, insurance, stored reasons: time", round(seconds, 3), "s")
    yield Figure("components, insurance, stored reasons", round(months / seconds), "people-months/s")
    yield Figure("components, insurance, stored reasons: peak memory", round(peak, 1), "MB")
    yield Figure("stored reasons", round(size / MEGABYTE, 1), "MB")


def _beside_openfisca(
    edition: PayEdition, people: People, insurance: tuple[InsuranceEdition, ...], found: Totals, months: int
) -> Iterator[Figure]:
    if find_spec("openfisca_core") is None:
        yield from _of_work("", months, lambda: totals(edition, people, FIRST, MONTHS, insurance))
        yield Figure("not installed (extra `bench`): nothing to stand beside", 0, "", OPENFISCA)
        return
    model: Any = import_module("careerpath.bench.openfisca").Model(edition, insurance)
    sides = model.simulate(people, FIRST, MONTHS)
    for name, theirs, ours in zip(("pay", "employer", "employee"), sides, _sides(found), strict=True):
        different = int((theirs != ours).sum())
        if different:
            raise RuntimeError(f"{OPENFISCA} and the arrays differ in {name} of {different} people-months")
    works: dict[str, Callable[[], object]] = {
        "": lambda: totals(edition, people, FIRST, MONTHS, insurance),
        OPENFISCA: lambda: model.simulate(people, FIRST, MONTHS),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(RUNS):
        # In turns, so that whatever else the machine does falls on both.
        for name, work in works.items():
            times[name].append(_seconds(work))
    for name, work in works.items():
        yield from _of_work(name, months, work, statistics.median(times[name]))


def _of_work(yardstick: str, months: int, work: Callable[[], object], seconds: float | None = None) -> Iterator[Figure]:
    taken = median_seconds(work) if seconds is None else seconds
    yield Figure("components and insurance: time", round(taken, 3), "s", yardstick)
    yield Figure("components and insurance", round(months / taken), "people-months/s", yardstick)
    yield Figure("components and insurance: peak memory", round(_peak(work), 1), "MB", yardstick)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _sides(found: Totals) -> tuple[Any, ...]:
    return found.cents, found.employer, found.employee


def _one_by_one(found: Totals, insurance: tuple[InsuranceEdition, ...]) -> float:
    """People-months a second by the rule alone, for some people; raises ``RuntimeError`` where the arrays differ."""
    people = found.people
    some = np.linspace(0, people.count - 1, min(SAMPLE, people.count)).astype(int)
    facts = [(int(place), facts_of(people, int(place), FIRST)) for place in some]
    spent = 0.0
    for month, first in enumerate(found.months):
        rates = in_force(insurance, first)
        for place, told in facts:
            begun = time.perf_counter()
            exact = pay_month(found.edition, told, first, amounts_of=found.rows.amounts_of)
            declared = Decimal(int(people.bases.cents[0, place])) / 100
            both = contributions(rates, InsuranceFacts(first, exact.pay.monthly, declared))
            spent += time.perf_counter() - begun
            employer = both.employer if exact.served and both.employer is not None else Decimal(0)
            ours = [0 if side is None else int(side[month, place]) for side in (found.cents, found.employer)]
            if [exact.total * 100, employer * 100] != ours:
                raise RuntimeError(f"the rule and the arrays differ for person {place} in {first}")
    return len(facts) * MONTHS / spent


def _explaining(found: Totals, places: range) -> float:
    """The median time of one person's explanation, in seconds."""
    times = []
    for place in places:
        times.append(_seconds(lambda place=place: explain(found, MONTHS - 1, place)))  # type: ignore[misc]
    return statistics.median(times)


def _with_reasons(edition: PayEdition, people: People, insurance: tuple[InsuranceEdition, ...]) -> Reasoned:
    return reasoned(totals(edition, people, FIRST, MONTHS, insurance))


def _peak(work: Callable[[], object]) -> float:
    """The most memory that a piece of work held at once, in megabytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


def _pay(key: str) -> PayEdition:
    return next(one for one in shipped("pay") if isinstance(one, PayEdition) and one.head.key == key)


def _insurance() -> tuple[InsuranceEdition, ...]:
    editions = (one for one in shipped("insurance") if isinstance(one, InsuranceEdition))
    return tuple(one for one in editions if one.head.key.startswith(PLACE))


def _in_force_retirement() -> RetirementEdition:
    return in_force([one for one in shipped("retirement") if isinstance(one, RetirementEdition)], FIRST)
