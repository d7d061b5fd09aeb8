"""The list behind a figure: the rows that were counted, page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, String, cast, distinct, func, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.annual_reports.queries.catalogue import LISTINGS
from careerpath.annual_reports.queries.listings import Listing, Period, list_behind, rows_in
from careerpath.annual_reports.queries.reports import ReportHead, report_head
from careerpath.annual_reports.queries.scope import Scope, scope_of
from careerpath.annual_reports.queries.section import Words, from_plain
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.words import NotFound

MOST_EXPORTED = 100_000
"""Rows of one workbook of a list."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which list is asked for: the code of a listing, a period, a unit below where only its part is meant, and the one
    group (``channel:by_election``) that it is narrowed to."""

    code: str
    period: Period
    unit_id: int | None = None
    only: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "Wish":
        """The list that an address asks for; a period that there is none of means the year."""
        period = args.get("period", "")
        known = period in {one.value for one in Period}
        return cls(
            args.get("code", ""),
            Period(period) if known else Period.YEAR,
            whole_number(args.get("unit", "")),
            args.get("only", ""),
        )

    def args(self) -> dict[str, str]:
        """The same as arguments of an address."""
        return {**list_behind(LISTINGS[self.code], self.period, self.unit_id, self.only).args}


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row. ``file_id`` is the person whose file the reader may open, ``record_id`` the record of the listing's
    page; ``unit_path`` is that of the unit where the row stands."""

    record_id: int
    name: str
    number: str
    unit_name: str
    unit_path: str
    on: date | None
    detail: Words
    file_id: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The list behind a figure, with the number that it makes and the one that the report says."""

    head: ReportHead
    listing: Listing
    wish: Wish
    unit_name: str
    """The unit below whose part is shown; empty for all."""
    only: Words | None
    """The one group that is shown, in words."""
    page: Page[ListedRow]
    number: int
    """What the figure counts: rows, or people."""
    said: Decimal | None
    """What the report says, where it says this very number; None where it says none."""

    @property
    def differs(self) -> bool:
        """Whether the records have changed since the report was gathered."""
        return self.said is not None and self.said != self.number


def listed(
    actor: Actor,
    report_id: int,
    wish: Wish,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Listed:
    """One page of the list behind a figure, by unit, day and name, or ``NotFound``. At most seven queries."""
    found = _Found.of(actor, report_id, wish)
    query, keys = found.ordered()
    marks = len(keys)
    page = keyset_page(query, keys, lambda row: list(row)[-marks:], after=after, before=before, size=size)
    number = page.total
    if found.listing.people:
        rows = found.query().subquery()
        number = db.session.scalar(select(func.count(distinct(rows.c.get("who", rows.c.employee_id))))) or 0
    lines = [_row(actor, found.listing, row) for row in page.rows]
    return Listed(
        found.head,
        found.listing,
        wish,
        found.unit_name,
        found.only,
        Page(lines, page.total, page.after, page.before),
        number,
        None if wish.unit_id is not None or wish.only else said_number(found.head, wish),
    )


def listed_rows(actor: Actor, report_id: int, wish: Wish) -> tuple[ReportHead, Listing, str, Iterator[ListedRow]]:
    """All rows of the list behind a figure, for a workbook: head, listing, the unit below, rows. Four queries."""
    found = _Found.of(actor, report_id, wish)
    query, keys = found.ordered()
    rows = db.session.execute(query.order_by(*(key.column for key in keys)).limit(MOST_EXPORTED))
    return found.head, found.listing, found.unit_name, (_row(actor, found.listing, row) for row in rows)


def said_number(head: ReportHead, wish: Wish) -> Decimal | None:
    """The number that a report says and that this list stands behind, as it was gathered; None for no such figure."""
    wanted = list_behind(LISTINGS[wish.code], wish.period)
    for section in from_plain(head.record.figures) if head.record.figures is not None else ():
        for figure in section.figures:
            if figure.code != wish.code:
                continue
            for behind, value in (
                (figure.behind, figure.value),
                (figure.last_behind, figure.last),
                (figure.total_behind, figure.total),
            ):
                if behind == wanted:
                    return value
    return None


@dataclass(frozen=True, slots=True)
class _Found:
    """A list that the reader may see."""

    head: ReportHead
    listing: Listing
    scope: Scope
    wish: Wish
    unit_name: str
    unit_path: str
    only: Words | None

    @classmethod
    def of(cls, actor: Actor, report_id: int, wish: Wish) -> "_Found":
        head = report_head(actor, report_id)
        listing = LISTINGS.get(wish.code)
        if listing is None or not actor.can(listing.permission, head.unit_path):
            raise NotFound
        if wish.period is Period.TOTAL and not listing.summed:
            raise NotFound
        scope = scope_of(actor, head.record.unit_id, head.record.year, head.record.on)
        name, path = "", ""
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.REPORT_VIEW)
            if not unit.path.startswith(head.unit_path):
                raise NotFound
            name, path = unit.short_name, unit.path
        return cls(head, listing, scope, wish, name, path, _only_words(listing, wish.only))

    def query(self) -> Select[*tuple[Any, ...]]:
        """The rows, narrowed to the unit below where one is meant."""
        rows = rows_in(self.listing, self.scope, self.wish.period, self.wish.only).subquery()
        query = select(rows)
        if self.unit_path:
            inside = select(Unit.id).where(Unit.path.startswith(self.unit_path, autoescape=True))
            query = query.where(rows.c.unit_id.in_(inside))
        return query

    def ordered(self) -> tuple[Select[*tuple[Any, ...]], tuple[SortKey, ...]]:
        """The rows with unit and person, and the keys of their order as last columns."""
        rows = self.query().subquery()
        home, above = aliased(Unit), aliased(Unit)
        keys = (
            Unit.code,
            func.coalesce(cast(rows.c.on, String), ""),
            func.coalesce(rows.c.name, ""),
            rows.c.id,
        )
        query: Select[*tuple[Any, ...]] = (
            select(
                rows.c.id.label("record_id"),
                rows.c.name,
                Employee.number,
                (above if self.listing.of_units else Unit).short_name,
                Unit.path,
                rows.c.on,
                rows.c.detail,
                rows.c.employee_id,
                home.path.label("home_path"),
                *(key.label(f"key{place}") for place, key in enumerate(keys)),
            )
            .join(Unit, Unit.id == rows.c.unit_id)
            .outerjoin(above, above.id == Unit.parent_id)
            .outerjoin(Employee, Employee.id == rows.c.employee_id)
            .outerjoin(home, home.id == Employee.unit_id)
        )
        return query, tuple(SortKey(key) for key in keys)


def _only_words(listing: Listing, only: str) -> Words | None:
    try:
        return listing.only_words(only)
    except (LookupError, ValueError) as unknown:
        raise NotFound from unknown


def _row(actor: Actor, listing: Listing, row: Any) -> ListedRow:
    may_open = row.home_path is not None and actor.can(Permission.EMPLOYEE_VIEW, row.home_path)
    return ListedRow(
        record_id=row.record_id,
        name=row.name or "",
        number=row.number or "",
        unit_name=row.short_name or "",
        unit_path=row.path,
        on=row.on,
        detail=listing.said(row.detail) if row.detail not in (None, "") else "",
        file_id=row.employee_id if may_open else None,
    )
