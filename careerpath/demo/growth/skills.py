"""What people can do in the lines of work: by daily work, in contests, by the yearly test of all lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.growth.work import EXPERIENCED, lines_of_person, serves, years_of
from careerpath.demo.office import Office
from careerpath.demo.people import Person, scaled
from careerpath.demo.schedule import Step
from careerpath.skills.codes import ShownBy, SkillLevel, UsualLine
from careerpath.skills.models import WorkLine
from careerpath.skills.operations.lines import take_usual_lines
from careerpath.skills.operations.skills import ContestResult, SkillGiven, record_contest, record_skills
from careerpath.words import msg

FIRST_LOOK = 45
"""So many days after files were taken up, what people do day by day was written down."""
YEARLY = (4, 20)
"""On this day of each year the streets add those who have served for some months and are able now."""
CONTEST, TEST = (9, 16), (6, 24)
CONTESTS = (UsualLine.MEDIATION, UsualLine.GRID, UsualLine.PARTY, UsualLine.RELIEF, UsualLine.SAFETY)
CONTESTANTS, PRIZES, TESTED = 18, 6, 7
"""How many take part in a contest, win a place in it, and pass the test of all lines in a year."""
TEST_YEARS = 3
"""The test counts for so many years."""
STANDING_IN = 55
"""Per cent of the people who can do a second line well, to stand in for a colleague."""


@dataclass(eq=False)
class SkillWork:
    """The district's lines and what people show in them."""

    office: Office
    lines: dict[str, int] = field(default_factory=dict)
    """Ids by code."""
    tested: set[int] = field(default_factory=set)
    """Keys of the people who passed the test of all lines."""

    def take_lines(self) -> None:
        """The district takes the usual lines."""
        unit_id = self.office.units[self.office.town.place.district]
        take_usual_lines(self.office.staff["district"], unit_id)
        found = db.session.execute(select(WorkLine.code, WorkLine.id).where(WorkLine.unit_id == unit_id))
        self.lines = {row.code: row.id for row in found}

    def write_down(self, people: Iterable[Person], on: date) -> None:
        """The streets write down what people do day by day."""
        by_street: dict[str, list[tuple[int, SkillGiven]]] = defaultdict(list)
        for person in people:
            if person.key in self.office.files and serves(person, on):
                by_street[person.post.street.code] += self._daily(person, on)
        for code, rows in by_street.items():
            record_skills(self.office.clerks[code], rows)

    def hold_contest(self, line: UsualLine, on: date) -> None:
        """The best of each line compete."""
        town = self.office.town
        chance = Chance.of(town.seed, "contest", on.year)
        able = [person for person in self._serving(on) if line in lines_of_person(town, person, on)]
        able.sort(key=lambda person: (-person.quality, person.key))
        count = scaled(CONTESTANTS, len(town.people))
        chosen = [*able[: count // 2], *chance.sample(able[count // 2 :], min(len(able[count // 2 :]), count // 2))]
        if not chosen:
            return
        results = [
            ContestResult(
                self.office.files[person.key],
                SkillLevel.TEACHING if rank <= PRIZES // 2 else SkillLevel.ABLE,
                rank if rank <= PRIZES else None,
            )
            for rank, person in enumerate(chosen, start=1)
        ]
        name = f"{on.year}年{town.place.name}社区工作者业务大比武（{line.zh}）"
        record_contest(self.office.staff["district"], self.lines[line.value], on, name, results)

    def hold_test(self, on: date) -> None:
        """A few pass the test of all lines."""
        people = [person for person in self._serving(on) if person.key not in self.tested and years_of(person, on) >= 1]
        people.sort(key=lambda person: (-person.quality, person.key))
        passed = people[: scaled(TESTED, len(self.office.town.people))]
        self.tested |= {person.key for person in passed}
        until = on.replace(year=on.year + TEST_YEARS) - timedelta(days=1)
        told = f"{on.year}年全岗通业务测试"
        rows = [
            (
                self.office.files[person.key],
                SkillGiven(self.lines[line.value], SkillLevel.ABLE, ShownBy.TEST, on, until, told),
            )
            for person in passed
            for line in UsualLine
        ]
        record_skills(self.office.staff["district"], rows)

    def _serving(self, on: date) -> list[Person]:
        return [one for one in self.office.town.people if one.key in self.office.files and serves(one, on)]

    def _daily(self, person: Person, on: date) -> list[tuple[int, SkillGiven]]:
        town, years = self.office.town, years_of(person, on)
        chance = person.chance(town.seed, "skills", on.year)
        level = SkillLevel.TEACHING if years >= EXPERIENCED and chance.happens(60) else SkillLevel.ABLE
        shown = dict.fromkeys(lines_of_person(town, person, on), level)
        others = [line for line in UsualLine if line not in shown]
        if chance.happens(STANDING_IN):
            shown[chance.choice(others)] = SkillLevel.ABLE
        shown.setdefault(chance.choice(others), SkillLevel.LEARNING)
        file = self.office.files[person.key]
        evidence = "街道核定岗位职责"
        return [
            (file, SkillGiven(self.lines[line.value], held, ShownBy.PRACTICE, on, evidence=evidence))
            for line, held in shown.items()
        ]


def skill_steps(work: SkillWork) -> Iterator[Step]:
    """Lines and skills up to the present."""
    town, times = work.office.town, work.office.town.times
    first_on = times.introduced_on + timedelta(days=FIRST_LOOK)
    yield Step(times.introduced_on, work.take_lines)
    early = [person for person in town.everybody if person.joined_on <= first_on]
    yield Step(first_on, partial(work.write_down, early, first_on), msg("业务条线和岗位技能"))
    years = range(times.introduced_on.year, times.today.year + 1)
    for number, year in enumerate(years):
        added_on, test_on, contest_on = date(year, *YEARLY), date(year, *TEST), date(year, *CONTEST)
        if year > times.introduced_on.year and added_on < times.today:
            # Those who came since the last look, but for the latest, who are still learning.
            since = max(first_on, date(year - 1, *YEARLY))
            new = [person for person in town.everybody if since < person.joined_on <= added_on]
            yield Step(added_on, partial(work.write_down, new, added_on))
        if test_on < times.today:
            yield Step(test_on, partial(work.hold_test, test_on))
        if contest_on < times.today:
            yield Step(contest_on, partial(work.hold_contest, CONTESTS[number % len(CONTESTS)], contest_on))
