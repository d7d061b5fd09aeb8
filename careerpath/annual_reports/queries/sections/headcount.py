"""员额空编: the quota of communities, who fills it, which of them are short of people or have too many."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    null,
    select,
    true,
)

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import Counts, Listing, Period, figure_of, list_behind
from careerpath.annual_reports.queries.scope import Part, Scope
from careerpath.annual_reports.queries.section import ChartKind, Figure, Table, TableRow, Words
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import first_of, part_rows
from careerpath.annual_reports.queries.sections.reckoning import (
    TOTAL,
    added,
    by_part,
    ratio,
    share,
    share_figure,
)
from careerpath.annual_reports.queries.sections.rows import NOBODY
from careerpath.core.db import db
from careerpath.recruitment.queries.rules import NORMS
from careerpath.recruitment.queries.staffed import staffed
from careerpath.words import Message, msg

PLACES, COMMUNITIES, HOUSEHOLDS = msg("名"), msg("个"), msg("户")

CONDITIONS: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "headcount_units": lambda one: true(),
    "headcount_short": lambda one: one.vacant > 0,
    "headcount_over": lambda one: one.excess > 0,
    "headcount_full": lambda one: and_(one.vacant == 0, one.excess == 0),
    "headcount_missing": lambda one: one.quota.is_(None),
}
"""Which communities each list names: the sums and the lists both ask here."""


def _staffed(scope: Scope, on: date) -> Subquery:
    return staffed(scope.edition(NORMS, on), on, scope.path)


def _rows(code: str) -> Callable[[Scope, date], Select[*tuple[Any, ...]]]:
    def rows(scope: Scope, on: date) -> Select[*tuple[Any, ...]]:
        one = _staffed(scope, on).c
        numbers = [func.coalesce(cast(one[name], String), "") for name in ("quota", "actual", "vacant", "excess")]
        detail: ColumnElement[str] = numbers[0]
        for number in numbers[1:]:
            detail = detail.concat("/").concat(number)
        return select(
            one.unit_id.label("id"),
            NOBODY,
            one.unit_id,
            cast(null(), Date).label("on"),
            one.name,
            detail.label("detail"),
        ).where(CONDITIONS[code](one))

    return rows


def _said(numbers: str) -> Words:
    quota, actual, vacant, excess = numbers.split("/")
    if not quota:
        return msg("缺户数或人口，未核定员额；实有%(actual)s人", actual=actual)
    if int(vacant):
        return msg("核定%(quota)s名，实有%(actual)s人，空编%(vacant)s名", quota=quota, actual=actual, vacant=vacant)
    if int(excess):
        return msg("核定%(quota)s名，实有%(actual)s人，超编%(excess)s人", quota=quota, actual=actual, excess=excess)
    return msg("核定%(quota)s名，实有%(actual)s人，满编", quota=quota, actual=actual)


def _listing(code: str, name: Message) -> Listing:
    return Listing(
        code,
        name,
        Permission.RECRUITMENT_VIEW,
        _rows(code),
        unit=COMMUNITIES,
        dated=False,
        page="recruitment.unit_headcount",
        key="unit_id",
        detail=msg("员额情况"),
        said=_said,
        named=msg("社区"),
        of_units=True,
    )


UNITS = _listing("headcount_units", msg("核编社区数"))
SHORT = _listing("headcount_short", msg("空编社区数"))
OVER = _listing("headcount_over", msg("超编社区数"))
FULL = _listing("headcount_full", msg("满编社区数"))
MISSING = _listing("headcount_missing", msg("未核定员额社区数"))
LISTS = (UNITS, SHORT, OVER, FULL, MISSING)


@dataclass(frozen=True, slots=True)
class Sums:
    """Some communities together; ``filled`` are the people of those whose quota is known."""

    units: int = 0
    short: int = 0
    over: int = 0
    full: int = 0
    missing: int = 0
    quota: int = 0
    actual: int = 0
    filled: int = 0
    vacant: int = 0
    excess: int = 0
    households: int = 0
    serving: int = 0
    """The people of communities whose households are known."""

    @property
    def rate(self) -> Decimal | None:
        """People for a hundred places."""
        return share(self.filled, self.quota)

    @property
    def each(self) -> Decimal | None:
        """Households for each of the people."""
        return ratio(self.households, self.serving)


WIDTH = len(fields(Sums))


def _columns(one: Any) -> list[ColumnElement[Any]]:
    def total(value: Any) -> ColumnElement[Any]:
        return func.coalesce(func.sum(value), 0)

    counts = [total(case((condition(one), 1), else_=0)) for condition in CONDITIONS.values()]
    filled = case((one.quota.is_not(None), one.actual), else_=0)
    serving = case((one.households.is_not(None), one.actual), else_=0)
    numbers = (one.quota, one.actual, filled, one.vacant, one.excess, one.households, serving)
    return [*counts, *(total(number) for number in numbers)]


def _sums_of(scope: Scope, on: date) -> Sums:
    row = db.session.execute(select(*_columns(_staffed(scope, on).c))).one()
    return Sums(*(int(number) for number in row))


def _sums_by_part(scope: Scope) -> dict[Part | None, Sums]:
    one = _staffed(scope, scope.on)
    query: Select[Any] = (
        select(Unit.path, *_columns(one.c)).join(one, one.c.unit_id == Unit.id).group_by(Unit.id, Unit.path)
    )
    return {part: Sums(*numbers) for part, numbers in by_part(scope, db.session.execute(query).all()).items()}


def _together(parts: Iterable[Sums]) -> Sums:
    return Sums(*added([[getattr(one, item.name) for item in fields(one)] for one in parts], WIDTH))


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    parts = _sums_by_part(scope)
    this, last = _together(parts.values()), _sums_of(scope, scope.last_on)

    def number(code: str, name: Message, unit: Message, field: str, behind: Listing) -> Figure:
        return Figure(
            code=code,
            name=name,
            value=Decimal(getattr(this, field)),
            unit=unit,
            last=Decimal(getattr(last, field)),
            behind=list_behind(behind),
            last_behind=list_behind(behind, Period.LAST),
        )

    def listed(listing: Listing, field: str) -> Figure:
        return figure_of(listing, Counts(getattr(this, field), getattr(last, field)))

    figures = (
        listed(UNITS, "units"),
        number("headcount_quota", msg("核定员额"), PLACES, "quota", UNITS),
        number("headcount_actual", msg("社区实有人数"), msg("人"), "actual", UNITS),
        share_figure("headcount_rate", msg("员额使用率"), UNITS, this.rate, last.rate),
        number("headcount_vacant", msg("空编数"), PLACES, "vacant", SHORT),
        listed(SHORT, "short"),
        number("headcount_excess", msg("超编数"), msg("人"), "excess", OVER),
        listed(OVER, "over"),
        listed(FULL, "full"),
        listed(MISSING, "missing"),
        share_figure("headcount_each", msg("每名社区工作者服务户数"), UNITS, this.each, last.each, HOUSEHOLDS),
    )
    return More(figures, (_parts(scope, parts, this), _standings(this)))


def _parts(scope: Scope, parts: Mapping[Part | None, Sums], whole: Sums) -> Table:
    def line(words: Words, sums: Sums, unit_id: int | None) -> TableRow:
        behind = (list_behind(one, unit_id=unit_id) for one in (UNITS, SHORT, OVER))
        numbers = (sums.quota, sums.actual, sums.units, sums.short, sums.over, sums.vacant, sums.excess)
        return TableRow(
            words=words,
            cells=(*map(Decimal, numbers), sums.rate, sums.each),
            links=(None, None, *behind, None, None, None, None),
        )

    return Table(
        code="headcount_parts",
        title=msg("各单位员额情况"),
        first=first_of(scope),
        heads=(
            msg("核定员额（名）"),
            msg("实有（人）"),
            msg("社区（个）"),
            msg("空编社区（个）"),
            msg("超编社区（个）"),
            msg("空编（名）"),
            msg("超编（人）"),
            msg("员额使用率（%）"),
            msg("每人服务户数（户）"),
        ),
        rows=part_rows(scope, line, parts, Sums()),
        total=line(TOTAL, whole, None),
        chart=ChartKind.BARS,
        decimals=(0, 0, 0, 0, 0, 0, 0, 1, 1),
        drawn=2,
    )


def _standings(sums: Sums) -> Table:
    counted = ((FULL, sums.full), (SHORT, sums.short), (OVER, sums.over), (MISSING, sums.missing))
    words = (msg("满编"), msg("空编"), msg("超编"), msg("未核定员额"))

    def line(said: Words, number: int, listing: Listing) -> TableRow:
        return TableRow(words=said, cells=(Decimal(number),), links=(list_behind(listing),))

    return Table(
        code="headcount_standings",
        title=msg("社区满编、空编、超编情况"),
        first=msg("员额情况"),
        heads=(msg("社区（个）"),),
        rows=tuple(line(said, number, listing) for said, (listing, number) in zip(words, counted, strict=True)),
        total=line(TOTAL, sums.units, UNITS),
        chart=ChartKind.SHARES,
    )


SECTION = SectionSpec(
    code="headcount",
    title=msg("员额空编"),
    permission=Permission.RECRUITMENT_VIEW,
    listings=(),
    lists=LISTS,
    rules=NORMS,
    sentences=(
        Sentence(
            "截至统计截止日，{核编社区数}个社区核定员额{核定员额}名，实有{社区实有人数}人，员额使用率{员额使用率}%，"
            "平均每名社区工作者服务{每名社区工作者服务户数}户。",
            needs=("headcount_units",),
            otherwise="本地区尚未制定员额核定标准，未核定员额。",
        ),
        Sentence(
            "空编社区{空编社区数}个，空编{空编数}名，比上年{空编数·增减}。",
            needs=("headcount_short",),
        ),
        Sentence("超编社区{超编社区数}个，超编{超编数}人。", needs=("headcount_over",)),
        Sentence(
            "另有{未核定员额社区数}个社区因缺少户数或人口资料未核定员额，应及时补录。", needs=("headcount_missing",)
        ),
    ),
    more=_more,
    annexes=(SHORT.code, OVER.code),
    notes=(
        msg("员额按统计截止日有效的标准和现有单位资料中的户数、人口核定；空编与超编分别合计，不相互抵减。"),
        msg("社区实有人数含所辖小区、网格的人员；员额使用率为已核定员额社区的实有人数占核定员额的比例。"),
    ),
)
