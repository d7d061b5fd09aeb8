"""Whatever becomes known and in whichever order: in the end everybody has been paid what is right, and not twice."""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import FactKind, NewPosting
from careerpath.employees.operations.history import add_fact, change_post, withdraw_fact
from careerpath.employees.operations.people import EndOfService, end_service, resume_service
from careerpath.pay.models import PayDifference, PayLine
from careerpath.pay.operations.bases import NewBase, declare_base
from careerpath.pay.queries.facts import workers_named
from careerpath.pay.queries.reckoning import paid_items, reckon
from careerpath.pay.queries.rules import rules_on
from careerpath.words import Refused
from tests.factories.employees import CLERK, make_employee
from tests.pay.months import PaidTown, adopt_insurance, adopt_scheme

MONTHS = [date(2025, month, 1) for month in range(6, 12)]


class Office:
    """A town in which things become known late."""

    def __init__(self, paid: str, seed: int) -> None:
        self.town = PaidTown(paid=paid, ladder=True)
        self.paid = paid
        self.chance = random.Random(seed)  # noqa: S311 - chance of a test, not of a lock
        self.people = [self.town.worker, self.town.deputy, self.town.elsewhere]
        for person in self.people:
            self.town.place(person, 1, date(2024, 1, 1))
        self.facts: list[tuple[Employee, int, FactKind]] = []
        self.appraised: set[int] = set()
        self.editions = 0

    def something(self) -> None:
        """One thing becomes known."""
        deeds: list[Callable[[], None]] = [
            self.certificate,
            self.certificate,
            self.withdrawal,
            self.level,
            self.second_post,
            self.base,
            self.grade,
            self.newcomer,
            self.edition,
            self.rates,
            self.leaving,
            self.move,
        ]
        self.chance.choice(deeds)()

    def somebody(self) -> Employee:
        """Any of the people."""
        return self.chance.choice(self.people)

    def day(self) -> date:
        """Any day of the year so far."""
        return date(2025, self.chance.randint(1, 11), self.chance.randint(1, 28))

    def certificate(self) -> None:
        person = self.somebody()
        fact = self.town.certify(person, self.day(), self.chance.choice(["junior", "intermediate"]))
        self.facts.append((person, fact, FactKind.CERTIFICATE))

    def withdrawal(self) -> None:
        if self.facts:
            person, fact, kind = self.facts.pop(self.chance.randrange(len(self.facts)))
            withdraw_fact(CLERK, person.id, fact, kind)

    def level(self) -> None:
        self.town.place(self.somebody(), self.chance.randint(1, 6), self.day())

    def second_post(self) -> None:
        person = self.somebody()
        given = NewPosting(unit_id=self.town.town.community.id, post="chief", starts_on=self.day(), main=False)
        try:
            self.facts.append((person, add_fact(CLERK, person.id, given), FactKind.POSTING))
        except Refused:
            # Who has left holds no post.
            return

    def base(self) -> None:
        amount = Decimal(self.chance.randint(200000, 1200000)) / 100
        try:
            declare_base(self.town.clerk, self.town.worker.id, NewBase(self.day().replace(day=1), amount))
        except Refused:
            # One from that month stands already.
            return

    def grade(self) -> None:
        if 2025 not in self.appraised:
            self.appraised.add(2025)
            self.town.appraise(self.somebody(), 2025, self.chance.choice(["1", "4"]))

    def newcomer(self) -> None:
        person = make_employee(None, self.town.town.neighbour, joined_community_on=self.day())
        self.town.place(person, 2, date(2024, 1, 1))
        self.people.append(person)

    def leaving(self) -> None:
        """Somebody has left, on a day that may be long past, or comes back."""
        person = self.somebody()
        town = self.town.town
        try:
            if db.session.get_one(Employee, person.id).left_on is None:
                end_service(CLERK, person.id, EndOfService(left_on=self.day(), reason="辞职"))
            else:
                given = NewPosting(unit_id=town.neighbour.id, post="staff", starts_on=self.day())
                resume_service(CLERK, person.id, given)
        except Refused:
            # The day does not suit the postings.
            return

    def move(self) -> None:
        """Somebody serves at another street since a day that may be long past."""
        town = self.town.town
        unit = self.chance.choice([town.community, town.foreign])
        try:
            change_post(CLERK, self.somebody().id, NewPosting(unit_id=unit.id, post="deputy", starts_on=self.day()))
        except Refused:
            # The day does not suit the postings.
            return

    def pay(self, month: date) -> None:
        """A month of the whole district, or street by street."""
        town = self.town.town
        for unit in self.chance.choice([(town.district,), (town.other_street, town.street)]):
            try:
                self.town.pay(month, unit, without_lacking=True)
            except Refused as refusal:
                # A street without anybody, now or before, pays nobody.
                if "没有在岗人员" not in str(refusal):
                    raise

    def edition(self) -> None:
        self.editions += 1
        start = date(2025, self.chance.randint(1, 11), self.editions)
        basic = self.chance.randint(2000, 3000)
        adopt_scheme(key=f"later-{self.editions}", start=str(start), basic=basic, paid=self.paid, ladder=True)

    def rates(self) -> None:
        self.editions += 1
        start = date(2025, self.chance.randint(2, 11), self.editions)
        adopt_insurance(key=f"rates-{self.editions}", start=str(start), rate=f"0.{self.chance.randint(5, 9):02d}")


@pytest.mark.parametrize("paid", ["month", "half_year"])
@pytest.mark.parametrize("seed", range(4))
def test_in_the_end_every_month_has_paid_what_is_right(app: Flask, paid: str, seed: int) -> None:
    office = Office(paid, seed)
    for month in MONTHS[:-1]:
        office.pay(month)
        for _ in range(office.chance.randint(0, 3)):
            office.something()
    office.pay(MONTHS[-1])
    paid_so_far = _paid()
    workers = workers_named([person.id for person in office.people], MONTHS[-1])
    checked = 0
    for month in MONTHS:
        rules = rules_on(month)
        for worker in workers:
            found = reckon(worker, month, rules)
            right = {key: amount for key, (_, amount) in found.items().items() if amount}
            assert not found.missing
            assert paid_so_far[worker.employee_id, month] == right, (worker.number, month)
            checked += len(right)
    assert checked > 0
    # And a month later nothing more is owed.
    december = office.town.draft(date(2025, 12, 1))
    assert db.session.scalar(select(PayDifference.id).where(PayDifference.run_id == december)) is None


def _paid() -> dict[tuple[int, date], dict[tuple[str, str], Decimal]]:
    """All that was paid for each person and month, in whichever month it was paid."""
    found: dict[tuple[int, date], dict[tuple[str, str], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in db.session.scalars(select(PayLine)):
        for key, (_, amount) in paid_items(list(line.items), list(line.insurance)).items():
            found[line.employee_id, line.month][key] += amount
    for one in db.session.scalars(select(PayDifference)):
        found[one.employee_id, one.month][one.side, one.code] += one.now - one.was
    bare = {place: {key: amount for key, amount in amounts.items() if amount} for place, amounts in found.items()}
    return defaultdict(dict, bare)
