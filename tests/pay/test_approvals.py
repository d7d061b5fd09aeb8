"""The district's desk: approving, returning, and taking an approval back."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.pay.models import Placement, ProposalState
from careerpath.pay.operations.approvals import Approval, approve_proposals, return_proposals, revoke_placement
from careerpath.pay.operations.rounds import (
    Review,
    drop_round,
    generate_round,
    regenerate_round,
    review_proposals,
    submit_round,
)
from careerpath.words import NotFound, Refused
from tests.factories.pay import PayTown

NEW_YEAR = date(2026, 1, 1)


def submitted(town: PayTown) -> int:
    """A round that the street has submitted."""
    round_id = town.generate()
    submit_round(town.clerk, round_id, "同意上报。")
    return round_id


def everybody(town: PayTown, round_id: int, document: str = "费人社薪〔2025〕7号") -> Approval:
    """Everything of a round."""
    return Approval(tuple(one.id for one in town.proposals(round_id)), document)


def standing(town: PayTown, person_id: int) -> Placement:
    """The newest approved level of a person that holds."""
    query = select(Placement).where(Placement.employee_id == person_id, Placement.superseded_at.is_(None))
    return db.session.scalars(query.order_by(Placement.starts_on.desc())).all()[0]


def test_what_is_approved_becomes_the_level_with_document_cause_and_reasons(app: Flask) -> None:
    town = PayTown()
    round_id = submitted(town)
    assert approve_proposals(town.hr, round_id, everybody(town, round_id)) == 3
    level = standing(town, town.staff.id)
    assert (level.level, level.tier, level.starts_on) == (3, 3, date(2025, 1, 1))
    assert (level.document, level.edition_key) == ("费人社薪〔2025〕7号", "feixian-2022")
    assert level.because
    assert town.round(round_id).closed_at is not None


def test_approving_twice_has_one_effect(app: Flask) -> None:
    town = PayTown()
    round_id = submitted(town)
    first = Approval((town.proposals(round_id, town.chief)[0].id,))
    assert approve_proposals(town.hr, round_id, first) == 1
    assert approve_proposals(town.hr, round_id, first) == 0
    assert len(town.levels(town.chief)) == 1


def test_what_was_not_submitted_is_not_approved(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    with pytest.raises(Refused, match="尚未上报"):
        approve_proposals(town.hr, round_id, everybody(town, round_id))
    assert db.session.scalars(select(Placement.id)).all() == []


def test_a_proposal_of_another_round_is_not_found(app: Flask) -> None:
    town = PayTown()
    round_id = submitted(town)
    other = town.generate(actor=town.stranger, unit=town.town.other_street)
    foreign = town.proposals(other)[0].id
    with pytest.raises(NotFound):
        approve_proposals(town.hr, round_id, Approval((foreign,)))
    with pytest.raises(NotFound):
        return_proposals(town.hr, round_id, (foreign,), "请补充。")
    with pytest.raises(NotFound):
        review_proposals(town.clerk, round_id, Review((foreign,), withheld=True, note="待核实"))


def test_the_district_next_door_finds_nothing(app: Flask) -> None:
    town = PayTown()
    round_id = submitted(town)
    neighbour = Actor(None, "n", "n", (Grant(Role.DISTRICT_HR, town.town.other_street.path),))
    with pytest.raises(NotFound):
        approve_proposals(neighbour, round_id, everybody(town, round_id))


def test_what_is_returned_goes_back_with_the_comment_and_comes_again(app: Flask) -> None:
    town = PayTown()
    round_id = submitted(town)
    one = town.proposals(round_id, town.staff)[0].id
    with pytest.raises(Refused, match="请写明退回原因"):
        return_proposals(town.hr, round_id, (one,), " ")
    assert return_proposals(town.hr, round_id, (one,), "请补学历证明。") == 1
    back = town.proposals(round_id, town.staff)[0]
    assert (back.state, back.comment) == (ProposalState.RETURNED, "请补学历证明。")
    assert submit_round(town.clerk, round_id, "已补。") == 1
    assert approve_proposals(town.hr, round_id, everybody(town, round_id)) == 3


def test_nothing_chosen_is_no_approval_of_everything(app: Flask) -> None:
    town = PayTown()
    round_id = submitted(town)
    with pytest.raises(Refused, match="请先勾选人员"):
        approve_proposals(town.hr, round_id, Approval(()))


def test_several_spans_of_one_person_are_approved_together_and_replace_what_stood(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    town.approve_all(town.generate(NEW_YEAR))
    town.certify(town.staff, date(2024, 9, 20))
    round_id = town.generate(NEW_YEAR)
    submit_round(town.clerk, round_id)
    later = town.proposals(round_id, town.staff)[1].id
    assert approve_proposals(town.hr, round_id, Approval((later,), "费人社薪〔2025〕9号")) == 1
    assert town.levels(town.staff) == [(date(2022, 1, 1), 2), (date(2024, 9, 1), 3), (date(2025, 1, 1), 4)]
    assert town.proposals(town.generate(NEW_YEAR)) == []


def test_a_proposal_is_not_approved_on_top_of_a_level_that_has_changed(app: Flask) -> None:
    town = PayTown()
    first = town.place_everybody(date(2024, 6, 1))
    round_id = town.generate(NEW_YEAR)
    submit_round(town.clerk, round_id)
    revoke_placement(town.hr, standing(town, town.staff.id).id, "误批")
    assert town.proposals(first, town.staff)[0].state is ProposalState.WITHHELD
    with pytest.raises(Refused, match="现任等级在测算之后已变动"):
        approve_proposals(town.hr, round_id, everybody(town, round_id))
    assert {one.state for one in town.proposals(round_id)} == {ProposalState.SUBMITTED}


def test_a_revoked_approval_lets_the_level_before_hold_again_and_waits_once_more(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    round_id = town.generate(NEW_YEAR)
    town.approve_all(round_id)
    assert town.round(round_id).closed_at is not None
    with pytest.raises(Refused, match="请写明撤销审批的理由"):
        revoke_placement(town.hr, standing(town, town.staff.id).id, "")
    revoke_placement(town.hr, standing(town, town.staff.id).id, "文号有误")
    assert town.levels(town.staff) == [(date(2022, 1, 1), 2)]
    again = town.proposals(round_id, town.staff)[0]
    assert (again.state, again.comment, again.document) == (ProposalState.SUBMITTED, "撤销审批：文号有误", "")
    assert town.round(round_id).closed_at is None
    assert approve_proposals(town.hr, round_id, Approval((again.id,), "费人社薪〔2025〕8号")) == 1
    assert standing(town, town.staff.id).document == "费人社薪〔2025〕8号"
    assert town.round(round_id).closed_at is not None


def test_revoking_brings_back_what_was_replaced_on_the_same_day(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    town.approve_all(town.generate(NEW_YEAR))
    town.certify(town.staff, date(2024, 9, 20))
    round_id = town.generate(NEW_YEAR)
    town.approve_all(round_id)
    revoke_placement(town.hr, standing(town, town.staff.id).id, "证书登记有误")
    assert town.levels(town.staff) == [(date(2022, 1, 1), 2), (date(2025, 1, 1), 3)]


def test_an_approval_under_a_later_one_is_revoked_last(app: Flask) -> None:
    town = PayTown()
    town.place_everybody(date(2024, 6, 1))
    early = standing(town, town.staff.id).id
    town.approve_all(town.generate(NEW_YEAR))
    with pytest.raises(Refused, match="请先撤销后来的审批"):
        revoke_placement(town.hr, early, "误批")


def test_a_round_with_a_revoked_approval_is_worked_out_anew_or_taken_back(app: Flask) -> None:
    town = PayTown()
    round_id = submitted(town)
    approve_proposals(town.hr, round_id, Approval((town.proposals(round_id, town.staff)[0].id,)))
    revoke_placement(town.hr, standing(town, town.staff.id).id, "误批")
    return_proposals(town.hr, round_id, tuple(one.id for one in town.proposals(round_id)), "请重新测算。")
    assert regenerate_round(town.clerk, round_id) == 3
    drop_round(town.clerk, round_id)
    assert town.levels(town.staff) == []


def at_once(app: Flask, works: list[Callable[[], object]]) -> list[str]:
    """What comes of several works that begin at the same moment: their results, or why they were refused."""
    db.session.remove()
    start, outcomes = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                outcomes.append(str(work()))
            except Refused as refusal:
                outcomes.append(str(refusal))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_approvals_at_the_same_moment_make_one_level(app: Flask) -> None:
    town = PayTown()
    round_id = submitted(town)
    hr, given, person_id = town.hr, Approval((town.proposals(round_id, town.staff)[0].id,)), town.staff.id
    assert sorted(at_once(app, [lambda: approve_proposals(hr, round_id, given)] * 2)) == ["0", "1"]
    assert len(db.session.scalars(select(Placement).where(Placement.employee_id == person_id)).all()) == 1


def test_two_rounds_begun_at_the_same_moment_are_one(app: Flask) -> None:
    town = PayTown()
    clerk, unit_id = town.clerk, town.town.street.id
    outcomes = at_once(app, [lambda: generate_round(clerk, unit_id, date(2025, 12, 5))] * 2)
    assert sum("没有办结" in one for one in outcomes) == 1
