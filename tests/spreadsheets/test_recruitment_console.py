"""Lists of recruitment at the terminal: the batch by its name, the turn of typing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.recruitment.models import Application
from careerpath.words import Refused
from tests.factories.access import Town, make_user
from tests.factories.recruitment import make_batch, make_position
from tests.spreadsheets.test_recruitment_applications import sent, someone

BATCH = "第四批（2025年）"


def run(*words: str) -> Result:
    return CliRunner().invoke(program, [*words, "--as", "office"], standalone_mode=False)


@pytest.fixture
def recruiting(installation: Path) -> Path:
    """An installation with a batch that takes applications today."""
    with application():
        town, today = Town(), clock.today()
        make_user("office", Role.DISTRICT_HR, town.district)
        batch = make_batch(town.district, name=BATCH, opens_on=today, closes_on=today)
        make_position(batch, town.community, code="001")
    return installation


def test_applications_come_in_and_go_out_by_the_name_of_the_batch(recruiting: Path) -> None:
    path, out = recruiting / "报名.xlsx", recruiting / "导出.xlsx"
    path.write_bytes(sent(someone(), someone(name="李四")).content)
    done = json.loads(run("import", "applications", str(path), "--batch", BATCH, "--json").stdout)
    assert (done["new"], done["written"]) == (2, True)
    told = json.loads(run("export", "applications", "--batch", BATCH, "-o", str(out), "--json").stdout)
    assert told["rows"] == 2
    back = json.loads(run("import", "applications", str(out), "--json").stdout)
    assert (back["unchanged"], back["written"]) == (2, False)
    assert run("import", "undo", str(done["id"])).exception is None
    with application():
        assert db.session.scalars(select(Application)).all() == []


def test_a_batch_must_be_named_and_known(recruiting: Path) -> None:
    path, out = recruiting / "报名.xlsx", str(recruiting / "导出.xlsx")
    path.write_bytes(sent(someone()).content)
    for words, said in (
        (("import", "applications", str(path)), "哪个招聘批次"),
        (("import", "applications", str(path), "--batch", "第九批"), "第九批"),
        (("export", "applications", "-o", out), "请选择招聘批次"),
        (("import", "written-scores", str(path), "--batch", BATCH), "第几遍"),
    ):
        refused = run(*words).exception
        assert isinstance(refused, Refused), words
        assert said in str(refused.message), words
    assert run("template", "final-list", "-o", out, "--batch", BATCH).exception is not None
    assert not Path(out).exists()


def test_templates_are_written_for_a_batch_and_for_any(recruiting: Path) -> None:
    for words in ((), ("--batch", BATCH), ("--batch", "1")):
        target = recruiting / "模板.xlsx"
        assert run("template", "applications", "-o", str(target), *words).exception is None
        assert target.read_bytes().startswith(b"PK")
    sheets = ("positions", "attendance", "written-scores", "interview-sheets", "candidate-checks")
    for sheet in sheets:
        words_of = ["template", sheet, "-o", str(recruiting / f"{sheet}.xlsx")]
        assert CliRunner().invoke(program, words_of, standalone_mode=False).exception is None
