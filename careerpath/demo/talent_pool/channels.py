"""The green channel: targeted recruitments into posts of institutions, by the rules of each place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.demo.chance import Chance
from careerpath.demo.office import EVERYBODY, Office
from careerpath.demo.people import Person, Town, scaled
from careerpath.demo.places import DALIAN
from careerpath.demo.schedule import Step
from careerpath.demo.talent_pool.facts import checked
from careerpath.demo.talent_pool.operations import apply_themselves
from careerpath.policy.codes import Post as Level
from careerpath.policy.talent_pool import Purpose
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult
from careerpath.talent_pool.operations.channels import (
    CandidateFinding,
    ChannelOutcome,
    ChannelPlan,
    add_eligible,
    announce_channel,
    close_channel_review,
    conclude_channel,
    plan_channel,
    record_channel_results,
    review_channel_candidates,
)
from careerpath.talent_pool.queries.rules import rules_named
from careerpath.words import msg

CITY_YEAR, CITY_HIRED = 2023, 26
"""So many were hired in the city in this year; the later rounds take what the demo's people allow."""
LATER_HIRED = 9
COUNTY_HIRED = 2
APPLY_THEMSELVES = 3
INSTITUTIONS = ("党群服务中心", "综合便民服务中心", "网格化服务管理中心", "退役军人服务站", "文化旅游服务中心")
NOTE = "聘用后按协议继续在社区任职服务"
REJECTED = "任职年限的证明材料不全，审查不通过。"
TENURE = "满足公告条件，材料齐全"
OPEN_DAYS = 6
CLOSES_IN = 12


@dataclass(frozen=True, slots=True)
class ChannelDays:
    """The days of a targeted recruitment, from its announcement."""

    announced_on: date

    @property
    def closes_on(self) -> date:
        """The last day of applications."""
        return self.announced_on + timedelta(days=18)

    @property
    def reviewed_on(self) -> date:
        """The papers are reviewed and the review is closed."""
        return self.announced_on + timedelta(days=22)

    @property
    def hired_on(self) -> date:
        """The results of exam and interview are known, and those hired sign."""
        return self.announced_on + timedelta(days=75)


@dataclass(eq=False)
class ChannelWork:
    """One targeted recruitment of the demo."""

    office: Office
    edition_key: str
    announced_on: date
    closes_on: date
    wanted: int
    """How many are to be hired if so many meet the conditions."""
    places: int = 0
    channel_id: int = 0
    people: dict[int, Person] = field(default_factory=dict)
    """Those who take part, by the id of the candidate, the best first."""

    @property
    def district(self) -> Actor:
        """Who plans, reviews and records."""
        return self.office.staff["district"]

    @property
    def town(self) -> Town:
        """The town of the plan."""
        return self.office.town

    def announce(self) -> None:
        """It is planned and announced, unless nobody could take part."""
        edition, on = rules_named(self.edition_key), self.announced_on
        gate = next(one for one in edition.gates if one.purpose is Purpose.CHANNEL)
        eligible = self._eligible(gate.code)
        if not eligible:
            return
        self.places = min(self.wanted, max(1, len(eligible) * 2 // 3))
        given = ChannelPlan(
            name=f"{on.year}年面向社区工作者招聘事业编制人员",
            year=on.year,
            edition_key=self.edition_key,
            gate=gate.code,
            places=self.places,
            reckoned_on=self.closes_on,
            closes_on=self.closes_on,
            remark="报名、考试和考察按公告规定的程序进行。",
        )
        self.channel_id = plan_channel(self.district, self.office.units[self.town.place.district], given)
        announce_channel(self.district, self.channel_id, f"{self.town.place.document}〔{on.year}〕{on.month + 70}号")
        self._enter(eligible[: self.places + max(2, self.places // 2)])

    def review(self) -> None:
        """The papers are reviewed: all are in order but for one."""
        if not self.channel_id:
            return
        admitted, rejected = list(self.people), []
        if len(admitted) > 4:
            rejected = [admitted.pop()]
        review_channel_candidates(self.district, self.channel_id, admitted, CandidateFinding(True, TENURE))
        if rejected:
            review_channel_candidates(self.district, self.channel_id, rejected, CandidateFinding(False, REJECTED))
            del self.people[rejected[0]]
        close_channel_review(self.district, self.channel_id)

    def conclude(self) -> None:
        """The results are recorded, the best are hired, and it is over."""
        if not self.channel_id:
            return
        chance, rows = Chance.of(self.town.seed, "channel", self.announced_on), {}
        points = 88.0
        for rank, candidate_id in enumerate(self.people, start=1):
            points -= chance.uniform(0.2, 1.3)
            total = Decimal(round(points * 100)).scaleb(-2)
            if rank <= self.places:
                rows[candidate_id] = ChannelOutcome(
                    result=ChannelResult.HIRED,
                    total=total,
                    rank=rank,
                    hired_by=f"{self.town.place.name}{chance.choice(INSTITUTIONS)}",
                    hired_on=ChannelDays(self.announced_on).hired_on,
                    note=NOTE,
                )
            else:
                rows[candidate_id] = ChannelOutcome(result=ChannelResult.NOT_HIRED, total=total, rank=rank)
        record_channel_results(self.district, self.channel_id, rows)
        conclude_channel(self.district, self.channel_id)

    def _eligible(self, gate: str) -> list[Person]:
        """Heads whom the rules admit on the last day of applications, the best first; nobody twice."""
        heads = [
            person
            for person in self.town.people
            if person.level is not Level.STAFF and person.key in self.office.files and self.town.in_full(person)
        ]
        query = select(ChannelCandidate.employee_id).where(ChannelCandidate.result == ChannelResult.HIRED)
        hired = set(db.session.scalars(query))
        heads = [person for person in heads if self.office.files[person.key] not in hired]
        found = checked(self.office, rules_named(self.edition_key), gate, heads, self.closes_on)
        eligible = [person for person in heads if found[person.key].eligible]
        return sorted(eligible, key=lambda person: (-person.quality, person.key))

    def _enter(self, people: Sequence[Person]) -> None:
        """Most names are put down by the district; a few people apply themselves."""
        own = people[-APPLY_THEMSELVES:] if len(people) > 2 * APPLY_THEMSELVES else people[:0]
        others = [person for person in people if person not in own]
        files = self.office.files
        ids = add_eligible(self.district, self.channel_id, [files[person.key] for person in others])
        self.people = dict(zip(ids, others, strict=True))
        if own:
            ids = apply_themselves(EVERYBODY, [(self.office.own[person.key], self.channel_id) for person in own])
            self.people |= dict(zip(ids, own, strict=True))


def channel_steps(office: Office) -> Iterator[Step]:
    """The targeted recruitments of the place that are over, and one that is open."""
    town = office.town
    key = town.place.channel
    for announced_on, wanted in _rounds(town):
        days = ChannelDays(announced_on)
        work = ChannelWork(office, key, announced_on, days.closes_on, wanted)
        yield Step(announced_on, work.announce, msg("%(year)s 年事业编定向招聘", year=announced_on.year))
        yield Step(days.reviewed_on, work.review)
        yield Step(days.hired_on, work.conclude)
    opened_on = town.times.today - timedelta(days=OPEN_DAYS)
    still_open = ChannelWork(office, key, opened_on, town.times.today + timedelta(days=CLOSES_IN), COUNTY_HIRED)
    yield Step(opened_on, still_open.announce)


def _rounds(town: Town) -> list[tuple[date, int]]:
    """The days of the announcements, and how many are to be hired by each."""
    times = town.times
    if town.place is not DALIAN:
        return [(date(times.year - 1, 9, 1), COUNTY_HIRED)]
    first = CITY_YEAR if times.introduced_on.year <= CITY_YEAR < times.year else times.introduced_on.year
    years = range(times.introduced_on.year, times.year)
    later = scaled(LATER_HIRED, len(town.people))
    return [(date(year, 4, 10), CITY_HIRED if year == first else later) for year in years]
