"""What a candidate sees of their own application: what was filled in, where it stands, seat, scores and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.recruitment import OUTCOMES, Document, RecruitmentEdition, Stage
from careerpath.recruitment.models import (
    Application,
    ApplicationPaper,
    ApplicationState,
    BatchState,
    CandidateCheck,
    EligibilityReview,
    Examinee,
    ExamRoom,
    InterviewGroup,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
    ReviewStage,
    Verdict,
)
from careerpath.recruitment.operations.particulars import Particulars, particulars_of
from careerpath.recruitment.queries.advice import (
    PHOTO,
    AdviceLine,
    advice_lines,
    advice_on,
    missing_documents,
    reckoned_on,
)
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.sealed import kept_file
from careerpath.recruitment.queries.tickets import Ticket, may_write, opens
from careerpath.recruitment.queries.words import CHECK_KINDS
from careerpath.words import Message, NotFound, msg

OWN_STATES: Mapping[ApplicationState, Message] = {
    ApplicationState.DRAFT: msg("填写中，尚未提交"),
    ApplicationState.SUBMITTED: msg("已提交，资格审查中"),
    ApplicationState.RETURNED: msg("退回补正"),
    ApplicationState.FIRST_REVIEWED: msg("已提交，资格审查中"),
    ApplicationState.ADMITTED: msg("资格审查通过"),
    ApplicationState.REJECTED: msg("资格审查未通过"),
    ApplicationState.WITHDRAWN: msg("已撤回"),
}
"""What a candidate is told: how many people have looked at the papers so far is the office's own business."""

WRITTEN_OUT = frozenset({BatchState.INTERVIEW, BatchState.CHECKS, BatchState.NOTICE, BatchState.CONCLUDED})
FINAL_OUT = WRITTEN_OUT - {BatchState.INTERVIEW}


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper that was handed in."""

    id: int
    code: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document that the rules ask of this candidate, with what was handed in for it."""

    code: str
    name: str
    required: bool
    original: bool
    papers: tuple[OwnPaper, ...]
    there: bool


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """Where a candidate sits, and from the shortlist on where they are interviewed."""

    exam_number: str
    room: int
    place: str
    seat: int
    interview_on: date | None = None
    interview_time: str = ""
    interview_place: str = ""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One published line about the candidate, with the sentences that explain it."""

    stage: Stage
    outcome: Message
    rank: int | None
    written: Any
    interview: Any
    bonus: Any
    total: Any
    because: tuple[str, ...]
    published_on: date


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """Everything that a ticket opens."""

    id: int
    number: str
    state: ApplicationState
    state_word: Message
    batch_id: int
    batch_title: str
    batch_name: str
    batch_state: BatchState
    public: bool
    closes_on: date | None
    contact: str
    keep_months: int
    written_when: str
    position_id: int
    position: str
    name: str
    identity_masked: str
    phone_masked: str
    sex: str
    born_on: date | None
    consented_at: datetime | None
    pledged_at: datetime | None
    submitted_at: datetime | None
    has_photo: bool
    may_write: bool
    may_withdraw: bool
    particulars: Particulars
    edition: RecruitmentEdition
    documents: tuple[OwnDocument, ...]
    advice: tuple[AdviceLine, ...]
    missing: tuple[Document, ...]
    reason: str
    """Why it was sent back or not admitted, as the reviewer wrote it."""
    seat: OwnSeat | None
    lines: tuple[OwnLine, ...]
    checks: tuple[tuple[Message, bool], ...]

    @property
    def group_names(self) -> list[str]:
        """The groups that the candidate belongs to, by name."""
        return [self.edition.group_name(code) for code in self.particulars.groups]

    @property
    def bonus_names(self) -> list[str]:
        """What the candidate asks extra points for, by name."""
        items = self.edition.bonus.items if self.edition.bonus else ()
        return [item.name for item in items if item.code in self.particulars.bonus]

    @property
    def submitted_on(self) -> str:
        """When it was handed in, as the office's clock showed it; empty before."""
        return f"{clock.office_time(self.submitted_at):%Y-%m-%d %H:%M}" if self.submitted_at else ""


def own_application(ticket: Ticket) -> OwnApplication:
    """The application that a ticket opens, or ``NotFound``. Up to six queries."""
    row = db.session.execute(
        select(Application, RecruitmentBatch, RecruitmentPosition, Unit.short_name)
        .join(RecruitmentBatch, RecruitmentBatch.id == Application.batch_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .where(Application.number == ticket.number)
    ).one_or_none()
    application = row[0] if row else None
    if not opens(application, ticket) or row is None:
        raise NotFound
    application, batch, position, unit_name = row
    edition = rules_of(batch)
    papers = _papers(application)
    codes = [paper.code for paper in papers]
    going = application.state not in (ApplicationState.WITHDRAWN, ApplicationState.REJECTED)
    return OwnApplication(
        id=application.id,
        number=application.number,
        state=application.state,
        state_word=OWN_STATES[application.state],
        batch_id=batch.id,
        batch_title=batch.title,
        batch_name=batch.name,
        batch_state=batch.state,
        public=batch.public,
        closes_on=batch.closes_on,
        contact=batch.contact,
        keep_months=batch.keep_months,
        written_when=f"{batch.written_on or ''} {batch.written_time}".strip(),
        position_id=position.id,
        position=f"{position.code} {unit_name} {position.title}",
        name=application.name,
        identity_masked=application.identity_masked,
        phone_masked=application.phone_masked,
        sex=application.sex,
        born_on=application.born_on,
        consented_at=application.consented_at,
        pledged_at=application.pledged_at,
        submitted_at=application.submitted_at,
        has_photo=bool(application.photo_key),
        may_write=may_write(application, batch),
        may_withdraw=going and batch.state in (BatchState.PUBLISHED, BatchState.EXAM, BatchState.INTERVIEW),
        particulars=particulars_of(application),
        edition=edition,
        documents=_documents(edition, application, papers),
        advice=advice_lines(edition, application.groups, advice_on(edition, application, reckoned_on(batch))),
        missing=missing_documents(edition, application.groups, codes, photo=bool(application.photo_key)),
        reason=_reason(application),
        seat=_seat(application, batch),
        lines=_lines(application, batch),
        checks=_checks(application, batch),
    )


def own_photo(ticket: Ticket) -> bytes:
    """The portrait that the candidate handed in, or ``NotFound``."""
    application = _opened(ticket)
    if not application.photo_key:
        raise NotFound
    return kept_file(application.photo_key, application.uid)


def own_paper(ticket: Ticket, paper_id: int) -> tuple[OwnPaper, bytes]:
    """A paper that the candidate handed in, or ``NotFound``."""
    application = _opened(ticket)
    paper = db.session.scalars(
        select(ApplicationPaper).where(
            ApplicationPaper.id == paper_id, ApplicationPaper.application_id == application.id
        )
    ).one_or_none()
    if paper is None:
        raise NotFound
    return _paper(paper), kept_file(paper.file_key, application.uid)


def _opened(ticket: Ticket) -> Application:
    application = db.session.scalars(select(Application).where(Application.number == ticket.number)).one_or_none()
    if not opens(application, ticket) or application is None:
        raise NotFound
    return application


def _papers(application: Application) -> list[OwnPaper]:
    query = (
        select(ApplicationPaper).where(ApplicationPaper.application_id == application.id).order_by(ApplicationPaper.id)
    )
    return [_paper(paper) for paper in db.session.scalars(query)]


def _paper(paper: ApplicationPaper) -> OwnPaper:
    return OwnPaper(paper.id, paper.code, paper.name, paper.media_type, paper.size)


def _documents(
    edition: RecruitmentEdition, application: Application, papers: list[OwnPaper]
) -> tuple[OwnDocument, ...]:
    """What is asked of somebody of these groups; what was handed in for a group that was dropped comes last."""
    wanted = [one for one in edition.documents if not one.group or one.group in application.groups]
    known = {one.code for one in wanted}
    found = []
    for one in wanted:
        own = tuple(paper for paper in papers if paper.code == one.code)
        there = bool(own) or (one.code == PHOTO and bool(application.photo_key))
        found.append(OwnDocument(one.code, one.name, one.required, one.original, own, there))
    rest = tuple(paper for paper in papers if paper.code not in known)
    found.append(OwnDocument("other", "", False, False, rest, bool(rest)))
    return tuple(found)


def _reason(application: Application) -> str:
    wanted = {ApplicationState.RETURNED: Verdict.RETURNED, ApplicationState.REJECTED: Verdict.FAILED}
    verdict = wanted.get(application.state)
    if verdict is None:
        return ""
    query = (
        select(EligibilityReview.reason)
        .where(
            EligibilityReview.application_id == application.id,
            EligibilityReview.verdict == verdict,
            EligibilityReview.stage != ReviewStage.BEFORE_INTERVIEW,
        )
        .order_by(EligibilityReview.id.desc())
        .limit(1)
    )
    return db.session.scalar(query) or ""


def _seat(application: Application, batch: RecruitmentBatch) -> OwnSeat | None:
    if application.state is not ApplicationState.ADMITTED:
        return None
    row = db.session.execute(
        select(Examinee, ExamRoom, InterviewGroup)
        .join(ExamRoom, ExamRoom.id == Examinee.room_id)
        .outerjoin(InterviewGroup, InterviewGroup.id == Examinee.interview_group_id)
        .where(Examinee.application_id == application.id)
    ).one_or_none()
    if row is None:
        return None
    examinee, room = row[:2]
    group: InterviewGroup | None = row[2]
    invited = batch.state in WRITTEN_OUT
    return OwnSeat(
        exam_number=examinee.exam_number,
        room=room.number,
        place=room.place,
        seat=examinee.seat,
        interview_on=group.on if group and invited else None,
        interview_time=group.time if group and invited else "",
        interview_place=group.place if group and invited else "",
    )


def _lines(application: Application, batch: RecruitmentBatch) -> tuple[OwnLine, ...]:
    """The published lines about a candidate; nothing of a list that is not out."""
    if batch.state not in WRITTEN_OUT:
        return ()
    query = select(ListLine).where(ListLine.application_id == application.id).order_by(ListLine.id)
    return tuple(
        OwnLine(
            stage=line.stage,
            outcome=OUTCOMES[line.outcome],
            rank=line.rank,
            written=line.written,
            interview=line.interview,
            bonus=line.bonus,
            total=line.total,
            because=tuple(reason["text"] for reason in line.because if reason.get("text")),
            published_on=line.published_on,
        )
        for line in db.session.scalars(query)
        if line.stage is Stage.SHORTLIST or batch.state in FINAL_OUT
    )


def _checks(application: Application, batch: RecruitmentBatch) -> tuple[tuple[Message, bool], ...]:
    if batch.state not in FINAL_OUT:
        return ()
    query = select(CandidateCheck).where(CandidateCheck.application_id == application.id).order_by(CandidateCheck.on)
    return tuple((CHECK_KINDS[check.kind], check.passed) for check in db.session.scalars(query))
