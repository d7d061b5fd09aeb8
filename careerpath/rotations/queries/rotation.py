"""One rotation: where it stands, what may be done now, reports, what the rule finds, and who else is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.process import Done, Process, Step
from careerpath.employees.models import Employee
from careerpath.policy.rotation import RotationEdition, overdue_by
from careerpath.rotations.models import Host, Rotation, RotationReport, RotationState, RotationStep
from careerpath.rotations.queries.findings import stay_of
from careerpath.rotations.queries.names import grade_names, kind_names
from careerpath.rotations.queries.reach import rotation_met
from careerpath.rotations.queries.reporting import ReportDue, reports_asked
from careerpath.rotations.queries.rules import frozen_rules
from careerpath.rotations.queries.standing import Standing, standing_on
from careerpath.rotations.queries.words import ROTATION_STATES
from careerpath.words import NotFound, msg


class RotationAct(StrEnum):
    """What may be done to a rotation; ``RotationPage.may`` holds those that the actor may do now."""

    EDIT = "edit"
    APPROVE = "approve"
    CANCEL = "cancel"
    EXTEND = "extend"
    RETURN = "return"
    UNDO_RETURN = "undo_return"
    REPORT = "report"
    SUMMARISE = "summarise"
    EVALUATE = "evaluate"
    REOPEN = "reopen"


_A, _S, _P = RotationAct, RotationState, Permission
ACTS: Mapping[RotationAct, tuple[Permission, frozenset[RotationState]]] = {
    _A.EDIT: (_P.ROTATION_PROPOSE, frozenset({_S.PROPOSED})),
    _A.APPROVE: (_P.ROTATION_DECIDE, frozenset({_S.PROPOSED})),
    _A.CANCEL: (_P.ROTATION_PROPOSE, frozenset({_S.PROPOSED, _S.APPROVED})),
    _A.EXTEND: (_P.ROTATION_DECIDE, frozenset({_S.APPROVED})),
    _A.RETURN: (_P.ROTATION_DECIDE, frozenset({_S.APPROVED})),
    _A.UNDO_RETURN: (_P.ROTATION_DECIDE, frozenset({_S.RETURNED})),
    _A.REPORT: (_P.ROTATION_REPORT, frozenset({_S.APPROVED, _S.RETURNED})),
    _A.SUMMARISE: (_P.ROTATION_REPORT, frozenset({_S.APPROVED, _S.RETURNED})),
    _A.EVALUATE: (_P.ROTATION_DECIDE, frozenset({_S.RETURNED})),
    _A.REOPEN: (_P.ROTATION_DECIDE, frozenset({_S.EVALUATED})),
}
"""The permission that an act asks for, and the states in which it is done."""

FROM_HOST = frozenset({_A.REPORT, _A.SUMMARISE})
"""What the host's office does as well as the home's."""
ONCE_BEGUN = frozenset({_A.RETURN, _A.REPORT, _A.SUMMARISE})

PROCESS: Process[RotationState] = Process(
    (_S.PROPOSED, _S.APPROVED, _S.RETURNED, _S.EVALUATED), ROTATION_STATES, _S.CANCELLED, msg("调整期限或修改内容")
)


@dataclass(frozen=True, slots=True)
class RotationPage:
    """Everything that the page of a rotation shows."""

    record: Rotation
    name: str
    number: str
    host: Host
    unit_path: str
    """Of the home unit."""
    kind_name: str
    grade_name: str
    edition: RotationEdition
    standing: Standing
    overdue_days: int
    steps: tuple[Step, ...]
    done: tuple[Done, ...]
    reports: Sequence[RotationReport]
    """Newest first."""
    asked: tuple[ReportDue, ...]
    may: frozenset[RotationAct]
    from_home: bool
    """Whether the actor looks from the home: only there the file opens."""


def rotation_page(actor: Actor, rotation_id: int, permission: Permission = Permission.ROTATION_VIEW) -> RotationPage:
    """One rotation, or ``NotFound``. Three queries."""
    query = (
        select(Rotation, Employee.name, Employee.number, Host, Unit.path)
        .join(Host, Host.id == Rotation.host_id)
        .join(Unit, Unit.id == Rotation.unit_id)
        .outerjoin(Employee, Employee.id == Rotation.employee_id)
        .where(Rotation.id == rotation_id, rotation_met(actor, permission))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    record, name, number, host, path = found
    today, edition = clock.today(), frozen_rules(record.edition)
    steps = db.session.scalars(
        select(RotationStep).where(RotationStep.rotation_id == record.id).order_by(RotationStep.id)
    ).all()
    reports = db.session.scalars(
        select(RotationReport).where(RotationReport.rotation_id == record.id).order_by(RotationReport.on.desc())
    ).all()
    planned = {_S.APPROVED: record.starts_on, _S.RETURNED: record.ends_on}
    return RotationPage(
        record=record,
        name=name or record.person_name,
        number=number or "",
        host=host,
        unit_path=path,
        kind_name=kind_names([record.kind])[record.kind],
        grade_name=grade_names().get(record.grade, record.grade),
        edition=edition,
        standing=standing_on(record, today),
        overdue_days=overdue_by(stay_of(record), today) if record.state is _S.APPROVED else 0,
        steps=PROCESS.steps(record.state, steps, planned),
        done=PROCESS.done(steps),
        reports=reports,
        asked=asked_of(record, edition, [one.on for one in reports]),
        may=frozenset(act for act in RotationAct if _may(actor, record, path, act, today)),
        from_home=actor.can(Permission.EMPLOYEE_VIEW, path),
    )


def asked_of(record: Rotation, edition: RotationEdition, days: Sequence[date]) -> tuple[ReportDue, ...]:
    """The reports that a rotation asks for; none of one that does not take place."""
    if record.state in (_S.PROPOSED, _S.CANCELLED):
        return ()
    return reports_asked(edition, stay_of(record), days)


def _may(actor: Actor, record: Rotation, path: str, act: RotationAct, today: date) -> bool:
    permission, states = ACTS[act]
    if record.state not in states:
        return False
    # Whoever sees the page meets the rotation from one of its two sides.
    held = actor.has(permission) if act in FROM_HOST else actor.can(permission, path)
    if not held or (act in ONCE_BEGUN and record.starts_on > today):
        return False
    if act is RotationAct.CANCEL and record.state is RotationState.APPROVED:
        return actor.can(Permission.ROTATION_DECIDE, path) and record.starts_on > today
    return True


def report_head(actor: Actor, report_id: int, permission: Permission) -> tuple[RotationReport, str]:
    """A report with the name of the person, or ``NotFound``. One query."""
    query = (
        select(RotationReport, Employee.name, Rotation.person_name)
        .join(Rotation, Rotation.id == RotationReport.rotation_id)
        .outerjoin(Employee, Employee.id == Rotation.employee_id)
        .where(RotationReport.id == report_id, rotation_met(actor, permission))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1] or found[2]
