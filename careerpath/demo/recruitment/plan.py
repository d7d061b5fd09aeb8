"""The batches as a plan: positions, who applies for each, and how far everybody comes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from careerpath.demo.chance import Chance
from careerpath.demo.files import postings
from careerpath.demo.people import BATCHES, Person, Town
from careerpath.demo.places import Post
from careerpath.demo.recruitment.days import KEEP_MONTHS, BatchDays
from careerpath.demo.recruitment.rivals import Rivals, Trait
from careerpath.demo.recruitment.scores import Points, beaten, winning
from careerpath.employees.models import Channel, Source
from careerpath.policy.employment import add_months
from careerpath.policy.recruitment import RecruitmentEdition, valid_until
from careerpath.recruitment.operations.positions import MOST_POSITIONS
from careerpath.recruitment.queries.words import EXAM_CHANNELS

GROUPS = {Source.GRADUATE: "graduate", Source.GRID_WORKER: "grid_worker", Source.VETERAN: "veteran"}
BONUSES = {Source.VETERAN: "veteran"}
HOUSEHOLD_BONUS = "household"
FEW = 40
"""Per cent of the positions with rivals in a large demo, whose applicants are alike."""
MOVES_UP = 9
"""Per cent of the positions where a reserve candidate moves up before the notice."""
RESERVED = 40
"""Per cent of the positions that are kept for a group if all who win there belong to it."""


class Part(StrEnum):
    """How far somebody comes."""

    PROPOSED = "proposed"
    MOVED_UP = "moved_up"
    """From the reserve, before the notice."""
    LATE = "late"
    """From the reserve, months after the others had begun."""
    APPOINTED_LATE = "appointed_late"
    """Named with the others, and began months later."""
    FAILS_MEDICAL = "fails_medical"
    FAILS_BACKGROUND = "fails_background"
    GIVES_UP = "gives_up"
    """After the final list, before the notice."""
    STAYS_AWAY = "stays_away"
    """On the first day of service."""
    RESERVE = "reserve"
    FAILS_INTERVIEW = "fails_interview"
    MISSES_INTERVIEW = "misses_interview"
    FAILS_RECHECK = "fails_recheck"
    NOT_SHORTLISTED = "not_shortlisted"
    FAILS_WRITTEN = "fails_written"
    ABSENT = "absent"
    EXPELLED = "expelled"
    NOT_ELECTED = "not_elected"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    UNMENDED = "unmended"
    """Sent back to be completed, and never was."""


SERVING = frozenset({Part.PROPOSED, Part.MOVED_UP, Part.LATE, Part.APPOINTED_LATE})
ADMITTED_NOT = frozenset({Part.WITHDRAWN, Part.REJECTED, Part.UNMENDED})
OUT_BEFORE_LIST = {
    Part.ABSENT: 11,
    Part.FAILS_WRITTEN: 15,
    Part.REJECTED: 16,
    Part.UNMENDED: 3,
    Part.WITHDRAWN: 5,
    Part.EXPELLED: 1,
}
AT_INTERVIEW = {Part.RESERVE: 70, Part.FAILS_INTERVIEW: 15, Part.MISSES_INTERVIEW: 9, Part.FAILS_RECHECK: 6}
UNFIT = (Trait.SCHOOL, Trait.AGE, Trait.ELSEWHERE)
LEAVES = {Part.FAILS_MEDICAL: 40, Part.FAILS_BACKGROUND: 20, Part.GIVES_UP: 40}
ON_FINAL_LIST = SERVING | LEAVES.keys() | {Part.STAYS_AWAY, Part.RESERVE}


@dataclass(slots=True, eq=False)
class Entrant:
    """One applicant: the person, how far they come, and what they score."""

    person: Person
    part: Part
    trait: Trait = Trait.SOUND
    points: Points | None = None
    bonus: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    certified: bool = False
    """Holds the junior certificate already."""


@dataclass(slots=True, eq=False)
class Opening:
    """A position with its places and everybody who applies for it."""

    code: str
    post: Post
    channel: Channel
    title: str
    places: int
    group: str = ""
    entrants: list[Entrant] = field(default_factory=list)

    @property
    def by_exam(self) -> bool:
        """Whether the exam decides."""
        return self.channel in EXAM_CHANNELS


@dataclass(slots=True, eq=False)
class Batch:
    """One of the four batches."""

    town: Town
    batch: int
    edition: RecruitmentEdition
    days: BatchDays
    openings: list[Opening]

    @property
    def purged_on(self) -> date:
        """The daily housekeeping finds that the particulars of the unsuccessful need not be kept any longer."""
        kept_until = add_months(self.days.concluded_on, KEEP_MONTHS)
        reserve_until = valid_until(self.edition, self.days.final_on) or kept_until
        return max(kept_until, reserve_until) + timedelta(days=1)

    @property
    def entrants(self) -> Iterator[Entrant]:
        """All applicants, position by position."""
        for opening in self.openings:
            yield from opening.entrants

    def having(self, *parts: Part) -> list[Entrant]:
        """The applicants with one of these parts."""
        return [entrant for entrant in self.entrants if entrant.part in parts]


def plan_batches(town: Town, edition: RecruitmentEdition, rivals: Rivals) -> list[Batch]:
    """All four batches; everybody who was recruited is in one of them, and rivals besides.

    Of a town of many thousands only so many positions of a batch as a notice may have: nobody looks at more of them.
    """
    return [_plan_batch(town, edition, batch, rivals) for batch in range(1, len(BATCHES) + 1)]


def claim(edition: RecruitmentEdition, entrant: Entrant) -> None:
    """Let an applicant ask for the groups and the bonus of an edition that they may ask for."""
    person = entrant.person
    known = {group.code for group in edition.groups}
    items = {item.code for item in edition.bonus.items} if edition.bonus else set()
    groups, wanted = [GROUPS.get(person.source, "")], [BONUSES.get(person.source, "")]
    if entrant.certified:
        groups.append("certified")
        wanted.append("assistant_social_worker")
    if entrant.trait is not Trait.ELSEWHERE and person.key % 3:
        wanted.append(HOUSEHOLD_BONUS)
    entrant.groups = tuple(code for code in groups if code in known)
    entrant.bonus = tuple(code for code in wanted if code in items)


def _plan_batch(town: Town, edition: RecruitmentEdition, batch: int, rivals: Rivals) -> Batch:
    wanted: dict[tuple[str, Channel, str], list[Person]] = defaultdict(list)
    units = {post.row.code: 0 for post in town.posts}
    for person in town.people:
        if person.batch == batch:
            title = postings(town, person, units)[0].title
            wanted[person.post.row.code, person.channel, title].append(person)
    late = any(person.late for people in wanted.values() for person in people)
    days = BatchDays(town.batch_on(batch), town.batch_on(batch, late=True) if late else None)
    order = {post.row.code: place for place, post in enumerate(town.posts)}
    channels = list(Channel)
    openings: list[Opening] = []
    keys = sorted(wanted, key=lambda one: (order[one[0]], channels.index(one[1]), one[2]))
    for key in keys[:MOST_POSITIONS]:
        people = wanted[key]
        opening = Opening(f"{len(openings) + 1:03d}", people[0].post, key[1], key[2], len(people))
        chance = Chance.of(town.seed, "opening", batch, *key)
        _Draft(town, edition, batch, rivals, opening, chance).fill(people)
        openings.append(opening)
    return Batch(town, batch, edition, days, openings)


@dataclass(slots=True)
class _Draft:
    """One position in the making."""

    town: Town
    edition: RecruitmentEdition
    batch: int
    rivals: Rivals
    opening: Opening
    chance: Chance

    def fill(self, people: list[Person]) -> None:
        """Give the position its applicants, in an order that tells nothing."""
        if self.opening.by_exam:
            self._reserve_for_group(people)
            entrants = self._exam(people)
        else:
            entrants = self._direct(people)
        for entrant in entrants:
            claim(self.edition, entrant)
        if self.opening.by_exam:
            self._score(entrants)
        self.opening.entrants = self.chance.mixed(entrants)

    def _reserve_for_group(self, people: list[Person]) -> None:
        known = {group.code for group in self.edition.groups}
        sources = {person.source for person in people}
        if len(sources) == 1 and sources <= {Source.VETERAN, Source.GRID_WORKER} and self.chance.happens(RESERVED):
            group = GROUPS[people[0].source]
            self.opening.group = group if group in known else ""

    def _exam(self, people: list[Person]) -> list[Entrant]:
        """The final list in its order, then everybody else."""
        late = [person for person in people if person.late]
        on_time = [person for person in people if not person.late]
        most = 0 if self.edition.reserve is None else min(self.edition.reserve.length or 2, len(people))
        substitutes = [Entrant(person, Part.LATE) for person in late[:most]]
        top = [Entrant(person, Part.APPOINTED_LATE) for person in late[most:]]
        if on_time and len(substitutes) < most and self.chance.happens(MOVES_UP):
            substitutes.insert(0, Entrant(on_time.pop(), Part.MOVED_UP))
        top += [Entrant(person, Part.PROPOSED) for person in on_time]
        for one in substitutes:
            leaves = Part.STAYS_AWAY if one.part is Part.LATE else self.chance.weighed(LEAVES)
            top.append(self._rival(leaves))
        listed = [*self.chance.mixed(top), *substitutes]
        return [*listed, *self._beaten(listed)]

    def _beaten(self, listed: list[Entrant]) -> list[Entrant]:
        """Those who are not appointed: two to three times as many apply as there are places, some more, some fewer."""
        places = self.opening.places
        if not self.town.is_small and not self.chance.happens(FEW):
            return []
        wanted = max(len(listed), round(places * self.chance.triangular(1.4, 4.2, 2.6)))
        room = (self.edition.shortlist_size(places) or wanted) - len(listed)
        found: list[Entrant] = []
        for _ in range(wanted - len(listed)):
            if self.chance.happens(52):
                part = self.chance.weighed(OUT_BEFORE_LIST)
                if part is Part.FAILS_WRITTEN and room > 0 and not self.edition.pass_lines:
                    part = Part.ABSENT
            elif room > 0:
                part = self.chance.weighed(AT_INTERVIEW)
                if part is Part.FAILS_INTERVIEW and not self.edition.pass_lines:
                    part = Part.RESERVE
                room -= 1
            else:
                part = Part.NOT_SHORTLISTED
            found.append(self._rival(part))
        return found

    def _direct(self, people: list[Person]) -> list[Entrant]:
        """Those elected or transferred, and now and then somebody who was not."""
        found = [Entrant(person, Part.APPOINTED_LATE if person.late else Part.PROPOSED) for person in people]
        others = 70 if self.opening.channel is Channel.BY_ELECTION else 25
        if self.chance.happens(others):
            found.append(self._rival(Part.NOT_ELECTED))
        return found

    def _rival(self, part: Part) -> Entrant:
        trait = Trait.SOUND
        if part is Part.REJECTED:
            trait = self.chance.choice(UNFIT) if self.edition.conditions else Trait.PAPERS
        source = next((one for one, group in GROUPS.items() if group == self.opening.group), None)
        joins_on = self.town.batch_on(self.batch)
        person = self.rivals.next(self.opening.post, joins_on, self.batch, self.opening.channel, source, trait)
        return Entrant(person, part, trait)

    def _score(self, entrants: list[Entrant]) -> None:
        listed = [one for one in entrants if one.part in ON_FINAL_LIST]
        for entrant, points in zip(listed, winning(self.chance, [self._points(one) for one in listed]), strict=True):
            entrant.points = points
        for entrant in entrants:
            if entrant.points is not None or entrant.part in ADMITTED_NOT:
                continue
            bonus = self._points(entrant)
            bounds = {Part.FAILS_WRITTEN: (24, 39), Part.NOT_SHORTLISTED: (47, 55)}.get(entrant.part, (66, 76))
            interview = (45, 58) if entrant.part is Part.FAILS_INTERVIEW else (61, 66)
            found = beaten(self.chance, bounds, interview)
            # A bonus must not lift anybody onto the shortlist who was not meant to be there.
            less = bonus if entrant.part is Part.NOT_SHORTLISTED else Decimal(0)
            entrant.points = Points(found.written - less, found.judges)

    def _points(self, entrant: Entrant) -> Decimal:
        if self.edition.bonus is None:
            return Decimal(0)
        items = [item.points for code in entrant.bonus if (item := self.edition.bonus.item(code))]
        return max(items, default=Decimal(0))
