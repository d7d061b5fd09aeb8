"""What the printed forms say, read from the records in a few queries however many people there are."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, within
from careerpath.appraisals.documents import AppraisalForm, AppraisalSummary, GradeTotal, SummaryRow
from careerpath.appraisals.models import WITHOUT_GRADE, Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.queries.editions import edition_of
from careerpath.appraisals.queries.street import shown
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.policy.appraisal import AppraisalEdition, Facts, quota, score, tally
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import (
    DETERMINED,
    UNDETERMINED,
    Certificate,
    Code,
    Education,
    Ethnic,
    Grade,
    Political,
    Post,
    Sex,
)
from careerpath.words import NotFound, Refused

Community = aliased(Unit)
Street = aliased(Unit)


@dataclass(frozen=True, slots=True)
class Paper:
    """One form with where it belongs: for files named by community, in roster order."""

    appraisal_id: int
    community: str
    person: str
    form: AppraisalForm


def roster(
    actor: Actor,
    *,
    year_id: int | None = None,
    street_id: int | None = None,
    year: int | None = None,
    path: str = "",
    numbers: Sequence[str] = (),
) -> list[int]:
    """The ids of the records that the actor may print, in roster order.

    Of a street's part, a year by id or by its number, the units below ``path``, the people with these file numbers.
    """
    query = select(Appraisal.id).where(within(actor, Appraisal.unit_id, Permission.APPRAISAL_PRINT))
    if street_id is not None:
        query = query.where(Appraisal.street_appraisal_id == street_id)
    if year_id is not None:
        query = query.where(Appraisal.year_id == year_id)
    if year is not None:
        query = query.where(Appraisal.year_id.in_(select(AppraisalYear.id).where(AppraisalYear.year == year)))
    if path:
        query = query.where(below(Appraisal.unit_id, path))
    if numbers:
        query = query.where(Appraisal.employee_id.in_(select(Employee.id).where(Employee.number.in_(numbers))))
    return list(db.session.scalars(query.order_by(Appraisal.year_id, Appraisal.roster_order)))


def part_of(actor: Actor, year: int, unit_id: int) -> int:
    """The id of a street's part of a year, or ``NotFound``."""
    found = db.session.scalar(
        select(StreetAppraisal.id)
        .join(AppraisalYear, AppraisalYear.id == StreetAppraisal.year_id)
        .where(
            AppraisalYear.year == year,
            StreetAppraisal.unit_id == unit_id,
            within(actor, StreetAppraisal.unit_id, Permission.APPRAISAL_PRINT),
        )
    )
    if found is None:
        raise NotFound
    return found


def newest_year(actor: Actor) -> int:
    """The newest year of which the actor may print something, or ``NotFound``."""
    found = db.session.scalar(
        select(func.max(AppraisalYear.year))
        .join(Appraisal, Appraisal.year_id == AppraisalYear.id)
        .where(within(actor, Appraisal.unit_id, Permission.APPRAISAL_PRINT))
    )
    if found is None:
        raise NotFound
    return int(found)


def places(ids: Sequence[int]) -> list[dict[str, Any]]:
    """The same ids by community, in roster order: ``{"name": …, "ids": […]}``."""
    rows = db.session.execute(
        select(Appraisal.id, Appraisal.unit_id, Unit.short_name)
        .join(Unit, Unit.id == Appraisal.unit_id)
        .where(Appraisal.id.in_(ids))
        .order_by(Appraisal.year_id, Appraisal.roster_order)
    )
    found: dict[int, dict[str, Any]] = {}
    for appraisal_id, unit_id, name in rows:
        found.setdefault(unit_id, {"name": name, "ids": []})["ids"].append(appraisal_id)
    return list(found.values())


def papers(actor: Actor, ids: Sequence[int]) -> list[Paper]:
    """The forms of some records in roster order, as far as the actor may print them: one query."""
    rows = db.session.execute(
        select(Appraisal, AppraisalYear, Employee, Community.short_name, Street.short_name)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .join(StreetAppraisal, StreetAppraisal.id == Appraisal.street_appraisal_id)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .join(Community, Community.id == Appraisal.unit_id)
        .join(Street, Street.id == StreetAppraisal.unit_id)
        .where(Appraisal.id.in_(ids), within(actor, Appraisal.unit_id, Permission.APPRAISAL_PRINT))
        .order_by(Appraisal.year_id, Appraisal.roster_order)
    ).all()
    editions: dict[int, AppraisalEdition] = {}
    printed_at = clock.office_time(clock.now())
    found = []
    for record, year, person, community, street in rows:
        edition = editions.setdefault(year.id, edition_of(year))
        place = community if community == street else f"{street}{community}"
        form = _form(record, year, person, place, edition, _Foot(actor.display_name, printed_at))
        found.append(Paper(record.id, community, person.name, form))
    return found


def summary(actor: Actor, street_id: int) -> AppraisalSummary:
    """The 考核情况汇总表 of a street, or ``NotFound``: two queries."""
    rows = db.session.execute(
        select(Appraisal, AppraisalYear, Employee, Community.short_name, Street.short_name, StreetAppraisal)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .join(StreetAppraisal, StreetAppraisal.id == Appraisal.street_appraisal_id)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .join(Community, Community.id == Appraisal.unit_id)
        .join(Street, Street.id == StreetAppraisal.unit_id)
        .where(StreetAppraisal.id == street_id, within(actor, Appraisal.unit_id, Permission.APPRAISAL_PRINT))
        .order_by(Appraisal.roster_order)
    ).all()
    if not rows:
        raise NotFound
    _, year, _, _, street, part = rows[0]
    edition = edition_of(year)
    printed_at = clock.office_time(clock.now())
    records = [row[0] for row in rows]
    graded = [record for record in records if record.special not in WITHOUT_GRADE]
    best = sum(_standing(record) == Grade.EXCELLENT.value for record in graded)
    found = quota(edition, len(graded), best, with_approval=bool(part.quota_document))
    line = f"{found.reason.message}已定（拟定）{best} 名。"
    if part.quota_document:
        line += f"批准文件：{part.quota_document}。"
    number = f"HZ-{year.year}-{part.id:04d}"
    return AppraisalSummary(
        title="社区工作者年度考核情况汇总表",
        unit=street,
        year=str(year.year),
        rows=tuple(_line(place, row, edition) for place, row in enumerate(rows, start=1)),
        totals=_totals(records, edition),
        quota_line=line,
        prepared_by=actor.display_name,
        prepared_on=_day(printed_at.date()),
        number=number,
        printed_by=actor.display_name,
        printed_at=printed_at.strftime("%Y-%m-%d %H:%M"),
        check_code=_code(number, *(f"{r.id}:{r.state}:{_standing(r)}:{r.total}" for r in records)),
    )


def check_code(actor: Actor, number: str) -> tuple[int, str]:
    """The record behind the number at a form's foot and the code it would carry now, or ``NotFound``."""
    _, _, rest = number.strip().partition("-")
    year, _, person = rest.partition("-")
    row = db.session.execute(
        select(Appraisal, AppraisalYear.year, Employee.number)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .where(
            AppraisalYear.year == (whole_number(year) or 0),
            Employee.number == person,
            within(actor, Appraisal.unit_id, Permission.APPRAISAL_VIEW),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    record, found_year, employee_number = row
    return record.id, _record_code(record, found_year, employee_number)


@dataclass(frozen=True, slots=True)
class _Foot:
    """Who prints, and when."""

    by: str
    at: datetime


def _form(
    record: Appraisal, year: AppraisalYear, person: Employee, place: str, edition: AppraisalEdition, foot: _Foot
) -> AppraisalForm:
    decided = record.state is State.DECIDED
    return AppraisalForm(
        year=str(year.year),
        name=person.name,
        sex=_name(Sex, person.sex),
        birth_month=f"{person.born_on:%Y.%m}",
        ethnic=_name(Ethnic, person.ethnic),
        political=_name(Political, person.political),
        education=_name(Education, person.highest_education),
        qualification=_name(Certificate, person.highest_certificate),
        post_since=f"{record.post_since:%Y.%m}" if record.post_since else "",
        unit_and_post=f"{place}　{record.title}",
        duties=record.duties,
        summary=record.self_summary,
        training=record.training,
        ballots=_ballots(record, edition),
        satisfaction="" if record.satisfaction is None else f"{shown(record.satisfaction)}%",
        scores=_scores(record, year.year, edition),
        community_opinion=record.community_opinion,
        community_date=_day(record.community_on) if record.community_opinion else "",
        street_opinion=record.street_opinion,
        street_grade=_grade_word(record.special or record.street_grade, edition),
        street_date=_day(record.street_on) if record.state in {State.SUBMITTED, State.DECIDED} else "",
        district_decision=record.decision if decided else "",
        district_grade=_grade_word(record.grade, edition) if decided else "",
        district_date=_day(record.decided_on) if decided else "",
        own_opinion=record.own_opinion if record.signed_off else "",
        explanation=record.undetermined_note if record.special else "",
        number=f"KH-{year.year}-{person.number}",
        printed_by=foot.by,
        printed_at=foot.at.strftime("%Y-%m-%d %H:%M"),
        check_code=_record_code(record, year.year, person.number),
    )


def _line(place: int, row: Any, edition: AppraisalEdition) -> SummaryRow:
    record, _, person, community, _, _ = row
    return SummaryRow(
        number=str(place),
        community=community,
        name=person.name,
        sex=_name(Sex, person.sex),
        post=record.title or _name(Post, record.post),
        score="" if record.total is None else format(record.total, ".2f"),
        proposed_grade=_grade_word(record.special or record.street_grade, edition),
        decided_grade=_grade_word(record.grade, edition) if record.state is State.DECIDED else "",
        remark=record.undetermined_note if record.special else "",
    )


def _totals(records: Sequence[Appraisal], edition: AppraisalEdition) -> tuple[GradeTotal, ...]:
    graded = [record for record in records if record.special not in WITHOUT_GRADE]
    totals = []
    for code in DETERMINED:
        count = sum(_standing(record) == code.value for record in graded)
        share = (Decimal(count) * 100 / len(graded)).quantize(Decimal("0.1")) if graded else None
        totals.append(GradeTotal(grade=edition.name(code), count=str(count), share=f"{share}%" if share else ""))
    for code in UNDETERMINED:
        count = sum(record.special == code.value for record in records)
        if count:
            totals.append(GradeTotal(grade=_grade_word(code.value, edition), count=str(count)))
    return tuple(totals)


def _standing(record: Appraisal) -> str:
    """The decided grade, or the street's while there is none."""
    return record.grade if record.state is State.DECIDED else record.special or record.street_grade


def _scores(record: Appraisal, year: int, edition: AppraisalEdition) -> str:
    if record.total is None:
        return ""
    given = Facts(year=year, scores=dict(record.scores), satisfaction=record.satisfaction)
    points = score(edition, given).points
    parts = [f"{i.name} {shown(points[i.code])}/{shown(i.maximum)}" for i in edition.indicators if i.code in points]
    return "　".join([*parts, f"合计 {shown(record.total)}"])


def _ballots(record: Appraisal, edition: AppraisalEdition) -> str:
    try:
        counts = tally(edition, record.ballots).counts
    except Refused:
        # Too few votes to be shown: the cell stays empty on paper as it does on the page.
        return ""
    return "　".join(f"{edition.name(code)} {counts.get(code.value, 0)} 票" for code in DETERMINED)


def _grade_word(code: str, edition: AppraisalEdition) -> str:
    if not code:
        return ""
    grade = Grade(code)
    return edition.name(grade) if grade in DETERMINED else f"{code} {edition.name(grade)}"


def _name(table: type[Code], value: str) -> str:
    return next((entry.zh for entry in table if entry.value == value), "")


def _day(on: date | None) -> str:
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def _record_code(record: Appraisal, year: int, number: str) -> str:
    """The code at the foot: another one as soon as anything that the form says of the result has changed."""
    summary = hashlib.sha256(record.self_summary.encode()).hexdigest()
    said = (record.state.value, record.special, record.street_grade, record.grade, str(record.total), summary)
    return _code(f"KH-{year}-{number}", *said, record.community_opinion, record.street_opinion, record.decision)


def _code(*said: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.new(key, "\n".join(said).encode(), hashlib.sha256).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"
