"""The register of honours: who holds what on a day."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.honours.queries.register import MANDATES, USUAL_SORT, RegisterFilters, register_of
from careerpath.honours.views.room import blueprint


@blueprint.get("/register")
@needs(Permission.HONOUR_VIEW)
@knows_day()
def register() -> ResponseReturnValue:
    """Honours and mandates that are held on a day, with counts by kind and level."""
    filters = RegisterFilters.of(request.args, clock.today())
    sort = request.args.get("sort", USUAL_SORT)
    found = register_of(
        current_actor(), filters, sort, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template(
        "honours/register.html", found=found, filters=filters, sort=sort, mandates=MANDATES, today=clock.today()
    )
