"""The blueprint that the pages of this room belong to, and what they share."""

from typing import Any

from flask import Blueprint

from careerpath.employees.views.room import choices_of

blueprint = Blueprint("figures", __name__, url_prefix="/figures")


@blueprint.context_processor
def names() -> dict[str, Any]:
    """What templates of this room use."""
    return {"choices_of": choices_of}
