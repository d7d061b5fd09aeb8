"""The years of a district, and one year street by street."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.appraisals.models import WITHOUT_GRADE, Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.queries.editions import edition_of
from careerpath.appraisals.queries.steps import Stage, stages
from careerpath.core.db import db
from careerpath.policy.appraisal import AppraisalEdition, Quota, quota
from careerpath.policy.appraisal_steps import State, Step
from careerpath.policy.codes import Grade, UnitKind
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class StreetLine:
    """One street of a year, with what of it the actor may see."""

    part_id: int
    unit_id: int
    unit_name: str
    expected: int
    summaries: int
    opinions: int
    filled: int
    submitted: int
    returned: int
    decided: int
    excellent: int
    quota: Quota
    in_reach: bool
    """Whether the actor may open the street's own page: a community only sees its people."""

    @property
    def waiting(self) -> int:
        """Records the street has not submitted."""
        return self.expected - self.submitted - self.decided

    @property
    def unfinished(self) -> int:
        """Records that still lack something."""
        return self.expected - self.filled


@dataclass(frozen=True, slots=True)
class YearPage:
    """One year with its dates and streets."""

    id: int
    unit_id: int
    unit_name: str
    year: int
    edition: AppraisalEdition
    reference_on: date
    self_summary_due_on: date
    community_due_on: date
    street_due_on: date
    district_due_on: date
    closed: bool
    streets: tuple[StreetLine, ...]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The six steps with their deadlines; the one at which most of the year stands is the current one."""
        due = {
            "self_summary": self.self_summary_due_on,
            "community": self.community_due_on,
            "street": self.street_due_on,
            "district": self.district_due_on,
        }
        if self.closed:
            return stages(Step.FILING, due)
        if self.streets and all(line.waiting == 0 for line in self.streets):
            return stages(Step.DISTRICT_DECISION if self.decided < self.expected else Step.FILING, due)
        if any(line.filled for line in self.streets):
            return stages(Step.STREET_REVIEW, due)
        written = any(line.summaries for line in self.streets)
        return stages(Step.COMMUNITY_OPINION if written else Step.SELF_SUMMARY, due)

    @property
    def expected(self) -> int:
        """People of all streets shown."""
        return sum(line.expected for line in self.streets)

    @property
    def decided(self) -> int:
        """Decided records of all streets shown."""
        return sum(line.decided for line in self.streets)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year in the list of years."""

    id: int
    year: int
    unit_name: str
    people: int
    decided: int
    excellent: int
    closed: bool


def year_lines(actor: Actor) -> list[YearLine]:
    """The years in which the actor may see a record, newest first: one query."""
    decided = Appraisal.state == State.DECIDED
    rows = db.session.execute(
        select(
            AppraisalYear.id,
            AppraisalYear.year,
            Unit.short_name,
            func.count(),
            func.sum(case((decided, 1), else_=0)),
            func.sum(case((decided & (Appraisal.grade == Grade.EXCELLENT.value), 1), else_=0)),
            AppraisalYear.closed_at,
        )
        .join(Unit, Unit.id == AppraisalYear.unit_id)
        .join(Appraisal, Appraisal.year_id == AppraisalYear.id)
        .where(within(actor, Appraisal.unit_id, Permission.APPRAISAL_VIEW))
        .group_by(AppraisalYear.id, AppraisalYear.year, Unit.short_name, AppraisalYear.closed_at)
        .order_by(AppraisalYear.year.desc(), Unit.short_name)
    )
    return [
        YearLine(year_id, year, unit, people, done or 0, excellent or 0, closed_at is not None)
        for year_id, year, unit, people, done, excellent, closed_at in rows
    ]


def districts(actor: Actor) -> list[tuple[int, str]]:
    """The districts in which the actor may open a year."""
    rows = db.session.execute(
        select(Unit.id, Unit.short_name)
        .where(Unit.kind == UnitKind.DISTRICT, within(actor, Unit.id, Permission.APPRAISAL_PLAN))
        .order_by(Unit.code)
    )
    return [(row.id, row.short_name) for row in rows]


def current_year(actor: Actor) -> YearLine | None:
    """The newest year that is still open, or None."""
    return next((line for line in year_lines(actor) if not line.closed), None)


def year_page(actor: Actor, year_id: int) -> YearPage:
    """One year by street as far as the actor may see it, or ``NotFound``: three queries."""
    row = db.session.execute(
        select(AppraisalYear, Unit.short_name, Unit.path)
        .join(Unit, Unit.id == AppraisalYear.unit_id)
        .where(AppraisalYear.id == year_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    year, unit_name, path = row
    edition = edition_of(year)
    streets = _streets(actor, year, edition)
    if not streets and not actor.can(Permission.APPRAISAL_PLAN, path):
        raise NotFound
    return YearPage(
        year.id,
        year.unit_id,
        unit_name,
        year.year,
        edition,
        year.reference_on,
        year.self_summary_due_on,
        year.community_due_on,
        year.street_due_on,
        year.district_due_on,
        year.closed_at is not None,
        streets,
    )


def _streets(actor: Actor, year: AppraisalYear, edition: AppraisalEdition) -> tuple[StreetLine, ...]:
    decided = Appraisal.state == State.DECIDED
    graded = Appraisal.special.not_in(WITHOUT_GRADE)
    standing = case((decided, Appraisal.grade), else_=Appraisal.street_grade)
    rows = db.session.execute(
        select(
            StreetAppraisal.id,
            StreetAppraisal.unit_id,
            StreetAppraisal.quota_document,
            Unit.short_name,
            Unit.path,
            Unit.code,
            func.count(),
            func.sum(case((Appraisal.self_summary != "", 1), else_=0)),
            func.sum(case((Appraisal.community_opinion != "", 1), else_=0)),
            func.sum(case((Appraisal.complete, 1), else_=0)),
            func.sum(case((Appraisal.state == State.SUBMITTED, 1), else_=0)),
            func.sum(case((Appraisal.state == State.RETURNED, 1), else_=0)),
            func.sum(case((decided, 1), else_=0)),
            func.sum(case((graded & (standing == Grade.EXCELLENT.value), 1), else_=0)),
            func.sum(case((graded, 1), else_=0)),
        )
        .join(Unit, Unit.id == StreetAppraisal.unit_id)
        .join(Appraisal, Appraisal.street_appraisal_id == StreetAppraisal.id)
        .where(StreetAppraisal.year_id == year.id, within(actor, Appraisal.unit_id, Permission.APPRAISAL_VIEW))
        .group_by(
            StreetAppraisal.id,
            StreetAppraisal.unit_id,
            StreetAppraisal.quota_document,
            Unit.short_name,
            Unit.path,
            Unit.code,
        )
        .order_by(Unit.code)
    )
    lines = []
    for part_id, unit_id, document, unit_name, path, _, *counts in rows:
        expected, summaries, opinions, filled, submitted, returned, done, excellent, people = map(int, counts)
        found = quota(edition, people, excellent, with_approval=bool(document))
        lines.append(
            StreetLine(
                part_id=part_id,
                unit_id=unit_id,
                unit_name=unit_name,
                expected=expected,
                summaries=summaries,
                opinions=opinions,
                filled=filled,
                submitted=submitted,
                returned=returned,
                decided=done,
                excellent=excellent,
                quota=found,
                in_reach=actor.can(Permission.APPRAISAL_VIEW, path),
            )
        )
    return tuple(lines)
