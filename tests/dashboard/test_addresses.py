"""An account's address: asked for, confirmed by a mailed code, given up, stopped by the administrator."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange, AuditEntry
from careerpath.access.permissions import Role
from careerpath.cli.mail import mail
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.dashboard.models import ReminderChoice, Rhythm
from careerpath.dashboard.operations.addresses import RhythmGiven, ask_for_address, choose_rhythm, confirm_address
from careerpath.dashboard.operations.reminders import send_reminders
from careerpath.dashboard.queries.reminders import own_choice
from careerpath.settings import Settings
from careerpath.words import Refused
from tests.dashboard.reminding import Office, mailing, subscribe
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.factories.mail import Mailbox, mail_server

ADDRESS = "zhang.min@office.example"


@pytest.fixture
def office(app: Flask) -> Office:
    return Office()


def choice_of(actor: Actor) -> ReminderChoice:
    db.session.rollback()
    choice = own_choice(actor)
    assert choice is not None
    return choice


def minutes_later(minutes: int) -> clock.Stopped:
    return clock.Stopped(datetime(2025, 12, 5, 2, 0, tzinfo=UTC) + timedelta(minutes=minutes))


def test_an_address_counts_once_its_mailed_code_was_typed(app: Flask, office: Office) -> None:
    browser, mailbox = signed_in(app, office.hr), Mailbox()
    with mailing(app, mailbox):
        assert "还没有登记邮箱" in browser.get("/reminders/settings").text
        assert browser.post("/reminders/settings/address", data={"email": f" {ADDRESS} "}).status_code == 302
        assert f"验证码已发送到 {ADDRESS}" in browser.get("/reminders/settings").text
        assert (choice_of(office.hr).email, choice_of(office.hr).rhythm) == ("", Rhythm.NONE)
        found = re.search(r"验证码：(\d{6})", mailbox.texts()[ADDRESS])
        assert found is not None
        assert browser.post("/reminders/settings/code", data={"code": "abcdef"}).status_code == 422
        assert browser.post("/reminders/settings/code", data={"code": found[1]}).status_code == 302
        assert (choice_of(office.hr).email, choice_of(office.hr).rhythm) == (ADDRESS, Rhythm.DAILY)
        chosen = browser.post("/reminders/settings/rhythm", data={"rhythm": "weekly", "language": "en"})
        assert chosen.status_code == 302
        assert (choice_of(office.hr).rhythm, choice_of(office.hr).language) == (Rhythm.WEEKLY, "en")
        page = browser.get("/reminders/settings").text
        assert ADDRESS in page
        assert browser.post("/reminders/settings/remove").status_code == 302
    assert (choice_of(office.hr).email, choice_of(office.hr).rhythm) == ("", Rhythm.NONE)


def test_a_code_holds_half_an_hour_five_tries_and_one_address(app: Flask, office: Office) -> None:
    late = ask_for_address(office.hr, ADDRESS)
    with minutes_later(31):
        assert not confirm_address(office.hr, late)
    older, newer = (ask_for_address(office.hr, f"{name}@office.example") for name in ("first", "second"))
    wrong = next(f"{number:06d}" for number in range(3) if f"{number:06d}" not in {older, newer})
    assert not any(confirm_address(office.hr, wrong) for _ in range(5))
    assert not confirm_address(office.hr, newer)
    code = ask_for_address(office.hr, "third@office.example")
    assert confirm_address(office.hr, code)
    assert not confirm_address(office.hr, code)
    assert choice_of(office.hr).email == "third@office.example"
    failed = db.session.scalars(select(AuditEntry.note).where(AuditEntry.operation == "confirm_address"))
    assert "验证码不正确" in set(failed)


def test_a_present_address_stays_until_the_new_one_is_confirmed(app: Flask, office: Office) -> None:
    subscribe(office.hr, Rhythm.WEEKLY)
    code = ask_for_address(office.hr, ADDRESS)
    assert choice_of(office.hr).email == "hr@office.example"
    assert confirm_address(office.hr, code)
    assert (choice_of(office.hr).email, choice_of(office.hr).rhythm) == (ADDRESS, Rhythm.WEEKLY)


def test_nobodys_box_is_filled_with_codes(app: Flask, office: Office) -> None:
    for _ in range(5):
        ask_for_address(office.hr, ADDRESS)
    with pytest.raises(Refused, match="今天已发送 5 次验证码"):
        ask_for_address(office.hr, ADDRESS)
    with minutes_later(24 * 60):
        ask_for_address(office.hr, ADDRESS)


@pytest.mark.parametrize(
    "email",
    [
        "zhang",
        "zhang@",
        "a@b\nBcc: all@office.example",
        "张敏@office.example",
        "a b@c.cn",
        "a..b@c.cn",
        ".a@c.cn",
        "a.@c.cn",
        f"{'a' * 65}@c.cn",
    ],
)
def test_what_is_no_address_is_refused(app: Flask, office: Office, email: str) -> None:
    with pytest.raises(Refused, match="不是有效的邮箱地址"):
        ask_for_address(office.hr, email)


def test_mails_need_a_confirmed_address(app: Flask, office: Office) -> None:
    with pytest.raises(Refused, match="请先登记邮箱"):
        choose_rhythm(office.hr, RhythmGiven(Rhythm.DAILY))


def test_where_the_server_does_not_take_the_mail_the_page_says_why(app: Flask, office: Office) -> None:
    browser = signed_in(app, office.hr)
    with mailing(app, Mailbox(refused=frozenset({ADDRESS}))):
        answer = browser.post("/reminders/settings/address", data={"email": ADDRESS})
    assert answer.status_code == 422
    assert "邮件服务器拒收（550 5.1.1 no such user here）" in answer.text


def test_without_a_server_the_page_says_so_and_asks_for_nothing(app: Flask, office: Office) -> None:
    browser = signed_in(app, office.hr)
    page = browser.get("/reminders/settings").text
    assert "没有配置邮件服务器" in page
    assert 'name="email"' not in page
    assert browser.post("/reminders/settings/address", data={"email": ADDRESS}).status_code == 422


def test_the_code_stands_nowhere_in_the_database_or_the_trail(app: Flask, office: Office) -> None:
    code = ask_for_address(office.hr, ADDRESS)
    choice = choice_of(office.hr)
    assert code not in choice.code_sign
    kept = db.session.scalars(select(AuditChange.new).where(AuditChange.table == "reminder_choice")).all()
    assert kept
    assert all(code not in str(values) and choice.code_sign not in str(values) for values in kept)


def test_the_administrator_sees_whose_mails_do_not_go_and_stops_them(app: Flask, office: Office) -> None:
    subscribe(office.hr, email="gone@office.example")
    subscribe(office.clerk)
    browser = signed_in(app, make_actor(Role.SYSTEM_ADMIN, office.town.city, "system"))
    with mailing(app, Mailbox(refused=frozenset({"gone@office.example"}))):
        send_reminders(Actor.console(), clock.today())
        page = browser.get("/reminders/sending").text
        assert "clerk@office.example" in page
        assert "邮件服务器拒收（550 5.1.1 no such user here）" in page
        assert "clerk@office.example" not in browser.get("/reminders/sending?failed=1").text
        assert len(selects_of(lambda: browser.get("/reminders/sending"))) <= 8
        assert browser.post(f"/reminders/sending/{office.hr.user_id}/stop").status_code == 302
    assert choice_of(office.hr).rhythm is Rhythm.NONE
    stranger = make_actor(Role.SYSTEM_ADMIN, office.town.foreign, "elsewhere")
    assert "office.example" not in signed_in(app, stranger).get("/reminders/sending").text


def test_the_command_line_tries_the_server_and_sends_by_hand(
    app: Flask, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(office.hr)
    mailbox, runner = Mailbox(), CliRunner()
    monkeypatch.setenv("CAREERPATH_INSTANCE", str(settings.instance))
    monkeypatch.setenv("CAREERPATH_DATABASE", settings.database)
    monkeypatch.setenv("CAREERPATH_QUEUE", "memory:")
    monkeypatch.setenv("CAREERPATH_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("CAREERPATH_DATA_KEY", settings.data_key)
    with mail_server(mailbox) as server:
        monkeypatch.setenv("CAREERPATH_MAIL_HOST", server.host)
        monkeypatch.setenv("CAREERPATH_MAIL_PORT", str(server.port))
        monkeypatch.setenv("CAREERPATH_MAIL_SECURITY", "none")
        monkeypatch.setenv("CAREERPATH_MAIL_FROM", server.sender)
        assert runner.invoke(mail, ["test", "--to", ADDRESS]).exit_code == 0
        refused = runner.invoke(mail, ["test", "--to", "zhang"])
        sent = runner.invoke(mail, ["send", "--json"])
    assert "测试邮件" in mailbox.texts()[ADDRESS]
    assert isinstance(refused.exception, Refused)
    assert json.loads(sent.stdout) == {"told": 1, "sent": 1, "failed": 0}
    assert "请登录系统办理" in mailbox.texts()["hr@office.example"]
