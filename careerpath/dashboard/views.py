"""The start page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.dashboard import queries

blueprint = Blueprint("dashboard", __name__)


@blueprint.get("/")
@needs(Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What waits for me, by role."""
    return render_template("dashboard/home.html", tasks=queries.tasks(current_actor()))
