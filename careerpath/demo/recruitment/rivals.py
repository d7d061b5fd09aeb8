"""Applicants who were not appointed: invented like the people of the plan, with numbers that belong to nobody."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from stdnum.cn import ric

from careerpath.demo.chance import Chance
from careerpath.demo.names import any_name
from careerpath.demo.people import YEAR_DAYS, Person, Town
from careerpath.demo.places import Post
from careerpath.employees.models import Channel, Source
from careerpath.policy.codes import Political, Sex
from careerpath.policy.codes import Post as Level

FIRST_KEY = 700_000
"""Keys of rivals begin where those of the plan's people never come."""
FIRST_SERIAL = 320
"""Of the 499 numbers for each day of birth and sex, those that the plan's people never come to."""
SOURCES = {Source.GRADUATE: 55, Source.GRID_WORKER: 20, Source.VETERAN: 10, Source.OTHER: 15}


class Trait(StrEnum):
    """Why somebody's application does not hold."""

    SOUND = "sound"
    SCHOOL = "school"
    """No college diploma."""
    AGE = "age"
    ELSEWHERE = "elsewhere"
    """Household registered in another place."""
    PAPERS = "papers"
    """Papers do not agree with what was stated."""


@dataclass(slots=True)
class Rivals:
    """All rivals of a town in turn."""

    town: Town
    count: int = 0
    serials: dict[tuple[date, Sex], int] = field(default_factory=dict)

    def next(
        self, post: Post, joins_on: date, batch: int, channel: Channel, source: Source | None, trait: Trait
    ) -> Person:
        """One more applicant for a position of a batch; ``joins_on`` is the day on which its people began."""
        key = FIRST_KEY + self.count
        self.count += 1
        chance = Chance.of(self.town.seed, "rival", key)
        named = any_name(chance)
        person = Person(key, named, joins_on, joins_on, post, Level.STAFF, batch, channel)
        person.source = source or (Source.GRID_WORKER if channel is Channel.TRANSFER_IN else chance.weighed(SOURCES))
        years = chance.uniform(42.5, 46) if trait is Trait.AGE else chance.triangular(22.6, 33, 25)
        person.born_on = joins_on - timedelta(days=int(years * YEAR_DAYS))
        person.political = chance.weighed(
            {Political.LEAGUE_MEMBER: 40, Political.PARTY_MEMBER: 18, Political.MASSES: 42}
            if years < 27
            else {Political.PARTY_MEMBER: 30, Political.MASSES: 70}
        )
        person.identity = self._number(person.born_on, named.sex)
        return person

    def _number(self, born_on: date, sex: Sex) -> str:
        serial = self.serials.get((born_on, sex), FIRST_SERIAL)
        self.serials[born_on, sex] = serial + 1
        order = serial * 2 + (0 if sex is Sex.FEMALE else 1)
        head = f"{self.town.place.division}{born_on:%Y%m%d}{order:03d}"
        return head + ric.calc_check_digit(head + "0")
