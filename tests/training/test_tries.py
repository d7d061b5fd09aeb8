"""Tries at the national exam: registered, passed or not, and the certificate and registration that follow."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Certificate, Employee
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service, link_account
from careerpath.training.models import CertificateTry, TryState
from careerpath.training.operations.tries import (
    Renewal,
    TryGiven,
    TryRefused,
    TryResult,
    change_try,
    drop_try,
    record_tries,
    record_try,
    register_own_try,
    register_tries,
    register_try,
    renew_registration,
    reopen_try,
    withdraw_own_try,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import make_actor
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.studies import make_try
from tests.training.needed import Needed

GIVEN = TryGiven("junior", 2025, date(2025, 3, 20), "报名费报销", "首次报考")
PASSED = TryResult(TryState.PASSED, date(2025, 9, 10), date(2025, 9, 10), " SW2025001 ")


def test_a_try_is_registered_once_for_a_grade_and_year(app: Flask) -> None:
    world = Needed()
    attempt = db.session.get_one(CertificateTry, register_try(world.street, world.worker.id, GIVEN))
    assert (attempt.state, attempt.grade, attempt.support) == (TryState.REGISTERED, "junior", "报名费报销")
    with pytest.raises(Refused, match="已有登记"):
        register_try(world.street, world.worker.id, GIVEN)
    register_try(world.street, world.worker.id, TryGiven("intermediate", 2025, date(2025, 3, 20)))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (TryGiven("expert", 2025, date(2025, 3, 20)), "grade"),
        (TryGiven("junior", 2007, date(2007, 3, 20)), "year"),
        (TryGiven("junior", 2027, date(2025, 3, 20)), "year"),
        (TryGiven("junior", 2025, date(2025, 12, 6)), "registered_on"),
        (TryGiven("junior", 2025, date(2023, 12, 31)), "registered_on"),
        (TryGiven("junior", 2025, date(2025, 3, 20), "费" * 201), "support"),
    ],
)
def test_a_try_that_cannot_be_is_refused_beside_its_field(app: Flask, given: TryGiven, field: str) -> None:
    world = Needed()
    with pytest.raises(Refused) as refused:
        register_try(world.street, world.worker.id, given)
    assert refused.value.field == field


def test_who_left_is_not_registered_any_more(app: Flask) -> None:
    world = Needed()
    end_service(CLERK, world.worker.id, EndOfService(left_on=date(2025, 2, 28), reason="辞职"))
    with pytest.raises(Refused, match="已于 2025-02-28 离职"):
        register_try(world.street, world.worker.id, GIVEN)


def test_many_are_registered_in_few_queries_all_or_none(app: Flask) -> None:
    world = Needed()
    people = [make_employee(None, world.town.community).id for _ in range(4)]
    few = selects_of(lambda: register_tries(world.street, [(people[0], GIVEN)]))
    many = selects_of(lambda: register_tries(world.street, [(person, GIVEN) for person in people[1:]]))
    assert len(few) == len(many)
    stranger = make_employee(None, world.town.foreign)
    with pytest.raises(NotFound):
        register_tries(world.street, [(world.worker.id, GIVEN), (stranger.id, GIVEN)])
    with pytest.raises(TryRefused, match="已有登记") as refused:
        register_tries(world.street, [(world.worker.id, GIVEN), (people[0], GIVEN)])
    assert refused.value.row == 1
    assert db.session.scalar(select(func.count()).select_from(CertificateTry)) == 4


def test_who_passed_has_the_certificate_in_the_file(app: Flask) -> None:
    world = Needed()
    attempt = make_try(world.worker)
    record_try(world.street, attempt.id, PASSED)
    certificate = db.session.scalars(select(Certificate)).one()
    assert (certificate.grade, certificate.certificate_number, attempt.certificate_id) == (
        "junior",
        "SW2025001",
        certificate.id,
    )
    assert db.session.get_one(Employee, world.worker.id).highest_certificate == "junior"
    with pytest.raises(Refused, match="已登记为“已通过”"):
        record_try(world.street, attempt.id, PASSED)


def test_a_certificate_that_the_file_holds_is_not_entered_twice(app: Flask) -> None:
    world = Needed()
    held = add_fact(CLERK, world.worker.id, NewCertificate(grade="junior", obtained_on=date(2025, 9, 10)))
    attempts = [make_try(world.worker), make_try(world.secretary)]
    rows = [(attempts[0].id, PASSED), (attempts[1].id, TryResult(TryState.ABSENT, date(2025, 9, 10)))]
    assert record_tries(world.street, rows) == 2
    assert [attempt.certificate_id for attempt in attempts] == [held, None]
    assert db.session.scalar(select(func.count()).select_from(Certificate)) == 1


@pytest.mark.parametrize(
    ("result", "field"),
    [
        (TryResult(TryState.REGISTERED, date(2025, 9, 10)), "state"),
        (TryResult(TryState.FAILED, date(2025, 12, 6)), "result_on"),
        (TryResult(TryState.FAILED, date(2025, 3, 19)), "result_on"),
        (TryResult(TryState.FAILED, date(2025, 9, 10), date(2025, 9, 10)), "obtained_on"),
        (TryResult(TryState.PASSED, date(2025, 9, 10), date(2026, 9, 10)), "obtained_on"),
    ],
)
def test_a_result_that_cannot_be_is_refused_beside_its_field(app: Flask, result: TryResult, field: str) -> None:
    world = Needed()
    attempt_id = make_try(world.worker).id
    with pytest.raises(Refused) as refused:
        record_try(world.street, attempt_id, result)
    assert refused.value.field == field
    with pytest.raises(TryRefused, match="林涛") as of_row:
        record_tries(world.street, [(attempt_id, result)])
    assert of_row.value.row == 0
    assert db.session.get_one(CertificateTry, attempt_id).state is TryState.REGISTERED


def test_a_result_entered_by_mistake_is_taken_back_and_the_try_removed(app: Flask) -> None:
    world = Needed()
    attempt = make_try(world.worker, TryState.FAILED)
    with pytest.raises(Refused, match="已登记为“未通过”"):
        drop_try(world.street, attempt.id)
    reopen_try(world.street, attempt.id)
    with pytest.raises(Refused, match="还没有登记结果"):
        reopen_try(world.street, attempt.id)
    change_try(world.street, attempt.id, TryGiven("senior", 2025, date(2025, 3, 21)), 2)
    with pytest.raises(Conflict):
        change_try(world.street, attempt.id, GIVEN, 2)
    drop_try(world.street, attempt.id)
    assert db.session.scalars(select(CertificateTry)).all() == []


def test_a_worker_registers_and_withdraws_but_grants_nothing(app: Flask) -> None:
    world = Needed()
    actor = make_actor(Role.WORKER, world.town.community, "lin")
    with pytest.raises(Refused, match="没有关联人员档案"):
        register_own_try(actor, GIVEN)
    assert actor.user_id is not None
    link_account(CLERK, world.worker.id, actor.user_id)
    attempt = db.session.get_one(CertificateTry, register_own_try(actor, GIVEN))
    assert (attempt.support, attempt.note) == ("", "首次报考")
    with pytest.raises(NotFound):
        withdraw_own_try(actor, make_try(world.secretary).id)
    withdraw_own_try(actor, attempt.id)
    assert (attempt.state, attempt.result_on) == (TryState.WITHDRAWN, date(2025, 12, 5))


def test_a_registration_is_renewed_and_the_first_one_kept(app: Flask) -> None:
    world = Needed()
    held = NewCertificate(
        grade="junior",
        obtained_on=date(2022, 9, 1),
        registered_on=date(2023, 1, 5),
        registered_until=date(2026, 1, 4),
        certificate_number="SW1",
    )
    fact_id = add_fact(CLERK, world.worker.id, held)
    for given, field in (
        (Renewal(date(2025, 12, 6), date(2029, 1, 4)), "registered_on"),
        (Renewal(date(2025, 12, 1), date(2026, 1, 4)), "registered_until"),
    ):
        with pytest.raises(Refused) as refused:
            renew_registration(world.street, world.worker.id, fact_id, given)
        assert refused.value.field == field
    renewal = Renewal(date(2025, 12, 1), date(2029, 1, 4))
    new_id = renew_registration(world.street, world.worker.id, fact_id, renewal)
    fact = db.session.get_one(Certificate, new_id)
    assert (fact.registered_on, fact.registered_until, fact.certificate_number) == (
        date(2023, 1, 5),
        date(2029, 1, 4),
        "SW1",
    )
    with pytest.raises(NotFound):
        renew_registration(world.street, world.worker.id, fact_id, renewal)
    with pytest.raises(NotFound):
        renew_registration(world.street, world.secretary.id, new_id, renewal)
