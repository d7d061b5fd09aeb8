"""``careerpath rules`` at the terminal: workbooks, comparison, the form to fill in."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.rulebook.models import EditionState, StoredEdition
from careerpath.rulebook.sheets import edition_from_workbook
from careerpath.words import Refused
from tests.factories.access import make_unit, make_user
from tests.factories.rulebook import appraisal_text
from tests.rulebook.test_sheets import content_of, edition_of


def run(*words: str) -> Result:
    return CliRunner().invoke(program, ["rules", *words], standalone_mode=False)


def test_a_workbook_is_checked_like_a_text(tmp_path: Path) -> None:
    good, empty = tmp_path / "办法.xlsx", tmp_path / "模板.xlsx"
    good.write_bytes(content_of(edition_of("appraisal", "dalian-2020")))
    assert run("check", str(good)).exception is None
    assert run("template", "appraisal", "-o", str(empty)).exception is None
    assert "工作表“基本信息”B3" in str(run("check", str(empty)).exception)


def test_a_workbook_is_brought_in_and_adopted(
    blank_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    for name, value in (("INSTANCE", str(tmp_path)), ("SECRET_KEY", "a" * 64), ("DATA_KEY", "b" * 64)):
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    with application():
        make_user("hr", Role.DISTRICT_HR, make_unit("费县", UnitKind.DISTRICT))
    file = tmp_path / "办法.xlsx"
    file.write_bytes(content_of(edition_of("appraisal", "dalian-2020")))
    assert run("import", str(file), "--as", "hr").exception is None
    with application():
        kept = db.session.scalars(select(StoredEdition)).one()
        assert (kept.key, kept.state) == ("dalian-2020", EditionState.ADOPTED)


def test_the_form_of_a_rule_can_be_filled_with_an_edition(tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    assert run("template", "pay", "-o", str(target), "--edition", "dalian-3x38").exception is None
    assert edition_from_workbook(target, target.name) == edition_of("pay", "dalian-3x38")
    text = tmp_path / "办法.toml"
    text.write_text(appraisal_text(), encoding="utf-8")
    assert isinstance(run("template", "pay", "-o", str(target), "--edition", str(text)).exception, Refused)
    assert isinstance(run("template", "payment", "-o", str(target)).exception, Refused)


def test_two_editions_are_compared_as_files_or_by_their_keys(tmp_path: Path) -> None:
    file = tmp_path / "办法.toml"
    file.write_text(appraisal_text(share="0.15"), encoding="utf-8")
    answer = json.loads(run("compare", "appraisal.feixian-2022", str(file), "--json").stdout)
    assert answer["old"]["key"] == "feixian-2022"
    (share,) = [change for change in answer["changes"] if change["path"] == "quota.share"]
    assert share == {
        "part": "优秀比例",
        "path": "quota.share",
        "kind": "changed",
        "row": None,
        "item": "比例",
        "old": "20%",
        "new": "15%",
        "difference": "-5 个百分点",
    }
    assert "比例：20% → 15%（-5 个百分点）" in run("compare", "appraisal.feixian-2022", str(file)).stdout
    same = run("compare", str(file), str(file))
    assert (same.stdout, same.exception) == ("", None)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("feixian-2022", "dalian-2020", "不止一个版本"),
        ("none", "dalian-2020", "没有文件“none”"),
        ("pay.dalian-3x38", "dalian-2020", "不是同一规则的版本"),
    ],
)
def test_what_cannot_be_compared_is_refused(old: str, new: str, told: str) -> None:
    assert told in str(run("compare", old, new).exception)
