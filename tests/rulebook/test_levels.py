"""A city fills in its level table; put into an edition it makes a new one."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from flask import Flask
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.policy.edition import to_plain
from careerpath.policy.pay.edition import PayEdition
from careerpath.rulebook.models import EditionState, StoredEdition
from careerpath.rulebook.sheets import LevelHead, SheetFaults, edition_with_levels, has_levels, write_levels
from careerpath.words import Refused
from tests.factories.access import PASSWORD, Town, make_user
from tests.rulebook.test_sheets import edition_of, saved

HEAD = LevelHead("zhongshan-2026", "中山区社区工作者薪酬", "中人社发〔2026〕1号", example=False)
BASE = edition_of("pay", "dalian-3x38")


def filled(*cells: tuple[str, Any]) -> bytes:
    """The level table of the base with amounts of 1000 yuan a level, and some cells changed."""
    target = io.BytesIO()
    write_levels(BASE, target)
    book = openpyxl.load_workbook(io.BytesIO(target.getvalue()))
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        put(sheet, row)
    for place, value in cells:
        sheet[place] = value
    return saved(book)


def put(sheet: Worksheet, row: int) -> None:
    sheet[f"D{row}"] = 1000 * int(sheet[f"C{row}"].value or 0)
    sheet[f"E{row}"], sheet[f"F{row}"] = date(2026, 1, 1), "中人社发〔2026〕1号"


def test_the_form_has_every_level_and_no_example_amounts() -> None:
    target = io.BytesIO()
    write_levels(BASE, target)
    sheet = openpyxl.load_workbook(io.BytesIO(target.getvalue())).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["等级表", "档", "级", "金额", "施行日期", "文号"]
    assert sheet.max_row - 1 == len(to_plain(BASE)["tables"][0]["rows"])
    assert {cell.value for cell in sheet["D"][1:]} == {None}


def test_the_new_edition_has_the_amounts_the_day_and_the_document_of_the_table() -> None:
    edition = edition_with_levels(BASE, filled(("D2", 1234.5)), "表.xlsx", HEAD)
    assert isinstance(edition, PayEdition)
    assert (edition.head.key, edition.head.effective_from) == ("zhongshan-2026", date(2026, 1, 1))
    assert (edition.head.document, edition.head.example) == ("中人社发〔2026〕1号", False)
    assert str(edition.tables[0].rows[0][2]) == "1234.5"
    assert edition.tables[0].rows[1][2] == 1000 * edition.tables[0].rows[1][1]
    assert edition.tables[0].citation.basis.value == "published"
    assert [one.code for one in edition.components] == [one["code"] for one in to_plain(BASE)["components"]]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (("D3", "很多"), "工作表“等级表”D3：这里应填数字"),
        (("D3", None), "工作表“等级表”D3：必填"),
        (("D3", -5), "工作表“等级表”D3：数值不能小于 0"),
        (("E4", date(2026, 7, 1)), "工作表“等级表”E4：与第 2 行不同"),
        (("F4", "另一文号"), "工作表“等级表”F4：与第 2 行不同"),
    ],
)
def test_a_wrong_cell_of_the_table_is_named(cell: tuple[str, Any], told: str) -> None:
    with pytest.raises(SheetFaults) as caught:
        edition_with_levels(BASE, filled(cell), "表.xlsx", HEAD)
    assert told in str(caught.value)


def test_a_level_without_an_amount_and_a_scheme_without_levels_are_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled()))
    book.worksheets[0].delete_rows(2)
    with pytest.raises(Refused, match=r"表.xlsx"):
        edition_with_levels(BASE, saved(book), "表.xlsx", HEAD)
    without = edition_of("pay", "beijing-2008")
    assert (has_levels(BASE), has_levels(without)) == (True, False)
    with pytest.raises(Refused, match="没有等级表"):
        edition_with_levels(without, filled(), "表.xlsx", HEAD)


def test_the_table_is_brought_in_on_its_page_as_a_draft(app: Flask) -> None:
    make_user("district", Role.DISTRICT_HR, Town().district)
    client = app.test_client()
    client.post("/sign-in", data={"name": "district", "password": PASSWORD})
    assert client.get("/rules/level-table.xlsx?base=pay.dalian-3x38").data[:2] == b"PK"
    page = "/rules/levels?base=pay.dalian-3x38"
    assert page in client.get("/rules/shipped/pay?key=dalian-3x38").text
    assert "其他规定不变" in client.get(page).text
    given = {"key": HEAD.key, "title": HEAD.title, "source": HEAD.source}
    assert client.post(page, data=given).status_code == 422
    wrong = client.post(page, data={**given, "file": (io.BytesIO(filled(("D3", "很多"))), "表.xlsx")})
    assert (wrong.status_code, "D3：这里应填数字" in wrong.text) == (422, True)
    sent = client.post(page, data={**given, "file": (io.BytesIO(filled()), "表.xlsx")})
    kept = db.session.scalars(select(StoredEdition)).one()
    assert sent.location == f"/rules/editions/{kept.id}"
    assert (kept.key, kept.state, str(kept.effective_from)) == ("zhongshan-2026", EditionState.DRAFT, "2026-01-01")
    assert client.get("/rules/levels").location == client.get("/rules/level-table.xlsx").location == "/rules"
