"""Tasks of a reserve with their days, and the yearly review."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.talent_pool.models import DevelopmentTask, Leaving, PoolEntry, PoolReview, Readiness, TaskKind
from careerpath.talent_pool.operations.development import (
    PoolReviewGiven,
    TaskGiven,
    add_task,
    change_task,
    drop_task,
    finish_task,
    reopen_task,
    review_reserve,
    review_reserves,
    withdraw_review,
)
from careerpath.talent_pool.operations.pool import EntryRefused, LeavingGiven, leave_pool
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.employees import selects_of
from tests.talent_pool.reserves import Pool

TASK = TaskGiven(TaskKind.PRACTICE, "牵头 老旧小区改造协商", date(2025, 12, 31))
REVIEW = PoolReviewGiven(date(2025, 12, 1), True, Decimal("83.5"), Readiness.NOW, "能独立主持工作。")


def test_a_task_is_given_changed_and_done(app: Flask) -> None:
    pool = Pool()
    task_id = add_task(pool.street, pool.reserve().id, TASK)
    change_task(pool.street, task_id, TaskGiven(TaskKind.STUDY, "取得助理社会工作师证书", date(2026, 6, 30)), 1)
    with pytest.raises(Conflict):
        change_task(pool.street, task_id, TASK, 1)
    finish_task(pool.street, task_id, date(2025, 12, 3), "已通过 考试")
    task = db.session.get_one(DevelopmentTask, task_id)
    assert (task.kind, task.done_on, task.result) == (TaskKind.STUDY, date(2025, 12, 3), "已通过 考试")
    for refused in (
        lambda: change_task(pool.street, task_id, TASK, task.version),
        lambda: drop_task(pool.street, task_id),
        lambda: finish_task(pool.street, task_id, date(2025, 12, 3), "再次"),
    ):
        with pytest.raises(Refused, match="已于 2025-12-03 完成"):
            refused()


def test_a_task_entered_as_done_by_mistake_is_open_again_and_can_be_dropped(app: Flask) -> None:
    pool = Pool()
    task_id = add_task(pool.street, pool.reserve().id, TASK)
    with pytest.raises(Refused, match="尚未登记完成"):
        reopen_task(pool.street, task_id)
    finish_task(pool.street, task_id, date(2025, 12, 3), "已完成")
    reopen_task(pool.street, task_id)
    drop_task(pool.street, task_id)
    assert db.session.scalars(select(DevelopmentTask)).all() == []


def test_a_task_that_cannot_be_is_refused_beside_its_field(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    for given, field in (
        (TaskGiven(TaskKind.STUDY, " ", date(2026, 1, 1)), "text"),
        (TaskGiven(TaskKind.STUDY, "学" * 201, date(2026, 1, 1)), "text"),
        (TaskGiven(TaskKind.STUDY, "学习", date(2025, 5, 31)), "due_on"),
    ):
        with pytest.raises(Refused) as refused:
            add_task(pool.street, entry.id, given)
        assert refused.value.field == field
    task_id = add_task(pool.street, entry.id, TASK)
    for done_on, result, field in (
        (date(2025, 12, 6), "完成", "done_on"),
        (date(2025, 5, 31), "完成", "done_on"),
        (date(2025, 12, 1), "", "result"),
        (date(2025, 12, 1), "完" * 201, "result"),
    ):
        with pytest.raises(Refused) as refused:
            finish_task(pool.street, task_id, done_on, result)
        assert refused.value.field == field


def test_another_streets_clerk_meets_neither_tasks_nor_reviews(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    task_id, review_id = add_task(pool.street, entry.id, TASK), review_reserve(pool.street, entry.id, REVIEW)
    for refused in (
        lambda: add_task(pool.stranger, entry.id, TASK),
        lambda: finish_task(pool.stranger, task_id, date(2025, 12, 1), "完成"),
        lambda: review_reserve(pool.stranger, entry.id, REVIEW),
        lambda: review_reserves(pool.stranger, [(entry.id, REVIEW)]),
        lambda: withdraw_review(pool.stranger, review_id),
    ):
        with pytest.raises(NotFound):
            refused()


def test_the_latest_review_says_how_ready_somebody_is(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    review_reserve(pool.street, entry.id, REVIEW)
    kept = db.session.get_one(PoolEntry, entry.id)
    assert (kept.readiness, kept.potential) == (Readiness.NOW, Decimal("83.50"))
    late = PoolReviewGiven(date(2025, 9, 1), True, Decimal(50), Readiness.LATER)
    review_reserve(pool.street, entry.id, late)
    kept = db.session.get_one(PoolEntry, entry.id)
    assert (kept.readiness, kept.potential) == (Readiness.NOW, Decimal("83.50"))
    review_reserve(pool.street, entry.id, PoolReviewGiven(date(2025, 12, 2), True, None, Readiness.SOON))
    kept = db.session.get_one(PoolEntry, entry.id)
    assert (kept.readiness, kept.potential) == (Readiness.SOON, Decimal("83.50"))


def test_a_review_taken_back_leaves_what_the_one_before_said(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    first = review_reserve(pool.street, entry.id, PoolReviewGiven(date(2025, 9, 1), True, Decimal(70), Readiness.LATER))
    second = review_reserve(pool.street, entry.id, REVIEW)
    withdraw_review(pool.street, second)
    kept = db.session.get_one(PoolEntry, entry.id)
    assert (kept.readiness, kept.potential) == (Readiness.LATER, Decimal(70))
    withdraw_review(pool.street, first)
    assert db.session.get_one(PoolEntry, entry.id).potential is None
    assert db.session.scalars(select(PoolReview)).all() == []


def test_a_review_that_cannot_be_is_refused_beside_its_field(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    review_reserve(pool.street, entry.id, REVIEW)
    for given, field in (
        (REVIEW, "on"),
        (PoolReviewGiven(date(2025, 12, 6), True, None, Readiness.NOW), "on"),
        (PoolReviewGiven(date(2025, 5, 31), True, None, Readiness.NOW), "on"),
        (PoolReviewGiven(date(2025, 12, 2), False, None, Readiness.NOW), "opinion"),
        (PoolReviewGiven(date(2025, 12, 2), True, None, Readiness.NOW, "好" * 2001), "opinion"),
        (PoolReviewGiven(date(2025, 12, 2), True, Decimal("100.01"), Readiness.NOW), "potential"),
    ):
        with pytest.raises(Refused) as refused:
            review_reserve(pool.street, entry.id, given)
        assert refused.value.field == field


def test_many_are_reviewed_together_or_nobody_is(app: Flask) -> None:
    pool = Pool()
    entries = [pool.reserve() for _ in range(4)]
    leave_pool(pool.district, entries[3].id, LeavingGiven(Leaving.AGE, date(2025, 12, 1)))
    rows = [(entry.id, REVIEW) for entry in entries]
    with pytest.raises(EntryRefused, match="已于 2025-12-01 出库") as refused:
        review_reserves(pool.street, rows)
    assert refused.value.row == 3
    assert db.session.scalars(select(PoolReview)).all() == []
    assert len(selects_of(lambda: review_reserves(pool.street, rows[:3]))) == 3
    assert len(db.session.scalars(select(PoolReview)).all()) == 3
