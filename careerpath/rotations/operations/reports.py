"""What somebody away reports: written by the office of the home or of the host, or by the person."""

from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.rotations.models import Rotation, RotationReport, RotationState
from careerpath.rotations.operations.steps import check_past, check_state
from careerpath.rotations.operations.texts import read_text
from careerpath.rotations.queries.own_reach import own_rotation
from careerpath.rotations.queries.reach import met_rotation
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_REPORT = 4000
REPORTED = (RotationState.APPROVED, RotationState.RETURNED)
"""Reports are entered until the evaluation."""


@operation(Permission.ROTATION_REPORT)
def write_report(actor: Actor, rotation_id: int, on: date, text: str) -> int:
    """Keep the report of a time that ends with ``on``; gives its id."""
    return _write(actor, met_rotation(actor, rotation_id, Permission.ROTATION_REPORT, lock=True), on, text)


@operation(Permission.OWN_GROWTH)
def write_own_report(actor: Actor, rotation_id: int, on: date, text: str) -> int:
    """Keep a report of one's own; gives its id."""
    return _write(actor, own_rotation(actor, rotation_id, lock=True), on, text)


@operation(Permission.ROTATION_REPORT)
def change_report(actor: Actor, report_id: int, on: date, text: str, version: int) -> None:
    """Change a report. Raises ``Conflict`` when ``version`` is no longer the present one."""
    report = _report(report_id)
    _change(report, met_rotation(actor, report.rotation_id, Permission.ROTATION_REPORT, lock=True), on, text, version)


@operation(Permission.OWN_GROWTH)
def change_own_report(actor: Actor, report_id: int, on: date, text: str, version: int) -> None:
    """Change a report of one's own. Raises ``Conflict`` like ``change_report``."""
    report = _report(report_id)
    _change(report, own_rotation(actor, report.rotation_id, lock=True), on, text, version)


@operation(Permission.ROTATION_REPORT)
def drop_report(actor: Actor, report_id: int) -> None:
    """Remove a report entered by mistake; the trail keeps it."""
    report = _report(report_id)
    _drop(report, met_rotation(actor, report.rotation_id, Permission.ROTATION_REPORT, lock=True))


@operation(Permission.OWN_GROWTH)
def drop_own_report(actor: Actor, report_id: int) -> None:
    """Remove a report of one's own."""
    report = _report(report_id)
    _drop(report, own_rotation(actor, report.rotation_id, lock=True))


def _report(report_id: int) -> RotationReport:
    """A report by its id; whose it is, its rotation tells."""
    report = db.session.get(RotationReport, report_id)
    if report is None:
        raise NotFound
    return report


def _write(actor: Actor, rotation: Rotation, on: date, text: str) -> int:
    check_state(rotation, *REPORTED)
    _check_day(rotation, on, None)
    report = RotationReport(
        rotation_id=rotation.id,
        on=on,
        text=read_text(text, LONGEST_REPORT, "text", msg("请写明锻炼期间的工作情况。")),
        by=actor.display_name,
        at=clock.now(),
    )
    session_add(report)
    return report.id


def _change(report: RotationReport, rotation: Rotation, on: date, text: str, version: int) -> None:
    check_state(rotation, *REPORTED)
    if report.version != version:
        raise Conflict(
            msg("这份报告刚刚被其他人修改，请核对后重新提交。"),
            typed={"on": on, "text": text},
            current={"on": report.on, "text": report.text},
        )
    _check_day(rotation, on, report.id)
    report.on, report.text = on, read_text(text, LONGEST_REPORT, "text", msg("请写明锻炼期间的工作情况。"))


def _drop(report: RotationReport, rotation: Rotation) -> None:
    check_state(rotation, *REPORTED)
    db.session.delete(report)


def _check_day(rotation: Rotation, on: date, own_id: int | None) -> None:
    check_past(on, "on")
    last = rotation.returned_on or max(rotation.ends_on, clock.today())
    if not rotation.starts_on <= on <= last:
        raise Refused(
            msg("报告日期应在 %(starts)s 至 %(last)s 之间，请核对。", starts=rotation.starts_on, last=last), field="on"
        )
    query = select(RotationReport.id).where(
        RotationReport.rotation_id == rotation.id, RotationReport.on == on, RotationReport.id != (own_id or 0)
    )
    if db.session.scalars(query).first() is not None:
        raise Refused(msg("%(on)s 已有一份报告，请直接修改那一份。", on=on), field="on")
