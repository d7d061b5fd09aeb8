"""``careerpath import``, ``export`` and ``template`` at the terminal."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.operations.unit_plan import UnitRow
from careerpath.access.operations.units import put_units
from careerpath.access.permissions import Role
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.words import NotFound, Refused
from tests.factories.access import make_user
from tests.factories.employees import make_identity
from tests.spreadsheets.books import typed

DIVISIONS = Path(__file__).resolve().parents[2] / "careerpath" / "access" / "data" / "divisions-371325.csv"


@pytest.fixture
def office(installation: Path) -> Path:
    """An installation of one city with two accounts."""
    with application():
        put_units(Actor.console(), [UnitRow("3713", "临沂市", UnitKind.CITY)])
        city = db.session.scalars(select(Unit)).one()
        make_user("system", Role.SYSTEM_ADMIN, city)
        make_user("district", Role.DISTRICT_HR, city)
    return installation


def run(*words: str) -> Result:
    return CliRunner().invoke(program, list(words), standalone_mode=False)


def file_of(folder: Path, *rows: list[object]) -> str:
    path = folder / "花名册.xlsx"
    path.write_bytes(typed(*rows).content)
    return str(path)


def row(**changes: str) -> list[object]:
    values = {"name": "黎书航", "identity": make_identity(), "on": "2018-07-01", "unit": "书苑社区", "post": "一般"}
    return list((values | changes).values())


def test_a_divisions_file_is_loaded_counted_and_loaded_again(office: Path) -> None:
    words = ("import", "units", str(DIVISIONS), "--as", "system", "--json")
    first, second = (json.loads(run(*words).stdout) for _ in range(2))
    assert {key: first[key] for key in ("sheet", "written", "new", "unchanged", "wrong", "faults")} == {
        "sheet": "units",
        "written": True,
        "new": 428,
        "unchanged": 1,
        "wrong": 0,
        "faults": [],
    }
    assert (second["written"], second["new"], second["unchanged"], second["id"]) == (False, 0, 429, None)


def test_a_roster_comes_in_goes_out_and_is_taken_back(office: Path) -> None:
    run("import", "units", str(DIVISIONS), "--as", "system")
    with application():
        community = db.session.scalars(select(Unit).where(Unit.kind == UnitKind.COMMUNITY).limit(1)).one()
        unit = community.code
    path = file_of(office, row(unit=unit), row(name="李四", unit=unit))
    dry = json.loads(run("import", "employees", path, "--as", "district", "--dry-run", "--json").stdout)
    assert (dry["new"], dry["written"], dry["id"]) == (2, False, None)
    done = json.loads(run("import", "employees", path, "--as", "district", "--json").stdout)
    out = office / "导出.xlsx"
    told = run("export", "employees", "-o", str(out), "--as", "district", "--unit", "371325", "--json")
    assert json.loads(told.stdout)["rows"] == 2
    back = json.loads(run("import", "employees", str(out), "--as", "district", "--json").stdout)
    assert (back["unchanged"], back["written"]) == (2, False)
    undone = run("import", "undo", str(done["id"]), "--as", "district", "--json")
    assert json.loads(undone.stdout) == {"id": done["id"], "state": "undone", "records": 4}
    assert isinstance(run("export", "employees", "-o", str(out), "--as", "district").exception, Refused)


def test_a_wrong_roster_is_refused_with_the_first_twenty_faults(office: Path) -> None:
    run("import", "units", str(DIVISIONS), "--as", "system")
    path = file_of(office, *(row(post="组长", unit="无此单位") for _ in range(15)))
    refused = run("import", "employees", path, "--as", "district")
    assert isinstance(refused.exception, Refused)
    lines = str(refused.exception.message).splitlines()
    assert lines[0] == "有 30 处错误，没有写入任何数据。"
    assert lines[1].startswith("第 2 行“职务层次”：")
    assert (len(lines), lines[-1]) == (22, "其余 10 处略。")
    found = json.loads(run("import", "employees", path, "--as", "district", "--json").stdout)
    assert (found["wrong"], len(found["faults"]), found["faults"][0]["column"]) == (15, 30, "posting_post")


def test_what_cannot_be_done_is_said(office: Path) -> None:
    path = file_of(office, row())
    assert "现有：employees" in str(run("import", "people", path, "--as", "district").exception)
    assert isinstance(run("import", "employees", str(office / "nowhere.xlsx"), "--as", "district").exception, Refused)
    assert isinstance(run("import", "employees", path, "--as", "nobody").exception, Refused)
    assert isinstance(run("import", "employees", path, "--as", "system").exception, Refused)
    assert isinstance(run("import", "undo", "77", "--as", "district").exception, NotFound)
    assert run("import", "employees", path).exception is not None


def test_the_sheets_are_listed_and_templates_written(office: Path) -> None:
    listed = json.loads(run("import", "--list", "--json").stdout)
    assert [each["sheet"] for each in listed] == [
        *("employees", "honours", "appraisals", "contribution-bases", "units"),
        *("positions", "applications", "attendance", "written-scores", "interview-sheets", "candidate-checks"),
        *("final-list", "appointments", "selection-entrants", "stage-points"),
        *("succession", "channel-candidates", "reserves", "promotions"),
        *("mentors", "pairings", "mentoring-logs", "rotations", "hosts", "rotation-wishes", "rotation-turns"),
        *("skills", "skill-cover", "training-needs", "training-rates", "certificate-tries", "degree-studies"),
        *("honour-nominees", "courses", "classes", "class-people"),
    ]
    assert "花名册" in run("import", "--list").stdout
    for sheet, user in (("employees", ()), ("units", ("--as", "system"))):
        target = office / f"{sheet}.xlsx"
        assert run("template", sheet, "-o", str(target), *user).exception is None
        assert target.read_bytes().startswith(b"PK")
    assert isinstance(run("template", "units", "-o", str(office / "no" / "where.xlsx")).exception, Refused)
