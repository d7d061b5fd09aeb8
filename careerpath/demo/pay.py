"""The pay of the demo: everybody placed, stepped up each January, paid month by month, and what became known late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.demo.office import Office
from careerpath.demo.operations import declare_bases, keep_files
from careerpath.demo.people import Person, Town
from careerpath.demo.schedule import Step
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewCertificate, NewEducation, NewFact
from careerpath.pay.models import PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.operations.approvals import Approval, approve_proposals
from careerpath.pay.operations.bases import NewBase
from careerpath.pay.operations.rounds import Review, finish_round, generate_round, review_proposals, submit_round
from careerpath.pay.operations.runs import NewRun, confirm_run, open_run, reckon_run
from careerpath.pay.queries.editions import insurance_on, scheme_on
from careerpath.pay.queries.facts import workers_of
from careerpath.pay.queries.proposing import changes_under
from careerpath.pay.queries.timeline import timeline
from careerpath.policy.codes import Certificate, Education
from careerpath.policy.codes import Post as Level
from careerpath.policy.employment import add_months
from careerpath.policy.insurance import BaseKind
from careerpath.policy.pay import last_of, pay
from careerpath.words import msg

MONTHS = 6
"""So many months were paid, of which the last ended before the day of building."""
FEW_MONTHS = 1
"""Of a large demo, whose months take long to reckon and are alike."""
LATE = 2
"""So many certificates, and as many diplomas, of months ago became known to a street last week."""


@dataclass(eq=False)
class PayWork:
    """The levels and months of one demo."""

    office: Office

    @property
    def district(self) -> Actor:
        """Who approves and pays."""
        return self.office.staff["district"]

    @property
    def months(self) -> list[date]:
        """The months that were paid, by their first days, oldest first."""
        this = self.office.town.times.today.replace(day=1)
        count = MONTHS if self.office.town.is_small else FEW_MONTHS
        return [add_months(this, -back) for back in range(count, 0, -1)]

    def late(self, code: str) -> list[tuple[Person, NewFact]]:
        """What a street learned last week of its people: certificates and diplomas of months ago."""
        town, first = self.office.town, self.months[0]
        registered = first + timedelta(days=12)
        files = {self.office.files[person.key]: person for person in town.everybody if _steady(town, person, code)}
        query = select(Employee.id, Employee.highest_education, Employee.highest_certificate).where(
            Employee.id.in_(files)
        )
        found: list[tuple[Person, NewFact]] = []
        for row in db.session.execute(query.order_by(Employee.id)):
            person = files[row.id]
            if row.highest_certificate == "" and len(found) < LATE:
                found.append((person, _certificate(town, person, registered)))
            elif row.highest_education == Education.JUNIOR_COLLEGE.value and len(found) < 2 * LATE:
                found.append((person, _diploma(town, registered)))
        return found

    def place(self, code: str, on: date) -> None:
        """A street proposes what is due on a day, and the district approves it; where nothing is due, nobody acts."""
        round_id = self._propose(code, on)
        if round_id is None:
            return
        if self._open(round_id):
            submit_round(self.office.clerks[code], round_id, "经审核，同意上报。")
        approve_round(self.office, round_id, on)

    def declare(self, code: str, month: date) -> None:
        """A street declares the contribution bases of those who have none, where the rules ask for them."""
        if insurance_on(last_of(month)).base.kind is not BaseKind.DECLARED:
            return
        edition, clerk = scheme_on(last_of(month)), self.office.clerks[code]
        given = []
        for worker in workers_of(self.office.paths[code], month, last_of(month)):
            if worker.base_on(last_of(month)) is None:
                monthly = pay(edition, worker.facts_on(edition, last_of(month))).monthly
                given.append((worker.employee_id, NewBase(month, monthly.quantize(Decimal(1)))))
        if given:
            declare_bases(clerk, given)

    def pay(self, month: date) -> None:
        """A month is reckoned and confirmed."""
        confirm_run(self.district, self.reckon(month), without_lacking=True)

    def reckon(self, month: date) -> int:
        """A month is reckoned; gives the id of its run."""
        run_id = open_run(self.district, NewRun(self.office.units[self.office.town.place.district], month))
        reckon_run(self.district, run_id)
        return run_id

    def begin_month(self, month: date) -> None:
        """The month under way is reckoned and waits to be confirmed."""
        self.reckon(month)

    def learn_late(self, code: str) -> None:
        """A street enters what it should have known months ago."""
        keep_files(
            self.office.clerks[code], [(self.office.files[person.key], fact) for person, fact in self.late(code)]
        )

    def begin_round(self, code: str, on: date, *, submit: bool) -> None:
        """A street has a round under way: before its review, or waiting for the district."""
        round_id = self._propose(code, on)
        if round_id is None:
            return
        rows, clerk = self._open(round_id), self.office.clerks[code]
        if rows and submit:
            submit_round(clerk, round_id, "经审核，同意上报。")
        elif len(rows) > 1:
            review_proposals(clerk, round_id, Review(tuple(rows[-1:]), True, "证书原件尚未核验，核验后上报。"))

    def _propose(self, code: str, on: date) -> int | None:
        if code not in self.office.clerks:
            return None
        schemes = timeline(on)
        if schemes.last.edition.ladder is None:
            return None
        if not any(changes_under(schemes, one, on).changes for one in workers_of(self.office.paths[code], on, on)):
            return None
        return generate_round(self.office.clerks[code], self.office.units[code], on)

    def _open(self, round_id: int) -> list[int]:
        query = select(PlacementProposal.id).where(
            PlacementProposal.round_id == round_id, PlacementProposal.state == ProposalState.PROPOSED
        )
        return list(db.session.scalars(query.order_by(PlacementProposal.roster_order)))


def approve_round(office: Office, round_id: int, on: date) -> None:
    """The district approves what was submitted, and the round is over."""
    query = select(PlacementProposal.id).where(
        PlacementProposal.round_id == round_id, PlacementProposal.state == ProposalState.SUBMITTED
    )
    rows = db.session.scalars(query.order_by(PlacementProposal.roster_order)).all()
    if rows:
        document = f"{office.town.place.document}〔{on.year}〕{on.month + 20}号"
        approve_proposals(office.staff["district"], round_id, Approval(tuple(rows), document))
    row = db.session.get_one(PlacementRound, round_id)
    if row.closed_at is None:
        codes = {unit_id: code for code, unit_id in office.units.items()}
        finish_round(office.clerks[codes[row.unit_id]], round_id)


def _steady(town: Town, person: Person, code: str) -> bool:
    """Whether somebody has served a street quietly for years."""
    served = person.joined_on < date(town.times.today.year - 2, 1, 1) and person.left_on is None
    return served and person.post.street.code == code and person.level is Level.STAFF and person is not town.worker


def _certificate(town: Town, person: Person, registered: date) -> NewCertificate:
    return NewCertificate(
        grade=Certificate.JUNIOR.value,
        obtained_on=registered - timedelta(days=70),
        registered_on=registered,
        certificate_number=f"{town.place.division[:2]}{registered.year}{person.key:06d}",
    )


def _diploma(town: Town, graduated: date) -> NewEducation:
    return NewEducation(
        level=Education.BACHELOR.value,
        degree="4",
        full_time=False,
        school=town.place.schools[0],
        major="社会工作",
        graduated_on=graduated,
    )


def pay_steps(office: Office) -> Iterator[Step]:
    """Levels and months on the days on which an office takes them."""
    work, town = PayWork(office), office.town
    today, streets = town.times.today, town.streets
    first = work.months[0]
    for year in range(town.times.introduced_on.year + 1, first.year):
        yield from _placing(work, date(year, 1, 1), date(year, 3, 3))
    if first.month > 1:
        yield from _placing(work, date(first.year, 1, 1), date(first.year, 3, 3))
    for month in work.months:
        day = month + timedelta(days=19)
        yield from _placing(work, last_of(month), day)
        for code in streets:
            yield Step(day, partial(work.declare, code, month))
        yield Step(day, partial(work.pay, month), msg("%(month)s 工资核算发放", month=month.strftime("%Y-%m")))
    eve = today - timedelta(days=1)
    for code in streets[:2]:
        yield Step(max(today - timedelta(days=4), last_of(work.months[-1])), partial(work.learn_late, code))
    yield Step(eve, partial(work.begin_round, streets[0], eve, submit=False), msg("套级晋级和本月工资：进行到一半"))
    yield Step(eve, partial(work.begin_round, streets[1], eve, submit=True))
    for code in streets:
        yield Step(eve, partial(work.declare, code, today.replace(day=1)))
    yield Step(eve, partial(work.begin_month, today.replace(day=1)))


def _placing(work: PayWork, on: date, day: date) -> Iterator[Step]:
    says: list[object] = []
    for code in work.office.town.streets:
        text = None if says else msg("%(on)s 套级晋级", on=on)
        says.append(code)
        yield Step(day, partial(work.place, code, on), text)
