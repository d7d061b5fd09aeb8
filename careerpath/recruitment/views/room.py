"""The blueprints that the pages of this room belong to: those of the offices, and the open ones of candidates."""

from typing import Any

from flask import Blueprint

from careerpath.core.clock import office_time
from careerpath.employees.forms.fields import code_name
from careerpath.policy import codes

blueprint = Blueprint("recruitment", __name__, url_prefix="/recruitment")
apply = Blueprint("apply", __name__, url_prefix="/apply")

BLUEPRINTS = (blueprint, apply)


def names() -> dict[str, Any]:
    """Names of codes, for the templates of this room."""
    return {"code_name": code_name, "codes": codes, "office_time": office_time}


for room in BLUEPRINTS:
    room.context_processor(names)
