"""The statistics page: people counted by what one chooses, as of a day, with the list behind every figure."""

from dataclasses import replace
from io import BytesIO

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.charts import for_screen
from careerpath.core.sheets.writing import write_tables
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.language import say
from careerpath.core.web.workbooks import workbook
from careerpath.employees.queries.people import PeopleFilters, unit_label
from careerpath.figures.forms.people import SHOWN, USUAL, StatisticsForm
from careerpath.figures.queries.dimensions import Head
from careerpath.figures.queries.showing import Showing
from careerpath.figures.queries.tables import count_people
from careerpath.figures.sheets.statistics import statistics_tables
from careerpath.figures.views.room import blueprint
from careerpath.words import Message, msg


@blueprint.get("/people")
@needs(Permission.EMPLOYEE_VIEW)
@knows_day(then=True)
def people() -> ResponseReturnValue:
    """The table, its chart, and the usual ones to begin with."""
    form = StatisticsForm.of_request()
    showing = _showing(form)
    chart = showing.chart(_title(showing))
    kept = form.kept()

    def link(row: Head | None, column: Head | None) -> str:
        behind = showing.table.behind(row, column)
        return "" if behind is None else url_for("employees.people", **{**kept, **behind})

    actor = current_actor()
    unit = form.given().unit or unit_label(actor, form.given().unit_id)
    return render_template(
        "figures/people.html",
        form=form,
        showing=showing,
        title=_title(showing),
        chart=for_screen(chart) if chart else None,
        link=link,
        unit=unit,
        day=form.day(),
        past=form.as_of() is not None,
        narrowed=replace(form.given(), unit="", unit_id=None) != PeopleFilters(),
        usual=[(rows, columns, word) for rows, columns, word in USUAL],
    )


@blueprint.get("/people.xlsx")
@needs(Permission.EMPLOYEE_VIEW)
def people_sheet() -> ResponseReturnValue:
    """The same table as a workbook."""
    form = StatisticsForm.of_request()
    showing, as_of = _showing(form), form.day()
    title = say(_title(showing))
    note = msg("截至 %(on)s，共 %(count)s 人。", on=as_of.on, count=showing.table.total.people)
    target = BytesIO()
    write_tables(target, statistics_tables(showing, SHOWN[showing.shown], (title, say(note))))
    return workbook(target, f"{title} {as_of.on}")


def _showing(form: StatisticsForm) -> Showing:
    table = count_people(current_actor(), form.day(), form.row, form.column, form.given())
    return Showing(table, form.shown.data if form.shown.data in SHOWN else "number")


def _title(showing: Showing) -> Message:
    table = showing.table
    if table.column is None:
        return msg("社区工作者%(row)s统计", row=table.row.title)
    return msg("社区工作者%(row)s与%(column)s统计", row=table.row.title, column=table.column.title)
