"""后备人才: selections, who was selected for which community, the pool on the day, who came and who left."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import case, func, literal, select, union_all

from careerpath.annual_reports.queries.listings import (
    Counts,
    Period,
    count_grouped,
    figure_of,
    list_behind,
    rows_in,
)
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import ChartKind, Figure
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import Column, group_figure, group_table, part_table
from careerpath.annual_reports.queries.sections.pool.listings import (
    ADMITTED,
    CHOSEN,
    DONE,
    ENTERED,
    LEFT,
    NOMINATED,
    RESERVES,
    REVIEWED,
    SELECTED,
    SELECTIONS,
    UNITS,
    VIEW,
)
from careerpath.annual_reports.queries.sections.reckoning import (
    YEARS_OLD,
    average_years,
    part_figure,
    ratio,
    share_figure,
)
from careerpath.core.db import db
from careerpath.figures.queries.bands import months_of
from careerpath.policy.codes import Sex
from careerpath.policy.talent_pool import Standing
from careerpath.talent_pool.models import Leaving, Readiness, TaskKind
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.rules import RULES
from careerpath.words import Message, msg

STANDS: Mapping[Standing, Message] = {
    Standing.SHORT: msg("后备不足社区数"),
    Standing.RIGHT: msg("后备达标社区数"),
    Standing.OVER: msg("后备超额社区数"),
}
READY: Mapping[Readiness, Message] = {
    Readiness.NOW: msg("可随时使用后备人数"),
    Readiness.SOON: msg("培养1—2年后备人数"),
    Readiness.LATER: msg("需长期培养后备人数"),
}


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    chosen, standing, readiness, rungs, left, passed, done = count_grouped(
        scope, (CHOSEN, "selected"), (UNITS, "standing"), (RESERVES, "readiness"), (RESERVES, "rung"),
        (LEFT, "leaving"), (REVIEWED, "passed"), (DONE, "kind"),
    )  # fmt: skip
    all_chosen, all_communities = Counts.of_all(chosen.values()), Counts.of_all(standing.values())
    figures = (
        *(figure_of(one, counts[one.code]) for one in (SELECTIONS, NOMINATED, ADMITTED, SELECTED)),
        part_figure(
            "pool_selected_share", msg("竞岗入选率"), ADMITTED, counts[SELECTED.code], counts[ADMITTED.code],
            summed=True,
        ),
        *_fewest_and_most(chosen),
        figure_of(CHOSEN, all_chosen),
        figure_of(RESERVES, counts[RESERVES.code]),
        *(group_figure(RESERVES, "readiness", one, name, readiness) for one, name in READY.items()),
        *_of_reserves(scope, counts[RESERVES.code]),
        figure_of(UNITS, all_communities),
        *(group_figure(UNITS, "standing", one, name, standing) for one, name in STANDS.items()),
        _reserves_each(counts[RESERVES.code], all_communities),
        figure_of(ENTERED, counts[ENTERED.code]),
        figure_of(LEFT, counts[LEFT.code]),
        group_figure(LEFT, "leaving", Leaving.APPOINTED, msg("因任用出库人数"), left),
        figure_of(REVIEWED, counts[REVIEWED.code]),
        part_figure(
            "pool_reviewed_share", msg("后备评估合格率"), REVIEWED, passed.get("passed", Counts()),
            counts[REVIEWED.code],
        ),
        figure_of(DONE, counts[DONE.code]),
    )  # fmt: skip
    names = rung_names(None, rungs)
    tables = (
        group_table("pool_spread", msg("社区累计入选人数分布"), msg("每个社区入选人数"), CHOSEN, "selected",
                    chosen, sorted(chosen, key=int), all_chosen),
        group_table("pool_readiness", msg("在库后备人才成熟度"), msg("成熟度"), RESERVES, "readiness",
                    readiness, Readiness, counts[RESERVES.code], chart=ChartKind.BARS, whole=True),
        group_table("pool_rungs", msg("在库后备人才培养方向"), msg("培养方向"), RESERVES, "rung",
                    rungs, [one for one in names if one in rungs], words=names),
        group_table("pool_standing", msg("社区后备配备情况"), msg("与标准相比"), UNITS, "standing",
                    standing, Standing, all_communities, chart=ChartKind.BARS),
        group_table("pool_leaving", msg("后备人才出库原因"), msg("出库原因"), LEFT, "leaving",
                    left, Leaving, counts[LEFT.code]),
        group_table("pool_tasks", msg("完成培养任务情况"), msg("培养方式"), DONE, "kind",
                    done, TaskKind, counts[DONE.code]),
        part_table(scope, "pool_parts", msg("各单位后备人才情况"), (
            Column(ADMITTED, Period.TOTAL, msg("累计参加竞岗（人）")),
            Column(SELECTED, Period.TOTAL, msg("累计入选（人）")),
            Column(RESERVES, head=msg("在库（人）")),
            Column(ENTERED, head=msg("本年入库（人）")),
            Column(LEFT, head=msg("本年出库（人）")),
            Column(UNITS, head=msg("不足社区（个）"), only="standing:short"),
            Column(UNITS, head=msg("超额社区（个）"), only="standing:over"),
        ), unit=None),
    )  # fmt: skip
    return More(figures, tables)


def _fewest_and_most(chosen: Mapping[str, Counts]) -> tuple[Figure, Figure]:
    """How few and how many people were selected for one community by the days of the report."""
    now = [int(people) for people, units in chosen.items() if units.year]
    before = [int(people) for people, units in chosen.items() if units.last]

    def figure(code: str, name: Message, value: int | None, last: int | None) -> Figure:
        return Figure(
            code=code,
            name=name,
            value=None if value is None else Decimal(value),
            last=None if last is None else Decimal(last),
            behind=list_behind(CHOSEN),
            last_behind=list_behind(CHOSEN, Period.LAST),
        )

    return (
        figure("pool_selected_fewest", msg("每个社区最少入选人数"), min(now, default=None), min(before, default=None)),
        figure("pool_selected_most", msg("每个社区最多入选人数"), max(now, default=None), max(before, default=None)),
    )


def _of_reserves(scope: Scope, people: Counts) -> tuple[Figure, Figure]:
    """The average age and the share of women of those in the pool, on both days. One query."""
    numbers: dict[str, tuple[int, int]] = {}
    selects = []
    for period in (Period.YEAR, Period.LAST):
        found = rows_in(RESERVES, scope, period).subquery()
        once = select(found.c.employee_id, found.c.born_on, found.c.sex).distinct().subquery()
        women = func.count(case((once.c.sex == Sex.FEMALE.value, once.c.employee_id)))
        selects.append(select(literal(period.value), func.sum(months_of(once.c.born_on)), women))
    for code, months, women_counted in db.session.execute(union_all(*selects)):
        numbers[code] = int(months or 0), women_counted
    (months_now, women_now), (months_last, women_last) = numbers[Period.YEAR], numbers[Period.LAST]
    return (
        share_figure(
            "pool_age", msg("后备人才平均年龄"), RESERVES, average_years(months_now, people.year, scope.on),
            average_years(months_last, people.last, scope.last_on), YEARS_OLD,
        ),
        part_figure("pool_women", msg("后备人才女性占比"), RESERVES, Counts(women_now, women_last), people),
    )  # fmt: skip


def _reserves_each(reserves: Counts, communities: Counts) -> Figure:
    return share_figure(
        "pool_each", msg("平均每个社区后备人数"), RESERVES, ratio(reserves.year, communities.year),
        ratio(reserves.last, communities.last), msg("人"),
    )  # fmt: skip


SECTION = SectionSpec(
    code="pool",
    title=msg("后备人才"),
    permission=VIEW,
    listings=(SELECTIONS, NOMINATED, ADMITTED, SELECTED, RESERVES, ENTERED, LEFT, REVIEWED, DONE),
    lists=(CHOSEN, UNITS),
    rules=RULES,
    sentences=(
        Sentence(
            "本年办结后备人才竞岗{办结竞岗次数}次，报名{竞岗报名人数}人，经资格审查参加竞岗{参加竞岗人数}人，"
            "入选{竞岗入选人数}人，比上年{竞岗入选人数·增减}。",
            needs=(SELECTIONS.code,),
            otherwise="本年未办结后备人才竞岗。",
            this_year=True,
        ),
        Sentence(
            "历年累计参加竞岗{参加竞岗人数·累计}人，入选{竞岗入选人数·累计}人，"
            "每个社区{每个社区最少入选人数}至{每个社区最多入选人数}人。",
            needs=(SELECTED.code,),
        ),
        Sentence(
            "截至统计截止日，在库后备人才{在库后备人才数}人，比上年末{在库后备人才数·增减}，平均年龄{后备人才平均年龄}岁，"
            "女性占{后备人才女性占比}%；其中可随时使用{可随时使用后备人数}人、培养1—2年{培养1—2年后备人数}人、"
            "需长期培养{需长期培养后备人数}人。",
            needs=(RESERVES.code,),
            otherwise="截至统计截止日，后备人才库中没有在库人员。",
            opens=True,
        ),
        Sentence(
            "{社区数（后备标准）}个社区中，后备人数达标{后备达标社区数}个、不足{后备不足社区数}个、超额{后备超额社区数}个，"
            "平均每个社区{平均每个社区后备人数}人。",
            needs=("pool_communities_standing_short", "pool_communities_standing_right",
                   "pool_communities_standing_over"),
        ),
        Sentence(
            "本年入库{后备入库人数}人、出库{后备出库人数}人，其中因任用出库{因任用出库人数}人。",
            needs=(ENTERED.code, LEFT.code),
            this_year=True,
            otherwise="本年后备人才没有出入库变动。",
            opens=True,
        ),
        Sentence(
            "开展年度评估{后备评估人次}人次，合格率{后备评估合格率}%。", needs=(REVIEWED.code,), this_year=True
        ),
        Sentence("完成培养任务{完成培养任务数}项。", needs=(DONE.code,), this_year=True),
    ),
    more=_more,
    annexes=(SELECTED.code,),
    notes=(
        msg("参加竞岗人数为已办结竞岗中资格审查通过的人数，同一人参加不同批次竞岗的分别计算；入选人数同一人只计一次。"),
        msg("竞岗按办结日期所在年度统计。社区后备人数按人员作为后备的社区统计，标准按统计截止日有效的办法执行。"),
        msg("成熟度为统计截止日的情况；此后的评估改变了成熟度的，按截止日前最近一次评估确定。"),
    ),
)  # fmt: skip
