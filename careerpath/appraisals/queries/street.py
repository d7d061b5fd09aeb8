"""One street's people of a year: the rows of the grid, and the sum line above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Mapped

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.appraisals.models import WITHOUT_GRADE, Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.queries.editions import edition_of
from careerpath.appraisals.queries.steps import STATE_KINDS
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.appraisal import AppraisalEdition, Quota, quota
from careerpath.policy.appraisal_steps import STATE_NAMES, State, may_edit
from careerpath.policy.codes import DETERMINED, Grade
from careerpath.words import Message

HISTORY_YEARS = 3


@dataclass(frozen=True, slots=True)
class RowFilter:
    """What of a street is shown: by name or number, community, state, suggested or proposed grade, unfinished only."""

    q: str = ""
    unit_id: int | None = None
    state: State | None = None
    grade: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One person's row. ``scores`` and ``satisfaction`` are texts as typed; grades are codes."""

    id: int
    version: int
    place: int
    employee_id: int
    name: str
    number: str
    community: str
    title: str
    scores: Mapping[str, str]
    satisfaction: str
    total: Decimal | None
    suggested: str
    proposed: str
    special: str
    special_note: str
    opinion: str
    history: Sequence[tuple[int, str]]
    state: State
    complete: bool
    return_comment: str
    grade: str
    has_summary: bool
    has_opinion: bool

    @property
    def editable(self) -> bool:
        """Whether the street may still write in this row."""
        return may_edit(self.state)

    @property
    def touched(self) -> bool:
        """Whether the street has written anything here."""
        return bool(self.scores or self.satisfaction or self.proposed or self.opinion)

    @property
    def state_word(self) -> Message:
        """The word of the row's state."""
        return STATE_NAMES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of the row's state."""
        return STATE_KINDS[self.state]

    def years(self, names: Mapping[str, str]) -> list[tuple[int, str, str]]:
        """The years before: year, grade code, its word."""
        return [(year, code, names.get(code, "")) for year, code in self.history]

    def suggested_word(self, names: Mapping[str, str]) -> str:
        """The word of what the rules suggest; a dash where they suggest nothing."""
        return names.get(self.suggested, "—")


@dataclass(frozen=True, slots=True)
class Totals:
    """The sum line: people, finished rows, states, and 优秀 within the quota."""

    expected: int
    filled: int
    submitted: int
    returned: int
    decided: int
    without_grade: int
    excellent: int
    quota: Quota

    @property
    def waiting(self) -> int:
        """Records that the street has not submitted, or was given back."""
        return self.expected - self.submitted - self.decided


@dataclass(frozen=True, slots=True)
class StreetPage:
    """One street's part of a year with the edition it follows."""

    part_id: int
    year_id: int
    year: int
    unit_id: int
    unit_name: str
    due_on: str
    closed: bool
    quota_document: str
    edition: AppraisalEdition
    totals: Totals


def street_page(actor: Actor, street_id: int, permission: Permission) -> StreetPage:
    """The head of a street's page, or ``NotFound``."""
    part = fetch(actor, StreetAppraisal, street_id, permission)
    year = db.session.get_one(AppraisalYear, part.year_id)
    unit = db.session.get_one(Unit, part.unit_id)
    edition = edition_of(year)
    return StreetPage(
        part.id,
        year.id,
        year.year,
        unit.id,
        unit.short_name,
        year.street_due_on.isoformat(),
        year.closed_at is not None,
        part.quota_document,
        edition,
        totals(part, edition),
    )


def communities(actor: Actor, street_id: int, permission: Permission) -> list[tuple[int, str]]:
    """The units with people in a street's part, for the filter."""
    rows = db.session.execute(
        select(Unit.id, Unit.short_name)
        .where(
            Unit.id.in_(select(Appraisal.unit_id).where(Appraisal.street_appraisal_id == street_id)),
            within(actor, Unit.id, permission),
        )
        .order_by(Unit.code)
    )
    return [(row.id, row.short_name) for row in rows]


def totals(part: StreetAppraisal, edition: AppraisalEdition) -> Totals:
    """The sum line of a street, counted in the database."""
    excellent = Grade.EXCELLENT.value
    graded = Appraisal.special.not_in(WITHOUT_GRADE)
    decided = Appraisal.state == State.DECIDED
    standing = case((decided, Appraisal.grade), else_=Appraisal.street_grade)
    row = db.session.execute(
        select(
            func.count(),
            _count(Appraisal.complete),
            _count(Appraisal.state == State.SUBMITTED),
            _count(Appraisal.state == State.RETURNED),
            _count(decided),
            _count(~graded),
            _count(graded & (standing == excellent)),
        ).where(Appraisal.street_appraisal_id == part.id)
    ).one()
    numbers = tuple(int(value or 0) for value in row)
    found = quota(edition, numbers[0] - numbers[5], numbers[6], with_approval=bool(part.quota_document))
    expected, filled, submitted, returned, decided_count, without, best = numbers
    return Totals(expected, filled, submitted, returned, decided_count, without, best, found)


def grid_rows(
    actor: Actor, street_id: int, permission: Permission, wanted: RowFilter, *, after: int = 0, size: int = 200
) -> list[GridRow]:
    """Rows of a street in roster order after a place, with the decided grades of the years before: two queries."""
    query = (
        select(Appraisal, Employee.name, Employee.number, Unit.short_name, AppraisalYear.year)
        .join(Employee, Employee.id == Appraisal.employee_id)
        .join(Unit, Unit.id == Appraisal.unit_id)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .where(
            Appraisal.street_appraisal_id == street_id,
            Appraisal.roster_order > after,
            within(actor, Appraisal.unit_id, permission),
        )
        .order_by(Appraisal.roster_order)
        .limit(size)
    )
    if wanted.q:
        like = f"%{wanted.q.strip()}%"
        query = query.where(
            or_(Employee.name.like(like), Employee.number.like(like), Employee.initials.like(f"{wanted.q.lower()}%"))
        )
    if wanted.unit_id:
        query = query.where(Appraisal.unit_id == wanted.unit_id)
    if wanted.state:
        query = query.where(Appraisal.state == wanted.state)
    if wanted.grade:
        query = query.where(or_(Appraisal.street_grade == wanted.grade, Appraisal.special == wanted.grade))
    if wanted.unfinished:
        query = query.where(Appraisal.complete.is_(False))
    found = db.session.execute(query).all()
    earlier = _history([row[0].employee_id for row in found], found[0][4]) if found else {}
    return [_row(record, name, number, unit, earlier, year) for record, name, number, unit, year in found]


def _history(people: list[int], year: int) -> dict[int, dict[int, str]]:
    rows = db.session.execute(
        select(Appraisal.employee_id, AppraisalYear.year, Appraisal.grade)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .where(
            Appraisal.employee_id.in_(people),
            AppraisalYear.year.between(year - HISTORY_YEARS, year - 1),
            Appraisal.state == State.DECIDED,
        )
    )
    found: dict[int, dict[int, str]] = {}
    for employee_id, earlier, grade in rows:
        found.setdefault(employee_id, {})[earlier] = grade
    return found


def _row(
    record: Appraisal, name: str, number: str, unit: str, earlier: dict[int, dict[int, str]], year: int
) -> GridRow:
    known = earlier.get(record.employee_id, {})
    return GridRow(
        id=record.id,
        version=record.version,
        place=record.roster_order,
        employee_id=record.employee_id,
        name=name,
        number=number,
        community=unit,
        title=record.title,
        scores={code: shown(points) for code, points in record.scores.items()},
        satisfaction=shown(record.satisfaction),
        total=record.total,
        suggested=record.suggested_grade,
        proposed=record.street_grade,
        special=record.special,
        special_note=record.undetermined_note,
        opinion=record.street_opinion,
        history=[(past, known.get(past, "")) for past in range(year - HISTORY_YEARS, year)],
        state=record.state,
        complete=record.complete,
        return_comment=record.return_comment,
        grade=record.grade,
        has_summary=bool(record.self_summary),
        has_opinion=bool(record.community_opinion),
    )


def grade_choices(edition: AppraisalEdition) -> list[tuple[str, str]]:
    """The four grades to choose from: code, and mark with word."""
    return [(code.value, f"{code.mark} {edition.name(code)}") for code in DETERMINED]


def grade_filter(edition: AppraisalEdition) -> list[tuple[str, str]]:
    """The grades and the codes without a grade, short enough for a filter."""
    return [*((code.value, edition.name(code)) for code in DETERMINED), *((code, code) for code in WITHOUT_GRADE)]


def shown(number: Decimal | None) -> str:
    """A number as it is typed: no trailing zeros beyond one decimal's worth of meaning."""
    if number is None:
        return ""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _count(condition: ColumnElement[bool] | Mapped[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
