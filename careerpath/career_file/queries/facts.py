"""What one file says of its person, as known now or then, in one statement; and the grades of its years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, cast, false, literal, null, select, union_all

from careerpath.access.models import Unit
from careerpath.appraisals.models import Appraisal, AppraisalYear
from careerpath.core.db import db
from careerpath.employees.models import (
    Certificate,
    Contract,
    CorrectionRequest,
    CorrectionState,
    Discipline,
    Education,
    Honour,
    Posting,
)
from careerpath.employees.models.facts import Fact
from careerpath.employees.queries.as_of import AsOf, known
from careerpath.policy.appraisal_steps import State, may_edit
from careerpath.recruitment.models import Appointment, RecruitmentBatch
from careerpath.talent_pool.models import DevelopmentTask, PoolEntry

POSTING, EDUCATION, CERTIFICATE, CONTRACT, DISCIPLINE = "posting", "education", "certificate", "contract", "discipline"
HONOUR, APPOINTMENT, TASK, REQUEST = "honour", "appointment", "task", "request"


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact, whatever it is: each kind fills the parts that it has, the others stay empty.

    Open tasks of a reserve and open requests for correction stand among them, for what waits.
    """

    what: str
    id: int
    on: date | None
    """Start of a post, contract or measure; the day of a diploma, certificate, honour or appointment; the day until
    which a task is to be done."""
    ends_on: date | None
    """Last day of a post, contract, measure or registration."""
    also_on: date | None
    """Last day of probation, day of registration, day a case was opened."""
    closed_on: date | None
    """Day a case was closed or a task was done."""
    code: str
    """Post, level of education or of an honour, grade of a certificate."""
    name: str
    """Title, school, number, measure, batch, text of a task, subject of a request."""
    more: str
    """Party role, major, document."""
    degree: str
    place: str
    """Short name of the unit."""
    path: str
    """Of the unit of a post, a task or a request, or of the district of a batch."""
    main: bool
    """The main post; a full-time course."""
    elected: bool


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All facts of a file that were known, oldest first; later days than the one asked for are among them."""

    rows: Sequence[FactRow]

    def of(self, what: str) -> tuple[FactRow, ...]:
        """The facts of one kind."""
        return tuple(row for row in self.rows if row.what == what)


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One person's appraisal of one year. Without a decision on the day there is neither grade nor total."""

    id: int
    year: int
    grade: str
    word: str
    total: Decimal | None
    decided_on: date | None
    signed_off: bool
    summary_due_on: date
    has_summary: bool
    editable: bool
    path: str
    """Of the unit where the person served on the reference day."""

    @property
    def decided(self) -> bool:
        """Whether there is a grade to be told."""
        return bool(self.grade)


def file_facts(employee_id: int, as_of: AsOf) -> FileFacts:
    """The facts of a file, as known now or then, whoever asks. One statement."""
    no_day = cast(null(), Date)

    def rows(
        what: str,
        model: Any,
        on: Any,
        ends_on: Any = no_day,
        also_on: Any = no_day,
        closed_on: Any = no_day,
        *,
        texts: Sequence[Any] = (),
        place: tuple[Any, Any] = (literal(""), literal("")),
        marks: tuple[Any, Any] = (false(), false()),
    ) -> Select[Any]:
        given = [*texts, *(literal("") for _ in range(4 - len(texts)))]
        columns = (literal(what), model.id, on, ends_on, also_on, closed_on, *given, *place, *marks)
        return select(*(column.label(f"part{index}") for index, column in enumerate(columns)))

    def held(model: type[Fact]) -> tuple[ColumnElement[bool], ...]:
        return model.employee_id == employee_id, known(model, as_of)

    queries = (
        rows(
            POSTING,
            Posting,
            Posting.starts_on,
            Posting.ends_on,
            texts=(Posting.post, Posting.title, Posting.party_role),
            place=(Unit.short_name, Unit.path),
            marks=(Posting.main, Posting.elected),
        )
        .join(Unit, Unit.id == Posting.unit_id)
        .where(*held(Posting)),
        rows(
            EDUCATION,
            Education,
            Education.graduated_on,
            texts=(Education.level, Education.school, Education.major, Education.degree),
            marks=(Education.full_time, false()),
        ).where(*held(Education)),
        rows(
            CERTIFICATE,
            Certificate,
            Certificate.obtained_on,
            Certificate.registered_until,
            Certificate.registered_on,
            texts=(Certificate.grade, Certificate.certificate_number),
        ).where(*held(Certificate)),
        rows(CONTRACT, Contract, Contract.starts_on, Contract.ends_on, Contract.probation_ends_on).where(
            *held(Contract)
        ),
        rows(
            DISCIPLINE,
            Discipline,
            Discipline.starts_on,
            Discipline.ends_on,
            Discipline.opened_on,
            Discipline.closed_on,
            texts=(literal(""), Discipline.measure, Discipline.document),
        ).where(*held(Discipline)),
        rows(
            APPOINTMENT,
            RecruitmentBatch,
            Appointment.starts_on,
            texts=(literal(""), RecruitmentBatch.name, Appointment.document),
            place=(Unit.short_name, Unit.path),
        )
        .join(Appointment, Appointment.batch_id == RecruitmentBatch.id)
        .join(Unit, Unit.id == RecruitmentBatch.unit_id)
        .where(Appointment.employee_id == employee_id),
        rows(HONOUR, Honour, Honour.granted_on, Honour.ends_on, texts=(Honour.level, Honour.title)).where(
            *held(Honour)
        ),
        rows(
            TASK,
            PoolEntry,
            DevelopmentTask.due_on,
            closed_on=DevelopmentTask.done_on,
            texts=(literal(""), DevelopmentTask.text),
            place=(Unit.short_name, Unit.path),
        )
        .join(DevelopmentTask, DevelopmentTask.entry_id == PoolEntry.id)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .where(PoolEntry.employee_id == employee_id, PoolEntry.left_on.is_(None)),
        rows(
            REQUEST,
            CorrectionRequest,
            no_day,
            texts=(literal(""), CorrectionRequest.field, CorrectionRequest.text),
            place=(Unit.short_name, Unit.path),
        )
        .join(Unit, Unit.id == CorrectionRequest.unit_id)
        .where(CorrectionRequest.employee_id == employee_id, CorrectionRequest.state == CorrectionState.OPEN),
    )
    found = [FactRow(*row) for row in db.session.execute(union_all(*queries))]
    return FileFacts(sorted(found, key=lambda row: (row.on or row.also_on or date.min, row.id)))


def grade_rows(employee_id: int, on: date) -> tuple[GradeRow, ...]:
    """The appraisals of a person, newest first, whoever asks. One query.

    What was decided later than the day asked for has not been decided on it.
    """
    query = (
        select(
            Appraisal.id,
            AppraisalYear.year,
            Appraisal.grade,
            AppraisalYear.edition["names"],
            Appraisal.total,
            Appraisal.decided_on,
            Appraisal.signed_off,
            AppraisalYear.self_summary_due_on,
            Appraisal.self_summary != "",
            Appraisal.state,
            Unit.path,
        )
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .join(Unit, Unit.id == Appraisal.unit_id)
        .where(Appraisal.employee_id == employee_id)
        .order_by(AppraisalYear.year.desc())
    )
    found = []
    for number, year, grade, names, total, decided_on, signed, due_on, written, state, path in db.session.execute(
        query
    ):
        # What an office brought over from its papers has no day of decision: it is told from the end of its year on.
        day = decided_on or date(year, 12, 31)
        told = state is State.DECIDED and day <= on
        found.append(
            GradeRow(
                id=number,
                year=year,
                grade=grade if told else "",
                word=names.get(grade, "") if told else "",
                total=total if told else None,
                decided_on=day if told else None,
                signed_off=signed,
                summary_due_on=due_on,
                has_summary=bool(written),
                editable=may_edit(state),
                path=path,
            )
        )
    return tuple(found)
