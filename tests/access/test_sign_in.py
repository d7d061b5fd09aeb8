"""At the door."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from careerpath.access.actor import Actor
from careerpath.access.models import AuditEntry, User
from careerpath.access.operations.sign_ins import FAILURES_BEFORE_LOCK, LOCK_MINUTES, sign_in
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from tests.factories.access import PASSWORD, Town, make_user

NOBODY = Actor.nobody()


def test_the_right_password_opens_and_the_wrong_one_does_not(app: Flask) -> None:
    make_user("wang")
    assert sign_in(NOBODY, "wang", PASSWORD) is not None
    assert sign_in(NOBODY, "wang", "wrong") is None
    assert sign_in(NOBODY, "nobody", PASSWORD) is None


def test_five_failures_lock_the_account_until_the_time_is_over(app: Flask) -> None:
    make_user("wang")
    for _ in range(FAILURES_BEFORE_LOCK):
        assert sign_in(NOBODY, "wang", "wrong") is None
    assert sign_in(NOBODY, "wang", PASSWORD) is None
    with clock.Stopped(clock.now() + timedelta(minutes=LOCK_MINUTES, seconds=1)):
        assert sign_in(NOBODY, "wang", PASSWORD) is not None


def test_every_try_at_the_door_leaves_an_entry_that_nobody_can_change(app: Flask) -> None:
    make_user("wang")
    sign_in(NOBODY, "wang", "wrong")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.operation, entry.result) == ("sign_in", "failed")
    for deed in ("UPDATE audit_entry SET note = ''", "DELETE FROM audit_entry"):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(deed))
        db.session.rollback()


def test_a_page_sends_a_stranger_to_sign_in_and_back_again(app: Flask) -> None:
    town = Town()
    make_user("wang", Role.STREET_HR, town.street)
    client = app.test_client()
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")
    answer = client.post("/sign-in", data={"name": "wang", "password": PASSWORD, "next": "/"})
    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/").status_code == 200
    client.post("/sign-out")
    assert client.get("/").status_code == 302


def test_an_idle_sign_in_ends_by_itself(app: Flask) -> None:
    town = Town()
    make_user("wang", Role.STREET_HR, town.street)
    client = app.test_client()
    client.post("/sign-in", data={"name": "wang", "password": PASSWORD})
    assert client.get("/").status_code == 200
    with clock.Stopped(clock.now() + timedelta(minutes=31)):
        assert client.get("/").status_code == 302


def test_a_first_password_must_be_changed_before_anything_else(app: Flask) -> None:
    town = Town()
    user = make_user("wang", Role.STREET_HR, town.street, must_change=True)
    client = app.test_client()
    client.post("/sign-in", data={"name": "wang", "password": PASSWORD})
    assert client.get("/").location == "/password"
    new = "Sea-Gate-Lantern-9"
    weak = client.post("/password", data={"current": PASSWORD, "password": "wang123", "again": "wang123"})
    assert weak.status_code == 422
    done = client.post("/password", data={"current": PASSWORD, "password": new, "again": new})
    assert done.status_code == 302
    assert client.get("/").status_code == 200
    assert db.session.get(User, user.id).must_change_password is False  # type: ignore[union-attr]


def test_an_identity_number_typed_at_the_door_is_not_kept_in_the_trail(app: Flask) -> None:
    assert sign_in(NOBODY, "371399199004120021", "wrong") is None
    assert db.session.scalars(select(AuditEntry.note)).one() == "未知账号 371399********0021"
