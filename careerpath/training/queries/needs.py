"""Who has had the training that is asked for in a year, who lacks how much of it, and one's own standing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, listed_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Posting
from careerpath.employees.queries.people import matches, street_in, streets_of
from careerpath.employees.queries.serving import own_employee
from careerpath.policy.training import Attended, Need, Tier, TrainingEdition, days_of
from careerpath.training.queries.rules import rules_or_none
from careerpath.training.queries.trainees import (
    ServingPerson,
    courses_in,
    day_of_year,
    needs_among,
    needs_for,
    serving_people,
    trainees_of,
)

__all__ = ["NeedFilters", "NeedLine", "NeedPage", "OwnNeeds", "need_lines", "needs_for", "own_needs"]

FIRST_YEAR = 2000
MOST_UNITS = 50
"""How many units of one name are looked below."""

ZERO = Decimal(0)


class Standing(StrEnum):
    """Whether a requirement is met."""

    LACKING = "lacking"
    MET = "met"


@dataclass(frozen=True, slots=True)
class NeedFilters:
    """What the list is narrowed to. ``on`` is the day the year is looked at."""

    year: int
    on: date
    requirement: str = ""
    state: Standing | None = Standing.LACKING
    unit: str = ""
    unit_id: int | None = None
    q: str = ""
    sort: str = "unit"

    @property
    def narrow(self) -> bool:
        """Whether people are left out."""
        return bool(self.requirement or self.state or self.unit or self.unit_id or self.q)


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One requirement of one person, with the days had in the year by tier, counted or not."""

    person: ServingPerson
    street: str
    need: Need
    by_tier: Mapping[Tier, Decimal]

    @property
    def lacking(self) -> Decimal:
        """How many days are lacking."""
        return max(self.need.wanted - self.need.days, ZERO)


@dataclass(frozen=True, slots=True)
class NeedPage:
    """One page of the list; ``counts`` are people who met and who lack each requirement, whatever the state shown."""

    page: Page[NeedLine]
    edition: TrainingEdition | None
    counts: tuple[tuple[str, str, int, int], ...]
    """Code and name of the requirement, people who met it, people who lack days."""
    people: int


@dataclass(frozen=True, slots=True)
class OwnNeeds:
    """One's own year: what is asked for, and hours and days had by tier."""

    year: int
    needs: tuple[Need, ...]
    hours: Decimal
    days: Decimal
    by_tier: tuple[tuple[Tier, Decimal], ...]
    edition: TrainingEdition | None


def filters_of(args: Mapping[str, str]) -> NeedFilters:
    """What an address asks for; what makes no sense is left out. Without a state those who lack are shown."""
    this = clock.today().year
    asked, on = whole_number(args.get("year", "")), read_day(args.get("on", ""))
    usual = min(on.year, this) if on is not None else this
    year = asked if asked is not None and FIRST_YEAR <= asked <= this + 1 else usual
    state = args.get("state", Standing.LACKING.value)
    return NeedFilters(
        year=year,
        on=day_of_year(year, on),
        requirement=args.get("requirement", "")[:40],
        state=Standing(state) if state in set(Standing) else None,
        unit=args.get("unit", "").strip()[:80],
        unit_id=whole_number(args.get("unit_id", "")),
        q=args.get("q", "").strip()[:64],
        sort="lacking" if args.get("sort") == "lacking" else "unit",
    )


def need_page(
    actor: Actor, filters: NeedFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> NeedPage:
    """One page of who has met and who lacks what in a year. Seven queries, however many people there are."""
    edition, people, lines = _lines(actor, filters)
    met, short = Counter[str](), Counter[str]()
    for line in lines:
        (met if line.need.is_met else short)[line.need.code] += 1
    rules = edition.requirements if edition is not None else ()
    counts = tuple((rule.code, rule.name, met[rule.code], short[rule.code]) for rule in rules)
    shown = [line for line in lines if _fits(line, filters)]
    key = _by_lacking if filters.sort == "lacking" else _by_unit
    page = listed_page(sorted(shown, key=key), key, after=after, before=before, size=size)
    streets = streets_of(line.person.unit_path for line in page.rows)
    rows = [
        NeedLine(line.person, street_in(line.person.unit_path, streets), line.need, line.by_tier) for line in page.rows
    ]
    return NeedPage(Page(rows, page.total, page.after, page.before), edition, counts, people)


def need_lines(actor: Actor, filters: NeedFilters) -> list[NeedLine]:
    """Everybody whom the filter names with what they have and lack, by unit and number. Seven queries."""
    _, _, lines = _lines(actor, filters)
    shown = [line for line in lines if _fits(line, filters)]
    streets = streets_of(line.person.unit_path for line in shown) if shown else {}
    return [NeedLine(line.person, street_in(line.person.unit_path, streets), line.need, line.by_tier) for line in shown]


def own_needs(actor: Actor, year: int) -> OwnNeeds | None:
    """What the rules ask of the actor in a year and what there is of it; ``None`` for an account without a file."""
    employee = own_employee(actor)
    if employee is None:
        return None
    return person_needs(employee.id, year, day_of_year(year))


def person_needs(employee_id: int, year: int, on: date) -> OwnNeeds:
    """What the rules ask of one person in a year, as it stands on a day, whoever asks. Five queries."""
    edition = rules_or_none(on)
    trainees = trainees_of([employee_id], year, on)
    attended = courses_in(trainees[employee_id].attended, year) if trainees else []
    if edition is None:
        return OwnNeeds(year, (), sum((one.hours for one in attended), ZERO), ZERO, (), None)
    by_tier = days_by_tier(edition, attended)
    needs = needs_among(trainees, edition, year, on).get(employee_id, ())
    hours = sum((one.hours or (one.days or ZERO) * edition.hours_per_day for one in attended), ZERO)
    tiers = tuple((tier, by_tier[tier]) for tier in Tier if tier in by_tier)
    return OwnNeeds(year, needs, hours, sum(by_tier.values(), ZERO), tiers, edition)


def days_by_tier(edition: TrainingEdition, attended: Sequence[Attended]) -> dict[Tier, Decimal]:
    """The days of some courses by the tier that held them."""
    found: dict[Tier, Decimal] = {}
    for course in attended:
        found[course.tier] = found.get(course.tier, ZERO) + days_of(edition, course)
    return found


def _lines(actor: Actor, filters: NeedFilters) -> tuple[TrainingEdition | None, int, list[NeedLine]]:
    edition = rules_or_none(filters.on)
    if edition is None:
        return None, 0, []
    people = serving_people(actor, filters.on, *_conditions(filters))
    trainees = trainees_of([person.employee_id for person in people], filters.year, filters.on)
    needs = needs_among(trainees, edition, filters.year, filters.on)
    lines = []
    for person in people:
        found = needs.get(person.employee_id, ())
        if not found:
            continue
        attended = courses_in(trainees[person.employee_id].attended, filters.year)
        by_tier = days_by_tier(edition, attended)
        lines += [NeedLine(person, "", need, by_tier) for need in found]
    return edition, len(people), lines


def _conditions(filters: NeedFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.q:
        found.append(matches(filters.q))
    if filters.unit_id is not None:
        found.append(_below(Unit.id == filters.unit_id))
    elif filters.unit:
        found.append(_below(or_(Unit.name.contains(filters.unit, autoescape=True), Unit.code == filters.unit)))
    return found


def _below(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """The filter "the main post is at one of these units or below it"."""
    paths = db.session.scalars(select(Unit.path).where(wanted).limit(MOST_UNITS)).all()
    lower = or_(*(Unit.path.startswith(path, autoescape=True) for path in paths)) if paths else Unit.id.is_(None)
    return Posting.unit_id.in_(select(Unit.id).where(lower))


def _fits(line: NeedLine, filters: NeedFilters) -> bool:
    if filters.requirement and line.need.code != filters.requirement:
        return False
    return filters.state is None or line.need.is_met == (filters.state is Standing.MET)


def _by_unit(line: NeedLine) -> str:
    return f"{line.person.unit_code} {line.person.number} {line.need.code}"


def _by_lacking(line: NeedLine) -> str:
    # Most first: what is lacking is turned round, in tenths, because keys are compared as text.
    return f"{99999 - int(line.lacking * 10):05d} {_by_unit(line)}"
