"""Counting before writing: no lock is held while the records are counted."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.annual_reports.models import AnnualReport, ReportState
from careerpath.annual_reports.operations import ReportGiven, change_annual_report, gather_report
from careerpath.annual_reports.queries import gathering
from careerpath.annual_reports.queries.ahead import count, count_report
from careerpath.annual_reports.queries.sections import recruitment
from careerpath.core import db as database
from careerpath.core.db import db
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.annual_reports import make_report
from tests.factories.employees import make_employee, selects_of
from tests.factories.recruitment import make_appointment, make_batch, make_position

FEW = 6
"""Statements that read where a report is written down: the report, its unit, the texts, the trail."""
NOVEMBER, OCTOBER = date(2025, 11, 30), date(2025, 10, 31)


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


@pytest.fixture
def district(app: Flask, town: Town) -> FlaskClient:
    return signed_in(app, make_actor(Role.DISTRICT_HR, town.district))


def selects_under_lock(work: Callable[[], object]) -> int:
    """How many statements read while a writing transaction is open."""
    return len(selects_of(work, while_=database._writing.get))


def test_the_pages_count_before_they_write(town: Town, district: FlaskClient) -> None:
    particulars = {"signed_by": "中共费县县委社会工作部"}
    new = {"unit": "费县", "unit_id": "", "year": "2025", "on": NOVEMBER.isoformat(), **particulars}
    held = [selects_under_lock(lambda: district.post("/annual-reports/new", data=new))]
    report = db.session.query(AnnualReport).one()
    page = f"/annual-reports/{report.id}"
    held.append(selects_under_lock(lambda: district.post(f"{page}/gather", data={"version": report.version})))
    db.session.refresh(report)
    moved = {"year": "2025", "on": OCTOBER.isoformat(), "version": report.version, **particulars}
    held.append(selects_under_lock(lambda: district.post(f"{page}/edit", data=moved)))
    held.append(selects_under_lock(lambda: district.post(f"{page}/freeze", data={"signed_on": "2025-12-01"})))
    db.session.refresh(report)
    assert (report.on, report.state) == (OCTOBER, ReportState.FROZEN)
    assert all(0 < number <= FEW for number in held), held


@pytest.fixture
def one_section(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SECTIONS", (recruitment.SECTION,))


@pytest.fixture
def clerk(town: Town) -> Actor:
    return Actor(None, "hr", "区级", (Grant(Role.DISTRICT_HR, town.district.path),))


@pytest.mark.usefixtures("one_section")
def test_what_was_counted_is_kept_with_its_moment(town: Town, clerk: Actor) -> None:
    report = make_report(town.district, on=NOVEMBER)
    counted = count_report(clerk, report)
    position = make_position(make_batch(town.district), town.community)
    make_appointment(position, make_employee(None, town.community), starts_on=date(2025, 7, 1))
    assert len(selects_of(lambda: gather_report(clerk, report.id, counted=counted))) <= FEW
    assert (report.figures, report.gathered_at) == (counted.figures, counted.at)
    gather_report(clerk, report.id)
    assert report.figures != counted.figures


@pytest.mark.usefixtures("one_section")
def test_what_was_counted_for_another_day_is_counted_again(town: Town, clerk: Actor) -> None:
    position = make_position(make_batch(town.district), town.community)
    make_appointment(position, make_employee(None, town.community), starts_on=NOVEMBER)
    report = make_report(town.district, on=NOVEMBER)
    earlier = count(clerk, town.district.id, 2025, OCTOBER)
    gather_report(clerk, report.id, counted=earlier)
    assert report.figures == count_report(clerk, report).figures != earlier.figures
    given = ReportGiven(year=2025, on=OCTOBER)
    change_annual_report(
        clerk, report.id, given, report.version, counted=count(clerk, town.district.id, 2025, NOVEMBER)
    )
    assert report.figures == earlier.figures
