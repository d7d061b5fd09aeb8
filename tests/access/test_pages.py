"""The pages of units, accounts, roles, sign-ins and the trail, as a browser asks for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from careerpath.access.models import AuditEntry, RoleGrant, SignIn, User
from careerpath.access.operations import sign_ins
from careerpath.access.permissions import Role
from careerpath.core.db import db
from tests.factories.access import PASSWORD, Town, make_user

MOST_QUERIES = 8


def enter(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302
    return client


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*args: object) -> None:
        statement = str(args[2])
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_the_system_administrator_walks_the_tree_and_mends_a_unit(app: Flask) -> None:
    town = Town()
    make_user("sys", Role.SYSTEM_ADMIN, town.district)
    client = enter(app, "sys")
    page = client.get("/units").text
    assert "费城街道" in page
    assert "上冶镇" in page
    assert "书苑社区" in client.get(f"/units?at={town.street.id}").text
    assert "书苑社区" in client.get("/units?q=书苑").text
    assert "没有找到" in client.get("/units?q=无此单位").text
    address = f"/units/{town.community.id}"
    assert "临沂市" in client.get(address).text
    form = {
        "name": "书苑社区居民委员会",
        "households": "1850",
        "residents": "x",
        "starts_on": "2000.1.1",
        "version": "2",
    }
    wrong = client.post(f"{address}/edit", data=form)
    assert (wrong.status_code, "1850" in wrong.text) == (422, True)
    done = client.post(f"{address}/edit", data={**form, "residents": "5200"})
    assert (done.status_code, done.location) == (302, address)
    assert "1,850" in client.get(address).text


def test_the_second_editor_sees_both_versions_and_keeps_what_was_typed(app: Flask) -> None:
    town = Town()
    make_user("sys", Role.SYSTEM_ADMIN, town.district)
    client = enter(app, "sys")
    address = f"/units/{town.community.id}/edit"
    form = {"name": "书苑社区", "households": "900", "residents": "", "starts_on": "2000-01-01", "version": "2"}
    assert client.post(address, data=form).status_code == 302
    late = client.post(address, data={**form, "households": "800"})
    assert late.status_code == 409
    assert "900" in late.text
    assert 'value="800"' in late.text
    assert 'name="version" type="hidden" value="3"' in late.text


def test_a_unit_is_added_and_closed_from_its_pages(app: Flask) -> None:
    town = Town()
    make_user("sys", Role.SYSTEM_ADMIN, town.district)
    client = enter(app, "sys")
    form = {"kind": "community", "code": "n1", "name": "新苑社区"}
    assert client.post(f"/units/{town.street.id}/new", data={**form, "kind": "city"}).status_code == 422
    made = client.post(f"/units/{town.street.id}/new", data=form)
    assert made.status_code == 302
    refused = client.post(f"/units/{town.street.id}/end", data={"ends_on": "2025年12月4日"})
    assert (refused.status_code, "下级单位" in refused.text) == (422, True)
    assert client.post(f"{made.location}/end", data={"ends_on": "2025年12月4日"}).status_code == 302
    assert "2025-12-04 撤销" in client.get(made.location).text


def test_units_are_suggested_while_typing_within_ones_own(app: Flask) -> None:
    town = Town()
    make_user("wang", Role.STREET_HR, town.street)
    client = enter(app, "wang")
    found = client.get("/units/search?q=社区&kinds=community&limit=1").get_json()
    assert found == [
        {"id": found[0]["id"], "name": found[0]["name"], "path_text": "临沂市 › 费县 › 费城街道", "kind": "community"}
    ]
    assert client.get("/units/search?q=文昌").get_json() == []
    assert client.get("/units/search?q=费城&kinds=community").get_json() == []


def test_an_account_is_made_granted_switched_off_and_on(app: Flask) -> None:
    town = Town()
    make_user("sys", Role.SYSTEM_ADMIN, town.district)
    make_user("sec", Role.SECURITY_ADMIN, town.district)
    system, security = enter(app, "sys"), enter(app, "sec")
    assert system.post("/accounts/new", data={"name": "张 敏", "display_name": "张敏"}).status_code == 422
    sheet = system.post("/accounts/new", data={"name": "zhang", "display_name": "张敏"})
    assert (sheet.status_code, "只显示这一次" in sheet.text) == (200, True)
    user_id = db.session.scalars(select(User.id).where(User.name == "zhang")).one()
    page = f"/accounts/{user_id}"
    assert "尚未授权" in system.get("/accounts").text
    grant = {"role": "street_hr", "unit": "费城街道", "starts_on": "2025-12-01", "ends_on": ""}
    assert system.post(f"{page}/roles", data=grant).status_code == 403
    assert security.post(f"{page}/roles", data={**grant, "unit": "无此单位"}).status_code == 422
    assert security.post(f"{page}/roles", data={**grant, "unit_id": str(town.street.id)}).status_code == 302
    assert "费城街道" in security.get(page).text
    assert "三员分立" in security.get("/roles").text
    grant_id = db.session.scalars(select(RoleGrant.id).where(RoleGrant.user_id == user_id)).one()
    assert security.post(f"/roles/{grant_id}/end").status_code == 302
    assert system.post(f"{page}/switch", data={"active": "0"}).status_code == 302
    assert "停用" in system.get("/accounts?state=off").text
    assert system.post(f"{page}/switch", data={"active": "1"}).status_code == 302
    assert system.post(f"{page}/unlock").status_code == 302
    assert "初始密码" in system.post(f"{page}/reset").text


def test_one_ends_ones_own_sign_ins_and_nobody_elses(app: Flask) -> None:
    town = Town()
    make_user("wang", Role.STREET_HR, town.street)
    make_user("li", Role.STREET_HR, town.other_street)
    here, there, third, foreign = (enter(app, name) for name in ("wang", "wang", "wang", "li"))
    ids = db.session.scalars(select(SignIn.id).order_by(SignIn.id)).all()
    assert here.post(f"/my/sign-ins/{ids[3]}/end").status_code == 404
    assert here.post(f"/my/sign-ins/{ids[1]}/end").status_code == 302
    assert there.get("/my/sign-ins").status_code == 302
    assert third.get("/my/sign-ins").text.count("已结束") >= 1
    assert here.post("/my/sign-ins/end-others").status_code == 302
    assert third.get("/my/sign-ins").status_code == 302
    assert here.get("/my/sign-ins").status_code == 200
    assert foreign.get("/my/sign-ins").status_code == 200
    assert here.post(f"/my/sign-ins/{ids[0]}/end").location == "/sign-in"
    assert here.get("/my/sign-ins").status_code == 302


def test_the_audit_administrator_reads_and_takes_away_the_trail(app: Flask) -> None:
    town = Town()
    make_user("aud", Role.AUDIT_ADMIN, town.district)
    make_user("wang", Role.STREET_HR, town.street)
    enter(app, "wang").get("/audit-trail")
    client = enter(app, "aud")
    assert "登录" in client.get("/audit-trail?from=2025.12.1&user=wang").text
    assert "没有符合条件" in client.get("/audit-trail?from=2025-12-06").text
    entry = db.session.scalars(select(AuditEntry.id).limit(1)).one()
    assert "修改后" in client.get(f"/audit-trail/{entry}").text
    assert client.get("/audit-trail/99999").status_code == 404
    table = client.post("/audit-trail/export", data={"format": "csv", "user": "wang"})
    assert (table.mimetype, "登录" in table.data.decode("utf-8-sig")) == ("text/csv", True)
    assert client.post("/audit-trail/export", data={"format": "xlsx"}).data.startswith(b"PK")
    assert client.post("/audit-trail/export", data={"user": "nobody"}).status_code == 422


def test_an_address_that_fails_too_often_waits_whatever_the_account(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_ins, "FAILURES_FROM_ADDRESS", 3)
    make_user("wang")
    client = app.test_client()
    for number in range(3):
        assert client.post("/sign-in", data={"name": f"n{number}", "password": "x"}).status_code == 401
    kept = db.session.scalar(select(func.count()).select_from(AuditEntry))
    assert client.post("/sign-in", data={"name": "wang", "password": PASSWORD}).status_code == 429
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == kept
    elsewhere = client.post(
        "/sign-in", data={"name": "wang", "password": PASSWORD}, environ_base={"REMOTE_ADDR": "10.0.0.9"}
    )
    assert elsewhere.status_code == 302


def test_accounts_with_passwords_stand_at_the_door_of_a_demo_only(app: Flask) -> None:
    assert "演示账号" not in app.test_client().get("/sign-in").text
    account = SimpleNamespace(name="street", password="Sea-Gate-9", role_name="街道经办", unit_name="费城街道")
    app.extensions["careerpath.demo_accounts"] = [account]
    assert "Sea-Gate-9" in app.test_client().get("/sign-in").text


def test_no_page_costs_more_than_eight_queries(app: Flask) -> None:
    town = Town()
    for name, role in (("sys", Role.SYSTEM_ADMIN), ("aud", Role.AUDIT_ADMIN)):
        make_user(name, role, town.district)
    user = make_user("wang", Role.STREET_HR, town.street)
    pages = {
        "sys": ["/units", f"/units?at={town.street.id}", "/units?q=区", f"/units/{town.street.id}", "/accounts",
                f"/accounts/{user.id}", "/roles", "/my/sign-ins", f"/units/{town.community.id}/edit"],
        "aud": ["/audit-trail", "/audit-trail/1"],
    }  # fmt: skip
    for name, addresses in pages.items():
        client = enter(app, name)
        for address in addresses:
            db.session.remove()
            with counted_queries() as seen:
                assert client.get(address).status_code == 200
            assert len(seen) <= MOST_QUERIES, f"{address}: {len(seen)}"
