"""Days reckoned in a query, which the databases spell each in their own way."""

from datetime import date
from typing import Any

from sqlalchemy import Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.functions import FunctionElement


class days_before(FunctionElement[date]):
    """The day so many days before a column of days: ``days_before(Employee.joined_community_on, 90)``."""

    name = "days_before"
    type = Date()
    inherit_cache = True

    def __init__(self, day: Any, count: int | ColumnElement[int]) -> None:
        super().__init__(day, count)


@compiles(days_before, "sqlite")
def _in_sqlite(element: days_before, compiler: Any, **more: Any) -> str:
    day, count = (compiler.process(one, **more) for one in element.clauses)
    return f"date({day}, '-' || {count} || ' days')"


@compiles(days_before, "postgresql")
def _in_postgres(element: days_before, compiler: Any, **more: Any) -> str:
    day, count = (compiler.process(one, **more) for one in element.clauses)
    return f"({day} - CAST({count} AS INTEGER))"
