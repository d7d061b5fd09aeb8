"""What accounts are told every morning, in the system and by e-mail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from careerpath import worker
from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange
from careerpath.access.operations.accounts import set_active
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.mail import Fault
from careerpath.dashboard.models import Rhythm
from careerpath.dashboard.operations import reminders
from careerpath.dashboard.operations.addresses import RhythmGiven, choose_rhythm, remove_address
from careerpath.dashboard.operations.reminders import Round, claim_reminders, read_reminders, send_reminders
from careerpath.dashboard.queries.digest import Line, digest
from careerpath.dashboard.queries.reminders import recipients
from careerpath.worker import Worker
from tests.dashboard.reminding import ADDRESS, Office, due_for, mailing, reminders_of, subscribe
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.factories.mail import Mailbox

TODAY = date(2025, 12, 5)
CONSOLE = Actor.console()


@pytest.fixture
def office(app: Flask) -> Office:
    return Office()


def later(days: int) -> clock.Stopped:
    """The clock some days later in the morning."""
    return clock.Stopped(datetime(2025, 12, 5, 1, 0, tzinfo=UTC) + timedelta(days=days))


def test_a_line_counts_what_is_overdue_near_and_within_a_month(app: Flask, office: Office) -> None:
    with app.test_request_context():
        found = digest(office.hr, TODAY)
    line = next(one for one in found.lines if one.key == "contract")
    assert line == Line("contract", "/deadlines?kind=contract&days=30", 2, 1, 1, date(2025, 12, 9))
    assert str(line.detail) == "1 项已到期，7 天内 1 项，30 天内共 2 项，最近 2025-12-09"
    assert Line.from_plain(line.as_plain()) == line
    assert found.due >= 1


def test_tasks_are_told_by_the_line_of_the_menu_that_they_stand_under(app: Flask, office: Office) -> None:
    with app.test_request_context():
        found = digest(office.clerk, TODAY)
    of_tasks = [one for one in found.lines if not one.is_deadline]
    assert sum(one.count for one in of_tasks) == len(found.tasks) > 0
    assert [str(one.title) for one in of_tasks] == ["套级晋级"]
    assert of_tasks[0].url == found.tasks[0].url


def test_who_used_the_program_lately_is_told_in_the_system_and_nobody_else(app: Flask, office: Office) -> None:
    signed_in(app, office.hr)
    assert send_reminders(CONSOLE, TODAY) == Round(told=1)
    assert reminders_of(office.clerk) == []
    (told,) = reminders_of(office.hr)
    assert told.tried_at is None
    assert due_for(office.hr) == told.due >= 1
    with later(40):
        assert send_reminders(CONSOLE, clock.today()) == Round()


def test_one_for_whom_nothing_waits_is_told_nothing_and_gets_no_mail(app: Flask, office: Office) -> None:
    auditor = make_actor(Role.AUDIT_ADMIN, office.town.district)
    subscribe(auditor)
    mailbox = Mailbox()
    with mailing(app, mailbox):
        assert send_reminders(CONSOLE, TODAY) == Round()
    assert reminders_of(auditor) == mailbox.letters == []


def test_the_bell_is_silent_once_the_reminder_is_read(app: Flask, office: Office) -> None:
    browser = signed_in(app, office.hr)
    assert 'class="bell-count"' not in browser.get("/").text
    send_reminders(CONSOLE, TODAY)
    assert 'class="bell-count"' in browser.get("/").text
    page = browser.get("/reminders").text
    assert "劳动合同到期" in page
    assert "未读" in page
    assert "林满" not in page
    assert browser.post("/reminders/read").location == "/reminders"
    assert 'class="bell-count"' not in browser.get("/").text
    assert "未读" not in browser.get("/reminders").text
    assert len(selects_of(lambda: browser.get("/reminders"))) <= 8


def test_one_reads_only_what_one_was_told_oneself(app: Flask, office: Office) -> None:
    signed_in(app, office.hr)
    signed_in(app, office.clerk)
    send_reminders(CONSOLE, TODAY)
    read_reminders(office.clerk)
    assert due_for(office.clerk) == 0
    assert due_for(office.hr) > 0


def test_a_mail_holds_counts_and_links_and_no_names(app: Flask, office: Office) -> None:
    subscribe(office.hr)
    mailbox = Mailbox()
    with mailing(app, mailbox):
        assert send_reminders(CONSOLE, TODAY) == Round(told=1, sent=1)
    text = mailbox.texts()["hr@office.example"]
    assert "- 劳动合同到期：1 项已到期，7 天内 1 项，30 天内共 2 项，最近 2025-12-09" in text
    assert f"  {ADDRESS}/deadlines?kind=contract&days=30\n" in text
    assert f"{ADDRESS}/reminders/settings" in text
    assert not any(name in text for name in ("林满", "周济", "陈年", "书苑"))
    assert mailbox.letters[0]["Subject"].endswith("项到期")
    (told,) = reminders_of(office.hr)
    assert (told.email, told.sent_at, told.fault) == ("hr@office.example", clock.now(), None)


def test_names_stand_in_a_mail_only_where_the_office_allows_it(app: Flask, office: Office) -> None:
    subscribe(office.hr)
    mailbox = Mailbox()
    with mailing(app, mailbox, names=True):
        send_reminders(CONSOLE, TODAY)
    assert "2025-12-09 书苑社区 林满：劳动合同到期，续签或者终止" in mailbox.texts()["hr@office.example"]


def test_each_account_is_written_to_in_its_own_language(app: Flask, office: Office) -> None:
    subscribe(office.hr, language="en")
    subscribe(office.clerk)
    with app.test_request_context():
        waiting = {one.user_id: one.language for one in recipients(TODAY, mailing=True)}
    assert waiting == {office.hr.user_id: "en", office.clerk.user_id: "zh"}


def test_a_daily_mail_goes_once_a_day_however_often_the_round_runs(app: Flask, office: Office) -> None:
    subscribe(office.hr)
    mailbox = Mailbox()
    with mailing(app, mailbox):
        assert [send_reminders(CONSOLE, TODAY).sent for _ in range(3)] == [1, 0, 0]
        with later(1):
            assert send_reminders(CONSOLE, clock.today()).sent == 1
    assert len(mailbox.letters) == 2


def test_a_weekly_mail_goes_once_from_monday_to_sunday(app: Flask, office: Office) -> None:
    subscribe(office.hr, Rhythm.WEEKLY)
    mailbox = Mailbox()
    sent = []
    with mailing(app, mailbox):
        # The fifth of December 2025 is a Friday.
        for days in range(12):
            with later(days):
                sent += [days] * send_reminders(CONSOLE, clock.today()).sent
    assert sent == [0, 3, 10]
    assert len(mailbox.letters) == 3


def test_a_broken_address_stops_nobody_else_and_is_tried_again_on_the_next_day(app: Flask, office: Office) -> None:
    subscribe(office.hr, Rhythm.WEEKLY, email="gone@office.example")
    subscribe(office.clerk)
    mailbox = Mailbox(refused=frozenset({"gone@office.example"}))
    with mailing(app, mailbox):
        assert send_reminders(CONSOLE, TODAY) == Round(told=2, sent=1, failed=1)
        assert send_reminders(CONSOLE, TODAY) == Round()
        with later(1):
            mailbox.refused = frozenset()
            assert send_reminders(CONSOLE, clock.today()) == Round(told=2, sent=2)
    first, second = reminders_of(office.hr)
    assert (first.fault, first.answer) == (Fault.REFUSED, "550 5.1.1 no such user here")
    assert second.sent_at is not None


def test_a_server_out_of_reach_is_asked_once_and_fails_all(
    app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(office.hr)
    subscribe(office.clerk)
    asked: list[str] = []
    real = reminders.Postman.send
    monkeypatch.setattr(reminders.Postman, "send", lambda self, letter: (asked.append(letter.to), real(self, letter)))
    with mailing(app, Mailbox()):
        settings = app.extensions["careerpath.settings"]
        app.extensions["careerpath.settings"] = replace(settings, mail=replace(settings.mail, port=1))
        assert send_reminders(CONSOLE, TODAY) == Round(told=2, failed=2)
    assert len(asked) == 1
    assert {told.fault for one in (office.hr, office.clerk) for told in reminders_of(one)} == {Fault.UNREACHABLE}


def test_one_account_that_cannot_be_looked_up_stops_nobody_else(
    app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(office.hr)
    subscribe(office.clerk)
    real = reminders.digest

    def failing(actor: Actor, on: date) -> object:
        if actor.user_id == office.hr.user_id:
            db.session.execute(text("SELECT 1 FROM nowhere"))
        return real(actor, on)

    monkeypatch.setattr(reminders, "digest", failing)
    mailbox = Mailbox()
    with mailing(app, mailbox):
        assert send_reminders(CONSOLE, TODAY).sent == 1
    assert list(mailbox.texts()) == ["clerk@office.example"]


def test_what_was_begun_and_broken_off_is_not_sent_a_second_time_that_day(
    app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(office.hr)
    mailbox = Mailbox()
    with mailing(app, mailbox):
        with monkeypatch.context() as broken:
            broken.setattr(reminders, "settle_reminders", lambda *_: 1 // 0)
            with pytest.raises(ZeroDivisionError):
                send_reminders(CONSOLE, TODAY)
        assert send_reminders(CONSOLE, TODAY) == Round()
        assert len(mailbox.letters) == 1
        assert "发送中断" in signed_in(app, office.hr).get("/reminders").text


def test_two_rounds_at_the_same_time_do_not_both_begin_a_mail(app: Flask, office: Office) -> None:
    subscribe(office.hr)
    mailbox = Mailbox()
    with mailing(app, mailbox), app.test_request_context():
        both = [reminders._looked_up(recipients(TODAY, mailing=True), TODAY) for _ in range(2)]
        assert [reminders.keep_reminders(CONSOLE, TODAY, one) for one in both] == [1, 0]
        assert [len(claim_reminders(CONSOLE, TODAY, one)) for one in both] == [1, 0]


@pytest.mark.parametrize("change", [remove_address, lambda actor: choose_rhythm(actor, RhythmGiven(Rhythm.NONE))])
def test_who_took_the_address_away_while_the_round_ran_is_not_written_to(
    app: Flask, office: Office, change: Callable[[Actor], None]
) -> None:
    subscribe(office.hr)
    subscribe(office.clerk)
    with mailing(app, Mailbox()), app.test_request_context():
        found = reminders._looked_up(recipients(TODAY, mailing=True), TODAY)
        reminders.keep_reminders(CONSOLE, TODAY, found)
        change(office.hr)
        assert [one.recipient.user_id for one in claim_reminders(CONSOLE, TODAY, found)] == [office.clerk.user_id]
    assert reminders_of(office.hr)[0].tried_at is None


def test_without_a_mail_server_nothing_is_tried(app: Flask, office: Office) -> None:
    subscribe(office.hr)
    signed_in(app, office.hr)
    assert send_reminders(CONSOLE, TODAY) == Round(told=1)
    assert reminders_of(office.hr)[0].tried_at is None


def test_an_account_that_is_switched_off_hears_nothing(app: Flask, office: Office) -> None:
    subscribe(office.hr)
    assert [one.user_id for one in recipients(TODAY, mailing=True)] == [office.hr.user_id]
    assert office.hr.user_id is not None
    set_active(make_actor(Role.SYSTEM_ADMIN, office.town.city), office.hr.user_id, False)
    assert recipients(TODAY, mailing=True) == []


def test_what_was_told_is_forgotten_after_three_months(app: Flask, office: Office) -> None:
    signed_in(app, office.hr)
    send_reminders(CONSOLE, TODAY)
    with later(91):
        send_reminders(CONSOLE, clock.today())
    assert reminders_of(office.hr) == []


def test_the_trail_says_how_many_were_told_and_keeps_no_copies(app: Flask, office: Office) -> None:
    subscribe(office.hr)
    with mailing(app, Mailbox()):
        send_reminders(CONSOLE, TODAY)
    kept = db.session.scalars(select(AuditChange.table).where(AuditChange.table == "reminder")).all()
    assert kept == []


def test_mails_wait_for_the_morning(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(worker, "DAILY", {"send_reminders": lambda: done.append("sent")})
    midnight = datetime(2025, 12, 4, 16, 0, tzinfo=UTC)
    for hour, count in ((4, 0), (6, 0), (7, 1), (9, 1)):
        with clock.Stopped(midnight + timedelta(hours=hour)):
            Worker(app, {}).keep_house()
        assert len(done) == count
