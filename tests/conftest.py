"""What every test stands on: a database made by the migrations once, and a fresh copy of it for each test."""

import gc
import os
import shutil
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from xdist.scheduler import LoadGroupScheduling

from careerpath.app import create_app
from careerpath.core.db import db
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.layout import Layout, lay_out
from careerpath.printing.documents import forms
from careerpath.settings import Settings
from tests.program import Program

POSTGRES = os.environ.get("CAREERPATH_TEST_POSTGRES", "")
"""A database on a PostgreSQL server whose role may create others; ``--on-postgres`` runs the tests there."""

TODAY = datetime(2025, 12, 5, 2, 0, tzinfo=UTC)
"""The morning on which most tests happen: the appraisal of 2025 is under way."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--on-postgres``: every test that asks for ``app`` runs on PostgreSQL instead of SQLite."""
    parser.addoption("--on-postgres", action="store_true", help="run on the server of CAREERPATH_TEST_POSTGRES")


ALIKE = ("tests/core/pdf/", "tests/demo/", "tests/printing/")
"""Where the tests of a file share what takes long to make: a demo that is built, a form that is laid out."""


class Shares(LoadGroupScheduling):
    """Which tests go to the same process, so that what they share is made once.

    All walks in a browser stay together, whose demo is built and served, and each file of the folders that are
    ``ALIKE``. Every other test goes to whichever process is free.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/browser/"):
            return "browser"
        return nodeid.split("::", 1)[0] if nodeid.startswith(ALIKE) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Shares:
    """How tests are shared out among processes."""
    return Shares(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay until the end: the garbage collector need not go through them again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


@event.listens_for(Engine, "connect")
def do_not_wait_for_the_disk(connection: Any, _: Any) -> None:
    """What a test wrote need not outlive a power cut. The program has set its own pragmas before."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session", autouse=True)
def forms_laid_out_once() -> Iterator[None]:
    """A blank form is laid out once in a process: a program keeps its forms, but each test has settings of its own."""
    kept: dict[tuple[str, str, str], Layout] = {}

    def lay_out_once(html: str, fonts: Fonts, *, title: str) -> Layout:
        page = html, fonts.css(), title
        if page not in kept:
            kept[page] = lay_out(html, fonts, title=title)
        return kept[page]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "lay_out", lay_out_once)
        yield


def make_settings(folder: Path, database: str | None = None) -> Settings:
    """Settings of a program that lives in one folder."""
    return Settings(
        instance=folder,
        database=database or f"sqlite:///{folder / 'careerpath.db'}",
        secret_key="a" * 64,
        data_key="b" * 64,
        files=f"file://{folder / 'files'}",
        queue="memory:",
        locale="zh",
        place="费县",
        fonts_folder=None,
        demo=False,
        secure_cookies=False,
        idle_minutes=30,
        absolute_hours=12,
        upload_megabytes=32,
    )


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the newest schema."""
    folder = tmp_path_factory.mktemp("blank")
    app = create_app(make_settings(folder))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    with sqlite3.connect(folder / "careerpath.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / "careerpath.db"


@pytest.fixture(scope="session")
def blank_on_postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The name of an empty database with the newest schema on the PostgreSQL server, for copies of it."""
    name = f"careerpath_blank_{worker_id}"
    with on_server() as server:
        server.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        server.exec_driver_sql(f"CREATE DATABASE {name}")
    app = create_app(make_settings(tmp_path_factory.mktemp("blank"), at_server(name)))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    yield name
    with on_server() as server:
        server.exec_driver_sql(f"DROP DATABASE {name}")


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Settings]:
    """Settings of a program whose database is a fresh copy of the blank one."""
    if not request.config.getoption("--on-postgres"):
        shutil.copyfile(request.getfixturevalue("blank_database"), tmp_path / "careerpath.db")
        yield make_settings(tmp_path)
        return
    blank, name = request.getfixturevalue("blank_on_postgres"), f"careerpath_test_{worker_id}"
    with on_server() as server:
        server.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {blank}")
    yield make_settings(tmp_path, at_server(name))
    with on_server() as server:
        server.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def at_server(name: str) -> str:
    """The address of another database on the same server."""
    return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


@contextmanager
def on_server() -> Iterator[Connection]:
    """A connection to the server outside any transaction, to make and drop databases."""
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def programs() -> dict[str, Program]:
    """The programs of this process by the kind of their database."""
    return {}


def lend(programs: dict[str, Program], settings: Settings) -> AbstractContextManager[Flask]:
    """The program of this process with these settings, at ``TODAY``."""
    kind = make_url(settings.database).get_backend_name()
    if kind not in programs:
        programs[kind] = Program(settings)
    return programs[kind].lent(settings, TODAY)


@pytest.fixture
def app(settings: Settings, programs: dict[str, Program]) -> Iterator[Flask]:
    """The program on its own fresh database, within its context, at ``TODAY``."""
    with lend(programs, settings) as app:
        yield app
