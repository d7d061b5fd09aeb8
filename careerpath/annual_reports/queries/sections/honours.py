"""荣誉表彰: what was granted in the year and since the beginning, by kind and level, and who holds a mandate now."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select

from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import (
    Counts,
    Listing,
    Period,
    count_grouped,
    figure_of,
    list_behind,
)
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import ChartKind, Table, TableRow
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import (
    Column,
    group_figure,
    group_table,
    part_table,
)
from careerpath.annual_reports.queries.sections.reckoning import TOTAL
from careerpath.annual_reports.queries.sections.rows import person_rows, thing_rows
from careerpath.annual_reports.queries.sections.serving import home_on, serving_on
from careerpath.employees.models import Employee, Honour
from careerpath.honours.models import CallState, HonourCall, HonourNominee, NomineeState
from careerpath.honours.queries.words import NOMINEE_STATES
from careerpath.policy.codes import REPRESENTATION, HonourKind, HonourLevel
from careerpath.words import Message, msg

VIEW = Permission.HONOUR_VIEW
ITEMS, TIMES, CASES = msg("项"), msg("次"), msg("人次")

BETWEEN = "/"
"""Between kind and level where honours are divided by both."""

KINDS: Mapping[HonourKind, Message] = {
    HonourKind.PARTY_DELEGATE: msg("当选党代表人数"),
    HonourKind.PEOPLES_DEPUTY: msg("当选人大代表人数"),
    HonourKind.POLITICAL_ADVISER: msg("担任政协委员人数"),
    HonourKind.LABOUR_MODEL: msg("获评劳动模范人数"),
    HonourKind.MODEL_WORKER: msg("获评最美社工人数"),
    HonourKind.OTHER: msg("获其他荣誉人数"),
}
HELD: Mapping[HonourKind, Message] = {
    HonourKind.PARTY_DELEGATE: msg("现任党代表人数"),
    HonourKind.PEOPLES_DEPUTY: msg("现任人大代表人数"),
    HonourKind.POLITICAL_ADVISER: msg("现任政协委员人数"),
}
ABOVE_CITY = (HonourLevel.STATE, HonourLevel.PROVINCE, HonourLevel.CITY)
LEVELS = tuple(reversed(HonourLevel))
"""The highest first."""


def _granted(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Every honour and mandate up to a day, where the person served when it was granted."""
    home = home_on(Honour.granted_on)
    return (
        select(
            Honour.id,
            Honour.employee_id,
            home.label("unit_id"),
            Honour.granted_on.label("on"),
            Employee.name,
            Honour.title.label("detail"),
            Honour.kind,
            Honour.level,
            Honour.kind.concat(BETWEEN).concat(Honour.level).label("both"),
        )
        .join(Employee, Employee.id == Honour.employee_id)
        .where(scope.inside(home), Honour.superseded_at.is_(None), Honour.granted_on <= on)
    )


def _high(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return _granted(scope, on).where(Honour.level.in_([one.value for one in ABOVE_CITY]))


def _mandates(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    """Mandates whose term covers the day, of people in service on it."""
    people = serving_on(scope, on)
    return (
        select(
            Honour.id,
            Honour.employee_id,
            people.c.unit_id,
            Honour.granted_on.label("on"),
            people.c.name,
            Honour.title.label("detail"),
            Honour.kind,
        )
        .join(people, people.c.id == Honour.employee_id)
        .where(
            Honour.kind.in_([one.value for one in REPRESENTATION]),
            Honour.superseded_at.is_(None),
            Honour.granted_on <= on,
            or_(Honour.ends_on.is_(None), Honour.ends_on >= on),
        )
    )


def _calls(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    nominees = select(HonourNominee.call_id).where(scope.inside(HonourNominee.unit_id))
    rows = thing_rows(scope, HonourCall, HonourCall.concluded_on, HonourCall.grant_document, nominees)
    return rows.where(HonourCall.state == CallState.CONCLUDED, HonourCall.concluded_on <= on)


def _nominees(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
    return (
        person_rows(scope, HonourNominee, HonourNominee.nominated_on, HonourNominee.state)
        .join(HonourCall, HonourCall.id == HonourNominee.call_id)
        .where(
            HonourCall.state != CallState.CANCELLED,
            HonourNominee.state != NomineeState.WITHDRAWN,
            HonourNominee.nominated_on <= on,
        )
    )


def _both(value: str) -> Message:
    kind, _, level = value.partition(BETWEEN)
    return msg("%(level)s%(kind)s", level=HonourLevel(level), kind=HonourKind(kind))


HONOURS = Listing(
    "honours", msg("荣誉项数"), VIEW, _granted, unit=ITEMS, detail=msg("荣誉"),
    groups={"level": HonourLevel, "both": _both},
)  # fmt: skip
HONOURED = Listing(
    "honoured", msg("获荣誉人数"), VIEW, _granted, people=True, detail=msg("荣誉"), groups={"kind": HonourKind}
)
HIGH = Listing("honours_high", msg("市级及以上荣誉项数"), VIEW, _high, unit=ITEMS, detail=msg("荣誉"))
MANDATES = Listing(
    "mandates", msg("现任两代表一委员人数"), VIEW, _mandates, dated=False, people=True, detail=msg("职务"),
    groups={"kind": HonourKind},
)  # fmt: skip
CALLS = Listing(
    "honour_calls", msg("办结评选表彰次数"), VIEW, _calls, unit=TIMES, page="honours.call", key="call_id",
    detail=msg("表彰文件"), named=msg("名称"),
)  # fmt: skip
NOMINEES = Listing(
    "honour_nominees", msg("推荐表彰人选人次"), VIEW, _nominees, unit=CASES, page="honours.nominee", key="nominee_id",
    detail=msg("结果"), said=lambda state: NOMINEE_STATES[NomineeState(state)],
)  # fmt: skip


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    kinds, levels, both, held = count_grouped(
        scope, (HONOURED, "kind"), (HONOURS, "level"), (HONOURS, "both"), (MANDATES, "kind")
    )
    figures = (
        figure_of(HONOURED, counts[HONOURED.code]),
        figure_of(HONOURS, counts[HONOURS.code]),
        figure_of(HIGH, counts[HIGH.code]),
        *(group_figure(HONOURED, "kind", kind, name, kinds) for kind, name in KINDS.items()),
        figure_of(MANDATES, counts[MANDATES.code]),
        *(group_figure(MANDATES, "kind", kind, name, held) for kind, name in HELD.items()),
        figure_of(CALLS, counts[CALLS.code]),
        figure_of(NOMINEES, counts[NOMINEES.code]),
    )
    tables = (
        group_table("honour_kinds", msg("获荣誉人员情况"), msg("类别"), HONOURED, "kind", kinds, HonourKind,
                    counts[HONOURED.code], chart=ChartKind.BARS),
        group_table("honour_levels", msg("荣誉级别情况"), msg("级别"), HONOURS, "level", levels, LEVELS,
                    counts[HONOURS.code]),
        _cross_table(both, levels),
        group_table("mandate_kinds", msg("现任两代表一委员情况"), msg("类别"), MANDATES, "kind", held, REPRESENTATION,
                    counts[MANDATES.code], whole=True),
        part_table(scope, "honour_parts", msg("各单位荣誉情况"), (
            Column(HONOURED, head=msg("本年获荣誉（人）")),
            Column(HONOURS, head=msg("本年荣誉（项）")),
            Column(HONOURS, Period.TOTAL, msg("累计荣誉（项）")),
            Column(HONOURED, Period.TOTAL, msg("累计获评最美社工（人）"), only=f"kind:{HonourKind.MODEL_WORKER}"),
            Column(MANDATES, head=msg("现任两代表一委员（人）")),
        ), unit=None),
    )  # fmt: skip
    return More(figures, tables)


def _cross_table(both: Mapping[str, Counts], levels: Mapping[str, Counts]) -> Table:
    """Honours of all years by kind and level; levels at which nothing was granted are left out."""
    shown = [level for level in LEVELS if level in levels]
    kinds = [kind for kind in HonourKind if any(f"{kind}{BETWEEN}{level}" in both for level in shown)]

    def row(kind: HonourKind) -> TableRow:
        codes = [f"{kind}{BETWEEN}{level}" for level in shown]
        return TableRow(
            words=kind,
            cells=tuple(Decimal(both.get(code, Counts()).total) for code in codes),
            links=tuple(list_behind(HONOURS, Period.TOTAL, only=f"both:{code}") for code in codes),
        )

    return Table(
        code="honours_both",
        title=msg("历年荣誉类别与级别"),
        first=msg("类别"),
        heads=tuple(shown),
        rows=tuple(row(kind) for kind in kinds),
        total=TableRow(
            words=TOTAL,
            cells=tuple(Decimal(levels[level].total) for level in shown),
            links=tuple(list_behind(HONOURS, Period.TOTAL, only=f"level:{level}") for level in shown),
        ),
        unit=ITEMS,
    )


SECTION = SectionSpec(
    code="honours",
    title=msg("荣誉表彰"),
    permission=VIEW,
    listings=(HONOURED, HONOURS, HIGH, MANDATES, CALLS, NOMINEES),
    sentences=(
        Sentence(
            "本年社区工作者获得各类荣誉{荣誉项数}项，涉及{获荣誉人数}人，比上年{获荣誉人数·增减}，"
            "其中市级及以上荣誉{市级及以上荣誉项数}项。",
            needs=(HONOURS.code,),
            otherwise="本年社区工作者未获得新的荣誉。",
            this_year=True,
        ),
        Sentence("本年办结评选表彰{办结评选表彰次数}次。", needs=(CALLS.code,), this_year=True),
        Sentence(
            "历年累计当选党代表{当选党代表人数·累计}人、人大代表{当选人大代表人数·累计}人，"
            "获评最美社工{获评最美社工人数·累计}人。",
            needs=(HONOURS.code,),
            opens=True,
        ),
        Sentence("担任政协委员{担任政协委员人数·累计}人。", needs=("honoured_kind_political_adviser",)),
        Sentence("获评劳动模范{获评劳动模范人数·累计}人。", needs=("honoured_kind_labour_model",)),
        Sentence(
            "截至统计截止日，在岗社区工作者中现任两代表一委员{现任两代表一委员人数}人，其中党代表{现任党代表人数}人、"
            "人大代表{现任人大代表人数}人、政协委员{现任政协委员人数}人。",
            needs=(MANDATES.code,),
        ),
    ),
    more=_more,
    annexes=(HONOURED.code,),
    notes=(
        msg("荣誉按授予日期所在年度、授予时所在单位统计；人数同一人只计一次，项数逐项计算。"),
        msg("现任两代表一委员按统计截止日仍在任期内的在岗人员统计。"),
    ),
)
