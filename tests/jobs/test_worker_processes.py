"""Workers as processes of their own: one is killed, two race, one hears a call, one is told to go."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest
from flask import Flask

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.app import create_app
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.core.queue import queue
from careerpath.jobs import lease
from careerpath.jobs.models import JobState
from careerpath.jobs.runner import PACE, run_job
from careerpath.settings import Settings
from careerpath.worker import Worker
from tests.factories.access import Town, make_actor
from tests.factories.jobs import Tally, job_now, order

QUICK = replace(PACE, lease=timedelta(milliseconds=400), pause=0)
Start = Callable[[Callable[[], object]], ForkProcess]
PATIENCE = 20
"""Seconds until a test gives up waiting, on a very busy machine."""


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The program at the real time of day, with a queue that processes share."""
    app = create_app(replace(settings, queue=f"sqlite:///{tmp_path / 'queue.db'}"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
        app.extensions["careerpath.queue"].close()


@pytest.fixture
def clerk(office: Flask) -> Actor:
    return make_actor(Role.STREET_HR, Town().street, "wang")


@pytest.fixture
def start(office: Flask) -> Iterator[Start]:
    """Starts work in processes of their own; none outlives the test."""
    started: list[ForkProcess] = []

    def begin(work: Callable[[], object]) -> ForkProcess:
        db.session.remove()
        db.engine.dispose()
        office.extensions["careerpath.queue"].close()
        process = get_context("fork").Process(target=work)
        process.start()
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.join()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_when_a_worker_is_killed_another_goes_on_from_the_last_part(
    office: Flask, clerk: Actor, start: Start, tmp_path: Path
) -> None:
    job_id = order(clerk, parts=4)
    slow = Tally(tmp_path / "made", before=lambda part: time.sleep(60 if part == 2 else 0))
    victim = start(lambda: run_job(job_id, {"tally": slow}, "victim", pace=QUICK))
    until(lambda: slow.made() == [0, 1, 2])
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    victim.join()
    heir = Tally(tmp_path / "made")
    assert not run_job(job_id, {"tally": heir}, "heir", pace=QUICK)
    until(lambda: lease.due_jobs() == [job_id])
    assert run_job(job_id, {"tally": heir}, "heir", pace=QUICK)
    job = job_now(job_id)
    assert (job.state, job.attempts, heir.made()) == (JobState.DONE, 2, [0, 1, 2, 2, 3])
    assert files().read(job.result_key) == b"wang:0;wang:1;wang:2;wang:3;"


def test_of_workers_that_race_for_a_job_one_gets_it(office: Flask, clerk: Actor, start: Start, tmp_path: Path) -> None:
    jobs = [order(clerk, parts) for parts in range(1, 6)]
    tally = Tally(tmp_path / "made")

    def race() -> None:
        for job_id in jobs:
            run_job(job_id, {"tally": tally}, f"racer-{os.getpid()}")

    racers = [start(race) for _ in range(3)]
    for racer in racers:
        racer.join(PATIENCE)
        assert racer.exitcode == 0
    assert sorted(tally.made()) == sorted(part for parts in range(1, 6) for part in range(parts))
    assert all(job_now(job_id).state is JobState.DONE for job_id in jobs)


def test_a_worker_hears_the_call_and_goes_when_told_giving_back_what_it_holds(
    office: Flask, clerk: Actor, start: Start, tmp_path: Path
) -> None:
    tally = Tally(tmp_path / "made", before=lambda part: time.sleep(0.6 if part == 5 else 0))
    worker = Worker(office, {"tally": tally})
    process = start(worker.run)
    first = order(clerk, parts=2)
    until(lambda: job_now(first).state is JobState.DONE)
    second = order(clerk, parts=9)
    until(lambda: tally.made()[2:] == [0, 1, 2, 3, 4, 5])
    process.terminate()
    process.join(PATIENCE)
    assert process.exitcode == 0
    job = job_now(second)
    assert (job.state, job.done, job.lease_until, job.attempts) == (JobState.WAITING, 6, None, 0)


def test_a_worker_finds_work_that_nobody_called_it_to(
    office: Flask,
    clerk: Actor,
    start: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue(), "wake", lambda number: None)
    job_id = order(clerk)
    start(Worker(office, {"tally": Tally(tmp_path / "made")}).run)
    until(lambda: job_now(job_id).state is JobState.DONE)
