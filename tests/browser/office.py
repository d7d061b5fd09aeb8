"""A small demo county, built afresh and served by the real program, as a person at a browser meets it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from urllib.error import URLError

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select, update

from careerpath.access.models import SignIn, Unit, User
from careerpath.access.session import actor_named
from careerpath.app import create_app
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.operations.district import Decision, decide_records
from careerpath.appraisals.operations.street import RowEntry, fill_row, submit_street
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.passwords import hash_password
from careerpath.demo.accounts import PASSWORD
from careerpath.demo.build import build_demo
from careerpath.demo.marks import Mark
from careerpath.demo.places import PLACES
from careerpath.employees.models import Employee
from careerpath.settings import Settings
from tests.conftest import make_settings

PEOPLE = 60
PATIENCE = 90
"""Seconds that a busy machine may take to start the program."""
CLERKS = ("street-371325106", "street-371325107", "street-371325108")
"""Street offices with people still to fill in, beside the one in the foreground: each walk has a street of its own."""

GOOD = {
    "scores.tasks": Decimal(38),
    "scores.integrity": Decimal(20),
    "scores.training": Decimal(14),
    "satisfaction": Decimal(92),
}
"""What a competent person has in the columns of the demo's edition, in their order."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where the program answers, and the database behind it for what a test arranges beforehand."""

    url: str
    app: Flask

    def street(self, code: str) -> int:
        """The id of a street's part in the open year."""
        with self.app.app_context():
            query = (
                select(StreetAppraisal.id)
                .join(AppraisalYear, AppraisalYear.id == StreetAppraisal.year_id)
                .join(Unit, Unit.id == StreetAppraisal.unit_id)
                .where(Unit.code == code, AppraisalYear.closed_at.is_(None))
            )
            return db.session.scalars(query).one()

    def worker_in(self, code: str) -> tuple[str, int]:
        """Account and appraisal of somebody of a street whose summary is still to be written."""
        with self.app.app_context():
            query = (
                select(User.name, Appraisal.id)
                .join(Employee, Employee.user_id == User.id)
                .join(Appraisal, Appraisal.employee_id == Employee.id)
                .where(Appraisal.street_appraisal_id == self.street(code), Appraisal.special == "")
                .order_by(Appraisal.self_summary != "", Appraisal.roster_order)
            )
            name, appraisal_id = db.session.execute(query).first() or ("", 0)
            return name, appraisal_id

    def hand_out(self, name: str, *, must_change: bool = False) -> str:
        """Give an account the demo's password; gives the account's name."""
        given = {"password_hash": hash_password(PASSWORD), "must_change_password": must_change}
        with self.app.app_context():
            db.session.execute(update(User).where(User.name == name).values(**given))
            db.session.commit()
        return name

    def some_worker(self, place: int) -> str:
        """The account of one of the workers without a password yet."""
        with self.app.app_context():
            query = select(User.name).where(User.name.like("fx-%"), User.password_hash == "").order_by(User.name)
            return list(db.session.scalars(query))[place]

    def finish_street(self, code: str) -> None:
        """The street fills in everybody as competent and submits, and the district decides."""
        street_id = self.street(code)
        with self.app.app_context():
            clerk, district = actor_named(f"street-{code}"), actor_named("district")
            query = select(Appraisal.id, Appraisal.version).where(Appraisal.street_appraisal_id == street_id)
            rows = db.session.execute(query).all()
            for row in rows:
                fill_row(clerk, row.id, RowEntry(row.version, {**GOOD, "grade": "2", "opinion": "同意。"}))
            submit_street(clerk, street_id)
            decide_records(district, street_id, Decision(tuple(row.id for row in rows), {}))

    def end_sign_ins(self, name: str) -> None:
        """What a night does to the sign-ins of an account."""
        with self.app.app_context():
            user_id = select(User.id).where(User.name == name).scalar_subquery()
            db.session.execute(update(SignIn).where(SignIn.user_id == user_id).values(ended_at=clock.now()))
            db.session.commit()


@contextmanager
def running_office(folder: Path, blank_database: Path) -> Iterator[Office]:
    """Build the county in a folder and serve it, with a background worker, until the block ends."""
    shutil.copyfile(blank_database, folder / "careerpath.db")
    settings = replace(make_settings(folder), queue=f"sqlite:///{folder / 'queue.db'}", demo=True)
    app = create_app(settings)
    with app.app_context():
        upgrade()
        build_demo(Mark(PLACES["feixian"], PEOPLE, 1), lambda _: None)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    office = Office(f"http://127.0.0.1:{port}", app)
    for name in CLERKS:
        office.hand_out(name)
    let_go(app)
    log = folder / "served.log"
    with (
        log.open("wb") as written,
        subprocess.Popen(
            [sys.executable, "-c", "from careerpath.cli import main; main()", "demo", "--port", str(port)],
            stdout=written,
            stderr=subprocess.STDOUT,
            env=environment(settings),
        ) as server,
    ):
        try:
            wait_for(f"{office.url}/readyz", server, log)
            yield office
        finally:
            server.terminate()
            server.wait(PATIENCE)
            let_go(app)
    said = log.read_text()
    assert "Traceback" not in said, said
    assert server.returncode == 0, said


def let_go(app: Flask) -> None:
    """Close the connections of this process."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def environment(settings: Settings) -> dict[str, str]:
    """The settings of the tests as the program reads them."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("CAREERPATH_")}
    return own | {
        "CAREERPATH_INSTANCE": str(settings.instance),
        "CAREERPATH_SECRET_KEY": settings.secret_key,
        "CAREERPATH_DATA_KEY": settings.data_key,
        "CAREERPATH_DATABASE": settings.database,
        "CAREERPATH_QUEUE": settings.queue,
        "CAREERPATH_FILES": settings.files,
        "PYTHONUNBUFFERED": "1",
    }


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the program says that it is ready."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  # Our own address.
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the program did not start:\n{log.read_text()}")
