"""The classes of the past years, entered once they were over: who was sent, who was there, who passed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from careerpath.demo.chance import Chance
from careerpath.demo.growth.courses import (
    ENTRANTS,
    EVERYBODY,
    HOURS_A_DAY,
    KEY,
    MORE_THEMES,
    SECRETARIES,
    THEMES,
    Theme,
    keep_district_course,
    keep_street_course,
)
from careerpath.demo.growth.work import serves
from careerpath.demo.office import Office
from careerpath.demo.people import Person, scaled
from careerpath.demo.places import DALIAN
from careerpath.demo.recruitment.days import MONDAY, weekday_until
from careerpath.demo.schedule import Step
from careerpath.demo.texts import training as texts
from careerpath.policy.codes import Post as Level
from careerpath.training.operations.classes import AudienceGiven, ClassGiven
from careerpath.training.operations.held import HeldGiven, record_held_class, record_held_classes
from careerpath.words import msg

CITY_CLASSES, CITY_COMMUNITIES = 1612, 1832
"""Classes of a year in the whole city, and its communities; a district has its share of them."""
GROUP_DAYS = (-14, -12, -7, -5)
"""Everybody is trained in groups, so many days from the Monday on which they are entered."""
MISSED = {SECRETARIES: 6, EVERYBODY: 3, ENTRANTS: 2, KEY: 0, "street": 4}
"""Per cent of those sent who were not there at all, and as many left early."""
ANYBODY = AudienceGiven()
KEY_PEOPLE, SMALL_CLASS = 6, (9, 16)
PASSING = Decimal(60)
AFTER_BEGINNING = 6
"""The training before the first day is entered so many days after it, once there are files."""
YEARS_OF_LARGE = 1
"""Of many thousands the classes of the present year and so many before it are told."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A class and who was sent to it."""

    key: str
    given: ClassGiven
    people: Sequence[Person]
    days: int


@dataclass(eq=False)
class ClassWork:
    """Courses and classes of one demo."""

    office: Office
    courses: dict[tuple[str, str], int] = field(default_factory=dict)
    """Ids by the code of the unit and the name of the course."""

    @property
    def years(self) -> range:
        """The years whose classes are told."""
        town = self.office.town
        first = town.times.introduced_on.year if town.is_small else town.times.year - YEARS_OF_LARGE
        return range(first, town.times.today.year + 1)

    def district_course(self, key: str) -> int:
        """The district's course, kept when it is first held."""
        known = (self.office.town.place.district, key)
        if known not in self.courses:
            self.courses[known] = keep_district_course(self.office, key)
        return self.courses[known]

    def street_course(self, street: str, theme: Theme) -> int:
        """A street's course, likewise."""
        if (street, theme.name) not in self.courses:
            self.courses[street, theme.name] = keep_street_course(self.office, street, theme)
        return self.courses[street, theme.name]

    def hold_secretaries(self, year: int, first: date) -> None:
        """All secretaries for five days."""
        people = [one for one in self.serving(first) if one.level_on(first) is Level.CHIEF]
        name = f"{year}年{self.office.town.place.name}社区党组织书记培训班"
        self._hold([self._sent(SECRETARIES, name, first, 5, people, AudienceGiven(posts=(Level.CHIEF.value,)))])

    def hold_key(self, year: int, first: date) -> None:
        """The city takes a few of the best for five days."""
        people = [one for one in self.serving(first) if one.level_on(first) is not Level.STAFF]
        people.sort(key=lambda one: (-one.quality, one.key))
        chosen = people[: scaled(KEY_PEOPLE, len(self.office.town.people))]
        self._hold([self._sent(KEY, f"{year}年全市社区骨干示范培训班", first, 5, chosen)])

    def hold_everybody(self, year: int, first: date) -> None:
        """Everybody for two days, in groups so that no office stands empty."""
        people = self.serving(first)
        rows = []
        for number, away in enumerate(GROUP_DAYS):
            mine = [one for one in people if one.key % len(GROUP_DAYS) == number]
            if mine:
                day = first + timedelta(days=away)
                rows.append(self._sent(EVERYBODY, f"{year}年社区工作者全员轮训第{number + 1}期", day, 2, mine))
        self._hold(rows)

    def train_entrants(self, joined_on: date) -> None:
        """Three days before the first day of those who began on a day."""
        people = [one for one in self.office.town.everybody if one.batch and one.joined_on == joined_on]
        people = [one for one in people if one.key in self.office.files]
        if people:
            first = joined_on - timedelta(days=8)
            audience = AudienceGiven(joined_from=joined_on, joined_until=joined_on)
            name = f"{joined_on.year}年{joined_on.month}月新进社区工作者岗前培训班"
            self._hold([self._sent(ENTRANTS, name, first, 3, people, audience)])

    def hold_streets(self, year: int, on: date) -> None:
        """Each street takes a theme for a day with everybody."""
        theme = THEMES[year % len(THEMES)]
        for street in self.office.town.streets:
            people = [one for one in self.serving(on) if one.post.street.code == street]
            if people:
                self._hold_street(street, year, theme, on, people)

    def hold_small(self, street: str, number: int, on: date) -> None:
        """A street teaches a few people one line of work."""
        chance = Chance.of(self.office.town.seed, "small class", street, on)
        people = [one for one in self.serving(on) if one.post.street.code == street]
        chosen = chance.sample(people, min(len(people), chance.randint(*SMALL_CLASS)))
        if chosen:
            self._hold_street(street, on.year, MORE_THEMES[number % len(MORE_THEMES)], on, chosen)

    def serving(self, on: date) -> list[Person]:
        """Those who have a file and are in service on a day."""
        return [one for one in self.office.town.everybody if one.key in self.office.files and serves(one, on)]

    def _sent(
        self, key: str, name: str, first: date, days: int, people: Sequence[Person],
        audience: AudienceGiven = ANYBODY,
    ) -> Sent:  # fmt: skip
        chance = Chance.of(self.office.town.seed, "class", name)
        place = self.office.town.place
        given = ClassGiven(
            course_id=self.district_course(key),
            name=name,
            starts_on=first,
            ends_on=first + timedelta(days=days - 1),
            held_at=chance.choice(texts.HELD_AT),
            teacher=chance.choice(texts.TEACHERS),
            audience=audience,
            document=f"{place.document}〔{first.year}〕{first.timetuple().tm_yday}号",
        )
        return Sent(key, given, people, days)

    def _hold(self, rows: Iterable[Sent]) -> None:
        held = [(row.given, list(self._there(row))) for row in rows]
        record_held_classes(self.office.staff["district"], held)

    def _hold_street(self, street: str, year: int, theme: Theme, on: date, people: Sequence[Person]) -> None:
        chance = Chance.of(self.office.town.seed, "class", street, theme.name, on)
        given = ClassGiven(
            course_id=self.street_course(street, theme),
            name=f"{people[0].post.street.name}{year}年{theme.name}班" + (f"（{on.month}月）" if theme.teaches else ""),
            starts_on=on,
            ends_on=on,
            held_at=f"{people[0].post.street.name}党群服务中心",
            teacher=chance.choice(texts.TEACHERS),
            score_wanted=PASSING if theme.teaches else None,
        )
        sent = Sent("street", given, people, 1)
        record_held_class(self.office.clerks[street], given, list(self._there(sent)))

    def _there(self, sent: Sent) -> Iterator[HeldGiven]:
        """Who was there: nearly everybody, all the time."""
        for person in sent.people:
            chance = person.chance(self.office.town.seed, "class", sent.given.name)
            if chance.happens(MISSED[sent.key]):
                continue
            early = sent.days > 1 and chance.happens(MISSED[sent.key])
            hours = Decimal((sent.days - 1) * HOURS_A_DAY) if early else None
            tested = sent.given.score_wanted is not None
            score = Decimal(chance.randint(52, 98)) if tested else None
            yield HeldGiven(self.office.files[person.key], hours, score)


def class_steps(work: ClassWork) -> Iterator[Step]:
    """The classes that are over."""
    return (step for step in _planned(work) if step.day < work.office.town.times.today)


def _planned(work: ClassWork) -> Iterator[Step]:
    town = work.office.town
    for joined_on in sorted({one.joined_on for one in town.everybody if one.batch}):
        yield Step(joined_on + timedelta(days=AFTER_BEGINNING), partial(work.train_entrants, joined_on))
    for year in work.years:
        spring, may = _monday(date(year, 3, 24)), _monday(date(year, 5, 21))
        summer, autumn = _monday(date(year, 6, 18)), _monday(date(year, 9, 10)) + timedelta(days=2)
        yield Step(
            spring + timedelta(days=7),
            partial(work.hold_secretaries, year, spring),
            msg("%(year)s 年教育培训", year=year),
        )
        yield Step(may, partial(work.hold_everybody, year, may))
        yield Step(summer + timedelta(days=7), partial(work.hold_key, year, summer))
        yield Step(autumn + timedelta(days=1), partial(work.hold_streets, year, autumn))
    yield from _small_classes(work)


def _small_classes(work: ClassWork) -> Iterator[Step]:
    """Two a year in the street in the foreground of the county; of the city as many as make up its share."""
    town, year = work.office.town, work.office.town.times.year
    if town.place is not DALIAN:
        for past in work.years:
            for number, (month, day) in enumerate(((4, 16), (7, 9))):
                on = date(past, month, day)
                yield Step(on + timedelta(days=1), partial(work.hold_small, town.streets[0], 2 * past + number, on))
        return
    entrants = {one.joined_on for one in town.everybody if one.batch and one.joined_on.year == year}
    others = len(entrants) + len(GROUP_DAYS) + 2 + len(town.streets)
    wanted = max(0, round(CITY_CLASSES * len(town.posts) / CITY_COMMUNITIES) - others)
    for number in range(wanted):
        street = town.streets[number % len(town.streets)]
        on = date(year, 1, 12) + timedelta(days=number * 270 // max(1, wanted))
        on = on if on.weekday() < 5 else on + timedelta(days=2)
        theme = number // len(town.streets)
        yield Step(on + timedelta(days=1), partial(work.hold_small, street, theme, on))


def _monday(day: date) -> date:
    return weekday_until(day, MONDAY)
