"""Annual reports of any state, written down directly for what comes after."""

from datetime import date, datetime
from typing import Any

from careerpath.access.models import Unit
from careerpath.annual_reports.models import AnnualReport, ReportState, ReportText
from careerpath.annual_reports.queries.section import Section, as_plain
from careerpath.core import clock
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.recruitment.models import Application, ApplicationState, Appointment, RecruitmentBatch
from tests.factories.recruitment import make_application, make_position


def make_report(
    unit: Unit,
    state: ReportState = ReportState.DRAFT,
    sections: tuple[Section, ...] | None = None,
    **changes: Any,
) -> AnnualReport:
    """The report of a unit for 2025, with these sections as if they had been gathered."""
    signed = state is ReportState.FROZEN
    given: dict[str, Any] = {
        "year": 2025,
        "on": date(2025, 11, 30),
        "signed_by": f"{unit.name}社会工作部",
        "signed_on": date(2025, 12, 1) if signed else None,
        "document": "费社工发〔2025〕41号" if signed else "",
        "gathered_at": None if sections is None else clock.now(),
        "gathered_by": "" if sections is None else "区级经办",
        "frozen_at": clock.now() if signed else None,
        "frozen_by": "区级经办" if signed else "",
    }
    with writing() as session:
        figures = None if sections is None else as_plain(sections)
        report = AnnualReport(unit_id=unit.id, state=state, figures=figures, **(given | changes))
        session.add(report)
    return report


def make_report_text(report: AnnualReport, section: str, text: str) -> ReportText:
    """What somebody wrote into a section of a draft."""
    with writing() as session:
        written = ReportText(report_id=report.id, section=section, text=text)
        session.add(written)
    return written


def make_appointment(
    batch: RecruitmentBatch, employee: Employee, unit: Unit, starts_on: date, **changes: Any
) -> Appointment:
    """Somebody appointed from an application in a batch."""
    application: Application = make_application(make_position(batch, unit), ApplicationState.ADMITTED, **changes)
    with writing() as session:
        appointment = Appointment(
            batch_id=batch.id,
            application_id=application.id,
            employee_id=employee.id,
            unit_id=unit.id,
            starts_on=starts_on,
            by="区级经办",
            at=datetime(starts_on.year, starts_on.month, starts_on.day, 1, tzinfo=clock.now().tzinfo),
        )
        session.add(appointment)
    return appointment
