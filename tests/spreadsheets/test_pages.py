"""The way of a roster through the pages, by hand and with its obstacles."""

import io
from datetime import date
from functools import partial

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.spreadsheets.models import SheetImport
from careerpath.spreadsheets.operations import imports
from careerpath.spreadsheets.operations.imports import Upload
from tests.factories.access import PASSWORD, Town, make_user
from tests.factories.appraisals import Year
from tests.factories.employees import make_employee, make_identity, selects_of
from tests.spreadsheets.books import employees, person, roster, typed


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def signed_in(app: Flask, town: Town, role: Role = Role.STREET_HR, name: str = "clerk") -> FlaskClient:
    make_user(name, role, town.street if role is Role.STREET_HR else town.district)
    client = app.test_client()
    client.post("/sign-in", data={"name": name, "password": PASSWORD})
    return client


def send(client: FlaskClient, upload: Upload, sheet: str = "employees", **more: str) -> str:
    """Send a file; gives the address of the import."""
    data = {"file": (io.BytesIO(upload.content), upload.name), **more}
    answer = client.post(f"/spreadsheets/{sheet}/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return answer.location


def test_a_roster_is_sent_looked_at_written_and_taken_back(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    assert "还没有导入过" in client.get("/spreadsheets").text
    here = send(client, roster(person(name="黎书航"), person()))
    page = client.get(here).text
    assert "确认写入 2 行" in page
    assert "黎书航" in page
    assert employees() == []
    assert client.post(f"{here}/confirm").status_code == 302
    assert len(employees()) == 2
    assert "撤销这次导入" in client.get(here).text
    assert client.post(f"{here}/undo").status_code == 302
    assert employees() == []
    assert "已撤销" in client.get("/spreadsheets").text


def test_wrong_cells_are_listed_and_marked_in_the_persons_own_workbook(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    upload = typed(
        ["张三", make_identity(), "2018-07-01", "书苑社区", "一般"],
        ["李四", "371399199004120000", "2018-07-01", "书苑社区", "组长"],
    )
    here = send(client, upload)
    page = client.get(here).text
    assert "有 1 行需要改正" in page
    assert "下拉列表" in page
    assert "确认写入" not in page
    assert client.post(f"{here}/confirm").status_code == 422
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{here}/marked").data))
    sheet = book["花名册"]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["B3", "E3"]
    assert sheet["A2"].value == "张三"


def test_changes_are_shown_cell_by_cell(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    row = person()
    client.post(f"{send(client, roster(row))}/confirm")
    page = client.get(send(client, roster(row | {"phone": "13900001111"}))).text
    assert "<del>13812345678</del>" in page
    assert "<ins>13900001111</ins>" in page
    assert str(row["identity"]) not in page


def test_a_file_that_is_no_roster_is_refused_beside_the_field(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    data = {"file": (io.BytesIO(b"just some text"), "花名册.xlsx")}
    answer = client.post("/spreadsheets/employees/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "纯文本" in answer.text
    assert client.post("/spreadsheets/employees/import", data={}).status_code == 422


def test_a_stale_preview_is_answered_with_the_new_one(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    row = person()
    client.post(f"{send(client, roster(row))}/confirm")
    here = send(client, roster(row | {"batch": "2022"}))
    client.post(f"{send(client, roster(row | {'batch': '2021'}))}/confirm")
    answer = client.post(f"{here}/confirm")
    assert answer.status_code == 409
    assert "<del>2021</del>" in answer.text
    assert client.post(f"{here}/confirm").status_code == 302
    assert employees()[0].batch == "2022"


def test_pages_cost_few_queries_however_many_rows(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    here = send(client, roster(*(person() for _ in range(120))))
    for path in ("/spreadsheets", here, f"{here}?show=new&start=50"):
        assert len(selects_of(partial(client.get, path))) <= 8, path
    assert "本页从第 51 行起" in client.get(f"{here}?show=new&start=50").text


def test_another_office_finds_nothing_under_the_same_address(app: Flask, town: Town) -> None:
    here = send(signed_in(app, town), roster(person()))
    stranger = signed_in(app, town, Role.DISTRICT_HR, "district")
    for path in ("", "/marked", "/status"):
        assert stranger.get(f"{here}{path}").status_code == 404
    for path in ("/confirm", "/discard", "/undo"):
        assert stranger.post(f"{here}{path}").status_code == 404


def test_an_import_can_be_given_up(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    here = send(client, roster(person()))
    assert client.post(f"{here}/discard").location == "/spreadsheets"
    assert client.get(here).status_code == 404
    assert db.session.scalars(select(SheetImport)).all() == []


def test_a_large_file_shows_its_progress(app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "LARGE", 1)
    client = signed_in(app, town)
    here = send(client, roster(person(), person(), person()))
    assert f'data-job-url="{here}/status"' in client.get(here).text
    status = client.get(f"{here}/status").get_json()
    assert (status["status"], status["result_url"]) == ("waiting", None)


def test_full_identity_numbers_ask_for_a_reason_that_stays_in_the_trail(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    number = make_identity()
    make_employee(None, town.community, identity=number)
    masked = client.post("/spreadsheets/employees/export", data={})
    assert "spreadsheetml.sheet" in str(masked.mimetype)
    assert number not in shown(masked.data)
    refused = client.post("/spreadsheets/employees/export", data={"reveal": "y"})
    assert refused.status_code == 422
    assert "事由" in refused.text
    full = client.post("/spreadsheets/employees/export", data={"reveal": "y", "reason": "报区社保中心核对"})
    assert number in shown(full.data)
    notes = db.session.scalars(select(AuditEntry.note).where(AuditEntry.operation == "permit_export")).all()
    assert [note.split()[1] for note in notes] == ["masked", "identity"]
    assert notes[1].endswith("报区社保中心核对")


def test_an_export_follows_the_unit_the_day_and_the_list(app: Flask, town: Town) -> None:
    client = signed_in(app, town)
    one = make_employee(None, town.community, name="林一")
    two = make_employee(None, town.neighbour, name="林二", joined_community_on=date(2025, 3, 1))
    make_employee(None, town.foreign, name="林三")

    def names(path: str = "", **data: str) -> list[str]:
        text = shown(client.post(f"/spreadsheets/employees/export{path}", data=data).data)
        return [name for name in ("林一", "林二", "林三") if name in text]

    assert names() == ["林一", "林二"]
    assert names(unit="书苑社区") == names(unit_id=str(town.community.id)) == ["林一"]
    assert names(on="2024-12-31") == ["林一"]
    assert names(f"?q={two.number}") == ["林二"]
    assert client.post("/spreadsheets/employees/export", data={"unit": "文昌社区"}).status_code == 422
    assert client.post("/spreadsheets/employees/export", data={"unit_id": str(town.foreign.id)}).status_code == 422
    assert client.post("/spreadsheets/employees/export", data={"on": "2030-01-01"}).status_code == 422
    assert one.name in client.get("/employees").text


def test_every_sheet_has_its_template_and_pages(app: Flask) -> None:
    year = Year(1)
    client = signed_in(app, year.town, Role.STREET_HR, "another clerk")
    for sheet, heading in (("employees", "身份证号*"), ("employees", "服役月数"), ("appraisals", "建议等次")):
        assert client.get(f"/spreadsheets/{sheet}/import").status_code == 200
        assert client.get(f"/spreadsheets/{sheet}/export").status_code == 200
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"/spreadsheets/{sheet}/template").data))
        headings = [cell.value for cell in next(book.worksheets[0].iter_rows())]
        assert heading in headings
        assert book.worksheets[0].data_validations.count > 0
    assert client.get("/spreadsheets/units/import").status_code == 403
    assert client.get("/spreadsheets/units/export").status_code == 200


def shown(content: bytes) -> str:
    """All text of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
