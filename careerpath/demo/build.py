"""From an empty database to a county at work."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter

from flask import current_app

from careerpath.access.actor import Actor
from careerpath.access.operations.units import put_units
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.demo import schedule
from careerpath.demo.annual_reports import report_steps
from careerpath.demo.arrivals import account, actor_of, arrivals, granted
from careerpath.demo.chance import Chance
from careerpath.demo.growth.steps import growth_steps
from careerpath.demo.marks import Mark
from careerpath.demo.names import any_name
from careerpath.demo.office import Office
from careerpath.demo.operations import begin_demo, finish_demo, grant_roles, open_accounts
from careerpath.demo.pay import pay_steps
from careerpath.demo.people import plan_town
from careerpath.demo.places import unit_rows
from careerpath.demo.recruitment.open import open_steps
from careerpath.demo.recruitment.plan import plan_batches
from careerpath.demo.recruitment.rivals import Rivals
from careerpath.demo.recruitment.steps import recruitment_steps
from careerpath.demo.schedule import Step
from careerpath.demo.talent_pool.steps import talent_pool_steps
from careerpath.demo.times import Times, at
from careerpath.recruitment.queries.rules import rules_named
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
    edition, rivals = rules_named(town.place.recruitment), Rivals(town)
    batches = plan_batches(town, edition, rivals)
    steps = [
        *introduction(office, mark),
        *recruitment_steps(office, batches),
        *open_steps(office, edition, rivals),
        *(step for year in town.times.past for step in schedule.past_year(office, year)),
        *schedule.open_year(office),
        *arrivals(office, {entrant.person.key for batch in batches for entrant in batch.entrants}),
        *talent_pool_steps(office),
        *growth_steps(office),
        *pay_steps(office),
        *report_steps(office),
    ]
    with at_place(town.place.name):
        run_steps(steps, tell)
    with at(town.times.today - timedelta(days=1), LAST_TURN):
        finish_demo(Actor.console(), mark.note)
    return office


@contextmanager
def at_place(name: str) -> Iterator[None]:
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
    day = town.times.began_on
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
        office.staff[name] = account(office, console, console, name, display_name, district)
    system, security = office.staff["system"], office.staff["security"]
    for name, code in (("district", district), ("district-2", district), ("finance", district), ("street", street)):
        display_name = any_name(Chance.of(town.seed, "clerk", name)).name
        office.staff[name] = account(office, system, security, name, display_name, code)
    office.clerks[street] = office.staff["street"]
    others = [(code, any_name(Chance.of(town.seed, "clerk", code)).name) for code in town.streets[1:]]
    ids = open_accounts(system, [(f"street-{code}", display_name) for code, display_name in others])
    for (code, display_name), user_id in zip(others, ids, strict=True):
        office.clerks[code] = actor_of(office, user_id, f"street-{code}", display_name, Role.STREET_HR, code)
    grant_roles(
        security,
        [(user_id, granted(office, Role.STREET_HR, code)) for (code, _), user_id in zip(others, ids, strict=True)],
    )
