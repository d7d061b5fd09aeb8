"""Ordering background work, cancelling it, and taking it off the list."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.core.queue import queue
from careerpath.jobs.models import Job, JobState, told
from careerpath.jobs.operations import ACTIVE_LIMIT, Ended, cancel_job, forget_job, order_job
from careerpath.words import NotFound, Refused, msg
from tests.factories.access import Town, make_actor
from tests.factories.jobs import job_now, order


def test_the_same_order_six_times_is_one_job_and_one_call(app: Flask) -> None:
    clerk = make_actor(Role.STREET_HR, Town().street)
    assert len({order(clerk) for _ in range(6)}) == 1
    assert queue().pending_count() == 1
    assert db.session.scalar(select(func.count(Job.id))) == 1


def test_another_content_another_kind_or_another_person_is_another_job(app: Flask) -> None:
    town = Town()
    clerk, colleague = (make_actor(Role.STREET_HR, town.street, name) for name in ("wang", "li"))
    jobs = {order(clerk), order(clerk, parts=4), order(clerk, kind="list"), order(colleague)}
    assert len(jobs) == 4


def test_an_order_that_has_ended_can_be_given_again(app: Flask) -> None:
    clerk = make_actor(Role.STREET_HR, Town().street)
    first = order(clerk)
    cancel_job(clerk, first)
    assert order(clerk) != first


def test_an_order_stands_even_when_nobody_can_be_called(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_reach(number: int) -> None:
        raise OSError("no queue")

    clerk = make_actor(Role.STREET_HR, Town().street)
    monkeypatch.setattr(queue(), "wake", out_of_reach)
    assert job_now(order(clerk)).state is JobState.WAITING


def test_nobody_fills_the_queue_alone(app: Flask) -> None:
    clerk = make_actor(Role.STREET_HR, Town().street)
    for parts in range(ACTIVE_LIMIT):
        order(clerk, parts)
    with pytest.raises(Refused, match="20 项任务"):
        order(clerk, 99)


def test_a_title_keeps_its_values_apart_for_other_languages(app: Flask) -> None:
    clerk = make_actor(Role.STREET_HR, Town().street)
    title = msg("%(unit)s %(year)s年度：%(form)s", unit="费城街道", year=2025, form=msg("登记表"))
    kept = told(job_now(order_job(clerk, "tally", title, {})).title)
    assert (kept, str(kept)) == (title, "费城街道 2025年度：登记表")


def test_work_of_others_can_neither_be_cancelled_nor_removed(app: Flask) -> None:
    town = Town()
    clerk, chief = make_actor(Role.STREET_HR, town.street), make_actor(Role.DISTRICT_HR, town.district)
    job_id = order(clerk)
    for deed in (cancel_job, forget_job):
        with pytest.raises(NotFound):
            deed(chief, job_id)
    assert job_now(job_id).state is JobState.WAITING


def test_what_runs_is_cancelled_before_it_is_removed_and_cancelled_once(app: Flask) -> None:
    clerk = make_actor(Role.STREET_HR, Town().street)
    job_id = order(clerk)
    with pytest.raises(Refused, match="先取消"):
        forget_job(clerk, job_id)
    cancel_job(clerk, job_id)
    with pytest.raises(Ended):
        cancel_job(clerk, job_id)
    forget_job(clerk, job_id)
    assert db.session.get(Job, job_id) is None
    trail = db.session.scalars(select(AuditEntry.operation).order_by(AuditEntry.id)).all()
    assert trail == ["order_job", "cancel_job", "forget_job"]
