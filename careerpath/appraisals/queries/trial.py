"""Whom another edition would touch: the last year's records judged by it, beside what its own edition made of them."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.appraisals.models import WITHOUT_GRADE, Appraisal, AppraisalYear
from careerpath.appraisals.operations.reckoning import facts_of_record
from careerpath.appraisals.queries.editions import edition_of
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.appraisal import RULE, AppraisalEdition, Assessment, grade
from careerpath.rulebook.queries.pages import stored_edition
from careerpath.words import Refused, msg

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Touched:
    """One person whose suggested grade would be another one."""

    appraisal_id: int
    name: str
    unit_name: str
    before: str
    """The words of the grade; empty where the rules suggest none."""
    after: str
    before_score: Decimal | None
    after_score: Decimal | None
    why: str


@dataclass(frozen=True, slots=True)
class TrialPage:
    """What an edition would make of the last year. ``unclear``: people for whom it finds no total from their scores."""

    edition_id: int
    title: str
    year: int | None
    people: int
    same: int
    unclear: int
    touched: tuple[Touched, ...]
    more: int
    """Touched people who are not listed."""


def edition_trial(actor: Actor, edition_id: int) -> TrialPage:
    """The records of the newest year with scores, judged by a stored edition; nothing is changed."""
    head, edition = _edition(actor, edition_id)
    scored = visible(actor, Appraisal, Permission.APPRAISAL_VIEW).where(
        Appraisal.special.not_in(WITHOUT_GRADE), Appraisal.total.is_not(None)
    )
    years = select(AppraisalYear).where(AppraisalYear.id.in_(scored.with_only_columns(Appraisal.year_id)))
    year = db.session.scalars(years.order_by(AppraisalYear.year.desc()).limit(1)).one_or_none()
    if year is None:
        return TrialPage(edition_id, head, None, 0, 0, 0, (), 0)
    own = edition_of(year)
    rows = db.session.execute(
        scored.where(Appraisal.year_id == year.id)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .join(Unit, Unit.id == Appraisal.unit_id)
        .add_columns(Employee.name, Unit.short_name)
        .order_by(Appraisal.roster_order)
    )
    touched: list[Touched] = []
    same = unclear = 0
    for record, name, unit_name in rows:
        after = grade(edition, facts_of_record(record, year, edition), year.reference_on)
        if after.score is None and edition.indicators:
            unclear += 1
            continue
        before = grade(own, facts_of_record(record, year, own), year.reference_on)
        if before.grade is after.grade:
            same += 1
            continue
        touched.append(
            Touched(
                record.id,
                name,
                unit_name,
                _word(own, before),
                _word(edition, after),
                before.score,
                after.score,
                str(after.reasons[-1].message) if after.reasons else "",
            )
        )
    people = same + unclear + len(touched)
    more = max(0, len(touched) - MOST_SHOWN)
    return TrialPage(edition_id, head, year.year, people, same, unclear, tuple(touched[:MOST_SHOWN]), more)


def _word(edition: AppraisalEdition, found: Assessment) -> str:
    return "" if found.grade is None else edition.name(found.grade)


def _edition(actor: Actor, edition_id: int) -> tuple[str, AppraisalEdition]:
    stored = stored_edition(actor, edition_id)
    if stored.rule != RULE:
        raise Refused(msg("这不是年度考核办法的版本。"))
    return stored.title, AppraisalEdition.from_plain(stored.content, stored.key)
