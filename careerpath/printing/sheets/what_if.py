"""The 政策测算报告 in Excel: exact amounts, one sheet for each of its tables."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from careerpath.core.sheets.cells import Reader
from careerpath.core.sheets.columns import Column
from careerpath.core.sheets.readers import decimal, text, whole
from careerpath.core.sheets.writing import Table
from careerpath.printing.documents.what_if import CURRENT, DRAFT, WhatIfReport

_CONTRASTS = (
    Column("what", "内容", text(), width=20),
    Column("current", CURRENT, text(2000), width=44),
    Column("draft", DRAFT, text(2000), width=44),
)


def _yuan() -> Reader:
    return decimal(2, width=16)


_EFFECTS = (
    Column("street", "街道（镇）", text(), width=24),
    Column("people", "人数", whole()),
    Column("gaining", "增资人数", whole()),
    Column("same", "不变人数", whole()),
    Column("losing", "减资人数", whole()),
    Column("gain", "月增资额（元）", _yuan()),
    Column("loss", "月减资额（元）", _yuan()),
    Column("net", "月净增减（元）", _yuan()),
)
_MOVERS = (
    Column("name", "姓名", text(), width=14),
    Column("unit", "单位", text(), width=24),
    Column("current", f"{CURRENT}（元／月）", _yuan()),
    Column("draft", f"{DRAFT}（元／月）", _yuan()),
    Column("difference", "增减额（元／月）", _yuan()),
    Column("reason", "原因", text(2000), width=44),
)
_FORECAST = (
    Column("year", "年度", text(), width=10),
    Column("people", "人数", whole()),
    Column("steps", "晋级人次", whole()),
    Column("retirements", "退休人数", whole()),
    Column("current", f"{CURRENT}（元）", _yuan()),
    Column("draft", f"{DRAFT}（元）", _yuan()),
    Column("difference", "增减额（元）", _yuan()),
)


def what_if_tables(report: WhatIfReport) -> tuple[Table, ...]:
    """The sheets of a report; each says which unit, which editions, and whether amounts are examples."""
    head = f"{report.unit}　{CURRENT}：{report.current.name}　{DRAFT}：{report.draft.name}"
    notes = tuple(part for part in (report.mark, head, report.foot.line()) if part)
    effects = (*report.effects, report.effect) if report.effects else ()
    lists = (
        ("版本对照", _CONTRASTS, report.contrasts),
        ("增资减资", _EFFECTS, effects),
        ("变动较大人员", _MOVERS, report.movers),
        ("五年预测", _FORECAST, report.forecast),
    )
    plain = tuple(Table(title, columns, _plain_rows(columns, rows), notes) for title, columns, rows in lists)
    return (*plain[:2], _costs(report, notes), *plain[2:])


def _plain_rows(columns: Sequence[Column], rows: Sequence[object]) -> Iterator[dict[str, object]]:
    for row in rows:
        yield {column.key: getattr(row, column.key) for column in columns}


def _costs(report: WhatIfReport, notes: tuple[str, ...]) -> Table:
    months = tuple(Column(f"m{place}", f"{name}（元）", _yuan()) for place, name in enumerate(report.months))
    columns = (
        Column("street", "街道（镇）", text(), width=24),
        Column("side", "版本", text(), width=12),
        *months,
        Column("sum", "合计（元）", _yuan()),
    )
    return Table("分街道分月成本", columns, _cost_rows(report), notes)


def _cost_rows(report: WhatIfReport) -> Iterator[dict[str, object]]:
    for row in (*report.costs, report.cost):
        for side, amounts in ((CURRENT, row.current), (DRAFT, row.draft), ("增减额", row.difference)):
            months = {f"m{place}": amount for place, amount in enumerate(amounts)}
            yield {"street": row.street, "side": side, **months, "sum": sum(amounts, Decimal(0))}
