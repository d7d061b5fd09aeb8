"""Quota and vacancies: the list as of a day, one community's reasons, the workbook."""

from collections.abc import Mapping
from io import BytesIO

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.sheets import write_table
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.workbooks import workbook
from careerpath.employees.views.room import day_asked
from careerpath.recruitment.queries import vacancies as queries
from careerpath.recruitment.queries.staffing import staffing_reasons
from careerpath.recruitment.sheets.headcount import HEADCOUNT_COLUMNS, headcount_rows
from careerpath.recruitment.views.room import blueprint
from careerpath.rotations.queries.exchange import Exchange, exchange_of
from careerpath.words import Refused

MOST_ON_A_SHEET = 20_000


@blueprint.get("/headcount")
@needs(Permission.RECRUITMENT_VIEW)
@knows_day(then=True, ahead=True)
def headcount() -> ResponseReturnValue:
    """Quota, people and vacancies of every community as of a day."""
    actor, wanted, page, problem = current_actor(), queries.wanted_of(request.args), None, None
    lent: Mapping[int, Exchange] = {}
    try:
        page = queries.vacancy_page(actor, wanted)
        if actor.has(Permission.ROTATION_VIEW) and not wanted.streets:
            lent = exchange_of([line.unit_id for line in page.lines], wanted.on)
    except Refused as refusal:
        problem = refusal
    shown = render_template(
        "recruitment/headcount.html",
        page=page,
        wanted=wanted,
        problem=problem,
        exchange=lent,
        standings=[(one.value, word) for one, word in queries.STANDINGS.items()],
        standing_of=queries.standing_of,
        words=queries.STANDINGS,
        kinds=queries.STANDING_KINDS,
    )
    return shown, 422 if problem else 200


@blueprint.get("/headcount.xlsx")
@needs(Permission.RECRUITMENT_VIEW)
def headcount_sheet() -> ResponseReturnValue:
    """The same lines as a workbook."""
    wanted = queries.wanted_of(request.args)
    page = queries.vacancy_page(current_actor(), wanted, MOST_ON_A_SHEET)
    lent = exchange_of([line.unit_id for line in page.lines], wanted.on)
    title = f"员额空编情况 {wanted.on}"
    example = "（示例数据，非官方）" if page.edition.example else ""
    target = BytesIO()
    note = f"截至 {wanted.on}　依据：{page.edition.title}{example}"
    write_table(target, HEADCOUNT_COLUMNS, headcount_rows(page.lines, lent), title=title, notes=(note,))
    return workbook(target, title)


@blueprint.get("/headcount/<int:unit_id>")
@needs(Permission.RECRUITMENT_VIEW)
@knows_day(then=True, ahead=True)
def unit_headcount(unit_id: int) -> ResponseReturnValue:
    """One community: how each figure came about."""
    on = day_asked()
    page = staffing_reasons(current_actor(), on.on, unit_id, known_on=on.known_on)
    return render_template("recruitment/unit-headcount.html", page=page, on=on.on)
