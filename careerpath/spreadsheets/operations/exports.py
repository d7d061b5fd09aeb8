"""Handing tables out: who took what and why stays in the trail; large ones are made in the background."""

import io
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import Denied, operation
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.sheets import write_table
from careerpath.core.web.language import say
from careerpath.jobs.operations import order_job
from careerpath.spreadsheets.catalogue import exportable
from careerpath.spreadsheets.sheets.desk import Export, Wish
from careerpath.words import Refused, msg

LARGE = 2_000
"""More rows than this are made in the background."""

MOST_REVEALED = 5_000
"""Files with full identity numbers are never kept on the server, so they are made while one waits."""

REASON = 4
"""Letters of a reason at least."""

JOB = "sheet-export"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Workbook:
    """A finished workbook."""

    name: str
    content: bytes
    count: int


@operation(Permission.SHEET_USE)
def permit_export(actor: Actor, code: str, wish: Wish, reason: str = "") -> None:
    """Note in the trail who takes what out; full identity numbers ask for the permission and a reason."""
    exportable(actor, code)
    if wish.reveal and not actor.has(Permission.IDENTITY_REVEAL):
        raise Denied
    if wish.reveal and len(reason.strip()) < REASON:
        raise Refused(
            msg("导出完整身份证号须说明事由，至少 %(least)s 个字，事由记入审计记录。", least=REASON), field="reason"
        )
    said = {name: str(value) for name, value in asdict(wish).items() if value not in (None, {}, True, False)}
    what = "identity" if wish.reveal else "masked"
    audit.note(f"{code} {what} {' '.join(f'{k}={v}' for k, v in said.items())} {reason.strip()}".strip())


@operation(Permission.SHEET_USE)
def order_export(actor: Actor, code: str, wish: Wish) -> int:
    """Let a worker make an export; gives the id of the job. Telephone numbers are masked: the result is kept."""
    sheet = exportable(actor, code)
    permit_export(actor, code, wish)
    request = {"sheet": code, "wish": wish_as_json(wish)}
    return order_job(actor, JOB, msg("导出%(sheet)s", sheet=sheet.title), request)


def find_export(actor: Actor, code: str, wish: Wish) -> Export:
    """What would go out. Raises ``Refused`` for nothing at all, and for too many full identity numbers at once."""
    export = exportable(actor, code).desk.export(actor, wish)
    if not export.count:
        raise Refused(msg("没有符合条件的内容可以导出，请放宽条件。"))
    if wish.reveal and export.count > MOST_REVEALED:
        raise Refused(
            msg(
                "含完整身份证号的导出一次最多 %(most)s 人，现有 %(count)s 人。请按街道分次导出。",
                most=MOST_REVEALED,
                count=export.count,
            )
        )
    return export


def make_workbook(export: Export) -> Workbook:
    """The workbook, while one waits."""
    target = io.BytesIO()
    rows = (row for piece in export.pieces for row in export.rows(piece))
    count = write_table(target, export.spec, rows, title=export.title, notes=said_above(export))
    return Workbook(file_name(export.title), target.getvalue(), count)


def said_above(export: Export) -> list[str]:
    """What stands between the title and the headings."""
    return [*([export.line] if export.line else []), *(say(note) for note in export.notes)]


def file_name(title: str) -> str:
    """The name under which an export is handed out."""
    return f"{title}-{clock.today():%Y%m%d}.xlsx"


def wish_as_json(wish: Wish) -> dict[str, Any]:
    """A wish as plain values."""
    plain = asdict(wish)
    return plain | {"on": wish.on.isoformat() if wish.on else None, "filters": dict(wish.filters)}


def wish_from_json(plain: dict[str, Any]) -> Wish:
    """What ``wish_as_json`` gave."""
    return Wish(**plain | {"on": date.fromisoformat(plain["on"]) if plain["on"] else None})
