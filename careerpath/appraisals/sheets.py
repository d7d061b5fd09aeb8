"""A street's year as a table: one row a person, the cells of the street's grid, and what may only be looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.appraisals.models import Appraisal, AppraisalYear
from careerpath.appraisals.queries.editions import edition_of
from careerpath.core.db import db
from careerpath.core.sheets import Column, Reader, SheetSpec, choice, decimal, digits, text
from careerpath.employees.models import Employee
from careerpath.employees.sheets.emptied import EMPTIED, optional
from careerpath.policy.appraisal import AppraisalEdition
from careerpath.policy.appraisal.parts import Indicator
from careerpath.policy.codes import DETERMINED, Grade
from careerpath.words import Refused, msg

LOOK = msg("仅供查看，导入时不读取。")


@dataclass(frozen=True, slots=True)
class Line:
    """One record with what names its person."""

    record: Appraisal
    number: str
    name: str
    unit: str


def year_of(actor: Actor, year: int | None, permission: Permission) -> AppraisalYear:
    """The year of the actor's district, by default the latest. Raises ``Refused`` for none, or for several."""
    query = (
        select(AppraisalYear)
        .where(
            AppraisalYear.id.in_(select(Appraisal.year_id).where(within(actor, Appraisal.unit_id, permission))),
            *([AppraisalYear.year == year] if year is not None else []),
        )
        .order_by(AppraisalYear.year.desc(), AppraisalYear.id)
    )
    found = db.session.scalars(query.limit(2)).all()
    if not found:
        if year is None:
            raise Refused(msg("管辖范围内还没有开展年度考核。"), field="year")
        raise Refused(msg("管辖范围内没有 %(year)s 年度考核，请核对年度。", year=year), field="year")
    if len(found) == 2 and found[0].year == found[1].year:
        raise Refused(msg("管辖范围内有几个区县的 %(year)s 年度考核，请用区县账号办理。", year=found[0].year))
    return found[0]


def appraisal_spec(year: AppraisalYear) -> SheetSpec:
    """The columns of a year: those of its edition's indicators, in its words."""
    edition = edition_of(year)
    words = {code.value: edition.name(code) for code in DETERMINED}
    return SheetSpec(
        "appraisals",
        f"{year.year}年度考核",
        (
            Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
            Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
            Column("unit", "社区", text(160, width=20), note=LOOK),
            Column("title", "职务", text(60), note=LOOK),
            *(
                Column(f"scores.{each.code}", each.name, optional(_points(each)))
                for each in edition.indicators
                if not each.from_satisfaction
            ),
            Column(
                "satisfaction",
                "满意度（%）",
                optional(decimal(2, minimum=Decimal(0), maximum=Decimal(100))),
                aliases=("满意度", "群众满意度", "居民满意度"),
            ),
            Column("total", "总分", text(12), note=LOOK),
            Column("grade", "建议等次", optional(choice(words)), aliases=("街道建议等次",)),
            Column("opinion", "街道意见", optional(text(500, lines=True, width=40))),
            Column("decided", "审定等次或情形", text(60, width=18), note=LOOK),
        ),
    )


def lines(actor: Actor, year: AppraisalYear, permission: Permission, *more: ColumnElement[bool]) -> list[Line]:
    """The records of a year that the actor holds the permission for, in roster order. One query."""
    query = (
        select(Appraisal, Employee.number, Employee.name, Unit.short_name)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .join(Unit, Unit.id == Appraisal.unit_id)
        .where(Appraisal.year_id == year.id, within(actor, Appraisal.unit_id, permission), *more)
        .order_by(Appraisal.street_appraisal_id, Appraisal.roster_order, Appraisal.id)
    )
    return [Line(*row) for row in db.session.execute(query)]


def street_cells(record: Appraisal, edition: AppraisalEdition) -> dict[str, object]:
    """What stands in the cells that a street fills."""
    cells: dict[str, object] = {
        f"scores.{indicator.code}": record.scores.get(indicator.code)
        for indicator in edition.indicators
        if not indicator.from_satisfaction
    }
    return cells | {
        "satisfaction": record.satisfaction,
        "grade": record.street_grade or None,
        "opinion": record.street_opinion or None,
    }


def export_row(line: Line, edition: AppraisalEdition) -> dict[str, object]:
    """One row of an export."""
    record = line.record
    decided = record.grade or record.special
    return street_cells(record, edition) | {
        "number": line.number,
        "name": line.name,
        "unit": line.unit,
        "title": record.title,
        "total": None if record.total is None else format(record.total, "f"),
        "decided": edition.name(Grade(decided)) if decided else None,
    }


def changed_cells(cells: Mapping[str, object], current: Mapping[str, object]) -> dict[str, Decimal | str | None]:
    """The typed cells that differ from what stands, as ``RowEntry`` takes them; an empty cell says nothing."""
    found: dict[str, Decimal | str | None] = {}
    for name, old in current.items():
        value = cells.get(name)
        if value is EMPTIED:
            if old is not None:
                found[name] = None
        elif isinstance(value, Decimal | str) and value != "" and value != old:
            found[name] = value
    return found


def _points(indicator: Indicator) -> Reader:
    return decimal(indicator.decimals, minimum=Decimal(0), maximum=indicator.maximum)
