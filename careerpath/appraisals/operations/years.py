"""The year as a whole: opened by the district with an edition that is frozen then, and closed."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.operations.reckoning import facts_of_service, propose_special
from careerpath.appraisals.queries.editions import edition_by_key
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.queries import Service, in_service_on
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import to_plain
from careerpath.words import Refused, msg


@dataclass(frozen=True, slots=True)
class NewYear:
    """What the district decides when it opens a year."""

    unit_id: int
    year: int
    edition: str
    """Key of the edition of the rules."""
    reference_on: date
    self_summary_due_on: date
    community_due_on: date
    street_due_on: date
    district_due_on: date


@operation(Permission.APPRAISAL_PLAN)
def open_year(actor: Actor, given: NewYear) -> int:
    """Open a year: freeze the edition, make a record for everybody in service on the reference day.

    5A, 5B, 5C and 6A are proposed from the facts of each file with their reasons. Refuses a second opening and dates
    out of order.
    """
    unit = fetch_unit(actor, given.unit_id, Permission.APPRAISAL_PLAN)
    if unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("年度考核由区（县）开展，请选择区（县）级单位。"), field="unit")
    taken = select(AppraisalYear.id).where(AppraisalYear.unit_id == unit.id, AppraisalYear.year == given.year)
    if db.session.scalar(taken) is not None:
        raise Refused(
            msg("%(unit)s %(year)s 年度考核已经开展，不能重复开展。", unit=unit.short_name, year=given.year),
            field="year",
        )
    _check_dates(given)
    edition = edition_by_key(given.edition)
    year = AppraisalYear(
        unit_id=unit.id,
        year=given.year,
        edition=to_plain(edition),
        reference_on=given.reference_on,
        self_summary_due_on=given.self_summary_due_on,
        community_due_on=given.community_due_on,
        street_due_on=given.street_due_on,
        district_due_on=given.district_due_on,
        opened_at=clock.now(),
    )
    session_add(year)
    _enrol(year, in_service_on(unit.path, given.reference_on, given.year), unit.path)
    return year.id


@operation(Permission.APPRAISAL_PLAN)
def enrol_missing(actor: Actor, year_id: int) -> int:
    """Make records for people whose files came late; gives how many."""
    year = fetch(actor, AppraisalYear, year_id, Permission.APPRAISAL_PLAN, lock=True)
    if year.closed_at is not None:
        raise Refused(msg("%(year)s 年度考核已经归档，不能再补录人员。", year=year.year))
    unit = fetch_unit(actor, year.unit_id, Permission.APPRAISAL_PLAN)
    have = set(db.session.scalars(select(Appraisal.employee_id).where(Appraisal.year_id == year.id)))
    late = [s for s in in_service_on(unit.path, year.reference_on, year.year) if s.employee_id not in have]
    _enrol(year, late, unit.path)
    return len(late)


@operation(Permission.APPRAISAL_PLAN)
def close_year(actor: Actor, year_id: int) -> None:
    """File the year: nothing of it changes afterwards. Refuses while a record is undecided."""
    year = fetch(actor, AppraisalYear, year_id, Permission.APPRAISAL_PLAN, lock=True)
    if year.closed_at is not None:
        return
    left = db.session.scalar(select(func.count()).where(Appraisal.year_id == year.id, Appraisal.state != State.DECIDED))
    if left:
        raise Refused(msg("还有 %(count)s 人未审定，全部审定后才能归档。", count=left))
    year.closed_at = clock.now()


def _check_dates(given: NewYear) -> None:
    steps = (
        ("self_summary_due_on", given.self_summary_due_on),
        ("community_due_on", given.community_due_on),
        ("street_due_on", given.street_due_on),
        ("district_due_on", given.district_due_on),
    )
    for (_, before), (name, after) in pairwise(steps):
        if after < before:
            raise Refused(
                msg("%(after)s 早于前一环节的 %(before)s，各环节截止日期应依次后延。", after=after, before=before),
                field=name,
            )
    if given.reference_on.year != given.year:
        raise Refused(msg("考核基准日应在 %(year)s 年内。", year=given.year), field="reference_on")


def _enrol(year: AppraisalYear, people: list[Service], path: str) -> None:
    streets = _street_parts(year, people, path)
    earlier = _earlier_grades(year)
    ordered = sorted(people, key=lambda s: (s.unit_code, POST_ORDER.get(s.post, len(POST_ORDER)), s.number))
    records = []
    for place, service in enumerate(ordered, start=1):
        special, because = propose_special(year, service)
        records.append(
            Appraisal(
                year_id=year.id,
                street_appraisal_id=streets[service.unit_id].id,
                employee_id=service.employee_id,
                unit_id=service.unit_id,
                roster_order=place,
                post=service.post,
                title=service.title,
                post_since=service.post_since,
                duties=service.duties,
                facts=facts_of_service(service) | _earlier_fact(earlier.get(service.employee_id)),
                special=special,
                special_because=because,
                complete=bool(special),
                undetermined_note="；".join(reason["text"] for reason in because) if special else "",
            )
        )
    session_add(*records)


def _earlier_grades(year: AppraisalYear) -> dict[int, dict[str, str]]:
    """The decided grades of the two years before, by person and year: two failures running lead to a proposal."""
    rows = db.session.execute(
        select(Appraisal.employee_id, AppraisalYear.year, Appraisal.grade)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .where(
            AppraisalYear.unit_id == year.unit_id,
            AppraisalYear.year.between(year.year - 2, year.year - 1),
            Appraisal.state == State.DECIDED,
        )
    )
    found: dict[int, dict[str, str]] = {}
    for employee_id, past, grade in rows:
        found.setdefault(employee_id, {})[str(past)] = grade
    return found


def _earlier_fact(grades: dict[str, str] | None) -> dict[str, Any]:
    return {"earlier_grades": grades} if grades else {}


POST_ORDER = {"chief": 0, "deputy": 1, "staff": 2}


def _street_parts(year: AppraisalYear, people: list[Service], path: str) -> dict[int, StreetAppraisal]:
    """The street's part of the year for each unit that has people; missing ones are made."""
    units = {
        unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.path.startswith(path, autoescape=True)))
    }
    parts = {
        p.unit_id: p for p in db.session.scalars(select(StreetAppraisal).where(StreetAppraisal.year_id == year.id))
    }
    offices = {unit_id: _office(units, unit_id) for unit_id in {service.unit_id for service in people}}
    new = [StreetAppraisal(year_id=year.id, unit_id=o) for o in sorted(set(offices.values())) if o not in parts]
    session_add(*new)
    parts.update({part.unit_id: part for part in new})
    return {unit_id: parts[office] for unit_id, office in offices.items()}


def _office(units: dict[int, Unit], unit_id: int) -> int:
    """The street, town or township at or above a unit; people of the district itself are its own affair."""
    for step in reversed([int(part) for part in units[unit_id].path.split("/") if part]):
        if step in units and units[step].kind in STREET_KINDS:
            return step
    return next(u.id for u in units.values() if u.kind is UnitKind.DISTRICT)
