"""The audit trail as the audit administrator reads it and takes it away."""

import csv
import io
from datetime import date, timedelta

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import Denied
from careerpath.access.models import AuditEntry
from careerpath.access.operations import trail as operations
from careerpath.access.operations.accounts import NewUser, create_user, reset_password
from careerpath.access.operations.sign_ins import sign_in
from careerpath.access.operations.trail import export_audit
from careerpath.access.operations.units import NewUnit, UnitChange, change_unit, create_unit
from careerpath.access.permissions import Role
from careerpath.access.queries.trail import TrailFilters, entry_shown, trail_page
from careerpath.access.queries.trail_words import trail_words
from careerpath.access.sheets import trail_csv, trail_workbook
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.words import NotFound, Refused
from tests.factories.access import PASSWORD, Town, make_actor, make_user

NOBODY = Actor.nobody()


def operations_of(actor: Actor, filters: TrailFilters = TrailFilters()) -> list[str]:  # noqa: B008
    return [entry.operation for entry in trail_page(actor, filters).rows]


def test_an_entry_shows_old_and_new_values_side_by_side(app: Flask) -> None:
    town = Town()
    district, audit = make_actor(Role.DISTRICT_HR, town.district), make_actor(Role.AUDIT_ADMIN, town.district)
    made = create_unit(district, NewUnit("n1", "新苑社区", UnitKind.COMMUNITY, town.street.id, households=900))
    change_unit(district, made, UnitChange("新苑社区", 950, None, date(2001, 1, 1), None, 2))
    newest = trail_page(audit, TrailFilters(table="unit", record_id=made)).rows[0]
    shown = entry_shown(audit, newest.id)
    assert [(each.column, each.old, each.new) for each in shown.changes[0].differences] == [
        ("households", 900, 950),
        ("starts_on", "1949-10-01", "2001-01-01"),
    ]
    words = trail_words()
    assert str(words.operation("change_unit")) == "修改单位"
    assert str(words.column("unit", "households")) == "户数"
    assert str(words.value("unit", "kind", "community")) == "社区"
    assert words.column("unit", "something_new") == "something_new"


def test_a_password_never_stands_in_the_trail(app: Flask) -> None:
    town = Town()
    system, audit = make_actor(Role.SYSTEM_ADMIN, town.district), make_actor(Role.AUDIT_ADMIN, town.district)
    create_user(system, NewUser("zhang", "张敏"))
    shown = entry_shown(audit, trail_page(audit, TrailFilters()).rows[0].id)
    assert {each.new for each in shown.changes[0].differences if each.column == "password_hash"} == {"•••"}


def test_the_filters_narrow_by_day_account_operation_and_result(app: Flask) -> None:
    town = Town()
    audit, street = make_actor(Role.AUDIT_ADMIN, town.district), make_actor(Role.STREET_HR, town.street, "wang")
    sign_in(NOBODY, "wang", PASSWORD)
    sign_in(NOBODY, "wang", "wrong")
    with pytest.raises(Denied):
        create_user(street, NewUser("zhang", "张敏"))
    with clock.Stopped(clock.now() + timedelta(days=2)):
        sign_in(NOBODY, "stranger", "x")
    assert operations_of(audit) == ["sign_in", "create_user", "sign_in", "sign_in"]
    assert operations_of(audit, TrailFilters(result="denied")) == ["create_user"]
    assert len(operations_of(audit, TrailFilters(user="wang"))) == 3
    assert len(operations_of(audit, TrailFilters(operation="sign_in", result="failed"))) == 2
    today = clock.today()
    assert len(operations_of(audit, TrailFilters(starts_on=today, ends_on=today))) == 3
    assert len(operations_of(audit, TrailFilters(starts_on=today + timedelta(days=1)))) == 1


def test_a_street_auditor_sees_its_own_accounts_and_strangers_at_the_door(app: Flask) -> None:
    town = Town()
    make_user("own", Role.STREET_HR, town.street)
    make_user("foreign", Role.STREET_HR, town.other_street)
    for name in ("own", "foreign", "stranger"):
        sign_in(NOBODY, name, "wrong")
    audit = make_actor(Role.AUDIT_ADMIN, town.street)
    page = trail_page(audit, TrailFilters())
    assert [entry.user_name for entry in page.rows] == ["", "own"]
    foreign = db.session.scalars(select(AuditEntry).where(AuditEntry.user_name == "foreign")).one()
    with pytest.raises(NotFound):
        entry_shown(audit, foreign.id)


def test_a_range_is_taken_away_as_a_table_and_that_is_an_entry_too(app: Flask) -> None:
    town = Town()
    system, audit = make_actor(Role.SYSTEM_ADMIN, town.district), make_actor(Role.AUDIT_ADMIN, town.district)
    user_id, _ = create_user(system, NewUser("zhang", "=张敏"))
    reset_password(system, user_id)
    filters = TrailFilters(operation="create_user")
    up_to = export_audit(audit, filters)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(trail_workbook(audit, filters, up_to, trail_words())))
    head, row = sheet.get_sheet_by_index(0).to_python()
    line = dict(zip(head, row, strict=True))
    assert (line["操作"], line["对象"], line["变更"], line["时间"]) == (
        "新建账号",
        "账号",
        "新增",
        "2025-12-05 10:00:00",
    )
    assert "姓名==张敏" in str(line["修改后"])
    text = trail_csv(audit, TrailFilters(), export_audit(audit, TrailFilters()), trail_words()).decode("utf-8-sig")
    assert [row[3] for row in csv.reader(io.StringIO(text))] == ["操作", "导出审计记录", "重置密码", "新建账号"]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.operation == "export_audit")).first()
    assert entry is not None
    assert "create_user" in entry.note


def test_an_empty_or_an_endless_range_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town()
    audit = make_actor(Role.AUDIT_ADMIN, town.district)
    with pytest.raises(Refused, match="没有记录"):
        export_audit(audit, TrailFilters())
    sign_in(NOBODY, "a", "x")
    sign_in(NOBODY, "b", "x")
    monkeypatch.setattr(operations, "MOST_EXPORTED", 1)
    with pytest.raises(Refused, match="缩短"):
        export_audit(audit, TrailFilters())
    with pytest.raises(Denied):
        export_audit(make_actor(Role.SYSTEM_ADMIN, town.district), TrailFilters())
