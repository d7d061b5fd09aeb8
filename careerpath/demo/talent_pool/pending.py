"""Promotions that are under way today: one or two at every desk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from careerpath.access.actor import Actor
from careerpath.demo.files import COMPOUNDS
from careerpath.demo.office import Office
from careerpath.demo.people import STANDARD, Person, Town
from careerpath.demo.recruitment.days import MONDAY, notice_end, weekday_until
from careerpath.demo.schedule import Step
from careerpath.demo.talent_pool.operations import propose_promotions
from careerpath.demo.talent_pool.promotions import opinion_of, promotion_given
from careerpath.demo.texts import reserves as texts
from careerpath.employees.operations.facts import NewPosting
from careerpath.policy.codes import Political
from careerpath.policy.codes import Post as Level
from careerpath.talent_pool.operations.appointments import ElectionGiven, open_promotion_notices, record_election
from careerpath.talent_pool.operations.objections import PoolObjectionGiven, record_promotion_objection
from careerpath.talent_pool.operations.promotions import (
    approve_promotions,
    reject_promotion,
    return_promotion,
    withdraw_promotion,
)


class Stop(StrEnum):
    """Where a promotion stands today."""

    WRITTEN = "written"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    TO_ELECT = "to_elect"
    """Approved, the election is ahead."""
    ON_NOTICE = "on_notice"
    NOTICE_OVER = "notice_over"
    NOT_ELECTED = "not_elected"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


STOPS = {
    Stop.ON_NOTICE: 2,
    Stop.SUBMITTED: 2,
    Stop.TO_ELECT: 1,
    Stop.NOTICE_OVER: 1,
    Stop.WRITTEN: 1,
    Stop.RETURNED: 1,
    Stop.NOT_ELECTED: 1,
    Stop.REJECTED: 1,
    Stop.WITHDRAWN: 1,
}
"""How many stand where; a small place has one of each as far as its people go."""
FEW = 5
PROPOSED_AGO = {
    Stop.WRITTEN: 2,
    Stop.SUBMITTED: 5,
    Stop.RETURNED: 12,
    Stop.TO_ELECT: 24,
    Stop.ON_NOTICE: 22,
    Stop.NOTICE_OVER: 38,
    Stop.NOT_ELECTED: 36,
    Stop.REJECTED: 34,
    Stop.WITHDRAWN: 20,
}
ELECTED = frozenset({Stop.TO_ELECT, Stop.NOT_ELECTED})
APPROVED = frozenset({Stop.TO_ELECT, Stop.ON_NOTICE, Stop.NOTICE_OVER, Stop.NOT_ELECTED})
APPROVED_AFTER = 7
OBJECTION = "来电反映拟任人选在小区物业矛盾处置中不够公开，请核实。"


@dataclass(eq=False)
class Pending:
    """One promotion under way."""

    office: Office
    person: Person
    stop: Stop
    doubted: bool = False
    """Whether something was brought forward during the notice."""
    ids: list[int] = field(default_factory=list)

    @property
    def proposed_on(self) -> date:
        """The day of the proposal."""
        return self.office.town.times.today - timedelta(days=PROPOSED_AGO[self.stop])

    @property
    def district(self) -> Actor:
        """Who approves."""
        return self.office.staff["district"]

    @property
    def clerk(self) -> Actor:
        """Who proposes."""
        return self.office.clerks[self.person.post.street.code]

    def propose(self) -> None:
        """The street proposes, and submits it unless it is still writing."""
        given = promotion_given(self.office, self.person, self._posting(), self.proposed_on)
        opinion = "" if self.stop is Stop.WRITTEN else opinion_of(given, self.proposed_on)
        self.ids = propose_promotions(self.clerk, [(given, opinion)])

    def approve(self, on: date) -> None:
        """The district approves."""
        document = f"{self.office.town.place.document}〔{on.year}〕{on.day + 80}号"
        approve_promotions(self.district, self.ids, document, texts.APPROVED, on)

    def notice(self, first: date) -> None:
        """It is shown to the public."""
        open_promotion_notices(self.district, self.ids, first, notice_end(first))

    def object(self, on: date) -> None:
        """Somebody brings something forward, which is still to be answered."""
        record_promotion_objection(self.district, self.ids[0], PoolObjectionGiven(on, True, OBJECTION))

    def end(self, on: date) -> None:
        """It is returned, withdrawn, refused or lost."""
        promotion_id = self.ids[0]
        if self.stop is Stop.RETURNED:
            return_promotion(self.district, promotion_id, texts.RETURNED)
        elif self.stop is Stop.WITHDRAWN:
            withdraw_promotion(self.clerk, promotion_id, texts.PROMOTION_WITHDRAWN)
        elif self.stop is Stop.REJECTED:
            reject_promotion(self.district, promotion_id, texts.REJECTED_PROMOTION)
        elif self.stop is Stop.NOT_ELECTED:
            report = f"{self.person.post.name}选举结果报告单"
            record_election(
                self.district,
                promotion_id,
                ElectionGiven(elected=False, held_on=on, document=report, votes_for=31, votes_cast=78),
            )

    def _posting(self) -> NewPosting:
        unit_id = self.office.units[self.person.post.row.code]
        if self.stop in ELECTED:
            title = "社区党组织副书记"
            return NewPosting(
                unit_id=unit_id, post=Level.DEPUTY.value, starts_on=self.proposed_on, title=title, party_role=title
            )
        role = "小区党支部书记"
        compound = self.person.chance(self.office.town.seed, "pending").choice(COMPOUNDS)
        return NewPosting(
            unit_id=unit_id,
            post=Level.STAFF.value,
            starts_on=self.proposed_on,
            title=f"{compound}{role}",
            party_role=role,
            main=False,
        )


def pending_steps(office: Office) -> Iterator[Step]:
    """The promotions under way, day by day."""
    for one in _pending(office):
        yield Step(one.proposed_on, one.propose)
        on = one.proposed_on + timedelta(days=APPROVED_AFTER)
        if one.stop in APPROVED:
            yield Step(on, partial(one.approve, on))
        if one.stop in {Stop.ON_NOTICE, Stop.NOTICE_OVER}:
            yield from _notice(one)
        elif one.stop in {Stop.RETURNED, Stop.WITHDRAWN, Stop.REJECTED, Stop.NOT_ELECTED}:
            ended_on = on + timedelta(days=3)
            yield Step(ended_on, partial(one.end, ended_on))


def _notice(one: Pending) -> Iterator[Step]:
    """A notice that runs today, or one that ran out last week."""
    today = one.office.town.times.today
    first = weekday_until(today - timedelta(days=1), MONDAY)
    if one.stop is Stop.NOTICE_OVER:
        first -= timedelta(days=21)
    yield Step(first, partial(one.notice, first))
    if one.doubted:
        yield Step(first, partial(one.object, first))


def _pending(office: Office) -> list[Pending]:
    stops = [stop for stop, count in STOPS.items() for _ in range(count)]
    people = _suitable(office.town)
    most = len(stops) if len(office.town.people) >= STANDARD else FEW
    # The first of those on notice is the one that something is said of.
    return [
        Pending(office, person, stop, doubted=place == 0)
        for place, (person, stop) in enumerate(zip(people, stops[:most], strict=False))
    ]


def _suitable(town: Town) -> Sequence[Person]:
    """Party members of the earlier batches who hold no other post, the best first; those of the sign-in page last."""
    found = [
        person
        for person in town.people
        if 0 < person.batch < 3
        and person.level is Level.STAFF
        and person.political is Political.PARTY_MEMBER
        and person.post.is_community
        and not (person.compound_on or person.fate)
        and person is not town.worker
    ]
    return sorted(found, key=lambda person: (-person.quality, person.key))
