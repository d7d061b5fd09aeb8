"""Who follows whom: the posts of secretaries and deputies, what ends them, and who stands ready."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.talent_pool.models import Readiness
from careerpath.talent_pool.queries import succession as queries
from careerpath.talent_pool.views.room import blueprint


@blueprint.get("/succession")
@needs(Permission.POOL_VIEW)
def succession() -> ResponseReturnValue:
    """The posts of the actor's communities with holders, endings and reserves."""
    filters = queries.filters_of(request.args)
    found = queries.succession(
        current_actor(), filters, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template(
        "talent_pool/succession.html",
        found=found,
        filters=filters,
        Readiness=Readiness,
        CONCERNS=queries.CONCERNS,
        CONCERN_KINDS=queries.CONCERN_KINDS,
        most_years=queries.MOST_YEARS,
    )
