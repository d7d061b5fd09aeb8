"""Rotations of the demo: proposed by the streets, approved, reported, ended, evaluated; cadres come down likewise."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from careerpath.access.actor import Actor
from careerpath.demo.chance import Chance
from careerpath.demo.growth.hosts import HostWork
from careerpath.demo.growth.operations import (
    evaluate_rotations,
    return_rotations,
    summarise_own_rotations,
    wish_themselves,
    write_own_reports,
    write_reports,
)
from careerpath.demo.growth.waves import (
    BESIDE,
    CANCELLED,
    DOWNWARD,
    EARLY,
    EXTENDED,
    LATE,
    OVERDUE,
    SHADOWING,
    UNEVALUATED,
    Wave,
    waves_of,
)
from careerpath.demo.growth.work import wanted_lines
from careerpath.demo.names import any_name
from careerpath.demo.office import EVERYBODY, Office
from careerpath.demo.people import IN_FULL, Person, scaled
from careerpath.demo.schedule import Step
from careerpath.demo.texts import rotations as texts
from careerpath.policy.codes import Post as Level
from careerpath.policy.employment import add_months
from careerpath.policy.rotation import Stay, reports_due
from careerpath.rotations.operations.decisions import approve_rotations, cancel_rotation
from careerpath.rotations.operations.evaluations import RotationJudged
from careerpath.rotations.operations.plans import PlanGiven, solve_plan
from careerpath.rotations.operations.returns import extend_rotation
from careerpath.rotations.operations.rotations import RotationGiven, propose_rotations
from careerpath.rotations.operations.wishes import WishGiven
from careerpath.rotations.queries.rules import rules_on, rules_or_none
from careerpath.words import msg

HOSTS_ON = (2, 2, 1)
PROPOSED_BEFORE, APPROVED_BEFORE = 18, 7
"""So many days before the first one."""
RETURNED_AFTER, SUMMED_UP_AFTER, EVALUATED_AFTER = 1, 3, 10
EARLY_DAYS, LATE_DAYS, EXTENDED_BEFORE = 40, 6, 9
GRADES = {"excellent": 30, "good": 50, "fair": 20}
MISSED_REPORT = 6
LEAST_SERVICE = 300
"""Days of service before somebody is sent away."""
WISHES, WISHED_AGO, PLANNED_AGO, PLAN_MONTHS = 9, 26, 3, 2


@dataclass(eq=False)
class Away:
    """One rotation of the plan; a cadre has no person."""

    wave: Wave
    person: Person | None
    name: str
    street: str
    """Code of the street that sends them, or of the community's street they belong to."""
    ends_on: date
    host_id: int = 0
    id: int = 0


@dataclass(eq=False)
class RotationWork:
    """All rotations of one demo."""

    office: Office
    hosts: HostWork
    away: dict[int, list[Away]] = field(default_factory=dict)
    """By the place of the wave."""
    sent: set[int] = field(default_factory=set)
    """Keys of those who have been on a rotation: nobody goes twice."""
    cadres: int = 0
    wishers: list[Person] = field(default_factory=list)

    @property
    def district(self) -> Actor:
        """Who approves and judges."""
        return self.office.staff["district"]

    @property
    def has_rules(self) -> bool:
        """Whether the place has a rule of rotations: without one nothing is invented."""
        return rules_or_none(self.office.town.times.introduced_on) is not None

    def propose(self, number: int, wave: Wave) -> None:
        """The streets propose their people, or their own cadres for communities."""
        chosen = self._cadres(wave) if wave.kind == DOWNWARD else self._people(wave)
        by_street: dict[str, list[Away]] = defaultdict(list)
        for one in chosen:
            by_street[one.street].append(one)
        for code, mine in by_street.items():
            ids = propose_rotations(self.office.clerks[code], [self._given(one) for one in mine])
            for one, rotation_id in zip(mine, ids, strict=True):
                one.id = rotation_id
        self.away[number] = chosen

    def approve(self, number: int, on: date) -> None:
        """The district approves them by one document."""
        ids = [one.id for one in self.away.get(number, [])]
        if ids:
            document = f"{self.office.town.place.document}〔{on.year}〕{on.timetuple().tm_yday}号"
            approve_rotations(self.district, ids, document, on)

    def cancel(self, number: int) -> None:
        """They do not take place."""
        for one in self.away.get(number, []):
            cancel_rotation(self.office.clerks[one.street], one.id, texts.CANCELLED)

    def extend(self, number: int) -> None:
        """The first of a wave stays longer."""
        for one in self.away.get(number, [])[:1]:
            more = 1 if one.wave.kind == SHADOWING else 3
            one.ends_on = add_months(one.ends_on + timedelta(days=1), more) - timedelta(days=1)
            extend_rotation(self.district, one.id, one.ends_on, texts.EXTENDED)

    def report(self, number: int, due: date) -> None:
        """The reports of a time."""
        own, by_street = [], defaultdict(list)
        for one in self.away.get(number, []):
            chance = self._chance(one, "report", due)
            if due > one.ends_on or chance.happens(MISSED_REPORT):
                continue
            if one.person is not None:
                own.append((self.office.own[one.person.key], one.id, due, chance.choice(texts.REPORTS)))
            else:
                by_street[one.street].append((one.id, due, chance.choice(texts.DOWN_REPORTS)))
        if own:
            write_own_reports(EVERYBODY, own)
        for code, rows in by_street.items():
            write_reports(self.office.clerks[code], rows)

    def bring_back(self, number: int, wave: Wave, *, first: bool) -> None:
        """The first of a wave comes back on a day of its own where something is special, the others on the last."""
        rows = []
        for one in self._part(number, wave, first=first):
            if one.wave.special == EARLY and first:
                one.ends_on -= timedelta(days=EARLY_DAYS)
                rows.append((one.id, one.ends_on, texts.EARLY))
            elif one.wave.special == LATE and first:
                one.ends_on += timedelta(days=LATE_DAYS)
                rows.append((one.id, one.ends_on, texts.LATE))
            else:
                rows.append((one.id, one.ends_on, ""))
        if rows:
            return_rotations(self.district, rows)

    def sum_up(self, number: int, wave: Wave, *, first: bool) -> None:
        """Those with an account write what they did and learnt."""
        rows = []
        for one in self._part(number, wave, first=first):
            if one.person is not None:
                chance = self._chance(one, "summary")
                own = self.office.own[one.person.key]
                rows.append((own, one.id, chance.choice(texts.WORK), chance.choice(texts.SUMMARIES)))
        if rows:
            summarise_own_rotations(EVERYBODY, rows)

    def evaluate(self, number: int, wave: Wave, on: date, *, first: bool) -> None:
        """The host judges, the home and the district agree."""
        rows = []
        for one in self._part(number, wave, first=first):
            chance = self._chance(one, "evaluation")
            grade, down = chance.weighed(GRADES), one.person is None
            judged = RotationJudged(
                grade=grade,
                host_opinion=texts.HOST_OPINIONS[grade],
                on=on,
                work=chance.choice(texts.DOWN_WORK) if down else "",
                self_summary=chance.choice(texts.SUMMARIES) if down else "",
                home_opinion=chance.choice(texts.HOME_OPINIONS),
                district_opinion=chance.choice(texts.DISTRICT_OPINIONS),
            )
            rows.append((one.id, judged))
        if rows:
            evaluate_rotations(self.district, rows)

    def wish(self) -> None:
        """Some say what they would like, the one in the foreground among them."""
        town = self.office.town
        free = [one for one in self._free(town.times.today) if one is not town.worker]
        self.wishers = [town.worker, *free[: self._scaled(WISHES) - 1]]
        rows = []
        for place, person in enumerate(self.wishers):
            chance = person.chance(town.seed, "wish")
            lines = wanted_lines(town, person, chance, town.times.today)
            given = WishGiven(
                kind="" if place % 4 == 3 else SHADOWING,
                host_id=self.hosts.next() if place % 3 == 0 else None,
                lines=tuple(line.value for line in lines),
                note=texts.WISHES[place % len(texts.WISHES)],
            )
            rows.append((self.office.own[person.key], given))
        wish_themselves(EVERYBODY, rows)

    def plan(self, on: date) -> None:
        """The district has the next round proposed."""
        starts_on = add_months(on.replace(day=1), 2)
        ends_on = add_months(starts_on, PLAN_MONTHS) - timedelta(days=1)
        name = f"{starts_on.year}年{starts_on.month}月跟岗学习计划"
        ids = [self.office.files[one.key] for one in self.wishers]
        ids += [self.office.files[one.key] for one in self._free(on)[-self._scaled(WISHES) :]]
        district = self.office.units[self.office.town.place.district]
        solve_plan(self.district, district, PlanGiven(name, SHADOWING, starts_on, ends_on, list(dict.fromkeys(ids))))

    def _part(self, number: int, wave: Wave, *, first: bool) -> Sequence[Away]:
        """The first one of a wave with something special, or the others: of any other wave everybody."""
        every = self.away.get(number, [])
        split = 1 if wave.special else 0
        return every[:split] if first else every[split:]

    def _people(self, wave: Wave) -> list[Away]:
        town = self.office.town
        found = []
        people = self._free(wave.starts_on)
        if wave.kind == SHADOWING and self._may_go(town.worker, wave.starts_on):
            people.insert(0, town.worker)
        for person in people[: self._scaled(wave.count)]:
            self.sent.add(person.key)
            one = Away(wave, person, person.named.name, person.post.street.code, wave.ends_on)
            if wave.kind == BESIDE:
                other = next(post for post in town.main if post is not person.post)
                one.host_id = self.hosts.community(other.row.code)
            else:
                at_street = wave.kind == SHADOWING and person.post in town.main and person.key % 3 == 0
                one.host_id = self.hosts.next_of_street() if at_street else self.hosts.next()
            found.append(one)
        return found

    def _cadres(self, wave: Wave) -> list[Away]:
        """Cadres of the streets by turns, each for a community of their own street."""
        town, found = self.office.town, []
        posts = sorted(town.posts, key=lambda post: (not post.is_community, -post.people, post.row.code))
        for _ in range(self._scaled(wave.count)):
            post = posts[self.cadres % len(posts)]
            self.cadres += 1
            name = any_name(Chance.of(town.seed, "cadre down", self.cadres)).name
            one = Away(wave, None, name, post.street.code, wave.ends_on)
            one.host_id = self.hosts.community(post.row.code)
            found.append(one)
        return found

    def _given(self, one: Away) -> RotationGiven:
        wave, chance = one.wave, self._chance(one, "tasks")
        direction = {DOWNWARD: "down", BESIDE: "beside"}.get(wave.kind, "up")
        person, street = one.person, one.street
        cadre = chance.choice(texts.CADRE_POSTS)
        name = next(post.street.name for post in self.office.town.posts if post.street.code == street)
        return RotationGiven(
            kind=wave.kind,
            host_id=one.host_id,
            host_post=chance.choice(texts.POSTS[direction]),
            starts_on=wave.starts_on,
            ends_on=wave.ends_on,
            tasks=chance.choice(texts.TASKS[direction]),
            employee_id=self.office.files[person.key] if person is not None else None,
            person_name="" if person is not None else one.name,
            home_name="" if person is not None else f"{name}{cadre}",
            unit_id=None if person is not None else self.office.units[street],
            reason=texts.SHORT,
        )

    def _free(self, on: date) -> list[Person]:
        """Recruits of the earlier batches who hold no higher post and have been nowhere, in an order by chance."""
        town = self.office.town
        people = [
            one
            for one in town.people
            if self._may_go(one, on) and one is not town.worker and (town.is_small or one.post in town.main)
        ]
        return Chance.of(town.seed, "rotations").mixed(people)

    def _may_go(self, person: Person, on: date) -> bool:
        beginner = person.joined_on > on - timedelta(days=LEAST_SERVICE)
        staff = 0 < person.batch < 4 and person.level is Level.STAFF
        return staff and not beginner and person.key in self.office.files and person.key not in self.sent

    def _scaled(self, count: int) -> int:
        return scaled(count, min(len(self.office.town.people), IN_FULL))

    def _chance(self, one: Away, *purpose: object) -> Chance:
        return Chance.of(self.office.town.seed, "away", one.name, one.wave.starts_on, *purpose)


def rotation_steps(office: Office) -> Iterator[Step]:
    """Hosts, rotations, wishes and a plan, up to yesterday."""
    today = office.town.times.today
    work = RotationWork(office, HostWork(office))
    return (Step(step.day, _only(work, step), step.says) for step in _planned(work) if step.day < today)


def _only(work: RotationWork, step: Step) -> Callable[[], None]:
    def act() -> None:
        if work.has_rules:
            step.act()

    return act


def _planned(work: RotationWork) -> Iterator[Step]:
    times = work.office.town.times
    ago, month, day = HOSTS_ON
    yield Step(date(times.year - ago, month, day), work.hosts.keep, msg("轮岗锻炼：上挂、下派、鉴定"))
    for number, wave in enumerate(waves_of(times)):
        yield from _of_wave(work, number, wave)
    wished_on, planned_on = times.today - timedelta(days=WISHED_AGO), times.today - timedelta(days=PLANNED_AGO)
    yield Step(wished_on, work.wish)
    yield Step(planned_on, partial(work.plan, planned_on))


def _of_wave(work: RotationWork, number: int, wave: Wave) -> Iterator[Step]:
    today = work.office.town.times.today
    proposed_on = min(wave.starts_on - timedelta(days=PROPOSED_BEFORE), today - timedelta(days=9))
    approved_on = min(wave.starts_on - timedelta(days=APPROVED_BEFORE), today - timedelta(days=2))
    yield Step(proposed_on, partial(work.propose, number, wave))
    if wave.left_open == CANCELLED:
        yield Step(approved_on, partial(work.cancel, number))
    if not wave.counts:
        return
    yield Step(approved_on, partial(work.approve, number, approved_on))
    if wave.special == EXTENDED:
        yield Step(wave.ends_on - timedelta(days=EXTENDED_BEFORE), partial(work.extend, number))
    yield from _reports(work, number, wave)
    if wave.left_open == OVERDUE:
        return
    ends = {False: wave.ends_on}
    if wave.special:
        months = 1 if wave.kind == SHADOWING else 3
        ends[True] = {
            EARLY: wave.ends_on - timedelta(days=EARLY_DAYS),
            LATE: wave.ends_on + timedelta(days=LATE_DAYS),
        }.get(wave.special, add_months(wave.ends_on + timedelta(days=1), months) - timedelta(days=1))
    for first, ends_on in ends.items():
        evaluated_on = ends_on + timedelta(days=EVALUATED_AFTER)
        yield Step(ends_on + timedelta(days=RETURNED_AFTER), partial(work.bring_back, number, wave, first=first))
        yield Step(ends_on + timedelta(days=SUMMED_UP_AFTER), partial(work.sum_up, number, wave, first=first))
        if wave.left_open != UNEVALUATED:
            yield Step(evaluated_on, partial(work.evaluate, number, wave, evaluated_on, first=first))


def _reports(work: RotationWork, number: int, wave: Wave) -> Iterator[Step]:
    """The reports on the days by which they are due."""

    def write(due: date) -> None:
        if due in reports_due(rules_on(wave.starts_on), Stay(wave.kind, wave.starts_on, wave.ends_on)):
            work.report(number, due)

    for months in range(1, wave.months + 1):
        due = add_months(wave.starts_on, months) - timedelta(days=1)
        yield Step(due, partial(write, due))
