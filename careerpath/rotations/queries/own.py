"""A worker's own page: where they are or were, what they have to report, what they would like."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.queries.serving import own_employee
from careerpath.rotations.models import Host, Rotation, RotationReport, RotationState, RotationWish
from careerpath.rotations.queries.names import grade_names, kind_choices, kind_names
from careerpath.rotations.queries.reporting import ReportDue
from careerpath.rotations.queries.rotation import asked_of
from careerpath.rotations.queries.rules import frozen_rules
from careerpath.rotations.queries.standing import WENT, Standing, standing_on
from careerpath.rotations.queries.wishes import WishLine, wish_query, wishes_of
from careerpath.skills.queries.lines import line_choices


@dataclass(frozen=True, slots=True)
class OwnRotation:
    """One rotation of one's own."""

    record: Rotation
    host_name: str
    contact: str
    kind: str
    grade: str
    standing: Standing
    reports: Sequence[RotationReport]
    asked: tuple[ReportDue, ...]
    missing: tuple[ReportDue, ...]
    may_report: bool


@dataclass(frozen=True, slots=True)
class OwnRotations:
    """The page; ``has_file`` tells whether the account belongs to a person of the register."""

    has_file: bool
    rotations: tuple[OwnRotation, ...]
    wishes: tuple[WishLine, ...]
    kinds: Sequence[tuple[str, str]]
    lines: Sequence[tuple[str, str]]


def own_rotations(actor: Actor) -> OwnRotations:
    """Everything of one's own, newest first. Seven queries at the most."""
    own, today = own_employee(actor), clock.today()
    if own is None:
        return OwnRotations(False, (), (), (), ())
    rows = db.session.execute(
        select(Rotation, Host.name, Host.contact)
        .join(Host, Host.id == Rotation.host_id)
        .where(Rotation.employee_id == own.id, Rotation.state.in_((RotationState.PROPOSED, *WENT)))
        .order_by(Rotation.starts_on.desc(), Rotation.id.desc())
    ).all()
    reports: dict[int, list[RotationReport]] = {row[0].id: [] for row in rows}
    query = select(RotationReport).where(RotationReport.rotation_id.in_(reports))
    for report in db.session.scalars(query.order_by(RotationReport.on.desc())):
        reports[report.rotation_id].append(report)
    kinds, grades = kind_names(row[0].kind for row in rows), grade_names()
    found = []
    for record, host_name, contact in rows:
        asked = asked_of(record, frozen_rules(record.edition), [one.on for one in reports[record.id]])
        open_now = record.state in (RotationState.APPROVED, RotationState.RETURNED) and record.starts_on <= today
        found.append(
            OwnRotation(
                record=record,
                host_name=host_name,
                contact=contact,
                kind=kinds[record.kind],
                grade=grades.get(record.grade, record.grade),
                standing=standing_on(record, today),
                reports=reports[record.id],
                asked=asked,
                missing=tuple(one for one in asked if one.missing(today)),
                may_report=open_now,
            )
        )
    wishes = db.session.execute(
        wish_query().where(RotationWish.employee_id == own.id).order_by(RotationWish.id.desc()).limit(20)
    ).all()
    unit = db.session.get_one(Unit, own.unit_id)
    return OwnRotations(True, tuple(found), tuple(wishes_of(wishes)), kind_choices(today), line_choices(unit))
