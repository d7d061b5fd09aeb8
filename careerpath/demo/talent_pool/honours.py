"""Honours and mandates of the plan's people; the streets enter the mandates as they became known."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from careerpath.demo.office import Office
from careerpath.demo.operations import keep_files
from careerpath.demo.people import Person, Town, scaled
from careerpath.demo.places import DALIAN
from careerpath.demo.schedule import Step
from careerpath.employees.operations.facts import NewHonour
from careerpath.policy.codes import HonourKind, HonourLevel
from careerpath.policy.codes import Post as Level

COUNTY_FIGURES = {HonourKind.PARTY_DELEGATE: 4, HonourKind.PEOPLES_DEPUTY: 1, HonourKind.MODEL_WORKER: 17}
"""Of the county, at its standard number of people."""
CITY_DELEGATES, CITY_MODELS, CITY_COMMUNITIES = 425, 40, 1832
"""Of the whole city and all its communities; a district has its share of them."""
CITY_SHARES = {HonourKind.PARTY_DELEGATE: 45, HonourKind.PEOPLES_DEPUTY: 30, HonourKind.POLITICAL_ADVISER: 25}
"""Per cent of the delegates and deputies: the split is invented."""
TERMS = {
    HonourKind.PARTY_DELEGATE: ((5, 12, 28), "中国共产党%s代表大会代表"),
    HonourKind.PEOPLES_DEPUTY: ((4, 1, 10), "%s人民代表大会代表"),
    HonourKind.POLITICAL_ADVISER: ((4, 1, 8), "政协%s委员会委员"),
}
"""The day on which a term of five years began, by years before the open one; and the title."""
TERM_YEARS = 5
GRANTED = (5, 18)
"""Titles are granted in May; those of the city and the province only now and then."""
CITY_LEVEL, PROVINCE_LEVEL = 4, 9
"""Each so-manieth title is one of the city or of the province."""


@dataclass(frozen=True, slots=True)
class Granted:
    """Somebody's honour and the day on which the street hears of it."""

    day: date
    person: Person
    honour: NewHonour


def figures(town: Town) -> dict[HonourKind, int]:
    """How many hold each kind of honour: the county's own figures, or the share of the city's communities."""
    if town.place is not DALIAN:
        return {kind: scaled(count, len(town.people)) for kind, count in COUNTY_FIGURES.items()}
    share = len(town.posts) / CITY_COMMUNITIES
    delegates = CITY_DELEGATES * share
    found = {kind: max(1, round(delegates * percent / 100)) for kind, percent in CITY_SHARES.items()}
    return found | {HonourKind.LABOUR_MODEL: max(1, round(CITY_MODELS * share))}


def mandates(town: Town) -> list[Granted]:
    """Who represents others: secretaries of many years."""
    heads = [one for one in town.people if one.level is Level.CHIEF and not one.batch]
    heads.sort(key=lambda one: (-one.quality, one.key))
    found = []
    for kind, count in figures(town).items():
        if kind in TERMS:
            chosen, heads = heads[:count], heads[count:]
            found += [_mandate(town, person, kind) for person in chosen]
    return found


def titles(town: Town) -> list[Granted]:
    """Who was given a title: whoever works best."""
    return [one for kind, count in figures(town).items() if kind not in TERMS for one in _titles(town, kind, count)]


def mandate_steps(office: Office) -> Iterator[Step]:
    """The streets enter the mandates that became known on a day."""
    by_day: dict[date, list[Granted]] = defaultdict(list)
    for one in mandates(office.town):
        by_day[one.day].append(one)
    for day, granted in sorted(by_day.items()):
        yield Step(day, partial(_enter, office, granted))


def _mandate(town: Town, person: Person, kind: HonourKind) -> Granted:
    (ago, month, day), title = TERMS[kind]
    granted_on = date(town.times.year - ago, month, day)
    # A mandate of a term before the office took up its files was entered with them.
    known_on = max(granted_on, town.times.introduced_on) + timedelta(days=12)
    return Granted(
        known_on,
        person,
        NewHonour(
            kind=kind.value,
            level=HonourLevel.COUNTY.value,
            granted_on=granted_on,
            ends_on=granted_on.replace(year=granted_on.year + TERM_YEARS) - timedelta(days=1),
            title=title % town.place.name,
        ),
    )


def _titles(town: Town, kind: HonourKind, count: int) -> list[Granted]:
    """In turns through the years since files were taken up; each person holds one of a kind."""
    years = list(range(town.times.introduced_on.year, town.times.year + 1))
    free = sorted((one for one in town.people if one.batch < 4), key=lambda one: (-one.quality, one.key))
    found: list[Granted] = []
    for number in range(count):
        granted_on = date(years[number % len(years)], *GRANTED)
        person = next((one for one in free if one.joined_on < granted_on - timedelta(days=365)), None)
        if person is None:
            continue
        free.remove(person)
        level = _level(number)
        if kind is HonourKind.LABOUR_MODEL:
            level = HonourLevel.CITY
        found.append(
            Granted(
                granted_on + timedelta(days=9),
                person,
                NewHonour(
                    kind=kind.value,
                    level=level.value,
                    granted_on=granted_on,
                    document=f"{town.place.document}〔{granted_on.year}〕{number + 12}号",
                ),
            )
        )
    return found


def _level(number: int) -> HonourLevel:
    if number % PROVINCE_LEVEL == PROVINCE_LEVEL - 1:
        return HonourLevel.PROVINCE
    return HonourLevel.CITY if number % CITY_LEVEL == CITY_LEVEL - 1 else HonourLevel.COUNTY


def _enter(office: Office, granted: list[Granted]) -> None:
    by_street: dict[str, list[tuple[int, NewHonour]]] = defaultdict(list)
    for one in granted:
        by_street[one.person.post.street.code].append((office.files[one.person.key], one.honour))
    for code, given in by_street.items():
        keep_files(office.clerks[code], given)
