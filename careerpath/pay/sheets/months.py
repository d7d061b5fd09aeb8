"""Excel columns of months: the sums by street, and the differences of earlier months."""

from collections.abc import Iterable, Iterator

from careerpath.core.sheets import Column, decimal, digits, text, whole
from careerpath.pay.queries.owed import OwedRow
from careerpath.pay.queries.runs import SIDE_NAMES, RegisterLine, RunHead, Sums, total

EXAMPLE = "示例数据，非官方"
_MONEY = decimal(2)

RUN_COLUMNS = (
    Column("unit", "街道（镇）", text(160), width=20),
    Column("people", "人数", whole()),
    Column("lacking", "资料不全", whole()),
    Column("gross", "应发", _MONEY, width=14),
    Column("back_pay", "补发、扣回", _MONEY, width=14),
    Column("deducted", "个人扣缴", _MONEY, width=14),
    Column("payable", "实发", _MONEY, width=14),
    Column("employer", "单位缴费", _MONEY, width=14),
)
"""A month by street."""

OWED_COLUMNS = (
    Column("number", "编号", digits(width=14)),
    Column("name", "姓名", text(64), width=10),
    Column("unit", "单位", text(160), width=18),
    Column("month", "所属月份", text(10), width=10),
    Column("side", "类别", text(20), width=12),
    Column("item", "项目", text(60), width=24),
    Column("was", "已发（缴）", _MONEY, width=12),
    Column("now", "应发（缴）", _MONEY, width=12),
    Column("amount", "补（正）扣（负）", _MONEY, width=14),
    Column("because", "原因和依据", text(2000, lines=True), width=70),
)
"""What a month pays for earlier ones."""


def run_rows(registers: list[RegisterLine]) -> Iterator[dict[str, object]]:
    """The streets of a month and their sum."""
    for one in registers:
        yield _run_row(one.unit_name, one.sums)
    yield _run_row("合计", total([one.sums for one in registers]))


def run_notes(head: RunHead) -> tuple[str, ...]:
    """What stands above the sums of a month."""
    editions = "；".join(f"{one.title}（{one.document}）" for one in head.editions)
    return (*([EXAMPLE] if head.example else []), f"执行标准：{editions}")


def owed_sheet_rows(rows: Iterable[OwedRow]) -> Iterator[dict[str, object]]:
    """The differences of a month."""
    for one in rows:
        yield {
            "number": one.number,
            "name": one.name,
            "unit": one.unit_name,
            "month": f"{one.month:%Y-%m}",
            "side": str(SIDE_NAMES[one.side]),
            "item": one.item,
            "was": one.was,
            "now": one.now,
            "amount": one.amount,
            "because": "\n".join(f"{said.text}{said.document}" for said in one.because),
        }


def _run_row(name: str, sums: Sums) -> dict[str, object]:
    return {
        "unit": name,
        "people": sums.people,
        "lacking": sums.lacking,
        "gross": sums.gross,
        "back_pay": sums.back_pay,
        "deducted": sums.deducted,
        "payable": sums.payable,
        "employer": sums.employer,
    }
