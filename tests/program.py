"""One program for all tests of a process: its addresses and templates are made once, its stores anew for each test."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import Flask, g
from sqlalchemy import event, make_url

from careerpath.app import create_app, equip
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.settings import Settings


def forget_who_signed_in() -> None:
    """Requests of a test share its context, where Flask-Login keeps who signed in: each must find out afresh."""
    g.pop("_login_user", None)


class Program:
    """A program that is lent to one test after the other, each with settings, database and files of its own."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.app.before_request_funcs.setdefault(None, []).insert(0, forget_who_signed_in)
        self.database = settings.database
        self._config, self._extensions = dict(self.app.config), dict(self.app.extensions)
        with self.app.app_context():
            event.listen(db.engine, "do_connect", self._lead)

    @contextmanager
    def lent(self, settings: Settings, now: datetime) -> Iterator[Flask]:
        """The program in its context with these settings, at a moment that does not pass; nothing of before is left."""
        app = self.app
        self.database = settings.database
        for kept, held in ((self._config, app.config), (self._extensions, app.extensions)):
            held.clear()
            held.update(kept)
        equip(app, settings)
        with clock.Stopped(now), app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()
        app.extensions["careerpath.queue"].close()

    def _lead(self, _: object, __: object, places: list[Any], ___: object) -> None:
        """A new connection goes to the database of the test; on a server all tests of a process share one name."""
        url = make_url(self.database)
        if url.get_backend_name() == "sqlite":
            places[0] = url.database
