"""The blueprint that the pages of this room belong to, and what they share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from careerpath.core.clock import office_time
from careerpath.core.web.language import say
from careerpath.employees.forms.fields import code_name
from careerpath.mentoring.queries import words
from careerpath.policy import codes
from careerpath.policy.reason import show
from careerpath.words import Message, Refused

blueprint = Blueprint("mentoring", __name__, url_prefix="/mentoring")


@blueprint.context_processor
def names() -> dict[str, Any]:
    """Names of codes and states, for the templates of this room."""
    return {"code_name": code_name, "codes": codes, "office_time": office_time, "show_number": show, "words": words}


def finish(back: str, done: Message) -> ResponseReturnValue:
    """Say what was done, on the page that follows."""
    flash(say(done), "success")
    return redirect(back)


def act(back: str, deed: Callable[[], object], done: Message) -> ResponseReturnValue:
    """Something that a button does, and back to a page with what came of it."""
    try:
        deed()
    except Refused as refusal:
        flash(say(refusal.message), "danger")
        return redirect(back)
    return finish(back, done)
