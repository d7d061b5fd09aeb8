"""Large files are compared, written and taken back by a worker; large exports are made by one."""

from dataclasses import replace

import pytest
from flask import Flask

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.core.files import files
from careerpath.employees.operations.details import details_of
from careerpath.employees.operations.people import change_employee
from careerpath.jobs.models import JobState, told
from careerpath.jobs.operations import cancel_job
from careerpath.jobs.runner import PACE, run_job
from careerpath.spreadsheets.models import ImportState
from careerpath.spreadsheets.operations import exports, imports
from careerpath.spreadsheets.operations.imports import Upload, begin_import, order_import, own_import
from careerpath.spreadsheets.queries.imports import import_view, kept_outcomes
from careerpath.spreadsheets.sheets.desk import RowState, Wish
from careerpath.words import NotFound
from careerpath.worker import DAILY, HANDLERS
from tests.factories.access import Town, make_actor
from tests.factories.jobs import job_now
from tests.spreadsheets.books import bring_in, compared, employees, person, roster, states

QUICK = replace(PACE, pause=0)


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


@pytest.fixture
def clerk(town: Town, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(imports, "LARGE", 2)
    return make_actor(Role.STREET_HR, town.street)


def done(job_id: int) -> JobState:
    assert run_job(job_id, HANDLERS, "one", pace=QUICK)
    return job_now(job_id).state


def waiting_job(actor: Actor, import_id: int) -> int:
    db.session.rollback()
    job_id = own_import(actor, import_id).job_id
    assert job_id is not None
    return job_id


def test_a_large_file_waits_for_a_worker_and_is_written_by_one(town: Town, clerk: Actor) -> None:
    import_id = begin_import(clerk, "employees", roster(*(person() for _ in range(4))), background=True)
    assert import_view(clerk, import_id).state is ImportState.WAITING
    assert done(waiting_job(clerk, import_id)) is JobState.DONE
    assert import_view(clerk, import_id).counts[RowState.NEW] == 4
    job_id = order_import(clerk, import_id, "write")
    assert done(job_id) is JobState.DONE
    assert "新增 4" in files().read(job_now(job_id).result_key).decode()
    assert len(employees()) == 4
    assert done(order_import(clerk, import_id, "undo")) is JobState.DONE
    assert employees() == []


def test_a_small_file_is_compared_at_once(town: Town, clerk: Actor) -> None:
    import_id = begin_import(clerk, "employees", roster(person()), background=True)
    assert import_view(clerk, import_id).state is ImportState.PREVIEWED


def test_a_write_that_was_cancelled_writes_nothing(town: Town, clerk: Actor) -> None:
    import_id = begin_import(clerk, "employees", roster(person(), person(), person()))
    job_id = order_import(clerk, import_id, "write")
    cancel_job(clerk, job_id)
    assert not run_job(job_id, HANDLERS, "one", pace=QUICK)
    assert employees() == []
    assert import_view(clerk, import_id).writable


def test_a_stale_preview_fails_the_job_and_is_shown_again(town: Town, clerk: Actor) -> None:
    row = person()
    bring_in(clerk, roster(row))
    import_id = begin_import(clerk, "employees", roster(row | {"batch": "2022"}, person(), person()))
    employee = employees()[0]
    change_employee(clerk, employee.id, replace(details_of(employee), batch="2021"), employee.version)
    job_id = order_import(clerk, import_id, "write")
    assert done(job_id) is JobState.FAILED
    message = job_now(job_id).message
    assert message is not None
    assert "重新核对" in str(told(message))
    assert len(employees()) == 1
    assert kept_outcomes(clerk, import_id)[0].changes[0].old == "2021"
    assert done(order_import(clerk, import_id, "write")) is JobState.DONE


def test_a_colleague_cannot_order_the_writing(town: Town, clerk: Actor) -> None:
    import_id = begin_import(clerk, "employees", roster(person(), person(), person()))
    with pytest.raises(NotFound):
        order_import(make_actor(Role.STREET_HR, town.street, "colleague"), import_id, "write")


def test_a_large_export_is_made_by_a_worker_without_telephones_and_comes_back_unchanged(
    town: Town, clerk: Actor
) -> None:
    row = person()
    bring_in(clerk, roster(row, *(person() for _ in range(3))))
    job_id = exports.order_export(clerk, "employees", Wish(unit_id=town.street.id))
    assert done(job_id) is JobState.DONE
    job = job_now(job_id)
    content = files().read(job.result_key)
    found = compared(clerk, Upload(job.result_name, content))
    assert states(found) == [RowState.UNCHANGED] * 4
    assert not any(str(row[key]) in str(found.outcomes) for key in ("identity", "phone"))
    assert job.result_name.startswith("费城街道花名册")


def test_the_daily_round_takes_old_files_away(town: Town) -> None:
    assert DAILY["sweep_imports"]() == 0
