"""The small world, built once and copied for each test."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from careerpath.app import create_app
from careerpath.core import clock
from careerpath.core.db import db
from tests.architecture.world import World, make_world
from tests.conftest import TODAY, forget_who_signed_in, make_settings


@pytest.fixture(scope="session")
def kept_world(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Path]:
    """The world and the folder in which it is kept."""
    folder = tmp_path_factory.mktemp("world")
    shutil.copyfile(blank_database, folder / "careerpath.db")
    app = create_app(make_settings(folder))
    with clock.Stopped(TODAY), app.app_context():
        world = make_world()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return world, folder


@pytest.fixture
def world(kept_world: tuple[World, Path]) -> World:
    """What there is in the world."""
    return kept_world[0]


@pytest.fixture
def world_app(kept_world: tuple[World, Path], tmp_path: Path) -> Iterator[Flask]:
    """The program in a fresh copy of the world."""
    shutil.copytree(kept_world[1], tmp_path, dirs_exist_ok=True)
    app = create_app(replace(make_settings(tmp_path), idle_minutes=600))
    app.config["WTF_CSRF_ENABLED"] = False
    app.before_request_funcs.setdefault(None, []).insert(0, forget_who_signed_in)
    with clock.Stopped(TODAY), app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
