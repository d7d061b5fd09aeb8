"""What every test stands on: a database made by the migrations once, and a fresh copy of it for each test."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, g
from flask_migrate import upgrade

from careerpath.app import create_app
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.settings import Settings

TODAY = datetime(2025, 12, 5, 2, 0, tzinfo=UTC)
"""The morning on which most tests happen: the appraisal of 2025 is under way."""


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


@pytest.fixture
def settings(blank_database: Path, tmp_path: Path) -> Settings:
    """Settings of a program whose database is a fresh copy of the blank one."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    return make_settings(tmp_path)


def forget_who_signed_in() -> None:
    """Requests of a test share its context, where Flask-Login keeps who signed in: each must find out afresh."""
    g.pop("_login_user", None)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The program on its own fresh database, within its context, at ``TODAY``."""
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    app.before_request_funcs.setdefault(None, []).insert(0, forget_who_signed_in)
    with clock.Stopped(TODAY), app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
