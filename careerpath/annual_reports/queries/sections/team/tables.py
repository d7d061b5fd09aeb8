"""The tables of the section on the team: each in words of the office, with the list of people behind every cell."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import String, cast, func, literal, select, union_all

from careerpath.annual_reports.queries.listings import Counts, Listing, Period, count_grouped, list_behind
from careerpath.annual_reports.queries.scope import Part, Scope
from careerpath.annual_reports.queries.section import ChartKind, Table, TableRow, Words
from careerpath.annual_reports.queries.sections.dividing import Column, first_of, part_rows, part_table
from careerpath.annual_reports.queries.sections.reckoning import TOTAL, people_behind, share
from careerpath.annual_reports.queries.sections.team.lists import (
    CERTIFIED,
    COLLEGE_PEOPLE,
    ENTERED,
    LEFT,
    PARTY,
    WOMEN,
    YOUNG_PEOPLE,
    people_in,
)
from careerpath.annual_reports.queries.sections.team.sums import TeamSums
from careerpath.core.db import db
from careerpath.employees.models import Channel, Source
from careerpath.figures.queries.bands import AGES, SERVICE
from careerpath.figures.queries.dimensions import DIMENSIONS, Dimension, Head
from careerpath.words import Message, msg

PEOPLE_HEAD, SHARE_HEAD = msg("人数（人）"), msg("占比（%）")
PERIODS_TOLD = (Period.YEAR, Period.LAST)
MOST_REASONS = 10
"""So many reasons of leaving stand by themselves; they are free words, and the rest come together."""


@dataclass(frozen=True, slots=True)
class _By:
    """One table of shares: people by a dimension."""

    dimension: Dimension
    title: Message
    read: Callable[[str], Any] = str
    every: tuple[Any, ...] = ()
    """Keys that have a row even of nobody."""


BY = (
    _By(DIMENSIONS["education"], msg("学历结构")),
    _By(DIMENSIONS["political"], msg("政治面貌结构")),
    _By(DIMENSIONS["certificate"], msg("职业资格证书结构")),
    _By(DIMENSIONS["channel"], msg("进入方式结构"), Channel),
    _By(DIMENSIONS["source"], msg("人员来源结构"), Source),
    _By(DIMENSIONS["service"], msg("社区工龄结构"), int, tuple(range(len(SERVICE.all)))),
    _By(DIMENSIONS["post"], msg("岗位结构")),
)
"""In the order of the report."""

AGE, SEX = DIMENSIONS["ages"], DIMENSIONS["sex"]

PART_COLUMNS: tuple[tuple[str, Message, Listing], ...] = (
    ("team_women", msg("女性占比（%）"), WOMEN),
    ("team_young", msg("35岁及以下占比（%）"), YOUNG_PEOPLE),
    ("team_college", msg("大专及以上占比（%）"), COLLEGE_PEOPLE),
    ("team_members", msg("党员占比（%）"), PARTY),
    ("team_certified", msg("持证率（%）"), CERTIFIED),
)


def tables_of(scope: Scope, parts: Mapping[Part | None, TeamSums]) -> tuple[Table, ...]:
    """All tables of the section. Four queries."""
    counts = _counted(scope)
    return (
        _ages_and_sexes(scope, counts[AGE.code]),
        *(_shares(scope, one, counts[one.dimension.code]) for one in BY),
        _parts(scope, parts),
        *_moves(scope),
    )


def _counted(scope: Scope) -> dict[str, dict[tuple[str, str], int]]:
    """People by the keys of every table, each time by row and column. One query; people are looked up once in it."""
    people, inside = people_in(scope, scope.as_of)
    dimensions = (AGE, SEX, *(one.dimension for one in BY))
    keys = [cast(one.key(people, scope.as_of), String).label(one.code) for one in dimensions]
    once = select(*keys).where(inside).cte("people")
    found = [
        select(
            literal(one.code).label("of"),
            once.c[one.code].label("row"),
            (once.c[SEX.code] if one is AGE else literal("")).label("column"),
            func.count().label("number"),
        ).group_by(once.c[one.code], *((once.c[SEX.code],) if one is AGE else ()))
        for one in dimensions
    ]
    counts: dict[str, dict[tuple[str, str], int]] = {one.code: {} for one in dimensions}
    for of, row, column, number in db.session.execute(union_all(*found)):
        counts[of][row, column] = number
    return counts


def _ages_and_sexes(scope: Scope, counts: Mapping[tuple[str, str], int]) -> Table:
    rows = _in_order(AGE.heads(range(len(AGES.all))).values())
    columns = _in_order(SEX.heads({column for _, column in counts} | {"1", "2"}).values())

    def line(words: Words, row: Head | None) -> TableRow:
        keys = range(len(AGES.all)) if row is None else (row.key,)
        filters = {} if row is None else dict(row.filters or {})
        return TableRow(
            words=words,
            cells=tuple(Decimal(sum(counts.get((str(key), str(one.key)), 0) for key in keys)) for one in columns),
            links=tuple(people_behind(scope, {**filters, **(one.filters or {})}, scope.on) for one in columns),
        )

    return Table(
        code="team_ages",
        title=msg("年龄与性别结构"),
        first=AGE.title,
        heads=tuple(one.words for one in columns),
        rows=tuple(line(row.words, row) for row in rows),
        total=line(TOTAL, None),
        unit=msg("人"),
        chart=ChartKind.COMPOSITION,
    )


def _shares(scope: Scope, one: _By, counts: Mapping[tuple[str, str], int]) -> Table:
    by_key = {one.read(row): number for (row, _), number in counts.items()}
    whole = sum(by_key.values())
    heads = one.dimension.heads({*by_key, *one.every})

    def line(words: Words, number: int, filters: Mapping[str, str] | None) -> TableRow:
        link = None if filters is None else people_behind(scope, filters, scope.on)
        return TableRow(words=words, cells=(Decimal(number), share(number, whole)), links=(link, None))

    numbers: dict[object, int] = {}
    for key, head in heads.items():
        numbers[head.key] = numbers.get(head.key, 0) + by_key.get(key, 0)
    return Table(
        code=f"team_{one.dimension.code}",
        title=one.title,
        first=one.dimension.title,
        heads=(PEOPLE_HEAD, SHARE_HEAD),
        rows=tuple(line(head.words, numbers[head.key], head.filters) for head in _in_order(heads.values())),
        total=line(TOTAL, whole, {}),
        chart=ChartKind.SHARES,
        decimals=(0, 1),
        drawn=1,
    )


def _parts(scope: Scope, parts: Mapping[Part | None, TeamSums]) -> Table:
    def line(words: Words, sums: TeamSums, unit_id: int | None) -> TableRow:
        shares = tuple(share(sums.of(code), sums.people) for code, _, _ in PART_COLUMNS)
        links = tuple(list_behind(listing, unit_id=unit_id) for _, _, listing in PART_COLUMNS)
        return TableRow(
            words=words,
            cells=(Decimal(sums.people), sums.age(scope.on), *shares),
            links=(people_behind(scope, {}, scope.on, unit_id), None, *links),
        )

    return Table(
        code="team_parts",
        title=msg("各单位队伍结构"),
        first=first_of(scope),
        heads=(msg("在岗（人）"), msg("平均年龄（岁）"), *(head for _, head, _ in PART_COLUMNS)),
        rows=part_rows(scope, line, parts, TeamSums.of_all(())),
        total=line(TOTAL, TeamSums.of_all(parts.values()), None),
        chart=ChartKind.BARS,
        decimals=(0, 1, *(1 for _ in PART_COLUMNS)),
        drawn=1,
    )


def _moves(scope: Scope) -> tuple[Table, Table]:
    """Who entered and left by part, and why people left. Two queries."""
    moves = part_table(scope, "team_moves", msg("各单位新进与离职"), (Column(ENTERED), Column(LEFT)))
    (counts,) = count_grouped(scope, (LEFT, "detail"))
    told = ((reason, number) for reason, number in counts.items() if number.year or number.last)
    found = sorted(told, key=lambda one: (-one[1].year, -one[1].last, one[0]))

    def line(words: Words, number: Counts, only: str = "") -> TableRow:
        links = tuple(list_behind(LEFT, one, only=only) for one in PERIODS_TOLD)
        return TableRow(words=words, cells=(Decimal(number.year), Decimal(number.last)), links=links)

    rows = [line(LEFT.groups["detail"](reason), number, f"detail:{reason}") for reason, number in found[:MOST_REASONS]]
    others = Counts.of_all(number for _, number in found[MOST_REASONS:])
    if found[MOST_REASONS:]:
        rows.append(replace(line(msg("其他原因"), others), links=()))
    why = Table(
        code="team_left_reasons",
        title=msg("离职原因"),
        first=msg("离职原因"),
        heads=(msg("本年（人）"), msg("上年（人）")),
        rows=tuple(rows),
        total=line(TOTAL, Counts.of_all(number for _, number in found)),
        chart=ChartKind.SHARES,
        drawn=1,
    )
    return moves, why


def _in_order(heads: Iterable[Head]) -> tuple[Head, ...]:
    once: dict[Any, Head] = {head.key: head for head in heads}
    return tuple(sorted(once.values(), key=lambda head: head.place))
