"""The batch that is open now: applications come in, and every desk has something to do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.office import Office
from careerpath.demo.people import BATCHES, STANDARD, Town, batch_title
from careerpath.demo.places import Post
from careerpath.demo.recruitment.days import KEEP_MONTHS, SATURDAY, weekday_until
from careerpath.demo.recruitment.operations import set_photos
from careerpath.demo.recruitment.papers import particulars
from careerpath.demo.recruitment.plan import GROUPS, UNFIT, Entrant, Part, claim
from careerpath.demo.recruitment.portraits import certificate, portrait
from careerpath.demo.recruitment.rivals import Rivals, Trait
from careerpath.demo.recruitment.work import REASONS, UNMENDED, WITHDRAWAL
from careerpath.demo.schedule import Step
from careerpath.employees.models import Channel, Source
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import Application, Entry, RecruitmentPosition, Verdict
from careerpath.recruitment.operations.batches import BatchPlan, plan_batch, publish_batch
from careerpath.recruitment.operations.candidates import (
    Beginning,
    add_own_paper,
    begin_application,
    save_own,
    set_own_photo,
    submit_own,
)
from careerpath.recruitment.operations.entering import enter_application, withdraw_application
from careerpath.recruitment.operations.positions import NewPosition, put_positions
from careerpath.recruitment.operations.review import Finding, review_application
from careerpath.recruitment.queries.advice import missing_documents
from careerpath.recruitment.queries.staffing import staffing_lines
from careerpath.words import Refused, msg

NUMBER = len(BATCHES) + 1
OPENED_DAYS, CLOSING_DAYS = 7, 5
"""Applications opened so many days ago and close in so many days."""
POSITIONS, IN_FRONT = 9, 7
"""So many positions at most, of which so many in the street in the foreground."""
APPLICANTS, FEW_APPLICANTS = 5, 3
"""So many people apply for each position; the second in a demo smaller than the standard one."""
CANDIDATES = 2
"""So many people stand for a place in an election."""


class State(StrEnum):
    """How far an application has come by now."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    FIRST_REVIEWED = "first_reviewed"
    ADMITTED = "admitted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PATTERN = (
    State.ADMITTED, State.SUBMITTED, State.FIRST_REVIEWED, State.DRAFT, State.ADMITTED, State.RETURNED,
    State.SUBMITTED, State.FIRST_REVIEWED, State.REJECTED, State.SUBMITTED, State.WITHDRAWN, State.DRAFT,
)  # fmt: skip
"""The states of the applications in turn."""
EARLY = frozenset(State) - {State.DRAFT, State.SUBMITTED}
"""Whoever has been reviewed applied on one of the first days."""


@dataclass(slots=True, eq=False)
class Applicant:
    """One applicant of the open batch."""

    entrant: Entrant
    position_id: int
    street: str
    state: State
    alone: bool
    """Applies on the open page, not at an office."""
    application_id: int = 0


@dataclass(eq=False)
class OpenBatch:
    """The batch that takes applications on the day of building."""

    office: Office
    edition: RecruitmentEdition
    rivals: Rivals
    batch_id: int = 0
    applicants: list[Applicant] = field(default_factory=list)

    @property
    def town(self) -> Town:
        """The town of the plan."""
        return self.office.town

    @property
    def today(self) -> date:
        """The day of building."""
        return self.town.times.today

    @property
    def opens_on(self) -> date:
        """The first day of applications."""
        return self.today - timedelta(days=OPENED_DAYS)

    @property
    def district(self) -> Actor:
        """Who plans, and reviews a second time."""
        return self.office.staff["district"]

    def plan(self) -> None:
        """The district plans a batch for what is vacant."""
        place, closes_on = self.town.place, self.today + timedelta(days=CLOSING_DAYS)
        written_on = weekday_until(closes_on + timedelta(days=20), SATURDAY)
        vacancies_on = self.opens_on.replace(day=1) - timedelta(days=1)
        unit_id = self.office.units[place.district]
        given = BatchPlan(
            name=batch_title(NUMBER, self.today.year),
            title=f"{place.name}{self.today.year}年第二次公开招聘社区工作者公告",
            year=self.today.year,
            edition_key=self.edition.head.key,
            vacancies_on=vacancies_on,
            announced_on=self.opens_on - timedelta(days=3),
            opens_on=self.opens_on,
            closes_on=closes_on,
            written_on=written_on,
            written_time="上午9:00—11:00",
            interview_on=written_on + timedelta(days=15),
            keep_months=KEEP_MONTHS,
            contact=f"{place.name}社会工作部社区工作者队伍建设科",
            remark="报名不收取任何费用。请考生如实填写，凡弄虚作假的，取消报考或聘用资格。",
        )
        self.batch_id = plan_batch(self.district, unit_id, given)
        posts = self._vacant(vacancies_on, unit_id)
        put_positions(self.district, self.batch_id, [self._position(*one) for one in enumerate(posts)])

    def publish(self) -> None:
        """The notice is published; it is decided who will apply."""
        publish_batch(self.district, self.batch_id, f"{self.town.place.document}〔{self.today.year}〕31号")
        posts = {self.office.units[post.row.code]: post for post in self.town.posts}
        query = select(RecruitmentPosition).where(RecruitmentPosition.batch_id == self.batch_id)
        positions = db.session.scalars(query.order_by(RecruitmentPosition.code)).all()
        each = APPLICANTS if len(self.town.people) >= STANDARD else FEW_APPLICANTS
        for number in range(len(positions) * each):
            position = positions[number % len(positions)]
            if position.channel is Channel.BY_ELECTION and number >= len(positions) * CANDIDATES:
                continue
            self.applicants.append(self._applicant(number, position, posts[position.unit_id]))

    def receive(self, day: date) -> None:
        """The applications of one day, on the open page and at the street offices."""
        for number, applicant in enumerate(self.applicants):
            if self._day_of(number, applicant) == day:
                if applicant.alone:
                    self._apply_alone(applicant, day)
                else:
                    self._apply_at_office(applicant, day)

    def review_first(self) -> None:
        """The streets look at what came in during the first days."""
        for applicant in self._in(EARLY):
            clerk, finding = self.office.clerks[applicant.street], Finding(Verdict.PASSED)
            if applicant.state is State.WITHDRAWN:
                withdraw_application(clerk, applicant.application_id, WITHDRAWAL)
                continue
            if applicant.state is State.RETURNED:
                finding = Finding(Verdict.RETURNED, UNMENDED)
            elif applicant.state is State.REJECTED:
                finding = Finding(Verdict.FAILED, REASONS[applicant.entrant.trait])
            review_application(clerk, applicant.application_id, finding)

    def review_second(self) -> None:
        """The district has decided on some of them."""
        for applicant in self._in({State.ADMITTED, State.REJECTED}):
            reason = REASONS[applicant.entrant.trait] if applicant.state is State.REJECTED else ""
            finding = Finding(Verdict.FAILED, reason) if reason else Finding(Verdict.PASSED)
            review_application(self.district, applicant.application_id, finding)

    def _in(self, states: frozenset[State] | set[State]) -> Iterator[Applicant]:
        return (one for one in self.applicants if one.state in states)

    def _vacant(self, on: date, unit_id: int) -> list[tuple[Post, int]]:
        """Communities of the plan with vacancies, most of them in the foreground; where no norm tells, any of them."""
        posts = {self.office.units[post.row.code]: post for post in self.town.posts}
        try:
            lines = staffing_lines(self.district, on, unit_id)
            found = [(posts[line.unit_id], line.to_plan) for line in lines if line.unit_id in posts and line.to_plan]
        except Refused:
            found = []
        found = found or [(post, 1) for post in self.town.posts]
        front = [one for one in found if one[0].street.code == self.town.streets[0]]
        others = [one for one in found if one not in front]
        return (front[:IN_FRONT] + others)[:POSITIONS]

    def _position(self, number: int, vacant: tuple[Post, int]) -> NewPosition:
        post, places = vacant
        group, demand, channel = "", "", Channel.OPEN_RECRUITMENT
        if number == 2 and self.edition.groups:
            group = GROUPS[Source.VETERAN]
        elif number == 3:
            channel, demand = Channel.SPECIAL_RECRUITMENT, "面向快递员、外卖配送员、网约车司机等新就业群体"
        elif number == 4:
            channel = Channel.BY_ELECTION
        return NewPosition(
            unit_id=self.office.units[post.row.code],
            title="社区居民委员会委员" if channel is Channel.BY_ELECTION else "社区工作者",
            channel=channel,
            places=1 if channel is Channel.BY_ELECTION else min(places, 2),
            group=group,
            demand=demand,
        )

    def _applicant(self, number: int, position: RecruitmentPosition, post: Post) -> Applicant:
        chance = Chance.of(self.town.seed, "open", number)
        state = PATTERN[number % len(PATTERN)]
        source = next((one for one, group in GROUPS.items() if group == position.group), None)
        if position.channel is Channel.SPECIAL_RECRUITMENT:
            source = Source.NEW_FORMS
        trait = Trait.SOUND
        if state is State.REJECTED or (state is State.SUBMITTED and number == 6):
            trait = chance.choice(UNFIT) if self.edition.conditions else Trait.PAPERS
        joins_on = self.today + timedelta(days=120)
        person = self.rivals.next(post, joins_on, len(BATCHES), position.channel, source, trait)
        entrant = Entrant(person, Part.RESERVE, trait, certified=trait is Trait.SOUND and chance.happens(20))
        claim(self.edition, entrant)
        alone = position.channel is not Channel.BY_ELECTION and (state is State.DRAFT or chance.happens(60))
        if state is State.DRAFT and not alone:
            state = State.SUBMITTED
        return Applicant(entrant, position.id, post.street.code, state, alone)

    def _day_of(self, number: int, applicant: Applicant) -> date:
        span = OPENED_DAYS - 3 if applicant.state in EARLY else OPENED_DAYS
        return self.opens_on + timedelta(days=number % span)

    def _apply_at_office(self, applicant: Applicant, day: date) -> None:
        clerk, given = self.office.clerks[applicant.street], particulars(self.town, applicant.entrant, day)
        applicant.application_id = enter_application(
            clerk, self.batch_id, applicant.position_id, given, entry=Entry.STAFF
        )
        set_photos(clerk, [(applicant.application_id, portrait(applicant.entrant.person))])

    def _apply_alone(self, applicant: Applicant, day: date) -> None:
        """As people do it on a phone: name and consent, then the form, the papers, and the pledge."""
        nobody, given = Actor.nobody(), particulars(self.town, applicant.entrant, day)
        beginning = Beginning(
            position_id=applicant.position_id,
            name=given.name,
            identity=given.identity,
            phone=given.phone or "",
            consented=True,
        )
        ticket = begin_application(nobody, self.batch_id, beginning)
        applicant.application_id = self._id_of(ticket.number)
        if applicant.state is State.DRAFT and applicant.entrant.person.key % 2:
            return
        save_own(nobody, ticket, given)
        if applicant.state is State.DRAFT:
            return
        set_own_photo(nobody, ticket, portrait(applicant.entrant.person))
        for document in missing_documents(self.edition, given.groups, (), photo=True):
            add_own_paper(nobody, ticket, document.code, f"{document.name}.jpg", certificate())
        submit_own(nobody, ticket, pledged=True)

    @staticmethod
    def _id_of(number: str) -> int:
        return db.session.scalars(select(Application.id).where(Application.number == number)).one()


def open_steps(office: Office, edition: RecruitmentEdition, rivals: Rivals) -> Iterator[Step]:
    """The open batch from its plan to the eve of the day of building."""
    work = OpenBatch(office, edition, rivals)
    says = msg("%(batch)s招聘：正在报名", batch=batch_title(NUMBER, work.today.year))
    yield Step(work.opens_on - timedelta(days=6), work.plan, says)
    yield Step(work.opens_on - timedelta(days=3), work.publish)
    for number in range(OPENED_DAYS):
        day = work.opens_on + timedelta(days=number)
        yield Step(day, partial(work.receive, day))
    yield Step(work.today - timedelta(days=2), work.review_first)
    yield Step(work.today - timedelta(days=1), work.review_second)
