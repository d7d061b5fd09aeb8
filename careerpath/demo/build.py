"""From an empty database to a county at work."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.operations.accounts import NewGrant, NewUser, create_user, grant_role
from careerpath.access.operations.units import put_units
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo import schedule
from careerpath.demo.accounts import DEMO_ROLES, PASSWORD
from careerpath.demo.chance import Chance
from careerpath.demo.files import known_on, later_facts, new_employee
from careerpath.demo.lines import lines
from careerpath.demo.marks import Mark
from careerpath.demo.names import any_name
from careerpath.demo.office import Office
from careerpath.demo.operations import (
    NewFile,
    begin_demo,
    finish_demo,
    grant_roles,
    keep_files,
    link_accounts,
    open_accounts,
    open_files,
)
from careerpath.demo.pay import pay_steps
from careerpath.demo.people import Person, plan_town
from careerpath.demo.places import unit_rows
from careerpath.demo.schedule import Step
from careerpath.demo.times import Times, at
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewFact
from careerpath.employees.operations.people import EndOfService
from careerpath.policy.codes import Post as Level
from careerpath.settings import Settings
from careerpath.words import Message, msg

LAST_TURN = 1000
"""After everything else of the day."""
SHOWN = {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}


def build_demo(mark: Mark, tell: Callable[[Message], None]) -> Office:
    """Build the demo of a mark into an empty database with the present schema, as if on the days it happened.

    The same mark on the same day gives the same people, figures and texts.
    """
    town = plan_town(mark.place, Times(clock.today()), mark.seed, mark.employees)
    office = Office(town)
    steps = [
        *introduction(office, mark),
        *(step for year in town.times.past for step in schedule.past_year(office, year)),
        *schedule.open_year(office),
        *arrivals(office),
        *pay_steps(office),
    ]
    with _at_place(town.place.name):
        run_steps(steps, tell)
    with at(town.times.today - timedelta(days=1), LAST_TURN):
        finish_demo(Actor.console(), mark.note)
    return office


@contextmanager
def _at_place(name: str) -> Iterator[None]:
    """The settings name the demo's place while it is built: rules are those of the place."""
    settings: Settings = current_app.extensions["careerpath.settings"]
    current_app.extensions["careerpath.settings"] = replace(settings, place=name)
    try:
        yield
    finally:
        current_app.extensions["careerpath.settings"] = settings


def run_steps(steps: Iterable[Step], tell: Callable[[Message], None]) -> None:
    """Do everything in the order of days, each with the clock stopped on its day."""
    for day, group in groupby(sorted(steps, key=attrgetter("day")), key=attrgetter("day")):
        for turn, step in enumerate(group):
            if step.says is not None:
                tell(step.says)
            with at(day, turn):
                step.act()


def introduction(office: Office, mark: Mark) -> Iterator[Step]:
    """The program comes to the office: the tree of units, the administrators, then those who work with people."""
    town = office.town
    day = town.times.introduced_on
    yield Step(
        day, lambda: begin_demo(Actor.console(), mark.note), msg("建立%(place)s单位和账号", place=town.place.name)
    )
    yield Step(day, partial(_load_units, office))
    yield Step(day, partial(_open_administration, office))


def _load_units(office: Office) -> None:
    put_units(Actor.console(), unit_rows(office.town.place, office.town.seed))
    office.learn_units()


def _open_administration(office: Office) -> None:
    """The console makes the three administrators; from then on each does their own part."""
    town = office.town
    console, district, street = Actor.console(), town.place.district, town.streets[0]
    for name, display_name in SHOWN.items():
        office.staff[name] = _account(office, console, console, name, display_name, district)
    system, security = office.staff["system"], office.staff["security"]
    for name, code in (("district", district), ("finance", district), ("street", street)):
        display_name = any_name(Chance.of(town.seed, "clerk", name)).name
        office.staff[name] = _account(office, system, security, name, display_name, code)
    office.clerks[street] = office.staff["street"]
    others = [(code, any_name(Chance.of(town.seed, "clerk", code)).name) for code in town.streets[1:]]
    ids = open_accounts(system, [(f"street-{code}", display_name) for code, display_name in others])
    for (code, display_name), user_id in zip(others, ids, strict=True):
        office.clerks[code] = _actor(office, user_id, f"street-{code}", display_name, Role.STREET_HR, code)
    grant_roles(
        security,
        [(user_id, _grant(office, Role.STREET_HR, code)) for (code, _), user_id in zip(others, ids, strict=True)],
    )


def _account(office: Office, maker: Actor, granter: Actor, name: str, display_name: str, code: str) -> Actor:
    """One account of the sign-in page, with its role for the unit of this code."""
    given = NewUser(name=name, display_name=display_name, password=PASSWORD, must_change_password=False)
    user_id, _ = create_user(maker, given)
    role = DEMO_ROLES[name]
    grant_role(granter, user_id, _grant(office, role, code))
    return _actor(office, user_id, name, display_name, role, code)


def _actor(office: Office, user_id: int, name: str, display_name: str, role: Role, code: str) -> Actor:
    return Actor(user_id, name, display_name, (Grant(role, office.paths[code]),))


def _grant(office: Office, role: Role, code: str, day: date | None = None) -> NewGrant:
    return NewGrant(role, office.units[code], day or clock.today())


def arrivals(office: Office) -> Iterator[Step]:
    """People on the days on which they became known, and what happened to them later."""
    town = office.town
    order = {post.row.code: place for place, post in enumerate(town.posts)}
    ranks = {level: place for place, level in enumerate(Level)}
    arrivals: dict[date, list[Person]] = defaultdict(list)
    for person in sorted(town.everybody, key=lambda one: (order[one.post.row.code], ranks[one.level], one.key)):
        arrivals[known_on(town, person)].append(person)
    for day, people in arrivals.items():
        batch = town.batch_name(max(person.batch for person in people))
        says = msg(
            "登记 %(count)s 人的档案 %(batch)s",
            count=len(people),
            batch=batch if day > town.times.introduced_on else "",
        )
        yield Step(day, partial(_register, office, people), says)
    # Unit ids are not known yet; the days are the same whatever they are.
    blank = dict.fromkeys((post.row.code for post in town.posts), 0)
    happenings: dict[date, list[Person]] = defaultdict(list)
    for person in town.everybody:
        for day in sorted({later.day for later in later_facts(town, person, blank)}):
            happenings[day].append(person)
    for day, people in happenings.items():
        yield Step(day, partial(_keep, office, day, people))


def _register(office: Office, people: list[Person]) -> None:
    """The district opens the files of those who came; then each gets an account that knows them."""
    town = office.town
    files = [
        NewFile(
            new_employee(town, person, office.units),
            tuple(lines(town, person)) if town.in_full(person) else (),
        )
        for person in people
    ]
    ids = open_files(office.staff["district"], files)
    office.learn_files(people, ids)
    for person in (one for one in people if one is town.secretary or one is town.worker):
        name = "community" if person is town.secretary else "worker"
        system, security = office.staff["system"], office.staff["security"]
        office.own[person.key] = _account(office, system, security, name, person.named.name, person.post.row.code)
    _open_own_accounts(office, [person for person in people if person.key not in office.own])
    district = office.staff["district"]
    links = [(office.files[one.key], office.own[one.key].user_id) for one in people]
    link_accounts(district, [(file, user_id) for file, user_id in links if user_id is not None])


def _open_own_accounts(office: Office, people: list[Person]) -> None:
    numbers = {row.id: row.number for row in db.session.execute(select(Employee.id, Employee.number))}
    names = [(numbers[office.files[person.key]].lower(), person.named.name) for person in people]
    ids = open_accounts(office.staff["system"], names)
    grants = []
    for person, (name, display_name), user_id in zip(people, names, ids, strict=True):
        leads = person.level is Level.CHIEF and person.promoted_on is None
        role = Role.COMMUNITY_SECRETARY if leads else Role.WORKER
        code = person.post.row.code
        office.own[person.key] = _actor(office, user_id, name, display_name, role, code)
        grants.append((user_id, _grant(office, role, code)))
    grant_roles(office.staff["security"], grants)


def _keep(office: Office, day: date, people: list[Person]) -> None:
    """The street offices enter what became known on a day; whoever becomes a secretary may act as one."""
    by_street: dict[str, list[tuple[int, NewFact | EndOfService]]] = defaultdict(list)
    for person in people:
        for later in later_facts(office.town, person, office.units):
            if later.day == day:
                by_street[person.post.street.code].append((office.files[person.key], later.what))
    for code, given in by_street.items():
        keep_files(office.clerks[code], given)
    for person in people:
        if person.promoted_on == day and person.level is Level.CHIEF:
            _make_secretary(office, person)


def _make_secretary(office: Office, person: Person) -> None:
    own, code = office.own[person.key], person.post.row.code
    if own.user_id is not None:
        grant_roles(office.staff["security"], [(own.user_id, _grant(office, Role.COMMUNITY_SECRETARY, code))])
        office.own[person.key] = replace(own, grants=(*own.grants, Grant(Role.COMMUNITY_SECRETARY, office.paths[code])))
