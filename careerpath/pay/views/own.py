"""我的工资: one's own confirmed months, each with every reason."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.pay.queries import lines
from careerpath.pay.queries.runs import SIDE_NAMES
from careerpath.pay.views.room import blueprint


@blueprint.get("/own")
@needs(Permission.OWN_FILE_VIEW)
def own() -> ResponseReturnValue:
    """The months."""
    page = lines.own_months(current_actor(), request.args.get("after"), request.args.get("before"))
    return render_template("pay/runs/own.html", page=page)


@blueprint.get("/own/<int:pay_line_id>")
@needs(Permission.OWN_FILE_VIEW)
def own_line(pay_line_id: int) -> ResponseReturnValue:
    """One month."""
    page = lines.own_line_page(current_actor(), pay_line_id)
    return render_template("pay/runs/line.html", page=page, sides=SIDE_NAMES)
