"""The ladder: one person's, one's own, everybody's, and the nine cells."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.employees.views.record import tabs_of
from careerpath.employees.views.room import crumbs
from careerpath.talent_pool.queries.ladder import LadderPage, ladder_of
from careerpath.talent_pool.queries.ladder import own_ladder as own_page
from careerpath.talent_pool.queries.ladder_list import STANDINGS, LadderFilters, ladder_lines
from careerpath.talent_pool.queries.nine_grid import CELLS, UNPLACED, GridFilters
from careerpath.talent_pool.queries.nine_grid import nine_grid as grid_page
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import NotFound, Refused

LONGEST = 64


@blueprint.get("/employees/<int:employee_id>/ladder")
@needs(Permission.POOL_VIEW)
def person_ladder(employee_id: int) -> ResponseReturnValue:
    """One person's ladder, a tab of the file."""
    return _shown(ladder_of(current_actor(), employee_id), own=False)


@blueprint.get("/own/ladder")
@needs(Permission.OWN_FILE_VIEW)
def own_ladder() -> ResponseReturnValue:
    """One's own ladder; an account without a file is told what to do."""
    try:
        page = own_page(current_actor())
    except NotFound:
        return render_template("employees/no-file.html")
    return _shown(page, own=True)


@blueprint.get("/ladder")
@needs(Permission.POOL_VIEW)
def ladder() -> ResponseReturnValue:
    """Who stands on which rung, and who could take the next step."""
    filters = LadderFilters(*(_asked(name) for name in ("q", "unit", "rung", "gate", "standing")))
    shown = {"filters": filters, "standings": STANDINGS}
    try:
        page = ladder_lines(current_actor(), filters, after=_mark("after"), before=_mark("before"))
    except Refused as refusal:
        return render_template("talent_pool/ladder.html", page=None, problem=refusal.message, **shown), 422
    return render_template("talent_pool/ladder.html", page=page, problem=None, **shown)


@blueprint.get("/nine-grid")
@needs(Permission.POOL_VIEW)
def nine_grid() -> ResponseReturnValue:
    """Performance and potential of the reserves, with the names behind each cell."""
    filters = GridFilters(*(_asked(name) for name in ("unit", "rung", "cell")))
    shown = {"filters": filters, "cell": CELLS.get(filters.cell), "unplaced_code": UNPLACED}
    try:
        page = grid_page(current_actor(), filters, after=_mark("after"), before=_mark("before"))
    except Refused as refusal:
        return render_template("talent_pool/nine-grid.html", page=None, problem=refusal.message, **shown), 422
    return render_template("talent_pool/nine-grid.html", page=page, problem=None, **shown)


def _shown(page: LadderPage, *, own: bool) -> str:
    return render_template(
        "talent_pool/ladder-person.html",
        page=page,
        head=page.head,
        own=own,
        tab_items=tabs_of(page.head, "", own),
        crumbs=crumbs(page.head),
    )


def _asked(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST]


def _mark(name: str) -> str | None:
    return request.args.get(name) or None
