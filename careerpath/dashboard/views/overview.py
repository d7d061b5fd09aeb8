"""The overview: a district by its streets, a street by its communities."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import trail_along
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.charts import for_screen
from careerpath.core.web.fields import read_day
from careerpath.core.web.paths import whole_number
from careerpath.dashboard.queries.overview import overview_page
from careerpath.dashboard.queries.overview.measures import SIGNS, STANDINGS
from careerpath.dashboard.views.home import blueprint
from careerpath.employees.queries.as_of import AsOf


@blueprint.get("/overview")
@needs(Permission.EMPLOYEE_VIEW)
def overview() -> ResponseReturnValue:
    """One measure of the parts of a unit as a picture, all of them as a table."""
    actor, args = current_actor(), request.args.to_dict()
    day = min(read_day(args.get("on", "")) or clock.today(), clock.today())
    page = overview_page(actor, AsOf(day), whole_number(args.get("unit_id", "")), args.get("measure", ""))
    chart = page.map()
    kept: dict[str, Any] = {"unit_id": args.get("unit_id"), "on": args.get("on")}
    measures = [
        (one.short, url_for("dashboard.overview", **kept, measure=one.code), one is page.chosen, None)
        for one in page.columns
    ]
    return render_template(
        "dashboard/overview.html",
        page=page,
        day=day,
        past=day != clock.today(),
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
