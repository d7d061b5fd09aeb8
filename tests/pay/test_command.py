"""Running and explaining pay at a terminal, as scripts rely on it."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careerpath.access.permissions import Role
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.edition import shipped_texts
from careerpath.words import NotFound, Refused
from tests.factories.access import make_user
from tests.pay.months import SCHEME, PaidTown

TODAY = datetime(2025, 12, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank_database: Path) -> Iterator[dict[str, str]]:
    """An installation with two streets, as the environment describes it; codes and numbers by name."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    settings = {"INSTANCE": str(tmp_path), "SECRET_KEY": "a" * 64, "DATA_KEY": "b" * 64, "PLACE": "费县"}
    for name, value in settings.items():
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    with clock.Stopped(TODAY):
        with application():
            town = PaidTown(ladder=True, example=True)
            for person in (town.worker, town.elsewhere):
                town.place(person, 2, date(2024, 1, 1))
            make_user("district", Role.DISTRICT_HR, town.town.district)
            make_user("finance", Role.FINANCE, town.town.district)
            make_user("strange", Role.STREET_HR, town.town.other_street)
            known = {
                "district": db.session.merge(town.town.district).code,
                "worker": db.session.merge(town.worker).number,
                "deputy": db.session.merge(town.deputy).number,
            }
        yield known


def run(*words: str) -> Result:
    """What a command answers; refusals come as they are raised."""
    return CliRunner().invoke(program, list(words), standalone_mode=False)


def test_a_month_is_run_and_confirmed_at_a_terminal(office: dict[str, str]) -> None:
    words = ("pay", "run", "--unit", office["district"], "--month", "2025-11", "--as", "district")
    draft = json.loads(run(*words, "--json").stdout)
    assert (draft["state"], draft["people"], draft["lacking"], draft["example"]) == ("computed", 3, 1, True)
    assert draft["gross"] == "6200.00"
    assert [one["number"] for one in draft["missing"]] == [office["deputy"]]
    refused = run(*words, "--confirm")
    assert isinstance(refused.exception, Refused)
    assert "还有 1 人资料不全" in str(refused.exception)
    done = json.loads(run(*words, "--confirm", "--without-lacking", "--json").stdout)
    assert done["state"] == "confirmed"
    assert "已经确认" in str(run(*words).exception)


def test_who_may_not_run_a_month_is_refused(office: dict[str, str]) -> None:
    words = ("pay", "run", "--unit", office["district"], "--month", "2025-11", "--as", "finance")
    assert isinstance(run(*words).exception, NotFound)


def test_pay_is_explained_as_the_rule_explains_it(office: dict[str, str]) -> None:
    found = json.loads(run("pay", "explain", office["worker"], "--on", "2025-11-30", "--json").stdout)
    assert found["result"]["level"] == 2
    assert found["result"]["components"]["step"] == "100.00"
    assert found["result"]["monthly"] == "3100.00"
    assert found["because"]
    assert {"rule", "document", "input", "value", "text"} <= set(found["because"][0])
    assert found["paid"] is None
    unit = office["district"]
    run("pay", "run", "--unit", unit, "--month", "2025-11", "--as", "district", "--confirm", "--without-lacking")
    again = json.loads(
        run("pay", "explain", office["worker"], "--on", "2025-11-30", "--json", "--as", "finance").stdout
    )
    assert again["paid"]["gross"] == "3100.00"
    plain = run("pay", "explain", office["worker"], "--on", "2025-11-30")
    assert "monthly: 3100.00" in plain.stdout
    assert "示例数据" in plain.stderr


def test_a_strange_street_is_told_nothing(office: dict[str, str]) -> None:
    asked = run("pay", "explain", office["worker"], "--on", "2025-11-30", "--as", "strange")
    assert isinstance(asked.exception, NotFound)


def test_registers_and_slips_are_printed_to_files(office: dict[str, str], tmp_path: Path) -> None:
    unit = office["district"]
    run("pay", "run", "--unit", unit, "--month", "2025-11", "--as", "district", "--confirm", "--without-lacking")
    for form, name, sign in (
        ("pay-register", "r.pdf", b"%PDF"),
        ("pay-register", "r.xlsx", b"PK"),
        ("pay-slip", "s.pdf", b"%PDF"),
    ):
        target = tmp_path / name
        answer = run("print", form, "-o", str(target), "--as", "finance", "--unit", unit, "--month", "2025-11")
        assert answer.exit_code == 0, answer.exception
        assert target.read_bytes()[: len(sign)] == sign
    lacking = run("print", "pay-slip", "-o", str(tmp_path / "x.pdf"), "--as", "finance", "--person", office["deputy"])
    assert isinstance(lacking.exception, Refused)


def test_another_scheme_is_tried_on_a_district_without_keeping_anything(office: dict[str, str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.toml"
    given = {"key": "next", "start": "2026-01-01", "example": "true", "paid": "month", "basic": 3000}
    draft.write_text(SCHEME.format(**given), encoding="utf-8")
    words = ("pay", "simulate", "--edition", str(draft), "--unit", office["district"], "--as", "finance")
    told = json.loads(run(*words, "--json").stdout)
    assert (told["draft"], told["example"], len(told["months"])) == ("next", True, 12)
    # The scheme that comes with the program asks for an education that these people's files lack; the draft does not.
    assert [(group["edition"], group["count"]) for group in told["missing"]] == [("now", told["people"])]
    assert "学历" in told["missing"][0]["why"]
    assert Decimal(told["cost"]["draft"]) > Decimal(told["cost"]["now"]) == 0
    assert "月工资增加" in run(*words).stdout
    assert json.loads(run(*words, "--json").stdout) == told


def test_a_file_that_is_no_scheme_is_not_tried(office: dict[str, str], tmp_path: Path) -> None:
    other = tmp_path / "appraisal.toml"
    other.write_text(shipped_texts("appraisal")["appraisal-feixian.toml"], encoding="utf-8")
    words = ("pay", "simulate", "--edition", str(other), "--unit", office["district"], "--as", "finance")
    assert "不是薪酬办法的版本" in str(run(*words).exception)
    assert isinstance(run(*words[:-1], "strange").exception, Refused | NotFound)
