"""How a worker does a job, and what can come between."""

import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from careerpath.access.actor import Actor
from careerpath.access.models import AuditEntry, RoleGrant, User
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.core.files import files
from careerpath.jobs import lease
from careerpath.jobs.models import Job, JobChunk, JobState, told
from careerpath.jobs.operations import RESULT_DAYS, cancel_job, forget_job, sweep_results
from careerpath.jobs.runner import PACE, Result, run_job
from careerpath.words import NotFound, Refused, msg
from tests.factories.access import Town, make_actor
from tests.factories.jobs import Tally, job_now, order

QUICK = replace(PACE, pause=0)


@pytest.fixture
def clerk(app: Flask) -> Actor:
    return make_actor(Role.STREET_HR, Town().street, "wang")


@pytest.fixture
def tally(tmp_path: Path) -> Tally:
    return Tally(tmp_path / "made")


def said(job_id: int) -> str:
    message = job_now(job_id).message
    return str(told(message)) if message else ""


def kept_files(app: Flask) -> int:
    store = files()
    return len(store.system.ls(store.root)) if store.system.exists(store.root) else 0


def test_a_job_is_done_part_by_part_and_put_together_in_order(app: Flask, clerk: Actor, tally: Tally) -> None:
    job_id = order(clerk)
    assert run_job(job_id, {"tally": tally}, "one")
    job = job_now(job_id)
    assert (job.state, job.done, job.total, job.attempts) == (JobState.DONE, 3, 3, 1)
    assert (job.result_name, job.result_type) == ("费城街道登记表.pdf", "application/pdf")
    assert files().read(job.result_key) == b"wang:0;wang:1;wang:2;"
    assert kept_files(app) == 1
    assert db.session.scalar(select(func.count(JobChunk.id))) == 0
    assert not run_job(job_id, {"tally": tally}, "two")


def test_the_end_of_a_job_stands_in_the_trail_under_the_owners_name(app: Flask, clerk: Actor, tally: Tally) -> None:
    run_job(order(clerk), {"tally": tally}, "one")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.operation == "conclude_job")).one()
    assert (entry.user_id, entry.user_name, entry.channel) == (clerk.user_id, "wang", "job")


def test_a_job_is_held_by_one_worker_at_a_time(app: Flask, clerk: Actor) -> None:
    job_id = order(clerk)
    assert lease.take(job_id, "one/a", PACE.lease)
    assert not lease.take(job_id, "two/b", PACE.lease)
    assert lease.due_jobs() == []
    with clock.Stopped(clock.now() + PACE.lease + timedelta(seconds=1)):
        assert lease.due_jobs() == [job_id]
        assert lease.take(job_id, "two/b", PACE.lease)
        assert not lease.renew(job_id, "one/a", PACE.lease)
        assert not lease.keep_chunk(job_id, "one/a", 0, "x", PACE.lease)
    assert job_now(job_id).done == 0


def test_a_worker_told_to_stop_gives_the_job_back_with_what_is_done(app: Flask, clerk: Actor, tally: Tally) -> None:
    job_id = order(clerk)
    run_job(job_id, {"tally": tally}, "one", stopping=lambda: tally.made() == [0])
    job = job_now(job_id)
    assert (job.state, job.done, job.attempts, job.worker) == (JobState.WAITING, 1, 0, "")
    run_job(job_id, {"tally": tally}, "two")
    assert (job_now(job_id).state, tally.made()) == (JobState.DONE, [0, 1, 2])


def test_the_parts_stay_as_they_were_divided_first(app: Flask, clerk: Actor, tally: Tally) -> None:
    job_id = order(clerk)
    run_job(job_id, {"tally": tally}, "one", stopping=lambda: tally.made() == [0])
    with writing() as session:
        session.execute(update(Job).values(request={"parts": 1}))
    run_job(job_id, {"tally": tally}, "two")
    assert tally.made() == [0, 1, 2]


def test_a_job_cancelled_while_it_runs_stops_and_leaves_nothing(app: Flask, clerk: Actor, tally: Tally) -> None:
    job_id = order(clerk)
    tally.before = lambda part: cancel_job(clerk, job_id) if part == 1 else None
    run_job(job_id, {"tally": tally}, "one")
    assert (job_now(job_id).state, tally.made(), kept_files(app)) == (JobState.CANCELLED, [0, 1], 0)


def test_a_job_cancelled_and_removed_while_it_is_put_together_leaves_nothing(
    app: Flask, clerk: Actor, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = order(clerk)
    finish = tally.finish

    def late(actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        cancel_job(clerk, job_id)
        forget_job(clerk, job_id)
        return finish(actor, request, chunk_files)

    monkeypatch.setattr(tally, "finish", late)
    run_job(job_id, {"tally": tally}, "one")
    assert db.session.get(Job, job_id) is None
    assert kept_files(app) == 0


def test_an_owner_who_lost_the_role_gets_no_result_and_is_told_why(app: Flask, clerk: Actor, tally: Tally) -> None:
    job_id = order(clerk)
    with writing() as session:
        session.execute(update(RoleGrant).values(ends_on=clock.today() - timedelta(days=1)))
    run_job(job_id, {"tally": tally}, "one")
    assert job_now(job_id).state is JobState.FAILED
    assert "没有办理这项业务的权限" in said(job_id)
    assert tally.made() == []


def test_an_owner_who_is_barred_halfway_gets_no_result(app: Flask, clerk: Actor, tally: Tally) -> None:
    def bar(part: int) -> None:
        with writing() as session:
            session.execute(update(User).values(active=False))

    job_id = order(clerk)
    tally.before = bar
    run_job(job_id, {"tally": tally}, "one")
    assert (job_now(job_id).state, tally.made(), kept_files(app)) == (JobState.FAILED, [0], 0)


@pytest.mark.parametrize("kind", [Refused, NotFound])
def test_a_refusal_is_told_as_it_is_and_not_tried_again(
    app: Flask, clerk: Actor, tally: Tally, kind: type[Refused | NotFound]
) -> None:
    def refuse(part: int) -> None:
        raise kind(msg("第 %(row)s 人没有考核结果。", row=7))

    job_id = order(clerk)
    tally.before = refuse
    run_job(job_id, {"tally": tally}, "one", pace=QUICK)
    assert (job_now(job_id).state, said(job_id), tally.made()) == (JobState.FAILED, "第 7 人没有考核结果。", [0])


def test_a_part_that_fails_now_and_then_is_tried_again(app: Flask, clerk: Actor, tally: Tally) -> None:
    def stumble(part: int) -> None:
        if tally.made().count(part) < 3:
            raise OSError("disk busy")

    job_id = order(clerk, parts=1)
    tally.before = stumble
    run_job(job_id, {"tally": tally}, "one", pace=QUICK)
    assert (job_now(job_id).state, tally.made()) == (JobState.DONE, [0, 0, 0])


def test_a_part_that_always_fails_ends_the_job_with_a_number_that_is_in_the_log(
    app: Flask, clerk: Actor, tally: Tally, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(part: int) -> None:
        raise ZeroDivisionError

    job_id = order(clerk)
    tally.before = stumble
    run_job(job_id, {"tally": tally}, "one", pace=QUICK)
    assert (job_now(job_id).state, tally.made()) == (JobState.FAILED, [0, 0, 0])
    number = said(job_id).partition("编号 ")[2][:8]
    assert number
    assert number in caplog.text


def test_a_job_that_takes_its_workers_down_is_given_up(app: Flask, clerk: Actor, tally: Tally) -> None:
    job_id = order(clerk)
    for hours in range(PACE.attempts):
        with clock.Stopped(clock.now() + timedelta(hours=hours)):
            assert lease.take(job_id, f"dead-{hours}/x", PACE.lease)
    with clock.Stopped(clock.now() + timedelta(days=1)):
        run_job(job_id, {"tally": tally}, "four")
    assert job_now(job_id).state is JobState.FAILED
    assert "运行中断 3 次" in said(job_id)
    assert tally.made() == []


def test_work_that_the_program_does_not_know_fails_with_a_word(app: Flask, clerk: Actor) -> None:
    job_id = order(clerk, kind="abacus")
    run_job(job_id, {}, "one")
    assert "abacus" in said(job_id)


def test_a_long_part_does_not_cost_the_lease(app: Flask, clerk: Actor, tally: Tally) -> None:
    seen = []

    def linger(part: int) -> None:
        with clock.Stopped(clock.now() + timedelta(minutes=1)):
            before = job_now(job_id).heartbeat_at
            for _ in range(100):
                if job_now(job_id).heartbeat_at != before:
                    seen.append(part)
                    return
                time.sleep(0.01)

    job_id = order(clerk, parts=1)
    tally.before = linger
    run_job(job_id, {"tally": tally}, "one", pace=replace(QUICK, lease=timedelta(milliseconds=60)))
    assert seen == [0]


def test_a_result_is_kept_for_a_week_and_its_job_stays_on_the_list(app: Flask, clerk: Actor, tally: Tally) -> None:
    job_id = order(clerk)
    run_job(job_id, {"tally": tally}, "one")
    console = Actor.console()
    with clock.Stopped(clock.now() + timedelta(days=RESULT_DAYS)):
        assert sweep_results(console) == 0
    with clock.Stopped(clock.now() + timedelta(days=RESULT_DAYS, seconds=1)):
        assert sweep_results(console) == 1
        assert sweep_results(console) == 0
    assert (job_now(job_id).state, job_now(job_id).result_key, kept_files(app)) == (JobState.DONE, "", 0)


def test_a_name_too_long_keeps_its_ending(
    app: Flask, clerk: Actor, tally: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = Result("长" * 200 + ".xlsx", "application/pdf", io.BytesIO(b""))
    monkeypatch.setattr(tally, "finish", lambda *_: result)
    job_id = order(clerk)
    run_job(job_id, {"tally": tally}, "one")
    assert job_now(job_id).result_name == "长" * 115 + ".xlsx"
