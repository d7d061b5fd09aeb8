"""``careerpath users`` at the terminal."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careerpath.access.actor import Actor
from careerpath.access.operations.units import UnitRow, put_units
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.policy.codes import UnitKind
from careerpath.words import NotFound, Refused


@pytest.fixture
def office(blank_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation of one county, as the environment describes it."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    for name, value in (("INSTANCE", str(tmp_path)), ("SECRET_KEY", "a" * 64), ("DATA_KEY", "b" * 64)):
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    with application():
        put_units(Actor.console(), [UnitRow("371325", "费县", UnitKind.DISTRICT)])


def run(*words: str) -> Result:
    return CliRunner().invoke(program, ["users", *words], standalone_mode=False)


@pytest.mark.usefixtures("office")
def test_the_first_account_is_made_listed_and_reset() -> None:
    made = run("create", "sec", "--role", "security_admin", "--unit", "371325", "--display-name", "王敏")
    assert made.exception is None
    assert len(made.stdout.strip()) > 10
    listed = json.loads(run("list", "--json").stdout)
    assert [(each["name"], each["roles"][0]["role"], each["roles"][0]["unit"]) for each in listed] == [
        ("sec", "security_admin", "371325")
    ]
    assert "王敏" in run("list").stdout
    again = json.loads(run("reset", "sec", "--json").stdout)
    assert again["password"] != made.stdout.strip()


@pytest.mark.usefixtures("office")
def test_what_may_not_be_done_is_refused_and_leaves_nothing() -> None:
    assert isinstance(run("create", "sys", "--role", "system_admin", "--unit", "9999").exception, NotFound)
    assert isinstance(run("reset", "nobody").exception, NotFound)
    assert json.loads(run("list", "--json").stdout) == []
    run("create", "sys", "--role", "system_admin", "--unit", "371325")
    assert run("create", "zhang", "--as", "sys").exception is None
    denied = run("create", "li", "--role", "worker", "--unit", "371325", "--as", "sys")
    assert isinstance(denied.exception, Refused)
    assert run("create", "li", "--role", "worker").exception is not None
