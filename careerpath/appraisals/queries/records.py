"""One person's record: everything on its page, for those above and for the person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.queries.editions import edition_of
from careerpath.appraisals.queries.steps import STATE_KINDS, Stage, stages
from careerpath.appraisals.queries.street import shown
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.appraisal import AppraisalEdition, tally
from careerpath.policy.appraisal_steps import STATE_NAMES, State, Step, current_step, may_edit
from careerpath.words import Message, NotFound, Refused


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record with its person, place, edition and deadlines."""

    id: int
    version: int
    year: int
    year_id: int
    street_id: int
    street_in_reach: bool
    """Whether the actor may open the street's own page."""
    unit_id: int
    employee_id: int
    name: str
    number: str
    unit_name: str
    title: str
    post_since: date | None
    duties: str
    own: bool
    closed: bool
    state: State
    step: Step
    due: Mapping[str, date]
    edition: AppraisalEdition
    special: str
    special_because: Sequence[Mapping[str, Any]]
    undetermined_note: str
    self_summary: str
    training: str
    ballots: Mapping[str, Mapping[str, int]]
    community_opinion: str
    community_by: str
    community_on: date | None
    scores: Mapping[str, Decimal]
    satisfaction: Decimal | None
    total: Decimal | None
    suggested: str
    street_grade: str
    street_opinion: str
    street_by: str
    street_on: date | None
    return_comment: str
    grade: str
    decision: str
    decided_by: str
    decided_on: date | None
    because: Sequence[Mapping[str, Any]]
    signed_off: bool
    own_opinion: str

    @property
    def editable(self) -> bool:
        """Whether worker, community and street may still write."""
        return may_edit(self.state)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The six steps with their deadlines."""
        return stages(self.step, self.due)

    @property
    def state_word(self) -> Message:
        """The word of the state."""
        return STATE_NAMES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of the state."""
        return STATE_KINDS[self.state]

    @property
    def tally(self) -> Mapping[str, int] | None:
        """All votes by grade code; None while there are too few to be shown."""
        try:
            return tally(self.edition, self.ballots).counts
        except Refused:
            return None

    @property
    def points(self) -> list[tuple[str, str]]:
        """Each indicator with its points and maximum; satisfaction as a percentage."""
        found = []
        for indicator in self.edition.indicators:
            points = self.satisfaction if indicator.from_satisfaction else self.scores.get(indicator.code)
            most = "%" if indicator.from_satisfaction else f" / {shown(indicator.maximum)}"
            found.append((indicator.name, "" if points is None else f"{shown(points)}{most}"))
        return found


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One year in the list of one's own appraisals."""

    id: int
    year: int
    state: State
    grade: str
    grade_word: str
    total: Decimal | None
    summary_due_on: date
    has_summary: bool
    signed_off: bool


@dataclass(frozen=True, slots=True)
class CommunityLine:
    """One person in a community's list."""

    id: int
    name: str
    title: str
    unit_name: str
    has_summary: bool
    has_opinion: bool
    state: State
    own: bool


def record_page(actor: Actor, appraisal_id: int) -> RecordPage:
    """One record that the actor may see because of a role, or ``NotFound``."""
    return _page(actor, fetch(actor, Appraisal, appraisal_id, Permission.APPRAISAL_VIEW))


def own_record_page(actor: Actor, appraisal_id: int) -> RecordPage:
    """One of one's own records, or ``NotFound``."""
    query = (
        select(Appraisal)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .where(Appraisal.id == appraisal_id, Employee.user_id == actor.user_id, Employee.user_id.is_not(None))
    )
    record = db.session.scalars(query).one_or_none()
    if record is None:
        raise NotFound
    return _page(actor, record)


def own_lines(actor: Actor) -> list[OwnLine]:
    """One's own appraisals, newest first."""
    rows = db.session.execute(
        select(
            Appraisal.id,
            AppraisalYear.year,
            Appraisal.state,
            Appraisal.grade,
            AppraisalYear.edition["names"],
            Appraisal.total,
            AppraisalYear.self_summary_due_on,
            Appraisal.self_summary != "",
            Appraisal.signed_off,
        )
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .where(Employee.user_id == actor.user_id, Employee.user_id.is_not(None))
        .order_by(AppraisalYear.year.desc())
    )
    return [
        OwnLine(number, year, state, grade, names.get(grade, ""), total, due_on, bool(written), signed)
        for number, year, state, grade, names, total, due_on, written, signed in rows
    ]


def community_lines(actor: Actor, year_id: int) -> list[CommunityLine]:
    """The people of a year whose opinion the actor writes, those without one first; at most 500."""
    rows = db.session.execute(
        select(
            Appraisal.id,
            Employee.name,
            Appraisal.title,
            Unit.short_name,
            Appraisal.self_summary != "",
            Appraisal.community_opinion != "",
            Appraisal.state,
            Employee.user_id,
        )
        .join(Employee, Employee.id == Appraisal.employee_id)
        .join(Unit, Unit.id == Appraisal.unit_id)
        .where(Appraisal.year_id == year_id, within(actor, Appraisal.unit_id, Permission.APPRAISAL_OPINION))
        .order_by(Appraisal.community_opinion != "", Appraisal.roster_order)
        .limit(500)
    )
    return [CommunityLine(*row[:7], own=row[7] is not None and row[7] == actor.user_id) for row in rows]


def _page(actor: Actor, record: Appraisal) -> RecordPage:
    street = aliased(Unit)
    year, name, number, user_id, unit_name, street_path = db.session.execute(
        select(AppraisalYear, Employee.name, Employee.number, Employee.user_id, Unit.short_name, street.path)
        .select_from(AppraisalYear)
        .join(Employee, Employee.id == record.employee_id)
        .join(Unit, Unit.id == record.unit_id)
        .join(StreetAppraisal, StreetAppraisal.id == record.street_appraisal_id)
        .join(street, street.id == StreetAppraisal.unit_id)
        .where(AppraisalYear.id == record.year_id)
    ).one()
    return RecordPage(
        id=record.id,
        version=record.version,
        year=year.year,
        year_id=year.id,
        street_id=record.street_appraisal_id,
        street_in_reach=actor.can(Permission.APPRAISAL_VIEW, street_path),
        unit_id=record.unit_id,
        employee_id=record.employee_id,
        name=name,
        number=number,
        unit_name=unit_name,
        title=record.title,
        post_since=record.post_since,
        duties=record.duties,
        own=user_id is not None and user_id == actor.user_id,
        closed=year.closed_at is not None,
        state=record.state,
        step=current_step(
            record.state,
            has_self_summary=bool(record.self_summary),
            has_community_opinion=bool(record.community_opinion),
            filed=year.closed_at is not None,
        ),
        due={
            "self_summary": year.self_summary_due_on,
            "community": year.community_due_on,
            "street": year.street_due_on,
            "district": year.district_due_on,
        },
        edition=edition_of(year),
        special=record.special,
        special_because=record.special_because,
        undetermined_note=record.undetermined_note,
        self_summary=record.self_summary,
        training=record.training,
        ballots=record.ballots,
        community_opinion=record.community_opinion,
        community_by=record.community_by,
        community_on=record.community_on,
        scores=record.scores,
        satisfaction=record.satisfaction,
        total=record.total,
        suggested=record.suggested_grade,
        street_grade=record.street_grade,
        street_opinion=record.street_opinion,
        street_by=record.street_by,
        street_on=record.street_on,
        return_comment=record.return_comment,
        grade=record.grade,
        decision=record.decision,
        decided_by=record.decided_by,
        decided_on=record.decided_on,
        because=record.because,
        signed_off=record.signed_off,
        own_opinion=record.own_opinion,
    )
