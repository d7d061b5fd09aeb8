"""Programs with an empty database for a demo to be built into, and parts of a demo built there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

from flask import Flask

from careerpath.app import create_app
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.arrivals import arrivals
from careerpath.demo.build import at_place, introduction, run_steps
from careerpath.demo.marks import Mark
from careerpath.demo.office import Office
from careerpath.demo.people import plan_town
from careerpath.demo.recruitment.open import open_steps
from careerpath.demo.recruitment.plan import Batch, plan_batches
from careerpath.demo.recruitment.rivals import Rivals
from careerpath.demo.recruitment.steps import recruitment_steps
from careerpath.demo.times import Times
from careerpath.recruitment.queries.rules import rules_named
from careerpath.words import Message
from tests.conftest import TODAY, make_settings


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
    mark: Mark, folder: Path, blank: Path, *, still_open: bool = False
) -> Iterator[tuple[Office, list[Batch]]]:
    """The people of a demo, recruited and arrived, without their appraisals and their pay."""
    app = open_program(folder, blank)
    with clock.Stopped(TODAY), app.app_context():
        office = Office(plan_town(mark.place, Times(clock.today()), mark.seed, mark.employees))
        edition, rivals = rules_named(mark.place.recruitment), Rivals(office.town)
        batches = plan_batches(office.town, edition, rivals)
        recruited = {entrant.person.key for batch in batches for entrant in batch.entrants}
        with at_place(mark.place.name):
            steps = [*introduction(office, mark), *recruitment_steps(office, batches), *arrivals(office, recruited)]
            run_steps([*steps, *open_steps(office, edition, rivals)] if still_open else steps, quiet)
            yield office, batches
        db.session.remove()
        db.engine.dispose()
