"""Imports as pages show them: the list, and one with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit, User
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.honours.models import HonourCall
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.spreadsheets.catalogue import Sheet, sheet_named
from careerpath.spreadsheets.models import ImportState, SheetImport
from careerpath.spreadsheets.operations.imports import KEPT, kept_preview, own_import
from careerpath.spreadsheets.queries.scope import reachable
from careerpath.spreadsheets.sheets.desk import Outcome, RowState
from careerpath.talent_pool.models import ChannelRound, Selection
from careerpath.training.models import TrainingClass
from careerpath.words import Message, NotFound, msg

PAGE_SIZE = 50

STATE_NAMES: dict[ImportState, Message] = {
    ImportState.WAITING: msg("等待核对"),
    ImportState.PREVIEWED: msg("待确认"),
    ImportState.WRITTEN: msg("已写入"),
    ImportState.UNDONE: msg("已撤销"),
}

STATE_TONES: dict[ImportState, str] = {
    ImportState.WAITING: "",
    ImportState.PREVIEWED: "warning",
    ImportState.WRITTEN: "success",
    ImportState.UNDONE: "",
}

TURNS: dict[int | None, Message] = {1: msg("第一遍录入"), 2: msg("第二遍录入")}
"""Which of two people typed the scores of a file."""

ROW_NAMES: dict[RowState, Message] = {
    RowState.WRONG: msg("有错误"),
    RowState.NEW: msg("新增"),
    RowState.CHANGED: msg("修改"),
    RowState.UNCHANGED: msg("不变"),
}
"""What rows would do, in the order of the tabs."""


@dataclass(frozen=True, slots=True)
class ImportView:
    """One import. ``mine`` says whether its rows may be looked at."""

    id: int
    sheet: Sheet
    state: ImportState
    subject: str
    """The year, the batch, the selection or the channel that it is about; empty for none."""
    file_name: str
    counts: dict[RowState, int]
    job_id: int | None
    sent_at: datetime
    written_at: datetime | None
    undone_at: datetime | None
    undone_by: str
    owner: str
    mine: bool
    may_undo: bool

    @property
    def state_name(self) -> Message:
        """The word of its state."""
        return msg("待改正") if self._is_wrong else STATE_NAMES[self.state]

    @property
    def state_tone(self) -> str:
        """How the label of its state looks."""
        return "danger" if self._is_wrong else STATE_TONES[self.state]

    @property
    def open(self) -> bool:
        """Whether it was neither written nor given up."""
        return self.state in (ImportState.WAITING, ImportState.PREVIEWED)

    @property
    def _is_wrong(self) -> bool:
        return self.state is ImportState.PREVIEWED and bool(self.counts[RowState.WRONG])

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.counts.values())

    @property
    def writable(self) -> bool:
        """Whether it may be written: nothing is wrong, and there is something to write."""
        counts = self.counts
        there_is = counts[RowState.NEW] or counts[RowState.CHANGED]
        return self.state is ImportState.PREVIEWED and not counts[RowState.WRONG] and bool(there_is)

    @property
    def kept_until(self) -> datetime:
        """When the file is taken away if it is not written."""
        return self.sent_at + KEPT


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Some rows of one kind, and where the next and the previous page begin."""

    rows: Sequence[Outcome]
    notes: Sequence[Message]
    state: RowState
    start: int
    next_start: int | None
    previous_start: int | None
    total: int


def imports_list(actor: Actor, after: str | None = None, before: str | None = None) -> Page[ImportView]:
    """The imports that the actor may see, newest first."""
    page = keyset_page(_reachable(actor), [SortKey(SheetImport.id, descending=True)], _mark, after=after, before=before)
    return Page([_view(actor, row) for row in page.rows], page.total, page.after, page.before)


def import_view(actor: Actor, import_id: int) -> ImportView:
    """One import, or ``NotFound``: until it is written, for its owner alone."""
    row = db.session.execute(_reachable(actor).where(SheetImport.id == import_id)).one_or_none()
    if row is None:
        raise NotFound
    return _view(actor, row)


def rows_page(actor: Actor, import_id: int, state: RowState, start: int = 0) -> RowsPage:
    """Rows of one's own import that was not written yet, of one kind, from a place on."""
    plain: dict[str, Any] = kept_preview(own_import(actor, import_id))
    chosen = [each for each in plain["outcomes"] if each[1] == state.value]
    start = max(0, min(start, len(chosen) - 1))
    rows = [Outcome.from_json(each) for each in chosen[start : start + PAGE_SIZE]]
    more = start + PAGE_SIZE
    return RowsPage(
        rows=rows,
        notes=[Message(note["text"], note["values"]) for note in plain["notes"]],
        state=state,
        start=start,
        next_start=more if more < len(chosen) else None,
        previous_start=max(0, start - PAGE_SIZE) if start else None,
        total=len(chosen),
    )


def kept_outcomes(actor: Actor, import_id: int) -> list[Outcome]:
    """All rows of one's own import that was not written yet."""
    plain: dict[str, Any] = kept_preview(own_import(actor, import_id))
    return [Outcome.from_json(each) for each in plain["outcomes"]]


def unit_by_name(actor: Actor, text: str, permission: Permission) -> Unit:
    """The one unit of this code or name where the actor holds the permission. ``NotFound`` for none or several."""
    wanted = text.strip()
    named = or_(Unit.code == wanted, Unit.short_name == wanted, Unit.name == wanted)
    units = db.session.scalars(select(Unit).where(named, within(actor, Unit.id, permission)).limit(2)).all()
    if len(units) != 1:
        raise NotFound(msg("没有找到单位“%(name)s”，或者有几个同名单位。请填单位编码。", name=wanted))
    return units[0]


def _reachable(actor: Actor) -> Any:
    return (
        select(
            SheetImport,
            User.display_name,
            func.coalesce(
                RecruitmentBatch.name, Selection.name, ChannelRound.name, TrainingClass.name, HonourCall.name, ""
            ),
        )
        .join(User, User.id == SheetImport.owner_id)
        .outerjoin(RecruitmentBatch, RecruitmentBatch.id == SheetImport.batch_id)
        .outerjoin(Selection, Selection.id == SheetImport.selection_id)
        .outerjoin(ChannelRound, ChannelRound.id == SheetImport.channel_id)
        .outerjoin(TrainingClass, TrainingClass.id == SheetImport.class_id)
        .outerjoin(HonourCall, HonourCall.id == SheetImport.call_id)
        .where(reachable(actor))
    )


def _mark(row: Any) -> list[int]:
    return [row[0].id]


def _subject(sheet: Sheet, record: SheetImport, named: str) -> str:
    if sheet.batched or sheet.of_selection or sheet.of_channel or sheet.of_class or sheet.of_call:
        return f"{named} {say(TURNS[record.turn])}" if record.turn in TURNS else named
    return str(record.year) if sheet.yearly and record.year else ""


def _view(actor: Actor, row: Any) -> ImportView:
    record, owner, named = row
    sheet = sheet_named(record.sheet)
    return ImportView(
        id=record.id,
        sheet=sheet,
        state=record.state,
        subject=_subject(sheet, record, named),
        file_name=record.file_name,
        counts={
            RowState.NEW: record.new_count,
            RowState.CHANGED: record.changed_count,
            RowState.UNCHANGED: record.unchanged_count,
            RowState.WRONG: record.wrong_count,
        },
        job_id=record.job_id,
        sent_at=record.sent_at,
        written_at=record.written_at,
        undone_at=record.undone_at,
        undone_by=record.undone_by,
        owner=owner,
        mine=record.owner_id == actor.user_id,
        may_undo=record.state is ImportState.WRITTEN and actor.has(Permission.SHEET_USE) and sheet.may_bring(actor),
    )
