"""An installation as commands find it."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def installation(blank_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation without anybody, as the environment describes it; gives its folder."""
    shutil.copyfile(blank_database, tmp_path / "careerpath.db")
    for name, value in (("INSTANCE", str(tmp_path)), ("SECRET_KEY", "a" * 64), ("DATA_KEY", "b" * 64)):
        monkeypatch.setenv(f"CAREERPATH_{name}", value)
    return tmp_path
