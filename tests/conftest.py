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
"""A database on a PostgreSQL server whose role is a superuser; ``--on-postgres`` runs the tests there."""

EMPTIED = """
DO $$
DECLARE
    name text;
BEGIN
    -- What must stay in an office, such as the trail, is guarded by triggers; they do not fire for a replica.
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE 'DELETE FROM ' || quote_ident(name);
    END LOOP;
    PERFORM setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END
$$
"""
"""Every table without a row, every id beginning at 1: to copy a whole database for a test takes many times as long."""

OTHERS_GO = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

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
def database_on_postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The address of this process's own database with the newest schema on the PostgreSQL server."""
    name = f"careerpath_test_{worker_id}"
    with connected(POSTGRES) as server:
        server.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.exec_driver_sql(f"CREATE DATABASE {name}")
    address = make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    app = create_app(make_settings(tmp_path_factory.mktemp("blank"), address))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    yield address
    with connected(POSTGRES) as server:
        server.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a program whose database has the newest schema and no row."""
    if not request.config.getoption("--on-postgres"):
        shutil.copyfile(request.getfixturevalue("blank_database"), tmp_path / "careerpath.db")
        return make_settings(tmp_path)
    address = request.getfixturevalue("database_on_postgres")
    with connected(address) as database:
        database.exec_driver_sql(OTHERS_GO)
        database.exec_driver_sql(EMPTIED)
    return make_settings(tmp_path, address)


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """A connection to a database on the server outside any transaction."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
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
