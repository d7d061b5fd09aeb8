"""Rosters as offices send them, and what is asked of an import again and again."""

import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.core.sheets import write_table
from careerpath.employees.models import Employee
from careerpath.employees.sheets.columns import roster_spec
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.operations.exports import find_export, make_workbook
from careerpath.spreadsheets.operations.imports import Upload, begin_import, compare_file, confirm_import
from careerpath.spreadsheets.sheets.desk import Comparison, Outcome, RowState, Wish
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.employees import make_identity

YEAR = 2025

HEADINGS = ["姓名", "身份证号", "进社区时间", "单位编号或全称", "职务层次"]


def person(**changes: object) -> dict[str, object]:
    """One row of values by column key; a new identity number each time."""
    return {
        "name": "黎书航",
        "identity": make_identity(),
        "political": "01",
        "political_since": date(2012, 6, 1),
        "phone": "13812345678",
        "address": "建设路 8 号",
        "full_time_level": "21",
        "full_time_degree": "4",
        "full_time_school": "临沂大学",
        "full_time_graduated_on": date(2012, 7, 1),
        "certificate_grade": "junior",
        "certificate_obtained_on": date(2020, 10, 1),
        "joined_community_on": date(2018, 7, 1),
        "posting_unit": "书苑社区",
        "posting_post": "staff",
        "posting_title": "网格员",
        "contract_starts_on": date(2024, 1, 1),
        "contract_ends_on": date(2026, 12, 31),
        "absence_sick_days": Decimal("3.5"),
    } | changes


def roster(*rows: Mapping[str, object], year: int = YEAR) -> Upload:
    """A roster in the columns of the template."""
    target = io.BytesIO()
    write_table(target, roster_spec(year), rows)
    return Upload("花名册.xlsx", target.getvalue())


def typed(*rows: Iterable[Any], headings: Iterable[str] = HEADINGS, name: str = "花名册.xlsx") -> Upload:
    """A workbook with cells as somebody typed them."""
    return Upload(name, make_xlsx([list(headings), *(list(row) for row in rows)]))


def compared(
    actor: Actor, upload: Upload, sheet: str = "employees", year: int | None = None, **about: int | None
) -> Comparison:
    """What a file would do."""
    return compare_file(actor, sheet, upload, About(year, **about))


def faults(comparison: Comparison) -> list[tuple[int, str, str]]:
    """Row, column title and message of everything that is wrong."""
    return [(each.number, wrong.title, str(wrong.message)) for each in comparison.outcomes for wrong in each.wrongs]


def states(comparison: Comparison) -> list[RowState]:
    """What each row would do."""
    return [outcome.state for outcome in comparison.outcomes]


def cells(outcome: Outcome) -> dict[str, tuple[str, str]]:
    """Old and new value by column key."""
    return {change.key: (change.old, change.new) for change in outcome.changes}


def bring_in(
    actor: Actor, upload: Upload, sheet: str = "employees", year: int | None = None, **about: int | None
) -> int:
    """Send, compare and write; gives the import's id."""
    import_id = begin_import(actor, sheet, upload, About(year, **about))
    confirm_import(actor, import_id)
    return import_id


def taken_out(actor: Actor, sheet: str = "employees", **wish: Any) -> Upload:
    """An export as a file."""
    made = make_workbook(find_export(actor, sheet, Wish(**wish)))
    return Upload(made.name, made.content)


def employees() -> list[Employee]:
    """Everybody, as the database has them now."""
    db.session.rollback()
    return list(db.session.scalars(select(Employee).order_by(Employee.number)))


def csv(text: str) -> Upload:
    """A file of units as text."""
    return Upload("单位.csv", text.encode())
