"""What of a batch can be printed, and who lacks what: read before printing, in a few queries."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.printing.queries.recruitment import lists
from careerpath.printing.queries.recruitment.applicants import in_reach
from careerpath.printing.queries.recruitment.filling import LEFT_OUT
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Appointment,
    BatchState,
    Examinee,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.batches import BatchHead, head_of
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.words import EXAM_CHANNELS
from careerpath.words import Message, msg

SHOWN = 30
"""People that the page names."""

WAITING = (ApplicationState.SUBMITTED, ApplicationState.RETURNED, ApplicationState.FIRST_REVIEWED)
A = Application


@dataclass(frozen=True, slots=True)
class Lacking:
    """Somebody whose papers would come out incomplete, and why."""

    application_id: int
    number: str
    name: str
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class PrintPage:
    """What the page of printing of a batch shows. Counts are of the actor's reach."""

    head: BatchHead
    draft: bool
    warnings: tuple[Message, ...]
    """What labour law says of the rules: told here, never printed."""
    applications: int
    seated: int
    appointed: int
    lacking_count: int
    lacking: tuple[Lacking, ...]
    drawn: bool
    ready: frozenset[str]
    """Announcements whose time has come, by code."""


def print_page(actor: Actor, batch_id: int) -> PrintPage:
    """The page of a batch the actor meets, or ``NotFound``."""
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_VIEW)
    drawn = bool(db.session.scalar(select(Examinee.id).where(Examinee.batch_id == batch.id).limit(1)))
    applications, seated, appointed, lacking_count = _counts(actor, batch, drawn)
    return PrintPage(
        head=head_of(actor, batch),
        draft=batch.state is BatchState.PLANNED,
        warnings=rules_of(batch).warnings(batch.announced_on or clock.today()),
        applications=applications,
        seated=seated,
        appointed=appointed,
        lacking_count=lacking_count,
        lacking=_lacking(actor, batch, drawn) if lacking_count else (),
        drawn=drawn,
        ready=_ready(batch),
    )


def _ready(batch: RecruitmentBatch) -> frozenset[str]:
    codes = {"recruitment-notice"}
    if batch.state in lists.AFTER_WRITTEN:
        codes |= {"written-scores", "interview-list"}
    if batch.state in lists.AFTER_FINAL:
        codes |= {"total-scores", "medical-list", "background-list", "appointment-notice"}
    return frozenset(codes)


def _faults(drawn: bool) -> dict[str, tuple[ColumnElement[bool], Message]]:
    """What may be wrong with the papers of an application, each with how the database finds it."""
    no_seat: ColumnElement[bool] = false()
    if drawn:
        no_seat = and_(
            A.state == ApplicationState.ADMITTED, Examinee.id.is_(None), RecruitmentPosition.channel.in_(EXAM_CHANNELS)
        )
    return {
        "photo": (A.photo_key == "", msg("没有照片")),
        "seat": (no_seat, msg("没有编排考场座位")),
        "review": (A.state.in_(WAITING), msg("资格审查未完成，意见栏为空")),
    }


def _of_batch(actor: Actor, batch: RecruitmentBatch, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(A)
        .join(RecruitmentPosition, RecruitmentPosition.id == A.position_id)
        .outerjoin(Examinee, Examinee.application_id == A.id)
        .outerjoin(Appointment, Appointment.application_id == A.id)
        .where(A.batch_id == batch.id, in_reach(actor), A.state.not_in(LEFT_OUT))
    )


def _counts(actor: Actor, batch: RecruitmentBatch, drawn: bool) -> tuple[int, int, int, int]:
    """People, those with a seat, those appointed, those who lack something: one query."""
    wrong = or_(*(condition for condition, _ in _faults(drawn).values()))
    counted = (func.count(), func.count(Examinee.id), func.count(Appointment.id), func.sum(case((wrong, 1), else_=0)))
    row = db.session.execute(_of_batch(actor, batch, *counted)).one()
    return row[0], row[1], row[2], row[3] or 0


def _lacking(actor: Actor, batch: RecruitmentBatch, drawn: bool) -> tuple[Lacking, ...]:
    """The first of those who lack something, with what: one query."""
    faults = _faults(drawn)
    conditions = [condition for condition, _ in faults.values()]
    rows = db.session.execute(
        _of_batch(actor, batch, A.id, A.number, A.name, *conditions)
        .where(or_(*conditions))
        .order_by(RecruitmentPosition.code, A.number)
        .limit(SHOWN)
    )
    words = [message for _, message in faults.values()]
    return tuple(
        Lacking(row[0], row[1], row[2], tuple(word for word, wrong in zip(words, row[3:], strict=True) if wrong))
        for row in rows
    )
