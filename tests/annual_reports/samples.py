"""Made-up sections of a report: what stands in one, without any record behind it."""

from decimal import Decimal

from careerpath.annual_reports.queries.section import (
    Annex,
    Behind,
    ChartKind,
    Figure,
    Section,
    Table,
    TableRow,
)
from careerpath.words import msg

D = Decimal


def table_of(
    chart: ChartKind,
    *rows: tuple[str, tuple[Decimal | str | None, ...]],
    heads: tuple[str, ...] = ("男", "女"),
    total: tuple[Decimal | str | None, ...] | None = None,
    places: int = 0,
) -> Table:
    """A table of people by something."""
    return Table(
        code="sample",
        title=msg("各街道人员情况"),
        first=msg("街道（镇）"),
        heads=heads,
        rows=tuple(TableRow(words=name, cells=cells) for name, cells in rows),
        total=None if total is None else TableRow(words=msg("合计"), cells=total),
        places=places,
        unit=msg("人"),
        chart=chart,
    )


def wide_table(columns: int = 14) -> Table:
    """A table that is too wide for an upright page."""
    heads = tuple(f"{number}级" for number in range(1, columns + 1))
    rows = tuple(
        TableRow(words=name, cells=tuple(D(number * factor) for number in range(columns)))
        for factor, name in enumerate(("费城街道", "上冶镇", "探沂镇"), start=1)
    )
    return Table(code="levels", title=msg("各级人数"), first=msg("街道（镇）"), heads=heads, rows=rows, unit=msg("人"))


RECRUITED = Figure(
    code="recruited",
    name=msg("招聘录用人数"),
    value=D(62),
    last=D(50),
    total=D(212),
    behind=Behind("annual_reports.listed", {"code": "recruited", "period": "year"}),
)

AGE = Figure(code="age", name=msg("平均年龄"), value=D("36.45"), last=D("36.9"), unit=msg("岁"), places=1)

NOTHING_YET = Figure(code="points", name=msg("评价平均分"), value=None, unit=msg("分"), places=2)

TEAM = Section(
    code="team",
    title=msg("队伍结构"),
    figures=(AGE, NOTHING_YET),
    tables=(
        table_of(
            ChartKind.COMPOSITION,
            ("费城街道", (D(30), D(50))),
            ("上冶镇", (D(12), D(18))),
            total=(D(42), D(68)),
        ),
        wide_table(),
    ),
    text="全县社区工作者平均年龄{平均年龄}岁，比上年{平均年龄·增减}。",
    notes=(msg("年龄按周岁计算，以统计截止日为准。"),),
)

RECRUITMENT = Section(
    code="recruitment",
    title=msg("招聘录用"),
    figures=(RECRUITED,),
    annexes=(
        Annex(
            code="recruited",
            title=msg("招聘录用人数"),
            heads=(msg("姓名"), msg("单位"), msg("日期"), msg("招聘批次")),
            rows=tuple((f"张{name}", "城东社区", "2025-07-01", "2025年第一批") for name in "甲乙丙丁"),
            left_out=58,
        ),
    ),
    text="本年招聘录用社区工作者{招聘录用人数}人，比上年{招聘录用人数·增减}，累计{招聘录用人数·累计}人。\n"
    "新进人员均为大专以上学历。",
)

SECTIONS = (TEAM, RECRUITMENT)
