"""The blueprint that the pages of this room belong to, and what they share."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for

from careerpath.access.session import current_actor
from careerpath.access.tabs import may_open
from careerpath.annual_reports.queries.listings import LIST_PAGE
from careerpath.annual_reports.queries.reports import Act
from careerpath.annual_reports.queries.section import Behind, Cell, Table
from careerpath.annual_reports.queries.wording import NOTHING, paragraphs, shown
from careerpath.annual_reports.queries.words import REPORT_STATES
from careerpath.core.clock import office_time
from careerpath.core.web.language import say

blueprint = Blueprint("annual_reports", __name__, url_prefix="/annual-reports")
"""The annual report of a city, district or street: sections of figures, each with the list behind it, and its text."""

REPORT = "/<int:report_id>"


def behind_url(report_id: int, behind: Behind | None) -> str:
    """The address of the list behind a number; empty where there is none, or its reader may not open it."""
    if behind is None or not may_open(current_actor(), behind.endpoint):
        return ""
    args: Mapping[str, Any] = behind.args
    return url_for(behind.endpoint, **({"report_id": report_id, **args} if behind.endpoint == LIST_PAGE else args))


def cell_words(table: Table, place: int, cell: Cell) -> str:
    """What stands in a cell of a table: numbers with the decimals of their column."""
    if cell is None:
        return NOTHING
    return say(cell) if isinstance(cell, str) else shown(cell, table.places_at(place))


@blueprint.context_processor
def names() -> dict[str, Any]:
    """What the templates of this room say figures with."""
    return {
        "Act": Act,
        "behind_url": behind_url,
        "cell_words": cell_words,
        "office_time": office_time,
        "paragraphs": paragraphs,
        "report_states": REPORT_STATES,
        "shown": shown,
    }
