"""The page of the targets: what is reached, who falls short, and the list behind it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import unit_label, unit_named
from careerpath.employees.views.room import day_asked
from careerpath.figures.queries.behind import list_behind
from careerpath.figures.queries.targets import target_page
from careerpath.figures.views.room import blueprint


@blueprint.get("/targets")
@needs(Permission.EMPLOYEE_VIEW)
@knows_day(then=True)
def targets() -> ResponseReturnValue:
    """Every target in force, over the actor's units or one of them, as of a day."""
    actor = current_actor()
    as_of = day_asked()
    on = as_of.on
    text = request.args.get("unit", "").strip()
    unit_id = (
        unit_named(actor, text, Permission.EMPLOYEE_VIEW) if text else whole_number(request.args.get("unit_id", ""))
    )
    page = target_page(actor, on, unit_id, as_of.known_on)
    return render_template(
        "figures/targets.html",
        page=page,
        on=on,
        past=on != clock.today(),
        unit=text or unit_label(actor, unit_id),
        unknown=bool(text) and unit_id is None,
        behind=list_behind,
    )
