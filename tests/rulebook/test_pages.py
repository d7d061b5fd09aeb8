"""The pages of the rulebook, as the office walks through them."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.rulebook.models import EditionState, StoredEdition
from careerpath.rulebook.operations import draft_edition, import_edition
from careerpath.rulebook.sheets import edition_from_workbook
from careerpath.rulebook.views import changing
from careerpath.rulebook.views.room import TRIALS
from tests.factories.access import PASSWORD, Town, make_user
from tests.factories.rulebook import FILE, appraisal_text, editor
from tests.rulebook.test_sheets import book_of, content_of, edition_of, saved


@pytest.fixture
def town(app: Flask) -> Town:
    """A district with an account of each kind that meets the rules."""
    town = Town()
    make_user("district", Role.DISTRICT_HR, town.district)
    make_user("street", Role.STREET_HR, town.street)
    make_user("finance", Role.FINANCE, town.district)
    return town


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def client(app: Flask, town: Town) -> FlaskClient:
    """A browser of somebody who keeps the rules."""
    return signed_in(app, "district")


def rows(text: str) -> list[str]:
    """The rows of all tables, without marks."""
    found = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def row_with(text: str, word: str) -> str:
    return next(row for row in rows(text) if word in row)


def test_the_list_says_where_each_edition_stands_today(client: FlaskClient) -> None:
    import_edition(editor(), appraisal_text("old", "2024-01-01", title='"甲版"'), FILE)
    import_edition(editor(), appraisal_text("now", "2025-01-01", title='"乙版"'), FILE)
    import_edition(editor(), appraisal_text("soon", "2026-01-01", title='"丙版"'), FILE)
    draft_edition(editor(), appraisal_text("draft", "2027-01-01", title='"丁版"'), FILE)
    text = client.get("/rules").text
    for title, standing in (("甲版", "已被替代"), ("乙版", "现行"), ("丙版", "将于 2026-01-01 施行"), ("丁版", "草案")):
        assert standing in row_with(text, title)
    assert "示例 非官方" in row_with(text, "甲版")
    assert "随程序提供" in row_with(text, "大连市社区工作者年度考核")


def test_the_list_shows_what_was_in_force_on_a_day_of_one_place(client: FlaskClient) -> None:
    import_edition(editor(), appraisal_text("old", "2024-01-01", title='"甲版"'), FILE)
    import_edition(editor(), appraisal_text("now", "2025-01-01", title='"乙版"'), FILE)
    text = client.get("/rules?rule=appraisal&place=某县&on=2024.7.1").text
    assert row_with(text, "某县").startswith("甲版")
    assert "乙版" not in text
    assert "2024-07-01 生效的版本 共 1 个版本" in " ".join(text.split())
    assert client.get("/rules?on=2024-13-01").status_code == 422
    assert "没有符合条件的版本" in client.get("/rules?place=某县&on=2001-01-01").text


def test_a_list_of_many_editions_costs_few_queries(client: FlaskClient) -> None:
    for year in range(2001, 2016):
        import_edition(editor(), appraisal_text(f"y{year}", f"{year}-01-01"), FILE)
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert client.get("/rules").status_code == 200
    assert len(seen) <= 8


def test_an_edition_is_told_in_words_with_grounds_and_never_by_its_codes(client: FlaskClient) -> None:
    text = client.get("/rules/shipped/appraisal?key=dalian-2020").text
    assert row_with(text, "任务完成") == "tasks 任务完成 40 1 1 否 本系统理解"
    assert row_with(text, "无故缺勤天数") == "无故缺勤天数 15 不称职 参照北京市 2012 年公布的考核规定 本系统理解"
    assert row_with(text, "考核基准日") == "考核基准日 12 月 31 日"
    assert row_with(text, "区级审定截止") == "区级审定截止 次年 1 月 15 日"
    shown = re.sub(r"<pre.*?</pre>", "", text, flags=re.DOTALL)
    for code in ("half_up", "following_year", "absence_days", "on_probation", "None"):
        assert code not in shown
    assert "示例数据，不是任何地方的正式规定" in text


def test_a_level_table_is_drawn_with_tiers_across_and_levels_down(client: FlaskClient) -> None:
    text = client.get("/rules/shipped/pay?key=dalian-3x38").text
    assert "级 1 档 2 档 3 档" in rows(text)
    assert row_with(text, "38 级 ").startswith("38 级 ")


def test_a_text_is_brought_in_as_a_draft_looked_at_adopted_and_withdrawn(client: FlaskClient) -> None:
    sent = client.post("/rules/new", data={"text": appraisal_text(title='"甲版"')})
    edition_id = db.session.scalars(select(StoredEdition.id)).one()
    assert sent.location == f"/rules/editions/{edition_id}"
    page = client.get(sent.location).text
    assert "草案" in page
    assert f"/rules/editions/{edition_id}/adopt" in page
    assert "自 2025-01-01 起按本版执行" in client.get(f"/rules/editions/{edition_id}/adopt").text
    assert client.post(f"/rules/editions/{edition_id}/adopt").status_code == 302
    assert "现行" in row_with(client.get("/rules").text, "甲版")
    assert client.post(f"/rules/editions/{edition_id}/withdraw", data={"reason": ""}).status_code == 422
    assert client.post(f"/rules/editions/{edition_id}/withdraw", data={"reason": "文件已废止"}).status_code == 302
    page = client.get(f"/rules/editions/{edition_id}").text
    assert "已停用" in page
    assert "文件已废止" in page


def test_a_workbook_is_brought_in_and_given_back(client: FlaskClient) -> None:
    book = book_of("appraisal", "dalian-2020")
    book["基本信息"]["B3"], book["基本信息"]["B5"] = "our-2026", "某县"
    sent = client.post("/rules/new", data={"file": (io.BytesIO(saved(book)), "办法.xlsx")})
    assert sent.status_code == 302
    kept = db.session.scalars(select(StoredEdition)).one()
    assert (kept.key, kept.state) == ("our-2026", EditionState.DRAFT)
    again = client.get(f"{sent.location}/workbook")
    assert edition_from_workbook(again.data, "again.xlsx").head.key == "our-2026"
    assert 'key = "our-2026"' in client.get(f"{sent.location}/source").text


def test_errors_are_told_with_their_places_and_nothing_is_kept(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "MOST_BYTES", 10_000)
    book = book_of("appraisal", "dalian-2020")
    book["考核指标"]["C3"], book["等次分数线"]["B2"] = "很多", "高"
    answer = client.post("/rules/new", data={"file": (io.BytesIO(saved(book)), "办法.xlsx")})
    assert answer.status_code == 422
    assert "有 2 处需要改正" in answer.text
    assert "办法.xlsx 工作表“考核指标”C3“满分”" in answer.text
    wrong = appraisal_text(maximum="5000")
    answer = client.post("/rules/new", data={"text": wrong})
    assert "indicators[1].maximum 为 5000，应在 0.01 至 1000 之间" in answer.text
    assert "maximum = 5000" in answer.text, "what was typed stays"
    for data, told in (
        ({}, "请选择规则文件"),
        ({"text": wrong, "file": (io.BytesIO(b"x"), "办法.toml")}, "只能选用一种"),
        ({"file": (io.BytesIO("名".encode("gbk")), "办法.toml")}, "不是 UTF-8 文本"),
        ({"file": (io.BytesIO(b"#" * 10_001), "办法.toml")}, "文件太大"),
    ):
        answer = client.post("/rules/new", data=data)
        assert (answer.status_code, told in answer.text) == (422, True)
    assert db.session.scalars(select(StoredEdition)).all() == []


def test_a_rival_of_the_same_day_stops_the_adoption_on_its_page(client: FlaskClient) -> None:
    import_edition(editor(), appraisal_text("first"), FILE)
    edition_id = draft_edition(editor(), appraisal_text("second"), FILE)
    answer = client.post(f"/rules/editions/{edition_id}/adopt")
    assert answer.status_code == 422
    assert "同一天只能有一版生效" in answer.text


def test_a_draft_can_be_deleted_and_an_adopted_edition_not(client: FlaskClient) -> None:
    draft = draft_edition(editor(), appraisal_text(), FILE)
    adopted = import_edition(editor(), appraisal_text("other", "2026-01-01"), FILE)
    assert client.post(f"/rules/editions/{draft}/drop").location == "/rules"
    assert client.get(f"/rules/editions/{draft}").status_code == 404
    assert client.post(f"/rules/editions/{adopted}/drop").location == f"/rules/editions/{adopted}"
    assert client.get(f"/rules/editions/{adopted}").status_code == 200


def test_who_may_not_keep_the_rules_sees_no_draft(app: Flask, town: Town) -> None:
    draft = draft_edition(editor(), appraisal_text(title='"甲版"'), FILE)
    street = signed_in(app, "street")
    assert "甲版" not in street.get("/rules").text
    for page in ("", "/source", "/workbook"):
        assert street.get(f"/rules/editions/{draft}{page}").status_code == 404
    assert street.get(f"/rules/compare?old={draft}&new={draft}").status_code == 404
    assert street.get("/rules/new").status_code == 403
    assert "导入版本" not in street.get("/rules").text


def test_finance_looks_at_a_draft_and_cannot_adopt_it(app: Flask, town: Town) -> None:
    draft = draft_edition(editor(), appraisal_text(title='"甲版"'), FILE)
    finance = signed_in(app, "finance")
    assert "草案" in row_with(finance.get("/rules").text, "甲版")
    assert "采用</a>" not in finance.get(f"/rules/editions/{draft}").text
    assert finance.get(f"/rules/editions/{draft}/adopt").status_code == 403


def test_two_editions_are_compared_value_by_value(client: FlaskClient) -> None:
    edition_id = draft_edition(editor(), appraisal_text(share="0.15"), FILE)
    text = client.get(f"/rules/compare?old=appraisal.feixian-2022&new={edition_id}").text
    assert row_with(text, "比例") == "比例 修改 20% 15% -5 个百分点"
    assert client.get(f"/rules/compare?old=pay.dalian-3x38&new={edition_id}").status_code == 422
    assert client.get("/rules/compare?old=appraisal.none&new=appraisal.none").status_code == 404
    assert "两个版本完全相同" in client.get(f"/rules/compare?old={edition_id}&new={edition_id}").text


def test_an_upper_room_hangs_its_trial_on_the_page_of_an_edition(app: Flask, client: FlaskClient) -> None:
    edition_id = draft_edition(editor(), appraisal_text(), FILE)
    app.extensions[TRIALS] = {"appraisal": "no.such_page"}
    assert "查看影响" not in client.get(f"/rules/editions/{edition_id}").text
    app.extensions[TRIALS] = {"appraisal": "rulebook.source"}
    assert "查看影响" in client.get(f"/rules/editions/{edition_id}").text
    assert f'href="/rules/editions/{edition_id}/source"' in client.get(f"/rules/editions/{edition_id}/adopt").text
    app.extensions[TRIALS] = {"appraisal": "accounts.overview"}
    assert "查看影响" not in client.get(f"/rules/editions/{edition_id}").text, "its page is not for this account"


def test_shipped_editions_are_given_out_as_text_and_as_workbooks(client: FlaskClient) -> None:
    text = client.get("/rules/shipped/appraisal/source?key=dalian-2020").text
    assert text.startswith("# 大连四项考核指标是公布的")
    book = client.get("/rules/shipped/appraisal/workbook?key=dalian-2020")
    assert edition_from_workbook(book.data, "x.xlsx") == edition_of("appraisal", "dalian-2020")
    empty = client.get("/rules/shipped/pay/workbook")
    assert empty.data[:2] == content_of(None, "pay")[:2] == b"PK"
    assert client.get("/rules/shipped/appraisal?key=none").status_code == 404
    assert client.get("/rules/shipped/appraisal").location == "/rules?rule=appraisal"
