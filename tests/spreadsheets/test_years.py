"""The annual appraisal in and out: a street's scores, grades and opinions."""

from decimal import Decimal

import pytest
from flask import Flask

from careerpath.appraisals.operations.street import submit_street
from careerpath.core.db import db
from careerpath.spreadsheets.operations.imports import Upload
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import RowState
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.appraisals import Year
from tests.spreadsheets.books import bring_in, compared, faults, states, taken_out

HEADINGS = ["编号", "姓名", "建议等次", "满意度", "街道意见"]


def sent(*rows: list[object], headings: list[str] = HEADINGS) -> Upload:
    return Upload("考核.xlsx", make_xlsx([headings, *rows]))


def test_a_streets_year_goes_out_and_comes_back_unchanged(app: Flask) -> None:
    year = Year(3)
    for record in year.records:
        year.fill(record)
    found = compared(year.clerk, taken_out(year.clerk, "appraisals", year=2025), "appraisals", 2025)
    assert states(found) == [RowState.UNCHANGED] * 3


def test_scores_grades_and_opinions_come_in_and_are_taken_back(app: Flask) -> None:
    year = Year(2)
    one, other = year.employees
    upload = sent([one.number, one.name, "优秀", 92.5, "同意。"], [other.number, other.name, "称职", "８８", ""])
    import_id = bring_in(year.clerk, upload, "appraisals")
    db.session.rollback()
    record = year.record_of(one)
    assert (record.street_grade, record.satisfaction, record.street_opinion) == ("1", Decimal("92.50"), "同意。")
    assert states(compared(year.clerk, upload, "appraisals")) == [RowState.UNCHANGED] * 2
    undo_import(year.clerk, import_id)
    db.session.rollback()
    assert (year.record_of(one).street_grade, year.record_of(other).satisfaction) == ("", None)


def test_what_the_street_has_submitted_is_neither_changed_nor_taken_back(app: Flask) -> None:
    year = Year(1)
    (person,) = year.employees
    year.fill(year.records[0])
    import_id = bring_in(year.clerk, sent([person.number, person.name, "优秀", "", ""]), "appraisals")
    submit_street(year.clerk, year.street.id)
    with pytest.raises(Refused, match="导入之后又有修改"):
        undo_import(year.clerk, import_id)
    ((_, column, message),) = faults(
        compared(year.clerk, sent([person.number, person.name, "称职", "", ""]), "appraisals")
    )
    assert (column, "已由街道提交" in message) == ("建议等次", True)


def test_wrong_cells_and_people_of_other_streets_are_named(app: Flask) -> None:
    year = Year(1)
    (person,) = year.employees
    found = compared(
        year.clerk,
        sent(
            [person.number, "别人", "特优", 101, ""],
            [year.elsewhere.number, year.elsewhere.name, "优秀", 90, ""],
        ),
        "appraisals",
    )
    named = {(row, column) for row, column, _ in faults(found)}
    assert named == {(2, "建议等次"), (2, "满意度（%）"), (2, "姓名"), (3, "编号")}


def test_a_year_that_there_is_not_is_refused(app: Flask) -> None:
    year = Year(1)
    with pytest.raises(Refused, match="1999"):
        taken_out(year.clerk, "appraisals", year=1999)
