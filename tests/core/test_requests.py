"""Requests that no page of the program sends: each is answered, none is an error of the program."""

from io import BytesIO
from threading import Event, Thread
from time import perf_counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careerpath.access.session import TOUCH
from careerpath.core import clock
from careerpath.core.db import BUSY_SECONDS, writing
from careerpath.core.files import FileStore
from tests.factories.access import PASSWORD
from tests.factories.appraisals import Year

BEYOND = "9" * 25


@pytest.fixture
def year(app: Flask) -> Year:
    """An open year of two people."""
    return Year(people=2)


@pytest.fixture
def clerk(app: Flask, year: Year) -> FlaskClient:
    """The street's browser."""
    client = app.test_client()
    assert client.post("/sign-in", data={"name": year.clerk.name, "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize(
    "path", ["/employees/%s", "/appraisals/streets/%s", "/appraisals/records/%s", "/print/records/%s/form.pdf"]
)
def test_a_number_beyond_every_id_is_a_page_that_does_not_exist(clerk: FlaskClient, path: str) -> None:
    assert clerk.get(path % BEYOND).status_code == 404


@pytest.mark.parametrize("text", ["²", BEYOND, "9" * 5000, "-1", "x"])
@pytest.mark.parametrize("name", ["unit", "after"])
def test_a_filter_that_is_no_number_narrows_nothing(clerk: FlaskClient, year: Year, name: str, text: str) -> None:
    assert clerk.get(f"/appraisals/streets/{year.street.id}", query_string={name: text}).status_code == 200


def test_a_value_that_no_column_can_hold_is_a_bad_request(clerk: FlaskClient) -> None:
    assert clerk.get(f"/employees?unit_id={BEYOND}").status_code == 400


@pytest.mark.parametrize("body", ["[]", "[1]", '"x"', "1", "null", "{", '{"version": 1e400, "values": {}}'])
def test_a_body_that_is_no_object_keeps_nothing(clerk: FlaskClient, year: Year, body: str) -> None:
    record = year.records[0]
    answer = clerk.patch(f"/appraisals/records/{record.id}/row", data=body, content_type="application/json")
    assert answer.status_code == 422
    answer = clerk.post(f"/appraisals/records/{record.id}/opinion", data=body, content_type="application/json")
    assert answer.status_code == 422
    assert year.records[0].version == 1


@pytest.mark.parametrize("text", ["1e999", "1e3", "Infinity", "NaN", "1_0", "٣٨", "--1", "."])
def test_points_are_plain_digits(clerk: FlaskClient, year: Year, text: str) -> None:
    record = year.records[0]
    sent = {"version": record.version, "values": {"scores.tasks": text}}
    answer = clerk.patch(f"/appraisals/records/{record.id}/row", json=sent)
    assert answer.status_code == 422
    assert answer.json is not None
    assert "不是数字" in answer.json["faults"]["scores.tasks"]


def test_rows_and_ticks_that_are_no_numbers_are_passed_over(app: Flask, clerk: FlaskClient, year: Year) -> None:
    page = f"/appraisals/streets/{year.street.id}"
    assert clerk.post(page, data={"²:version": "1", "1:version": "²"}).status_code == 302
    chief = app.test_client()
    chief.post("/sign-in", data={"name": year.hr.name, "password": PASSWORD})
    assert chief.post(f"{page}/decide", data={"ids": "²"}).status_code == 422


def test_a_missing_asset_is_not_kept_by_browsers_for_a_year(app: Flask) -> None:
    answer = app.test_client().get("/static/js/nothing.js?v=1")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_reading_goes_on_while_another_writer_holds_the_database(app: Flask, clerk: FlaskClient) -> None:
    """A large import writes for long; whoever only reads does not wait for it."""
    holds, done = Event(), Event()

    def hold() -> None:
        with app.app_context(), writing() as session:
            session.execute(text("SELECT 1"))
            holds.set()
            done.wait(30)

    writer = Thread(target=hold)
    writer.start()
    try:
        assert holds.wait(10)
        with clock.Stopped(clock.now() + 2 * TOUCH):
            began = perf_counter()
            assert clerk.get("/employees").status_code == 200
            assert perf_counter() - began < BUSY_SECONDS / 2
    finally:
        done.set()
        writer.join()


def test_what_people_typed_does_not_stand_in_the_words_of_a_failed_statement(app: Flask) -> None:
    with pytest.raises(DBAPIError) as failed, writing() as session:
        session.execute(text("SELECT :typed FROM nowhere"), {"typed": "Plum-Orchard-77"})
    assert "Plum-Orchard-77" not in str(failed.value)


def test_what_follows_a_kept_operation_cannot_make_it_seem_undone(
    clerk: FlaskClient, year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left on device")

    page = f"/employees/{year.employees[0].id}/photo"
    for colour in ("red", "blue"):
        image = BytesIO()
        Image.new("RGB", (120, 160), colour).save(image, "JPEG")
        image.seek(0)
        assert clerk.post(page, data={"photo": (image, "photo.jpg")}).status_code == 302
        monkeypatch.setattr(FileStore, "remove", broken)
