"""The pool: the district's communities against the standard, the list of people, the look at the rules by hand."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.queries.units import streets_of
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.language import say
from careerpath.talent_pool.operations.proposals import check_pool
from careerpath.talent_pool.queries import pool as queries
from careerpath.talent_pool.queries import standing as standings
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import READINESS, STANDINGS
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import msg


@blueprint.get("/")
@needs(Permission.POOL_VIEW)
@knows_day(ahead=True)
def pool() -> ResponseReturnValue:
    """Every community of the actor's units with its reserves, against the standard, as of a day."""
    actor, wanted = current_actor(), standings.wanted_of(request.args)
    page = standings.standing_page(actor, wanted, after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "talent_pool/pool.html",
        page=page,
        wanted=wanted,
        streets=[(unit.id, unit.short_name) for unit in streets_of(actor)],
        standings=[(one.value, word) for one, word in STANDINGS.items()],
        kinds=[(one.value, word) for one, word in standings.KIND_WORDS.items() if one is not standings.Kinds.USUAL],
        usual=standings.KIND_WORDS[standings.Kinds.USUAL],
        colours=standings.STANDING_KINDS,
    )


@blueprint.get("/entries")
@needs(Permission.POOL_VIEW)
@knows_day()
def entries() -> ResponseReturnValue:
    """The people of the pool."""
    filters = queries.filters_of(request.args)
    page = queries.entry_lines(
        current_actor(), filters, after=request.args.get("after"), before=request.args.get("before")
    )
    edition = rules_or_none(clock.today())
    return render_template(
        "talent_pool/pool-entries.html",
        page=page,
        filters=filters,
        rungs=[(rung.code, rung.name) for rung in edition.rungs] if edition is not None else [],
        readiness=[(one.value, word) for one, word in READINESS.items()],
        insides=[(one.value, word) for one, word in queries.INSIDE_WORDS.items() if one is not queries.Inside.IN],
        dues=[(one.value, word) for one, word in queries.DUE_WORDS.items()],
    )


@blueprint.post("/check")
@needs(Permission.POOL_CHECK)
def check() -> ResponseReturnValue:
    """Hold the pool against its rules now, as the machine does every morning."""
    count = check_pool(current_actor(), clock.today())
    flash(say(msg("已核对，新增 %(count)s 条入库出库建议。", count=count)), "success")
    return redirect(url_for("talent_pool.proposals"))
