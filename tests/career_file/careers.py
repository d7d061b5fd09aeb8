"""Somebody with something in every room, for tests of the career file."""

from datetime import date

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.career_file.queries.career import Career, career_of
from careerpath.core import clock
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewContract, NewDiscipline, NewHonour
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import link_account
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.person import own_head, person_head
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import EntrantState, PoolEntry, PromotionState, SelectionState
from careerpath.training.models import ClassState, EnrolmentState, TryState
from tests.factories.access import make_actor
from tests.factories.employees import CLERK
from tests.factories.honours import make_call, make_nominee
from tests.factories.mentoring import make_mentor, make_pairing
from tests.factories.pay import PayTown
from tests.factories.rotations import make_host, make_rotation
from tests.factories.studies import make_study, make_try
from tests.factories.talent_pool import make_entrant, make_entry, make_promotion, make_selection
from tests.factories.training import make_class, make_course, make_enrolment


class Careers:
    """A town with levels; ``person`` was trained, mentored, sent away, chosen, promoted, judged and honoured."""

    def __init__(self) -> None:
        self.pay = PayTown()
        self.town = self.pay.town
        self.person: Employee = self.pay.person(
            self.town.community, name="王立", political="01", political_since=date(2016, 5, 4), batch="第一批（2018年）"
        )
        self.entry: PoolEntry = self.add(self.person)
        self.pay.appraise(2024, {self.person.id: "1"})
        self.pay.place_everybody()
        self.district = self.pay.hr
        self.street = self.pay.clerk
        self.secretary = make_actor(Role.COMMUNITY_SECRETARY, self.town.community)
        self.auditor = make_actor(Role.AUDITOR, self.town.district)
        self.worker = make_actor(Role.WORKER, self.town.community)
        link_account(self.district, self.person.id, self.worker.user_id or 0)

    def add(self, person: Employee, year: int = 2025) -> PoolEntry:
        """One record in every room; ``year`` is that of the exam."""
        town = self.town
        make_pairing(make_mentor(town.district), person, town.community)
        make_rotation(person, make_host(town.street))
        closed = make_class(
            make_course(town.district), ClassState.CLOSED, starts_on=date(2025, 11, 10), ends_on=date(2025, 11, 11)
        )
        make_enrolment(closed, person, state=EnrolmentState.ATTENDED)
        make_try(person, TryState.PASSED, year=year, registered_on=date(2025, 3, 20), result_on=date(2025, 9, 10))
        make_study(person)
        add_fact(CLERK, person.id, NewHonour(kind="model_worker", level="county", granted_on=date(2024, 12, 1)))
        add_fact(CLERK, person.id, NewContract(starts_on=date(year - 3, 7, 1), ends_on=date(year, 12, 31)))
        given = NewDiscipline(measure="诫勉", starts_on=date(2023, 3, 1), ends_on=date(2023, 8, 31))
        add_fact(CLERK, person.id, given)
        make_nominee(make_call(town.district), person, town.community)
        entry = make_entry(person, town.community)
        decided = make_selection(town.district, SelectionState.CONCLUDED, notice_starts_on=date(2025, 12, 4))
        make_entrant(
            decided, person, town.community, state=EntrantState.ADMITTED, outcome=Outcome.SELECTED,
            nominated_on=date(2025, 12, 2),
        )  # fmt: skip
        make_promotion(person, town.community, PromotionState.CONCLUDED, starts_on=date(2025, 12, 3))
        return entry

    def career(self, actor: Actor | None = None, on: date | None = None, known_on: date | None = None) -> Career:
        """What somebody reads, by default the district, of a day, by default today."""
        reader = actor or self.district
        return career_of(reader, person_head(reader, self.person.id), AsOf(on or clock.today(), known_on))

    def own(self, on: date | None = None) -> Career:
        """What the person reads of themselves."""
        return career_of(self.worker, own_head(self.worker), AsOf(on or clock.today()), own=True)


def told(page: Career) -> list[tuple[str, str, str]]:
    """Day, title and state of every line, newest first."""
    return [(line.on.isoformat(), str(line.title), str(line.state)) for line in page.lines]


def titles(page: Career) -> set[str]:
    """The titles of all lines."""
    return {str(line.title) for line in page.lines}
