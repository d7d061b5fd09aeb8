"""The start page, and the days that are coming."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paging import listed_page
from careerpath.dashboard import queries
from careerpath.dashboard.queries.cards import cards
from careerpath.dashboard.queries.deadlines import DeadlineKind, Span, counts, deadlines
from careerpath.dashboard.queries.deadlines.deadline import KIND_WORDS
from careerpath.dashboard.queries.tasks.groups import grouped
from careerpath.employees.queries.people import unit_named
from careerpath.words import Message, msg

blueprint = Blueprint("dashboard", __name__)

SPANS: dict[int, Message] = {60: msg("60 天内"), 30: msg("30 天内"), 180: msg("半年内"), 365: msg("一年内")}
"""How many days ahead one may look; the first is the usual one."""


@blueprint.get("/")
@needs(Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What waits for me, by role, and how things stand."""
    actor = current_actor()
    groups = grouped(queries.tasks(actor), clock.today())
    return render_template("dashboard/home.html", groups=groups, cards=cards(actor))


@blueprint.get("/deadlines")
@needs(Permission.EMPLOYEE_VIEW)
def coming() -> ResponseReturnValue:
    """Days that are coming, and those that have passed within a year."""
    actor, today = current_actor(), clock.today()
    days = request.args.get("days", type=int)
    days = days if days in SPANS else next(iter(SPANS))
    wanted = request.args.get("kind", "")
    kind = DeadlineKind(wanted) if wanted in set(DeadlineKind) else None
    text = request.args.get("unit", "").strip()
    unit_id = unit_named(actor, text, Permission.EMPLOYEE_VIEW) if text else None
    path = fetch_unit(actor, unit_id, Permission.EMPLOYEE_VIEW).path if unit_id is not None else ""
    found = deadlines(actor, Span.around(today, days), kind, path)
    keyed = [(f"{place:06d}", one) for place, one in enumerate(found)]
    page = listed_page(keyed, lambda pair: pair[0], after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "dashboard/deadlines.html",
        page=page,
        rows=[one for _, one in page.rows],
        today=today,
        sums=counts(found, today),
        kinds=[(one.value, say(KIND_WORDS[one])) for one in DeadlineKind],
        kind_words=KIND_WORDS,
        kind=kind,
        spans=[(span, say(word)) for span, word in SPANS.items()],
        days=days,
        unit=text,
    )
