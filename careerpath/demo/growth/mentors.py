"""Who mentors: cadres of agencies, secretaries, secretaries of compounds; appointed in three rounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from careerpath.demo.chance import Chance
from careerpath.demo.growth.work import AGENCIES, agency_name, lines_of_person, serves
from careerpath.demo.names import any_name
from careerpath.demo.office import Office
from careerpath.demo.people import Person, scaled
from careerpath.mentoring.operations.mentors import MentorGiven, register_mentors
from careerpath.mentoring.queries.rules import rules_or_none
from careerpath.policy.codes import Post as Level
from careerpath.skills.codes import UsualLine

AGENCY, SECRETARY, COMPOUND = "agency_cadre", "secretary", "compound_secretary"
APPOINTED = (
    {AGENCY: 16, SECRETARY: 16, COMPOUND: 0},
    {AGENCY: 12, SECRETARY: 8, COMPOUND: 8},
    {AGENCY: 8, SECRETARY: 2, COMPOUND: 10},
)
"""How many of each kind in which round: 80 in all."""
OWN_CAP = 1
"""Every so-manieth cadre takes one person only."""
EVERY = 9


@dataclass(eq=False)
class MentorInside:
    """A mentor of the plan and the days for which people were given to them."""

    number: int
    kind: str
    person: Person | None
    name: str
    post: str
    lines: tuple[UsualLine, ...]
    cap: int
    id: int = 0
    given: list[tuple[int, date, date]] = field(default_factory=list)
    """Key of the mentee, first and last day."""

    def is_free(self, first: date, last: date) -> bool:
        """Whether there is a place for all of the days."""
        return sum(one <= last and first <= other for _, one, other in self.given) < self.cap

    def knows(self, mentee: Person) -> bool:
        """Whether they are the mentee, or have had that mentee before."""
        return self.person is mentee or any(key == mentee.key for key, _, _ in self.given)


@dataclass(eq=False)
class MentorWork:
    """The register of mentors as it grows."""

    office: Office
    mentors: list[MentorInside] = field(default_factory=list)

    def appoint(self, number: int, on: date) -> None:
        """One round of appointments, of people who serve and do not mentor yet."""
        town, edition = self.office.town, rules_or_none(on)
        if edition is None:
            # Of this place no rule of mentoring is known: nothing is invented.
            return
        new = []
        for kind, count in APPOINTED[number].items():
            known = edition.mentor_kind(kind)
            if known is None or not count:
                continue
            wanted = scaled(count, len(town.people))
            found = self._cadres(wanted) if known.outside else self._people(kind, wanted, on)
            for one in found:
                one.cap = known.cap if one.cap == 0 else one.cap
                new.append(one)
        district = self.office.units[town.place.district]
        rows = [
            (self.office.units[one.person.post.row.code] if one.person is not None else district, self._given(one, on))
            for one in new
        ]
        ids = register_mentors(self.office.staff["district"], rows)
        for one, mentor_id in zip(new, ids, strict=True):
            one.id = mentor_id

    def best_for(self, mentee: Person, wanted: Sequence[UsualLine], first: date, last: date) -> MentorInside | None:
        """Who has a place and knows most of what is wanted; who has the fewest people, where several do."""
        free = [
            one
            for one in self.mentors
            if one.id and one.is_free(first, last) and not one.knows(mentee)
            and not (one.person is not None and one.person.post is mentee.post and one.kind == SECRETARY)
        ]  # fmt: skip
        return min(
            free,
            key=lambda one: (-len(set(one.lines) & set(wanted)), len(one.given) / one.cap, one.number),
            default=None,
        )

    def of(self, person: Person) -> MentorInside | None:
        """The mentor that somebody is."""
        return next((one for one in self.mentors if one.person is person), None)

    def _cadres(self, count: int) -> Iterator[MentorInside]:
        town = self.office.town
        for _ in range(count):
            number = len(self.mentors) + 1
            chance = Chance.of(town.seed, "cadre", number)
            agency = AGENCIES[number % len(AGENCIES)]
            post = f"{agency_name(town, agency)} {chance.choice(agency.posts)}"
            cap = OWN_CAP if number % EVERY == 0 else 0
            name = any_name(chance, older=True).name
            yield self._add(MentorInside(number, AGENCY, None, name, post, agency.lines, cap))

    def _people(self, kind: str, count: int, on: date) -> Iterator[MentorInside]:
        town = self.office.town
        if kind == SECRETARY:
            free = [one for one in town.people if one.level_on(on) is Level.CHIEF]
        else:
            free = [one for one in town.people if one.compound_on is not None and one.compound_on < on]
        taken = {one.person.key for one in self.mentors if one.person is not None}
        free = [one for one in free if one.key in self.office.files and serves(one, on) and one.key not in taken]
        free.sort(key=lambda one: (one is not town.secretary, -one.quality, one.key))
        for person in free[:count]:
            lines = lines_of_person(town, person, on)
            yield self._add(MentorInside(len(self.mentors) + 1, kind, person, person.named.name, "", lines, 0))

    def _add(self, mentor: MentorInside) -> MentorInside:
        self.mentors.append(mentor)
        return mentor

    def _given(self, one: MentorInside, on: date) -> MentorGiven:
        place = self.office.town.place
        return MentorGiven(
            kind=one.kind,
            number=f"{place.document[0]}导聘〔{on.year}〕{one.number:03}号",
            expertise=tuple(line.value for line in one.lines),
            starts_on=on,
            cap=one.cap if one.cap == OWN_CAP else None,
            document=f"{place.document}〔{on.year}〕{on.timetuple().tm_yday}号",
            employee_id=self.office.files[one.person.key] if one.person is not None else None,
            name="" if one.person is not None else one.name,
            post=one.post,
        )
