"""Pairings in rounds: agreed, logged month by month, reviewed, evaluated by both, completed."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from careerpath.access.actor import Actor
from careerpath.demo.chance import Chance
from careerpath.demo.growth.mentors import MentorInside, MentorWork
from careerpath.demo.growth.operations import Completion, complete_pairings, evaluate_each_other, write_own_logs
from careerpath.demo.growth.work import wanted_lines
from careerpath.demo.office import EVERYBODY, Office
from careerpath.demo.people import Person, Town
from careerpath.demo.texts import mentoring as texts
from careerpath.mentoring.operations.evaluations import EvaluationGiven
from careerpath.mentoring.operations.logs import LogGiven, ReviewGiven, review_pairings, write_logs
from careerpath.mentoring.operations.pairings import PairingGiven, agree_pairings, drop_pairing, end_pairing
from careerpath.mentoring.queries.rules import rules_on
from careerpath.policy.mentoring import Pairing as Course
from careerpath.policy.mentoring import reviews_due, usual_end
from careerpath.skills.codes import UsualLine

MISSED_LOG, MISSED_REVIEW, STALLING = 7, 5, 12
"""Per cent of the months without a log and of the reviews not held; of the running pairings that have stalled."""
STALLED_SINCE = 62
"""So many days ago the last log of those was written."""
GRADES = {"excellent": 58, "fair": 42}
HOURS = ("1", "1.5", "2", "2", "3")


@dataclass(eq=False)
class Pair:
    """One pairing of the plan and what has become of it."""

    mentor: MentorInside
    person: Person
    lines: tuple[UsualLine, ...]
    starts_on: date
    ends_on: date
    id: int
    logs: int = 0
    reviews: list[date] = field(default_factory=list)
    is_over: bool = False
    quiet_since: date | None = None
    """From this day on nobody writes a log."""

    def runs(self, on: date) -> bool:
        """Whether there may be a log on a day."""
        quiet = self.quiet_since is not None and on >= self.quiet_since
        return self.starts_on < on <= self.ends_on and not self.is_over and not quiet


Choose = Callable[[int], Sequence[Person]]
"""Gives so many mentees at most, the most fitting first."""


@dataclass(eq=False)
class PairingWork:
    """All pairings of the demo."""

    office: Office
    mentors: MentorWork
    pairs: list[Pair] = field(default_factory=list)

    @property
    def town(self) -> Town:
        """The town of the plan."""
        return self.office.town

    def paired(self, on: date) -> set[int]:
        """Keys of those who have a mentor on a day."""
        return {one.person.key for one in self.pairs if not one.is_over and one.starts_on <= on <= one.ends_on}

    def agree(self, starts_on: date, people: Sequence[Person], *, stalling: bool = False) -> list[Pair]:
        """The streets agree with mentors for their people; who finds no mentor waits for the next round."""
        if not self.mentors.mentors:
            return []
        last = usual_end(rules_on(starts_on), starts_on)
        by_street: dict[str, list[tuple[MentorInside, Person, tuple[UsualLine, ...]]]] = defaultdict(list)
        for person in people:
            chance = person.chance(self.town.seed, "pairing", starts_on)
            lines = wanted_lines(self.town, person, chance, starts_on)
            mentor = self.mentors.best_for(person, lines, starts_on, last)
            if mentor is not None:
                mentor.given.append((person.key, starts_on, last))
                by_street[person.post.street.code].append((mentor, person, lines))
        made = []
        for code, rows in by_street.items():
            first = len(self.pairs) + 1
            given = [self._given(first + place, row, starts_on) for place, row in enumerate(rows)]
            ids = agree_pairings(self.office.clerks[code], given)
            for (mentor, person, lines), pairing_id in zip(rows, ids, strict=True):
                pair = Pair(mentor, person, lines, starts_on, last, pairing_id)
                if stalling and person.chance(self.town.seed, "stalls").happens(STALLING):
                    pair.quiet_since = self.town.times.today - timedelta(days=STALLED_SINCE)
                self.pairs.append(pair)
                made.append(pair)
        return made

    def log_month(self, on: date) -> None:
        """The logs of a month: mentees of the street in the foreground write their own, the streets for the others."""
        own: list[tuple[Actor, int, LogGiven]] = []
        by_street: dict[str, list[tuple[int, LogGiven]]] = defaultdict(list)
        for pair in self.pairs:
            chance = self._chance(pair, "log", on)
            if not pair.runs(on) or chance.happens(MISSED_LOG):
                continue
            pair.logs += 1
            topic, text = texts.talk(chance, pair.lines)
            day = max(pair.starts_on, on - timedelta(days=chance.randint(0, 14)))
            log = LogGiven(day, Decimal(chance.choice(HOURS)), topic, text)
            if pair.person.post in self.town.main and chance.happens(70):
                own.append((self.office.own[pair.person.key], pair.id, log))
            else:
                by_street[pair.person.post.street.code].append((pair.id, log))
        if own:
            write_own_logs(EVERYBODY, own)
        for code, rows in by_street.items():
            write_logs(self.office.clerks[code], rows)

    def review_month(self, on: date) -> None:
        """The reviews that came due since a month ago."""
        by_street: dict[str, list[tuple[int, ReviewGiven]]] = defaultdict(list)
        for pair in self.pairs:
            if pair.is_over:
                continue
            edition = rules_on(pair.starts_on)
            course = Course(pair.starts_on, pair.ends_on)
            for due in reviews_due(edition, course):
                chance = self._chance(pair, "review", due)
                if not on - timedelta(days=31) < due <= on or chance.happens(MISSED_REVIEW) or due in pair.reviews:
                    continue
                pair.reviews.append(due)
                day = due - timedelta(days=chance.randint(0, 9))
                given = ReviewGiven(day, chance.choice(texts.PROGRESS), chance.choice(texts.REVIEWED))
                by_street[pair.person.post.street.code].append((pair.id, given))
        for code, rows in by_street.items():
            review_pairings(self.office.clerks[code], rows)

    def evaluate(self, pairs: Sequence[Pair], *, one_side: int = 0, nobody: int = 0) -> list[Pair]:
        """Both sides evaluate; the last few not yet, of some only the mentor has. Gives those that may be completed."""
        running = [one for one in pairs if not one.is_over]
        told = running[: max(0, len(running) - nobody)]
        full = told[: max(0, len(told) - one_side)]
        rows = []
        for pair in told:
            chance = self._chance(pair, "evaluation")
            grade, other = chance.weighed(GRADES), chance.weighed(GRADES)
            of_mentee = EvaluationGiven(grade, chance.choice(texts.OF_MENTEES[grade]))
            of_mentor = EvaluationGiven(other, chance.choice(texts.OF_MENTORS[other])) if pair in full else None
            mentor = pair.mentor.person
            by_mentor = self.office.own[mentor.key] if mentor is not None else None
            rows.append((pair.id, by_mentor, of_mentee, self.office.own[pair.person.key], of_mentor))
        for code, mine in self._by_street(told).items():
            ids = {one.id for one in mine}
            evaluate_each_other(self.office.clerks[code], [row for row in rows if row[0] in ids])
        return full

    def complete(self, pairs: Sequence[Pair], on: date) -> None:
        """The streets complete them."""
        for code, mine in self._by_street(pairs).items():
            rows = []
            for pair in mine:
                due = reviews_due(rules_on(pair.starts_on), Course(pair.starts_on, pair.ends_on))
                chance = self._chance(pair, "completion")
                missing = len(pair.reviews) < len(due)
                opinion = texts.LATE_REVIEWS if missing else chance.choice(texts.UNIT_OPINIONS[True])
                rows.append(Completion(pair.id, opinion, on))
                pair.is_over = True
            complete_pairings(self.office.clerks[code], rows)

    def end(self, pair: Pair, on: date, reason: str) -> None:
        """One ends before its time."""
        pair.is_over = True
        end_pairing(self.office.clerks[pair.person.post.street.code], pair.id, on, reason)
        place = next(row for row in pair.mentor.given if row[0] == pair.person.key and row[1] == pair.starts_on)
        pair.mentor.given[pair.mentor.given.index(place)] = (place[0], place[1], on)

    def drop(self, pair: Pair) -> None:
        """One was entered by mistake."""
        pair.is_over = True
        drop_pairing(self.office.clerks[pair.person.post.street.code], pair.id, texts.DROPPED)

    def _given(
        self, number: int, row: tuple[MentorInside, Person, tuple[UsualLine, ...]], starts_on: date
    ) -> PairingGiven:
        mentor, person, lines = row
        chance = person.chance(self.town.seed, "agreement", starts_on)
        return PairingGiven(
            mentor_id=mentor.id,
            employee_id=self.office.files[person.key],
            number=f"{self.town.place.document[0]}帮带〔{starts_on.year}〕{number:03}号",
            starts_on=starts_on,
            wanted=tuple(line.value for line in lines),
            goals=texts.goals([line.value for line in lines]),
            plan=chance.choice(texts.PLAN),
            assessment=texts.ASSESSMENT,
        )

    def _by_street(self, pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            found[pair.person.post.street.code].append(pair)
        return found

    def _chance(self, pair: Pair, *purpose: object) -> Chance:
        return pair.person.chance(self.town.seed, "pair", pair.starts_on, *purpose)
