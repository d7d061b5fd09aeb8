"""The database: the base of all records, the session, and one way to open a writing transaction."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, Integer, MetaData, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

BUSY_SECONDS = 10


class Record(DeclarativeBase):
    """Base of every table. Constraints have names, so that a migration can find them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Versioned:
    """A record that two people may edit: every change counts ``version`` up, and an older one is not overwritten."""

    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


DERIVED = {"derived": True}
"""``info`` of a column whose value follows from other records: the trail keeps its sign instead of its content."""

db = SQLAlchemy(model_class=Record, disable_autonaming=True)

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_patient: ContextVar[bool] = ContextVar("patient", default=True)


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for Flask-SQLAlchemy. A waiting SQLite writer gives up after ``BUSY_SECONDS``."""
    # What people typed must not stand in a log because a statement failed.
    quiet = {"hide_parameters": True, "json_serializer": partial(json.dumps, ensure_ascii=False)}
    if make_url(url).get_backend_name() == "sqlite":
        return quiet | {"connect_args": {"timeout": BUSY_SECONDS}}
    return quiet | {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _: Any) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    # The driver must not open transactions by itself: writers begin IMMEDIATE, readers plainly (below).
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # A reader that later writes would fail at once when another wrote in between; IMMEDIATE waits its turn.
        if not _writing.get():
            connection.exec_driver_sql("BEGIN")
        elif _patient.get():
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


@contextmanager
def writing(*, patient: bool = True) -> Iterator[Session]:
    """One writing transaction: everything inside is kept, or nothing.

    Facts read before are forgotten first, so that decisions rest on what stands once the lock is held. An impatient
    one raises ``OperationalError`` at once while another writer holds SQLite, instead of waiting for its turn.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a record was changed outside an operation")
    session.rollback()
    token, waiting = _writing.set(True), _patient.set(patient)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(token)
        _patient.reset(waiting)


def is_writing() -> bool:
    """Whether this request or command stands inside a writing transaction."""
    return _writing.get()


@event.listens_for(Session, "before_flush")
def _only_operations_write(session: Session, _: Any, __: Any) -> None:
    if not _writing.get() and (session.new or session.dirty or session.deleted):
        raise RuntimeError("only an operation may write")
