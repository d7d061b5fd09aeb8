"""The pairings as a list, as of a day: those that ask for something first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, listed_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.mentoring.queries.mentors import below_unit
from careerpath.mentoring.queries.standing import LIVING, STANDINGS, Stand, Standing, departure, stand_of_row, with_days
from careerpath.words import Message, msg

LIVING_WORD = msg("未办结")
ALL = "all"

ORDER = tuple(Standing)
"""The first ones of a list are those that ask for something."""


@dataclass(frozen=True, slots=True)
class PairingFilters:
    """What the list is narrowed to. ``standing`` is one way to stand, ``all``, or empty for all that are not over."""

    on: date
    q: str = ""
    mentor: str = ""
    unit: str = ""
    unit_id: int | None = None
    standing: str = ""
    sort: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything but the day and the order was chosen."""
        return self != PairingFilters(self.on, sort=self.sort)


@dataclass(frozen=True, slots=True)
class PairingLine:
    """A pairing on a day."""

    id: int
    number: str
    employee_id: int
    name: str
    home_name: str
    unit_name: str
    mentor_id: int
    mentor_name: str
    mentor_post: str
    starts_on: date
    ends_on: date
    ended_on: date | None
    last_log: date | None
    stand: Stand
    departure: Message | None
    """Who of the two has left, where the pairing is not over."""


@dataclass(frozen=True, slots=True)
class PairingList:
    """A page of pairings with how many of the units' pairings stand how, whatever is narrowed to."""

    page: Page[PairingLine]
    counts: Mapping[Standing, int]


def filters_of(args: Mapping[str, str]) -> PairingFilters:
    """What an address asks for; what makes no sense is left out."""
    standing, sort = args.get("state", ""), args.get("sort", "")
    return PairingFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:64],
        mentor=args.get("mentor", "").strip()[:64],
        unit=args.get("unit", "").strip()[:80],
        unit_id=whole_number(args.get("unit_id", "")),
        standing=standing if standing == ALL or standing in set(Standing) else "",
        sort=sort if sort.removeprefix("-") in ("starts", "ends", "log") else "",
    )


def pairing_list(
    actor: Actor,
    filters: PairingFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> PairingList:
    """One page of the pairings of the actor's units. Two queries, however many there are.

    How a pairing stands follows from the rule that it froze, so that all are read by their days and the lines of one
    page alone are filled in.
    """
    query = (
        with_days(filters.on)
        .add_columns(Unit.code.label("unit_code"), Pairing.number)
        .join(Unit, Unit.id == Pairing.unit_id)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .where(*conditions(actor, filters))
    )
    found = [(row, stand_of_row(row, filters.on)) for row in db.session.execute(query)]
    counts: dict[Standing, int] = {}
    for _, stand in found:
        counts[stand.standing] = counts.get(stand.standing, 0) + 1
    shown = [(row, stand) for row, stand in found if wanted(stand.standing, filters.standing)]
    shown.sort(key=lambda item: _key(item, filters.sort), reverse=filters.sort.startswith("-"))
    keys = {row.pairing_id: f"{place:06d}" for place, (row, _) in enumerate(shown)}
    page = listed_page(shown, lambda item: keys[item[0].pairing_id], after=after, before=before, size=size)
    return PairingList(Page(_lines(page.rows, filters.on), page.total, page.after, page.before), counts)


def wanted(standing: Standing, asked: str) -> bool:
    """Whether a pairing that stands so is listed for what was asked."""
    if asked == ALL:
        return standing is not Standing.DROPPED
    return standing.value == asked if asked else standing in LIVING


def state_choices() -> list[tuple[str, Message]]:
    """What the list may be narrowed to."""
    return [*((one.value, word) for one, word in STANDINGS.items()), (ALL, msg("全部"))]


def conditions(actor: Actor, filters: PairingFilters) -> list[ColumnElement[bool]]:
    """The filter of a list over ``Pairing`` joined with ``Employee`` and ``Mentor``: the actor's units, narrowed."""
    found = [within(actor, Pairing.unit_id, Permission.MENTORING_VIEW)]
    if filters.q:
        found.append(or_(matches(filters.q), Pairing.number == filters.q))
    if filters.mentor:
        found.append(Mentor.name.contains(filters.mentor, autoescape=True))
    if filters.unit_id is not None or filters.unit:
        found.append(below_unit(Pairing.unit_id, filters.unit, filters.unit_id))
    if filters.standing not in (ALL, Standing.DROPPED):
        found.append(Pairing.state != PairingState.DROPPED)
    return found


def _key(item: tuple[Any, Stand], sort: str) -> tuple[Any, ...]:
    row, stand = item
    rest = (row.unit_code, row.number, row.pairing_id)
    match sort.removeprefix("-"):
        case "starts":
            return (row.starts_on, *rest)
        case "ends":
            return (row.ends_on, *rest)
        case "log":
            return (row.last_log or date.min, *rest)
    return (ORDER.index(stand.standing), -(stand.stall.days if stand.stall else 0), *rest)


def _lines(shown: Any, on: date) -> list[PairingLine]:
    if not shown:
        return []
    teacher = aliased(Employee)
    left = (Employee.left_on, teacher.left_on)
    columns: tuple[Any, ...] = (Pairing, Employee.name, Mentor.name, Mentor.post, Unit.short_name, *left)
    query = (
        select(*columns)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .outerjoin(teacher, teacher.id == Mentor.employee_id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .where(Pairing.id.in_([row.pairing_id for row, _ in shown]))
    )
    rows = {row[0].id: row for row in db.session.execute(query)}
    lines = []
    for row, stand in shown:
        pairing, name, mentor_name, mentor_post, unit_name, mentee_left, mentor_left = rows[row.pairing_id]
        lines.append(
            PairingLine(
                id=pairing.id,
                number=pairing.number,
                employee_id=pairing.employee_id,
                name=name,
                home_name=pairing.home_name,
                unit_name=unit_name,
                mentor_id=pairing.mentor_id,
                mentor_name=mentor_name,
                mentor_post=mentor_post,
                starts_on=pairing.starts_on,
                ends_on=pairing.ends_on,
                ended_on=pairing.ended_on,
                last_log=row.last_log,
                stand=stand,
                departure=departure(mentee_left, mentor_left, on) if stand.standing in LIVING else None,
            )
        )
    return lines
