"""The demo in the database: built small once, and looked at as an office would."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.models import AuditEntry, RoleGrant, Unit, User
from careerpath.appraisals.models import Appraisal, AppraisalYear
from careerpath.core import clock
from careerpath.core.db import Record, db
from careerpath.demo.accounts import DEMO_ACCOUNTS, EXTENSION, PASSWORD, demo_accounts, show_accounts
from careerpath.demo.build import build_demo
from careerpath.demo.marks import Mark, find_mark
from careerpath.demo.places import DALIAN, FEIXIAN
from careerpath.employees.models import Employee, Source
from careerpath.policy.appraisal_steps import State
from careerpath.policy.employment import add_months
from tests.conftest import TODAY
from tests.demo.programs import open_program, quiet

SMALL = Mark(FEIXIAN, 60, 1)
SEALED = {
    "uid", "identity_sealed", "phone_sealed", "address_sealed", "password_hash", "code_hash", "photo_key", "file_key",
}  # fmt: skip
"""What is new in each building, because it would be no secret otherwise."""
DRAWN = {("class_day", "code")}
"""Likewise the codes by which people sign in to a class."""


def contents(app: Flask) -> dict[str, list[tuple[str, ...]]]:
    """Everything that is kept, but for what is sealed or hashed."""
    found = {}
    with app.app_context():
        for table in Record.metadata.sorted_tables:
            columns = [
                column
                for column in table.columns
                if column.name not in SEALED and (table.name, column.name) not in DRAWN
            ]
            rows = db.session.execute(select(*columns).order_by(table.c.id)).all()
            found[table.name] = [tuple(map(str, row)) for row in rows]
        db.session.remove()
    return found


@pytest.fixture(scope="module")
def built(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A small demo."""
    app = open_program(tmp_path_factory.mktemp("demo"), blank_database)
    with clock.Stopped(TODAY), app.app_context():
        build_demo(SMALL, quiet)
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_demo_is_marked_in_the_trail(built: Flask) -> None:
    assert find_mark() == replace(SMALL, complete=True)


def test_every_role_signs_in_with_the_password_that_is_shown(built: Flask) -> None:
    assert show_accounts(built) == replace(SMALL, complete=True)
    shown = built.extensions[EXTENSION]
    assert [account.name for account in shown] == list(DEMO_ACCOUNTS)
    client = built.test_client()
    page = client.get("/sign-in").text
    for account in shown:
        assert account.unit_name in page
        answer = client.post("/sign-in", data={"name": account.name, "password": account.password})
        assert answer.status_code == 302
        assert client.get("/").status_code == 200
        client.post("/sign-out")


def test_veterans_served_two_to_five_years_before_they_came_and_nobody_else_did(built: Flask) -> None:
    people = db.session.scalars(select(Employee)).all()
    served = [person for person in people if person.military_months]
    assert served
    assert {person.id for person in served} == {person.id for person in people if person.source is Source.VETERAN}
    for person in served:
        assert 24 <= person.military_months <= 60
        assert person.joined_work_on is not None
        assert add_months(person.joined_work_on, person.military_months) <= person.joined_community_on


def test_accounts_are_not_shown_outside_demo_mode(app: Flask) -> None:
    assert show_accounts(app) is None
    assert EXTENSION not in app.extensions


def test_secretary_and_worker_of_the_sign_in_page_see_their_own_files(built: Flask) -> None:
    rows = db.session.execute(
        select(User.name, Employee.unit_id, RoleGrant.unit_id)
        .join(Employee, Employee.user_id == User.id)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(User.name.in_(("community", "worker")))
    ).all()
    assert {row[0] for row in rows} == {"community", "worker"}
    assert len({unit for row in rows for unit in row[1:]}) == 1


def test_nobody_signs_in_to_an_account_without_a_password(built: Flask) -> None:
    client = built.test_client()
    answer = client.post("/sign-in", data={"name": "fx-0005", "password": PASSWORD})
    assert answer.status_code == 401


def test_three_years_are_filed_and_one_is_under_way(built: Flask) -> None:
    years = db.session.execute(select(AppraisalYear.year, AppraisalYear.closed_at).order_by(AppraisalYear.year)).all()
    assert [year for year, _ in years] == [2022, 2023, 2024, 2025]
    assert [closed is not None for _, closed in years] == [True, True, True, False]
    states = Counter(
        db.session.scalars(select(Appraisal.state).join(AppraisalYear).where(AppraisalYear.year == 2025)).all()
    )
    assert set(states) == set(State)
    assert states[State.RETURNED] == 1


def test_every_reason_for_no_grade_occurs(built: Flask) -> None:
    specials = select(Appraisal.special).join(AppraisalYear).where(AppraisalYear.year == 2025)
    assert {"5A", "5B", "5C", "6A"} <= set(db.session.scalars(specials))


def test_past_grades_keep_to_the_quota_and_one_was_incompetent(built: Flask) -> None:
    rows = db.session.execute(
        select(Appraisal.street_appraisal_id, Appraisal.grade)
        .join(AppraisalYear)
        .where(AppraisalYear.year < 2025, Appraisal.special == "")
    ).all()
    assert Counter(row.grade for row in rows)["4"] == 1
    people = Counter(row.street_appraisal_id for row in rows)
    excellent = Counter(row.street_appraisal_id for row in rows if row.grade == "1")
    assert excellent
    assert all(count <= people[street] * 0.25 for street, count in excellent.items())


def test_a_secretary_was_excellent_two_years_running(built: Flask) -> None:
    rows = db.session.execute(
        select(Appraisal.employee_id, AppraisalYear.year)
        .join(AppraisalYear)
        .where(Appraisal.grade == "1", Appraisal.post == "chief")
    ).all()
    held = {tuple(row) for row in rows}
    assert any((employee, year + 1) in held for employee, year in held)


def test_the_street_in_front_is_partly_filled_with_one_row_in_doubt(built: Flask) -> None:
    street = db.session.scalars(select(Unit).where(Unit.name == "费城街道")).one()
    rows = db.session.scalars(
        select(Appraisal)
        .join(AppraisalYear)
        .join(Unit, Unit.id == Appraisal.unit_id)
        .where(AppraisalYear.year == 2025, Unit.path.startswith(street.path), Appraisal.special == "")
    ).all()
    filled = [row for row in rows if row.scores]
    assert 0.5 < len(filled) / len(rows) < 0.9
    doubtful = [row for row in filled if row.satisfaction is not None and row.satisfaction < 60]
    assert [row.street_grade for row in doubtful] == [""]
    assert doubtful[0].suggested_grade == "4"


def test_the_trail_has_the_days_of_the_office_not_the_day_of_building(built: Flask) -> None:
    days = db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.id)).all()
    assert days == sorted(days)
    assert days[0].year == 2018
    assert days[-1] <= clock.now()


def test_the_same_seed_on_the_same_day_gives_the_same_database(
    built: Flask, blank_database: Path, tmp_path: Path
) -> None:
    again = open_program(tmp_path, blank_database)
    with again.app_context():
        build_demo(SMALL, quiet)
        db.session.remove()
    one, other = contents(built), contents(again)
    assert {name for name in one if one[name] != other[name]} <= {
        "sign_in",
        "audit_entry",
        "user_account",
        "audit_change",
    }
    with again.app_context():
        db.engine.dispose()


def test_dalian_is_built_from_its_own_tree(blank_database: Path, tmp_path: Path) -> None:
    app = open_program(tmp_path, blank_database)
    with app.app_context():
        build_demo(Mark(DALIAN, 20, 3), quiet)
        assert db.session.scalar(select(func.count()).select_from(Unit)) == 1995
        assert [account.unit_name for account in demo_accounts()][3] == "中山区"
        assert db.session.scalars(select(AppraisalYear.edition)).all()[-1]["head"]["key"].startswith("dalian")
        db.session.remove()
        db.engine.dispose()
