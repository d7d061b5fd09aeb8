"""Who lacks what training in a year, and the rates of the units."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.fields import read_day
from careerpath.core.web.paths import whole_number
from careerpath.policy.reason import percent
from careerpath.policy.training import Tier
from careerpath.training.queries import needs as queries
from careerpath.training.queries.rates import GRADES, rate_page
from careerpath.training.queries.trainees import day_of_year
from careerpath.training.views.room import blueprint
from careerpath.words import msg

YEARS_BACK = 5


@blueprint.get("/needs", endpoint="needs")
@needs(Permission.TRAINING_VIEW)
@knows_day()
def list_needs() -> ResponseReturnValue:
    """Who has met and who lacks what in a year."""
    filters = queries.filters_of(request.args)
    found = queries.need_page(
        current_actor(), filters, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template(
        "training/needs.html",
        found=found,
        filters=filters,
        years=_years(),
        tiers=Tier,
        states=[(queries.Standing.LACKING.value, msg("未达标")), (queries.Standing.MET.value, msg("已达标"))],
    )


@blueprint.get("/overview")
@needs(Permission.TRAINING_VIEW)
@knows_day()
def overview() -> ResponseReturnValue:
    """The share of people trained and of those with the national certificate, by unit."""
    asked, day = whole_number(request.args.get("year", "")), read_day(request.args.get("on", ""))
    usual = day.year if day is not None and day.year in _years() else clock.today().year
    year = asked if asked in _years() else usual
    on = day_of_year(year, day)
    found = rate_page(current_actor(), year, on, whole_number(request.args.get("unit_id", "")))
    return render_template(
        "training/overview.html", found=found, year=year, on=on, years=_years(), grades=GRADES, percent=percent
    )


def _years() -> list[int]:
    this = clock.today().year
    return list(range(this, this - YEARS_BACK - 1, -1))
