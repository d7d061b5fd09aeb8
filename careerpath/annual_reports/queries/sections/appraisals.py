"""年度考核: how the people of a unit were judged, against the quota of 优秀, and who received no grade and why."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.listings import (
    PERIODS,
    Counts,
    Listing,
    Period,
    count_grouped,
    figure_of,
    list_behind,
    rows_in,
)
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import ChartKind, Figure, Table, TableRow, Words
from careerpath.annual_reports.queries.sections.building import More, SectionSpec, Sentence
from careerpath.annual_reports.queries.sections.dividing import first_of, group_table, part_rows
from careerpath.annual_reports.queries.sections.reckoning import TOTAL, YEARS, added, by_part, part_figure, share
from careerpath.annual_reports.queries.sections.rows import person_rows
from careerpath.appraisals.models import WITHOUT_GRADE, Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.queries.editions import edition_of
from careerpath.core.db import db
from careerpath.policy.appraisal import counts_for_quota, quota
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import DETERMINED, UNDETERMINED, Grade, Post
from careerpath.words import Message, msg

_VIEW = Permission.APPRAISAL_VIEW
PAST_YEARS = 5

Rows = Select[*tuple[Any, ...]]


def _grade(code: str) -> Words:
    return Grade(code) if code in set(Grade) else code


def _post(code: str) -> Words:
    return Post(code) if code in set(Post) else code


def _year(scope: Scope, on: date) -> ColumnElement[int]:
    """The year of appraisal that is told of: the report's, or the one before while somebody's is not decided yet.

    For the year before the report's the one before that.
    """
    of_year = (
        select(Appraisal.id)
        .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
        .where(AppraisalYear.year == scope.year, scope.inside(Appraisal.unit_id))
    )
    decided = and_(exists(of_year), ~exists(of_year.where(Appraisal.state != State.DECIDED)))
    back = scope.year - on.year
    return case((decided, scope.year - back), else_=scope.year - 1 - back)


def _decided(*grades: Grade) -> Callable[[Scope, date], Rows]:
    """Decided appraisals with one of some grades, or with any, of the year that is told of."""

    def rows(scope: Scope, on: date) -> Rows:
        query = (
            person_rows(scope, Appraisal, Appraisal.decided_on, Appraisal.grade, Appraisal.grade, Appraisal.post)
            .join(AppraisalYear, AppraisalYear.id == Appraisal.year_id)
            .where(AppraisalYear.year == _year(scope, on), Appraisal.state == State.DECIDED)
        )
        return query.where(Appraisal.grade.in_([one.value for one in grades])) if grades else query

    return rows


def _failed_twice(scope: Scope, on: date) -> Rows:
    before, year_before = aliased(Appraisal), aliased(AppraisalYear)
    failed = (
        select(before.id)
        .join(year_before, year_before.id == before.year_id)
        .where(
            before.employee_id == Appraisal.employee_id,
            year_before.year == AppraisalYear.year - 1,
            before.state == State.DECIDED,
            before.grade == Grade.INCOMPETENT.value,
        )
        .correlate(Appraisal, AppraisalYear)
    )
    return _decided(Grade.INCOMPETENT)(scope, on).where(failed.exists())


def _listing(code: str, name: Message, rows: Callable[[Scope, date], Rows]) -> Listing:
    return Listing(
        code, name, _VIEW, rows, dated=False, page="appraisals.record", key="appraisal_id", detail=msg("等次"),
        said=_grade, groups={"grade": _grade, "post": _post},
    )  # fmt: skip


APPRAISED = _listing("appraised", msg("考核人数"), _decided())
GRADED = _listing("appraisal_graded", msg("确定等次人数"), _decided(*DETERMINED))
EXCELLENT = _listing("appraisal_excellent", msg("优秀等次人数"), _decided(Grade.EXCELLENT))
COMPETENT = _listing("appraisal_competent", msg("称职等次人数"), _decided(Grade.COMPETENT))
BASIC = _listing("appraisal_basic", msg("基本称职等次人数"), _decided(Grade.BASIC))
INCOMPETENT = _listing("appraisal_incompetent", msg("不称职等次人数"), _decided(Grade.INCOMPETENT))
UNGRADED = _listing("appraisal_ungraded", msg("不确定等次和不进行考核人数"), _decided(*UNDETERMINED))
FAILED_TWICE = _listing("appraisal_failed_twice", msg("连续两年不称职人数"), _failed_twice)

_LISTS = (APPRAISED, GRADED, EXCELLENT, COMPETENT, BASIC, INCOMPETENT, UNGRADED)

_GRADES: Mapping[str, tuple[Grade, ...]] = {
    APPRAISED.code: tuple(Grade),
    GRADED.code: DETERMINED,
    EXCELLENT.code: (Grade.EXCELLENT,),
    COMPETENT.code: (Grade.COMPETENT,),
    BASIC.code: (Grade.BASIC,),
    INCOMPETENT.code: (Grade.INCOMPETENT,),
    UNGRADED.code: UNDETERMINED,
}
"""What each of them counts: all are counted at once, by grade."""

_BY_GRADE = (EXCELLENT, COMPETENT, BASIC, INCOMPETENT, UNGRADED)
_HEADS: tuple[Words, ...] = (*DETERMINED, msg("未确定等次"))


def _added(by_grade: Mapping[str, Counts], grades: Iterable[Grade]) -> Counts:
    return Counts.of_all(by_grade[grade.value] for grade in grades if grade.value in by_grade)


def _allowed(scope: Scope) -> Decimal | None:
    """How many people may be 优秀, street by street as the rules of the year say; none without such rules.

    Two queries.
    """
    of_year = AppraisalYear.year == _year(scope, scope.on)
    years = {one.id: one for one in db.session.scalars(select(AppraisalYear).where(of_year))}
    query = (
        select(Appraisal.year_id, StreetAppraisal.id, StreetAppraisal.quota_document, Appraisal.grade, func.count())
        .join(StreetAppraisal, StreetAppraisal.id == Appraisal.street_appraisal_id)
        .where(Appraisal.year_id.in_(list(years)), Appraisal.state == State.DECIDED, scope.inside(Appraisal.unit_id))
        .group_by(Appraisal.year_id, StreetAppraisal.id, StreetAppraisal.quota_document, Appraisal.grade)
    )
    streets: dict[tuple[int, int, str], dict[str, int]] = defaultdict(dict)
    for year_id, street_id, document, grade, number in db.session.execute(query):
        streets[year_id, street_id, document][grade] = number
    allowed = None
    for (year_id, _, document), grades in streets.items():
        # A year brought over from papers has no rules.
        edition = edition_of(years[year_id]) if years[year_id].edition else None
        if edition is None or edition.quota is None:
            continue
        counted = sum(number for grade, number in grades.items() if counts_for_quota(edition, Grade(grade)))
        used = grades.get(Grade.EXCELLENT.value, 0)
        found = quota(edition, counted, used, with_approval=bool(document))
        allowed = (allowed or 0) + found.allowed
    return None if allowed is None else Decimal(allowed)


def _past(scope: Scope, year: int) -> Table:
    """The grades of the last years side by side, oldest first. One query."""
    query = (
        select(AppraisalYear.year, Appraisal.grade, func.count())
        .join(Appraisal, Appraisal.year_id == AppraisalYear.id)
        .where(
            AppraisalYear.year.between(year - PAST_YEARS + 1, year),
            Appraisal.state == State.DECIDED,
            scope.inside(Appraisal.unit_id),
        )
        .group_by(AppraisalYear.year, Appraisal.grade)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for one, grade, number in db.session.execute(query):
        found[one][grade] = number
    periods = {year: Period.YEAR, year - 1: Period.LAST}
    rows = []
    for one, grades in sorted(found.items()):
        without = sum(number for grade, number in grades.items() if grade in WITHOUT_GRADE)
        links = tuple(list_behind(each, periods[one]) for each in _BY_GRADE) if one in periods else ()
        cells = (*(Decimal(grades.get(grade.value, 0)) for grade in DETERMINED), Decimal(without))
        rows.append(TableRow(words=msg("%(year)s年度", year=one), cells=cells, links=links))
    return Table(
        code="appraisal_past",
        title=msg("近年考核等次"),
        first=msg("考核年度"),
        heads=_HEADS,
        rows=tuple(rows),
        chart=ChartKind.COMPOSITION,
    )


def _parts(scope: Scope) -> Table:
    """The grades and the share of 优秀 by the units below. One query."""
    listings = (*_BY_GRADE, GRADED)
    found = rows_in(APPRAISED, scope, Period.YEAR).subquery()
    sums = [
        func.sum(case((found.c.grade.in_([grade.value for grade in _GRADES[one.code]]), 1), else_=0))
        for one in listings
    ]
    query = select(Unit.path, *sums).join(Unit, Unit.id == found.c.unit_id).group_by(Unit.path)
    counted = by_part(scope, [(path, *numbers) for path, *numbers in db.session.execute(query)])

    def line(words: Words, numbers: list[int], unit_id: int | None) -> TableRow:
        links = (list_behind(one, unit_id=unit_id) for one in listings)
        return TableRow(
            words=words, cells=(*map(Decimal, numbers), share(numbers[0], numbers[-1])), links=(*links, None)
        )

    return Table(
        code="appraisal_parts",
        title=msg("考核等次分布"),
        first=first_of(scope),
        heads=(*_HEADS, msg("确定等次"), msg("优秀率（%）")),
        rows=part_rows(scope, line, counted, [0] * len(listings)),
        total=line(TOTAL, added(counted.values(), len(listings)), None),
        decimals=(0, 0, 0, 0, 0, 0, 1),
        chart=ChartKind.COMPOSITION,
        drawn=len(_HEADS),
    )


def _more(scope: Scope, counts: Mapping[str, Counts]) -> More:
    """Six queries."""
    year = db.session.execute(select(_year(scope, scope.on))).scalar_one()
    by_grade, posts = count_grouped(scope, (APPRAISED, "grade"), (EXCELLENT, "post"))
    told = {code: _added(by_grade, grades) for code, grades in _GRADES.items()}
    graded, good = told[GRADED.code], _added(by_grade, (Grade.EXCELLENT, Grade.COMPETENT))
    figures = (
        *(figure_of(listing, told[listing.code]) for listing in _LISTS),
        Figure(code="appraisal_year", name=msg("考核年度"), value=Decimal(year), unit=YEARS),
        part_figure("appraisal_excellent_share", msg("优秀率"), GRADED, told[EXCELLENT.code], graded),
        Figure(
            code="appraisal_quota",
            name=msg("优秀名额"),
            value=_allowed(scope),
            unit=msg("名"),
            behind=list_behind(EXCELLENT),
        ),
        part_figure("appraisal_good_share", msg("称职以上比例"), GRADED, good, graded),
        figure_of(FAILED_TWICE, counts[FAILED_TWICE.code]),
    )
    reasons = {code: numbers for code, numbers in by_grade.items() if code in WITHOUT_GRADE}
    # What is counted as of a day elsewhere is of a year here.
    heads = (PERIODS[Period.YEAR], PERIODS[Period.LAST])
    without, best = (
        group_table(
            "appraisal_ungraded_reasons", msg("未确定等次的情形"), msg("情形"), UNGRADED, "grade", reasons,
            [one.value for one in UNDETERMINED], told[UNGRADED.code],
        ),
        group_table(
            "appraisal_excellent_posts", msg("优秀等次人员岗位分布"), msg("岗位"), EXCELLENT, "post", posts,
            [one.value for one in Post], told[EXCELLENT.code], chart=ChartKind.SHARES,
        ),
    )  # fmt: skip
    tables = (_parts(scope), _past(scope, year), replace(without, heads=heads), replace(best, heads=heads))
    open_still = msg(
        "%(year)s年度考核尚未全部审定，本部分按%(told)s年度考核结果统计，与%(before)s年度比较。",
        year=scope.year,
        told=year,
        before=year - 1,
    )
    return More(figures, tables, notes=(open_still,) if year < scope.year else ())


SECTION = SectionSpec(
    code="appraisals",
    title=msg("年度考核"),
    permission=_VIEW,
    listings=(FAILED_TWICE,),
    lists=_LISTS,
    sentences=(
        Sentence(
            "{考核年度}年度考核社区工作者{考核人数}人，确定等次{确定等次人数}人，其中优秀{优秀等次人数}人、称职{称职等次人数}人、"
            "基本称职{基本称职等次人数}人、不称职{不称职等次人数}人；优秀率{优秀率}%，比上年{优秀率·增减}",
            needs=("appraised",),
            this_year=True,
            otherwise="{考核年度}年度未开展社区工作者年度考核",
        ),
        Sentence("，优秀名额{优秀名额}名", needs=("appraisal_quota",)),
        Sentence("。"),
        Sentence("不确定等次和不进行考核{不确定等次和不进行考核人数}人。", needs=("appraisal_ungraded",)),
        Sentence(
            "连续两年考核不称职{连续两年不称职人数}人，应依照办法提出处理意见。", needs=("appraisal_failed_twice",)
        ),
    ),
    more=_more,
    annexes=("appraisal_excellent",),
    notes=(msg("优秀率以确定等次人数为基数，试用期、受处分、立案调查和病事假累计超过半年的人员不计入。"),),
)
