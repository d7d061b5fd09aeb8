"""Lists of recruitment through the pages: the batch is chosen or named by the address, links show what is allowed."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import openpyxl
import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.recruitment.models import Application, RecruitmentBatch, RecruitmentPosition
from careerpath.spreadsheets.operations import exports
from careerpath.spreadsheets.operations.exports import wish_as_json, wish_from_json
from careerpath.spreadsheets.operations.imports import Upload
from careerpath.spreadsheets.sheets.desk import Wish
from tests.factories.access import PASSWORD, Town, make_actor, make_user
from tests.factories.recruitment import make_application, make_batch, make_position
from tests.spreadsheets.test_recruitment_applications import sent, someone

HERE = "/spreadsheets/applications"


class Counter:
    """A district's office at a batch that takes applications."""

    def __init__(self, app: Flask) -> None:
        self.town = Town()
        self.batch = make_batch(self.town.district)
        self.position = make_position(self.batch, self.town.community, code="001")
        make_user("office", Role.DISTRICT_HR, self.town.district)
        self.client = app.test_client()
        self.client.post("/sign-in", data={"name": "office", "password": PASSWORD})

    def send(self, upload: Upload, **more: str) -> tuple[FlaskClient, str]:
        data = {"file": (io.BytesIO(upload.content), upload.name), "batch": str(self.batch.id), **more}
        answer = self.client.post(f"{HERE}/import", data=data, content_type="multipart/form-data")
        return self.client, answer.location or answer.text


@pytest.fixture
def counter(app: Flask) -> Iterator[Counter]:
    with clock.Stopped(datetime(2025, 11, 20, 2, 0, tzinfo=UTC)):
        yield Counter(app)


def test_a_file_is_sent_looked_at_written_and_taken_back(counter: Counter) -> None:
    client, here = counter.send(sent(someone(), someone(name="李四")))
    page = client.get(here).text
    assert counter.batch.name in page
    assert "确认写入 2 行" in page
    client.post(f"{here}/confirm")
    assert len(db.session.scalars(select(Application)).all()) == 2
    assert counter.batch.name in client.get("/spreadsheets").text
    client.post(f"{here}/undo")
    assert db.session.scalars(select(Application)).all() == []


def test_without_a_batch_the_page_asks_for_one(counter: Counter) -> None:
    client, page = counter.send(sent(someone()), batch="")
    assert "请选择招聘批次" in page
    chosen = client.get(f"{HERE}/import?batch={counter.batch.id}").text
    assert f'selected value="{counter.batch.id}"' in chosen


def test_a_file_of_another_batch_is_refused_beside_the_batch(counter: Counter) -> None:
    _, page = counter.send(sent(someone(), above="招聘批次：第九批（2025年）"))
    assert "请改选，或换用正确的文件" in page
    assert 'id="batch-error"' in page


def test_a_template_names_its_batch_and_offers_its_positions(counter: Counter) -> None:
    answer = counter.client.get(f"{HERE}/template?batch={counter.batch.id}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book["报名"]
    assert sheet["A1"].value == f"招聘批次：{counter.batch.name}"
    assert sheet["B2"].value == "报考岗位代码*"
    assert any(rule.formula1 == '"001"' for rule in sheet.data_validations.dataValidation)
    assert "填表说明" in book.sheetnames
    assert counter.client.get(f"{HERE}/template").status_code == 200
    assert counter.client.get(f"{HERE}/template?batch=999").status_code == 404


def test_an_export_with_full_numbers_asks_for_a_reason_and_is_kept_in_the_trail(counter: Counter) -> None:
    make_application(counter.position)
    wanted = {"batch": str(counter.batch.id), "reveal": "y"}
    assert counter.client.post(f"{HERE}/export", data=wanted).status_code == 422
    answer = counter.client.post(f"{HERE}/export", data=wanted | {"reason": "报公安机关核查"})
    assert answer.mimetype == exports.XLSX
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.operation == "permit_export")).one()
    assert "报公安机关核查" in (entry.note or "")
    masked = counter.client.post(f"{HERE}/export", data={"batch": str(counter.batch.id)})
    assert masked.status_code == 200


@pytest.mark.parametrize(
    "code", ["positions", "attendance", "written-scores", "interview-sheets", "candidate-checks", "final-list"]
)
def test_every_list_has_its_page(counter: Counter, code: str) -> None:
    page = counter.client.get(f"/spreadsheets/{code}/export?batch={counter.batch.id}")
    assert page.status_code == 200
    assert f'selected value="{counter.batch.id}"' in page.text
    assert ('name="unit"' in page.text) is (code != "written-scores")


def test_a_list_that_only_goes_out_cannot_come_in(counter: Counter) -> None:
    assert counter.client.get("/spreadsheets/final-list/import").status_code == 403
    assert "/spreadsheets/final-list/export" in counter.client.get("/spreadsheets").text
    assert "/spreadsheets/final-list/import" not in counter.client.get("/spreadsheets").text


def test_links_of_a_list_show_what_the_account_may_do(app: Flask, counter: Counter) -> None:
    text = (
        '{% from "recruitment/sheet-links.html" import sheet_links with context %}'
        "{{ sheet_links('applications', 7) }}{{ sheet_links('final-list', 7) }}"
        "{{ sheet_links('written-scores', 7, 2) }}"
    )
    office, worker = make_actor(Role.DISTRICT_HR, counter.town.district), make_actor(Role.WORKER, counter.town.street)
    with app.test_request_context():
        page, nothing, stranger = (render_template_string(text, actor=one) for one in (office, worker, None))
    assert "/spreadsheets/applications/export?batch=7" in page
    assert "/spreadsheets/applications/template?batch=7" in page
    assert "/spreadsheets/final-list/export?batch=7" in page
    assert "/spreadsheets/final-list/import" not in page
    assert "/spreadsheets/written-scores/import?batch=7&amp;turn=2" in page
    assert "/spreadsheets" not in nothing + stranger


def test_a_wish_for_a_batch_survives_the_way_to_a_worker() -> None:
    wish = Wish(batch_id=4, filters={"q": "黎"})
    assert wish_from_json(wish_as_json(wish)) == wish


def test_imports_of_a_batch_that_was_dropped_stay_in_the_list(counter: Counter) -> None:
    _, here = counter.send(sent(someone()))
    with writing() as session:
        session.delete(session.get_one(RecruitmentPosition, counter.position.id))
        session.flush()
        session.delete(session.get_one(RecruitmentBatch, counter.batch.id))
    assert counter.client.get(here).status_code == 200
    assert "报名.xlsx" in counter.client.get("/spreadsheets").text
