"""Papers of the reserve pool at a terminal."""

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
from careerpath.talent_pool.sheets.lrmx import read_lrmx
from careerpath.words import NotFound, Refused
from tests.conftest import TODAY
from tests.factories.access import make_user
from tests.printing.test_pool_papers import Office


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank_database: Path) -> Iterator[tuple[str, str, str]]:
    """The name of a selection, the number of one of its people, and the id of their promotion."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    settings = {"INSTANCE": str(tmp_path), "SECRET_KEY": "a" * 64, "DATA_KEY": "b" * 64, "PLACE": "费县"}
    for name, value in settings.items():
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    with clock.Stopped(TODAY):
        with application():
            office = Office()
            make_user("office", Role.DISTRICT_HR, office.town.district)
            office.enter(office.foreign, office.town.foreign)
            promotion = office.approved(office.mine)
            found = office.selection.name, office.mine.number, str(promotion.id)
        yield found


def run(*words: str) -> Result:
    """What a command answers; refusals come as they are raised."""
    return CliRunner().invoke(program, ["print", *words, "--as", "office"], standalone_mode=False)


def test_every_paper_is_written_to_a_file(known: tuple[str, str, str], tmp_path: Path) -> None:
    name, number, promotion = known
    target = tmp_path / "paper.pdf"
    for form, more, pages in (
        ("selection-notice", ("--selection", name), 3),
        ("selection-result", (), 2),
        ("recommendation-form", ("--selection", name), 2),
        ("selection-form", ("--person", number), 1),
        ("pool-roster", (), 1),
        ("background-cover", ("--promotion", promotion), 2),
        ("promotion-notice", ("--promotion", promotion), 1),
        ("appointment-form", ("--promotion", promotion), 2),
        ("appointment-form", ("--person", number), 2),
    ):
        answer = run(form, "-o", str(target), *more)
        assert answer.exception is None, form
        with pikepdf.open(target) as pdf:
            assert len(pdf.pages) >= pages, form
    exchange = tmp_path / "person.lrmx"
    assert run("appointment-form", "-o", str(exchange), "--person", number).exception is None
    assert read_lrmx(exchange.read_bytes()).name == "林一诺"


def test_what_fits_is_told_before_printing(known: tuple[str, str, str]) -> None:
    assert "2 人的文字都能印在一页内" in run("selection-form", "--check").stderr
    assert "1 人的文字都能印在一页内" in run("appointment-form", "--check", "--person", known[1]).stderr


def test_what_is_not_there_is_named(known: tuple[str, str, str], tmp_path: Path) -> None:
    target = str(tmp_path / "x.pdf")
    for words, told in (
        (("selection-notice", "--selection", "第九次"), "没有找到竞岗"),
        (("selection-form", "--person", "FX-9999"), "没有可以打印的人员"),
        (("appointment-form",), "--person"),
        (("background-cover",), "--promotion"),
    ):
        answer = run(*words, "-o", target)
        assert isinstance(answer.exception, Refused), words
        assert told in str(answer.exception)
    assert isinstance(run("appointment-form", "-o", target, "--person", "FX-9999").exception, NotFound)
    assert not Path(target).exists()
