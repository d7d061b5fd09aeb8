"""The first levels of people who were just appointed: a round for them alone, submitted at once."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.pay.models import PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.operations.rounds import check_day, held_elsewhere, new_round, propose_levels
from careerpath.pay.queries.facts import workers_named
from careerpath.pay.queries.rounds import scheme_or_none
from careerpath.pay.queries.timeline import timeline
from careerpath.policy.codes import UnitKind
from careerpath.words import Refused, msg


@operation(Permission.RECRUITMENT_DECIDE)
def propose_first_levels(actor: Actor, unit_id: int, employee_ids: Sequence[int], on: date) -> int | None:
    """Propose the levels of newcomers of a street on their first day; gives the round, which waits for the district.

    ``None`` where the place has no scheme or no levels then, and where nobody of them is new: whoever was placed before
    or serves elsewhere on that day is left to the street's own round. Whose facts do not suffice is listed in the
    round with what is missing. Refuses people who are in an open round already.
    """
    unit = fetch_unit(actor, unit_id, Permission.RECRUITMENT_DECIDE, lock=True)
    if unit.kind not in STREET_KINDS and unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("套级以街道（乡镇）为单位办理，请选择街道。"), field="unit")
    _refuse_held(employee_ids)
    scheme = scheme_or_none(on)
    if scheme is None or scheme.ladder is None:
        return None
    check_day(on)
    workers = []
    for worker in workers_named(employee_ids, on):
        home = worker.home_on(on)
        if not worker.placements and home is not None and home.unit_path.startswith(unit.path):
            workers.append(worker)
    if not workers:
        return None
    schemes = timeline(on)
    round_ = new_round(actor, unit, on, schemes, newcomers=True)
    propose_levels(round_, schemes, workers, {})
    for proposal in db.session.scalars(select(PlacementProposal).where(PlacementProposal.round_id == round_.id)):
        proposal.state = ProposalState.SUBMITTED
        proposal.street_by, proposal.street_on = actor.display_name, clock.today()
        round_.submitted_at = clock.now()
    return round_.id


@operation(Permission.RECRUITMENT_DECIDE)
def withdraw_first_level(actor: Actor, employee_id: int) -> None:
    """Take a newcomer out of their round, because the appointment is cancelled; an empty round goes with them.

    Refuses a level that the district has approved, and somebody whom the street proposes by now.
    """
    employee = fetch(actor, Employee, employee_id, Permission.RECRUITMENT_DECIDE)
    query = select(PlacementProposal).where(PlacementProposal.employee_id == employee.id).with_for_update()
    rows = db.session.scalars(query).all()
    rounds = db.session.scalars(
        select(PlacementRound)
        .where(PlacementRound.newcomers, PlacementRound.unit_id.in_(_above(employee)))
        .with_for_update()
    ).all()
    own = {one.id for one in rounds}
    if any(one.round_id not in own for one in rows):
        raise Refused(msg("%(name)s已列入街道的套级晋级，请先由街道撤回或重新测算。", name=employee.name))
    if any(one.state is ProposalState.APPROVED for one in rows):
        raise Refused(msg("%(name)s的首次定级已经审批，请先撤销审批。", name=employee.name))
    for one in rows:
        db.session.delete(one)
    db.session.flush()
    for round_ in rounds:
        round_.lacking = [one for one in round_.lacking if one["employee_id"] != employee.id]
        used = db.session.scalar(select(PlacementProposal.id).where(PlacementProposal.round_id == round_.id).limit(1))
        if used is None and not round_.lacking and round_.id in {one.round_id for one in rows}:
            db.session.delete(round_)
    db.session.flush()


def _above(employee: Employee) -> list[int]:
    path = db.session.get_one(Unit, employee.unit_id).path
    return [int(number) for number in path.strip("/").split("/")]


def _refuse_held(employee_ids: Sequence[int]) -> None:
    held = held_elsewhere(employee_ids)
    if held:
        names = db.session.scalars(select(Employee.name).where(Employee.id.in_(held)).order_by(Employee.number))
        raise Refused(msg("%(names)s已在另一批未办结的套级晋级中，请先办结该批。", names="、".join(names)))
