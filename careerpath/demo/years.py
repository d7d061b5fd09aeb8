"""The appraisal years of the demo, step by step on the days on which an office would take them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.appraisals.models import Appraisal, StreetAppraisal
from careerpath.appraisals.operations.district import Decision, approve_larger_quota, decide_records, return_records
from careerpath.appraisals.operations.street import RowEntry, fill_rows, submit_street
from careerpath.appraisals.operations.writing import Draft, Opinion
from careerpath.appraisals.operations.years import NewYear, close_year, open_year
from careerpath.appraisals.queries.editions import edition_in_force
from careerpath.core.db import db
from careerpath.demo.office import EVERYBODY, Office
from careerpath.demo.operations import confirm_results, write_opinions, write_summaries
from careerpath.demo.people import Person
from careerpath.demo.scores import Scored, chosen_grades, quality_in, scored
from careerpath.demo.texts import opinions
from careerpath.demo.texts.summaries import LONG, MIXED, RARE, USUAL, summary
from careerpath.policy.appraisal import AppraisalEdition
from careerpath.policy.codes import Grade
from careerpath.policy.codes import Post as Level


@dataclass(slots=True)
class Case:
    """One record on its way: its id, its present version, and what it is about."""

    id: int
    version: int
    special: str
    person: Person
    street_id: int


@dataclass(eq=False)
class AppraisalWork:
    """One year's appraisal: its records, its rules, and the acts of all who take part."""

    office: Office
    year: int
    year_id: int = 0
    cases: list[Case] = field(default_factory=list)
    streets: dict[str, int] = field(default_factory=dict)
    """The streets' parts of the year, by the code of the street."""
    approved: str = ""
    """Code of the street to which the larger share of 优秀 is granted."""
    secretaries: dict[str, Person] = field(default_factory=dict)
    """Who led each unit, by its code, when the opinions were written."""

    @cached_property
    def edition(self) -> AppraisalEdition:
        """The rules in force at the place."""
        return edition_in_force(date(self.year, 12, 31), self.office.town.place.rules)

    def open(self) -> None:
        """The district opens the year; the cases are then known."""
        town, calendar = self.office.town, self.edition.calendar
        given = NewYear(
            unit_id=self.office.units[town.place.district],
            year=self.year,
            edition=self.edition.head.key,
            reference_on=calendar.reference.on(self.year),
            self_summary_due_on=calendar.self_summary_due.on(self.year),
            community_due_on=calendar.community_due.on(self.year),
            street_due_on=calendar.street_due.on(self.year),
            district_due_on=calendar.district_due.on(self.year),
        )
        season = date(self.year, 12, 1)
        self.secretaries = {
            person.post.row.code: person
            for person in town.everybody
            if person.level_on(season) is Level.CHIEF and _serves(person, season)
        }
        self.year_id = open_year(self.office.staff["district"], given)
        codes = {unit_id: code for code, unit_id in self.office.units.items()}
        parts = select(StreetAppraisal.id, StreetAppraisal.unit_id).where(StreetAppraisal.year_id == self.year_id)
        self.streets = {codes[row.unit_id]: row.id for row in db.session.execute(parts)}
        records = (
            select(
                Appraisal.id, Appraisal.version, Appraisal.special, Appraisal.employee_id, Appraisal.street_appraisal_id
            )
            .where(Appraisal.year_id == self.year_id)
            .order_by(Appraisal.roster_order)
        )
        self.cases = [
            Case(row.id, row.version, row.special, self.office.people[row.employee_id], row.street_appraisal_id)
            for row in db.session.execute(records)
        ]

    @property
    def in_full(self) -> list[Case]:
        """The cases of whom everything is told."""
        return [case for case in self.cases if self.office.town.in_full(case.person)]

    def of_street(self, code: str) -> list[Case]:
        """The cases of a street in roster order."""
        return [case for case in self.cases if case.street_id == self.streets.get(code)]

    def write_summaries(self, cases: Iterable[Case]) -> None:
        """Workers write their summaries."""
        town, kinds = self.office.town, self._awkward()
        chosen = list(cases)
        drafts = [
            (
                self.office.own[case.person.key],
                case.id,
                Draft(
                    summary(
                        case.person.chance(town.seed, "summary", self.year),
                        case.person,
                        self.year,
                        kinds.get(case.id, USUAL),
                    ),
                    case.version,
                ),
            )
            for case in chosen
        ]
        _learn(chosen, write_summaries(EVERYBODY, drafts))

    def write_opinions(self, cases: Iterable[Case]) -> None:
        """Secretaries write the communities' opinions; those about the secretaries themselves the street writes."""
        town = self.office.town
        by_writer: dict[Actor, list[Case]] = defaultdict(list)
        for case in cases:
            by_writer[self._writer(case)].append(case)
        for writer, own in by_writer.items():
            given = []
            for case in own:
                chance, person = case.person.chance(town.seed, "opinion", self.year), case.person
                quality = quality_in(town, person, self.year)
                opinion = Opinion(
                    text=opinions.community_opinion(chance, quality, case.special),
                    training=opinions.training(chance, person),
                    ballots={} if case.special else opinions.ballots(chance, quality, person.post.people),
                    version=case.version,
                )
                given.append((case.id, opinion))
            _learn(own, write_opinions(writer, given))

    def fill(self, code: str, cases: Iterable[Case], spare: int = 0) -> None:
        """A street gives points and proposes grades within its quota; one row stays in doubt."""
        town, edition = self.office.town, self.edition
        every = [case for case in self.of_street(code) if not case.special]
        rows = {case.id: scored(town, edition, case.person, self.year) for case in every}
        grades = chosen_grades(edition, list(rows.values()), spare, with_approval=code == self.approved)
        entries = {
            case.id: RowEntry(case.version, self._cells(rows[case.id], grades[case.person.key]))
            for case in cases
            if case.id in rows
        }
        fill_rows(self.office.clerks[code], self.streets[code], entries)

    def submit(self, code: str) -> None:
        """A street submits."""
        submit_street(self.office.clerks[code], self.streets[code])

    def approve(self, code: str) -> None:
        """The district records the document that grants a street the larger share of 优秀."""
        document = f"{self.office.town.place.document}〔{self.year}〕42号"
        approve_larger_quota(self.office.staff["district"], self.streets[code], document)

    def confirm(self) -> None:
        """People sign their results."""
        confirm_results(EVERYBODY, [(self.office.own[case.person.key], case.id) for case in self.in_full])

    def close(self) -> None:
        """The district files the year."""
        close_year(self.office.staff["district"], self.year_id)

    def decide(self, code: str, cases: Iterable[Case]) -> None:
        """The district decides as the street proposed."""
        given = Decision(tuple(case.id for case in cases), {})
        decide_records(self.office.staff["district"], self.streets[code], given)

    def give_back(self, code: str, case: Case) -> None:
        """The district returns one record."""
        return_records(self.office.staff["district"], self.streets[code], (case.id,), opinions.RETURN)

    def _cells(self, row: Scored, chosen: Grade) -> dict[str, Decimal | str | None]:
        cells: dict[str, Decimal | str | None] = {f"scores.{code}": points for code, points in row.points.items()}
        cells["satisfaction"] = row.satisfaction
        if row.person.fate == "doubtful" and self.year == self.office.town.times.year:
            return cells
        chance = row.person.chance(self.office.town.seed, "street", self.year)
        return cells | {"grade": chosen.value, "opinion": opinions.street_opinion(chance, chosen.value)}

    def _writer(self, case: Case) -> Actor:
        """The secretary of the case's unit; the street's clerk about secretaries and where there is none."""
        secretary = self.secretaries.get(case.person.post.row.code, case.person)
        if secretary is case.person:
            return self.office.clerks[case.person.post.street.code]
        return self.office.own[secretary.key]

    def _awkward(self) -> dict[int, str]:
        """The records whose summaries try the limits of a form."""
        plain = [case for case in self.cases if not case.special and case.person.level is Level.STAFF]
        places = ((LONG, len(plain) // 7), (MIXED, len(plain) // 5), (RARE, len(plain) // 3), (MIXED, len(plain) // 2))
        return {plain[place].id: kind for kind, place in places} if plain else {}


def _serves(person: Person, day: date) -> bool:
    return person.joined_on <= day and (person.left_on is None or person.left_on >= day)


def _learn(cases: Iterable[Case], versions: list[int]) -> None:
    for case, version in zip(cases, versions, strict=True):
        case.version = version
