"""The batches of a report: places, applicants and those appointed in each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.listings import Period, list_behind
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Figure, Table, TableRow
from careerpath.annual_reports.queries.sections.dividing import behind_all
from careerpath.annual_reports.queries.sections.reckoning import average_years, ratio
from careerpath.annual_reports.queries.sections.recruitment.listings import APPOINTED, HELD, POSITIONS
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.figures.queries.bands import months_of
from careerpath.recruitment.models import ApplicantTally, Application, Appointment, RecruitmentPosition
from careerpath.recruitment.queries.reached import applied
from careerpath.words import msg

BATCH_YEARS = 10
"""Batches of so many years stand in the table of batches."""

MOST_BATCHES = 40
"""Of so many batches at the most, the latest: a city has more than a table of its report can hold."""

TO_ONE = msg("∶1")


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch, as far as it is of the report's unit."""

    id: int
    name: str
    unit_id: int
    unit_name: str
    announced_on: date
    positions: int
    places: int
    people: int
    appointed: int
    months: int
    """The months of birth of those appointed, added up."""

    @property
    def only(self) -> str:
        """The group of its rows."""
        return f"batch:{self.id} {self.name}"


def batches_of(scope: Scope) -> list[Batch]:
    """All batches up to the report's day with what of them belongs to the unit. One query."""
    inside = scope.inside
    positions = (
        select(
            RecruitmentPosition.batch_id,
            func.count().label("count"),
            func.sum(RecruitmentPosition.places).label("places"),
        )
        .where(inside(RecruitmentPosition.unit_id))
        .group_by(RecruitmentPosition.batch_id)
        .subquery()
    )
    live = (
        select(Application.batch_id, func.count().label("people"))
        .where(inside(Application.unit_id), applied())
        .group_by(Application.batch_id)
        .subquery()
    )
    kept = (
        select(ApplicantTally.batch_id, func.sum(ApplicantTally.count).label("people"))
        .join(RecruitmentPosition, RecruitmentPosition.id == ApplicantTally.position_id)
        .where(inside(RecruitmentPosition.unit_id))
        .group_by(ApplicantTally.batch_id)
        .subquery()
    )
    months = months_of(Employee.born_on)
    appointed = (
        select(Appointment.batch_id, func.count().label("people"), func.sum(months).label("months"))
        .join(Employee, Employee.id == Appointment.employee_id)
        .where(inside(Appointment.unit_id), Appointment.starts_on <= scope.on)
        .group_by(Appointment.batch_id)
        .subquery()
    )
    held = HELD.rows(scope, scope.on).subquery()
    numbers = (
        positions.c.count, positions.c.places, func.coalesce(live.c.people, 0) + func.coalesce(kept.c.people, 0),
        appointed.c.people, appointed.c.months,
    )  # fmt: skip
    query = select(held.c.id, held.c.name, held.c.unit_id, Unit.short_name, held.c.on, *numbers).join(
        Unit, Unit.id == held.c.unit_id
    )
    for counted in (positions, live, kept, appointed):
        query = query.outerjoin(counted, counted.c.batch_id == held.c.id)
    rows = db.session.execute(query.order_by(held.c.on, held.c.id))
    return [Batch(*row[:5], *(int(number or 0) for number in row[5:])) for row in rows]


def asked(scope: Scope, batches: list[Batch]) -> list[Figure]:
    """Places, applicants, and how many of these there were for each place, by the year of the notice."""
    of = {
        Period.YEAR: [one for one in batches if one.announced_on >= scope.first],
        Period.LAST: [one for one in batches if scope.last_first <= one.announced_on <= scope.last_on],
        Period.TOTAL: batches,
    }
    places = {period: sum(one.places for one in some) for period, some in of.items()}
    people = {period: sum(one.people for one in some) for period, some in of.items()}
    counted = ((places, "recruitment_places", msg("招聘计划人数")), (people, "recruitment_people", msg("招聘报名人数")))
    figures = [
        Figure(
            code=code, name=name, value=Decimal(numbers[Period.YEAR]), last=Decimal(numbers[Period.LAST]),
            total=Decimal(numbers[Period.TOTAL]), **behind_all(POSITIONS),
        )
        for numbers, code, name in counted
    ]  # fmt: skip
    many = {period: ratio(people[period], places[period]) for period in of}
    return [
        *figures,
        Figure(
            code="recruitment_contest", name=msg("招聘报名比"), value=many[Period.YEAR], unit=TO_ONE,
            last=many[Period.LAST], total=many[Period.TOTAL], places=1, **behind_all(POSITIONS),
        ),
    ]  # fmt: skip


def batch_table(scope: Scope, batches: list[Batch]) -> Table:
    shown = [one for one in batches if one.announced_on.year > scope.year - BATCH_YEARS][-MOST_BATCHES:]
    rows = [
        TableRow(
            words=one.name if one.unit_id == scope.unit_id else f"{one.unit_name} {one.name}",
            cells=(
                Decimal(one.positions), Decimal(one.places), Decimal(one.people), ratio(one.people, one.places),
                Decimal(one.appointed), average_years(one.months, one.appointed, scope.on),
            ),
            links=(
                *[list_behind(POSITIONS, Period.TOTAL, only=one.only)] * 4,
                *[list_behind(APPOINTED, Period.TOTAL, only=one.only)] * 2,
            ),
        )
        for one in shown
    ]  # fmt: skip
    return Table(
        code="recruited_batches",
        title=msg("近年招聘批次情况"),
        first=msg("招聘批次"),
        heads=(
            msg("招聘岗位（个）"), msg("计划招聘（人）"), msg("报名（人）"), msg("报名比（∶1）"), msg("录用（人）"),
            msg("平均年龄（岁）"),
        ),
        rows=tuple(rows),
        decimals=(0, 0, 0, 1, 0, 1),
    )  # fmt: skip
