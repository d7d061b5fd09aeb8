"""What is done to a report: planned, gathered, written, signed, opened again, dropped."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.annual_reports.models import AnnualReport, ReportState, ReportText
from careerpath.annual_reports.queries.ahead import Counted, count_report
from careerpath.annual_reports.queries.gathering import all_figures, sections_of, texts_of
from careerpath.annual_reports.queries.reports import title_of
from careerpath.annual_reports.queries.scope import PARTS
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.wording import unknown_places
from careerpath.annual_reports.queries.words import REPORT_STATES
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import check_stage, read_reason
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_LINE = 120
"""Characters of a title, a signature, a document's number."""
LONGEST_TEXT = 4000
FIRST_YEAR = 2000
"""Before it there are no such workers to report on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGiven:
    """What is known of a report before it is gathered. ``on`` is the day as of which is counted."""

    year: int
    on: date
    title: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    document: str = ""


@operation(Permission.REPORT_WRITE)
def plan_report(actor: Actor, unit_id: int, given: ReportGiven, counted: Counted | None = None) -> int:
    """Begin the report of a unit and year and gather it at once; gives its id.

    What was ``counted`` ahead is kept where it fits; otherwise the sections are counted while the lock is held.
    Without a signature it is signed by the unit. Refuses a second one of the unit and year, units without reports,
    years that have not begun, and days outside the year or ahead.
    """
    unit = fetch_unit(actor, unit_id, Permission.REPORT_WRITE, lock=True)
    if unit.kind not in PARTS:
        raise Refused(msg("年度报告由市、区（县）或街道（镇）编制，请选择这样的单位。"), field="unit_id")
    check_given(given)
    there = select(AnnualReport.id).where(AnnualReport.unit_id == unit.id, AnnualReport.year == given.year)
    if db.session.scalar(there) is not None:
        raise Refused(
            msg("%(unit)s %(year)s 年的年度报告已经有了，请打开它继续编写。", unit=unit.short_name, year=given.year),
            field="year",
        )
    report = AnnualReport(unit_id=unit.id, state=ReportState.DRAFT, **_values(given))
    report.signed_by = report.signed_by or unit.name
    session_add(report)
    _gather(actor, report, counted)
    return report.id


@operation(Permission.REPORT_WRITE)
def change_annual_report(
    actor: Actor, report_id: int, given: ReportGiven, version: int, counted: Counted | None = None
) -> None:
    """Change the day, title or signature of a draft; another day is gathered at once, or taken from ``counted``.

    The year stays. ``Conflict`` where somebody else was first.
    """
    report = _draft(actor, report_id)
    _check_version(report, version, asdict(given))
    if given.year != report.year:
        raise Refused(msg("年度不能更改。请删除这份草稿，另编一份。"), field="year")
    check_given(given)
    moved = given.on != report.on
    for name, value in _values(given).items():
        setattr(report, name, value)
    if moved:
        _gather(actor, report, counted)


@operation(Permission.REPORT_WRITE)
def gather_report(actor: Actor, report_id: int, version: int | None = None, counted: Counted | None = None) -> None:
    """Keep what was ``counted`` as of the day of a draft, or count it now; written texts stay.

    ``Conflict`` for an older ``version``.
    """
    report = _draft(actor, report_id)
    if version is not None:
        _check_version(report, version, {})
    _gather(actor, report, counted)


@operation(Permission.REPORT_WRITE)
def write_report_text(actor: Actor, report_id: int, section: str, text: str, version: int | None = None) -> None:
    """Put a text of one's own in place of the usual one of a section; figures stand in it as places in braces.

    ``version`` is that of the text that was seen, None where there was none. Refuses places that no figure of the
    report fills, and naming them. ``Conflict`` where somebody else was first.
    """
    report = _draft(actor, report_id)
    sections = sections_of(report, actor)
    if section not in {one.code for one in sections}:
        raise NotFound
    clean = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if not clean:
        raise Refused(msg("请填写这一章的文字，或恢复通用文字。"), field="text")
    if len(clean) > LONGEST_TEXT:
        raise Refused(msg("文字最多 %(most)s 个字，请缩短。", most=LONGEST_TEXT), field="text")
    _check_places(clean, sections)
    present = texts_of(report.id).get(section)
    if (present.version if present else None) != version:
        raise Conflict(
            msg("这一章的文字刚刚被其他人修改，请核对后重新提交。"),
            typed={"text": clean},
            current={"text": present.text if present else ""},
        )
    if present is None:
        session_add(ReportText(report_id=report.id, section=section, text=clean))
    else:
        present.text = clean


@operation(Permission.REPORT_WRITE)
def reset_report_text(actor: Actor, report_id: int, section: str) -> None:
    """Take back what was written into a section: the usual text stands again."""
    report = _draft(actor, report_id)
    present = texts_of(report.id).get(section)
    if present is not None:
        db.session.delete(present)


@operation(Permission.REPORT_WRITE)
def freeze_report(
    actor: Actor, report_id: int, signed_on: date, document: str = "", counted: Counted | None = None
) -> None:
    """Gather a draft once more, or take what was ``counted``, and sign it: from then on nothing of it changes.

    Refuses a draft without signature, a day before the day of the figures or ahead, and texts with places that no
    figure fills any more.
    """
    report = _draft(actor, report_id)
    if not report.signed_by:
        raise Refused(msg("请先在“修改报告信息”中填写署名单位，再定稿。"))
    if signed_on < report.on:
        raise Refused(
            msg("成文日期 %(day)s 早于统计截止日 %(on)s，请核对。", day=signed_on, on=report.on), field="signed_on"
        )
    if signed_on > clock.today():
        raise Refused(msg("成文日期 %(day)s 晚于今天，请核对。", day=signed_on), field="signed_on")
    _gather(actor, report, counted)
    sections = sections_of(report, actor)
    for section in sections:
        _check_places(section.text, sections, section)
    report.signed_on, report.document = signed_on, _line(document, "document")
    # A unit may be called otherwise later; the signed report may not.
    report.title = title_of(report, db.session.get_one(Unit, report.unit_id).short_name)
    report.state = ReportState.FROZEN
    report.frozen_at, report.frozen_by = clock.now(), actor.display_name


@operation(Permission.REPORT_WRITE)
def unfreeze_report(actor: Actor, report_id: int, reason: str) -> None:
    """Make a signed report a draft again, for a reason that the trail keeps. Its figures stay until gathered anew."""
    report = fetch(actor, AnnualReport, report_id, Permission.REPORT_WRITE, lock=True)
    check_stage(_name(report), report.state, REPORT_STATES, (ReportState.FROZEN,))
    audit.note(read_reason(reason))
    report.state, report.frozen_at, report.frozen_by = ReportState.DRAFT, None, ""


@operation(Permission.REPORT_WRITE)
def drop_annual_report(actor: Actor, report_id: int) -> None:
    """Take a draft away, with what was written into it."""
    report = _draft(actor, report_id)
    for text in texts_of(report.id).values():
        db.session.delete(text)
    # No relationship tells the order of deletion.
    db.session.flush()
    db.session.delete(report)


@operation(Permission.EMPLOYEE_EXPORT)
def note_list_export(actor: Actor, report_id: int, title: str, count: int) -> None:
    """Keep in the trail that the list behind a figure was taken out as a workbook, with its number of rows.

    Who may not take lists out of the report's own unit finds no such report.
    """
    fetch(actor, AnnualReport, report_id, Permission.EMPLOYEE_EXPORT)
    audit.note(str(msg("%(title)s，共 %(count)s 行", title=title, count=count)))


def _draft(actor: Actor, report_id: int) -> AnnualReport:
    report = fetch(actor, AnnualReport, report_id, Permission.REPORT_WRITE, lock=True)
    check_stage(_name(report), report.state, REPORT_STATES, (ReportState.DRAFT,))
    return report


def _name(report: AnnualReport) -> str:
    return report.title or str(msg("%(year)s 年年度报告", year=report.year))


def _gather(actor: Actor, report: AnnualReport, counted: Counted | None) -> None:
    found = counted if counted is not None and counted.fits(actor, report) else count_report(actor, report)
    report.figures, report.gathered_at, report.gathered_by = found.figures, found.at, actor.display_name


def check_given(given: ReportGiven) -> None:
    """Refuse years that have not begun, and days outside the year or ahead."""
    today = clock.today()
    if not FIRST_YEAR <= given.year <= today.year:
        raise Refused(
            msg("%(year)s 年不在 %(first)s 至 %(last)s 年之间，请核对年度。",
                year=given.year, first=FIRST_YEAR, last=today.year),
            field="year",
        )  # fmt: skip
    if given.on.year != given.year:
        raise Refused(msg("统计截止日 %(on)s 不在 %(year)s 年内，请核对。", on=given.on, year=given.year), field="on")
    if given.on > today:
        raise Refused(msg("统计截止日 %(on)s 晚于今天，最晚填今天。", on=given.on), field="on")


def _check_version(report: AnnualReport, version: int, typed: Mapping[str, object]) -> None:
    if report.version != version:
        raise Conflict(
            msg("这份年度报告刚刚被其他人修改，请核对后重新提交。"),
            typed=typed,
            current={name: getattr(report, name) for name in typed},
        )


def _check_places(text: str, sections: tuple[Section, ...], section: Section | None = None) -> None:
    unknown = unknown_places(text, all_figures(sections))
    if not unknown:
        return
    where = msg("“%(section)s”的文字中", section=section.title) if section else msg("文字中")
    raise Refused(
        msg(
            "%(where)s的 %(places)s 不是本报告的指标，请对照“可用的指标”改正；花括号只用来括住指标名称。",
            where=where,
            places="、".join(unknown),
        ),
        field="text",
    )


def _values(given: ReportGiven) -> dict[str, object]:
    return {
        "year": given.year,
        "on": given.on,
        "title": _line(given.title, "title"),
        "signed_by": _line(given.signed_by, "signed_by"),
        "signed_on": given.signed_on,
        "document": _line(given.document, "document"),
    }


def _line(text: str, field: str) -> str:
    line = " ".join(text.split())
    if len(line) > LONGEST_LINE:
        raise Refused(msg("最多 %(most)s 个字，请缩短。", most=LONGEST_LINE), field=field)
    return line
