"""The migrations: numbered, one after the other, up and down, and to what the program declares."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from careerpath.access.models import AuditEntry
from careerpath.app import create_app
from careerpath.cli.database import drift
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.settings import resource_folder
from tests.conftest import make_settings

POSTGRES = os.environ.get("CAREERPATH_TEST_POSTGRES", "")
SCRATCH = f"careerpath_scratch_{os.getpid()}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The program on an empty database of each kind."""
    database = None
    if request.param == "postgres":
        if not POSTGRES:
            pytest.skip("CAREERPATH_TEST_POSTGRES names no PostgreSQL database")
        database = _scratch("CREATE")
    app = create_app(replace(make_settings(tmp_path, database), demo=False))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if request.param == "postgres":
        _scratch("DROP")


def _scratch(deed: str) -> str:
    """Make or remove a database beside the one that the setting names; gives its address."""
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {SCRATCH}"))
        if deed == "CREATE":
            connection.execute(text(f"CREATE DATABASE {SCRATCH}"))
    engine.dispose()
    return make_url(POSTGRES).set(database=SCRATCH).render_as_string(hide_password=False)


def scripts() -> ScriptDirectory:
    """The migrations that the program ships."""
    config = Config()
    config.set_main_option("script_location", str(resource_folder("migrations")))
    return ScriptDirectory.from_config(config)


def test_migrations_are_numbered_and_follow_one_another() -> None:
    found = list(reversed(list(scripts().walk_revisions())))
    assert len(scripts().get_heads()) == 1
    assert [script.revision for script in found] == [f"{number:04d}" for number in range(1, len(found) + 1)]
    for script in found:
        assert re.fullmatch(rf"{script.revision}_[a-z0-9_]+\.py", Path(script.path).name), script.path


def test_the_schema_goes_up_fits_the_program_and_goes_down_to_nothing(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        assert drift(connection) == []
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    with db.engine.connect() as connection:
        assert drift(connection) == []


def test_each_migration_can_be_taken_back_and_applied_again(empty_app: Flask) -> None:
    for script in reversed(list(scripts().walk_revisions())):
        upgrade(revision=script.revision)
        downgrade(revision="-1")
        upgrade(revision=script.revision)
    with db.engine.connect() as connection:
        assert drift(connection) == []


@pytest.mark.parametrize("deed", ["UPDATE audit_entry SET note = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_protects_the_trail(empty_app: Flask, deed: str) -> None:
    upgrade()
    with writing() as session:
        session.add(
            AuditEntry(
                at=clock.now(), user_name="a", operation="sign_in", result="done", note="", channel="", address="",
                request="",
            )
        )  # fmt: skip
    with db.engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text(deed))
