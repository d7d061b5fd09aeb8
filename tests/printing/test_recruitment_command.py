"""Papers of recruitment at a terminal."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from careerpath.cli.context import application
from careerpath.cli.program import program
from careerpath.core import clock
from careerpath.words import Refused
from tests.conftest import TODAY
from tests.printing.batches import make_contest


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank_database: Path) -> Iterator[tuple[str, str]]:
    """The name of a batch, and the number of one of its applicants."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    settings = {"INSTANCE": str(tmp_path), "SECRET_KEY": "a" * 64, "DATA_KEY": "b" * 64, "PLACE": "费县"}
    for name, value in settings.items():
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    with clock.Stopped(TODAY):
        with application():
            contest = make_contest()
            known = contest.batch.name, contest.number("林一诺")
        yield known


def run(*words: str) -> Result:
    """What a command answers; refusals come as they are raised."""
    return CliRunner().invoke(program, list(words), standalone_mode=False)


def test_forms_of_a_batch_are_written_to_a_file(batch: tuple[str, str], tmp_path: Path) -> None:
    name, number = batch
    target = tmp_path / "forms.pdf"
    for form, more, pages in (
        ("recruitment-notice", (), 5),
        ("application-form", (), 4),
        ("admission-ticket", ("--person", number), 1),
    ):
        answer = run("print", form, "-o", str(target), "--as", "office", "--batch", name, *more)
        assert answer.exception is None
        with pikepdf.open(target) as pdf:
            assert len(pdf.pages) >= pages


def test_what_fits_is_told_before_printing(batch: tuple[str, str]) -> None:
    answer = run("print", "application-form", "--as", "office", "--check")
    assert answer.exception is None
    assert "4 人的文字都能印在一页内" in answer.stderr


def test_a_batch_that_is_not_there_is_named(batch: tuple[str, str], tmp_path: Path) -> None:
    target = str(tmp_path / "x.pdf")
    lacking = run("print", "score-list", "-o", target, "--as", "office", "--batch", "第九批")
    assert isinstance(lacking.exception, Refused)
    early = run("print", "score-list", "--stage", "total", "-o", target, "--as", "office", "--batch", batch[0])
    assert isinstance(early.exception, Refused)
    assert "还没有到公布这份名单的阶段" in str(early.exception)
