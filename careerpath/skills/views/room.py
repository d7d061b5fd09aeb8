"""The blueprint that the pages of this room belong to, and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, url_for

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor
from careerpath.core.clock import office_time
from careerpath.employees.forms.fields import code_name
from careerpath.policy import codes
from careerpath.policy.reason import show
from careerpath.skills.queries import words
from careerpath.words import Message

GAP_HELPS = "careerpath.skills.gap_helps"
"""The key of the program's catalogue of pages of upper rooms that help where a line of work is short of people."""


@dataclass(frozen=True, slots=True)
class GapHelp:
    """A list of an upper room that ``argument`` narrows to a line of work by its code."""

    title: Message
    endpoint: str
    argument: str
    permission: Permission


blueprint = Blueprint("skills", __name__, url_prefix="/skills")


@blueprint.context_processor
def names() -> dict[str, Any]:
    """Names of codes and states, for the templates of this room."""
    return {
        "code_name": code_name,
        "codes": codes,
        "office_time": office_time,
        "show_number": show,
        "words": words,
        "gap_helps": gap_helps,
    }


def gap_helps(code: str) -> Sequence[tuple[Message, str]]:
    """Titles and addresses of what helps with a line, as far as the reader may open it."""
    actor = current_actor()
    return [
        (one.title, f"{url_for(one.endpoint)}?{urlencode({one.argument: code})}")
        for one in current_app.extensions.get(GAP_HELPS, ())
        if one.endpoint in current_app.view_functions and actor.has(one.permission)
    ]
