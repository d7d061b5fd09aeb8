"""People as the office hears of them: files and accounts of those who serve, and what happens to them later."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.operations.accounts import NewGrant, NewUser, create_user, grant_role
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.accounts import DEMO_ACCOUNTS, PASSWORD
from careerpath.demo.files import known_on, later_facts, new_employee
from careerpath.demo.lines import known_lines, later_lines
from careerpath.demo.office import Office
from careerpath.demo.operations import (
    NewFile,
    add_lines,
    grant_roles,
    keep_files,
    link_accounts,
    open_accounts,
    open_files,
)
from careerpath.demo.people import Person
from careerpath.demo.schedule import Step
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewFact
from careerpath.employees.operations.lines import NewLine
from careerpath.employees.operations.people import EndOfService
from careerpath.policy.codes import Post as Level
from careerpath.words import msg


def account(office: Office, maker: Actor, granter: Actor, name: str, display_name: str, code: str) -> Actor:
    """One account of the sign-in page, with its role for the unit of this code."""
    given = NewUser(name=name, display_name=display_name, password=PASSWORD, must_change_password=False)
    user_id, _ = create_user(maker, given)
    role = DEMO_ACCOUNTS[name]
    grant_role(granter, user_id, granted(office, role, code))
    return actor_of(office, user_id, name, display_name, role, code)


def actor_of(office: Office, user_id: int, name: str, display_name: str, role: Role, code: str) -> Actor:
    return Actor(user_id, name, display_name, (Grant(role, office.paths[code]),))


def granted(office: Office, role: Role, code: str, day: date | None = None) -> NewGrant:
    return NewGrant(role, office.units[code], day or clock.today())


def arrivals(office: Office, recruited: Collection[int]) -> Iterator[Step]:
    """People on the days on which they became known, and what happened to them later.

    ``recruited`` are the keys of those whose files recruitment opens.
    """
    town = office.town
    order = {post.row.code: place for place, post in enumerate(town.posts)}
    ranks = {level: place for place, level in enumerate(Level)}
    arrivals: dict[date, list[Person]] = defaultdict(list)
    arriving = (person for person in town.everybody if person.key not in recruited)
    for person in sorted(arriving, key=lambda one: (order[one.post.row.code], ranks[one.level], one.key)):
        arrivals[known_on(town, person)].append(person)
    for day, people in arrivals.items():
        batch = town.batch_name(max(person.batch for person in people))
        says = msg(
            "登记 %(count)s 人的档案 %(batch)s",
            count=len(people),
            batch=batch,
        )
        yield Step(day, partial(_register, office, people), says)
    grown = [person for person in town.everybody if later_lines(town, person)]
    yield Step(town.times.introduced_on, partial(_keep_families, office, grown))
    # Unit ids are not known yet; the days are the same whatever they are.
    blank = dict.fromkeys((post.row.code for post in town.posts), 0)
    happenings: dict[date, list[Person]] = defaultdict(list)
    for person in town.everybody:
        for day in sorted({later.day for later in later_facts(town, person, blank)}):
            happenings[day].append(person)
    for day, people in happenings.items():
        yield Step(day, partial(_keep, office, day, people))


def _register(office: Office, people: list[Person]) -> None:
    """The district opens the files of those who came."""
    town = office.town
    files = [
        NewFile(
            new_employee(town, person, office.units),
            tuple(known_lines(town, person, known_on(town, person))) if town.in_full(person) else (),
        )
        for person in people
    ]
    ids = open_files(office.staff["district"], files)
    office.learn_files(people, ids)
    open_own_accounts(office, people)


def open_own_accounts(office: Office, people: Sequence[Person]) -> None:
    """Everybody with a new file gets an account that knows it; those of the sign-in page with its password."""
    town = office.town
    for person in (one for one in people if one is town.secretary or one is town.worker):
        name = "community" if person is town.secretary else "worker"
        system, security = office.staff["system"], office.staff["security"]
        office.own[person.key] = account(office, system, security, name, person.named.name, person.post.row.code)
    _open_plain_accounts(office, [person for person in people if person.key not in office.own])
    district = office.staff["district"]
    links = [(office.files[one.key], office.own[one.key].user_id) for one in people]
    link_accounts(district, [(file, user_id) for file, user_id in links if user_id is not None])


def _open_plain_accounts(office: Office, people: list[Person]) -> None:
    numbers = {row.id: row.number for row in db.session.execute(select(Employee.id, Employee.number))}
    names = [(numbers[office.files[person.key]].lower(), person.named.name) for person in people]
    ids = open_accounts(office.staff["system"], names)
    grants = []
    for person, (name, display_name), user_id in zip(people, names, ids, strict=True):
        leads = person.level is Level.CHIEF and person.promoted_on is None
        role = Role.COMMUNITY_SECRETARY if leads else Role.WORKER
        code = person.post.row.code
        office.own[person.key] = actor_of(office, user_id, name, display_name, role, code)
        grants.append((user_id, granted(office, role, code)))
    grant_roles(office.staff["security"], grants)


def _keep_families(office: Office, people: Sequence[Person]) -> None:
    """The street offices enter children who were born since the files of their parents were opened."""
    by_street: dict[str, list[tuple[int, NewLine]]] = defaultdict(list)
    for person in people:
        given = [(office.files[person.key], line) for line in later_lines(office.town, person)]
        by_street[person.post.street.code] += given
    for code, lines in by_street.items():
        add_lines(office.clerks[code], lines)


def _keep(office: Office, day: date, people: list[Person]) -> None:
    """The street offices enter what became known on a day."""
    by_street: dict[str, list[tuple[int, NewFact | EndOfService]]] = defaultdict(list)
    for person in people:
        for later in later_facts(office.town, person, office.units):
            if later.day == day:
                by_street[person.post.street.code].append((office.files[person.key], later.what))
    for code, given in by_street.items():
        keep_files(office.clerks[code], given)


def make_secretary(office: Office, person: Person) -> None:
    """Let somebody who becomes a secretary act as one."""
    own, code = office.own[person.key], person.post.row.code
    if own.user_id is not None:
        grant_roles(office.staff["security"], [(own.user_id, granted(office, Role.COMMUNITY_SECRETARY, code))])
        office.own[person.key] = replace(own, grants=(*own.grants, Grant(Role.COMMUNITY_SECRETARY, office.paths[code])))
