"""The reserves after they entered the pool: tasks, assessments, who leaves, and what the daily look proposes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.office import Office
from careerpath.demo.people import Person
from careerpath.demo.talent_pool.facts import candidates
from careerpath.demo.talent_pool.operations import add_tasks, finish_tasks
from careerpath.demo.texts import reserves as texts
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.talent_pool.models import (
    DevelopmentTask,
    Leaving,
    PoolEntry,
    PoolProposal,
    ProposalState,
    Proposed,
    Readiness,
    TaskKind,
)
from careerpath.talent_pool.operations.development import PoolReviewGiven, TaskGiven, review_reserves
from careerpath.talent_pool.operations.pool import LeavingGiven, PoolEntryGiven, enter_pool, leave_pool
from careerpath.talent_pool.operations.proposals import accept_proposals, check_pool

KINDS = {
    TaskKind.PRACTICE: 40,
    TaskKind.TRAINING: 22,
    TaskKind.ROTATION: 16,
    TaskKind.MENTORING: 14,
    TaskKind.STUDY: 8,
}
DUE_DAYS = (70, 330)
"""After the entry."""
SECOND_TASK, DONE = 60, 88
"""Per cent of the reserves with a second task, and of the tasks that are done in time."""
READY, MIDDLE = 80, 60
"""Points of potential from which somebody is ready now, and within two years."""
LATE_REVIEWS = 8
"""So many reviews of a year are still to come."""
REFUSALS = 2


@dataclass(frozen=True, slots=True)
class Reserve:
    """Somebody in the pool: the entry, the person, and the street whose office looks after the entry."""

    entry_id: int
    person: Person
    street: str
    entered_on: date


@dataclass(eq=False)
class PoolWork:
    """The pool of one demo."""

    office: Office
    edition: TalentPoolEdition
    gate: str
    left_for_later: list[Reserve] = field(default_factory=list)

    @property
    def district(self) -> Actor:
        """Who decides."""
        return self.office.staff["district"]

    def reserves(self, selection_id: int | None = None) -> list[Reserve]:
        """Those in the pool, in the order of their entries; by one selection alone."""
        query = select(PoolEntry.id, PoolEntry.employee_id, PoolEntry.unit_id, PoolEntry.entered_on).where(
            PoolEntry.left_on.is_(None)
        )
        if selection_id is not None:
            query = query.where(PoolEntry.selection_id == selection_id)
        streets = {self.office.units[post.row.code]: post.street.code for post in self.office.town.posts}
        return [
            Reserve(row.id, self.office.people[row.employee_id], streets[row.unit_id], row.entered_on)
            for row in db.session.execute(query.order_by(PoolEntry.id))
        ]

    def count_by_unit(self) -> dict[str, int]:
        """How many reserves each unit has, by its code."""
        codes = {self.office.units[post.row.code]: post.row.code for post in self.office.town.posts}
        query = select(PoolEntry.unit_id, func.count()).where(PoolEntry.left_on.is_(None)).group_by(PoolEntry.unit_id)
        return {codes[unit_id]: count for unit_id, count in db.session.execute(query)}

    def give_tasks(self, reserves: Iterable[Reserve]) -> None:
        """The streets give everybody something to do."""
        for street, mine in _by_street(reserves).items():
            given: list[tuple[int, TaskGiven]] = []
            for one in mine:
                chance = self._chance(one, "tasks")
                for _ in range(1 + chance.happens(SECOND_TASK)):
                    kind = chance.weighed(KINDS)
                    due_on = one.entered_on + timedelta(days=chance.randint(*DUE_DAYS))
                    given.append((one.entry_id, TaskGiven(kind, texts.task_text(chance, kind), due_on)))
            add_tasks(self.office.clerks[street], given)

    def finish_tasks(self, on: date) -> None:
        """Most of what was due by a day is done."""
        query = (
            select(DevelopmentTask.id, DevelopmentTask.entry_id, DevelopmentTask.due_on)
            .join(PoolEntry, PoolEntry.id == DevelopmentTask.entry_id)
            .where(DevelopmentTask.done_on.is_(None), DevelopmentTask.due_on < on, PoolEntry.left_on.is_(None))
        )
        reserves = {one.entry_id: one for one in self.reserves()}
        by_street: dict[str, list[tuple[int, date, str]]] = defaultdict(list)
        for row in db.session.execute(query.order_by(DevelopmentTask.id)):
            one = reserves[row.entry_id]
            chance = self._chance(one, "done", row.due_on)
            if chance.happens(DONE):
                done_on = max(one.entered_on, row.due_on - timedelta(days=chance.randint(0, 25)))
                by_street[one.street].append((row.id, done_on, chance.choice(texts.RESULTS)))
        for street, given in by_street.items():
            finish_tasks(self.office.clerks[street], given)

    def assess(self, reserves: Iterable[Reserve], on: date) -> None:
        """The streets assess everybody: potential, and how soon they could take the post."""
        for street, mine in _by_street(reserves).items():
            review_reserves(self.office.clerks[street], [(one.entry_id, self._review(one, on)) for one in mine])

    def review_year(self, reserves: Sequence[Reserve], on: date) -> None:
        """The yearly review: one fails, and a few are still to be reviewed."""
        worst = min(reserves, key=lambda one: (one.person.quality, one.entry_id), default=None)
        later = [one for one in reserves if one is not worst][-LATE_REVIEWS:] if len(reserves) > LATE_REVIEWS else []
        self.left_for_later = later
        self.assess([one for one in reserves if one not in later and one is not worst], on)
        if worst is not None:
            self._fail(worst, on)

    def fail_one(self, on: date) -> None:
        """One of those who are reviewed late fails; what follows is still to be decided."""
        ids = {one.entry_id for one in self.reserves()}
        left = [one for one in self.left_for_later if one.entry_id in ids]
        if left:
            self._fail(left[0], on)

    def check(self, on: date) -> None:
        """The daily look at the rules."""
        check_pool(Actor.console(), on)

    def let_leave(self, on: date) -> None:
        """The district accepts the exits that are proposed."""
        query = select(PoolProposal.id).where(
            PoolProposal.state == ProposalState.OPEN, PoolProposal.proposed == Proposed.EXIT
        )
        ids = db.session.scalars(query.order_by(PoolProposal.id)).all()
        if ids:
            accept_proposals(self.district, ids, on, self._document(on, 51))

    def refuse(self, on: date) -> None:
        """A few ask to leave the pool."""
        quiet = [one for one in self.reserves() if not one.person.fate and one.person.promoted_on is None]
        if len(quiet) <= 2 * REFUSALS:
            return
        for one in Chance.of(self.office.town.seed, "refusal").sample(quiet, REFUSALS):
            leave_pool(self.district, one.entry_id, LeavingGiven(Leaving.REFUSAL, on, texts.REFUSAL))

    def take_in_one(self, on: date, code: str) -> None:
        """Somebody is taken in by a document of the district, at a community that has enough reserves already."""
        found = candidates(self.office, self.edition, self.gate, on).admitted
        home = next((person for person in found if person.post.row.code == code), next(iter(found), None))
        if home is not None:
            rung = self.edition.gate(self.gate).rung
            given = PoolEntryGiven(
                self.office.files[home.key], self.office.units[code], rung, on, self._document(on, 55)
            )
            enter_pool(self.district, given)

    def _review(self, one: Reserve, on: date) -> PoolReviewGiven:
        chance = self._chance(one, "review", on)
        points = max(35, min(97, round(20 + 0.8 * one.person.quality + chance.uniform(-7, 7))))
        readiness = Readiness.NOW if points >= READY else Readiness.SOON if points >= MIDDLE else Readiness.LATER
        return PoolReviewGiven(on, True, Decimal(points), readiness, texts.READY_OPINIONS[readiness])

    def _fail(self, one: Reserve, on: date) -> None:
        given = PoolReviewGiven(on, False, Decimal(48), Readiness.LATER, texts.FAILED_REVIEW)
        review_reserves(self.office.clerks[one.street], [(one.entry_id, given)])

    def _chance(self, one: Reserve, *purpose: object) -> Chance:
        return one.person.chance(self.office.town.seed, "reserve", *purpose)

    def _document(self, on: date, number: int) -> str:
        return f"{self.office.town.place.document}〔{on.year}〕{number}号"


def _by_street(reserves: Iterable[Reserve]) -> dict[str, list[Reserve]]:
    found: dict[str, list[Reserve]] = defaultdict(list)
    for one in reserves:
        found[one.street].append(one)
    return found
