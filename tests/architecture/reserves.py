"""Records of the reserve pool for the small world: what the addresses and operations of that room name.

Selections and channels belong to a district; entrants, reserves and promotions to a community of one street.
"""

from collections.abc import Mapping
from datetime import date

from careerpath.access.models import Unit
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import PoolObjection, PoolProposal, PoolReview, Proposed, Readiness
from tests.factories.talent_pool import (
    make_channel,
    make_channel_candidate,
    make_entrant,
    make_entry,
    make_places,
    make_promotion,
    make_selection,
    make_task,
)


def reserve_records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """A selection and a channel of each place's district, with one person of its community in everything."""
    selections = {unit.id: make_selection(unit) for unit in districts.values()}
    channels = {unit.id: make_channel(unit) for unit in districts.values()}
    found = {}
    for place, district in districts.items():
        community, employee = communities[place], db.session.get_one(Employee, people[place])
        selection, channel = selections[district.id], channels[district.id]
        make_places(selection, community)
        entrant = make_entrant(selection, employee, community)
        entry = make_entry(employee, community)
        promotion = make_promotion(employee, community, entry_id=entry.id)
        proposal = PoolProposal(
            proposed=Proposed.EXIT,
            employee_id=employee.id,
            entry_id=entry.id,
            unit_id=community.id,
            rung=entry.rung,
            ground="age",
            since=date(2025, 11, 1),
            proposed_on=date(2025, 11, 2),
        )
        review = PoolReview(
            entry_id=entry.id,
            on=date(2025, 11, 20),
            passed=True,
            readiness=Readiness.SOON,
            by="街道经办",
            at=clock.now(),
        )
        objection = PoolObjection(
            promotion_id=promotion.id,
            unit_id=community.id,
            received_on=date(2025, 12, 1),
            named=True,
            text="年限不足",
            received_by="区级经办",
        )
        with writing() as session:
            session.add_all([proposal, objection, review])
        found[place] = {
            "selection_id": selection.id,
            "entrant_id": entrant.id,
            "pool_entry_id": entry.id,
            "task_id": make_task(entry).id,
            "pool_proposal_id": proposal.id,
            "pool_review_id": review.id,
            "promotion_id": promotion.id,
            "pool_objection_id": objection.id,
            "channel_id": channel.id,
            "channel_candidate_id": make_channel_candidate(channel, employee, community).id,
        }
    return found
