"""Whether the list behind a number has as many lines as the number says."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.annual_reports.queries.listings import LIST_PAGE, Listing, Period, rows_in
from careerpath.annual_reports.queries.scope import Scope, scope_of
from careerpath.annual_reports.queries.section import Behind, Section, Table
from careerpath.annual_reports.queries.sections.building import SectionSpec
from careerpath.annual_reports.queries.sections.reckoning import PEOPLE_PAGE
from careerpath.core.db import db
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.narrowing import Narrowing
from careerpath.employees.queries.people import PeopleFilters
from careerpath.employees.queries.people_as_of import people_as_of

NARROWED = ("sex", "source", "ages", "service")
WHOLE_NUMBERS = ("人", "个", "名", "人次", "")


def report_scope(unit: Unit, year: int, on: date) -> Scope:
    """The report of a unit as its district's office gathers it."""
    actor = Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, ""),))
    return scope_of(actor, unit.id, year, on)


def told(section: Section) -> dict[str, tuple[object, ...]]:
    """The numbers of the figures by code: of the year, the year before, and altogether."""
    return {one.code: (one.value, one.last, one.total) for one in section.figures}


def table(section: Section, code: str) -> Table:
    """A table by its code."""
    return next(one for one in section.tables if one.code == code)


def line(table: Table, words: str) -> tuple[object, ...]:
    """The cells of the row with these words, or with this name of a code table."""
    rows = [one for one in (*table.rows, table.total) if one is not None]
    row = next(one for one in rows if words in (str(one.words), getattr(one.words, "zh", None)))
    return tuple(int(cell) if isinstance(cell, Decimal) and cell == int(cell) else cell for cell in row.cells)


def differences(spec: SectionSpec, scope: Scope, section: Section) -> list[str]:
    """Every number of a section whose list has another number of lines; none where all agree."""
    found = []
    for name, number, behind in _numbers(section):
        counted = lines_behind(spec, scope, behind)
        if counted is not None and counted != number:
            found.append(f"{name}: {number}, list: {counted}")
    return found


def lines_behind(spec: SectionSpec, scope: Scope, behind: Behind) -> int | None:
    """How many people or things a list shows; none for pages of other kinds."""
    if behind.endpoint == PEOPLE_PAGE:
        return _people(scope, behind)
    if behind.endpoint != LIST_PAGE:
        return None
    listing = next(one for one in (*spec.listings, *spec.lists) if one.code == behind.args["code"])
    return _lines(listing, scope, behind)


def _numbers(section: Section) -> Iterator[tuple[str, Decimal, Behind]]:
    for figure in section.figures:
        # Averages and shares lead to the list of their whole.
        if figure.places == 0 and str(figure.unit) in WHOLE_NUMBERS:
            for number, behind in (
                (figure.value, figure.behind),
                (figure.last, figure.last_behind),
                (figure.total, figure.total_behind),
            ):
                # Quotas and sums of money lead to the list of those that they belong to.
                counts = behind is not None and behind.args.get("code", figure.code) == figure.code
                if number is not None and behind is not None and counts:
                    yield figure.code, number, behind
    for one in section.tables:
        for row in (*one.rows, *([one.total] if one.total else [])):
            for place, (cell, link) in enumerate(zip(row.cells, row.links, strict=False)):
                if isinstance(cell, Decimal) and link is not None and not one.places_at(place):
                    yield f"{one.code}/{row.words}/{place}", cell, link


def _people(scope: Scope, behind: Behind) -> int:
    args = dict(behind.args)
    on = date.fromisoformat(args.pop("on"))
    more = Narrowing(**{name: args.pop(name) for name in NARROWED if name in args})
    unit_id = int(args.pop("unit_id"))
    return people_as_of(scope.actor, AsOf(on), PeopleFilters(unit_id=unit_id, more=more, **args)).total


def _lines(listing: Listing, scope: Scope, behind: Behind) -> int:
    found = rows_in(listing, scope, Period(behind.args["period"]), behind.args.get("only", "")).subquery()
    who = found.c.get("who", found.c.employee_id)
    query = select(func.count(who.distinct()) if listing.people else func.count(found.c.id))
    if "unit" in behind.args:
        path = select(Unit.path).where(Unit.id == int(behind.args["unit"])).scalar_subquery()
        query = query.join(Unit, Unit.id == found.c.unit_id).where(func.substr(Unit.path, 1, func.length(path)) == path)
    return db.session.scalar(query) or 0
