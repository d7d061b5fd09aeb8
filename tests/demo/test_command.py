"""``careerpath demo``: built once, kept, and never on top of an office's own data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.models import AuditEntry, Unit
from careerpath.access.operations.units import put_units
from careerpath.app import create_app
from careerpath.cli.demo import demo
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.marks import Mark, find_mark
from careerpath.demo.operations import begin_demo
from careerpath.demo.places import DALIAN, FEIXIAN, unit_rows
from careerpath.settings import load_settings
from careerpath.words import Refused
from tests.conftest import TODAY

Ask = Callable[..., str]


@pytest.fixture
def ask(tmp_path: Path, blank_database: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Types the command in an installation of its own with an empty database; gives what it told the person."""
    for name in ("CAREERPATH_DATABASE", "CAREERPATH_FILES", "CAREERPATH_QUEUE", "CAREERPATH_LOCALE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CAREERPATH_INSTANCE", str(tmp_path))
    monkeypatch.setenv("CAREERPATH_DEMO", "1")
    (tmp_path / "careerpath.db").write_bytes(blank_database.read_bytes())

    def typed(*words: str) -> str:
        with clock.Stopped(TODAY):
            result = CliRunner().invoke(demo, ["--no-serve", *words], catch_exceptions=False)
        assert result.exit_code == 0
        assert result.stdout == ""
        return result.stderr

    return typed


def looked_up() -> tuple[Mark | None, int, int]:
    """The mark, how many entries the trail has, and how many units there are."""
    app = create_app(load_settings(demo=True))
    with app.app_context():
        entries = db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
        units = db.session.scalar(select(func.count()).select_from(Unit)) or 0
        mark = find_mark()
        db.session.remove()
        db.engine.dispose()
    return mark, entries, units


def in_database(act: Callable[[], object]) -> None:
    app = create_app(load_settings(demo=True))
    with clock.Stopped(TODAY), app.app_context():
        act()
        db.session.remove()
        db.engine.dispose()


def test_a_second_run_keeps_what_is_there_and_another_demo_needs_fresh(ask: Ask) -> None:
    assert "演示数据已建成：费县，20 人" in ask("--employees", "20")
    before = looked_up()
    assert before[0] == Mark(FEIXIAN, 20, 1, complete=True)
    assert "保持不变" in ask()
    assert "保持不变" in ask("--place", "feixian", "--employees", "20")
    with pytest.raises(Refused, match="与本次要求不同。如需重建，请加 --fresh"):
        ask("--place", "dalian")
    assert looked_up() == before
    ask("--fresh", "--place", "dalian", "--employees", "20")
    mark, _, units = looked_up()
    assert mark == Mark(DALIAN, 20, 1, complete=True)
    assert units == 1995


@pytest.mark.parametrize("words", [(), ("--fresh",)], ids=["plain", "fresh"])
def test_a_database_of_an_office_is_refused_and_left_alone(ask: Ask, words: tuple[str, ...]) -> None:
    in_database(lambda: put_units(Actor.console(), unit_rows(FEIXIAN, 1)[:3]))
    before = looked_up()
    with pytest.raises(Refused, match="不是演示库"):
        ask(*words)
    assert looked_up() == before


def test_a_building_that_was_cut_off_begins_anew(ask: Ask) -> None:
    in_database(lambda: begin_demo(Actor.console(), Mark(DALIAN, 40, 2).note))
    assert "正在清除原有演示数据" in ask("--employees", "20")
    assert looked_up()[0] == Mark(FEIXIAN, 20, 1, complete=True)
