"""Checks in and out; the final list and the appointed go out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.guard import Denied
from careerpath.core.db import db
from careerpath.core.sheets import SheetSpec, open_workbook, read_rows
from careerpath.recruitment.models import CandidateCheck, CheckKind, Departure
from careerpath.recruitment.operations.appointments import appoint_many
from careerpath.recruitment.sheets.results import APPOINTMENTS_SPEC, CHECKS_SPEC, FINAL_SPEC
from careerpath.spreadsheets.operations.imports import Upload
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.pay import adopt_scheme
from tests.recruitment.finals import APPOINTED, CHECKED, TERMS, Contest, day, ready
from tests.spreadsheets.books import bring_in, cells, compared, faults, states, taken_out

HEADINGS = ["准考证号", "姓名", "体检结论", "体检日期", "体检医院", "体检说明", "考察结论", "考察日期"]


def sent(*rows: Sequence[object]) -> Upload:
    return Upload("体检考察.xlsx", make_xlsx([HEADINGS, *rows]))


def rows_of(upload: Upload, spec: SheetSpec) -> list[dict[str, Any]]:
    return [dict(row.values) for row in read_rows(open_workbook(upload.content, upload.name), spec).rows]


def listed(*names: str) -> Contest:
    """The final list of one place is out; the first is proposed."""
    contest = Contest()
    position = contest.position()
    for place, name in enumerate(names):
        contest.candidate(name, position, str(90 - place), str(90 - place))
    contest.release()
    return contest


def test_checks_come_in_and_are_taken_back(app: Flask) -> None:
    contest = listed("甲", "乙")
    number = contest.number("甲")
    with day(CHECKED):
        upload = sent([number, "甲", "合格", "2026-01-25", "费县人民医院", "", "合格", "2026.1.26"])
        import_id = bring_in(contest.office, upload, "candidate-checks", batch_id=contest.batch_id)
        checks = db.session.scalars(select(CandidateCheck).order_by(CandidateCheck.id)).all()
        assert [(one.kind, one.passed, one.on) for one in checks] == [
            (CheckKind.MEDICAL, True, date(2026, 1, 25)),
            (CheckKind.BACKGROUND, True, date(2026, 1, 26)),
        ]
        out = taken_out(contest.office, "candidate-checks", batch_id=contest.batch_id)
        assert states(compared(contest.office, out, "candidate-checks")) == [RowState.UNCHANGED]
        undo_import(contest.office, import_id)
    assert db.session.scalars(select(CandidateCheck)).all() == []


def test_a_failed_check_ends_it_and_is_given_back(app: Flask) -> None:
    contest = listed("甲", "乙")
    with day(CHECKED):
        upload = sent([contest.number("甲"), "甲", "不合格", "2026-01-25", "费县人民医院", "血压偏高", "", ""])
        import_id = bring_in(contest.office, upload, "candidate-checks", batch_id=contest.batch_id)
        assert contest.outcomes()["甲"] == "failed_medical"
        out = taken_out(contest.office, "candidate-checks", batch_id=contest.batch_id)
        assert rows_of(out, CHECKS_SPEC)[0]["medical_note"] is None
        again = sent([contest.number("甲"), "甲", "合格", "2026-01-26", "", "", "", ""])
        ((_, column, message),) = faults(compared(contest.office, again, "candidate-checks", batch_id=contest.batch_id))
        assert (column, "逐人登记" in message) == ("体检结论", True)
        undo_import(contest.office, import_id)
    db.session.rollback()
    assert (contest.outcomes()["甲"], db.session.scalars(select(Departure)).all()) == ("proposed", [])


def test_what_is_noted_of_health_is_not_shown_beside_a_new_entry(app: Flask) -> None:
    contest = listed("甲", "乙")
    with day(CHECKED):
        first = sent([contest.number("甲"), "", "合格", "2026-01-25", "", "血压偏高", "", ""])
        bring_in(contest.office, first, "candidate-checks", batch_id=contest.batch_id)
        second = sent([contest.number("甲"), "", "", "", "", "复查正常", "", ""])
        (outcome,) = compared(contest.office, second, "candidate-checks", batch_id=contest.batch_id).outcomes
    assert cells(outcome) == {"medical_note": ("******", "复查正常")}


def test_wrong_checks_are_named(app: Flask) -> None:
    contest = listed("甲", "乙", "丙")
    first, second = contest.number("甲"), contest.number("乙")
    with day(CHECKED):
        found = compared(
            contest.office,
            sent(
                [first, "甲", "合格", "", "", "", "不合格", "2026-01-25"],
                [second, "乙", "合格", "2026-01-25", "", "", "", ""],
                ["20250010199", "", "合格", "2026-01-25", "", "", "", ""],
            ),
            "candidate-checks",
            batch_id=contest.batch_id,
        )
    assert [(row, column) for row, column, _ in faults(found)] == [
        (2, "体检日期"),
        (2, "考察说明"),
        (3, "体检结论"),
        (4, "准考证号"),
    ]


def test_a_check_under_a_public_notice_is_not_taken_back(app: Flask) -> None:
    contest = listed("甲", "乙")
    row = [contest.number("甲"), "甲", "合格", "2026-01-25", "", "", "合格", "2026-01-25"]
    with day(CHECKED):
        import_id = bring_in(contest.office, sent(row), "candidate-checks", batch_id=contest.batch_id)
    contest.publish()
    with day(CHECKED), pytest.raises(Refused, match="已进入“公示聘用”阶段"):
        undo_import(contest.office, import_id)


def test_the_final_list_goes_out_as_it_stands(app: Flask) -> None:
    contest = Contest()
    with pytest.raises(Refused, match="没有可以导出的最终名单"):
        taken_out(contest.office, "final-list", batch_id=contest.batch_id)
    position = contest.position()
    far = contest.position(unit=contest.town.foreign)
    for place, name in enumerate("甲乙"):
        contest.candidate(name, position, str(90 - place), str(90 - place))
    contest.candidate("丙", far)
    contest.release()
    contest.check("甲", "丙")
    rows = rows_of(taken_out(contest.office, "final-list", batch_id=contest.batch_id), FINAL_SPEC)
    assert [(row["name"], row["rank"], row["outcome"], row["medical"]) for row in rows] == [
        ("甲", 1, "proposed", True),
        ("乙", 2, "reserve", None),
        ("丙", 1, "proposed", True),
    ]
    own = rows_of(taken_out(contest.clerk, "final-list", batch_id=contest.batch_id), FINAL_SPEC)
    assert [row["name"] for row in own] == ["甲", "乙"]
    upload = sent([contest.number("甲"), *[""] * 7])
    with pytest.raises(Denied):
        compared(contest.office, upload, "final-list", batch_id=contest.batch_id)


def test_the_appointed_go_out_masked_or_in_full(app: Flask) -> None:
    contest = ready()
    adopt_scheme()
    with day(APPOINTED):
        appoint_many(contest.office, contest.batch_id, [contest.names["甲"]], TERMS)
        (row,) = rows_of(taken_out(contest.office, "appointments", batch_id=contest.batch_id), APPOINTMENTS_SPEC)
        assert ("********" in row["identity"], row["starts_on"]) == (True, TERMS.starts_on)
        full = taken_out(contest.office, "appointments", batch_id=contest.batch_id, reveal=True)
    (row,) = rows_of(full, APPOINTMENTS_SPEC)
    assert ("*" in row["identity"], "*" in row["phone"], row["employee"]) == (False, False, row["employee"])
