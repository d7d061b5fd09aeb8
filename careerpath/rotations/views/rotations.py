"""Rotations: the list, one of them, and approving many."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.policy.rotation import Direction
from careerpath.rotations.forms.rotations import ApproveForm
from careerpath.rotations.operations import decisions
from careerpath.rotations.queries.names import grade_names, kind_choices
from careerpath.rotations.queries.rotations import (
    CURRENT,
    DIRECTION_AWAY,
    rotation_filters_of,
    rotation_lines,
)
from careerpath.rotations.queries.rules import rules_or_none
from careerpath.rotations.queries.standing import COLOURS, STANDINGS, Standing
from careerpath.rotations.queries.words import DIRECTIONS
from careerpath.rotations.views.room import blueprint
from careerpath.words import NotFound, Refused, msg


@blueprint.get("/", endpoint="rotations")
@needs(Permission.ROTATION_VIEW)
@knows_day(ahead=True)
def show_rotations() -> ResponseReturnValue:
    """All rotations that the actor meets, newest first, with how many are away."""
    filters = rotation_filters_of(request.args)
    found = rotation_lines(current_actor(), filters, after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "rotations/rotations.html",
        found=found,
        page=found.page,
        filters=filters,
        edition=rules_or_none(filters.on),
        kind_choices=kind_choices(filters.on),
        state_choices=[(CURRENT, msg("尚未结束")), *((one.value, word) for one, word in STANDINGS.items())],
        direction_choices=[(one.value, word) for one, word in DIRECTIONS.items()],
        direction_away=DIRECTION_AWAY,
        standings=STANDINGS,
        colours=COLOURS,
        grades=grade_names(),
        Direction=Direction,
        Standing=Standing,
        today=clock.today(),
    )


@blueprint.post("/approve")
@needs(Permission.ROTATION_DECIDE)
def approve_rotations() -> ResponseReturnValue:
    """Approve those that were ticked by one document."""
    ids = [number for number in map(whole_number, request.form.getlist("ids")) if number is not None]
    form = ApproveForm()
    if not form.validate():
        flash(say(msg("请填写批准文号和批准日期。")), "danger")
    else:
        try:
            count = decisions.approve_rotations(current_actor(), ids, form.document.data, form.on.data)
        except (Refused, NotFound) as refusal:
            flash(say(refusal.message), "danger")
        else:
            flash(say(msg("已批准 %(count)s 人。", count=count)), "success")
    return redirect(url_for("rotations.rotations", state=Standing.PROPOSED.value))
