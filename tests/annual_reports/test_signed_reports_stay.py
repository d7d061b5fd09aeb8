"""The database itself refuses to touch a signed report, whoever writes and however."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from careerpath.annual_reports.models import AnnualReport, ReportState
from careerpath.core.db import db, writing
from tests.annual_reports.samples import SECTIONS
from tests.factories.access import Town
from tests.factories.annual_reports import make_report, make_report_text

CHANGES = (
    "UPDATE annual_report SET figures = NULL",
    "UPDATE annual_report SET title = '改'",
    "DELETE FROM annual_report",
    "UPDATE report_text SET text = '改'",
    "DELETE FROM report_text",
    "INSERT INTO report_text (report_id, section, text, version) SELECT id, 'team', '添', 1 FROM annual_report",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_signed_report_is_out_of_reach(app: Flask, change: str) -> None:
    report = make_report(Town().district, sections=SECTIONS)
    make_report_text(report, "recruitment", "文字")
    with writing() as session:
        session.get_one(AnnualReport, report.id).state = ReportState.FROZEN
    with pytest.raises(DBAPIError, match="a signed report stays as it is"), writing() as session:
        session.execute(text(change))


def test_a_signed_report_may_become_a_draft_again_and_then_be_taken_away(app: Flask) -> None:
    make_report(Town().district, ReportState.FROZEN, SECTIONS)
    with writing() as session:
        session.execute(text("UPDATE annual_report SET state = 'draft'"))
    with writing() as session:
        session.execute(text("UPDATE annual_report SET title = '改'"))
        session.execute(text("DELETE FROM annual_report"))
    assert db.session.scalar(select(func.count(AnnualReport.id))) == 0
