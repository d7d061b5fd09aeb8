"""Walking through every address: which there are, with which ids, and what an answer wrote."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from careerpath.access.permissions import Permission
from careerpath.core.db import db

FILES = frozenset({"static", "bootstrap.static"})
"""Addresses of files that everybody may read."""


@dataclass(frozen=True)
class Way:
    """One address with one method."""

    rule: Rule
    method: str

    @property
    def endpoint(self) -> str:
        """The name of the view."""
        return str(self.rule.endpoint)

    @property
    def id_names(self) -> tuple[str, ...]:
        """The names of its ids."""
        converters = self.rule._converters
        return tuple(name for name, converter in converters.items() if isinstance(converter, IntegerConverter))

    def addresses(self, app: Flask, ids: Mapping[str, int]) -> list[str]:
        """The addresses with ids put in, one for each choice of a word. A missing name is a ``KeyError``."""
        values: dict[str, Any] = {name: ids[name] for name in self.id_names}
        converters = self.rule._converters.items()
        words = {name: sorted(each.items) for name, each in converters if isinstance(each, AnyConverter)}
        with app.test_request_context():
            return [
                app.url_for(self.endpoint, **values | dict(zip(words, choice, strict=True)))
                for choice in product(*words.values())
            ]

    def address(self, app: Flask, ids: Mapping[str, int]) -> str:
        """The first of its addresses."""
        return self.addresses(app, ids)[0]

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"


def ways(app: Flask) -> list[Way]:
    """Every address with every method, but for plain files."""
    found = [
        Way(rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in FILES
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=str)


def permission_of(app: Flask, way: Way) -> Permission | None:
    """The permission that a view is marked with."""
    mark = getattr(app.view_functions[way.endpoint], "__permission__", None)
    return None if mark is None else Permission(mark)


def ask(client: FlaskClient, way: Way, address: str) -> TestResponse:
    """One request with nothing filled in."""
    if way.method in {"GET", "DELETE"}:
        return client.open(address, method=way.method)
    if way.method == "PATCH":
        return client.patch(address, json={})
    return client.open(address, method=way.method, data={})


@contextmanager
def writes_noted() -> Iterator[list[str]]:
    """The statements that write, but for the moment of one's last request."""
    seen: list[str] = []

    def note(*args: object) -> None:
        statement = str(args[2]).lstrip()
        if statement.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE", "REPLACE"}:
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


class Snapshot:
    """The database as it is now, to be put back after a request that wrote."""

    def __init__(self) -> None:
        # The engine keeps the address with which the program was made; the connection knows the file of this test.
        with db.engine.connect() as connection:
            self.path = Path(connection.exec_driver_sql("PRAGMA database_list").one()[2])
        self.kept = self.path.with_suffix(".kept")
        self._close()
        shutil.copyfile(self.path, self.kept)

    def restore(self) -> None:
        """Put it back."""
        self._close()
        shutil.copyfile(self.kept, self.path)

    def _close(self) -> None:
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
