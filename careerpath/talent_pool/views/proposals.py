"""What the daily look at the rules proposes: the list, and deciding on those that were ticked."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paths import safe_path, whole_number
from careerpath.employees.views.room import attempt, status_of
from careerpath.talent_pool.forms.pool import ProposalsForm
from careerpath.talent_pool.models import ProposalState
from careerpath.talent_pool.operations import proposals as operations
from careerpath.talent_pool.queries.proposals import proposal_filters_of, proposal_lines
from careerpath.talent_pool.queries.words import PROPOSAL_STATES, PROPOSED
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import msg


@blueprint.get("/proposals")
@needs(Permission.POOL_VIEW)
def proposals() -> ResponseReturnValue:
    """What waits, and what became of the rest."""
    form = ProposalsForm(formdata=None)
    form.begin()
    return _list(form)


@blueprint.post("/proposals")
@needs(Permission.POOL_DECIDE)
def decide_proposals() -> ResponseReturnValue:
    """Accept or dismiss what was ticked, all or none."""
    actor, form, counted = current_actor(), ProposalsForm(), []
    ids = [number for number in map(whole_number, request.form.getlist("ids")) if number is not None]
    dismissing = "dismiss" in request.form

    def deed() -> None:
        if dismissing:
            counted.append(operations.dismiss_proposals(actor, ids, form.reason.data or ""))
        else:
            on = form.on.data or clock.today()
            counted.append(operations.accept_proposals(actor, ids, on, form.document.data or ""))

    if attempt(form, deed):
        done = msg("%(count)s 条建议不予采纳。", count=counted[0]) if dismissing else msg(
            "已采纳 %(count)s 条建议并办理。", count=counted[0]
        )  # fmt: skip
        flash(say(done), "success")
        return redirect(safe_path(request.full_path.rstrip("?"), url_for("talent_pool.proposals")))
    form.begin()
    return _list(form, ids)


def _list(form: ProposalsForm, ticked: list[int] | None = None) -> ResponseReturnValue:
    filters = proposal_filters_of(request.args)
    page = proposal_lines(current_actor(), filters, after=request.args.get("after"), before=request.args.get("before"))
    shown = render_template(
        "talent_pool/pool-proposals.html",
        page=page,
        filters=filters,
        form=form,
        ticked=ticked or [],
        directions=[(one.value, word) for one, word in PROPOSED.items()],
        states=[(one.value, word) for one, word in PROPOSAL_STATES.items() if one is not ProposalState.OPEN],
        is_open=filters.state is ProposalState.OPEN,
    )
    return shown, status_of(form)
