"""The section on pay: its figures, its tables and its usual text."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import String, cast, func, select

from careerpath.access.models import STREET_KINDS
from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import (
    Counts,
    Period,
    count_grouped,
    count_parts,
    figure_of,
    list_behind,
)
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import Behind, ChartKind, Figure, Table, TableRow, Words
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import first_of, group_table, part_rows
from careerpath.annual_reports.queries.sections.pay.lists import (
    CHANGES,
    MONTHS,
    NEWLY,
    PLACED,
    STEPPED,
    held_on,
    tier_said,
)
from careerpath.annual_reports.queries.sections.pay.sums import (
    FEWEST,
    Month,
    PaySums,
    all_of,
    months_of,
    sums_by_part,
    ten_thousands,
)
from careerpath.annual_reports.queries.sections.reckoning import TOTAL, part_figure
from careerpath.annual_reports.queries.sections.serving import serving_on
from careerpath.core.db import db
from careerpath.pay.queries.editions import SCHEMES
from careerpath.policy.pay import Cause
from careerpath.words import Message, msg

YUAN, TEN_THOUSAND_YUAN = msg("元"), msg("万元")


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    months = months_of(scope)
    this = [one for one in months if one.first >= scope.first]
    last = [one for one in months if one.first < scope.first]
    placed = counts[PLACED.code]
    figures = (
        figure_of(PLACED, placed),
        part_figure("pay_placed_share", msg("级别核定率"), PLACED, placed, _serving(scope)),
        *(figure_of(one, counts[one.code]) for one in (NEWLY, STEPPED, CHANGES, MONTHS)),
        *_amounts(all_of(one.sums for one in this), all_of(one.sums for one in last)),
    )
    causes, tiers = count_grouped(scope, (CHANGES, "cause"), (PLACED, "tier"))
    by_tier = group_table(
        "pay_tiers", msg("分档情况"), msg("档次"), PLACED, "tier", tiers, sorted(tiers), placed, chart=ChartKind.SHARES
    )
    tables = (
        *((by_tier,) if any(tiers) else ()),
        _levels(scope),
        group_table(
            "pay_causes",
            msg("级别变动原因"),
            msg("变动原因"),
            CHANGES,
            "cause",
            causes,
            [one.value for one in Cause],
            counts[CHANGES.code],
            chart=ChartKind.SHARES,
        ),
        _by_month(this),
        _by_part(scope),
    )
    example = any(one.example for one in months)
    said = msg("部分月份按示例标准计算，相应金额为示例数据，非官方数据。")
    return More(figures, tables, (said,) if example else (), example=example)


def _amounts(this: PaySums, last: PaySums) -> tuple[Figure, ...]:
    def figure(code: str, name: Message, unit: Message, value: Decimal | None, before: Decimal | None) -> Figure:
        behind, last_behind = list_behind(MONTHS), list_behind(MONTHS, Period.LAST)
        return Figure(
            code=code, name=name, value=value, unit=unit, last=before, places=2, behind=behind, last_behind=last_behind
        )

    def total(code: str, name: Message, cents: int, before: int) -> Figure:
        return figure(code, name, TEN_THOUSAND_YUAN, ten_thousands(cents), ten_thousands(before))

    return (
        figure("pay_average", msg("月人均应发工资"), YUAN, this.average, last.average),
        total("pay_gross", msg("应发工资总额"), this.gross + this.back_pay, last.gross + last.back_pay),
        total("pay_employer", msg("单位缴费总额"), this.employer, last.employer),
        total("pay_cost", msg("用人成本总额"), _cost(this), _cost(last)),
    )


def _cost(sums: PaySums) -> int:
    return sums.gross + sums.back_pay + sums.employer


def _serving(scope: Scope) -> Counts:
    """People in service on the report's day and on the last day of the year before. One query."""
    days = (scope.on, scope.last_on)
    row = db.session.execute(
        select(*(select(func.count()).select_from(serving_on(scope, day)).scalar_subquery() for day in days))
    ).one()
    return Counts(*row)


def _levels(scope: Scope) -> Table:
    """People by level, a column for each tier. One query."""
    held = held_on(scope, scope.on).c
    tier: Any = func.coalesce(cast(held.tier, String), "")
    query = select(held.level, tier, func.count(held.id)).group_by(held.level, tier)
    counts = {(level, tier): number for level, tier, number in db.session.execute(query)}
    tiers = sorted({tier for _, tier in counts})
    levels = range(min(level for level, _ in counts), max(level for level, _ in counts) + 1) if counts else range(0)

    def line(words: Words, numbers: list[int], groups: list[str]) -> TableRow:
        links = tuple(list_behind(PLACED, only=one) for one in groups)
        return TableRow(words=words, cells=tuple(map(Decimal, numbers)), links=links)

    def of_tier(tier: str) -> int:
        return sum(number for (_, one), number in counts.items() if one == tier)

    return Table(
        code="pay_levels",
        title=msg("级别分布"),
        first=msg("级别"),
        heads=tuple(tier_said(one) for one in tiers),
        rows=tuple(
            line(
                msg("%(level)s级", level=level),
                [counts.get((level, one), 0) for one in tiers],
                [f"detail:{one}/{level}" for one in tiers],
            )
            for level in levels
        ),
        total=line(TOTAL, [of_tier(one) for one in tiers], [f"tier:{one}" for one in tiers]),
        unit=msg("人"),
        chart=ChartKind.STACKED,
    )


def _by_month(months: list[Month]) -> Table:
    def line(words: Words, sums: PaySums, link: Behind | None) -> TableRow:
        return TableRow(words=words, cells=_cells(sums), links=(link, None, None, None))

    return Table(
        code="pay_by_month",
        title=msg("各月工资发放情况"),
        first=msg("月份"),
        heads=(msg("月人均应发（元）"), msg("发放（人次）"), msg("应发（万元）"), msg("单位缴费（万元）")),
        rows=tuple(line(msg("%(month)s月", month=one.first.month), one.sums, _run(one.run_id)) for one in months),
        total=line(TOTAL, all_of(one.sums for one in months), list_behind(MONTHS)),
        chart=ChartKind.LINES,
        decimals=(2, 0, 2, 2),
        drawn=1,
    )


def _run(run_id: int | None) -> Behind | None:
    return None if run_id is None else Behind("pay.run", {"run_id": str(run_id)})


def _cells(sums: PaySums) -> tuple[Decimal | None, ...]:
    amounts = (sums.gross + sums.back_pay, sums.employer)
    return (
        sums.average,
        Decimal(sums.paid),
        *(ten_thousands(one) if sums.told else None for one in amounts),
    )


def _by_part(scope: Scope) -> Table:
    """Levels and amounts of each part. Two queries."""
    sums = sums_by_part(scope)
    placed, stepped = count_parts(scope, [(PLACED, Period.YEAR), (STEPPED, Period.YEAR)])
    # Registers are those of streets: below a street no list of them stands.
    listed = scope.kind not in STREET_KINDS

    def line(words: Words, numbers: tuple[int, int, PaySums], unit_id: int | None) -> TableRow:
        *people, paid = numbers
        lists = (list_behind(one, unit_id=unit_id) for one in (PLACED, STEPPED))
        months = list_behind(MONTHS, unit_id=unit_id) if listed else None
        return TableRow(
            words=words, cells=(*map(Decimal, people), *_cells(paid)), links=(*lists, None, None, months, None)
        )

    nothing = PaySums()
    numbers = {part: (placed.of(part), stepped.of(part), sums.get(part, nothing)) for part in (*scope.parts, None)}
    return Table(
        code="pay_parts",
        title=msg("各单位薪酬情况"),
        first=first_of(scope),
        heads=(
            msg("已核定级别（人）"),
            msg("本年晋级（人）"),
            msg("月人均应发（元）"),
            msg("发放（人次）"),
            msg("应发（万元）"),
            msg("单位缴费（万元）"),
        ),
        rows=part_rows(scope, line, numbers, (0, 0, nothing)),
        total=line(TOTAL, (placed.whole, stepped.whole, all_of(sums.values())), None),
        decimals=(0, 0, 2, 0, 2, 2),
    )


SECTION = SectionSpec(
    code="pay",
    title=msg("薪酬待遇"),
    permission=Permission.PAY_VIEW,
    listings=(PLACED, NEWLY, STEPPED, CHANGES, MONTHS),
    rules=SCHEMES,
    sentences=(
        Sentence(
            "截至统计截止日，已核定薪酬级别{已核定级别人数}人，级别核定率{级别核定率}%。",
            needs=("pay_placed",),
            otherwise="截至统计截止日，尚未核定薪酬级别。",
        ),
        Sentence(
            "本年初次套级{初次套级人数}人，晋级{晋级人数}人，级别变动共{级别变动人次}人次。",
            needs=("pay_changes",),
            otherwise="本年没有级别变动。",
        ),
        Sentence(
            "已确认发放工资{已确认发放月数}个月，应发工资总额{应发工资总额}万元，月人均{月人均应发工资}元，"
            "单位缴费{单位缴费总额}万元，用人成本合计{用人成本总额}万元。",
            needs=("pay_months",),
            otherwise="本年没有已确认发放的工资月份。",
            opens=True,
        ),
    ),
    more=_more,
    notes=(
        msg(
            "晋级包括年限晋级、学历变动、职业水平证书和提前晋级，按执行起始时间统计；级别变动人次另含初次套级、职务变动、办法调整和更正。"
        ),
        msg("金额只统计已确认发放的月份；应发工资总额含补发，月人均应发工资不含补发。"),
        msg(
            "每月发放不足%(fewest)s人的单位不列金额，以保护个人信息；这样的单位只有一个时，另有一个发放人次最少的单位也不列。",
            fewest=FEWEST,
        ),
    ),
)
