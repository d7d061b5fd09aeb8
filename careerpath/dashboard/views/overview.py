"""The overview: a district by its streets, a street by its communities."""

from functools import partial

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import trail_along
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.charts import for_screen
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.paths import whole_number
from careerpath.dashboard.queries.overview import overview_page
from careerpath.dashboard.queries.overview.measures import SIGNS, STANDINGS
from careerpath.dashboard.views.home import blueprint
from careerpath.employees.views.room import day_asked


@blueprint.get("/overview")
@needs(Permission.EMPLOYEE_VIEW)
@knows_day(then=True)
def overview() -> ResponseReturnValue:
    """One measure of the parts of a unit as a picture, all of them as a table."""
    actor, args = current_actor(), request.args.to_dict()
    as_of = day_asked()
    page = overview_page(actor, as_of, whole_number(args.get("unit_id", "")), args.get("measure", ""))
    chart = page.map()
    address = partial(url_for, "dashboard.overview", unit_id=args.get("unit_id"))
    measures = [(one.short, address(measure=one.code), one is page.chosen, None) for one in page.columns]
    return render_template(
        "dashboard/overview.html",
        page=page,
        day=as_of.on,
        past=as_of.on != clock.today(),
        trail=_trail(actor, page.unit) if page.unit else [],
        measures=measures,
        chart=for_screen(chart) if chart else None,
        charts=[(title, for_screen(one)) for title, one in page.charts()],
        standings=STANDINGS,
        signs=SIGNS,
    )


def _trail(actor: Actor, unit: Unit) -> list[tuple[str, str | None]]:
    """The way to a unit through those that the actor sees people of."""
    found: list[tuple[str, str | None]] = []
    path = ""
    for unit_id, name in trail_along(unit.path):
        path += f"{unit_id}/"
        if actor.can(Permission.EMPLOYEE_VIEW, path):
            here = unit_id == unit.id
            found.append((name, None if here else url_for("dashboard.overview", unit_id=unit_id)))
    return found
