"""What people study for beside their work: tries at the national exam year by year, renewals, and degrees."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.files import educations_of, exams_of
from careerpath.demo.growth.work import serves
from careerpath.demo.office import Office
from careerpath.demo.people import IN_FULL, Person, scaled
from careerpath.demo.schedule import Step
from careerpath.employees.models import Certificate as CertificateFact
from careerpath.employees.operations.facts import NewEducation
from careerpath.policy.codes import Certificate, Education
from careerpath.training.models import CertificateTry, TryState
from careerpath.training.operations.studies import (
    StudyGiven,
    finish_study,
    give_up_study,
    mark_study_paid,
    support_study,
)
from careerpath.training.operations.tries import (
    Renewal,
    TryGiven,
    TryResult,
    record_tries,
    register_tries,
    renew_registration,
)
from careerpath.words import msg

REGISTERED, SAT, PUBLISHED, ENTERED = (4, 9), (6, 18), (9, 26), (11, 6)
"""Registration, exam, results, and the day on which they are entered with the certificates of past years."""
OTHERS = 16
"""So many more try in a year and do not pass."""
JUST_PASSED, AWAITED = 4, 5
"""Of those who tried this year so many passed and await the certificate; of so many nobody has heard yet."""
SUPPORT = "报销报名费，考前集中辅导 3 天"
RENEWED, RENEWAL_YEARS, LEFT_TO_RENEW = (10, 11), 3, 2
"""Registrations that run out are renewed on a day of the open year, but for so many."""
STUDIES = 9
STUDY_SUPPORT, AMOUNT = "毕业后凭证报销学费一半", Decimal(3000)
BEGAN, LONG_AGO, EXPECTED, GRADUATED = (1, 3, 1), (3, 3, 5), (-1, 7, 5), (0, 7, 5)
"""The first days of studies, when those who study now will finish, and when the earlier ones did."""
MAJORS = ("社会工作", "行政管理", "法学", "公共事业管理")
GIVEN_UP = "本人因家庭原因申请退学"


@dataclass(eq=False)
class StudyWork:
    """Tries, renewals and studies of one demo."""

    office: Office
    studies: list[int] = field(default_factory=list)
    earlier: list[tuple[Person, int, StudyGiven]] = field(default_factory=list)
    """Those who began earlier, with the study and what was agreed."""

    def register(self, year: int, on: date) -> None:
        """Those who will pass and some who will not."""
        by_street: dict[str, list[tuple[int, TryGiven]]] = defaultdict(list)
        for person, grade in [*self._passing(year, on), *self._failing(year, on)]:
            given = TryGiven(grade.value, year, on, SUPPORT)
            by_street[person.post.street.code].append((self.office.files[person.key], given))
        for code, rows in by_street.items():
            register_tries(self.office.clerks[code], rows)

    def enter_results(self, year: int) -> None:
        """Who holds the certificate has passed; the others have not."""
        query = select(CertificateFact.employee_id, CertificateFact.grade).where(
            CertificateFact.superseded_at.is_(None), CertificateFact.obtained_on == date(year, *SAT)
        )
        held = {(row.employee_id, row.grade) for row in db.session.execute(query)}
        rows = []
        for one in self._tries(year):
            passed = (one.employee_id, one.grade) in held
            state = TryState.PASSED if passed else self._failed(one)
            rows.append((one, TryResult(state, date(year, *PUBLISHED))))
        self._record(rows)

    def enter_latest(self, year: int) -> None:
        """This year's results: a few passed, the certificates are still to come; of some nobody has heard."""
        tries = self._tries(year)
        count = self._scaled(AWAITED)
        rows = []
        for place, one in enumerate(tries[: max(0, len(tries) - count)]):
            state = TryState.PASSED if place < self._scaled(JUST_PASSED) else self._failed(one)
            rows.append((one, TryResult(state, date(year, *PUBLISHED))))
        self._record(rows)

    def renew(self, on: date) -> None:
        """Registrations that run out this year are renewed, but for a few."""
        query = (
            select(CertificateFact)
            .where(
                CertificateFact.superseded_at.is_(None),
                CertificateFact.registered_until.between(date(on.year, 1, 1), date(on.year, 12, 31)),
            )
            .order_by(CertificateFact.id)
        )
        found = [one for one in db.session.scalars(query) if one.employee_id in self.office.people]
        until = date(on.year + RENEWAL_YEARS, 11, 3)
        for one in found[self._scaled(LEFT_TO_RENEW) :]:
            renew_registration(self.office.staff["district"], one.employee_id, one.id, Renewal(on, until))

    def support(self) -> None:
        """Some who have a diploma of a junior college study for a degree; two began earlier than the others."""
        town = self.office.town
        people = [
            one
            for one in town.people
            if one.batch in (1, 2) and one.key in self.office.files
            and {each.level for each in educations_of(town, one)} == {Education.JUNIOR_COLLEGE.value}
        ]  # fmt: skip
        chosen = Chance.of(town.seed, "studies").mixed(people)[: self._scaled(STUDIES)]
        for place, person in enumerate(chosen):
            chance = person.chance(town.seed, "study")
            early = place < 2
            given = StudyGiven(
                level=Education.BACHELOR.value,
                school=chance.choice(town.place.schools),
                major=chance.choice(MAJORS),
                starts_on=self._day(LONG_AGO if early else BEGAN),
                expected_on=self._day(GRADUATED if early else EXPECTED),
                support=STUDY_SUPPORT,
                amount=AMOUNT,
            )
            clerk = self.office.clerks[person.post.street.code]
            study_id = support_study(clerk, self.office.files[person.key], given)
            self.studies.append(study_id)
            if early:
                self.earlier.append((person, study_id, given))

    def finish(self, on: date) -> None:
        """Those who began earlier finish, and what was promised is paid; one of the others gives up."""
        for person, study_id, given in self.earlier:
            clerk = self.office.clerks[person.post.street.code]
            diploma = NewEducation(
                level=given.level, degree="", school=given.school, major=given.major, full_time=False,
                graduated_on=given.expected_on,
            )  # fmt: skip
            finish_study(clerk, study_id, on, diploma)
            mark_study_paid(clerk, study_id, True)
        if len(self.studies) > len(self.earlier) + 1:
            give_up_study(self.office.staff["district"], self.studies[-1], on, GIVEN_UP)

    def _passing(self, year: int, on: date) -> Iterator[tuple[Person, Certificate]]:
        for person in self._there(on):
            for obtained_on, grade in exams_of(self.office.town, person):
                if obtained_on.year == year:
                    yield person, grade

    def _failing(self, year: int, on: date) -> Iterator[tuple[Person, Certificate]]:
        town = self.office.town
        never = [one for one in self._there(on) if not exams_of(town, one)]
        chance = Chance.of(town.seed, "tries", year)
        for person in chance.sample(never, min(len(never), self._scaled(OTHERS))):
            yield person, Certificate.JUNIOR

    def _there(self, on: date) -> Sequence[Person]:
        town = self.office.town
        people = town.people if town.is_small else [one for one in town.people if one.post in town.main]
        return [one for one in people if one.key in self.office.files and serves(one, on)]

    def _tries(self, year: int) -> Sequence[CertificateTry]:
        query = select(CertificateTry).where(CertificateTry.year == year, CertificateTry.state == TryState.REGISTERED)
        return db.session.scalars(query.order_by(CertificateTry.id)).all()

    def _failed(self, one: CertificateTry) -> TryState:
        chance = Chance.of(self.office.town.seed, "try", one.employee_id, one.year)
        return chance.weighed({TryState.FAILED: 80, TryState.ABSENT: 14, TryState.WITHDRAWN: 6})

    def _record(self, rows: Sequence[tuple[CertificateTry, TryResult]]) -> None:
        by_street: dict[str, list[tuple[int, TryResult]]] = defaultdict(list)
        for one, result in rows:
            by_street[self.office.people[one.employee_id].post.street.code].append((one.id, result))
        for code, mine in by_street.items():
            record_tries(self.office.clerks[code], mine)

    def _day(self, given: tuple[int, int, int]) -> date:
        ago, month, day = given
        return date(self.office.town.times.year - ago, month, day)

    def _scaled(self, count: int) -> int:
        return scaled(count, min(len(self.office.town.people), IN_FULL))


def study_steps(office: Office) -> Iterator[Step]:
    """Tries and studies of all years up to the present."""
    work, times = StudyWork(office), office.town.times
    for year in (*times.past, times.year):
        registered_on = date(year, *REGISTERED)
        says = msg("职业资格考试和学历提升") if year == times.past[0] else None
        yield Step(registered_on, partial(work.register, year, registered_on), says)
        if year < times.year:
            yield Step(date(year, *ENTERED), partial(work.enter_results, year))
    yield Step(date(times.year, *PUBLISHED), partial(work.enter_latest, times.year))
    renewed_on, graduated_on = date(times.year, *RENEWED), date(times.year, 7, 20)
    yield Step(date(times.year - 1, 3, 12), work.support)
    yield Step(graduated_on, partial(work.finish, graduated_on))
    yield Step(renewed_on, partial(work.renew, renewed_on))
