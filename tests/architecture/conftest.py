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
from tests.conftest import TODAY, lend, make_settings
from tests.program import Program


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
def world_app(kept_world: tuple[World, Path], tmp_path: Path, programs: dict[str, Program]) -> Iterator[Flask]:
    """The program in a fresh copy of the world."""
    shutil.copytree(kept_world[1], tmp_path, dirs_exist_ok=True)
    with lend(programs, replace(make_settings(tmp_path), idle_minutes=600)) as app:
        yield app
