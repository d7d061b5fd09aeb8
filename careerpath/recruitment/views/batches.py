"""Batches: the list, and one batch with the one thing to do now."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.recruitment.queries import batches as queries
from careerpath.recruitment.views.room import blueprint

BATCH = "/batches/<int:batch_id>"


@blueprint.get("/batches")
@needs(Permission.RECRUITMENT_VIEW)
def batches() -> ResponseReturnValue:
    """All batches, newest first."""
    open_only = request.args.get("state") == "open"
    page = queries.batch_lines(
        current_actor(), open_only=open_only, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template("recruitment/batches.html", page=page, open_only=open_only)


@blueprint.get(BATCH)
@needs(Permission.RECRUITMENT_VIEW)
def batch(batch_id: int) -> ResponseReturnValue:
    """One batch: where it stands and what to do now."""
    return render_template("recruitment/batch.html", head=queries.batch_head(current_actor(), batch_id))
