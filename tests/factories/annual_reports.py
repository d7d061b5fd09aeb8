"""Annual reports of any state, written down directly for what comes after."""

from datetime import date
from typing import Any

from careerpath.access.models import Unit
from careerpath.annual_reports.models import AnnualReport, ReportState, ReportText
from careerpath.annual_reports.queries.section import Section, as_plain
from careerpath.core import clock
from careerpath.core.db import writing


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
