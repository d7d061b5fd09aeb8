"""Everything dated in the files of some people that pay looks at, in one query however many people there are."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Integer, Select, String, cast, literal, null, select, type_coerce, union_all
from sqlalchemy.sql.elements import ColumnElement

from careerpath.appraisals.models import Appraisal, AppraisalYear
from careerpath.core.db import db
from careerpath.employees.models import Certificate, Contract, Education
from careerpath.pay.models import ContributionBase, Placement
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import Certificate as CertificateGrade
from careerpath.policy.codes import Grade
from careerpath.policy.pay import Certified, Study


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved level that holds from a day on, until the next one begins."""

    id: int
    tier: int | None
    level: int
    starts_on: date
    document: str


@dataclass(slots=True)
class Dated:
    """One person's dated facts as they stand, oldest first."""

    studies: list[Study] = field(default_factory=list)
    certificates: list[Certified] = field(default_factory=list)
    grades: dict[int, Grade] = field(default_factory=dict)
    probation_until: date | None = None
    approved: list[Approved] = field(default_factory=list)
    bases: list[tuple[date, Decimal]] = field(default_factory=list)


def dated_facts(ids: Select[Any]) -> dict[int, Dated]:
    """By the id of the person; whoever has none of them is left out."""
    rows = sorted(
        db.session.execute(union_all(*_parts(ids))), key=lambda row: (row.kind, row.first or date.min, row.id)
    )
    found: dict[int, Dated] = defaultdict(Dated)
    for row in rows:
        _take(found[row.employee_id], row)
    return found


def _take(person: Dated, row: Any) -> None:
    if row.kind == "study":
        person.studies.append(Study(row.code, row.more, row.first))
    elif row.kind == "certificate":
        person.certificates.append(Certified(CertificateGrade(row.code), row.first, row.second))
    elif row.kind == "grade":
        person.grades[row.number] = Grade(row.code)
    elif row.kind == "probation":
        person.probation_until = max(row.first, person.probation_until or row.first)
    elif row.kind == "approved":
        person.approved.append(Approved(row.id, row.other, row.number, row.first, row.more))
    else:
        person.bases.append((row.first, Decimal(row.number).scaleb(-2)))


def _parts(ids: Select[Any]) -> tuple[Select[Any], ...]:
    """One part for each kind of fact, all with the same columns."""
    return (
        _part("study", Education, code=Education.level, more=Education.degree, first=Education.graduated_on).where(
            Education.employee_id.in_(ids), Education.superseded_at.is_(None)
        ),
        _part(
            "certificate",
            Certificate,
            code=Certificate.grade,
            first=Certificate.obtained_on,
            second=Certificate.registered_on,
        ).where(Certificate.employee_id.in_(ids), Certificate.superseded_at.is_(None)),
        _part("grade", Appraisal, code=Appraisal.grade, number=AppraisalYear.year)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .where(Appraisal.employee_id.in_(ids), Appraisal.state == State.DECIDED),
        _part("probation", Contract, first=Contract.probation_ends_on).where(
            Contract.employee_id.in_(ids), Contract.superseded_at.is_(None), Contract.probation_ends_on.is_not(None)
        ),
        _part(
            "approved",
            Placement,
            more=Placement.document,
            number=Placement.level,
            other=Placement.tier,
            first=Placement.starts_on,
        ).where(Placement.employee_id.in_(ids), Placement.superseded_at.is_(None)),
        _part(
            "base",
            ContributionBase,
            number=type_coerce(ContributionBase.amount, Integer),
            first=ContributionBase.starts_on,
        ).where(ContributionBase.employee_id.in_(ids), ContributionBase.superseded_at.is_(None)),
    )


def _part(kind: str, model: Any, **given: Any) -> Select[Any]:
    empty: dict[str, ColumnElement[Any]] = {
        "code": cast(literal(""), String),
        "more": cast(literal(""), String),
        "number": cast(null(), Integer),
        "other": cast(null(), Integer),
        "first": cast(null(), Date),
        "second": cast(null(), Date),
    }
    columns = [given.get(name, plain).label(name) for name, plain in empty.items()]
    return select(literal(kind).label("kind"), model.id.label("id"), model.employee_id.label("employee_id"), *columns)
