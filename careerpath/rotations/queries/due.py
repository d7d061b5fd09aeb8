"""What of rotations waits for an office or a worker: for the start page. One statement beside the rules."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.employment import add_months
from careerpath.policy.rotation import RotationEdition
from careerpath.rotations.models import Rotation, RotationReport, RotationState, RotationWish
from careerpath.rotations.queries.reach import rotation_met
from careerpath.rotations.queries.rules import rules_or_none
from careerpath.rotations.queries.standing import Standing, stands


@dataclass(frozen=True, slots=True)
class RotationsDue:
    """How many wait for what; zero for what is not the actor's to do."""

    to_approve: int
    to_evaluate: int
    overdue: int
    """Still away after the last day: told to the district, which enters the return, and to the home."""
    soon: int
    """Coming back within the days in which the edition reminds."""
    unreported: int
    """Away, and nothing reported for as long as a report is due after."""
    wishes: int
    own_unreported: int
    own_summary: int


def rotations_due(actor: Actor) -> RotationsDue:
    """Everything that waits for an actor today. One statement, and one for the rules in force."""
    today, edition = clock.today(), rules_or_none(clock.today())
    one = Rotation
    remind = edition.remind_days if edition is not None else 0
    home = within(actor, one.unit_id, Permission.ROTATION_PROPOSE)
    decided = within(actor, one.unit_id, Permission.ROTATION_DECIDE)
    met = rotation_met(actor, Permission.ROTATION_REPORT) if actor.has(Permission.ROTATION_REPORT) else false()
    soon = and_(stands(Standing.AWAY, today), one.ends_on <= today + timedelta(days=remind))
    mine = one.employee_id.in_(select(Employee.id).where(Employee.user_id == (actor.user_id or 0)))
    silent = _silent(edition, today)
    own = mine if actor.has(Permission.OWN_GROWTH) and actor.user_id is not None else false()
    wishes = and_(within(actor, RotationWish.unit_id, Permission.ROTATION_PROPOSE), RotationWish.closed_on.is_(None))
    row = db.session.execute(
        select(
            _count(decided, one.state == RotationState.PROPOSED),
            _count(decided, one.state == RotationState.RETURNED),
            _count(home, stands(Standing.OVERDUE, today)),
            _count(home, soon),
            _count(met, silent),
            select(func.count()).select_from(RotationWish).where(wishes).scalar_subquery(),
            _count(own, silent),
            _count(own, one.state == RotationState.RETURNED, one.self_summary == ""),
        )
    ).one()
    return RotationsDue(*row)


def _count(*wanted: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(Rotation).where(*wanted).scalar_subquery()


def _silent(edition: RotationEdition | None, today: date) -> ColumnElement[bool]:
    """Away today, and the last report older than the time after which one is due."""
    found: ColumnElement[bool] = false()
    for kind in edition.kinds if edition is not None else ():
        if kind.report_every is None:
            continue
        since = add_months(today, -kind.report_every)
        reported = (
            select(RotationReport.id)
            .where(RotationReport.rotation_id == Rotation.id, RotationReport.on >= since)
            .correlate(Rotation)
            .exists()
        )
        found = or_(found, and_(Rotation.kind == kind.code, Rotation.starts_on <= since, ~reported))
    gone = or_(stands(Standing.AWAY, today), stands(Standing.OVERDUE, today))
    return and_(gone, found)
