"""What is done once a day."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from careerpath import worker
from careerpath.core import clock
from careerpath.jobs import lease
from careerpath.worker import DAILY, Worker

NIGHT = datetime(2025, 12, 5, 18, 30, tzinfo=UTC)
"""Half past two in the night of 6 December at the offices."""


def test_several_workers_do_a_daily_piece_once_between_them(app: Flask) -> None:
    today = clock.today()
    assert [lease.begin_chore("sweep", today) for _ in range(3)] == [True, False, False]
    assert lease.begin_chore("other", today)
    assert lease.begin_chore("sweep", today + timedelta(days=1))
    assert not lease.begin_chore("sweep", today)


def test_housekeeping_waits_for_the_small_hours_and_survives_its_own_failures(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    chores = {"broken": lambda: 1 // 0, "tidy": lambda: done.append("tidy")}
    monkeypatch.setattr(worker, "DAILY", chores)
    one, two = Worker(app, {}), Worker(app, {})
    with clock.Stopped(NIGHT):
        one.keep_house()
        assert done == []
    with clock.Stopped(NIGHT + timedelta(hours=1)):
        one.keep_house()
        two.keep_house()
    assert done == ["tidy"]


def test_every_daily_piece_may_be_done_by_the_console_twice(app: Flask) -> None:
    for name, chore in DAILY.items():
        assert len(name) <= 40
        chore()
        chore()
