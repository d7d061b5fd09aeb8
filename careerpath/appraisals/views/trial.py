"""Whom another edition of the appraisal rules would touch."""

from flask import render_template
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.appraisals.queries import trial as queries
from careerpath.appraisals.views.room import blueprint


@blueprint.get("/appraisals/edition-trials/<int:edition_id>")
@needs(Permission.RULES_EDIT)
def edition_trial(edition_id: int) -> ResponseReturnValue:
    """The last year's records, judged by a draft or an adopted edition."""
    return render_template("appraisals/trial.html", page=queries.edition_trial(current_actor(), edition_id))
