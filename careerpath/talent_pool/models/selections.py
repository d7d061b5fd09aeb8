"""Competitive selections (竞岗): places, entrants, points of the stages, what was objected."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Hundredths, TextEnum, UtcDateTime
from careerpath.policy.talent_pool import Outcome


class SelectionState(StrEnum):
    """Where a selection stands; each follows the one before, and it may be cancelled at any of them."""

    PLANNED = "planned"
    NOMINATION = "nomination"
    """Announced, the rules are frozen: nominations come in and are reviewed."""
    STAGES = "stages"
    """Who may take part is settled: the stages are held, points come in."""
    DECISION = "decision"
    """All points are there: level ones are put in order, the district decides."""
    NOTICE = "notice"
    """Those selected are shown to the public."""
    CONCLUDED = "concluded"
    """Those selected have entered the pool."""
    CANCELLED = "cancelled"


class Selection(Versioned, Record):
    """One selection of a district. ``edition`` is the rule as frozen when it was announced."""

    __tablename__ = "selection"
    __table_args__ = (UniqueConstraint("unit_id", "name"), Index("ix_selection_unit_id", "unit_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(60))
    """As lists name it: 2024年后备人才竞岗."""
    year: Mapped[int] = mapped_column(Integer)
    state: Mapped[SelectionState] = mapped_column(TextEnum(SelectionState), default=SelectionState.PLANNED)
    gate: Mapped[str] = mapped_column(String(40))
    """The gate into the pool, by its code in the edition; it names the rung that reserves are selected for."""
    edition_key: Mapped[str] = mapped_column(String(64))
    edition: Mapped[dict[str, Any] | None] = mapped_column(JSON, info=DERIVED)
    document: Mapped[str] = mapped_column(String(120), default="")
    """The number of the announcement."""
    reckoned_on: Mapped[date] = mapped_column(Date)
    """The day on which the conditions are looked at."""
    announced_on: Mapped[date | None] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)
    """The last day of nominations, included."""
    held_on: Mapped[date | None] = mapped_column(Date)
    """The day on which the stages begin."""
    contact: Mapped[str] = mapped_column(String(120), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    """Further paragraphs of the announcement, one a line."""
    decision_document: Mapped[str] = mapped_column(String(120), default="")
    """The minutes or the document by which the district decided."""
    decided_on: Mapped[date | None] = mapped_column(Date)
    notice_starts_on: Mapped[date | None] = mapped_column(Date)
    notice_ends_on: Mapped[date | None] = mapped_column(Date)
    """The public notice, both included."""
    concluded_on: Mapped[date | None] = mapped_column(Date)


class SelectionPlaces(Record):
    """How many reserves are selected for one unit. Entrants of a unit are ranked among themselves."""

    __tablename__ = "selection_places"
    __table_args__ = (UniqueConstraint("selection_id", "unit_id"), CheckConstraint("places > 0", name="places_wanted"))

    selection_id: Mapped[int] = mapped_column(ForeignKey("selection.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    places: Mapped[int] = mapped_column(Integer)


class SelectionStep(Record):
    """The moment at which a selection reached a state, and by whom."""

    __tablename__ = "selection_step"
    __table_args__ = (Index("ix_selection_step_selection_id", "selection_id"),)

    selection_id: Mapped[int] = mapped_column(ForeignKey("selection.id"))
    state: Mapped[SelectionState] = mapped_column(TextEnum(SelectionState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(200), default="")


class Nomination(StrEnum):
    """Who brought somebody forward: 组织推荐, 个人自荐, 群众联名推荐."""

    ORGANISATION = "organisation"
    SELF = "self"
    PEERS = "peers"


class EntrantState(StrEnum):
    """Where a nomination stands."""

    NOMINATED = "nominated"
    ADMITTED = "admitted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class SelectionEntrant(Versioned, Record):
    """One person in one selection. ``unit_id`` is the unit whose reserve they stand for; places are counted there."""

    __tablename__ = "selection_entrant"
    __table_args__ = (
        UniqueConstraint("selection_id", "employee_id"),
        Index("ix_selection_entrant_unit_id", "unit_id"),
        Index("ix_selection_entrant_employee_id", "employee_id"),
    )

    selection_id: Mapped[int] = mapped_column(ForeignKey("selection.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    home_name: Mapped[str] = mapped_column(String(120))
    """Unit and title at the time of nomination, as lists print them."""
    nomination: Mapped[Nomination] = mapped_column(TextEnum(Nomination))
    nominated_by: Mapped[str] = mapped_column(String(120), default="")
    """The unit that recommends, or who signed."""
    supporters: Mapped[int] = mapped_column(Integer, default=0)
    """How many people signed a nomination by peers."""
    statement: Mapped[str] = mapped_column(Text, default="")
    """Why: the recommendation, or what the person says of themselves."""
    nominated_on: Mapped[date] = mapped_column(Date)
    state: Mapped[EntrantState] = mapped_column(TextEnum(EntrantState), default=EntrantState.NOMINATED)
    checked: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict)
    """What the reviewer found of conditions in words, by code."""
    eligible: Mapped[bool | None] = mapped_column(Boolean)
    """What the rule advised at the review; ``None`` where facts were lacking."""
    eligibility: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    """The reasons of that advice, as they stood."""
    reviewed_by: Mapped[str] = mapped_column(String(64), default="")
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    review_reason: Mapped[str] = mapped_column(String(200), default="")
    decided_order: Mapped[int | None] = mapped_column(Integer)
    """What people decided between those who are level."""
    last_stage: Mapped[str] = mapped_column(String(40), default="")
    total: Mapped[Decimal | None] = mapped_column(Hundredths)
    rank: Mapped[int | None] = mapped_column(Integer)
    outcome: Mapped[Outcome | None] = mapped_column(TextEnum(Outcome))
    """What the decision made of the points."""
    because: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)


class StagePoints(Versioned, Record):
    """The points of an entrant in one stage. Of a vote the tally is kept, never who voted."""

    __tablename__ = "stage_points"
    __table_args__ = (UniqueConstraint("entrant_id", "stage"),)

    entrant_id: Mapped[int] = mapped_column(ForeignKey("selection_entrant.id"))
    stage: Mapped[str] = mapped_column(String(40))
    points: Mapped[Decimal] = mapped_column(Hundredths)
    votes_for: Mapped[int | None] = mapped_column(Integer)
    votes_cast: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
