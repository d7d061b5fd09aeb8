"""What papers of growth say of people and units: who somebody is, and which office signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.queries.units import ids_of
from careerpath.core.db import db
from careerpath.core.pdf import wording
from careerpath.employees.models import Employee
from careerpath.policy import codes
from careerpath.policy.codes import UnitKind
from careerpath.talent_pool.queries.biography import code_word

OFFICES = STREET_KINDS | {UnitKind.DISTRICT, UnitKind.CITY}
"""The kinds of units that sign and seal; a community's papers are signed by its street."""


@dataclass(frozen=True, slots=True)
class Face:
    """Who somebody is, as the head of a form says it; empty for somebody without a file."""

    name: str
    number: str = ""
    sex: str = ""
    birth_month: str = ""
    political: str = ""


def faces_of(employee_ids: Iterable[int | None]) -> dict[int | None, Face]:
    """Who some people are, by id, whoever asks. One query."""
    query = select(Employee).where(Employee.id.in_({one for one in employee_ids if one is not None}))
    return {
        person.id: Face(
            person.name,
            person.number,
            code_word(codes.Sex, person.sex),
            wording.month_of(person.born_on),
            code_word(codes.Political, person.political),
        )
        for person in db.session.scalars(query)
    }


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices above a unit: the nearest that signs, and the district; a name may be empty."""

    nearest: str
    district: str
    district_short: str


def offices_of(paths: Iterable[str]) -> dict[str, Offices]:
    """The offices of some units by path. One query."""
    wanted = set(paths)
    query = select(Unit.id, Unit.name, Unit.short_name, Unit.kind).where(
        Unit.id.in_({one for path in wanted for one in ids_of(path)})
    )
    units = {unit_id: (name, short, kind) for unit_id, name, short, kind in db.session.execute(query)}
    found = {}
    for path in wanted:
        above = [units[one] for one in reversed(ids_of(path)) if one in units]
        nearest = next((name for name, _, kind in above if kind in OFFICES), "")
        district = next((one for one in above if one[2] is UnitKind.DISTRICT), ("", "", UnitKind.DISTRICT))
        found[path] = Offices(nearest, district[0] or nearest, district[1])
    return found


def span_of(starts_on: date, ends_on: date | None) -> str:
    """A time from its first to its last day: 2026年1月1日至2026年12月31日; one day alone where they are the same."""
    if ends_on == starts_on:
        return wording.day_of(starts_on)
    return f"{wording.day_of(starts_on)}至{wording.day_of(ends_on)}" if ends_on else f"{wording.day_of(starts_on)}起"


def points_of(starts_on: date, ends_on: date | None) -> str:
    """The same as tables write it: 2025.03.01—2026.02.28."""
    return f"{wording.point_day(starts_on)}—{wording.point_day(ends_on)}"
