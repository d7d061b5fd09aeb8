"""The papers of a month, from lines to bytes: 工资发放登记表 of a street, and 工资条."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import IO

from flask import current_app

from careerpath.access.actor import Actor
from careerpath.core import clock
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.typefaces import fonts
from careerpath.core.sheets.writing import Table, write_tables
from careerpath.pay.models import PayLine
from careerpath.pay.queries.checking import register_code, register_number
from careerpath.pay.queries.lines import LinePage, OwedLine, line_page, own_line_page, paid_lines
from careerpath.pay.queries.reckoning import EMPLOYEE, EMPLOYER, PAY
from careerpath.pay.queries.registers import PaidItem, PayRow, pay_rows, register_head
from careerpath.pay.queries.runs import RunHead
from careerpath.printing.documents.pay_register import PayRegisterTable, RegisterRow, render_pay_register
from careerpath.printing.documents.pay_slip import (
    PaySlip,
    PaySlipPrinter,
    SlipComponent,
    SlipDifference,
    SlipItem,
    render_pay_slip,
)
from careerpath.printing.sheets import ledger_table
from careerpath.words import Refused, msg

SIDE_MARKS = {PAY: "", EMPLOYEE: "（个人缴费）", EMPLOYER: "（单位缴费）"}
NO_SLIP = msg("资料不全、本月不发放的人员没有工资条。")


def register_table(actor: Actor, register_id: int) -> PayRegisterTable:
    """What the register of a street says, or ``NotFound``."""
    register, head, unit_name = register_head(actor, register_id)
    rows = pay_rows(actor, register_id)
    return PayRegisterTable(
        unit=unit_name,
        month=_month(head),
        components=head.components,
        items=head.items,
        rows=tuple(_row(head, row) for row in rows if not row.missing),
        lacking=tuple((row.name, "".join(row.missing).rstrip("。")) for row in rows if row.missing),
        editions="；".join(f"{one.title}（{one.document}）" for one in head.editions),
        confirmed=head.confirmed,
        example=head.example,
        foot=_foot(actor, register_number(register), register_code(register)),
    )


def register_pdf(actor: Actor, register_id: int) -> tuple[str, bytes]:
    """The register of a street as PDF, with a name for the file."""
    found = register_table(actor, register_id)
    return f"{_name(found)}.pdf", render_pay_register(current_app.jinja_env, fonts(), found)


def register_xlsx(actor: Actor, register_ids: Sequence[int]) -> tuple[str, bytes]:
    """Registers in Excel, two sheets each, with a name for the file."""
    found = [register_table(actor, one) for one in register_ids]
    target = BytesIO()
    write_tables(target, [sheet for number, one in enumerate(found, start=1) for sheet in _sheets(number, one)])
    return f"{_name(found[0])}.xlsx", target.getvalue()


def slip_pdf(actor: Actor, line_id: int, *, own: bool) -> tuple[str, bytes]:
    """One person's 工资条, with a name for the file; or ``NotFound``."""
    page = (own_line_page if own else line_page)(actor, line_id)
    if page.row.missing:
        raise Refused(NO_SLIP)
    found = slip(page, actor)
    return f"{found.name}{found.month}工资条.pdf", render_pay_slip(current_app.jinja_env, fonts(), found)


def slips(actor: Actor, line_ids: Sequence[int]) -> list[PaySlip]:
    """The slips of some lines of one register in the actor's reach, in roster order."""
    return [slip(page, actor) for page in paid_lines(actor, PayLine.id.in_(line_ids))]


def slip_ids(actor: Actor, register_id: int) -> list[int]:
    """The lines of a register that have a slip, in roster order."""
    register_head(actor, register_id)
    return [row.id for row in pay_rows(actor, register_id) if not row.missing]


def fill_slips(found: Sequence[PaySlip], target: Path | IO[bytes]) -> None:
    """Slips two on each sheet, to be cut apart."""
    first = found[0]
    printer = PaySlipPrinter(
        current_app.jinja_env,
        fonts(),
        lines=max(len(one.components) for one in found),
        items=max(len(one.items) for one in found),
        confirmed=first.confirmed,
        title=first.title,
    )
    printer.fill_two_on_each(found, target, title=f"{first.month}{first.title}")


def slip(page: LinePage, actor: Actor) -> PaySlip:
    """What one slip says."""
    row, head = page.row, page.head
    return PaySlip(
        month=_month(head),
        name=row.name,
        number=row.number,
        unit=row.unit_name,
        post=row.title,
        grade=row.grade,
        components=tuple(
            SlipComponent(name=one.name, amount=one.amount, reason=one.because.document if one.because else "")
            for one in page.components
        ),
        items=tuple(
            SlipItem(name=one.name, base=one.base, employee=one.employee, employer=one.employer) for one in page.items
        ),
        differences=tuple(_differences(page.owed)),
        gross=row.sums.gross,
        back_pay=row.sums.back_pay,
        deducted=row.sums.deducted,
        payable=row.sums.payable,
        employer=row.sums.employer,
        note=_note(page),
        confirmed=head.confirmed,
        example=head.example,
        foot=_foot(actor, page.paper_number, page.paper_code),
    )


def _sheets(number: int, table: PayRegisterTable) -> list[Table]:
    """Two sheets; the number keeps their names apart where streets are called alike or at length."""
    pay, employer = ledger_table(table.pay()), ledger_table(table.employer())
    return [
        replace(pay, title=f"{number} {table.unit}{table.month}{table.title}"),
        replace(employer, title=f"{number} 单位缴费 {table.unit}{table.month}"),
    ]


def _row(head: RunHead, row: PayRow) -> RegisterRow:
    items = [row.items.get(code) for code, _ in head.items]
    return RegisterRow(
        number=row.number,
        name=row.name,
        unit=row.unit_name,
        post=row.post_name,
        tier="" if row.tier is None else str(row.tier),
        level="" if row.level is None else str(row.level),
        components=tuple(row.components.get(code) for code, _ in head.components),
        gross=row.sums.gross,
        back_pay=row.sums.back_pay,
        employee_items=tuple(one.employee if one and one.employee else None for one in items),
        deducted=row.sums.deducted,
        payable=row.sums.payable,
        bases=tuple(_base(one) for one in items),
        employer_items=tuple(None if one is None else one.employer for one in items),
        employer=row.sums.employer,
    )


def _base(item: PaidItem | None) -> Decimal | None:
    return None if item is None else item.base


def _differences(owed: Sequence[OwedLine]) -> Iterator[SlipDifference]:
    """One line for each item and cause: months of the same difference stand together."""
    alike: dict[tuple[str, str, Decimal, str], list[OwedLine]] = {}
    for one in owed:
        causes = "".join(said.text for said in one.because if said.is_cause).rstrip("。")
        alike.setdefault((one.side, one.name, one.amount, causes), []).append(one)
    for (side, name, amount, causes), months in alike.items():
        first, last = f"{months[0].month:%Y-%m}", f"{months[-1].month:%Y-%m}"
        span = first if first == last else f"{first} 至 {last}（{len(months)} 个月）"
        yield SlipDifference(month=span, name=f"{name}{SIDE_MARKS[side]}", amount=amount * len(months), reason=causes)


def _note(page: LinePage) -> str:
    if 0 < page.row.served < page.days:
        return f"本月在岗 {page.row.served} 天，全月 {page.days} 天。"
    return ""


def _month(head: RunHead) -> str:
    return f"{head.month.year}年{head.month.month}月"


def _name(table: PayRegisterTable) -> str:
    return f"{table.unit}{table.month}{table.title}"


def _foot(actor: Actor, number: str, code: str) -> Foot:
    printed_at = clock.office_time(clock.now()).strftime("%Y-%m-%d %H:%M")
    return Foot(number=number, printed_by=actor.display_name, printed_at=printed_at, check_code=code)
