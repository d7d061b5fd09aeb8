"""One application as the offices see it: particulars, papers, advice, reviews, and what the reader may do now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.queries.papers import Download
from careerpath.policy.employment import age_on
from careerpath.policy.recruitment import Condition, Document, RecruitmentEdition
from careerpath.policy.recruitment.parts import BonusItem
from careerpath.recruitment.models import (
    Application,
    ApplicationPaper,
    ApplicationState,
    BatchState,
    EligibilityReview,
    Examinee,
    RecruitmentBatch,
    RecruitmentPosition,
    ReviewStage,
)
from careerpath.recruitment.operations.particulars import Particulars, particulars_of
from careerpath.recruitment.queries.advice import (
    STANDING_KINDS,
    STANDINGS,
    AdviceLine,
    advice_lines,
    advice_on,
    bonus_items,
    in_words,
    missing_documents,
    reckoned_on,
    standing_of,
    warnings_of,
)
from careerpath.recruitment.queries.applications import STATE_KINDS
from careerpath.recruitment.queries.reviewing import is_overdue
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.sealed import kept_file
from careerpath.recruitment.queries.words import APPLICATION_STATES, CHANNEL_NAMES, ENTRIES, REVIEW_STAGES, VERDICTS
from careerpath.words import Message, NotFound, msg

IDENTITY_LIKE = frozenset({"identity", "household"})
"""Codes of documents that show an identity number: handed out for a reason only."""
OTHER_PAPER = msg("其他材料")

SHOWN = (
    "name", "identity_masked", "sex", "born_on", "ethnic", "native_place", "marital", "household_place",
    "phone_masked", "political", "political_since", "education", "degree", "full_time", "school", "major",
    "graduated_on", "joined_work_on", "experience_months", "military_months", "certificate", "certificate_number",
    "certified_on", "source", "accepts_transfer", "resume", "family", "rewards", "submitted_at", "consented_at",
    "withdrawn_reason",
)  # fmt: skip
"""What of an application its page shows as it stands."""

_OPEN_FOR_PAPERS = frozenset(BatchState) - {BatchState.CONCLUDED, BatchState.CANCELLED}
_SETTLED = (ApplicationState.ADMITTED, ApplicationState.REJECTED)
"""Where what reviewers found of conditions in words is part of the advice; before, each judges for themselves."""
_BEFORE_FINAL = (BatchState.PUBLISHED, BatchState.EXAM, BatchState.INTERVIEW)


class Deed(StrEnum):
    """What may be done with an application."""

    CHANGE = "change"
    PAPERS = "papers"
    WITHDRAW = "withdraw"
    FIRST = "first"
    SECOND = "second"
    REOPEN = "reopen"
    RECHECK = "recheck"
    REVEAL = "reveal"
    CODE = "code"
    """A new code for the open page."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A document that was handed in. ``identity``: it is opened for a reason only."""

    id: int
    code: str
    kind: Message
    name: str
    size: int
    added_at: datetime
    identity: bool


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A look at the application; ``advice`` as it was then: code, sentence and ground."""

    stage: Message
    is_first: bool
    verdict: Message
    kind: str
    reason: str
    by: str
    at: datetime
    eligible: bool | None
    advice: Sequence[Mapping[str, Any]]

    def found(self, code: str) -> bool | None:
        """What this look found of a condition."""
        value = next((line.get("value") for line in self.advice if line.get("code") == code), None)
        return value if isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One application. ``deeds``: what the reader may do now; ``first_by``: who took the first look that counts."""

    id: int
    number: str
    version: int
    state: ApplicationState
    batch_id: int
    batch_name: str
    batch_state: BatchState
    position_id: int
    position: str
    channel: Message
    unit_name: str
    demand: str
    entry: Message
    age: int
    given: Mapping[str, Any]
    has_address: bool
    has_photo: bool
    group_codes: tuple[str, ...]
    groups: tuple[str, ...]
    bonus: tuple[BonusItem, ...]
    granted: tuple[str, ...]
    conditions: tuple[Condition, ...]
    standing: Message
    standing_kind: str
    advice: tuple[AdviceLine, ...]
    warnings: tuple[Message, ...]
    missing: tuple[str, ...]
    edition: RecruitmentEdition
    papers: tuple[PaperLine, ...]
    reviews: tuple[ReviewLine, ...]
    deeds: frozenset[Deed]
    first_by: str
    rechecked: bool | None

    @property
    def name(self) -> str:
        """Of the person."""
        return str(self.given["name"])

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return APPLICATION_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of that word."""
        return STATE_KINDS.get(self.state, "")

    @property
    def documents(self) -> tuple[Document, ...]:
        """Those that the rules know for somebody of these groups."""
        return tuple(one for one in self.edition.documents if not one.group or one.group in self.group_codes)

    @property
    def first(self) -> ReviewLine | None:
        """The first look that counts while a second one is to be taken."""
        if self.state is not ApplicationState.FIRST_REVIEWED:
            return None
        return next((look for look in reversed(self.reviews) if look.is_first), None)

    @property
    def bonus_known(self) -> bool:
        """Whether a reviewer has said which bonus items are granted."""
        return self.state in (ApplicationState.FIRST_REVIEWED, ApplicationState.ADMITTED)


def application_page(
    actor: Actor, application_id: int, permission: Permission = Permission.RECRUITMENT_VIEW
) -> ApplicationPage:
    """One application that the actor may see, or ``NotFound``; drafts are nobody's business. Six queries at most."""
    query = (
        select(Application, RecruitmentPosition, Unit, RecruitmentBatch)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .join(Unit, Unit.id == Application.unit_id)
        .join(RecruitmentBatch, RecruitmentBatch.id == Application.batch_id)
        .where(
            Application.id == application_id,
            Application.state != ApplicationState.DRAFT,
            within(actor, Application.unit_id, permission),
        )
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    application, position, unit, batch = row
    edition, on = rules_of(batch), reckoned_on(batch)
    checked = application.checked if application.state in _SETTLED else {}
    advice = advice_on(edition, application, on, checked)
    papers = _papers(application, {one.code: one.name for one in edition.documents})
    codes = {paper.code for paper in papers}
    missing = missing_documents(edition, application.groups, codes, photo=bool(application.photo_key))
    reviews = _reviews(application)
    first = next((one for one in reversed(reviews) if one.stage is ReviewStage.FIRST), None)
    examinee = _examinee(application, batch)
    standing = standing_of(edition, application, codes, on, checked)
    return ApplicationPage(
        id=application.id,
        number=application.number,
        version=application.version,
        state=application.state,
        batch_id=batch.id,
        batch_name=batch.name,
        batch_state=batch.state,
        position_id=position.id,
        position=f"{position.code} {position.title}",
        channel=CHANNEL_NAMES[position.channel],
        unit_name=unit.short_name,
        demand=position.demand,
        entry=ENTRIES[application.entry],
        age=age_on(application.born_on, on) if application.born_on else 0,
        given={name: getattr(application, name) for name in SHOWN},
        has_address=bool(application.address_sealed),
        has_photo=bool(application.photo_key),
        group_codes=tuple(application.groups),
        groups=tuple(edition.group_name(code) for code in application.groups),
        bonus=bonus_items(edition, application.bonus),
        granted=tuple(application.bonus_granted),
        conditions=in_words(edition, application.groups),
        standing=STANDINGS[standing],
        standing_kind=STANDING_KINDS[standing],
        advice=advice_lines(edition, application.groups, advice),
        warnings=warnings_of(batch, application),
        missing=tuple(one.name for one in missing),
        edition=edition,
        papers=papers,
        reviews=tuple(_review_line(one) for one in reviews),
        deeds=_deeds(actor, application, batch, unit.path, first, examinee),
        first_by=first.by if first is not None and application.state is ApplicationState.FIRST_REVIEWED else "",
        rechecked=examinee.rechecked if examinee is not None else None,
    )


def kept_particulars(actor: Actor, application_id: int) -> Particulars:
    """What an application says, opened for whoever may change it; without the identity number."""
    return particulars_of(fetch(actor, Application, application_id, Permission.RECRUITMENT_ENTER))


def photo_of(actor: Actor, application_id: int) -> bytes:
    """The portrait of an applicant, as JPEG; ``NotFound`` without one."""
    application = _seen(actor, application_id)
    if not application.photo_key:
        raise NotFound
    return kept_file(application.photo_key, application.uid)


def paper_of(actor: Actor, application_id: int, paper_id: int) -> Download:
    """The content of a paper. Those that show an identity number are not given here."""
    application = _seen(actor, application_id)
    paper = find_paper(application.id, paper_id)
    if paper.code in IDENTITY_LIKE:
        raise NotFound
    return Download(paper.name, paper.media_type, kept_file(paper.file_key, application.uid))


def find_paper(application_id: int, paper_id: int) -> ApplicationPaper:
    """A paper of an application, or ``NotFound``."""
    query = select(ApplicationPaper).where(
        ApplicationPaper.id == paper_id, ApplicationPaper.application_id == application_id
    )
    paper = db.session.scalars(query).one_or_none()
    if paper is None:
        raise NotFound
    return paper


def _seen(actor: Actor, application_id: int) -> Application:
    application = fetch(actor, Application, application_id, Permission.RECRUITMENT_VIEW)
    if application.state is ApplicationState.DRAFT:
        raise NotFound
    return application


def _papers(application: Application, names: Mapping[str, str]) -> tuple[PaperLine, ...]:
    query = select(ApplicationPaper).where(ApplicationPaper.application_id == application.id)
    return tuple(
        PaperLine(
            id=one.id,
            code=one.code,
            kind=Message("%(name)s", {"name": names[one.code]}) if one.code in names else OTHER_PAPER,
            name=one.name,
            size=one.size,
            added_at=clock.office_time(one.added_at),
            identity=one.code in IDENTITY_LIKE,
        )
        for one in db.session.scalars(query.order_by(ApplicationPaper.id))
    )


def _reviews(application: Application) -> list[EligibilityReview]:
    query = select(EligibilityReview).where(EligibilityReview.application_id == application.id)
    return list(db.session.scalars(query.order_by(EligibilityReview.id)))


def _review_line(one: EligibilityReview) -> ReviewLine:
    return ReviewLine(
        stage=REVIEW_STAGES[one.stage],
        is_first=one.stage is ReviewStage.FIRST,
        verdict=VERDICTS[one.verdict],
        kind={"passed": "success", "failed": "danger"}.get(one.verdict.value, "warning"),
        reason=one.reason,
        by=one.by,
        at=clock.office_time(one.at),
        eligible=one.eligible,
        advice=one.advice,
    )


def _examinee(application: Application, batch: RecruitmentBatch) -> Examinee | None:
    """Somebody on the shortlist while the papers may be looked at again."""
    if batch.state is not BatchState.INTERVIEW or application.state is not ApplicationState.ADMITTED:
        return None
    query = select(Examinee).where(Examinee.application_id == application.id, Examinee.shortlisted.is_(True))
    return db.session.scalars(query).one_or_none()


def _deeds(
    actor: Actor,
    application: Application,
    batch: RecruitmentBatch,
    path: str,
    first: EligibilityReview | None,
    examinee: Examinee | None,
) -> frozenset[Deed]:
    state, taking = application.state, batch.state is BatchState.PUBLISHED
    enters = actor.can(Permission.RECRUITMENT_ENTER, path)
    reviews = actor.can(Permission.RECRUITMENT_REVIEW, path)
    open_ = state not in (ApplicationState.WITHDRAWN, ApplicationState.REJECTED)
    reviewed = (ApplicationState.FIRST_REVIEWED, ApplicationState.ADMITTED, ApplicationState.REJECTED)
    wants_first = state is ApplicationState.SUBMITTED or is_overdue(state, batch)
    other = first is None or first.user_id != actor.user_id
    found = {
        Deed.CHANGE: enters and taking and state in (ApplicationState.SUBMITTED, ApplicationState.RETURNED),
        Deed.PAPERS: enters and batch.state in _OPEN_FOR_PAPERS and open_,
        Deed.WITHDRAW: enters and batch.state in _BEFORE_FINAL and open_,
        Deed.FIRST: reviews and taking and wants_first,
        Deed.SECOND: reviews and taking and state is ApplicationState.FIRST_REVIEWED and other,
        Deed.REOPEN: reviews and taking and state in reviewed,
        Deed.RECHECK: reviews and examinee is not None,
        Deed.CODE: enters and batch.public and batch.state in _OPEN_FOR_PAPERS,
        Deed.REVEAL: actor.can(Permission.IDENTITY_REVEAL, path),
    }
    return frozenset(deed for deed, may in found.items() if may)
