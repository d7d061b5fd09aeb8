"""The street fills rows and submits."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.models import AuditEntry
from careerpath.appraisals.operations.street import RowEntry, fill_row, fill_rows, submit_street
from careerpath.core.db import db
from careerpath.policy.appraisal_steps import State
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.appraisals import GOOD, Year


def test_a_row_is_reckoned_as_it_is_typed(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    fill_row(year.clerk, record.id, RowEntry(record.version, {**GOOD, "satisfaction": Decimal("96.4")}))
    assert (record.total, record.suggested_grade) == (Decimal("96.10"), "1")
    assert record.complete is False
    year.fill(record)
    assert record.complete is True


def test_points_above_the_maximum_are_refused_beside_their_cell(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    with pytest.raises(Refused, match="任务完成") as refusal:
        fill_row(year.clerk, record.id, RowEntry(record.version, {"scores.tasks": Decimal("40.5")}))
    assert refusal.value.field == "scores.tasks"
    assert year.records[0].scores == {}


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    seen = record.version
    fill_row(year.clerk, record.id, RowEntry(seen, {"opinion": "甲的意见"}))
    with pytest.raises(Conflict) as conflict:
        fill_row(year.clerk, record.id, RowEntry(seen, {"opinion": "乙的意见"}))
    assert conflict.value.current["opinion"] == "甲的意见"
    assert conflict.value.typed["opinion"] == "乙的意见"
    assert year.records[0].street_opinion == "甲的意见"


def test_the_same_row_sent_six_times_has_one_effect(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    entry = RowEntry(record.version, {**GOOD, "grade": "称职", "opinion": "同意。"})
    versions = {fill_row(year.clerk, record.id, entry) for _ in range(6)}
    assert len(versions) == 1


def test_a_foreign_street_finds_no_such_record(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    with pytest.raises(NotFound):
        fill_row(year.stranger, record.id, RowEntry(record.version, {"opinion": "外街道"}))
    with pytest.raises(NotFound):
        submit_street(year.stranger, year.street.id)


def test_a_person_below_sixty_per_cent_cannot_be_proposed_as_excellent(app: Flask) -> None:
    year = Year(people=1)
    record = year.records[0]
    year.fill(record, grade="1", satisfaction="59.99")
    assert (record.suggested_grade, record.complete) == ("4", False)
    with pytest.raises(Refused, match="满意度"):
        submit_street(year.clerk, year.street.id)
    year.fill(record, grade="2", satisfaction="60")
    assert record.complete is True


def test_submission_names_who_is_unfinished_and_then_locks(app: Flask) -> None:
    year = Year(people=2)
    first, second = year.records
    year.fill(first)
    with pytest.raises(Refused, match="还有 1 人未填完"):
        submit_street(year.clerk, year.street.id)
    year.fill(second)
    assert submit_street(year.clerk, year.street.id) == 2
    assert {record.state for record in year.records} == {State.SUBMITTED}
    with pytest.raises(Refused, match="不能再修改"):
        fill_row(year.clerk, first.id, RowEntry(first.version, {"opinion": "改一下"}))


def test_submitting_six_times_has_one_effect(app: Flask) -> None:
    year = Year(people=1)
    year.fill(year.records[0])
    assert [submit_street(year.clerk, year.street.id) for _ in range(6)] == [1, 0, 0, 0, 0, 0]


def test_many_rows_are_kept_together_or_not_at_all(app: Flask) -> None:
    year = Year(people=2)
    first, second = year.records
    good = RowEntry(first.version, {"opinion": "好"})
    wrong = RowEntry(second.version, {"scores.tasks": Decimal("99")})
    with pytest.raises(Refused):
        fill_rows(year.clerk, year.street.id, {first.id: good, second.id: wrong})
    assert [record.street_opinion for record in year.records] == ["", ""]
    before = db.session.scalar(select(func.count()).select_from(AuditEntry))
    assert fill_rows(year.clerk, year.street.id, {first.id: good}) == 1
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == (before or 0) + 1
