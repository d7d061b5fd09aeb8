"""The scheme of 3 tiers and 38 levels as a model of OpenFisca-core, to be measured beside the arrays of ``population``.

Written as a good modeller would: vectorised formulas, parameters by date, what changes once a year as variables of the
year, money in whole cents. The model knows people whose service has no break and whose first year counts.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from careerpath.bench.openfisca_parameters import FIRST_GRADES, POSTS, parameters_of
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import PayEdition
from careerpath.population import People
from careerpath.population.days import NEVER, Ints, day_of

Array = npt.NDArray[Any]
Formula = Callable[[Any, Any, Any], Any]

YEAR, MONTH, ALWAYS = DateUnit.YEAR, DateUnit.MONTH, DateUnit.ETERNITY
ONE_DAY = np.timedelta64(1, "D")
FAR = np.datetime64("2199-12-31")
EXCELLENT, INCOMPETENT = 1, 4
BASIC_PARTS = ("basic", "post", "qualification", "step")


class Model:
    """The tax and benefit system of one pay edition and the insurance editions of its place."""

    def __init__(self, edition: PayEdition, insurance: tuple[InsuranceEdition, ...]) -> None:
        person = build_entity(key="person", plural="persons", label="A community worker", is_person=True)
        system = TaxBenefitSystem([person])
        system.parameters = ParameterNode("", data=parameters_of(edition, insurance))
        items = tuple(item.code for item in insurance[-1].items)
        for name, (kind, unit, formula) in (_inputs() | _standing() | _money(items)).items():
            told: dict[str, Any] = {"value_type": kind, "entity": person, "definition_period": unit, "label": name}
            system.add_variable(type(name, (Variable,), told | ({"formula": formula} if formula else {})))
        self._system = system

    def simulate(self, people: People, first: date, months: int) -> tuple[Array, Array, Array]:
        """Pay, employer's and employee's contributions in cents, ``(month, person)``."""
        simulation = SimulationBuilder().build_default_simulation(self._system, count=people.count)
        for name, value in _told(people).items():
            simulation.set_input(name, periods.period("ETERNITY"), value)
        for row, grades in enumerate(people.grades.grade):
            simulation.set_input("grade", str(people.grades.first_year + row), grades)
        told = [periods.period(f"{first:%Y-%m}").offset(number) for number in range(months)]
        sides = ("total", "employer", "employee")
        total, employer, employee = (np.stack([simulation.calculate(name, month) for month in told]) for name in sides)
        return total, employer, employee


def _told(people: People) -> dict[str, Array]:
    posts, certificates = people.posts, people.certificates
    return {
        "entered": _dates(people.spans.starts[0]),
        "left": _dates(people.spans.ends[0]),
        "first_post": posts.rank[0],
        "second_post": posts.rank[1],
        "post_changed": _dates(posts.starts[1]),
        "diploma": people.studies.diploma[0],
        "degree": people.studies.degree[0],
        "graduated": _dates(people.studies.day[0]),
        "junior": _dates(certificates.registered[0]),
        "intermediate": _dates(certificates.registered[1]),
        "senior": _dates(certificates.registered[2]),
        "probation_until": _dates(people.probation_until),
        "declared_base": people.bases.cents[0].astype(np.int32),
    }


def _dates(days: Ints) -> Array:
    return np.datetime64(day_of(0)) + np.minimum(days, NEVER).astype("timedelta64[D]")


def _inputs() -> dict[str, tuple[type, DateUnit, Formula | None]]:
    dates = ("entered", "left", "post_changed", "graduated", "junior", "intermediate", "senior", "probation_until")
    numbers = ("first_post", "second_post", "diploma", "degree", "declared_base")
    given: dict[str, tuple[type, DateUnit, Formula | None]] = {name: (date, ALWAYS, None) for name in dates}
    return given | {name: (int, ALWAYS, None) for name in numbers} | {"grade": (int, YEAR, None)}


def _standing() -> dict[str, tuple[type, DateUnit, Formula | None]]:
    return {
        "served": (int, MONTH, _served),
        "seen_on": (date, MONTH, _seen_on),
        "held_post": (int, MONTH, _held_post),
        "tenure_months": (int, YEAR, _tenure_months),
        "early_steps": (int, YEAR, _early_steps),
        "failed_before": (bool, YEAR, _failed_before),
        "level": (int, MONTH, _level),
        "certificate": (int, MONTH, _certificate),
        "on_probation": (bool, MONTH, _on_probation),
    }


def _bounds(period: Any) -> tuple[Any, Any]:
    return np.datetime64(str(period.start)), np.datetime64(str(period.stop))


def _served(person: Any, period: Any, parameters: Any) -> Any:
    first, last = _bounds(period)
    begins = np.maximum(person("entered", period), first)
    days = (np.minimum(person("left", period), last) - begins) // ONE_DAY + 1
    return np.maximum(days, 0)


def _seen_on(person: Any, period: Any, parameters: Any) -> Any:
    return np.minimum(person("left", period), _bounds(period)[1])


def _held_post(person: Any, period: Any, parameters: Any) -> Any:
    changed = person("post_changed", period).astype("datetime64[M]") < np.datetime64(str(period.start), "M")
    return np.where(
        changed & (person("second_post", period) > 0), person("second_post", period), person("first_post", period)
    )


def _tenure_months(person: Any, period: Any, parameters: Any) -> Any:
    """Full months by the end of the year before, a failed year taken out whole."""
    entered, after = person("entered", period), np.datetime64(str(period.start))
    after = np.minimum(person("left", period) + ONE_DAY, after)
    months = after.astype("datetime64[M]").astype(int) - entered.astype("datetime64[M]").astype(int)
    short = _day_of_month(after) < _day_of_month(entered)
    failed = np.zeros(len(entered), int)
    for year in range(FIRST_GRADES, period.start.year):
        failed += person("grade", str(year)) == INCOMPETENT
    return np.maximum(months - short - 12 * failed, 0)


def _day_of_month(days: Array) -> Any:
    return (days - days.astype("datetime64[M]").astype("datetime64[D]")) // ONE_DAY


def _early_steps(person: Any, period: Any, parameters: Any) -> Any:
    rule = parameters(period).early
    run = steps = np.zeros(person.count, int)
    for year in range(FIRST_GRADES, period.start.year):
        run = np.where(person("grade", str(year)) == EXCELLENT, run + 1, 0)
        full = run == int(rule.successive)
        steps = np.where(full, np.minimum(steps + 1, int(rule.at_most)), steps)
        run = np.where(full, 0, run)
    return steps * int(rule.levels)


def _failed_before(person: Any, period: Any, parameters: Any) -> Any:
    return person("grade", period.last_year) == INCOMPETENT


def _certificate(person: Any, period: Any, parameters: Any) -> Any:
    last = _bounds(period)[1]
    found = np.zeros(person.count, int)
    for grade, name in enumerate(("junior", "intermediate", "senior"), start=1):
        found = np.where(person(name, period) <= last, grade, found)
    return found


def _on_probation(person: Any, period: Any, parameters: Any) -> Any:
    return person("seen_on", period) <= person("probation_until", period)


def _level(person: Any, period: Any, parameters: Any) -> Any:
    at = parameters(period)
    year = period.this_year
    months, post = person("tenure_months", year), person("held_post", period)
    known = person("graduated", period) < _bounds(period)[0]
    diploma, degree = person("diploma", period) * known, person("degree", period) * known
    every = int(at.tenure.every_years) * 12
    steps, granted, most = months // every, np.zeros(len(months), int), np.full(len(months), -1)
    for height, rank in (("bachelor", 4), ("master", 5), ("doctor", 6)):
        grant = at.education[height]
        by_diploma, by_degree = diploma >= rank, degree >= rank
        for held, levels, years in (
            (by_diploma & by_degree, int(grant.both_levels), int(grant.both_years)),
            (by_diploma != by_degree, int(grant.one_levels), int(grant.one_years)),
        ):
            there = (months + 12 * years) // every
            better = held & (there + levels >= most)
            most = np.where(better, there + levels, most)
            steps, granted = np.where(better, there, steps), np.where(better, levels, granted)
    lowest = np.array([0, *(int(at.lowest[name]) for name in POSTS)])[post]
    highest = np.array([0, *(int(at.highest[name]) for name in POSTS)])[post]
    return np.minimum(lowest + steps + granted + person("early_steps", year), highest)


def _money(items: tuple[str, ...]) -> dict[str, tuple[type, DateUnit, Formula | None]]:
    found: dict[str, tuple[type, DateUnit, Formula | None]] = {
        "basic_due": (int, MONTH, _part(lambda person, period, at: np.full(person.count, int(at.basic)))),
        "post_due": (int, MONTH, _part(lambda person, period, at: _by_post(at.post, person("held_post", period)))),
        "qualification_due": (int, MONTH, _part(_qualification)),
        "step_due": (int, MONTH, _part(_step)),
        "reward_due": (int, MONTH, _reward),
        "total": (int, MONTH, _sum([f"{name}_due" for name in (*BASIC_PARTS, "reward")])),
        "employer": (int, MONTH, _sum([f"{item}_employer" for item in items])),
        "employee": (int, MONTH, _sum([f"{item}_employee" for item in items])),
    }
    for item in items:
        for side in ("employer", "employee"):
            found[f"{item}_{side}"] = (int, MONTH, _contribution(item, side))
    return found


def _sum(names: list[str]) -> Formula:
    def formula(person: Any, period: Any, parameters: Any) -> Any:
        return sum(person(name, period) for name in names)

    return formula


def _part(whole: Callable[[Any, Any, Any], Array]) -> Formula:
    """A basic component: the share of a probation, then the days served, to the cent."""

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        at = parameters(period)
        amount = whole(person, period, at)
        amount = np.where(person("on_probation", period), (amount * int(at.probation) + 50) // 100, amount)
        return _served_share(person, period, amount)

    return formula


def _served_share(person: Any, period: Any, amount: Array) -> Any:
    days = period.days
    return (2 * amount * person("served", period) + days) // (2 * days)


def _by_post(node: Any, post: Array) -> Any:
    return np.array([0, *(int(node[name]) for name in POSTS)])[post]


def _qualification(person: Any, period: Any, at: Any) -> Any:
    amounts = np.array([0, *(int(at.qualification[name]) for name in ("junior", "intermediate", "senior"))])
    return amounts[person("certificate", period)]


def _step(person: Any, period: Any, at: Any) -> Any:
    """The table is read once for the day into an array, which is quicker than looking names up person by person."""
    table = np.zeros((len(POSTS) + 1, int(at.levels) + 1), int)
    for rank, name in enumerate(POSTS, start=1):
        for level in range(int(at.lowest[name]), int(at.highest[name]) + 1):
            table[rank, level] = int(at.step[name][f"l{level}"])
    return table[person("held_post", period), person("level", period)]


def _reward(person: Any, period: Any, parameters: Any) -> Any:
    amount = _by_post(parameters(period).reward, person("held_post", period))
    unpaid = person("on_probation", period) | person("failed_before", period.this_year)
    return _served_share(person, period, np.where(unpaid, 0, amount))


def _contribution(item: str, side: str) -> Formula:
    def formula(person: Any, period: Any, parameters: Any) -> Any:
        rule = parameters(period).insurance
        one = rule.items[item]
        unit = int(rule.rounded_to)
        base = (person("declared_base", period).astype(np.int64) + unit // 2) // unit * unit
        base = np.minimum(np.maximum(base, int(one.floor)), int(one.ceiling))
        size = 1_000_000 * int(one.rounded_to)
        amount = (base * int(one[side]) + size // 2) // size * int(one.rounded_to)
        return np.where(person("served", period) > 0, amount, 0)

    return formula
