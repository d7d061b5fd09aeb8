"""The report as files: PDF, Excel and JSON of what is kept, or of what would be counted now."""

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import Any

from flask import current_app
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit, within
from careerpath.annual_reports.documents.contents import Report, chapters_of
from careerpath.annual_reports.documents.plain import plain_report
from careerpath.annual_reports.documents.report import render_report
from careerpath.annual_reports.models import AnnualReport, ReportText
from careerpath.annual_reports.queries.gathering import gather
from careerpath.annual_reports.queries.reports import report_page, usual_title
from careerpath.annual_reports.queries.scope import scope_of
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.sheets.workbook import workbook_tables
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.pdf.typefaces import fonts
from careerpath.core.pdf.wording import code_over, moment_of, stamped
from careerpath.core.sheets.writing import write_tables
from careerpath.core.web.paths import whole_number
from careerpath.words import NotFound, Refused, msg

PREFIX = "ND"
"""Begins the number of a signed report: ND-2026-000012."""


class Kind(StrEnum):
    """The kinds of files, as their names end."""

    PDF = "pdf"
    XLSX = "xlsx"
    JSON = "json"


def report_pdf(actor: Actor, report_id: int) -> tuple[str, bytes]:
    """A kept report as an official document, with a name for the file; ``NotFound`` if it is not theirs."""
    return written(kept_report(actor, report_id), Kind.PDF)


def report_xlsx(actor: Actor, report_id: int) -> tuple[str, bytes]:
    """The same figures in Excel."""
    return written(kept_report(actor, report_id), Kind.XLSX)


def report_json(actor: Actor, report_id: int) -> tuple[str, bytes]:
    """The same figures as JSON in UTF-8."""
    return written(kept_report(actor, report_id), Kind.JSON)


def report_file(actor: Actor, unit_id: int, year: int, kind: Kind) -> tuple[str, bytes]:
    """The report of a unit and year: as it is kept where there is one, otherwise counted now."""
    return written(report_for(actor, unit_id, year), kind)


def report_for(actor: Actor, unit_id: int, year: int) -> Report:
    """What the report of a unit and year says: as it is kept where there is one, otherwise counted now.

    Refuses a year that has not begun, and units without reports.
    """
    query = select(AnnualReport.id).where(
        AnnualReport.unit_id == unit_id,
        AnnualReport.year == year,
        AnnualReport.gathered_at.is_not(None),
        within(actor, AnnualReport.unit_id, Permission.REPORT_VIEW),
    )
    report_id = db.session.scalar(query)
    return counted_report(actor, unit_id, year) if report_id is None else kept_report(actor, report_id)


def kept_report(actor: Actor, report_id: int) -> Report:
    """What a report says as it was gathered last, with what people wrote."""
    page = report_page(actor, report_id)
    record = page.head.record
    number = number_of(record) if page.head.frozen else ""
    code = _code(record, page.written, number) if number else ""
    return _report(
        db.session.get_one(Unit, record.unit_id),
        record.year,
        record.on,
        page.sections,
        title=page.head.title,
        frozen=page.head.frozen,
        document=record.document,
        signed_by=record.signed_by,
        signed_on=record.signed_on,
        gathered_at=moment_of(record.gathered_at),
        foot=stamped(actor.display_name, number, code),
    )


def counted_report(actor: Actor, unit_id: int, year: int) -> Report:
    """What a report would say now: a draft that nobody keeps."""
    today = clock.today()
    if year > today.year:
        raise Refused(msg("%(year)s 年还没有到，不能编制年度报告。", year=year), field="year")
    unit = fetch_unit(actor, unit_id, Permission.REPORT_VIEW)
    on = min(date(year, 12, 31), today)
    return _report(
        unit,
        year,
        on,
        gather(scope_of(actor, unit_id, year, on)),
        title=usual_title(unit.short_name, year),
        gathered_at=moment_of(clock.now()),
        foot=stamped(actor.display_name),
    )


def written(report: Report, kind: Kind) -> tuple[str, bytes]:
    """A report as a file of a kind, with a name for it."""
    match kind:
        case Kind.PDF:
            content = render_report(current_app.jinja_env, fonts(), report)
        case Kind.XLSX:
            target = BytesIO()
            write_tables(target, workbook_tables(report))
            content = target.getvalue()
        case Kind.JSON:
            content = (json.dumps(plain_report(report), ensure_ascii=False, indent=2) + "\n").encode()
    return f"{report.title}.{kind}", content


def number_of(record: AnnualReport) -> str:
    """The number at the foot of a signed report."""
    return f"{PREFIX}-{record.year}-{record.id:06d}"


def report_check(actor: Actor, number: str) -> tuple[int, str]:
    """The signed report behind a number and the code that its paper would carry now, or ``NotFound``."""
    page = report_page(actor, whole_number(number.rpartition("-")[2].lstrip("0")) or 0)
    if not page.head.frozen or number_of(page.head.record) != number:
        raise NotFound
    return page.head.id, _code(page.head.record, page.written, number)


def _code(record: AnnualReport, texts: Mapping[str, ReportText], number: str) -> str:
    """Over the whole report as it is kept, so that all its readers have the same one, whatever each may see of it."""
    head = (record.unit_id, record.year, record.on, record.title, record.document, record.signed_by, record.signed_on)
    told = sorted((section, one.text) for section, one in texts.items())
    return code_over(number, (head, json.dumps(record.figures, sort_keys=True, ensure_ascii=False), told))


def _report(unit: Unit, year: int, on: date, sections: tuple[Section, ...], **more: Any) -> Report:
    return Report(
        unit=unit.short_name,
        unit_code=unit.code,
        year=year,
        on=on,
        chapters=chapters_of(sections),
        example=any(section.example for section in sections),
        grounds=tuple(section.ground for section in sections if section.ground),
        **more,
    )
