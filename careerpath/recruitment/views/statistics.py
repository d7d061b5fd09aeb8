"""Statistics of one batch and of all: funnel, breakdowns with charts, days of each stage, the workbook."""

from decimal import Decimal
from io import BytesIO

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.charts import BarChart, Series, for_screen
from careerpath.core.sheets.writing import write_tables
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.core.web.workbooks import workbook
from careerpath.recruitment.models import BatchState
from careerpath.recruitment.queries import statistics as queries
from careerpath.recruitment.queries.batches import batch_with_head
from careerpath.recruitment.queries.reached import REACHED, Reached
from careerpath.recruitment.queries.words import BATCH_STATES
from careerpath.recruitment.sheets.statistics import statistics_tables
from careerpath.recruitment.views.batches import BATCH
from careerpath.recruitment.views.room import blueprint
from careerpath.words import msg

TIMED = tuple(state for state in BatchState if state not in (BatchState.CONCLUDED, BatchState.CANCELLED))
"""The stages in which a batch spends time."""


@blueprint.get(f"{BATCH}/statistics")
@needs(Permission.RECRUITMENT_VIEW)
def statistics(batch_id: int) -> ResponseReturnValue:
    """The figures of one batch."""
    actor = current_actor()
    batch, head = batch_with_head(actor, batch_id)
    return _page("recruitment/statistics.html", queries.batch_statistics(actor, batch), head=head)


@blueprint.get(f"{BATCH}/statistics.xlsx")
@needs(Permission.RECRUITMENT_VIEW)
def statistics_sheet(batch_id: int) -> ResponseReturnValue:
    """The figures of one batch as a workbook."""
    actor = current_actor()
    batch, head = batch_with_head(actor, batch_id)
    return _sheet(
        queries.batch_statistics(actor, batch), say(msg("%(name)s招聘统计", name=head.unit_name + batch.name))
    )


@blueprint.get("/statistics")
@needs(Permission.RECRUITMENT_VIEW)
def all_statistics() -> ResponseReturnValue:
    """The figures of all batches, or of those of one year."""
    year = whole_number(request.args.get("year", ""))
    return _page("recruitment/all-statistics.html", queries.all_statistics(current_actor(), year), year=year)


@blueprint.get("/statistics.xlsx")
@needs(Permission.RECRUITMENT_VIEW)
def all_statistics_sheet() -> ResponseReturnValue:
    """The same figures as a workbook."""
    year = whole_number(request.args.get("year", ""))
    title = msg("%(year)s年招聘统计", year=year) if year else msg("历年招聘统计")
    return _sheet(queries.all_statistics(current_actor(), year), say(title))


def _page(template: str, found: queries.Statistics, **page: object) -> str:
    return render_template(
        template,
        found=found,
        stage_words=queries.stage_words(),
        charts={breakdown.code: _chart(breakdown) for breakdown in found.breakdowns if breakdown.rows},
        funnel=_funnel(found),
        states=[(state, BATCH_STATES[state]) for state in TIMED],
        **page,
    )


def _sheet(found: queries.Statistics, title: str) -> ResponseReturnValue:
    target = BytesIO()
    write_tables(target, statistics_tables(found, say(msg("截至 %(on)s", on=clock.today()))))
    return workbook(target, title)


def _funnel(found: queries.Statistics) -> Markup:
    return for_screen(
        BarChart(
            title=say(msg("各环节人数")),
            categories=tuple(say(word) for word in queries.stage_words()),
            series=(Series(say(msg("人数")), tuple(Decimal(count) for count in found.total.counts)),),
            unit=say(msg("人")),
        )
    )


def _chart(breakdown: queries.Breakdown) -> Markup:
    """Those who applied beside those who were appointed."""
    series = []
    for one in (Reached.APPLIED, Reached.APPOINTED):
        place = queries.STAGES.index(one)
        series.append(Series(say(REACHED[one]), tuple(Decimal(row.counts[place]) for row in breakdown.rows)))
    return for_screen(
        BarChart(
            title=say(msg("按%(what)s统计的报名和聘用人数", what=breakdown.title)),
            categories=tuple(say(row.title) for row in breakdown.rows),
            series=tuple(series),
            unit=say(msg("人")),
        )
    )
