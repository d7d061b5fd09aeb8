"""Nominations for honours at the terminal: the call by its name."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from careerpath.access.permissions import Role
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core.clock import today
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import Town, make_user
from tests.factories.employees import make_employee
from tests.factories.honours import make_call

NAME = "年度最美社工评选"


def run(*words: str) -> Result:
    return CliRunner().invoke(program, [*words, "--as", "office"], standalone_mode=False)


def test_nominations_come_in_and_go_out_by_the_name_of_the_call(installation: Path) -> None:
    with application():
        town = Town()
        make_user("office", Role.STREET_HR, town.street)
        number = make_employee(None, town.community).number
        make_call(town.district, name=NAME, closes_on=today())
    path, out = installation / "推荐.xlsx", installation / "人选.xlsx"
    path.write_bytes(make_xlsx([["编号", "主要事迹"], [number, "入户走访八百户。"]]))
    unnamed = run("import", "honour-nominees", str(path)).exception
    assert isinstance(unnamed, Refused)
    assert "哪个评选" in str(unnamed)
    assert "没有评选" in str(run("import", "honour-nominees", str(path), "--call", "另一次").exception)
    done = json.loads(run("import", "honour-nominees", str(path), "--call", NAME, "--json").stdout)
    assert (done["new"], done["written"]) == (1, True)
    told = json.loads(run("export", "honour-nominees", "--call", NAME, "-o", str(out), "--json").stdout)
    assert told["rows"] == 1
    back = json.loads(run("import", "honour-nominees", str(out), "--json").stdout)
    assert (back["unchanged"], back["written"]) == (1, False)
