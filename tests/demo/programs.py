"""Programs with an empty database for a demo to be built into, and parts of a demo built there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copyfile

from flask import Flask
from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.app import create_app
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.arrivals import arrivals
from careerpath.demo.build import at_place, introduction, run_steps
from careerpath.demo.growth.steps import growth_steps
from careerpath.demo.marks import Mark
from careerpath.demo.office import Office
from careerpath.demo.people import plan_town
from careerpath.demo.recruitment.open import open_steps
from careerpath.demo.recruitment.plan import Batch, plan_batches
from careerpath.demo.recruitment.rivals import Rivals
from careerpath.demo.recruitment.steps import recruitment_steps
from careerpath.demo.schedule import Step
from careerpath.demo.talent_pool.steps import talent_pool_steps
from careerpath.demo.times import Times
from careerpath.recruitment.queries.rules import rules_named
from careerpath.words import Message
from tests.conftest import TODAY, make_settings
from tests.factories.appraisals import make_decided_year


def quiet(message: Message) -> None:
    """Nobody waits for progress here."""


def open_program(folder: Path, blank: Path) -> Flask:
    """A program in demo mode on an empty database of its own."""
    copyfile(blank, folder / "careerpath.db")
    app = create_app(replace(make_settings(folder), demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@contextmanager
def people_built(
    mark: Mark, folder: Path, blank: Path, *, still_open: bool = False, promoted: bool = False
) -> Iterator[tuple[Office, list[Batch]]]:
    """The people of a demo, recruited and arrived, without their appraisals and their pay.

    ``promoted``: with the pool, the promotions and what people learn; the grades that they ask for are written down.
    """
    app = open_program(folder, blank)
    with clock.Stopped(TODAY), app.app_context():
        office = Office(plan_town(mark.place, Times(clock.today()), mark.seed, mark.employees))
        edition, rivals = rules_named(mark.place.recruitment), Rivals(office.town)
        batches = plan_batches(office.town, edition, rivals)
        recruited = {entrant.person.key for batch in batches for entrant in batch.entrants}
        with at_place(mark.place.name):
            steps = [*introduction(office, mark), *recruitment_steps(office, batches), *arrivals(office, recruited)]
            if promoted:
                steps += [*graded(office), *talent_pool_steps(office), *growth_steps(office)]
            run_steps([*steps, *open_steps(office, edition, rivals)] if still_open else steps, quiet)
            yield office, batches
        db.session.remove()
        db.engine.dispose()


def graded(office: Office) -> Iterator[Step]:
    """The grades of the past years on the days on which they were decided: competent, but for two who were basic."""
    for year in office.town.times.past:
        yield Step(date(year + 1, 1, 8), partial(_grade, office, year))


def _grade(office: Office, year: int) -> None:
    street = db.session.scalars(select(Unit).where(Unit.code == office.town.streets[0])).one()
    district = db.session.scalars(select(Unit).where(Unit.code == office.town.place.district)).one()
    grades = {
        office.files[person.key]: "3" if person.fate == "basic" and year == office.town.times.past[-1] else "2"
        for person in office.town.everybody
        if person.key in office.files and person.joined_on <= date(year, 12, 1)
    }
    make_decided_year(district, street, year, grades)
