"""What commands share: the application, the acting account, output for people and for scripts."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask

from careerpath.access.actor import Actor
from careerpath.access.session import actor_named
from careerpath.app import create_app
from careerpath.core.db import db
from careerpath.core.web.language import in_language, say
from careerpath.settings import load_settings
from careerpath.words import Refused, msg

as_user = click.option(
    "--as", "user", required=True, metavar="USER", help="The acting account; its roles and units apply."
)
as_json = click.option("--json", "json_wanted", is_flag=True, help="One JSON document on standard output.")


@contextmanager
def application(*, demo: bool = False) -> Iterator[Flask]:
    """The application of this installation, with its context open and its connections closed afterwards."""
    settings = load_settings(demo=demo)
    app = create_app(settings)
    with app.app_context(), in_language(settings.locale):
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def acting(name: str) -> Actor:
    """The actor of an account named on the command line."""
    actor = actor_named(name)
    if actor is None:
        raise Refused(msg("没有可用的账号“%(name)s”。用 careerpath users list 查看现有账号。", name=name))
    return actor


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def tell(message: object) -> None:
    """A sentence for the person at the terminal, on standard error."""
    click.echo(say(message), err=True)


def say_error(message: object) -> None:
    """A refusal, on standard error; works before there is an application."""
    sys.stderr.write(f"{message}\n")
