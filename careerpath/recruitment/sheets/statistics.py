"""The statistics of recruitment as a workbook: a sheet for each breakdown, and one for the days of each stage."""

from collections.abc import Iterator, Mapping

from careerpath.core.sheets import Column, text, whole
from careerpath.core.sheets.writing import Table
from careerpath.core.web.language import say
from careerpath.recruitment.queries.reached import REACHED
from careerpath.recruitment.queries.statistics import STAGES, Breakdown, Statistics
from careerpath.words import msg


def statistics_tables(found: Statistics, note: str) -> list[Table]:
    """The sheets, each with the same note above."""
    counts = tuple(Column(one.value, say(REACHED[one]), whole(), width=12) for one in STAGES)
    tables = []
    for breakdown in found.breakdowns:
        columns = (Column("title", say(breakdown.title), text(), width=22), *counts)
        if breakdown.code == "batch":
            columns += (Column("places", say(msg("计划人数")), whole(), width=12),)
        tables.append(Table(say(msg("按%(what)s", what=breakdown.title)), columns, _rows(found, breakdown), (note,)))
    times = (
        Column("batch", say(msg("招聘批次")), text(), width=22),
        Column("stage", say(msg("阶段")), text(), width=14),
        Column("starts_on", say(msg("开始")), text(), width=12),
        Column("ends_on", say(msg("结束")), text(), width=12),
        Column("days", say(msg("天数")), whole(), width=10),
    )
    tables.append(Table(say(msg("各阶段用时")), times, _times(found), (note,)))
    return tables


def _rows(found: Statistics, breakdown: Breakdown) -> Iterator[Mapping[str, object]]:
    for row in (*breakdown.rows, found.total):
        counts = {one.value: count for one, count in zip(STAGES, row.counts, strict=True)}
        yield {"title": say(row.title), "places": row.places, **counts}


def _times(found: Statistics) -> Iterator[Mapping[str, object]]:
    for batch in found.times:
        for stage in batch.stages:
            yield {
                "batch": batch.name,
                "stage": say(stage.word),
                "starts_on": stage.starts_on.isoformat(),
                "ends_on": "" if stage.ends_on is None else stage.ends_on.isoformat(),
                "days": stage.days,
            }
