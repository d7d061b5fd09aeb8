"""Lent and borrowed people of a unit."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.fields import read_day
from careerpath.rotations.queries.exchange import exchange_page
from careerpath.rotations.queries.standing import COLOURS, STANDINGS
from careerpath.rotations.views.room import blueprint


@blueprint.get("/units/<int:unit_id>")
@needs(Permission.ROTATION_VIEW)
@knows_day(ahead=True)
def unit_exchange(unit_id: int) -> ResponseReturnValue:
    """Who of a unit is away on a day, who is here from elsewhere, and how many are on duty."""
    on = read_day(request.args.get("on", "")) or clock.today()
    page = exchange_page(current_actor(), unit_id, on)
    return render_template("rotations/unit-exchange.html", page=page, standings=STANDINGS, colours=COLOURS)
