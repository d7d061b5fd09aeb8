"""The blueprint that the pages of this room belong to, and what they share."""

from typing import Any

from flask import Blueprint

from careerpath.core.clock import office_time
from careerpath.employees.forms.fields import code_name
from careerpath.honours.queries import words
from careerpath.honours.queries.calls import Act
from careerpath.policy import codes
from careerpath.policy.reason import show

blueprint = Blueprint("honours", __name__, url_prefix="/honours")


def choices_of_codes(table: type[codes.Code]) -> list[tuple[str, str]]:
    """Value and name of every entry of a code table, for the filters of a list."""
    return [(entry.value, code_name(table, entry.value)) for entry in table]


@blueprint.context_processor
def names() -> dict[str, Any]:
    """Names of codes and states, for the templates of this room."""
    return {
        "Act": Act,
        "choices_of_codes": choices_of_codes,
        "code_name": code_name,
        "codes": codes,
        "office_time": office_time,
        "show_number": show,
        "words": words,
    }
