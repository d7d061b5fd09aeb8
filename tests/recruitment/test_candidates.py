"""Tickets of candidates, what a draft may be, and what is published of people."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import inspect

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange, AuditEntry
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.policy.recruitment import Outcome, Stage
from careerpath.recruitment.models import Application, ApplicationState, BatchState, ListLine, RecruitmentBatch
from careerpath.recruitment.operations.candidates import (
    CODE_LENGTH,
    LETTERS,
    Beginning,
    CodeRefused,
    TooManyDrafts,
    begin_application,
    open_application,
    renew_code,
    save_own,
    submit_own,
    withdraw_own,
)
from careerpath.recruitment.queries.own_application import own_application
from careerpath.recruitment.queries.published import ListKind, public_lists
from careerpath.recruitment.queries.tickets import Ticket
from careerpath.words import NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_identity
from tests.factories.recruitment import make_application, make_batch, make_examinee, make_position

NOBODY = Actor.nobody()
COLUMNS = [column.key for column in inspect(Application).column_attrs]


@pytest.fixture
def town(app: Flask) -> Town:
    """A district with two streets."""
    return Town()


def beginning(position_id: int, serial: int = 21) -> Beginning:
    """The first page of somebody."""
    return Beginning(
        position_id=position_id,
        name="黎书航",
        identity=make_identity(date(1998, 4, 12), serial=serial),
        phone="13812345678",
        consented=True,
    )


def make_line(application: Application, stage: Stage, outcome: Outcome, **marks: Decimal | int) -> None:
    """A published line about somebody."""
    with writing() as session:
        session.add(
            ListLine(
                batch_id=application.batch_id,
                position_id=application.position_id,
                application_id=application.id,
                stage=stage,
                first_outcome=outcome,
                outcome=outcome,
                because=[{"rule": "recruitment.total", "text": "笔试 80 分，折算 40 分。"}],
                published_on=date(2025, 12, 30),
                **marks,
            )
        )


def test_a_ticket_is_short_has_no_look_alikes_and_stands_nowhere(town: Town) -> None:
    batch = make_batch(town.district)
    ticket = begin_application(NOBODY, batch.id, beginning(make_position(batch, town.community).id))
    assert len(ticket.code) == CODE_LENGTH
    assert set(ticket.code) <= set(LETTERS)
    assert not set(LETTERS) & set("01ILO")
    kept = db.session.query(Application).one()
    assert ticket.code not in str({name: getattr(kept, name) for name in COLUMNS})
    assert ticket.code not in str(db.session.query(AuditChange.new).all()) + str(
        db.session.query(AuditEntry.note).all()
    )
    assert (kept.state, kept.taken_index, kept.consented_at) == (ApplicationState.DRAFT, None, clock.now())


def test_an_application_without_a_code_opens_for_nobody(town: Town) -> None:
    application = make_application(make_position(make_batch(town.district), town.community))
    for code in ("", application.uid):
        with pytest.raises(NotFound):
            own_application(Ticket(application.number, code))
        with pytest.raises(CodeRefused):
            withdraw_own(NOBODY, Ticket(application.number, code))
    assert open_application(NOBODY, application.number, "") is None


def test_somebody_who_tries_many_numbers_from_one_address_is_stopped(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careerpath.recruitment.operations.candidates.FAILURES_FROM_ADDRESS", 3)
    token = audit.origin.set(audit.Origin("web", "203.0.113.7", "r"))
    try:
        for place in range(3):
            assert open_application(NOBODY, f"2025-01-{place:04d}", "A" * 10) is None
        with pytest.raises(TooManyDrafts):
            open_application(NOBODY, "2025-01-0009", "A" * 10)
    finally:
        audit.origin.reset(token)


def test_a_draft_is_kept_step_by_step_and_not_after_closing(town: Town) -> None:
    batch = make_batch(town.district)
    position, other = make_position(batch, town.community), make_position(batch, town.neighbour)
    ticket = begin_application(NOBODY, batch.id, beginning(position.id))
    given = own_application(ticket).particulars
    save_own(NOBODY, ticket, given, other.id)
    kept = db.session.query(Application).one()
    assert (kept.position_id, kept.unit_id, kept.phone_masked) == (other.id, town.neighbour.id, "138****5678")
    with clock.Stopped(datetime(2025, 12, 12, 16, 0, tzinfo=UTC)):
        for work in (lambda: save_own(NOBODY, ticket, given), lambda: submit_own(NOBODY, ticket, pledged=True)):
            with pytest.raises(Refused, match="报名已于 2025-12-12 截止"):
                work()


def test_a_street_gives_a_new_code_for_its_own_positions_alone(town: Town) -> None:
    application = make_application(make_position(make_batch(town.district), town.community))
    with pytest.raises(NotFound):
        renew_code(make_actor(Role.STREET_HR, town.other_street), application.id)
    ticket = renew_code(make_actor(Role.STREET_HR, town.street), application.id)
    assert open_application(NOBODY, ticket.number, ticket.code) == ticket


def test_somebody_on_the_final_list_gives_up_in_writing(town: Town) -> None:
    batch = make_batch(town.district, BatchState.NOTICE)
    ticket = renew_code(CLERK, make_application(make_position(batch, town.community), ApplicationState.ADMITTED).id)
    assert not own_application(ticket).may_withdraw
    with pytest.raises(Refused, match="书面提出"):
        withdraw_own(NOBODY, ticket)


def test_a_candidate_sees_a_line_once_its_list_is_out(town: Town) -> None:
    batch = make_batch(town.district, BatchState.EXAM)
    application = make_application(make_position(batch, town.community), ApplicationState.ADMITTED)
    make_examinee(application, {"": Decimal(80)})
    make_line(application, Stage.SHORTLIST, Outcome.SHORTLISTED, rank=1, written=Decimal(80))
    make_line(application, Stage.FINAL, Outcome.PROPOSED, rank=1, written=Decimal(80), total=Decimal("81.50"))
    ticket = renew_code(CLERK, application.id)
    for state, stages in (
        (BatchState.EXAM, []),
        (BatchState.INTERVIEW, [Stage.SHORTLIST]),
        (BatchState.CHECKS, [Stage.SHORTLIST, Stage.FINAL]),
    ):
        with writing():
            db.session.get_one(RecruitmentBatch, batch.id).state = state
        assert [line.stage for line in own_application(ticket).lines] == stages
    assert own_application(ticket).lines[0].because == ("笔试 80 分，折算 40 分。",)


def test_published_lists_name_nobody_fully_and_losers_of_the_written_exam_not_at_all(town: Town) -> None:
    batch = make_batch(town.district, BatchState.INTERVIEW)
    position = make_position(batch, town.community)
    first = make_application(position, ApplicationState.ADMITTED, name="黎书航")
    second = make_application(position, ApplicationState.ADMITTED, name="韩某")
    examinee = make_examinee(first)
    make_examinee(second)
    make_line(first, Stage.SHORTLIST, Outcome.SHORTLISTED, rank=1, written=Decimal(80))
    make_line(second, Stage.SHORTLIST, Outcome.NOT_SHORTLISTED, rank=2, written=Decimal(50))
    make_line(first, Stage.FINAL, Outcome.PROPOSED, rank=1, total=Decimal(81))
    found, chosen, lines = public_lists(batch.id, None)
    assert (found.lists, chosen) == ((ListKind.SHORTLIST,), ListKind.SHORTLIST)
    told = [(line.number, line.name, line.rank, line.written) for line in lines]
    assert told[0] == (examinee.exam_number, "黎*航", 1, Decimal(80))
    assert lines[1].name == ""
    with pytest.raises(NotFound):
        public_lists(batch.id, ListKind.FINAL)
    with writing():
        db.session.get_one(RecruitmentBatch, batch.id).state = BatchState.NOTICE
    assert public_lists(batch.id, ListKind.NOTICE)[2] == []
    with writing() as session:
        line = session.query(ListLine).filter_by(stage=Stage.FINAL).one()
        line.notice_ends_on = date(2026, 2, 1)
    assert [line.name for line in public_lists(batch.id, ListKind.NOTICE)[2]] == ["黎*航"]


def test_lists_go_with_the_people_whose_particulars_are_purged(town: Town) -> None:
    batch = make_batch(town.district, BatchState.CONCLUDED, concluded_on=date(2025, 6, 1), purged_on=date(2025, 12, 2))
    found, chosen, lines = public_lists(batch.id, None)
    assert (found.lists, chosen, lines) == ((), None, [])
