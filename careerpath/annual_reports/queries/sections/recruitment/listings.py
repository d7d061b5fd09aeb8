"""What is counted of recruitment: batches, positions, those appointed, and those of them who are still here."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Listing
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Words
from careerpath.annual_reports.queries.sections.reckoning import YEARS_OLD
from careerpath.annual_reports.queries.sections.rows import NOBODY, person_rows, thing_rows
from careerpath.annual_reports.queries.sections.serving import serving_on
from careerpath.employees.forms.words import SOURCES
from careerpath.employees.models import Employee, Source
from careerpath.employees.queries.narrowing import years_between
from careerpath.figures.queries.bands import Bands, months_of
from careerpath.policy.codes import Education
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    Appointment,
    BatchState,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.reached import applied
from careerpath.recruitment.queries.words import BATCH_STATES, CHANNEL_NAMES
from careerpath.words import Message, msg

VIEW = Permission.RECRUITMENT_VIEW
AGES = Bands((26, 31, 36, 41))
PIECES, BATCHES = msg("个"), msg("批")

_COLLEGE = tuple(one.value for one in Education if one.rank >= Education.JUNIOR_COLLEGE.rank)
_EDUCATION = case((Application.education == "", Employee.highest_education), else_=Application.education)
_OUT = (BatchState.PLANNED, BatchState.CANCELLED)


def _batches(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    positions = select(RecruitmentPosition.batch_id).where(scope.inside(RecruitmentPosition.unit_id))
    state = cast(RecruitmentBatch.state, String)
    rows = thing_rows(scope, RecruitmentBatch, RecruitmentBatch.announced_on, state, positions)
    return rows.where(RecruitmentBatch.state.not_in(_OUT), RecruitmentBatch.announced_on <= on)


def _positions(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """The detail is the number of places and of applicants."""
    live = select(func.count()).where(Application.position_id == RecruitmentPosition.id, applied())
    kept = select(func.coalesce(func.sum(ApplicantTally.count), 0)).where(
        ApplicantTally.batch_id == RecruitmentPosition.batch_id, ApplicantTally.position_id == RecruitmentPosition.id
    )
    people = live.scalar_subquery() + kept.scalar_subquery()
    return (
        select(
            RecruitmentPosition.id,
            NOBODY,
            RecruitmentPosition.unit_id,
            RecruitmentBatch.announced_on.label("on"),
            RecruitmentPosition.title.label("name"),
            cast(RecruitmentPosition.places, String).concat("/").concat(cast(people, String)).label("detail"),
            _batch().label("batch"),
        )
        .join(RecruitmentBatch, RecruitmentBatch.id == RecruitmentPosition.batch_id)
        .where(
            scope.inside(RecruitmentPosition.unit_id),
            RecruitmentBatch.state.not_in(_OUT),
            RecruitmentBatch.announced_on <= on,
        )
    )


def _appointed(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return (
        person_rows(
            scope,
            Appointment,
            Appointment.starts_on,
            RecruitmentBatch.name,
            _batch().label("batch"),
            cast(RecruitmentPosition.channel, String).label("channel"),
            cast(Employee.source, String).label("source"),
            _EDUCATION.label("education"),
            _band(Employee.born_on, Appointment.starts_on).label("ages"),
            months_of(Employee.born_on).label("months"),
        )
        .join(RecruitmentBatch, RecruitmentBatch.id == Appointment.batch_id)
        .join(Application, Application.id == Appointment.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(Appointment.starts_on <= on)
    )


def _college(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _appointed(scope, on).where(_EDUCATION.in_(_COLLEGE))


def _serving(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Those whom batches appointed here and who are still here, where they serve on the day."""
    people = serving_on(scope, on)
    return (
        select(
            people.c.id,
            people.c.id.label("employee_id"),
            people.c.unit_id,
            Appointment.starts_on.label("on"),
            people.c.name,
            RecruitmentBatch.name.label("detail"),
        )
        .join(Appointment, Appointment.employee_id == people.c.id)
        .join(RecruitmentBatch, RecruitmentBatch.id == Appointment.batch_id)
        # Who was recruited elsewhere and moved here later is none of those appointed, of whom a share is told.
        .where(scope.inside(Appointment.unit_id), Appointment.starts_on <= on)
    )


def _batch() -> ColumnElement[str]:
    """Id and name: two districts may call their batches alike."""
    return cast(RecruitmentBatch.id, String).concat(" ").concat(RecruitmentBatch.name)


def _band(born_on: Any, day: Any) -> ColumnElement[str]:
    """The place of the band of somebody's full years on a day that is another one in every row."""
    steps = [(years_between(born_on, day) < cut * 10000, str(place)) for place, cut in enumerate(AGES.cuts)]
    return case(*steps, else_=str(len(AGES.cuts)))


def _batch_words(value: str) -> str:
    return value.partition(" ")[2]


def _position_words(detail: str) -> Message:
    places, _, people = detail.partition("/")
    return msg("计划%(places)s人，报名%(people)s人", places=places, people=people)


def _channel_words(value: str) -> Words:
    return next((words for one, words in CHANNEL_NAMES.items() if one.value == value), value)


def _education_words(value: str) -> Words:
    return Education(value) if value in set(Education) else msg("未填写")


HELD = Listing(
    "recruitment_batches", msg("招聘批次数"), VIEW, _batches, unit=BATCHES,
    page="recruitment.batch", key="batch_id", detail=msg("进度"), said=lambda state: BATCH_STATES[BatchState(state)],
)  # fmt: skip
POSITIONS = Listing(
    "recruitment_positions", msg("招聘岗位数"), VIEW, _positions, unit=PIECES, said=_position_words,
    groups={"batch": _batch_words},
)  # fmt: skip
APPOINTED = Listing(
    "recruited", msg("招聘录用人数"), VIEW, _appointed, detail=msg("招聘批次"),
    groups={
        "batch": _batch_words,
        "channel": _channel_words,
        "source": lambda value: SOURCES[Source(value)],
        "education": _education_words,
        "ages": lambda value: AGES.words(int(value), YEARS_OLD),
    },
)  # fmt: skip
COLLEGE = Listing("recruited_college", msg("录用人员中大专及以上学历人数"), VIEW, _college, detail=msg("招聘批次"))
SERVING = Listing(
    "recruited_serving", msg("历年招聘人员在岗人数"), VIEW, _serving, dated=False, people=True, detail=msg("招聘批次")
)
