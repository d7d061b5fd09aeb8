"""One person of a batch: every list with its reasons, the checks, the departure, the appointment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core.db import db
from careerpath.policy.recruitment import OUTCOMES, Outcome, Stage
from careerpath.recruitment.models import (
    Application,
    Appointment,
    CandidateCheck,
    CheckKind,
    Departure,
    Examinee,
    ListLine,
    Objection,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.batches import Act, BatchHead, head_of
from careerpath.recruitment.queries.results import OUTCOME_KINDS, OUTCOME_SHAPES
from careerpath.recruitment.queries.words import CHECK_KINDS, EXAM_CHANNELS
from careerpath.words import Message, msg

STAGE_NAMES: Mapping[Stage, Message] = {Stage.SHORTLIST: msg("进入面试名单"), Stage.FINAL: msg("最终名单")}


@dataclass(frozen=True, slots=True)
class ListPart:
    """What one published list said of the person and why: ``{"text", "document", "value"}`` a reason."""

    title: Message
    line: ListLine

    @property
    def word(self) -> Message:
        """The outcome as it was published."""
        return OUTCOMES[self.line.first_outcome]

    @property
    def now(self) -> Message | None:
        """The outcome today, where it is another."""
        return None if self.line.outcome is self.line.first_outcome else OUTCOMES[self.line.outcome]

    @property
    def shape(self) -> str:
        """The mark of today's outcome."""
        return OUTCOME_SHAPES.get(self.line.outcome, "–")

    @property
    def kind(self) -> str:
        """The colour of today's outcome."""
        return OUTCOME_KINDS.get(self.line.outcome, "")

    @property
    def reasons(self) -> Sequence[Mapping[str, Any]]:
        """Every step in order."""
        return self.line.because


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """One person of a batch."""

    head: BatchHead
    application: Application
    position: RecruitmentPosition
    unit_name: str
    examinee: Examinee | None
    lists: tuple[ListPart, ...]
    checks: Mapping[CheckKind, CandidateCheck]
    departure: Departure | None
    successor: Application | None
    objections: tuple[Objection, ...]
    appointment: Appointment | None
    may_check: bool
    may_leave: bool
    may_undo: bool

    @property
    def number(self) -> str:
        """The number under which lists name the person."""
        return self.application.number if self.examinee is None else self.examinee.exam_number

    @property
    def check_words(self) -> list[tuple[CheckKind, Message, CandidateCheck | None]]:
        """Each kind of check with its result."""
        return [(kind, word, self.checks.get(kind)) for kind, word in CHECK_KINDS.items()]

    @property
    def examined(self) -> bool:
        """Whether the position leads through an exam."""
        return self.position.channel in EXAM_CHANNELS


def candidate_page(actor: Actor, application_id: int) -> CandidatePage:
    """One person of a batch, or ``NotFound``. Eight queries."""
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_VIEW)
    head = head_of(actor, db.session.get_one(RecruitmentBatch, application.batch_id))
    next_one = aliased(Application)
    columns: tuple[Any, ...] = (RecruitmentPosition, Unit.short_name, Examinee, Departure, Appointment, next_one)
    position, unit_name, examinee, departure, appointment, successor = db.session.execute(
        select(*columns)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .outerjoin(Examinee, Examinee.application_id == application.id)
        .outerjoin(Departure, Departure.application_id == application.id)
        .outerjoin(Appointment, Appointment.application_id == application.id)
        .outerjoin(next_one, next_one.id == Departure.successor_id)
        .where(RecruitmentPosition.id == application.position_id)
    ).one()
    of = application.id
    lines = {one.stage: one for one in db.session.scalars(select(ListLine).where(ListLine.application_id == of))}
    checks = db.session.scalars(select(CandidateCheck).where(CandidateCheck.application_id == of))
    objections = db.session.scalars(select(Objection).where(Objection.application_id == of).order_by(Objection.id))
    final = lines.get(Stage.FINAL)
    acting = Act.CHECK in head.may and final is not None
    on_list = final is not None and final.outcome in (Outcome.PROPOSED, Outcome.RESERVE, Outcome.TIE)
    proposed = final is not None and final.outcome is Outcome.PROPOSED
    return CandidatePage(
        head=head,
        application=application,
        position=position,
        unit_name=unit_name,
        examinee=examinee,
        lists=tuple(ListPart(title, lines[stage]) for stage, title in STAGE_NAMES.items() if stage in lines),
        checks={one.kind: one for one in checks},
        departure=departure,
        successor=successor,
        objections=tuple(objections),
        appointment=appointment,
        may_check=acting and appointment is None and (proposed or (departure is not None and successor is None)),
        may_leave=acting and on_list,
        may_undo=acting and departure is not None and departure.successor_id is None,
    )
