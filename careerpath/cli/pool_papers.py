"""``careerpath print`` for the reserve pool: papers of a selection, of promotions and of personnel files."""

from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import near
from careerpath.cli.context import tell
from careerpath.core.db import db
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.printing.catalogue import FORMS
from careerpath.printing.queries.talent_pool import announcing, appointing, filling, roster
from careerpath.talent_pool.models import Selection
from careerpath.talent_pool.queries.cadre import cadre_form
from careerpath.talent_pool.sheets.lrmx import write_lrmx
from careerpath.words import NotFound, Refused, msg

POOL_FORMS = frozenset(
    form.code for form in FORMS if form.each in ("selection", "entrant", "pool", "promotion", "file")
)
"""The forms that this command prints."""

NO_SELECTION = msg("没有找到竞岗，请核对竞岗名称或编号。")
NO_PERSON = msg("请用 --person 写明一个人的编号，或用 --promotion 写明晋升任用的编号。")


def print_pool(
    actor: Actor,
    form: str,
    selection: str | None,
    promotions: Sequence[int],
    unit: Unit | None,
    numbers: Sequence[str],
    output: Path | None,
) -> None:
    """Print a form of a selection, by default of the newest that the actor meets; of promotions; or of one person.

    ``numbers`` are of personnel files. Without ``output`` nothing is printed: everybody whose text would not fit is
    named. 干部任免审批表 into a file that ends in ``.lrmx`` is that file, without the identity number.
    """
    if form in filling.FORMS:
        ids = filling.entrant_ids(actor, _selection(actor, selection), numbers=numbers, path=unit.path if unit else "")
        _print_forms(actor, form, ids, output)
        return
    if form == "appointment-form":
        _print_appointment(actor, promotions, numbers, output)
        return
    if output is None:
        raise click.UsageError(f"{form} needs -o.")
    if form in announcing.KINDS:
        content = announcing.announcement_pdf(actor, form, _selection(actor, selection))[1]
    elif form == "pool-roster":
        unit_id = unit.id if unit else roster.widest_unit(actor)
        if unit_id is None:
            raise NotFound
        content = roster.roster_pdf(actor, unit_id)[1]
    elif form == "background-cover":
        content = appointing.cover_pdf(actor, _one(promotions))[1]
    else:
        content = announcing.promotion_notice_pdf(actor, promotions)[1]
    _write(output, content)


def _print_forms(actor: Actor, form: str, ids: Sequence[int], output: Path | None) -> None:
    if not ids:
        raise Refused(msg("没有可以打印的人员。请核对竞岗、单位和编号。"))
    if output is None:
        found = filling.overflowing(actor, form, ids)
        _check([(one.name, [cell.label for cell in cells]) for one, cells in found], len(ids))
        return
    part = output.with_name(f"{output.name}.part")
    try:
        count = filling.fill_forms(actor, form, ids, part)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已打印 %(count)s 人：%(file)s", count=count, file=str(output)))


def _print_appointment(actor: Actor, promotions: Sequence[int], numbers: Sequence[str], output: Path | None) -> None:
    if promotions:
        promotion_id: int | None = _one(promotions)
        employee_id = appointing.promoted_employee(actor, _one(promotions))
    else:
        promotion_id = None
        if len(numbers) != 1:
            raise Refused(NO_PERSON)
        found = appointing.employee_numbered(actor, numbers[0])
        if found is None:
            raise NotFound
        employee_id = found
    if output is None:
        name, cells = appointing.overflowing_cells(actor, employee_id, promotion_id)
        _check([(name, cells)] if cells else [], 1)
    elif output.suffix == ".lrmx":
        _write(output, write_lrmx(cadre_form(actor, employee_id, promotion_id)))
    else:
        _write(output, appointing.appointment_pdf(actor, employee_id, promotion_id)[1])


def _selection(actor: Actor, wanted: str | None) -> int:
    query = select(Selection.id).where(near(actor, Selection.unit_id, Permission.POOL_VIEW))
    if wanted:
        query = query.where((Selection.name == wanted) | (Selection.id == (whole_number(wanted) or 0)))
    found = db.session.scalars(query.order_by(Selection.id.desc()).limit(1)).one_or_none()
    if found is None:
        raise Refused(NO_SELECTION)
    return found


def _one(promotions: Sequence[int]) -> int:
    if len(promotions) != 1:
        raise Refused(msg("请用 --promotion 写明一项晋升任用的编号。"))
    return promotions[0]


def _check(found: Sequence[tuple[str, Sequence[str]]], count: int) -> None:
    for name, cells in found:
        for cell in cells:
            click.echo(say(msg("%(name)s：%(cell)s续附页", name=name, cell=cell)))
    if found:
        raise Refused(msg("%(count)s 人的文字放不下，将续在附页上。", count=len(found)))
    tell(msg("%(count)s 人的文字都能印在一页内。", count=count))


def _write(output: Path, content: bytes) -> None:
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已写入 %(file)s", file=str(output)))
