"""What another scheme would cost a unit, who would gain and who lose by it, and where both lead in five years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.queries.people import street_in, streets_of
from careerpath.pay.queries.editions import insurance_on, scheme_of, scheme_on
from careerpath.pay.queries.facts import Worker, workers_of
from careerpath.policy.codes import Sex
from careerpath.policy.edition import shipped_texts
from careerpath.policy.employment import add_months
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import RULE as PAY
from careerpath.policy.pay import PayEdition, last_of
from careerpath.policy.retirement import RULE as RETIREMENT
from careerpath.policy.retirement import RetirementEdition
from careerpath.population import Person, gather
from careerpath.population.forecast import ASSUMPTIONS, Forecast, forecast
from careerpath.population.what_if import Side, WhatIf, what_if
from careerpath.rulebook.queries import edition_on, editions
from careerpath.rulebook.queries.pages import stored_edition
from careerpath.words import Message, Refused, msg

MONTHS = 12
YEARS = 5
MOST_MOVERS = 20
MOST_NAMED = 50
STEPS = (100, 300, 600)
"""Yuan a month at which the bands of gains and losses part."""

LEVELS_BY_RULE = msg("两版均按各自规定重新推算等级，与已审批的等级可能不同。")


@dataclass(frozen=True, slots=True)
class StreetLine:
    """One street: people compared, who gains and loses a month, and what a year costs under both, in yuan."""

    name: str
    people: int
    gaining: int
    losing: int
    gain: Decimal
    loss: Decimal
    now: tuple[Decimal, ...]
    draft: tuple[Decimal, ...]

    @property
    def now_cost(self) -> Decimal:
        """The months together, as it is."""
        return sum(self.now, Decimal(0))

    @property
    def draft_cost(self) -> Decimal:
        """The months together, under the draft."""
        return sum(self.draft, Decimal(0))


@dataclass(frozen=True, slots=True)
class Moved:
    """A person whose pay would change most: yuan of a whole month with every part."""

    employee_id: int
    name: str
    unit: str
    now: Decimal
    draft: Decimal
    now_level: int | None
    draft_level: int | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """People whom an edition cannot pay, and why; at most ``MOST_NAMED`` names, and how many there are in all."""

    draft: bool
    why: str
    names: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year ahead; cost of both in yuan, steps of both."""

    year: str
    people: int
    retiring: int
    now: Decimal
    draft: Decimal
    now_steps: int
    draft_steps: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """Two schemes for the people of a unit from a month on."""

    unit_id: int
    unit_name: str
    now: PayEdition
    draft: PayEdition
    first: date
    months: tuple[str, ...]
    people: int
    compared: int
    gaining: int
    losing: int
    same: int
    deciles: tuple[Decimal, ...]
    bands: tuple[tuple[Message, int], ...]
    """How many people gain or lose how much a month."""
    streets: tuple[StreetLine, ...]
    gainers: tuple[Moved, ...]
    losers: tuple[Moved, ...]
    left_out: tuple[LeftOut, ...]
    unlevelled: int
    """People whom the draft's ladder gives no level."""
    years: tuple[YearLine, ...]
    assumptions: tuple[Message, ...]

    @property
    def example(self) -> bool:
        """Whether some amount is one that no place has decided."""
        return self.now.head.example or self.draft.head.example

    @property
    def now_cost(self) -> Decimal:
        """All streets and months, as it is."""
        return sum((street.now_cost for street in self.streets), Decimal(0))

    @property
    def draft_cost(self) -> Decimal:
        """All streets and months, under the draft."""
        return sum((street.draft_cost for street in self.streets), Decimal(0))

    @property
    def now_months(self) -> tuple[Decimal, ...]:
        """All streets, month by month, as it is."""
        return tuple(sum(amounts, Decimal(0)) for amounts in zip(*(s.now for s in self.streets), strict=True))

    @property
    def draft_months(self) -> tuple[Decimal, ...]:
        """All streets, month by month, under the draft."""
        return tuple(sum(amounts, Decimal(0)) for amounts in zip(*(s.draft for s in self.streets), strict=True))


def simulate(actor: Actor, unit_id: int, draft: PayEdition, months: int = MONTHS) -> Simulation:
    """The scheme in force beside a draft for everybody in service in a unit today.

    The months begin with the next one, or with the draft's own first month where that is later. Nothing is changed.
    Levels are those that each scheme gives by its rule. Raises ``NotFound`` for a foreign unit, ``Refused`` where no
    scheme or insurance is in force.
    """
    unit = fetch_unit(actor, unit_id, Permission.PAY_SIMULATE)
    today = clock.today()
    first = max(add_months(today.replace(day=1), 1), draft.head.effective_from.replace(day=1))
    now = scheme_on(last_of(first))
    workers = workers_of(unit.path, today, today)
    names = streets_of(home.unit_path for worker in workers for home in worker.homes)
    persons = [_person(worker, today, (now, draft), names, unit.short_name) for worker in workers]
    people = gather(persons)
    insurance = _insurance(first, months)
    found = what_if(now, draft, people, first, months, insurance)
    retirement = retirement_on(first)
    ahead = [forecast(edition, people, first, retirement, YEARS, insurance) for edition in (now, draft)]
    gainers, losers = (
        tuple(_moved(found, workers, place, today) for place in side) for side in found.movers(MOST_MOVERS)
    )
    return Simulation(
        unit_id=unit.id,
        unit_name=unit.short_name,
        now=now,
        draft=draft,
        first=first,
        months=tuple(day.strftime("%Y-%m") for day in found.months),
        people=len(workers),
        compared=int(found.compared.sum()),
        gaining=found.gain,
        losing=found.lose,
        same=found.same,
        deciles=tuple(_yuan(cents) for cents in found.deciles),
        bands=_bands(found),
        streets=_streets(found),
        gainers=gainers,
        losers=losers,
        left_out=(*_left_out(found.now, workers, draft=False), *_left_out(found.draft, workers, draft=True)),
        unlevelled=len(found.draft.unlevelled),
        years=_years(*ahead),
        assumptions=(LEVELS_BY_RULE, *ASSUMPTIONS),
    )


def draft_of(actor: Actor, edition_id: int) -> PayEdition:
    """A stored scheme, draft or adopted; refused where the edition is one of another rule."""
    stored = stored_edition(actor, edition_id)
    if stored.rule != PAY:
        raise Refused(msg("这不是薪酬办法的版本。"))
    return scheme_of(stored.content)


def usual_unit(actor: Actor) -> int | None:
    """The highest unit that the actor may reckon for."""
    tops = [path for path in actor.prefixes(Permission.PAY_SIMULATE) if path]
    query = select(Unit.id).where(Unit.path.in_(tops)).order_by(Unit.path)
    return db.session.scalars(query.limit(1)).one_or_none()


@lru_cache
def _shipped_retirement() -> tuple[RetirementEdition, ...]:
    return tuple(RetirementEdition.from_toml(text, name) for name, text in shipped_texts(RETIREMENT).items())


def retirement_on(on: date) -> RetirementEdition:
    """The edition of the ages of retirement in force on a day."""
    known = editions(RETIREMENT, RetirementEdition.from_plain, _shipped_retirement())
    return edition_on(known, on, "")


def _person(worker: Worker, on: date, schemes: Sequence[PayEdition], names: dict[int, str], elsewhere: str) -> Person:
    other: dict[str, str] = {}
    for scheme in schemes:
        other |= worker.facts_on(scheme, on).other
    home = worker.home_on(on)
    street = "" if home is None else street_in(home.unit_path, names)
    return Person(
        id=worker.employee_id,
        facts=replace(worker.facts_on(schemes[0], on), placed=None, other=other),
        born_on=worker.born_on,
        sex=Sex(worker.sex),
        unit=street or elsewhere,
        bases=worker.bases,
    )


def _insurance(first: date, months: int) -> tuple[InsuranceEdition, ...]:
    found = {}
    for number in range(max(months, YEARS * 12)):
        edition = insurance_on(add_months(first, number))
        found[edition.head.key] = edition
    return tuple(found.values())


def _bands(found: WhatIf) -> tuple[tuple[Message, int], ...]:
    """People by what a month would bring more or less, in bands that begin at ``STEPS`` yuan."""
    moves = found.difference[found.compared]
    first = STEPS[0]
    bands = [(msg("不变"), int((moves == 0).sum()))]
    for place, low in enumerate((0, *STEPS)):
        least, most = max(low * 100, 1), STEPS[place] * 100 if place < len(STEPS) else None
        less, more = -moves >= least, moves >= least
        if most is not None:
            less, more = less & (-moves < most), more & (moves < most)
        lost = msg("减≥%(yuan)s", yuan=low) if low else msg("减<%(yuan)s", yuan=first)
        won = msg("增≥%(yuan)s", yuan=low) if low else msg("增<%(yuan)s", yuan=first)
        bands = [(lost, int(less.sum())), *bands, (won, int(more.sum()))]
    return tuple(bands)


def _streets(found: WhatIf) -> tuple[StreetLine, ...]:
    people = found.now.totals.people
    lines = []
    for place, name in enumerate(people.units):
        here = (people.unit == place) & found.compared
        moves = found.difference[here]
        lines.append(
            StreetLine(
                name=name,
                people=int(here.sum()),
                gaining=int((moves > 0).sum()),
                losing=int((moves < 0).sum()),
                gain=_yuan(int(moves[moves > 0].sum())),
                loss=_yuan(int(moves[moves < 0].sum())),
                now=tuple(_yuan(int(cents)) for cents in found.now.costs[:, place]),
                draft=tuple(_yuan(int(cents)) for cents in found.draft.costs[:, place]),
            )
        )
    return tuple(lines)


def _moved(found: WhatIf, workers: Sequence[Worker], place: int, on: date) -> Moved:
    worker = workers[place]
    home = worker.home_on(on)
    whole = [int(side.totals.rows.column("whole")[side.totals.row[0, place]]) for side in (found.now, found.draft)]
    levels = [int(side.totals.level[0, place]) or None for side in (found.now, found.draft)]
    return Moved(
        worker.employee_id,
        worker.name,
        "" if home is None else home.unit_name,
        _yuan(whole[0]),
        _yuan(whole[1]),
        levels[0],
        levels[1],
    )


def _left_out(side: Side, workers: Sequence[Worker], *, draft: bool) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(
            draft,
            "；".join(group.why),
            tuple(workers[place].name for place in group.places[:MOST_NAMED]),
            len(group.places),
        )
        for group in side.lacking
    )


def _years(now: Forecast, draft: Forecast) -> tuple[YearLine, ...]:
    return tuple(
        YearLine(
            year=f"{a.first:%Y-%m}—{add_months(a.first, 11):%Y-%m}",
            people=a.ending,
            retiring=a.retiring,
            now=_yuan(a.cost),
            draft=_yuan(b.cost),
            now_steps=a.steps,
            draft_steps=b.steps,
        )
        for a, b in zip(now.years, draft.years, strict=True)
    )


def _yuan(cents: int) -> Decimal:
    return Decimal(int(cents)) / 100
