"""How migrations reach the database: through the running application's engine."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

from careerpath.core.db import db


def render_item(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """Write house types as the plain types below them: a migration stands still while the code moves on."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    """Run the wanted migrations on the application's database, each in a transaction of its own."""
    with db.engine.connect() as connection:
        migrate: Any = current_app.extensions["migrate"]
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transaction_per_migration=True,
            render_item=render_item,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
