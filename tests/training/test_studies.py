"""Degree courses beside the work: agreed, paid, finished with a diploma in the file, or given up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Education, Employee
from careerpath.employees.operations.facts import NewEducation
from careerpath.employees.operations.people import link_account
from careerpath.training.models import DegreeStudy, StudyState
from careerpath.training.operations.studies import (
    StudyGiven,
    change_study,
    drop_study,
    finish_study,
    give_up_study,
    mark_study_paid,
    register_own_study,
    reopen_study,
    support_study,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import make_actor
from tests.factories.employees import CLERK, make_employee
from tests.factories.studies import make_study
from tests.training.needed import Needed

GIVEN = StudyGiven(
    "21", " 临沂大学 ", "社会工作", date(2024, 3, 1), date(2026, 7, 1), "学费补助一半", Decimal("3200.50")
)


def test_a_street_supports_a_course_of_study_and_pays_its_part(app: Flask) -> None:
    world = Needed()
    study = db.session.get_one(DegreeStudy, support_study(world.street, world.worker.id, GIVEN))
    assert (study.school, study.amount, study.paid) == ("临沂大学", Decimal("3200.50"), False)
    mark_study_paid(world.street, study.id, True)
    with pytest.raises(Refused, match="已登记拨付"):
        drop_study(world.street, study.id)
    mark_study_paid(world.street, study.id, False)
    drop_study(world.street, study.id)
    with pytest.raises(NotFound):
        support_study(world.street, make_employee(None, world.town.foreign).id, GIVEN)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"level": "10"}, "level"),
        ({"school": " "}, "school"),
        ({"starts_on": date(2025, 12, 6)}, "starts_on"),
        ({"expected_on": date(2024, 2, 29)}, "expected_on"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"note": "注" * 201}, "note"),
    ],
)
def test_a_course_that_cannot_be_is_refused_beside_its_field(
    app: Flask, changes: dict[str, object], field: str
) -> None:
    world = Needed()
    with pytest.raises(Refused) as refused:
        support_study(world.street, world.worker.id, replace(GIVEN, **changes))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_nobody_studies_for_one_diploma_twice_at_a_time(app: Flask) -> None:
    world = Needed()
    make_study(world.worker)
    with pytest.raises(Refused, match="同一学历的在读登记"):
        support_study(world.street, world.worker.id, GIVEN)


def test_a_finished_course_enters_the_diploma_in_the_file(app: Flask) -> None:
    world = Needed()
    study = make_study(world.worker)
    diploma = NewEducation(level="21", full_time=False, school="临沂大学", graduated_on=date(2025, 7, 1))
    with pytest.raises(Refused, match="晚于今天"):
        finish_study(world.street, study.id, date(2026, 7, 1), diploma)
    finish_study(world.street, study.id, date(2025, 7, 1), diploma)
    fact = db.session.scalars(select(Education).where(Education.employee_id == world.worker.id)).one()
    assert (study.state, study.education_id, fact.full_time) == (StudyState.FINISHED, fact.id, False)
    assert db.session.get_one(Employee, world.worker.id).highest_education == "21"
    with pytest.raises(Refused, match="已登记为“已毕业”"):
        give_up_study(world.street, study.id, date(2025, 8, 1), "工作忙")


def test_a_course_given_up_needs_a_reason_and_can_be_taken_up_again(app: Flask) -> None:
    world = Needed()
    study = make_study(world.worker)
    with pytest.raises(Refused) as refused:
        give_up_study(world.street, study.id, date(2025, 8, 1), " ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused, match="早于入学日期"):
        give_up_study(world.street, study.id, date(2024, 2, 1), "工作忙")
    give_up_study(world.street, study.id, date(2025, 8, 1), "工作忙")
    assert (study.state, study.note) == (StudyState.GIVEN_UP, "工作忙")
    reopen_study(world.street, study.id)
    with pytest.raises(Refused, match="仍在读"):
        reopen_study(world.street, study.id)


def test_a_course_is_changed_but_not_over_somebody_elses_change(app: Flask) -> None:
    world = Needed()
    study = make_study(world.worker)
    change_study(world.street, study.id, replace(GIVEN, amount=None), 1)
    assert (study.support, study.amount) == ("学费补助一半", None)
    with pytest.raises(Refused) as refused:
        mark_study_paid(world.street, study.id, True)
    assert refused.value.field == "amount"
    with pytest.raises(Conflict):
        change_study(world.street, study.id, GIVEN, 1)


def test_a_worker_registers_the_own_course_without_money(app: Flask) -> None:
    world = Needed()
    actor = make_actor(Role.WORKER, world.town.community, "lin")
    assert actor.user_id is not None
    link_account(CLERK, world.worker.id, actor.user_id)
    study = db.session.get_one(DegreeStudy, register_own_study(actor, GIVEN))
    assert (study.employee_id, study.support, study.amount) == (world.worker.id, "", None)
