"""An appointment entered by mistake is undone before the first working day, while nothing else hangs on the file."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.models import CareerLine, Contract, Employee, Posting
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import correct_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.employees.operations.removal import remove_file
from careerpath.pay.models import PlacementProposal, PlacementRound
from careerpath.pay.operations.approvals import Approval, approve_proposals
from careerpath.recruitment.models import Appointment
from careerpath.recruitment.operations.appointments import appoint_many, appoint_one, cancel_appointment
from careerpath.words import Refused
from tests.factories.employees import CLERK, make_employee, make_identity
from tests.factories.pay import adopt_scheme
from tests.recruitment.finals import APPOINTED, STARTS, TERMS, Contest, day


def appointed(**changes: Any) -> Contest:
    """甲 and 乙 appointed, levels proposed."""
    adopt_scheme()
    contest = Contest()
    position = contest.position(2)
    contest.candidate("甲", position, "90", **changes)
    contest.candidate("乙", position)
    contest.release()
    contest.check("甲", "乙")
    contest.publish()
    return contest


def appoint_all(contest: Contest) -> list[int]:
    """Appoint both; gives their files."""
    with day(APPOINTED):
        return appoint_many(contest.office, contest.batch_id, list(contest.names.values()), TERMS)


def cancel(contest: Contest, name: str = "甲", on: date = APPOINTED, reason: str = "误勾选") -> None:
    """Cancel somebody's appointment."""
    with day(on):
        cancel_appointment(contest.office, contest.names[name], reason)


def test_file_and_proposed_level_go_and_the_person_can_be_appointed_again(app: Flask) -> None:
    contest = appointed()
    _, second = appoint_all(contest)
    cancel(contest)
    assert db.session.scalars(select(Employee.id)).all() == [second]
    for model in (Posting, Contract, CareerLine, PlacementProposal):
        assert set(db.session.scalars(select(model.employee_id))) == {second}
    assert db.session.scalars(select(Appointment.employee_id)).all() == [second]
    cancel(contest, "乙")
    assert db.session.query(PlacementRound).count() == 0
    with day(APPOINTED):
        assert appoint_one(contest.office, contest.names["甲"], TERMS) != second


def test_nothing_is_undone_from_the_first_working_day_on_or_without_a_reason(app: Flask) -> None:
    contest = appointed()
    appoint_all(contest)
    with pytest.raises(Refused, match="请写明撤销聘用的理由"):
        cancel(contest, reason=" ")
    with pytest.raises(Refused, match="甲已于 2026-03-02 上岗"):
        cancel(contest, on=STARTS)
    cancel(contest)
    with pytest.raises(Refused, match="甲尚未聘用"):
        cancel(contest)


def test_an_approved_level_is_revoked_first(app: Flask) -> None:
    contest = appointed()
    appoint_all(contest)
    proposals = db.session.scalars(select(PlacementProposal)).all()
    with day(APPOINTED):
        approve_proposals(contest.office, proposals[0].round_id, Approval(tuple(one.id for one in proposals)))
    with pytest.raises(Refused, match="首次定级已经审批"):
        cancel(contest)
    assert db.session.query(Appointment).count() == 2


def test_who_had_a_file_before_keeps_it(app: Flask) -> None:
    identity = make_identity(date(1995, 5, 5), serial=9)
    contest = appointed(identity=identity)
    former = make_employee(CLERK, contest.town.foreign, identity=identity, name="甲")
    end_service(CLERK, former.id, EndOfService(left_on=date(2024, 6, 30), reason="辞职"))
    appoint_all(contest)
    with pytest.raises(Refused, match="原来就有人员档案"):
        cancel(contest)


def test_a_file_that_was_corrected_since_is_not_removed(app: Flask) -> None:
    contest = appointed()
    first, _ = appoint_all(contest)
    with day(APPOINTED):
        posting = db.session.scalars(select(Posting).where(Posting.employee_id == first)).one()
        changed = NewPosting(unit_id=posting.unit_id, post="staff", title="网格员", starts_on=STARTS)
        correct_fact(CLERK, first, posting.id, changed)
    with pytest.raises(Refused, match="已有更正，不能整份撤销"):
        cancel(contest)


def test_who_serves_already_is_not_removed(app: Flask) -> None:
    contest = Contest()
    serving = make_employee(CLERK, contest.town.community)
    with pytest.raises(Refused, match="已经上岗，档案不能撤销"):
        remove_file(CLERK, serving.id)
