"""The blueprint that the pages of this room belong to, and what they share."""

from typing import Any

from flask import Blueprint

from careerpath.access.session import current_actor
from careerpath.access.tabs import may_open
from careerpath.core.clock import office_time
from careerpath.employees.forms.fields import code_name
from careerpath.policy import codes
from careerpath.policy.reason import show

blueprint = Blueprint("career_file", __name__)


@blueprint.context_processor
def names() -> dict[str, Any]:
    """Names of codes, and how numbers are written, for the frame of the file."""
    return {"code_name": code_name, "codes": codes, "office_time": office_time, "opens": opens, "show_number": show}


def opens(endpoint: str) -> bool:
    """Whether the reader may open a kind of page."""
    return may_open(current_actor(), endpoint)
