"""The first levels of people who were just appointed stand in a round of their own beside the street's."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.pay.models import Placement, PlacementRound, ProposalState
from careerpath.pay.operations.approvals import Approval, approve_proposals, return_proposals, revoke_placement
from careerpath.pay.operations.newcomers import propose_first_levels
from careerpath.pay.operations.rounds import (
    Review,
    drop_round,
    finish_round,
    generate_round,
    regenerate_round,
    review_proposals,
    submit_round,
)
from careerpath.pay.queries.waiting import streets_without_round
from careerpath.policy.pay import Cause
from careerpath.words import NotFound, Refused
from tests.factories.access import make_actor
from tests.factories.pay import PayTown, adopt_scheme

STARTS = date(2025, 12, 22)
TODAY = date(2025, 12, 5)


class Newcomers(PayTown):
    """A street where two people begin in a few weeks."""

    def __init__(self) -> None:
        super().__init__()
        self.office = make_actor(Role.DISTRICT_HR, self.town.district, "hr")
        self.fresh = [self.person(self.town.community, joined_community_on=STARTS) for _ in range(2)]
        self.ids = [one.id for one in self.fresh]

    def first(self) -> int:
        """Their round."""
        round_id = propose_first_levels(self.office, self.town.street.id, self.ids, STARTS)
        assert round_id is not None
        return round_id

    def people(self, round_id: int) -> set[int]:
        """Whose levels a round proposes."""
        return {one.employee_id for one in self.proposals(round_id)}


def test_newcomers_wait_for_the_district_at_once_with_the_level_of_their_first_day(app: Flask) -> None:
    town = Newcomers()
    round_id = town.first()
    rows = town.proposals(round_id)
    assert {(one.cause, one.starts_on, one.before_level, one.after_level) for one in rows} == {
        (Cause.INITIAL, STARTS, None, 1)
    }
    assert {(one.state, one.street_by) for one in rows} == {(ProposalState.SUBMITTED, "hr")}
    assert town.people(round_id) == set(town.ids)
    assert town.round(round_id).submitted_at is not None
    approve_proposals(town.office, round_id, Approval(tuple(one.id for one in rows), "费组〔2025〕30号"))
    assert town.levels(town.fresh[0]) == [(STARTS, 1)]
    assert town.round(round_id).closed_at is not None


def test_their_round_and_the_streets_own_do_not_hold_each_other_up_nor_the_same_person(app: Flask) -> None:
    town = Newcomers()
    own = town.generate(STARTS)
    assert set(town.ids) <= town.people(own)
    with pytest.raises(Refused, match="已在另一批未办结的套级晋级中"):
        town.first()
    drop_round(town.clerk, own)
    first = town.first()
    own = generate_round(town.clerk, town.town.street.id, STARTS)
    assert town.people(own) == {town.chief.id, town.deputy.id, town.staff.id}
    regenerate_round(town.clerk, own)
    assert not town.people(own) & set(town.ids)
    approve_proposals(town.office, first, Approval(tuple(one.id for one in town.proposals(first))))
    assert not town.people(own) & set(town.ids)
    with pytest.raises(Refused, match="还有一批"):
        generate_round(town.clerk, town.town.street.id, STARTS)


def test_newcomers_come_beside_an_open_round_that_does_not_hold_them(app: Flask) -> None:
    town = Newcomers()
    own = town.generate(TODAY)
    assert not town.people(own) & set(town.ids)
    assert town.people(town.first()) == set(town.ids)


def test_a_returned_round_is_worked_out_anew_for_its_own_people_alone(app: Flask) -> None:
    town = Newcomers()
    round_id = town.first()
    one = town.proposals(round_id)[0]
    return_proposals(town.office, round_id, tuple(row.id for row in town.proposals(round_id)), "学历待核")
    assert regenerate_round(town.clerk, round_id) == 2
    assert town.people(round_id) == set(town.ids)
    held = next(row.id for row in town.proposals(round_id) if row.employee_id == one.employee_id)
    review_proposals(town.clerk, round_id, Review((held,), withheld=True, note="学历待核"))
    assert submit_round(town.clerk, round_id) == 1
    rest = tuple(row.id for row in town.proposals(round_id) if row.state is ProposalState.SUBMITTED)
    approve_proposals(town.office, round_id, Approval(rest))
    finish_round(town.clerk, round_id)
    assert one.employee_id in town.people(town.generate(STARTS))


def test_who_lacks_facts_is_listed_and_looked_at_again(app: Flask) -> None:
    town = Newcomers()
    bare = town.person(town.town.community, joined_community_on=STARTS, study=None)
    round_id = propose_first_levels(town.office, town.town.street.id, [*town.ids, bare.id], STARTS)
    assert round_id is not None
    assert [one["employee_id"] for one in town.round(round_id).lacking] == [bare.id]
    assert town.people(round_id) == set(town.ids)
    return_proposals(town.office, round_id, tuple(row.id for row in town.proposals(round_id)), "补齐后再报")
    regenerate_round(town.clerk, round_id)
    assert [one["employee_id"] for one in town.round(round_id).lacking] == [bare.id]


def test_who_was_placed_before_or_serves_elsewhere_is_left_to_the_street(app: Flask) -> None:
    town = Newcomers()
    town.place_everybody(date(2024, 6, 1))
    abroad = town.person(town.town.foreign, joined_community_on=STARTS)
    assert propose_first_levels(town.office, town.town.street.id, [town.staff.id, abroad.id], STARTS) is None
    assert db.session.scalars(select(PlacementRound).where(PlacementRound.newcomers)).all() == []


def test_nothing_is_proposed_where_the_scheme_has_no_levels_or_there_is_none(app: Flask) -> None:
    town = Newcomers()
    assert propose_first_levels(town.office, town.town.street.id, town.ids, date(2007, 12, 31)) is None
    adopt_scheme(flat=True, key="flat", effective_from="2025-12-01")
    assert propose_first_levels(town.office, town.town.street.id, town.ids, STARTS) is None
    assert db.session.query(PlacementRound).count() == 0


def test_an_approval_that_is_revoked_lies_open_again_in_the_same_round(app: Flask) -> None:
    town = Newcomers()
    first = town.first()
    own = town.generate(TODAY)
    approve_proposals(town.office, first, Approval(tuple(one.id for one in town.proposals(first))))
    placement = db.session.scalars(select(Placement).where(Placement.employee_id == town.ids[0])).one()
    revoke_placement(town.office, placement.id, "学历不实")
    assert town.round(first).closed_at is None
    assert town.round(own).closed_at is None
    states = {one.employee_id: one.state for one in town.proposals(first)}
    assert states[town.ids[0]] is ProposalState.SUBMITTED


def test_an_approval_that_is_revoked_is_left_to_the_round_that_holds_the_person_meanwhile(app: Flask) -> None:
    town = Newcomers()
    first = town.first()
    approve_proposals(town.office, first, Approval(tuple(one.id for one in town.proposals(first))))
    town.certify(db.session.get_one(Employee, town.ids[0]), date(2025, 12, 1))
    own = town.generate(STARTS)
    assert town.ids[0] in town.people(own)
    placement = db.session.scalars(select(Placement).where(Placement.employee_id == town.ids[0])).one()
    revoke_placement(town.office, placement.id, "学历不实")
    assert town.round(first).closed_at is not None
    states = {one.employee_id: one.state for one in town.proposals(first)}
    assert states[town.ids[0]] is ProposalState.WITHHELD


def test_their_round_does_not_count_as_the_streets_look_at_the_new_year(app: Flask) -> None:
    town = Newcomers()
    town.first()
    assert "费城街道" in streets_without_round(town.clerk, STARTS, 10)
    town.generate(STARTS)
    assert "费城街道" not in streets_without_round(town.clerk, STARTS, 10)


def test_only_who_appoints_proposes_first_levels_and_only_for_streets_of_their_own(app: Flask) -> None:
    town = Newcomers()
    with pytest.raises(Refused, match="权限"):
        propose_first_levels(town.clerk, town.town.street.id, town.ids, STARTS)
    with pytest.raises(Refused, match="以街道（乡镇）为单位"):
        propose_first_levels(town.office, town.town.community.id, town.ids, STARTS)
    with pytest.raises(NotFound):
        propose_first_levels(town.office, 999, town.ids, STARTS)
