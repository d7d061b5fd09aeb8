"""The background work of this room: large imports, step by step, and large exports."""

import io
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import IO, Any

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.sheets import write_table
from careerpath.core.vault import vault
from careerpath.core.web.language import say
from careerpath.jobs.runner import Result
from careerpath.spreadsheets.catalogue import exportable
from careerpath.spreadsheets.operations.exports import XLSX, file_name, said_above, wish_from_json
from careerpath.spreadsheets.operations.imports import confirm_import, own_import, prepare_import
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import Export, RowState, Wish
from careerpath.words import Refused, msg

CONTEXT = "sheet_export.piece"


class ImportWork:
    """One step of an import. Comparing comes first, so that it can be cancelled before anything is written."""

    permission = Permission.SHEET_USE

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The parts: what is written is compared once more before, without holding anybody up."""
        steps = ["preview", "write"] if request["step"] == "write" else [request["step"]]
        return [{"import": request["import"], "step": step, "for": request["step"]} for step in steps]

    def make(self, actor: Actor, part: Any) -> bytes:
        """Do a step; done twice, it has one effect."""
        import_id, step = part["import"], part["step"]
        if step == "undo":
            count = undo_import(actor, import_id)
            return say(msg("已撤销，恢复 %(count)s 条记录。", count=count)).encode()
        if step == "write":
            confirm_import(actor, import_id)
            record = own_import(actor, import_id)
            done = msg("已写入：新增 %(new)s，修改 %(changed)s。", new=record.new_count, changed=record.changed_count)
            return say(done).encode()
        shown = own_import(actor, import_id)
        if part["for"] == "write" and shown.written_at is not None:
            return b""
        digest = shown.digest
        comparison = prepare_import(actor, import_id)
        if part["for"] == "write" and comparison.digest != digest:
            raise Refused(msg("核对之后，数据库中的数据有了变化，没有写入任何内容。请打开这次导入，重新核对。"))
        counts = comparison.counts
        found = msg(
            "新增 %(new)s，修改 %(changed)s，不变 %(unchanged)s，有错误 %(wrong)s。",
            new=counts[RowState.NEW],
            changed=counts[RowState.CHANGED],
            unchanged=counts[RowState.UNCHANGED],
            wrong=counts[RowState.WRONG],
        )
        return say(found).encode()

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """What came of it, in a sentence."""
        texts = [file.read() for file in chunk_files]
        return Result(f"{say(msg('导入结果'))}.txt", "text/plain; charset=utf-8", io.BytesIO(texts[-1]))


class ExportWork:
    """A large export: its rows in pieces, then one workbook. Pieces are sealed; the workbook has no sealed values."""

    permission = Permission.SHEET_USE

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The ids of the rows, piece by piece."""
        return [{"request": dict(request), "ids": list(piece)} for piece in _export(actor, request).pieces]

    def make(self, actor: Actor, part: Any) -> bytes:
        """The rows of a piece."""
        rows = [
            {key: _tagged(value) for key, value in row.items()}
            for row in _export(actor, part["request"]).rows(part["ids"])
        ]
        return vault().seal(json.dumps(rows, ensure_ascii=False), CONTEXT).encode()

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """One workbook."""
        export = _export(actor, request)
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the runner closes it
        write_table(target, export.spec, _rows(chunk_files), title=export.title, notes=said_above(export))
        target.seek(0)
        return Result(file_name(export.title), XLSX, target)


def _export(actor: Actor, request: Mapping[str, Any]) -> Export:
    wish: Wish = replace(wish_from_json(request["wish"]), reveal=False, contact=False)
    return exportable(actor, request["sheet"]).desk.export(actor, wish)


def _rows(chunk_files: Sequence[IO[bytes]]) -> Iterator[Mapping[str, object]]:
    for file in chunk_files:
        for row in json.loads(vault().open(file.read().decode(), CONTEXT)):
            yield {key: _value(value) for key, value in row.items()}


def _tagged(value: object) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return value


def _value(tagged: Any) -> object:
    if isinstance(tagged, dict):
        return date.fromisoformat(tagged["day"]) if "day" in tagged else Decimal(tagged["number"])
    return tagged
