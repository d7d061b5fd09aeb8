"""``careerpath db``: the schema of the database, up, down, and whether it fits the program."""

import click
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade as migrate_down
from flask_migrate import upgrade as migrate_up
from sqlalchemy import Connection

from careerpath.cli.context import application, tell
from careerpath.core.db import db
from careerpath.words import Refused, msg


@click.group("db")
def database() -> None:
    """The schema of the database."""


@database.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the schema up to date."""
    with application(demo=False):
        migrate_up(revision=revision)
        tell(msg("数据库结构已是最新版本 %(revision)s。", revision=current_revision()))


@database.command()
@click.argument("revision", default="-1")
def downgrade(revision: str) -> None:
    """Take the schema back one revision, or to a named one (``base`` removes all tables)."""
    with application():
        migrate_down(revision=revision)
        tell(msg("数据库结构现为版本 %(revision)s。", revision=current_revision() or "base"))


@database.command()
def current() -> None:
    """The revision of the schema."""
    with application():
        click.echo(current_revision())


@database.command()
def check() -> None:
    """Whether the schema is what the program expects; refuses with a list of differences."""
    with application(), db.engine.connect() as connection:
        found = drift(connection)
        if found:
            raise Refused(
                msg("数据库结构与程序不一致：%(found)s。请运行 careerpath db upgrade。", found="；".join(found))
            )
        tell(msg("数据库结构与程序一致。"))


def current_revision() -> str:
    """The revision that the database stands at, or an empty text."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def drift(connection: Connection) -> list[str]:
    """What differs between the tables there are and the tables the program declares."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(difference) for difference in compare_metadata(context, db.metadata)]
