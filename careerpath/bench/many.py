"""Many counties out of one: the rows of the demo copied over and over, into the districts of a city."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, String, Table, UniqueConstraint, func, insert, select, text

from careerpath.access.models import STREET_KINDS, Unit
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.core.db import Record, db
from careerpath.employees.models import Certificate, Education, Employee, Honour, Posting
from careerpath.honours.models import HonourCall, HonourNominee
from careerpath.mentoring.models import Mentor, MentoringLog, MentoringReview, Pairing
from careerpath.pay.models import PayLine, PayRegister, PayRun, Placement
from careerpath.policy.codes import UnitKind
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    Appointment,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.rotations.models import Host, Rotation
from careerpath.talent_pool.models import (
    ChannelCandidate,
    ChannelRound,
    DevelopmentTask,
    PoolEntry,
    PoolReview,
    Promotion,
    Selection,
    SelectionEntrant,
)
from careerpath.training.models import CertificateTry, Course, DegreeStudy, Enrolment, TrainingClass

STEP = 10_000_000
"""Ids of a copy lie so far above those of the one before; the rows that are copied lie below it."""

COPIED: tuple[type[Record], ...] = (
    Employee,
    Posting,
    Education,
    Certificate,
    Honour,
    RecruitmentBatch,
    RecruitmentPosition,
    ApplicantTally,
    Application,
    Appointment,
    Selection,
    SelectionEntrant,
    PoolEntry,
    PoolReview,
    DevelopmentTask,
    Promotion,
    ChannelRound,
    ChannelCandidate,
    Mentor,
    Pairing,
    MentoringLog,
    MentoringReview,
    Host,
    Rotation,
    Course,
    TrainingClass,
    Enrolment,
    CertificateTry,
    DegreeStudy,
    AppraisalYear,
    StreetAppraisal,
    Appraisal,
    Placement,
    PayRun,
    PayRegister,
    PayLine,
    HonourCall,
    HonourNominee,
)
"""What an annual report counts, with what these rows hang on."""

KEPT_WHOLE = {PayRun.__tablename__}
"""Elsewhere reasons and frozen rules are left empty: no figure reads them."""


@dataclass(frozen=True, slots=True)
class City:
    """A city of copies: its unit, and its first district."""

    unit_id: int
    district_id: int


def multiply(districts: int, counties: int) -> City:
    """A city of so many districts, each of so many copies of everything that the database holds.

    Each copy stands as one street below its district, with the communities in which anybody serves. For a database of
    its own alone: the triggers that keep confirmed months as they are are taken away.
    """
    db.session.rollback()
    named = {model.__tablename__: model.metadata.tables[model.__tablename__] for model in COPIED}
    tables = [one for one in Record.metadata.sorted_tables if one.name in named]
    with db.engine.connect() as connection:
        # Nothing of it outlives the bench: it need not be safe on the disk before the next copy.
        connection.connection.cursor().execute("PRAGMA synchronous=OFF")
        with connection.begin():
            names = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'pay_%'")
            )
            for name in names.scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
            units = list(_used_units(connection, tables))
            city = City(*_tree(connection, districts))
        statements = [_statement(one, named) for one in tables]
        for number in range(districts * counties):
            district = city.district_id + number // counties
            shift = STEP * (number + 1)
            with connection.begin():
                connection.execute(insert(Unit), [_moved(one, f"{city.unit_id}/{district}/", shift) for one in units])
                for statement in statements:
                    connection.execute(text(statement), {"shift": shift, "mark": f"#{number + 1}"})
    return city


def _tree(connection: Connection, districts: int) -> Iterator[int]:
    """The ids of a new city and of its first district."""
    highest: int = connection.execute(select(func.max(Unit.id))).scalar_one()
    city, first = highest + 1, highest + 2
    connection.execute(insert(Unit), [_unit(city, "规模测试市", UnitKind.CITY, None, f"{city}/")])
    for number in range(districts):
        one = first + number
        name = f"第{number + 1}区"
        connection.execute(insert(Unit), [_unit(one, name, UnitKind.DISTRICT, city, f"{city}/{one}/")])
    yield from (city, first)


def _unit(unit_id: int, name: str, kind: UnitKind, parent_id: int | None, path: str) -> dict[str, Any]:
    return {
        "id": unit_id,
        "code": f"B{unit_id}",
        "name": name,
        "short_name": name,
        "kind": kind,
        "parent_id": parent_id,
        "path": path,
        "starts_on": date(2000, 1, 1),
    }


def _used_units(connection: Connection, tables: list[Table]) -> Iterator[Mapping[str, Any]]:
    """The units that any row belongs to and those above them, from the top."""
    used: set[int] = set()
    for table in tables:
        for column in table.columns:
            if any(key.column.table.name == Unit.__tablename__ for key in column.foreign_keys):
                used |= set(connection.execute(select(column).distinct().where(column.is_not(None))).scalars())
    rows = connection.execute(select(Unit.__table__).order_by(func.length(Unit.path), Unit.id)).mappings().all()
    above = {int(part) for row in rows if row["id"] in used for part in row["path"].split("/") if part}
    yield from (dict(row) for row in rows if row["id"] in above)


def _moved(unit: Mapping[str, Any], below: str, shift: int) -> dict[str, Any]:
    """A unit's copy: what was the top is a street now, what stood between it and the communities a department."""
    ids = [int(part) for part in unit["path"].split("/") if part]
    kind = unit["kind"]
    if unit["parent_id"] is None:
        kind = UnitKind.STREET
    elif kind is UnitKind.DISTRICT or kind in STREET_KINDS:
        kind = UnitKind.DEPARTMENT
    parent = int(below.split("/")[-2]) if unit["parent_id"] is None else unit["parent_id"] + shift
    return {
        **unit,
        "id": unit["id"] + shift,
        "code": f"{unit['code']}#{shift // STEP}",
        "kind": kind,
        "parent_id": parent,
        "path": below + "".join(f"{one + shift}/" for one in ids),
    }


def _statement(table: Table, copied: Mapping[str, Table]) -> str:
    """The statement that copies all rows of a table once."""
    alone = {
        constraint.columns[0].name
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint) and len(constraint.columns) == 1
    }
    names = [f'"{column.name}"' for column in table.columns]
    values = [_value(table, column, copied, alone) for column in table.columns]
    # Names of tables and columns are our own.
    return f'INSERT INTO "{table.name}" ({", ".join(names)}) SELECT {", ".join(values)} FROM "{table.name}" WHERE id < {STEP}'  # noqa: S608, E501


def _value(table: Table, column: Column[Any], copied: Mapping[str, Table], alone: set[str]) -> str:
    name = f'"{column.name}"'
    targets = {key.column.table.name for key in column.foreign_keys}
    if column.primary_key or targets & {Unit.__tablename__, *copied}:
        return f"{name} + :shift"
    if column.name in alone:
        return f"{name} || :mark" if isinstance(column.type, String) else "NULL"
    if column.info.get("derived") and table.name not in KEPT_WHOLE:
        return "'[]'"
    return name
