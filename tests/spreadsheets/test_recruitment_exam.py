"""The exam in and out: who came, scores by secret number typed by two people, the judges' sheets."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import open_workbook, read_rows
from careerpath.recruitment.models import Attendance, Examinee, InterviewMark, ScoreEntry
from careerpath.recruitment.operations.scores import release_written
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.scores import papers_of
from careerpath.recruitment.sheets.exam import ATTENDANCE_SPEC, interview_spec, released_spec, scores_spec
from careerpath.spreadsheets.operations.imports import Upload
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.recruitment.exams import ExamDay
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out


@pytest.fixture
def exam(app: Flask) -> Iterator[ExamDay]:
    """A batch on the day after its interviews were due."""
    with clock.Stopped(datetime(2025, 12, 5, 2, 0, tzinfo=UTC)):
        yield ExamDay()


def book(*rows: Sequence[object]) -> Upload:
    return Upload("考务.xlsx", make_xlsx([list(row) for row in rows]))


def marks_of(exam: ExamDay) -> list[Attendance | None]:
    db.session.rollback()
    return [one.attendance for one in exam.people()]


def test_attendance_goes_out_comes_back_and_is_taken_back(exam: ExamDay) -> None:
    exam.draw()
    out = taken_out(exam.hr, "attendance", batch_id=exam.id)
    assert states(compared(exam.hr, out, "attendance")) == [RowState.UNCHANGED] * 6
    rows = read_rows(open_workbook(out.content, out.name), ATTENDANCE_SPEC).rows
    assert [row.values["seat"] for row in rows] == [1, 2, 3, 4, 5, 6]
    first, second = (str(row.values["exam_number"]) for row in rows[:2])
    upload = book(["准考证号", "到考情况"], [first, "到考"], [second, "缺考"])
    import_id = bring_in(exam.hr, upload, "attendance", batch_id=exam.id)
    assert sorted(str(mark) for mark in marks_of(exam)) == ["None"] * 4 + ["absent", "present"]
    undo_import(exam.hr, import_id)
    assert marks_of(exam) == [None] * 6


def test_an_unknown_number_and_a_wrong_name_are_named(exam: ExamDay) -> None:
    exam.draw()
    number = exam.people()[0].exam_number
    upload = book(
        ["准考证号", "姓名", "到考情况"], ["20259990101", "", "到考"], [number, "别人", "到考"], [number, "", "迟到"]
    )
    found = compared(exam.hr, upload, "attendance", batch_id=exam.id)
    assert [(row, column) for row, column, _ in faults(found)] == [
        (2, "准考证号"),
        (3, "姓名"),
        (4, "到考情况"),
        (4, "准考证号"),
    ]


def test_attendance_under_scores_stays(exam: ExamDay) -> None:
    exam.draw()
    rows = [[one.exam_number, "到考"] for one in exam.people()]
    import_id = bring_in(exam.hr, book(["准考证号", "到考情况"], *rows), "attendance", batch_id=exam.id)
    exam.type({exam.people()[0].secret_number: "80"})
    with pytest.raises(Refused, match="不能整体撤销"):
        undo_import(exam.hr, import_id)


def typed(exam: ExamDay, points: object = 80) -> Upload:
    """Points for everybody, by secret number."""
    return book(["密号", "笔试成绩"], *([one.secret_number, points] for one in exam.people()))


def test_scores_are_typed_by_two_people_and_agree(exam: ExamDay) -> None:
    exam.draw()
    exam.present()
    first = bring_in(exam.hr, typed(exam), "written-scores", batch_id=exam.id, turn=1)
    assert [one.written for one in exam.people()] == [None] * 6
    with pytest.raises(Refused, match=r"第 1 遍由您录入"):
        compared(exam.hr, typed(exam), "written-scores", batch_id=exam.id, turn=2)
    with clock.Stopped(clock.now() + timedelta(hours=1)):
        second = bring_in(exam.second, typed(exam), "written-scores", batch_id=exam.id, turn=2)
    db.session.rollback()
    assert {str(dict(one.written or {})) for one in exam.people()} == {str({"": Decimal("80.00")})}
    with pytest.raises(Refused, match="已有另一遍录入"):
        undo_import(exam.hr, first)
    undo_import(exam.second, second)
    undo_import(exam.hr, first)
    assert db.session.scalars(select(ScoreEntry)).all() == []
    assert [one.written for one in db.session.scalars(select(Examinee))] == [None] * 6


def test_scores_beyond_the_paper_of_nobody_or_of_the_absent_are_named(exam: ExamDay) -> None:
    exam.draw()
    away = exam.people()[0]
    exam.present(away)
    here = exam.people()[1]
    upload = book(["密号", "成绩"], [here.secret_number, 101], ["1234567", 60], [away.secret_number, 60])
    found = compared(exam.hr, upload, "written-scores", batch_id=exam.id, turn=1)
    named = faults(found)
    assert [(row, column) for row, column, _ in named] == [(2, "笔试成绩"), (3, "密号"), (4, "密号")]
    assert "100" in named[0][2]
    assert "缺考" in named[2][2]
    with pytest.raises(Refused, match="第几遍"):
        compared(exam.hr, upload, "written-scores", batch_id=exam.id)


def test_nobody_reads_what_another_person_typed(exam: ExamDay) -> None:
    exam.draw()
    exam.present()
    bring_in(exam.hr, typed(exam, 71), "written-scores", batch_id=exam.id, turn=1)
    other = compared(exam.second, typed(exam, 80), "written-scores", batch_id=exam.id, turn=1)
    assert cells(other.outcomes[0])["paper_"] == ("******", "80")
    own = compared(exam.hr, typed(exam, 80), "written-scores", batch_id=exam.id, turn=1)
    assert cells(own.outcomes[0])["paper_"] == ("71", "80")


def test_before_the_release_only_secret_numbers_go_out(exam: ExamDay) -> None:
    exam.sat(["80", "70", "60", "50"], ["90", "40"])
    out = taken_out(exam.hr, "written-scores", batch_id=exam.id)
    papers = papers_of(rules_of(exam.batch))
    rows = read_rows(open_workbook(out.content, out.name), scores_spec(papers)).rows
    secrets = [row.values["secret_number"] for row in rows]
    assert (secrets, {row.values["paper_"] for row in rows}) == (sorted(str(one) for one in secrets), {None})
    release_written(exam.hr, exam.id)
    after = taken_out(exam.hr, "written-scores", batch_id=exam.id)
    lines = read_rows(open_workbook(after.content, after.name), released_spec(papers)).rows
    assert sorted(row.values["written"] for row in lines) == [Decimal(one) for one in (40, 50, 60, 70, 80, 90)]  # type: ignore[type-var]
    assert {row.values["outcome"] for row in lines} >= {"shortlisted"}


def interviews(exam: ExamDay) -> list[str]:
    """Released and drawn; the exam numbers of those who are interviewed."""
    exam.released(["80", "70", "60", "50"], ["90", "40"])
    exam.grouped()
    return [one.exam_number for one in exam.people() if one.interview_group_id is not None]


def test_score_sheets_come_in_by_judge_and_are_taken_back(exam: ExamDay) -> None:
    numbers = interviews(exam)
    heads = ["准考证号", "到场情况", *(f"考官{seat}" for seat in range(1, 6))]
    upload = book(heads, [numbers[0], "", 80, 81, 82, 83, 84], [numbers[1], "缺考", *[""] * 5])
    import_id = bring_in(exam.hr, upload, "interview-sheets", batch_id=exam.id)
    assert [one.points for one in db.session.scalars(select(InterviewMark).order_by(InterviewMark.judge))] == [
        Decimal(points) for points in range(80, 85)
    ]
    out = taken_out(exam.hr, "interview-sheets", batch_id=exam.id)
    assert set(states(compared(exam.hr, out, "interview-sheets"))) == {RowState.UNCHANGED}
    rows = read_rows(open_workbook(out.content, out.name), interview_spec(5, Decimal(100), 2)).rows
    assert {str(row.values["attendance"]) for row in rows} >= {"present", "absent"}
    undo_import(exam.hr, import_id)
    assert db.session.scalars(select(InterviewMark)).all() == []


def test_wrong_sheets_are_named(exam: ExamDay) -> None:
    numbers = interviews(exam)
    out = next(one.exam_number for one in exam.people() if one.exam_number not in numbers)
    heads = ["准考证号", "到场情况", "考官1", "考官2"]
    upload = book(heads, [numbers[0], "", 101, 80], [numbers[1], "缺考", 70, 70], [out, "", 70, 70])
    found = compared(exam.hr, upload, "interview-sheets", batch_id=exam.id)
    assert [(row, column) for row, column, _ in faults(found)] == [(2, "考官1"), (3, "到场情况"), (4, "准考证号")]
