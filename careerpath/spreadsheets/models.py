"""What we keep of imports: the file that was sent, what came of it, and what is needed to take it back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record
from careerpath.core.types import TextEnum, UtcDateTime


@dataclass(frozen=True, slots=True)
class About:
    """What a sheet is about, where its kind asks for one thing: a year, a recruitment batch, a selection, a channel,
    a training class, a call for honours.

    ``turn`` says which of two people typed the scores in it, 1 or 2.
    """

    year: int | None = None
    batch_id: int | None = None
    turn: int | None = None
    selection_id: int | None = None
    channel_id: int | None = None
    class_id: int | None = None
    call_id: int | None = None


NOTHING = About()
"""Nothing was said: a desk takes what is usual, or asks."""


class ImportState(StrEnum):
    """Where an import stands."""

    WAITING = "waiting"
    """Sent, and not yet compared with the database."""
    PREVIEWED = "previewed"
    WRITTEN = "written"
    UNDONE = "undone"


class SheetImport(Record):
    """One file that somebody sent. Until it is written, only its owner sees it and it is kept for a day at most.

    ``unit_id`` is the top unit for which the owner held the permission; empty for the whole installation.
    """

    __tablename__ = "sheet_import"
    __table_args__ = (
        Index("ix_sheet_import_owner_id", "owner_id"),
        Index("ix_sheet_import_unit_id", "unit_id"),
    )

    sheet: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[ImportState] = mapped_column(TextEnum(ImportState), default=ImportState.WAITING)
    year: Mapped[int | None] = mapped_column(Integer)
    """The year that the rows belong to, where the kind of sheet asks for one."""
    batch_id: Mapped[int | None] = mapped_column(Integer)
    """The recruitment batch that it is about; a batch may be dropped while it is planned, so this may lead nowhere."""
    turn: Mapped[int | None] = mapped_column(Integer)
    """Which of two people typed the scores of the file."""
    selection_id: Mapped[int | None] = mapped_column(Integer)
    """The selection for the reserve pool; one may be dropped while it is planned, so this may lead nowhere."""
    channel_id: Mapped[int | None] = mapped_column(Integer)
    """The targeted recruitment; one may be dropped while it is planned, so this may lead nowhere."""
    class_id: Mapped[int | None] = mapped_column(Integer)
    """The training class; one may be dropped while it is planned, so this may lead nowhere."""
    call_id: Mapped[int | None] = mapped_column(Integer)
    """The call for honours; one may be dropped while it is planned, so this may lead nowhere."""
    file_name: Mapped[str] = mapped_column(String(200))
    file_key: Mapped[str] = mapped_column(String(64), default="")
    """The sealed file; empty once it is written or removed."""
    preview_key: Mapped[str] = mapped_column(String(64), default="")
    """The sealed comparison, row by row."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    """Of the comparison that was shown: what is written is this and nothing else."""
    new_count: Mapped[int] = mapped_column(Integer, default=0)
    changed_count: Mapped[int] = mapped_column(Integer, default=0)
    unchanged_count: Mapped[int] = mapped_column(Integer, default=0)
    wrong_count: Mapped[int] = mapped_column(Integer, default=0)
    job_id: Mapped[int | None] = mapped_column(Integer)
    """The last background job for it; jobs are taken off the list by their owners, so this may lead nowhere."""
    audit_mark: Mapped[int] = mapped_column(Integer, default=0)
    """The last entry of the trail before it was written: later ones may build on it."""
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str] = mapped_column(String(64), default="")

    @property
    def about(self) -> About:
        """What the file is about."""
        return About(
            self.year, self.batch_id, self.turn, self.selection_id, self.channel_id, self.class_id, self.call_id
        )


class SheetImportChange(Record):
    """One record that an import made or changed: what its columns held before, and what it came to."""

    __tablename__ = "sheet_import_change"
    __table_args__ = (Index("ix_sheet_import_change_import_id", "import_id"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("sheet_import.id"))
    table: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(8))
    """``made`` or ``changed``."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info={"secret": True})
    """The changed columns as they stand in the database, sealed ones sealed."""
    after: Mapped[str] = mapped_column(String(64))
    """A fingerprint of the whole record once the import was written."""
