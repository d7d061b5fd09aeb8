"""Applications with their papers, and the reviews of eligibility. Particulars of people never enter the trail."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import TextEnum, UtcDateTime
from careerpath.employees.models import Source

PERSONAL = {"secret": True}
"""``info`` of what the trail must not keep: whoever is not appointed is purged, and the trail stays for ever."""


class ApplicationState(StrEnum):
    """Where an application stands before the exam."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    """Sent back to be completed."""
    FIRST_REVIEWED = "first_reviewed"
    ADMITTED = "admitted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Entry(StrEnum):
    """How an application came in."""

    CANDIDATE = "candidate"
    STAFF = "staff"
    IMPORT = "import"


class ReviewStage(StrEnum):
    """Which look at the papers: 初审, 复审, and 资格复审 before the interview."""

    FIRST = "first"
    SECOND = "second"
    BEFORE_INTERVIEW = "before_interview"


class Verdict(StrEnum):
    """What a reviewer found."""

    PASSED = "passed"
    FAILED = "failed"
    RETURNED = "returned"


class Application(Versioned, Record):
    """One person's application for one position.

    Identity number, telephone and address are sealed with ``uid`` as context. ``taken_index`` is the blind index of the
    identity while the application counts, so that nobody counts twice in a batch; a draft or a withdrawn one has none.
    """

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("batch_id", "number"),
        UniqueConstraint("batch_id", "taken_index"),
        UniqueConstraint("uid"),
        Index("ix_application_batch_id_state", "batch_id", "state"),
        Index("ix_application_position_id", "position_id"),
        Index("ix_application_unit_id", "unit_id"),
        Index("ix_application_identity_index", "identity_index"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    position_id: Mapped[int] = mapped_column(ForeignKey("recruitment_position.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """That of the position: whose clerks see it."""
    number: Mapped[str] = mapped_column(String(24))
    """On the receipt: ``2026-04-0001``."""
    uid: Mapped[str] = mapped_column(String(32))
    state: Mapped[ApplicationState] = mapped_column(TextEnum(ApplicationState), default=ApplicationState.DRAFT)
    entry: Mapped[Entry] = mapped_column(TextEnum(Entry))
    name: Mapped[str] = mapped_column(String(64), info=PERSONAL)
    initials: Mapped[str] = mapped_column(String(32), default="", info=PERSONAL)
    identity_sealed: Mapped[str] = mapped_column(String(160), default="", info=PERSONAL)
    identity_index: Mapped[str] = mapped_column(String(64), default="", info=PERSONAL)
    identity_masked: Mapped[str] = mapped_column(String(18), default="", info=PERSONAL)
    taken_index: Mapped[str | None] = mapped_column(String(64), info=PERSONAL)
    sex: Mapped[str] = mapped_column(String(1), default="0", info=PERSONAL)
    born_on: Mapped[date | None] = mapped_column(Date, info=PERSONAL)
    ethnic: Mapped[str] = mapped_column(String(2), default="01", info=PERSONAL)
    native_place: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    marital: Mapped[str] = mapped_column(String(2), default="90", info=PERSONAL)
    household_place: Mapped[str] = mapped_column(String(120), default="", info=PERSONAL)
    phone_sealed: Mapped[str] = mapped_column(String(160), default="", info=PERSONAL)
    phone_masked: Mapped[str] = mapped_column(String(20), default="", info=PERSONAL)
    address_sealed: Mapped[str] = mapped_column(String(600), default="", info=PERSONAL)
    political: Mapped[str] = mapped_column(String(2), default="13", info=PERSONAL)
    political_since: Mapped[date | None] = mapped_column(Date, info=PERSONAL)
    education: Mapped[str] = mapped_column(String(2), default="", info=PERSONAL)
    """GB/T 4658 of the highest diploma."""
    degree: Mapped[str] = mapped_column(String(3), default="", info=PERSONAL)
    full_time: Mapped[bool] = mapped_column(Boolean, default=True, info=PERSONAL)
    school: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    major: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    graduated_on: Mapped[date | None] = mapped_column(Date, info=PERSONAL)
    joined_work_on: Mapped[date | None] = mapped_column(Date, info=PERSONAL)
    experience_months: Mapped[int | None] = mapped_column(Integer, info=PERSONAL)
    """Months of the experience that the notice asks for, such as that of a grid worker."""
    military_months: Mapped[int] = mapped_column(Integer, default=0, info=PERSONAL)
    certificate: Mapped[str] = mapped_column(String(16), default="", info=PERSONAL)
    """``junior``, ``intermediate`` or ``senior``."""
    certificate_number: Mapped[str] = mapped_column(String(40), default="", info=PERSONAL)
    certified_on: Mapped[date | None] = mapped_column(Date, info=PERSONAL)
    source: Mapped[Source] = mapped_column(TextEnum(Source), default=Source.OTHER, info=PERSONAL)
    groups: Mapped[list[Any]] = mapped_column(JSON, default=list, info=PERSONAL)
    """Codes of the edition's groups that the person belongs to."""
    bonus: Mapped[list[Any]] = mapped_column(JSON, default=list, info=PERSONAL)
    """Codes of the edition's bonus items that the person asks for."""
    bonus_granted: Mapped[list[Any]] = mapped_column(JSON, default=list, info=PERSONAL)
    """Those that the review granted."""
    checked: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PERSONAL)
    """What the reviewers found of conditions in words, by their code."""
    accepts_transfer: Mapped[bool] = mapped_column(Boolean, default=False)
    """是否服从调剂."""
    resume: Mapped[list[Any]] = mapped_column(JSON, default=list, info=PERSONAL)
    """``{"starts_on", "ends_on", "text"}`` a line."""
    family: Mapped[list[Any]] = mapped_column(JSON, default=list, info=PERSONAL)
    """``{"relation", "name", "born_on", "political", "work"}`` a line."""
    rewards: Mapped[str] = mapped_column(String(400), default="", info=PERSONAL)
    """奖励或处分情况."""
    photo_key: Mapped[str] = mapped_column(String(64), default="", info=PERSONAL)
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the person agreed to the handling of their particulars, on paper or on the page."""
    pledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """诚信承诺."""
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    code_hash: Mapped[str] = mapped_column(String(64), default="", info=PERSONAL)
    """Of the code with which a candidate comes back to the open page; empty where staff entered it."""
    code_failures: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApplicationPaper(Record):
    """A document handed in, sealed for its application."""

    __tablename__ = "application_paper"
    __table_args__ = (Index("ix_application_paper_application_id", "application_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    code: Mapped[str] = mapped_column(String(40))
    """That of the edition's list of documents; ``other`` for anything else."""
    name: Mapped[str] = mapped_column(String(120), info=PERSONAL)
    file_key: Mapped[str] = mapped_column(String(64), info=PERSONAL)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int] = mapped_column(Integer)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EligibilityReview(Record):
    """One look at an application by one person, with the advice of the rule as it was shown."""

    __tablename__ = "eligibility_review"
    __table_args__ = (Index("ix_eligibility_review_application_id", "application_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    stage: Mapped[ReviewStage] = mapped_column(TextEnum(ReviewStage))
    verdict: Mapped[Verdict] = mapped_column(TextEnum(Verdict))
    reason: Mapped[str] = mapped_column(String(400), default="", info=PERSONAL)
    eligible: Mapped[bool | None] = mapped_column(Boolean)
    """What the rule advised."""
    advice: Mapped[list[Any]] = mapped_column(JSON, default=list, info=PERSONAL)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
