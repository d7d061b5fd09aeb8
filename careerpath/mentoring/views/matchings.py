"""Matchings: the list, a new one, one with its proposals, another mentor for somebody, and the pairings that follow."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import fetch_unit
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.employees.queries.named import people_named
from careerpath.employees.views.room import attempt, fill_unit, status_of
from careerpath.mentoring.forms.matchings import (
    AGAIN,
    ALL,
    JOINED,
    NAMED,
    OUT,
    CarryOutForm,
    MatchForm,
    MatchingForm,
    WantedForm,
)
from careerpath.mentoring.operations import matchings as operations
from careerpath.mentoring.operations.matchings import MatchingGiven
from careerpath.mentoring.queries import matchings as lists
from careerpath.mentoring.queries.matching import SHOWN, loads_of, match_page, match_rows, matching_head
from careerpath.mentoring.queries.rules import rules_or_none
from careerpath.mentoring.queries.words import MATCHING_STATES
from careerpath.mentoring.views.room import act, blueprint, finish
from careerpath.policy.mentoring import usual_end
from careerpath.words import msg

MATCHING = "/matchings/<int:matching_id>"
LINE = "/matchings/lines/<int:match_line_id>"


@blueprint.get("/matchings")
@needs(Permission.MENTORING_VIEW)
def matchings() -> ResponseReturnValue:
    """All matchings of the actor's units."""
    filters = lists.matching_filters_of(request.args)
    page = lists.matching_rows(
        current_actor(), filters, after=request.args.get("after"), before=request.args.get("before")
    )
    states = [(one.value, word) for one, word in MATCHING_STATES.items()]
    return render_template("mentoring/matchings.html", page=page, filters=filters, states=states)


@blueprint.route("/matchings/new", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def new_matching() -> ResponseReturnValue:
    """Say who takes part, and solve."""
    actor, form, today = current_actor(), MatchingForm(), clock.today()
    if not form.is_submitted():
        form.unit_id.data = next((ids_of(one)[-1] for one in actor.prefixes(Permission.MENTORING_KEEP) if one), None)
        form.name.data = say(msg("%(year)s年导师匹配", year=today.year))
        form.starts_on.data = today
    fill_unit(form, actor)
    edition = rules_or_none(today)
    form.offer({kind.code: kind.name for kind in edition.mentors} if edition else {})
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.solve_matching(actor, form.unit_id.data, _given(form)))):
        return finish(_url(made[0]), msg("已匹配，请核对建议，可逐人调整。"))
    return render_template("mentoring/matching-new.html", form=form, edition=edition), status_of(form)


@blueprint.get(MATCHING)
@needs(Permission.MENTORING_VIEW)
def matching(matching_id: int) -> ResponseReturnValue:
    """One matching with its proposals."""
    return _page(matching_id, CarryOutForm(formdata=None))


@blueprint.post(f"{MATCHING}/carry-out")
@needs(Permission.MENTORING_KEEP)
def carry_out_matching(matching_id: int) -> ResponseReturnValue:
    """Agree on all pairings that are proposed."""
    actor, form, made = current_actor(), CarryOutForm(), []
    if attempt(
        form, lambda: made.extend(operations.carry_out_matching(actor, matching_id, form.numbers_from.data or ""))
    ):
        return finish(_url(matching_id), msg("已结对 %(count)s 对，请逐一填写帮带目标和计划。", count=len(made)))
    return _page(matching_id, form)


@blueprint.post(f"{MATCHING}/solve")
@needs(Permission.MENTORING_KEEP)
def solve_matching_again(matching_id: int) -> ResponseReturnValue:
    """Solve again; what people chose stays."""
    actor = current_actor()
    return act(
        _url(matching_id),
        lambda: operations.solve_matching_again(actor, matching_id),
        msg("已重新匹配，人工选定的保持不变。"),
    )


@blueprint.post(f"{MATCHING}/drop")
@needs(Permission.MENTORING_KEEP)
def drop_matching(matching_id: int) -> ResponseReturnValue:
    """Put it away."""
    actor = current_actor()
    return act(_url(matching_id), lambda: operations.drop_matching(actor, matching_id), msg("已作废，可以恢复。"))


@blueprint.post(f"{MATCHING}/restore")
@needs(Permission.MENTORING_KEEP)
def restore_matching(matching_id: int) -> ResponseReturnValue:
    """Take it up again."""
    actor = current_actor()
    return act(_url(matching_id), lambda: operations.restore_matching(actor, matching_id), msg("已恢复。"))


@blueprint.route(LINE, methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def match(match_line_id: int) -> ResponseReturnValue:
    """Choose another mentor for somebody, or nobody this time."""
    actor, form = current_actor(), MatchForm()
    page = match_page(actor, match_line_id)
    matching_id = page.matching.id

    def deed() -> None:
        mentor_id, left_out = form.chosen()
        operations.change_match(actor, match_line_id, mentor_id, left_out, form.reason.data or "", form.seen())

    if attempt(form, deed):
        return finish(_url(matching_id), msg("%(name)s的导师安排已调整。", name=page.name))
    if not form.is_submitted():
        form.version.data, form.reason.data = str(page.line.version), page.line.reason
        form.mentor_id.data = OUT if page.line.left_out else str(page.line.mentor_id or AGAIN)
    wanted = WantedForm(formdata=None)
    wanted.wanted.data, wanted.version.data = list(page.line.wanted), str(page.line.version)
    wanted.offer(page.lines)
    shown = render_template("mentoring/match.html", page=page, form=form, wanted=wanted, OUT=OUT, AGAIN=AGAIN)
    return shown, status_of(form)


@blueprint.post(f"{LINE}/wanted")
@needs(Permission.MENTORING_KEEP)
def change_match_wanted(match_line_id: int) -> ResponseReturnValue:
    """Set what somebody wants to learn."""
    actor, form = current_actor(), WantedForm()
    codes = request.form.getlist("wanted")
    return act(
        url_for("mentoring.match", match_line_id=match_line_id),
        lambda: operations.change_match_wanted(actor, match_line_id, codes, form.seen()),
        msg("想学的业务已保存，重新匹配后生效。"),
    )


def _page(matching_id: int, form: CarryOutForm) -> ResponseReturnValue:
    head = matching_head(current_actor(), matching_id)
    shown = request.args.get("show", "")
    page = match_rows(
        head,
        show=shown,
        q=request.args.get("q", "").strip()[:64],
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    rendered = render_template(
        "mentoring/matching.html",
        head=head,
        page=page,
        loads=loads_of(head),
        form=form,
        shown=shown,
        choices=list(SHOWN.items()),
        q=request.args.get("q", ""),
    )
    return rendered, status_of(form)


def _given(form: MatchingForm) -> MatchingGiven:
    """What the form says, with the people and mentors that it means."""
    actor, unit_id, starts_on = current_actor(), form.unit_id.data, form.starts_on.data
    edition = rules_or_none(starts_on)
    ends_on = form.ends_on.data or (usual_end(edition, starts_on) if edition else starts_on)
    ids: list[int] | None = None
    if form.who.data == JOINED:
        ids = lists.joined_since(actor, unit_id, form.since.data, starts_on, ends_on)
    elif form.who.data == NAMED:
        ids = people_named(actor, unit_id, form.names(), Permission.MENTORING_KEEP)
    mentor_ids: list[int] | None = None
    if form.kinds.data:
        path = fetch_unit(actor, unit_id, Permission.MENTORING_KEEP).path
        mentor_ids = lists.mentors_of_kinds(path, form.kinds.data, starts_on, ends_on)
    return MatchingGiven(
        name=form.name.data,
        starts_on=starts_on,
        ends_on=form.ends_on.data,
        mentees=None if form.who.data == ALL else [(one, None) for one in ids or ()],
        mentor_ids=mentor_ids,
    )


def _url(matching_id: int) -> str:
    return url_for("mentoring.matching", matching_id=matching_id)
