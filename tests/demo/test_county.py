"""The county at its standard size: what it reports comes out by counting records."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, func, select

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.marks import Mark
from careerpath.demo.office import Office
from careerpath.demo.places import FEIXIAN
from careerpath.employees.models import Employee, Honour, Posting
from careerpath.policy.codes import Education
from careerpath.policy.talent_pool import Outcome
from careerpath.recruitment.models import Appointment
from careerpath.talent_pool.models import (
    ChannelCandidate,
    ChannelResult,
    DevelopmentTask,
    EntrantState,
    Leaving,
    PoolEntry,
    PoolProposal,
    PoolReview,
    Promotion,
    PromotionState,
    ProposalState,
    Selection,
    SelectionEntrant,
    SelectionState,
)
from tests.demo.programs import people_built


@pytest.fixture(scope="module")
def county(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The county with its pool and its promotions."""
    folder = tmp_path_factory.mktemp("county")
    with people_built(Mark(FEIXIAN, 330, 1), folder, blank_database, promoted=True) as (office, _):
        yield office


def count(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def test_the_register_counts_as_the_county_reports(county: Office) -> None:
    serving = select(Employee).where(Employee.left_on.is_(None))
    recruits = db.session.scalars(serving.where(Employee.batch != "")).all()
    assert count(serving) == 330
    assert sorted(Counter(person.batch for person in recruits).values()) == [48, 48, 56, 60]
    assert {Education(person.highest_education).rank >= 3 for person in recruits} == {True}
    ages = [(clock.today() - person.born_on).days / 365.2425 for person in recruits]
    assert 29.9 < sum(ages) / 212 < 30.1
    assert {person.channel for person in recruits} == {"open_recruitment", "by_election", "transfer_in"}
    assert {person.source for person in recruits} == {"graduate", "grid_worker", "veteran"}
    assert all(person.identity_masked.startswith("371399") for person in recruits)
    appointed = select(func.count(Appointment.id)).group_by(Appointment.batch_id).order_by(Appointment.batch_id)
    assert db.session.scalars(appointed).all() == [48, 60, 56, 48]


def test_206_entered_the_selections_and_121_were_selected_three_or_four_for_each_community(county: Office) -> None:
    over = select(SelectionEntrant).join(Selection).where(Selection.state == SelectionState.CONCLUDED)
    assert count(over.where(SelectionEntrant.state == EntrantState.ADMITTED)) == 206
    selected = db.session.scalars(over.where(SelectionEntrant.outcome == Outcome.SELECTED)).all()
    assert len({one.employee_id for one in selected}) == 121
    by_unit = Counter(Counter(one.unit_id for one in selected).values())
    assert by_unit == {4: 13, 3: 23}
    assert all(one.eligible and one.because for one in selected)


def test_everybody_selected_entered_the_pool_and_some_have_left_it(county: Office) -> None:
    by_selection = select(PoolEntry).where(PoolEntry.selection_id.is_not(None))
    assert count(by_selection) == 121
    left = Counter(db.session.scalars(select(PoolEntry.leaving).where(PoolEntry.left_on.is_not(None))))
    assert left[Leaving.APPOINTED] == 2
    assert {Leaving.REFUSAL, Leaving.REVIEWS, Leaving.DISCIPLINE} <= set(left)
    in_pool = db.session.scalars(select(PoolEntry.unit_id).where(PoolEntry.left_on.is_(None))).all()
    assert len(in_pool) == 122 - sum(left.values())
    sizes = set(Counter(in_pool).values())
    assert min(sizes) < 3
    assert max(sizes) > 4


def test_five_recruits_were_promoted_and_twenty_five_became_compound_secretaries(county: Office) -> None:
    concluded = db.session.execute(
        select(Promotion.rung, func.count())
        .where(Promotion.state == PromotionState.CONCLUDED)
        .group_by(Promotion.rung)
        .order_by(Promotion.rung)
    ).all()
    assert [tuple(row) for row in concluded] == [("committee", 3), ("compound_secretary", 25), ("secretary", 2)]
    heads = (
        select(Posting.employee_id)
        .join(Employee)
        .where(Posting.superseded_at.is_(None), Posting.ends_on.is_(None), Employee.batch != "")
    )
    assert count(heads.where(Posting.post.in_(("chief", "deputy")))) == 5
    assert count(heads.where(Posting.party_role == "小区党支部书记")) == 25
    elected = select(Posting).join(Promotion, Promotion.posting_id == Posting.id).where(Promotion.elected)
    assert all(posting.elected for posting in db.session.scalars(elected))


def test_promotions_stand_in_every_state(county: Office) -> None:
    assert set(db.session.scalars(select(Promotion.state))) == set(PromotionState)


def test_a_selection_takes_nominations_and_one_is_at_its_stages(county: Office) -> None:
    states = Counter(db.session.scalars(select(Selection.state)))
    assert states == {SelectionState.CONCLUDED: 2, SelectionState.STAGES: 1, SelectionState.NOMINATION: 1}
    open_states = set(
        db.session.scalars(
            select(SelectionEntrant.state).join(Selection).where(Selection.state == SelectionState.NOMINATION)
        )
    )
    assert open_states == {EntrantState.NOMINATED, EntrantState.ADMITTED}


def test_the_pool_has_tasks_reviews_and_proposals_to_look_at(county: Office) -> None:
    today = clock.today()
    assert count(select(DevelopmentTask).where(DevelopmentTask.done_on.is_not(None))) > 60
    assert count(select(DevelopmentTask).where(DevelopmentTask.done_on.is_(None), DevelopmentTask.due_on < today)) > 0
    assert {True, False} == set(db.session.scalars(select(PoolReview.passed)))
    assert {ProposalState.OPEN, ProposalState.ACCEPTED} <= set(db.session.scalars(select(PoolProposal.state)))


def test_four_delegates_one_deputy_and_seventeen_model_workers(county: Office) -> None:
    held = Counter(db.session.scalars(select(Honour.kind).where(Honour.superseded_at.is_(None))))
    assert held == {"party_delegate": 4, "peoples_deputy": 1, "model_worker": 17}
    people = db.session.scalars(select(Honour.employee_id)).all()
    assert len(set(people)) >= len(people) - 5


def test_two_of_the_green_channel_were_hired_by_rules_that_added_up_their_years(county: Office) -> None:
    results = Counter(db.session.scalars(select(ChannelCandidate.result)))
    assert results[ChannelResult.HIRED] == 2
    assert results[ChannelResult.APPLIED] > 0
    assert all(db.session.scalars(select(ChannelCandidate.eligible).where(ChannelCandidate.total.is_not(None))))
