"""A district of two streets that is paid by named components and by plain insurance rates, so that sums are round."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.queries.editions import edition_by_key
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from careerpath.pay.models import PayDifference, PayLine, PayRegister, PayRun, Placement
from careerpath.pay.operations.runs import NewRun, confirm_run, open_run, reckon_run
from careerpath.policy.appraisal_steps import State
from careerpath.policy.edition import to_plain
from careerpath.policy.pay import Cause
from careerpath.rulebook.operations import import_edition
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee

SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (date(2025, month, 1) for month in (9, 10, 11, 12))
RULES = Actor(None, "rules", "rules", (Grant(Role.DISTRICT_HR, ""),))

SCHEME = """
[head]
rule = "pay"
key = "{key}"
title = "费县社区工作者薪酬办法（试）"
place = "费县"
effective_from = {start}
document = "费组字〔2024〕1号"
source = "测试"
example = {example}

[certificates]
day = "registered"
effective = "same_month"

[performance]
paid = "{paid}"
withheld_grades = ["4"]
withheld = "same_year"

[[components]]
code = "basic"
name = "基本工资"
way = "fixed"
amount = {basic}

[[components]]
code = "post"
name = "岗位工资"
way = "lookup"
rows = [{{ when = {{ post = "chief" }}, amount = 600 }}, {{ when = {{ post = "deputy" }}, amount = 300 }}]
otherwise = 0

[[components]]
code = "qualification"
name = "职业水平补贴"
way = "lookup"
rows = [
  {{ when = {{ certificate = "junior" }}, amount = 100 }},
  {{ when = {{ certificate = "intermediate" }}, amount = 200 }},
]
otherwise = 0

[[components]]
code = "performance"
name = "绩效工资"
part = "performance"
way = "fixed"
amount = 500
"""

LADDER = """
[ladder]
levels = 6
tiers_by = "none"
ranges = [
  { post = "chief", lowest = 1, highest = 6 },
  { post = "deputy", lowest = 1, highest = 6 },
  { post = "staff", lowest = 1, highest = 6 },
]

[[components]]
code = "step"
name = "级差工资"
way = "per_level"
first = 0
step = 100
"""

INSURANCE = """
[head]
rule = "insurance"
key = "{key}"
title = "费县五险一金（试）"
place = "费县"
effective_from = {start}
document = "费人社〔2025〕1号"
source = "测试"
example = false

[base]
kind = "{kind}"
floor = 3000
ceiling = 9000
unit = 0.01
rounding = "half_up"

[[items]]
code = "pension"
name = "基本养老保险"
employer_rate = 0.16
employee_rate = {rate}
unit = 0.01
rounding = "half_up"

[[items]]
code = "fund"
name = "住房公积金"
employer_rate = 0.05
employee_rate = 0.05
unit = 1
rounding = "half_up"
"""


def adopt_scheme(
    *,
    key: str = "feixian-2022",
    start: str = "2024-01-01",
    basic: int = 2500,
    performance: int = 500,
    paid: str = "month",
    ladder: bool = False,
    example: bool = False,
) -> int:
    """Adopt a scheme; by default it takes the place of the one that comes with the program."""
    text = SCHEME.format(key=key, start=start, basic=basic, paid=paid, example=str(example).lower())
    text = text.replace("amount = 500\n", f"amount = {performance}\n")
    return import_edition(RULES, text + LADDER * ladder, "scheme.toml")


def adopt_insurance(
    *, key: str = "feixian-2025", start: str = "2025-01-01", rate: str = "0.08", kind: str = "declared_or_monthly"
) -> int:
    """Adopt contribution rates; by default they take the place of those that come with the program."""
    return import_edition(RULES, INSURANCE.format(key=key, start=start, rate=rate, kind=kind), "insurance.toml")


class PaidTown:
    """Both editions adopted; ``worker`` and ``deputy`` serve in the own street, ``elsewhere`` in the other one."""

    def __init__(self, *, insurance: Mapping[str, Any] | None = None, **scheme: Any) -> None:
        self.town = Town()
        adopt_scheme(**scheme)
        adopt_insurance(**(insurance or {}))
        self.hr = make_actor(Role.DISTRICT_HR, self.town.district)
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        self.stranger = make_actor(Role.STREET_HR, self.town.other_street)
        self.worker = make_employee(None, self.town.community)
        self.deputy = make_employee(None, self.town.neighbour, post="deputy")
        self.elsewhere = make_employee(None, self.town.foreign)

    def draft(self, month: date, unit: Unit | None = None) -> int:
        """A month opened and reckoned; gives its id. December cannot be foreseen before its time, the rest can."""
        with clock.Stopped(datetime(month.year, month.month, 20, 2, tzinfo=UTC)):
            run_id = open_run(self.hr, NewRun((unit or self.town.district).id, month))
            reckon_run(self.hr, run_id)
        return run_id

    def pay(self, month: date, unit: Unit | None = None, *, without_lacking: bool = False) -> int:
        """A month opened, reckoned and confirmed; gives its id."""
        run_id = self.draft(month, unit)
        confirm_run(self.hr, run_id, without_lacking)
        return run_id

    def certify(self, person: Employee, registered_on: date, grade: str = "junior") -> int:
        """Record a certificate, however late; gives the id of the fact."""
        given = NewCertificate(grade=grade, obtained_on=registered_on, registered_on=registered_on)
        return add_fact(CLERK, person.id, given)

    def place(self, person: Employee, level: int, starts_on: date, document: str = "费人社薪〔2025〕7号") -> int:
        """An approved level, as the round of a street leaves it; gives its id."""
        with writing() as session:
            placement = Placement(
                employee_id=person.id,
                known_at=clock.now(),
                superseded_at=None,
                unit_id=session.get_one(Employee, person.id).unit_id,
                post="staff",
                tier=None,
                level=level,
                starts_on=starts_on,
                cause=Cause.INITIAL,
                document=document,
                edition_key="feixian-2022",
                because=[],
            )
            session.add(placement)
            session.flush()
            return placement.id

    def appraise(self, person: Employee, year: int, grade: str) -> None:
        """A decided appraisal, as an office brings it over from its papers."""
        with writing() as session:
            days = ("self_summary_due_on", "community_due_on", "street_due_on", "district_due_on", "reference_on")
            whole = AppraisalYear(
                unit_id=self.town.district.id,
                year=year,
                edition=to_plain(edition_by_key("feixian-2022")),
                opened_at=clock.now(),
                closed_at=clock.now(),
                **{name: date(year, 12, 20) for name in days},
            )
            session.add(whole)
            session.flush()
            part = StreetAppraisal(year_id=whole.id, unit_id=self.town.street.id)
            session.add(part)
            session.flush()
            session.add(
                Appraisal(
                    year_id=whole.id,
                    street_appraisal_id=part.id,
                    employee_id=person.id,
                    unit_id=session.get_one(Employee, person.id).unit_id,
                    post="staff",
                    title="社区工作者",
                    facts={},
                    state=State.DECIDED,
                    grade=grade,
                )
            )

    @staticmethod
    def run(run_id: int) -> PayRun:
        """A run as it stands."""
        return db.session.get_one(PayRun, run_id, populate_existing=True)

    @staticmethod
    def line(run_id: int, person: Employee) -> PayLine:
        """A person's line of a run."""
        found = lines(run_id, person)
        assert len(found) == 1, found
        return found[0]

    @staticmethod
    def owed(run_id: int, person: Employee, side: str = "pay") -> dict[tuple[int, str], Decimal]:
        """What a run pays a person for earlier months: by month and item."""
        query = select(PayDifference).where(
            PayDifference.run_id == run_id, PayDifference.employee_id == person.id, PayDifference.side == side
        )
        return {(one.month.month, one.code): one.now - one.was for one in db.session.scalars(query)}


def lines(run_id: int, person: Employee | None = None) -> list[PayLine]:
    """The lines of a run, of everybody or of one person."""
    query = select(PayLine).join(PayRegister, PayRegister.id == PayLine.register_id)
    query = query.where(PayRegister.run_id == run_id)
    if person is not None:
        query = query.where(PayLine.employee_id == person.id)
    return list(db.session.scalars(query.order_by(PayLine.number).execution_options(populate_existing=True)))


def registers(run_id: int) -> list[PayRegister]:
    """The registers of a run."""
    query = select(PayRegister).where(PayRegister.run_id == run_id).order_by(PayRegister.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def amounts(line: PayLine) -> dict[str, Decimal]:
    """The components of a line."""
    return {one["code"]: Decimal(one["amount"]) for one in line.items}
