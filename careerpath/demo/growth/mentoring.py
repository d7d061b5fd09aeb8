"""The rounds of mentoring: who is paired when, up to those that are being matched now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.growth.mentors import MentorWork
from careerpath.demo.growth.pairings import Pair, PairingWork
from careerpath.demo.growth.work import months_after, serves
from careerpath.demo.office import Office
from careerpath.demo.people import IN_FULL, Person, scaled
from careerpath.demo.schedule import Step
from careerpath.demo.texts import mentoring as texts
from careerpath.mentoring.operations.matchings import MatchingGiven, solve_matching
from careerpath.policy.codes import Post as Level
from careerpath.policy.employment import add_months
from careerpath.talent_pool.models import PoolEntry
from careerpath.words import msg

APPOINTMENTS = ((2, 4, 8), (1, 5, 25), (0, 8, 20))
"""The days on which mentors are appointed: years before the open one, month, day."""
FIRST, RESERVES, WINTER, ENTRANTS, LATEST = (2, 4, 15), (1, 6, 1), (1, 11, 1), (0, 6, 22), (0, 9, 1)
"""The first days of the rounds."""
COUNTS = {FIRST: 24, RESERVES: 42, WINTER: 6, ENTRANTS: 24, LATEST: 34}
EVALUATED_AFTER, COMPLETED_AFTER = 4, 11
LOGGED, REVIEWED = 20, 27
"""The days of a month on which logs and reviews are written up."""
WAITING_FOR_ONE, WAITING_FOR_BOTH = 2, 1
"""Of the round that ended last so many are evaluated by one side alone, and by neither."""
COMING = 2
"""So many are agreed on and begin on the first of next month."""
MATCHED_AGO, MATCHED = 4, 18


@dataclass(eq=False)
class Rounds:
    """The rounds, each with its pairings once they are agreed on."""

    office: Office
    work: PairingWork
    made: dict[tuple[int, int, int], list[Pair]] = field(default_factory=dict)
    completed: dict[tuple[int, int, int], list[Pair]] = field(default_factory=dict)

    def day(self, given: tuple[int, int, int]) -> date:
        """A day by the years before the open one."""
        ago, month, day = given
        return date(self.office.town.times.year - ago, month, day)

    def agree(self, key: tuple[int, int, int], choose: Callable[[date], list[Person]]) -> None:
        """One round: the most fitting of those who have no mentor."""
        on = self.day(key)
        paired = self.work.paired(on)
        people = [one for one in choose(on) if one.key not in paired]
        self.made[key] = self.work.agree(on, people[: self._scaled(COUNTS[key])], stalling=key in (ENTRANTS, LATEST))

    def evaluate(self, key: tuple[int, int, int]) -> None:
        """The round is over: both sides evaluate."""
        last = key == WINTER
        pairs = self.made.get(key, [])
        self.completed[key] = self.work.evaluate(
            pairs, one_side=WAITING_FOR_ONE if last else 0, nobody=WAITING_FOR_BOTH if last else 0
        )

    def complete(self, key: tuple[int, int, int], on: date) -> None:
        """And the streets complete it."""
        self.work.complete(self.completed.get(key, []), on)

    def end_some(self, key: tuple[int, int, int], count: int, on: date) -> None:
        """A few end before their time."""
        running = [one for one in self.made.get(key, []) if not one.is_over and one.person is not self._shown]
        for pair, reason in zip(running[1 : 1 + count], texts.ENDINGS, strict=False):
            self.work.end(pair, on, reason)

    def begin_some(self, on: date) -> None:
        """A few are agreed on ahead; one of them was a mistake."""
        free = [one for one in self.serving(on) if one.key not in self.work.paired(on) and one.batch in (2, 3)]
        for pair in self.work.agree(on, free[: COMING + 1])[COMING:]:
            self.work.drop(pair)

    def match(self, on: date) -> None:
        """The district has mentors proposed for reserves who have none."""
        if not self.work.mentors.mentors:
            return
        starts_on = add_months(on.replace(day=1), 1)
        paired = self.work.paired(starts_on) | {one.person.key for one in self.work.pairs if one.starts_on > on}
        free = [one for one in self.reserves(on) if one.key not in paired] or self.entrants(on)
        free = free[: self._scaled(MATCHED)]
        if free:
            mentees = [(self.office.files[one.key], None) for one in free]
            name = f"{starts_on.year}年{starts_on.month}月后备人才导师匹配"
            district = self.office.units[self.office.town.place.district]
            given = MatchingGiven(name, starts_on, mentees=mentees)
            solve_matching(self.office.staff["district"], district, given)

    def serving(self, on: date) -> list[Person]:
        """Staff who serve on a day, in an order by chance; the one in the foreground first."""
        town = self.office.town
        people = [
            one
            for one in town.people
            if one.key in self.office.files and serves(one, on) and one.level_on(on) is Level.STAFF
            and (town.is_small or one.post in town.main)
        ]  # fmt: skip
        mixed = Chance.of(town.seed, "mentees", on).mixed(people)
        return sorted(mixed, key=lambda one: one is not self._shown)

    def earlier(self, on: date) -> list[Person]:
        """Recruits of the first two batches."""
        return [one for one in self.serving(on) if one.batch in (1, 2)]

    def entrants(self, on: date) -> list[Person]:
        """The latest batch."""
        return [one for one in self.serving(on) if one.batch == max(other.batch for other in self.office.town.people)]

    def reserves(self, on: date) -> list[Person]:
        """Those in the pool."""
        ids = set(db.session.scalars(select(PoolEntry.employee_id).where(PoolEntry.left_on.is_(None))))
        files = self.office.files
        return [one for one in self.serving(on) if files[one.key] in ids]

    @property
    def _shown(self) -> Person:
        return self.office.town.worker

    def _scaled(self, count: int) -> int:
        return scaled(count, min(len(self.office.town.people), IN_FULL))


def mentoring_steps(office: Office) -> Iterator[Step]:
    """Mentors, pairings and a matching, up to yesterday."""
    today = office.town.times.today
    return (step for step in _planned(office) if step.day < today)


def _planned(office: Office) -> Iterator[Step]:
    mentors = MentorWork(office)
    work = PairingWork(office, mentors)
    rounds = Rounds(office, work)
    today = office.town.times.today
    for number, given in enumerate(APPOINTMENTS):
        on = rounds.day(given)
        says = msg("导师帮带：聘任、结对、记录、评价") if not number else None
        yield Step(on, partial(mentors.appoint, number, on), says)
    choices = {
        FIRST: rounds.earlier,
        RESERVES: rounds.reserves,
        WINTER: rounds.earlier,
        ENTRANTS: rounds.entrants,
        LATEST: rounds.reserves,
    }
    for key, choose in choices.items():
        starts_on = rounds.day(key)
        ends_on = add_months(starts_on, 12) - timedelta(days=1)
        yield Step(starts_on, partial(rounds.agree, key, choose))
        done_on = ends_on + timedelta(days=COMPLETED_AFTER)
        # The last review is held with the evaluation, before the pairing is completed.
        over_on = ends_on + timedelta(days=EVALUATED_AFTER)
        yield Step(over_on, partial(work.review_month, over_on))
        yield Step(over_on, partial(rounds.evaluate, key))
        yield Step(done_on, partial(rounds.complete, key, done_on))
    for key, count, after in ((RESERVES, 2, 130), (ENTRANTS, 1, 75)):
        on = rounds.day(key) + timedelta(days=after)
        yield Step(on, partial(rounds.end_some, key, count, on))
    for on in months_after(rounds.day(FIRST), today, LOGGED):
        yield Step(on, partial(work.log_month, on))
    for on in months_after(rounds.day(FIRST), today, REVIEWED):
        yield Step(on, partial(work.review_month, on))
    eve = today - timedelta(days=1)
    yield Step(eve, partial(rounds.begin_some, add_months(today.replace(day=1), 1)))
    matched_on = today - timedelta(days=MATCHED_AGO)
    yield Step(matched_on, partial(rounds.match, matched_on))
