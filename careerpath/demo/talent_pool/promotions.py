"""Promotions: recruits become compound secretaries, deputies by election, and secretaries."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from careerpath.access.actor import Actor
from careerpath.demo.arrivals import make_secretary
from careerpath.demo.files import postings
from careerpath.demo.office import Office
from careerpath.demo.people import Person
from careerpath.demo.recruitment.days import MONDAY, notice_end, weekday_until
from careerpath.demo.schedule import Step
from careerpath.demo.talent_pool.operations import propose_promotions, take_up_posts
from careerpath.demo.texts import reserves as texts
from careerpath.employees.operations.facts import NewPosting
from careerpath.policy.codes import Post as Level
from careerpath.policy.talent_pool import Rung
from careerpath.talent_pool.operations.appointments import ElectionGiven, open_promotion_notices
from careerpath.talent_pool.operations.promotions import PromotionGiven, approve_promotions
from careerpath.talent_pool.queries.promotion_rules import eligibility_for, in_words, leads_to, rungs_above
from careerpath.talent_pool.queries.rules import rules_on
from careerpath.words import msg

PROPOSED_BEFORE, APPROVED_BEFORE, NOTICE_BEFORE, ELECTED_BEFORE = 44, 34, 20, 6
"""So many days before the first day in the post."""
VOTERS = (52, 96)


@dataclass(frozen=True, slots=True)
class Promoted:
    """Somebody of the plan and the post that they are promoted to."""

    person: Person
    posting: NewPosting


@dataclass(eq=False)
class PromotionWork:
    """The promotions that take effect on one day."""

    office: Office
    starts_on: date
    promoted: Sequence[Promoted]
    ids: dict[int, Promoted] = field(default_factory=dict)
    elected: set[int] = field(default_factory=set)

    @property
    def district(self) -> Actor:
        """Who approves and appoints."""
        return self.office.staff["district"]

    def propose(self) -> None:
        """The streets propose their people and submit the proposals."""
        on = self.starts_on - timedelta(days=PROPOSED_BEFORE)
        by_street: dict[str, list[Promoted]] = defaultdict(list)
        for one in self.promoted:
            by_street[one.person.post.street.code].append(one)
        for code, people in by_street.items():
            given = []
            for one in people:
                proposal = promotion_given(self.office, one.person, one.posting, on)
                given.append((proposal, opinion_of(proposal, on)))
            ids = propose_promotions(self.office.clerks[code], given)
            self.ids |= dict(zip(ids, people, strict=True))
            rungs = {rung.code: rung for rung in rungs_above(rules_on(on))}
            self.elected |= {one for one, (proposal, _) in zip(ids, given, strict=True) if rungs[proposal.rung].elected}

    def approve(self) -> None:
        """The district approves them by one document."""
        on = self.starts_on - timedelta(days=APPROVED_BEFORE)
        document = f"{self.office.town.place.document}〔{on.year}〕{on.month + 60}号"
        approve_promotions(self.district, list(self.ids), document, texts.APPROVED, on)

    def notice(self) -> None:
        """Those who are appointed are shown to the public."""
        appointed = [one for one in self.ids if one not in self.elected]
        starts_on, ends_on = notice_days(self.starts_on)
        if appointed:
            open_promotion_notices(self.district, appointed, starts_on, ends_on)

    def take_up(self) -> None:
        """The first day in the post: appointments, and the elections that were held the week before."""
        elections = {one: self._election(one) for one in self.ids if one in self.elected}
        appointed = [one for one in self.ids if one not in self.elected]
        take_up_posts(self.district, appointed, elections, self.starts_on)
        for one in self.promoted:
            if one.person.level is Level.CHIEF:
                make_secretary(self.office, one.person)

    def _election(self, promotion_id: int) -> ElectionGiven:
        one = self.ids[promotion_id]
        chance = one.person.chance(self.office.town.seed, "election")
        cast = chance.randint(*VOTERS)
        return ElectionGiven(
            elected=True,
            held_on=self.starts_on - timedelta(days=ELECTED_BEFORE),
            document=f"{one.person.post.name}选举结果报告单",
            votes_for=round(cast * chance.uniform(0.68, 0.96)),
            votes_cast=cast,
            starts_on=self.starts_on,
        )


def promotion_given(office: Office, person: Person, posting: NewPosting, on: date) -> PromotionGiven:
    """A proposal of somebody of the plan for a post, as the rules of a day ask for it."""
    edition = rules_on(on)
    rung = _rung(rungs_above(edition), posting)
    chance = person.chance(office.town.seed, "promotion", posting.starts_on)
    return PromotionGiven(
        employee_id=office.files[person.key],
        unit_id=office.units[person.post.row.code],
        rung=rung.code,
        post=posting.post,
        title=posting.title,
        party_role=posting.party_role,
        dual_head=posting.dual_head,
        main=posting.main,
        relieved_of="社区工作者" if posting.main else "",
        reason=chance.choice(texts.PROMOTION_REASONS),
        checked={one.code: True for one in in_words(edition, rung.code)},
    )


def opinion_of(given: PromotionGiven, on: date) -> str:
    """What the street says: why all the same, where the rules are not met."""
    found = eligibility_for(rules_on(on), given.rung, given.employee_id, on, given.checked)
    return texts.SUBMITTED if found is None or found.eligible else texts.SUBMITTED_EARLY


def notice_days(starts_on: date) -> tuple[date, date]:
    """The days of a public notice before somebody begins, from a Monday."""
    first = weekday_until(starts_on - timedelta(days=NOTICE_BEFORE), MONDAY)
    return first, notice_end(first)


def _rung(rungs: Sequence[Rung], posting: NewPosting) -> Rung:
    """The highest rung that a post stands on."""
    return [rung for rung in rungs if leads_to(rung, posting.post, posting.title, posting.party_role)][-1]


def promotion_steps(office: Office) -> Iterator[Step]:
    """Everybody of the plan who is promoted, on the days on which offices act."""
    town = office.town
    by_day: dict[date, list[Promoted]] = defaultdict(list)
    # Unit ids are not known yet; titles are the same whatever they are.
    blank = dict.fromkeys((post.row.code for post in town.posts), 0)
    for person in town.people:
        for posting in postings(town, person, blank):
            if posting.starts_on in {person.promoted_on, person.compound_on} - {None}:
                by_day[posting.starts_on].append(Promoted(person, posting))
    for day, promoted in sorted(by_day.items()):
        work = PromotionWork(office, day, promoted)
        says = msg("晋升任用 %(count)s 人", count=len(promoted))
        yield Step(day - timedelta(days=PROPOSED_BEFORE), work.propose)
        yield Step(day - timedelta(days=APPROVED_BEFORE), work.approve)
        yield Step(notice_days(day)[0], work.notice)
        yield Step(day, work.take_up, says)
