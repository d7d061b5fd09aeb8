"""Papers of growth at a terminal."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from careerpath.access.permissions import Role
from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core import clock
from careerpath.words import NotFound, Refused
from tests.conftest import TODAY
from tests.factories.access import make_user
from tests.printing.growing import Growth


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank_database: Path) -> Iterator[dict[str, str]]:
    """What the command names: ids of a pairing, a mentor and a rotation, names of a class and of a call."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    settings = {"INSTANCE": str(tmp_path), "SECRET_KEY": "a" * 64, "DATA_KEY": "b" * 64, "PLACE": "费县"}
    for name, value in settings.items():
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    with clock.Stopped(TODAY):
        with application():
            office = Growth()
            make_user("hr", Role.DISTRICT_HR, office.town.district)
            make_user("street", Role.STREET_HR, office.town.street)
            found = {
                "pairing": str(office.pairing.id),
                "mentor": str(office.mentor.id),
                "rotation": str(office.rotation.id),
                "class": office.closed_class.name,
                "call": office.call.name,
                "street": office.town.street.code,
            }
        yield found


def run(form: str, *arguments: str, user: str = "hr") -> Result:
    return CliRunner().invoke(program, ["print", form, "--as", user, *arguments])


def pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def test_papers_of_one_record_are_written(known: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    for form, option, least in (
        ("mentor-agreement", "pairing", 1),
        ("mentoring-evaluation", "pairing", 1),
        ("mentoring-log", "pairing", 2),
        ("mentor-letter", "mentor", 1),
        ("rotation-form", "rotation", 1),
        ("rotation-notice", "rotation", 2),
        ("class-notice", "class", 2),
        ("class-sign-in", "class", 2),
        ("class-roster", "class", 1),
        ("class-certificate", "class", 1),
        ("honour-notice", "call", 1),
        ("honour-publicity", "call", 2),
        ("honour-decision", "call", 2),
        ("honour-form", "call", 2),
    ):
        result = run(form, f"--{option}", known[option], "-o", str(target))
        assert result.exit_code == 0, (form, result.output, result.exception)
        assert pages(target) >= least, form
        target.unlink()


def test_papers_of_a_unit_are_written_for_a_year_and_rosters_as_of_a_day(known: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    for arguments in (
        ("mentor-agreement", "--unit", known["street"], "--year", "2025"),
        ("mentor-letter",),
        ("rotation-form", "--year", "2024"),
        ("mentor-roster", "--on", "2025-06-01"),
        ("rotation-roster", "--unit", known["street"]),
        ("skill-cover", "--unit", known["street"]),
    ):
        result = run(*arguments, "-o", str(target))
        assert result.exit_code == 0, (arguments, result.output, result.exception)
        assert pages(target) == 1, arguments
        target.unlink()


def test_the_command_says_whose_text_does_not_fit_and_what_is_missing(known: dict[str, str], tmp_path: Path) -> None:
    result = run("honour-form", "--check")
    assert result.exit_code == 0
    assert "2 人的文字都能印在一页内" in result.output
    assert isinstance(run("mentoring-log", "-o", str(tmp_path / "x.pdf")).exception, Refused)
    assert isinstance(run("class-roster", "--class", "无此班", "-o", str(tmp_path / "x.pdf")).exception, Refused)
    assert isinstance(run("honour-notice", "--call", "无此评选", "-o", str(tmp_path / "x.pdf")).exception, Refused)
    assert isinstance(run("mentor-agreement", "--year", "1999", "-o", str(tmp_path / "x.pdf")).exception, Refused)
    assert run("skill-cover").exit_code == 2
    foreign = run("class-roster", "--class", known["class"], "-o", str(tmp_path / "x.pdf"), user="street")
    assert isinstance(foreign.exception, NotFound)
    assert list(tmp_path.glob("*.part")) == []
