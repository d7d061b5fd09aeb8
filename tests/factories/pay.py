"""A town with a pay scheme: people of several posts, studies and certificates, decided appraisals, approved levels."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewCertificate, NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.pay.models import Placement, PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.operations.approvals import Approval, approve_proposals
from careerpath.pay.operations.rounds import generate_round, submit_round
from careerpath.pay.queries.editions import shipped_schemes
from careerpath.rulebook.operations import import_edition
from tests.factories.access import Town, make_actor
from tests.factories.appraisals import make_decided_year
from tests.factories.employees import CLERK, make_employee

RULES = Actor(None, "rules", "rules", (Grant(Role.DISTRICT_HR, ""),))
"""An actor who may bring in editions."""

COLLEGE = NewEducation(level="31", school="山东财经大学", graduated_on=date(2012, 6, 30))
BACHELOR = NewEducation(level="21", degree="4", school="山东大学", graduated_on=date(2012, 6, 30))


FLAT = """
[[components]]
code = "basic"
name = "基本补贴"
way = "fixed"
amount = 2500
"""
"""The components of a scheme without levels."""


def scheme_text(
    key: str = "test-2020",
    effective_from: str = "2020-01-01",
    step: int = 100,
    example: bool = True,
    base: int = 2000,
    every_years: int = 3,
) -> str:
    """A scheme as TOML: tiers by post on 18 levels, three years a step, amounts by level, post and certificate."""
    return f"""
concurrent = "higher"

[head]
rule = "pay"
key = "{key}"
title = "费县社区工作者薪酬办法（试）"
place = "费县"
effective_from = {effective_from}
document = "费组字〔{effective_from[:4]}〕1号"
source = "测试"
example = {str(example).lower()}

[service]
uncounted = ["4"]

[certificates]
day = "registered"
effective = "same_month"

[ladder]
levels = 18
tiers_by = "post"
tiers = [{{ tier = 1, name = "正职" }}, {{ tier = 2, name = "副职" }}, {{ tier = 3, name = "一般" }}]
ranges = [
  {{ post = "chief", lowest = 7, highest = 18, tier = 1 }},
  {{ post = "deputy", lowest = 4, highest = 15, tier = 2 }},
  {{ post = "staff", lowest = 1, highest = 12, tier = 3 }},
]
tenure = {{ every_years = {every_years}, effective = "next_january", citation = {{ clause = "第六条" }} }}

[ladder.education]
grants = [
  {{ height = "bachelor", both_levels = 1, one_years = 1 }},
  {{ height = "master", both_levels = 2, one_years = 3 }},
]

[ladder.certificates]
grants = [
  {{ grade = "junior", levels = 1 }},
  {{ grade = "intermediate", levels = 2 }},
  {{ grade = "senior", levels = 3 }},
]

[ladder.early]
successive = 2
at_most = 2

[[components]]
code = "basic"
name = "基本补贴"
way = "fixed"
amount = {base}

[[components]]
code = "post"
name = "职务补贴"
way = "lookup"
rows = [{{ when = {{ post = "chief" }}, amount = 300 }}, {{ when = {{ post = "deputy" }}, amount = 200 }}]
otherwise = 100

[[components]]
code = "step"
name = "级差补贴"
way = "per_level"
first = 50
step = {step}
"""


def adopt_scheme(*, flat: bool = False, probation: bool = False, **changes: Any) -> int:
    """Bring a scheme in and adopt it at once; gives the id of the edition. A ``flat`` one has no levels."""
    text = scheme_text(**changes)
    if probation:
        text = text.replace("[service]", "[probation]\nshare = 0.8\n\n[service]")
    if flat:
        text = text[: text.index("[ladder]")] + FLAT
    return import_edition(RULES, text, "scheme.toml")


def adopt_only_scheme(example: bool = True) -> int:
    """Our scheme since 2020 in place of those that come with the program for 费县; gives the id of the edition."""
    keys = [one.head.key for one in shipped_schemes() if one.head.place == "费县"]
    for number, key in enumerate(keys[1:]):
        adopt_scheme(key=key, effective_from=f"{2090 + number}-01-01")
    return adopt_scheme(key=keys[0], example=example)


class PayTown:
    """A district of two streets with a scheme in force since 2020. ``staff``, ``deputy`` and ``chief`` serve in the own
    street, ``elsewhere`` in the other one; all joined on 2018-07-01, so that their sixth year is complete in 2024.
    """

    def __init__(self, *, example: bool = True) -> None:
        self.town = Town()
        self.edition_id = adopt_only_scheme(example)
        self.hr = make_actor(Role.DISTRICT_HR, self.town.district)
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        self.stranger = make_actor(Role.STREET_HR, self.town.other_street)
        self.finance = make_actor(Role.FINANCE, self.town.district)
        self.chief = self.person(self.town.community, post="chief", study=BACHELOR)
        self.deputy = self.person(self.town.community, post="deputy")
        self.staff = self.person(self.town.neighbour)
        self.elsewhere = self.person(self.town.foreign)

    def person(self, unit: Unit, *, study: NewEducation | None = COLLEGE, **changes: Any) -> Employee:
        """One more person at a unit; ``study=None`` leaves the education unknown."""
        more = {} if study is None else {"educations": (study,)}
        return make_employee(None, unit, **(more | changes))

    def study(self, person: Employee, study: NewEducation = COLLEGE) -> None:
        """Record a course of study, however late."""
        add_fact(CLERK, person.id, study)

    def certify(self, person: Employee, registered_on: date, grade: str = "junior") -> None:
        """Record a certificate, however late."""
        add_fact(CLERK, person.id, NewCertificate(grade=grade, obtained_on=registered_on, registered_on=registered_on))

    def appraise(self, year: int, grades: Mapping[int, str]) -> None:
        """Decided appraisals of a year by the id of the person, as an office brings them over from its papers."""
        make_decided_year(self.town.district, self.town.street, year, grades)

    def generate(self, on: date = date(2025, 12, 5), actor: Actor | None = None, unit: Unit | None = None) -> int:
        """A round of the own street on a day; gives its id."""
        return generate_round(actor or self.clerk, (unit or self.town.street).id, on)

    def approve_all(self, round_id: int, document: str = "费人社薪〔2025〕7号") -> None:
        """Submit and approve everything of a round."""
        submit_round(self.clerk, round_id, "同意上报。")
        approve_proposals(self.hr, round_id, Approval(tuple(one.id for one in self.proposals(round_id)), document))

    def place_everybody(self, on: date = date(2025, 12, 5)) -> int:
        """Everybody of the own street placed and approved on a day; gives the id of the round."""
        round_id = self.generate(on)
        self.approve_all(round_id)
        return round_id

    @staticmethod
    def round(round_id: int) -> PlacementRound:
        """A round as it stands."""
        return db.session.get_one(PlacementRound, round_id, populate_existing=True)

    @staticmethod
    def proposals(round_id: int, person: Employee | None = None) -> list[PlacementProposal]:
        """The proposals of a round in roster order, or those of one person."""
        query = select(PlacementProposal).where(PlacementProposal.round_id == round_id)
        if person is not None:
            query = query.where(PlacementProposal.employee_id == person.id)
        query = query.order_by(PlacementProposal.roster_order)
        return list(db.session.scalars(query.execution_options(populate_existing=True)))

    def states(self, round_id: int) -> set[ProposalState]:
        """The states in which proposals of a round are."""
        return {one.state for one in self.proposals(round_id)}

    @staticmethod
    def levels(person: Employee) -> list[tuple[date, int]]:
        """The approved levels of a person that hold, oldest first."""
        query = select(Placement.starts_on, Placement.level).where(
            Placement.employee_id == person.id, Placement.superseded_at.is_(None)
        )
        return [(row[0], row[1]) for row in db.session.execute(query.order_by(Placement.starts_on))]
