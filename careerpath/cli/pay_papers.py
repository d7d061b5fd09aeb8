"""``careerpath print pay-register`` and ``pay-slip``: the papers of a month to a file."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import click
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.cli.context import tell
from careerpath.core.db import db
from careerpath.core.pdf.filling import merge
from careerpath.pay.models import PayLine, PayRegister
from careerpath.printing.queries.pay_months import fill_slips, register_pdf, register_xlsx, slip_ids, slips
from careerpath.words import Refused, msg

MONTH_FORMS = ("pay-register", "pay-slip")


def print_month(
    actor: Actor, form: str, unit: Unit | None, month: date | None, numbers: Sequence[str], output: Path
) -> None:
    """Registers (.pdf or .xlsx) or slips (.pdf) of a unit's streets for a month, by default the latest."""
    wanted = month or _latest(actor)
    ids = _registers(actor, unit, wanted)
    if form == "pay-register":
        content = register_xlsx(actor, ids)[1] if output.suffix == ".xlsx" else _registers_pdf(actor, ids)
    elif output.suffix == ".pdf":
        content = _slips_pdf(actor, ids, numbers)
    else:
        raise click.UsageError("pay-slip needs -o FILE.pdf.")
    part = output.with_name(f"{output.name}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    tell(msg("已写入 %(file)s", file=str(output)))


def _latest(actor: Actor) -> date:
    query = select(PayRegister.month).where(within(actor, PayRegister.unit_id, Permission.PAY_VIEW))
    found = db.session.scalar(query.order_by(PayRegister.month.desc()).limit(1))
    if found is None:
        raise Refused(msg("还没有核算过工资。"))
    return found


def _registers(actor: Actor, unit: Unit | None, month: date) -> list[int]:
    query = (
        select(PayRegister.id)
        .join(Unit, Unit.id == PayRegister.unit_id)
        .where(
            PayRegister.month == month,
            PayRegister.people > 0,
            within(actor, PayRegister.unit_id, Permission.PAY_VIEW),
        )
        .order_by(Unit.code)
    )
    if unit is not None:
        query = query.where(Unit.path.startswith(unit.path, autoescape=True))
    ids = list(db.session.scalars(query))
    if not ids:
        raise Refused(msg("%(month)s 没有可以打印的发放表。请核对单位和月份。", month=f"{month:%Y-%m}"))
    return ids


def _registers_pdf(actor: Actor, ids: Sequence[int]) -> bytes:
    return _merged([register_pdf(actor, one)[1] for one in ids], "工资发放登记表")


def _slips_pdf(actor: Actor, ids: Sequence[int], numbers: Sequence[str]) -> bytes:
    parts = []
    for register_id in ids:
        lines = slip_ids(actor, register_id)
        if numbers:
            chosen = select(PayLine.id).where(PayLine.id.in_(lines), PayLine.number.in_(numbers))
            lines = list(db.session.scalars(chosen))
        if lines:
            part = BytesIO()
            fill_slips(slips(actor, lines), part)
            parts.append(part.getvalue())
    if not parts:
        raise Refused(msg("没有可以打印的人员。请核对单位、月份和编号。"))
    return _merged(parts, "工资条")


def _merged(parts: Sequence[bytes], title: str) -> bytes:
    if len(parts) == 1:
        return parts[0]
    target = BytesIO()
    merge([BytesIO(part) for part in parts], target, title=title)
    return target.getvalue()
