"""Calls for honours: those by which the plan's titles were granted, and those that are under way."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from careerpath.access.actor import Actor
from careerpath.demo.chance import Chance
from careerpath.demo.growth.work import serves
from careerpath.demo.office import Office
from careerpath.demo.people import Person, Town, scaled
from careerpath.demo.recruitment.days import MONDAY, notice_end, weekday_until
from careerpath.demo.schedule import Step
from careerpath.demo.talent_pool.honours import titles
from careerpath.demo.texts import honours as texts
from careerpath.honours.operations.calls import CallGiven, announce_call, plan_call
from careerpath.honours.operations.grants import GrantGiven, grant_honours
from careerpath.honours.operations.nominations import NomineeGiven, nominate_many_for_honour
from careerpath.honours.operations.notices import (
    HonourObjectionGiven,
    answer_honour_objection,
    open_call_notice,
    record_honour_objection,
    refer_call,
)
from careerpath.honours.operations.review import ChoiceGiven, choose_nominees, close_nominations_of_call
from careerpath.policy.codes import HonourKind, HonourLevel
from careerpath.words import Message, msg

KNOWN_AFTER = 9
"""So many days after it was granted the answer or the decision is there."""
DOUBTFUL = frozenset({"5B", "5C"})
"""Fates of people whom nobody nominates."""
PANEL = 15
"""Votes of the panel."""
LEAST_YEARS = 1
ANNOUNCED_LATELY, REFERRED_LATELY = 12, 74
"""The call that takes nominations, and the one that awaits the answer from above, were announced so many days ago."""
OPEN_PLACES, OPEN_NOMINEES, NOTICE_PLACES = 2, 5, 10


@dataclass(frozen=True, slots=True)
class CallDays:
    """The days of a call, from that of the announcement."""

    announced_on: date

    @property
    def nominated_on(self) -> date:
        """The streets nominate."""
        return self.announced_on + timedelta(days=7)

    @property
    def closes_on(self) -> date:
        """The last day of nominations."""
        return self.announced_on + timedelta(days=18)

    @property
    def chosen_on(self) -> date:
        """The district chooses."""
        return self.announced_on + timedelta(days=23)

    @property
    def notice_starts_on(self) -> date:
        """The first day of the notice, a Monday."""
        return weekday_until(self.announced_on + timedelta(days=31), MONDAY)

    @property
    def notice_ends_on(self) -> date:
        """Its last day."""
        return notice_end(self.notice_starts_on)

    @property
    def referred_on(self) -> date:
        """The names go up."""
        return self.notice_ends_on + timedelta(days=3)


GRANTED_AFTER = 66
"""A title is granted so many days after its call was announced."""


@dataclass(eq=False)
class CallWork:
    """One call of the district and what becomes of it."""

    office: Office
    kind: HonourKind
    level: HonourLevel
    days: CallDays
    winners: Sequence[Person]
    """The best first."""
    others: int
    """So many more are nominated."""
    number: int
    title: str = ""
    call_id: int = 0
    nominees: dict[int, Person] = field(default_factory=dict)
    objection_id: int = 0

    @property
    def district(self) -> Actor:
        """Who calls, chooses and grants."""
        return self.office.staff["district"]

    @property
    def outside(self) -> bool:
        """Whether a body above the district grants it."""
        return self.level not in {HonourLevel.COUNTY, HonourLevel.STREET}

    @property
    def document(self) -> str:
        """The number of the announcement."""
        return f"{self.office.town.place.document}〔{self.days.announced_on.year}〕{self.number}号"

    def announce(self) -> None:
        """It is planned and announced on one day."""
        town, on = self.office.town, self.days.announced_on
        area, granter = _granter(town, self.level)
        title = f"{area}{self.title or self.kind.zh}"
        given = CallGiven(
            name=f"{on.year}年度{title}{'推荐' if self.outside else '评选'}",
            year=on.year,
            kind=self.kind.value,
            level=self.level.value,
            title=title,
            granted_by=granter,
            places=len(self.winners),
            closes_on=self.days.closes_on,
            outside=self.outside,
            conditions=texts.CONDITIONS,
            least_years=LEAST_YEARS,
        )
        self.call_id = plan_call(self.district, self.office.units[town.place.district], given)
        announce_call(self.district, self.call_id, self.document, on)

    def nominate(self) -> None:
        """The streets nominate those who win, and a few more."""
        people, town = [*self.winners, *self._others()], self.office.town
        by_street: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            by_street[person.post.street.code].append(person)
        for code, mine in by_street.items():
            rows = [
                NomineeGiven(
                    employee_id=self.office.files[person.key],
                    merits=texts.merits(person.chance(town.seed, "merits", self.call_id)),
                    nominated_by=f"{person.post.street.name}党（工）委",
                )
                for person in mine
            ]
            ids = nominate_many_for_honour(self.office.clerks[code], self.call_id, rows)
            self.nominees |= dict(zip(ids, mine, strict=True))

    def choose(self) -> None:
        """Nominations are closed and the panel votes."""
        close_nominations_of_call(self.district, self.call_id)
        ranks = {person.key: rank for rank, person in enumerate(self.winners, start=1)}
        chance = Chance.of(self.office.town.seed, "panel", self.call_id)
        choices = {}
        for nominee_id, person in self.nominees.items():
            rank = ranks.get(person.key)
            votes = PANEL - min(rank, 4) + 1 if rank else chance.randint(4, 10)
            choices[nominee_id] = ChoiceGiven(
                chosen=rank is not None, rank=rank, votes=votes, reason="" if rank else texts.NOT_CHOSEN
            )
        choose_nominees(self.district, self.call_id, choices)

    def notice(self) -> None:
        """Those chosen are shown to the public."""
        open_call_notice(self.district, self.call_id, self.days.notice_starts_on, self.days.notice_ends_on)

    def object(self, on: date) -> None:
        """Somebody asks about the last of them."""
        last = self.winners[-1]
        nominee_id = next(one for one, person in self.nominees.items() if person is last)
        given = HonourObjectionGiven(on, named=False, text=texts.OBJECTION)
        self.objection_id = record_honour_objection(self.district, nominee_id, given)

    def answer(self, on: date) -> None:
        """It is answered."""
        answer_honour_objection(self.district, self.objection_id, False, texts.ANSWER, on)

    def refer(self) -> None:
        """The names go up."""
        refer_call(self.district, self.call_id)

    def grant(self, granted_on: date) -> None:
        """The title is granted to everybody on the list."""
        document = f"{self.office.town.place.document}〔{granted_on.year}〕{self.number + 20}号"
        grant_honours(self.district, self.call_id, GrantGiven(granted_on=granted_on, document=document))

    def _others(self) -> list[Person]:
        town, on = self.office.town, self.days.closes_on
        since = on.replace(year=on.year - LEAST_YEARS)
        won = {person.key for person in self.winners}
        free = [
            person
            for person in town.people
            if serves(person, since) and person.key in self.office.files
            and person.key not in won and person.fate not in DOUBTFUL
        ]  # fmt: skip
        chance = Chance.of(town.seed, "nominees", self.days.announced_on, self.kind.value)
        return chance.sample(free, min(self.others, len(free)))


def call_steps(office: Office) -> Iterator[Step]:
    """The calls of the past years, and those under way."""
    number = 12
    for (granted_on, kind, level), winners in _granted(office.town).items():
        days = CallDays(granted_on - timedelta(days=GRANTED_AFTER))
        work = CallWork(office, kind, level, days, winners, max(1, len(winners) // 2), number)
        yield from _until_notice(work, msg("%(year)s 年评选表彰", year=granted_on.year))
        if work.outside:
            yield Step(days.referred_on, work.refer)
        yield Step(granted_on + timedelta(days=KNOWN_AFTER), partial(work.grant, granted_on))
        number += 1
    yield from _under_way(office, number)


def _granted(town: Town) -> dict[tuple[date, HonourKind, HonourLevel], list[Person]]:
    found: dict[tuple[date, HonourKind, HonourLevel], list[Person]] = defaultdict(list)
    for one in titles(town):
        honour = one.honour
        found[honour.granted_on, HonourKind(honour.kind), HonourLevel(honour.level)].append(one.person)
    return dict(sorted(found.items()))


def _until_notice(work: CallWork, says: Message | None = None) -> Iterator[Step]:
    days = work.days
    asked_on = days.notice_starts_on + timedelta(days=1)
    answered_on = asked_on + timedelta(days=2)
    yield Step(days.announced_on, work.announce, says)
    yield Step(days.nominated_on, work.nominate)
    yield Step(days.chosen_on, work.choose)
    yield Step(days.notice_starts_on, work.notice)
    yield Step(asked_on, partial(work.object, asked_on))
    yield Step(answered_on, partial(work.answer, answered_on))


def _under_way(office: Office, number: int) -> Iterator[Step]:
    """One call takes nominations, one is shown to the public, one awaits the answer of the city."""
    today, town = office.town.times.today, office.town
    best = [person for person in town.people if person.batch < 4 and person.fate not in DOUBTFUL and person.batch]
    best.sort(key=lambda person: (-person.quality, person.key))
    models, excellent = best[:OPEN_PLACES], best[OPEN_PLACES : OPEN_PLACES + scaled(NOTICE_PLACES, len(town.people))]
    if not models or not excellent:
        return
    shown = _notice_now(today)
    work = CallWork(
        office, HonourKind.OTHER, HonourLevel.COUNTY, shown, excellent, len(excellent) // 2 + 1, number + 1,
        title="优秀社区工作者",
    )  # fmt: skip
    yield from (step for step in _until_notice(work) if step.day < today)
    referred = CallWork(
        office, HonourKind.LABOUR_MODEL, HonourLevel.CITY, CallDays(today - timedelta(days=REFERRED_LATELY)), models,
        OPEN_PLACES, number + 2,
    )  # fmt: skip
    yield from _until_notice(referred)
    yield Step(referred.days.referred_on, referred.refer)
    opened = CallWork(
        office, HonourKind.OTHER, HonourLevel.CITY, CallDays(today - timedelta(days=ANNOUNCED_LATELY)), models,
        OPEN_NOMINEES - OPEN_PLACES, number + 3, title="百名好社工",
    )  # fmt: skip
    yield Step(opened.days.announced_on, opened.announce)
    yield Step(opened.days.nominated_on, opened.nominate)


def _notice_now(today: date) -> CallDays:
    """The days of a call whose notice began on the last Monday but today."""
    monday = weekday_until(today - timedelta(days=1), MONDAY)
    return CallDays(monday - timedelta(days=31))


def _granter(town: Town, level: HonourLevel) -> tuple[str, str]:
    """The area that a title names, and the body that grants it."""
    province, city = town.place.household[:3], town.place.household[3:6]
    area = {HonourLevel.PROVINCE: province, HonourLevel.CITY: city}.get(level, town.place.name)
    return area, f"中共{area}委员会社会工作部"
