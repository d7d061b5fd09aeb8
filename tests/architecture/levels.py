"""Records of levels for the small world: a round of a street, submitted and approved."""

from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.operations.facts import NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.pay.models import Placement, PlacementProposal
from careerpath.pay.operations.approvals import Approval, approve_proposals
from careerpath.pay.operations.rounds import generate_round, submit_round

ON = date(2025, 12, 1)


def level_records(clerk: Actor, street: Unit, employee_id: int) -> dict[str, int]:
    """A round, a proposal and an approved level of the street's one person."""
    add_fact(clerk, employee_id, NewEducation(level="31", graduated_on=date(2012, 6, 30)))
    round_id = generate_round(clerk, street.id, ON)
    submit_round(clerk, round_id)
    proposal_id = db.session.scalars(select(PlacementProposal.id).where(PlacementProposal.round_id == round_id)).one()
    district = Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, street.path),))
    approve_proposals(district, round_id, Approval((proposal_id,)))
    placement_id = db.session.scalars(select(Placement.id).where(Placement.proposal_id == proposal_id)).one()
    return {"round_id": round_id, "proposal_id": proposal_id, "placement_id": placement_id}
