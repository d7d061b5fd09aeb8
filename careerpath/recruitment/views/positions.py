"""The grid of positions: chosen from vacancies, typed or pasted, put down all at once."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.operations.people import RowRefused
from careerpath.policy.codes import Post
from careerpath.recruitment.forms import positions as forms
from careerpath.recruitment.forms.positions import PositionRow
from careerpath.recruitment.models import BatchState, RecruitmentBatch
from careerpath.recruitment.operations.positions import put_positions
from careerpath.recruitment.queries import batches as queries
from careerpath.recruitment.queries import planning
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.staffing import StaffingLine, staffing_lines
from careerpath.recruitment.queries.words import CHANNEL_NAMES
from careerpath.recruitment.views.batches import BATCH
from careerpath.recruitment.views.room import blueprint
from careerpath.words import Message, Refused, msg

TITLE = msg("社区工作者")


@blueprint.route(f"{BATCH}/positions", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_PLAN)
def positions(batch_id: int) -> ResponseReturnValue:
    """The positions of a planned batch, all in one form."""
    actor = current_actor()
    batch, head = queries.batch_with_head(actor, batch_id, Permission.RECRUITMENT_PLAN)
    if request.method == "GET":
        if batch.state is not BatchState.PLANNED:
            flash(say(msg("公告已经发布，岗位按公告冻结，不能再修改。")), "warning")
            return redirect(url_for("recruitment.batch", batch_id=batch_id))
        rows = [forms.kept_row(position, name) for position, name in planning.positions_with_units(batch)]
        return _shown(batch, head, rows)
    rows, act = forms.sent_rows(request.form), request.form.get("act", "save")
    if "rows" not in request.form:
        # An empty form would take all positions away.
        return _shown(batch, head, rows, problem=msg("没有收到岗位，请重新打开本页填写。"))
    if act == "save":
        return _saved(actor, batch, head, rows)
    vacancies: Sequence[StaffingLine] = ()
    if act in ("vacancies", "pick"):
        vacancies = _vacancies(actor, batch, head.unit_path)
    if act == "pick":
        chosen = {whole_number(text) for text in request.form.getlist("pick")}
        rows += [forms.usual_row(line, say(TITLE)) for line in vacancies if line.unit_id in chosen]
    elif act == "paste":
        rows += forms.pasted_rows(request.form.get("block", ""), rules_of(batch), say(TITLE))
    return _shown(batch, head, rows, vacancies, asked=act in ("vacancies", "pick"))


def _saved(
    actor: Actor, batch: RecruitmentBatch, head: queries.BatchHead, rows: Sequence[PositionRow]
) -> ResponseReturnValue:
    try:
        given = forms.given_positions(rows, planning.units_named(head.unit_path, {row.unit for row in rows}))
        count = put_positions(actor, batch.id, given)
    except forms.RowsRefused as refused:
        return _shown(batch, head, refused.rows, problem=refused.message)
    except RowRefused as refused:
        return _shown(batch, head, forms.faulty_rows(rows, refused.row, refused), problem=refused.message)
    except Refused as refused:
        return _shown(batch, head, rows, problem=refused.message)
    flash(say(msg("已保存 %(count)s 个岗位。", count=count)), "success")
    return redirect(url_for("recruitment.batch", batch_id=batch.id))


def _shown(
    batch: RecruitmentBatch,
    head: queries.BatchHead,
    rows: Sequence[PositionRow],
    vacancies: Sequence[StaffingLine] = (),
    *,
    asked: bool = False,
    problem: Message | None = None,
) -> ResponseReturnValue:
    edition = rules_of(batch)
    known = {row.unit_id or row.unit for row in rows}
    shown = render_template(
        "recruitment/positions.html",
        head=head,
        batch=batch,
        rows=[*rows, *(PositionRow(title=say(TITLE)) for _ in range(forms.SPARE))],
        vacant=[line for line in vacancies if line.to_plan and not {str(line.unit_id), line.name} & known],
        asked=asked,
        channels=[(code.value, word) for code, word in CHANNEL_NAMES.items()],
        posts=[(post.value, say(msg("%(post)s", post=post))) for post in Post],
        groups=[(group.code, group.name) for group in edition.groups],
        places=sum(whole_number(row.places) or 0 for row in rows),
        problem=problem,
    )
    return shown, 422 if problem else 200


def _vacancies(actor: Actor, batch: RecruitmentBatch, path: str) -> Sequence[StaffingLine]:
    """The communities of the district as they stood on the day; none where no norm was in force."""
    try:
        return staffing_lines(
            actor, batch.vacancies_on, permission=Permission.RECRUITMENT_PLAN, path=path, without_batch=batch.id
        )
    except Refused:
        return ()
