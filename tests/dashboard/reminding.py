"""An office whose accounts want to be reminded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import User
from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.dashboard.models import Reminder, ReminderChoice, Rhythm
from careerpath.dashboard.queries.reminders import due_of_account
from careerpath.employees.operations.facts import NewContract
from careerpath.employees.operations.history import add_fact
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee
from tests.factories.mail import Mailbox, mail_server

ADDRESS = "https://careerpath.office.example"


class Office:
    """A town with a district office; two contracts end soon and one has ended."""

    def __init__(self) -> None:
        self.town = Town()
        self.hr = make_actor(Role.DISTRICT_HR, self.town.district, "hr")
        self.clerk = make_actor(Role.STREET_HR, self.town.street, "clerk")
        for name, ends_on in (
            ("林满", date(2025, 12, 9)),
            ("周济", date(2025, 12, 31)),
            ("陈年", date(2025, 11, 30)),
        ):
            person = make_employee(None, self.town.community, name=name)
            add_fact(CLERK, person.id, NewContract(starts_on=date(2022, 12, 1), ends_on=ends_on))


def subscribe(actor: Actor, rhythm: Rhythm = Rhythm.DAILY, language: str = "", email: str = "") -> None:
    """An account whose address is confirmed."""
    with writing() as session:
        session.add(
            ReminderChoice(
                user_id=actor.user_id,
                email=email or f"{actor.name}@office.example",
                rhythm=rhythm,
                language=language,
            )
        )


@contextmanager
def mailing(app: Flask, mailbox: Mailbox, *, names: bool = False) -> Iterator[None]:
    """The program with a mail server."""
    before = app.extensions["careerpath.settings"]
    with mail_server(mailbox) as server:
        app.extensions["careerpath.settings"] = replace(before, mail=server, address=ADDRESS, mail_names=names)
        yield
    app.extensions["careerpath.settings"] = before


def reminders_of(actor: Actor) -> list[Reminder]:
    """What an account was told, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Reminder).where(Reminder.user_id == actor.user_id).order_by(Reminder.on)))


def due_for(actor: Actor) -> int:
    """What the bell of an account says."""
    db.session.rollback()
    return db.session.scalar(select(due_of_account()).select_from(User).where(User.id == actor.user_id)) or 0
