"""Looking: the list, an edition, and two of them side by side."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.fields import read_day
from careerpath.core.web.language import say
from careerpath.rulebook.models import EditionState
from careerpath.rulebook.queries import book as books
from careerpath.rulebook.queries import compared, pages
from careerpath.rulebook.views.room import EDITION, RULE, blueprint, trial_url
from careerpath.words import Refused, msg


@blueprint.get("/rules")
@needs(Permission.RULES_VIEW)
def book() -> ResponseReturnValue:
    """All editions; with a day those that were in force on it."""
    typed = request.args.get("on", "").strip()[:20]
    on = read_day(typed) if typed else None
    problem = None
    if typed and on is None:
        problem = msg("“%(text)s”不是有效日期，请按年、月、日填写，例如 2019-03-05 或 2019.3.5。", text=typed)
    rule, place = (request.args.get(name, "")[:40] for name in ("rule", "place"))
    found = books.book(current_actor(), on or clock.today(), rule, place, in_force_only=on is not None)
    page = {"book": found, "rule": rule, "place_chosen": place, "on": on, "typed": typed, "problem": problem}
    return render_template("rulebook/book.html", **page), 422 if problem else 200


@blueprint.get(EDITION)
@needs(Permission.RULES_VIEW)
def edition(edition_id: int) -> ResponseReturnValue:
    """A stored edition."""
    actor = current_actor()
    page = pages.stored_page(actor, edition_id)
    trial = trial_url(actor, page.line.rule, edition_id)
    links = {
        "source": url_for("rulebook.source", edition_id=edition_id),
        "workbook": url_for("rulebook.workbook", edition_id=edition_id),
    }
    return _edition(page, links, trial)


@blueprint.get(f"/rules/shipped/{RULE}")
@needs(Permission.RULES_VIEW)
def supplied(rule: str) -> ResponseReturnValue:
    """An edition that came with the program; without a key the list of its rule."""
    key = request.args.get("key", "")[:64]
    if not key:
        return redirect(url_for("rulebook.book", rule=rule))
    page = pages.supplied_page(current_actor(), rule, key)
    links = {
        "source": url_for("rulebook.supplied_source", rule=rule, key=key),
        "workbook": url_for("rulebook.supplied_workbook", rule=rule, key=key),
    }
    return _edition(page, links, None)


def _edition(page: pages.EditionPage, links: Mapping[str, str], trial: str | None) -> ResponseReturnValue:
    more = {"EditionState": EditionState, "office_time": clock.office_time}
    return render_template("rulebook/edition.html", page=page, links=links, trial=trial, **more)


@blueprint.get("/rules/compare")
@needs(Permission.RULES_VIEW)
def compare() -> ResponseReturnValue:
    """Two editions side by side."""
    actor = current_actor()
    old, new = (request.args.get(name, "")[:120] for name in ("old", "new"))
    comparison = problem = None
    if old and new:
        try:
            comparison = compared.compare_editions(pages.chosen_edition(actor, old), pages.chosen_edition(actor, new))
        except Refused as refusal:
            problem = say(refusal.message)
    page = {"choices": compared.choices(actor, clock.today()), "old": old, "new": new, "problem": problem}
    return render_template("rulebook/compare.html", comparison=comparison, **page), 422 if problem else 200
