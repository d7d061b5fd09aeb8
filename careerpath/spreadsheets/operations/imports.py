"""An import from the file to the database: sent, compared and shown, written as a whole or not at all."""

import base64
import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import PurePath

from flask import current_app
from sqlalchemy import delete, func, select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import after_commit, operation, session_add
from careerpath.access.models import AuditEntry
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import Record, db
from careerpath.core.files import FileStore, files
from careerpath.core.sheets import ReadResult, Workbook, open_workbook, read_rows
from careerpath.core.vault import vault
from careerpath.jobs.operations import order_job
from careerpath.recruitment.models import Application, CandidateCheck, Departure
from careerpath.spreadsheets.catalogue import Sheet, importable, sheet_named
from careerpath.spreadsheets.models import NOTHING, About, ImportState, SheetImport, SheetImportChange
from careerpath.spreadsheets.operations.journal import keeping
from careerpath.spreadsheets.sheets.desk import LIMITS, Comparison, RowState
from careerpath.words import Message, NotFound, Refused, msg

LARGE = 2_000
"""Files with more rows than this are compared and written in the background."""

KEPT = timedelta(days=1)
"""So long a file that was not written is kept."""

JOB = "sheet-import"

PURGED: tuple[type[Record], ...] = (Application, CandidateCheck, Departure)
"""Records of applicants that are removed after their time."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


class StalePreview(Refused):
    """What was shown is no longer what would be written: nothing was written, and it has to be looked at again."""

    def __init__(self) -> None:
        super().__init__(msg("核对之后，数据库中的数据有了变化，没有写入任何内容。请按下面的最新情况重新核对。"))


def compare_file(actor: Actor, code: str, given: Upload, about: About = NOTHING) -> Comparison:
    """What a file would do; keeps nothing. Raises ``Refused`` for a file that is no such table."""
    sheet = importable(actor, code)
    return _compared(actor, sheet, open_workbook(given.content, given.name, LIMITS), about)[0]


def begin_import(actor: Actor, code: str, given: Upload, about: About = NOTHING, *, background: bool = False) -> int:
    """Send a file and compare it; gives the import's id. A file that cannot be read is refused and not kept.

    With ``background`` a large one is compared by a worker: the import waits until then.
    """
    sheet = importable(actor, code)
    workbook = open_workbook(given.content, given.name, LIMITS)
    if background and max(each.extent.rows for each in workbook.sheets) > LARGE:
        import_id = send_sheet(actor, code, given, sheet.desk.about_in(actor, workbook, about))
        order_import(actor, import_id, "preview")
        return import_id
    comparison, about = _compared(actor, sheet, workbook, about)
    import_id = send_sheet(actor, code, given, about)
    keep_preview(actor, import_id, comparison)
    return import_id


def prepare_import(actor: Actor, import_id: int) -> Comparison:
    """Compare a kept file with what stands now, and keep that for its owner to look at."""
    record = own_import(actor, import_id)
    sheet = importable(actor, record.sheet)
    comparison, _ = _compared(actor, sheet, _kept_workbook(record), record.about)
    keep_preview(actor, import_id, comparison)
    return comparison


def confirm_import(actor: Actor, import_id: int) -> None:
    """Write what was shown. Written already: nothing more happens.

    Raises ``StalePreview`` when the database has changed in between; then the new comparison is kept to be shown.
    """
    record = own_import(actor, import_id)
    if record.state is ImportState.WRITTEN:
        return
    read, _ = _read(actor, importable(actor, record.sheet), _kept_workbook(record), record.about)
    try:
        write_import(actor, import_id, read)
    except StalePreview:
        prepare_import(actor, import_id)
        raise


@operation(Permission.SHEET_USE)
def send_sheet(actor: Actor, code: str, given: Upload, about: About) -> int:
    """Keep a file that was sent, sealed; gives the import's id."""
    sheet = importable(actor, code)
    prefix = actor.prefixes(sheet.import_permission)[0]
    record = SheetImport(
        sheet=code,
        owner_id=actor.user_id,
        unit_id=int(prefix.rstrip("/").rpartition("/")[2]) if prefix else None,
        year=about.year,
        batch_id=about.batch_id,
        turn=about.turn,
        selection_id=about.selection_id,
        channel_id=about.channel_id,
        class_id=about.class_id,
        call_id=about.call_id,
        file_name=PurePath(given.name.replace("\\", "/")).name[-200:],
        sent_at=clock.now(),
    )
    session_add(record)
    record.file_key = _keep(given.content, _context(record.id, "file"))
    return record.id


@operation(Permission.SHEET_USE)
def keep_preview(actor: Actor, import_id: int, given: Comparison) -> None:
    """Keep what a comparison came to, sealed, for the owner's page."""
    record = _own_locked(actor, import_id)
    if record.state not in (ImportState.WAITING, ImportState.PREVIEWED):
        return
    plain = {
        "outcomes": [outcome.as_json() for outcome in given.outcomes],
        "notes": [{"text": note.text, "values": {k: str(v) for k, v in note.values.items()}} for note in given.notes],
    }
    _remove_later([record.preview_key])
    content = zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), 1)
    record.preview_key = _keep(content, _context(record.id, "preview"))
    counts = given.counts
    record.new_count, record.changed_count = counts[RowState.NEW], counts[RowState.CHANGED]
    record.unchanged_count, record.wrong_count = counts[RowState.UNCHANGED], counts[RowState.WRONG]
    record.digest, record.state = given.digest, ImportState.PREVIEWED


@operation(Permission.SHEET_USE)
def write_import(actor: Actor, import_id: int, given: ReadResult) -> None:
    """Write every row of a file that was looked at, or none. ``given`` are the rows of the kept file.

    Raises ``StalePreview`` when they would do anything but what was shown, ``RowFault`` for a row that is refused.
    """
    record = _own_locked(actor, import_id)
    if record.state is ImportState.WRITTEN:
        return
    if record.state is not ImportState.PREVIEWED:
        raise Refused(msg("这次导入还没有核对，或者已经撤销，不能写入。"))
    desk, about = importable(actor, record.sheet).desk, record.about
    comparison = desk.compare(actor, given, desk.spec(actor, about), about)
    if comparison.digest != record.digest:
        raise StalePreview
    if record.wrong_count:
        raise Refused(msg("还有 %(count)s 行有错误，全部改正后才能写入。", count=record.wrong_count))
    if not record.new_count and not record.changed_count:
        raise Refused(msg("表中内容与系统一致，没有需要写入的内容。"))
    record.audit_mark = db.session.scalar(select(func.max(AuditEntry.id))) or 0
    with keeping() as journal:
        comparison.write(actor)
        db.session.flush()
    journal.keep(record.id)
    audit.note(f"{record.sheet} #{record.id} +{record.new_count} ~{record.changed_count}")
    record.state, record.written_at = ImportState.WRITTEN, clock.now()
    _forget_files(record)


@operation(Permission.SHEET_USE)
def discard_import(actor: Actor, import_id: int) -> None:
    """Take one's own import that was not written off the list, with its file."""
    record = _own_locked(actor, import_id)
    if record.state not in (ImportState.WAITING, ImportState.PREVIEWED):
        raise Refused(msg("这次导入已经写入，不能丢弃；如需取消其结果，请撤销导入。"))
    _forget_files(record)
    db.session.delete(record)


@operation(Permission.SHEET_USE)
def order_import(actor: Actor, import_id: int, step: str) -> int:
    """Let a worker do a step (``preview``, ``write``, ``undo``); gives the id of the job."""
    query = select(SheetImport).where(SheetImport.id == import_id)
    record = db.session.scalars(query.with_for_update()).one_or_none()
    if record is None or (step != "undo" and record.owner_id != actor.user_id):
        raise NotFound
    title = STEPS[step]
    values = {"sheet": sheet_named(record.sheet).title, "file": record.file_name}
    record.job_id = order_job(actor, JOB, msg(title.text, **values), {"import": import_id, "step": step})
    return record.job_id


STEPS: dict[str, Message] = {
    "preview": msg("核对%(sheet)s：%(file)s"),
    "write": msg("导入%(sheet)s：%(file)s"),
    "undo": msg("撤销导入%(sheet)s：%(file)s"),
}


@operation(Permission.JOB_SWEEP)
def sweep_imports(actor: Actor) -> int:
    """Take away files that were sent more than a day ago and not written; gives how many.

    What imports changed of applicants goes with them: whoever is purged is nowhere kept.
    """
    for model in PURGED:
        gone = SheetImportChange.record_id.not_in(select(model.id))
        db.session.execute(delete(SheetImportChange).where(SheetImportChange.table == model.__tablename__, gone))
    query = select(SheetImport).where(
        SheetImport.state.in_((ImportState.WAITING, ImportState.PREVIEWED)), SheetImport.sent_at < clock.now() - KEPT
    )
    old = db.session.scalars(query).all()
    for record in old:
        _forget_files(record)
        db.session.delete(record)
    return len(old)


def own_import(actor: Actor, import_id: int) -> SheetImport:
    """One's own import, or ``NotFound``."""
    query = select(SheetImport).where(SheetImport.id == import_id, SheetImport.owner_id == actor.user_id)
    record = db.session.scalars(query).one_or_none()
    if record is None:
        raise NotFound
    return record


def kept_upload(record: SheetImport) -> Upload:
    """The file of an import that was not written yet. Raises ``Refused`` when it is kept no more."""
    return Upload(record.file_name, _kept(record.file_key, _context(record.id, "file")))


def kept_preview(record: SheetImport) -> dict[str, list[object]]:
    """The comparison of an import as plain values: ``outcomes`` and ``notes``."""
    plain: dict[str, list[object]] = json.loads(
        zlib.decompress(_kept(record.preview_key, _context(record.id, "preview")))
    )
    return plain


def _kept_workbook(record: SheetImport) -> Workbook:
    upload = kept_upload(record)
    return open_workbook(upload.content, upload.name, LIMITS)


def _compared(actor: Actor, sheet: Sheet, workbook: Workbook, about: About) -> tuple[Comparison, About]:
    read, about = _read(actor, sheet, workbook, about)
    return sheet.desk.compare(actor, read, sheet.desk.spec(actor, about), about), about


def _read(actor: Actor, sheet: Sheet, workbook: Workbook, about: About) -> tuple[ReadResult, About]:
    about = sheet.desk.about_in(actor, workbook, about)
    return read_rows(workbook, sheet.desk.spec(actor, about)), about


def _own_locked(actor: Actor, import_id: int) -> SheetImport:
    query = select(SheetImport).where(SheetImport.id == import_id, SheetImport.owner_id == actor.user_id)
    record = db.session.scalars(query.with_for_update()).one_or_none()
    if record is None:
        raise NotFound
    return record


def _context(import_id: int, what: str) -> str:
    return f"sheet_import.{what}.{import_id}"


def _keep(content: bytes, context: str) -> str:
    return files().save(vault().seal(base64.b64encode(content).decode(), context).encode(), ".sealed")


def _kept(key: str, context: str) -> bytes:
    try:
        if not key:
            raise FileNotFoundError
        return base64.b64decode(vault().open(files().read(key).decode(), context))
    except FileNotFoundError as missing:
        raise Refused(msg("上传的文件已超过保留时间或已删除，请重新上传。")) from missing


def _forget_files(record: SheetImport) -> None:
    _remove_later([record.file_key, record.preview_key])
    record.file_key = record.preview_key = ""


def _remove_later(keys: Iterable[str]) -> None:
    """Files go once the rows that named them are gone for good."""
    remove: Callable[[], None] = partial(_remove, files(), [key for key in keys if key])
    after_commit(remove)


def _remove(store: FileStore, keys: list[str]) -> None:
    for key in keys:
        try:
            store.remove(key)
        except OSError:
            current_app.logger.exception("a file of an import could not be removed: %s", key)
