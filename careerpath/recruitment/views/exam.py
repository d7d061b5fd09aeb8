"""The written exam: where it stands, the draw, who came."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.views.room import attempt, status_of
from careerpath.recruitment.forms.exam import RoomsForm, attendance_marks
from careerpath.recruitment.models import BatchState, RecruitmentBatch
from careerpath.recruitment.operations import rooms as operations
from careerpath.recruitment.queries import exam as queries
from careerpath.recruitment.queries.batches import head_of
from careerpath.recruitment.queries.words import ATTENDANCES
from careerpath.recruitment.views.batches import BATCH
from careerpath.recruitment.views.room import blueprint
from careerpath.words import Refused, msg

_SCORE = Permission.RECRUITMENT_SCORE


@blueprint.get(f"{BATCH}/exam")
@needs(_SCORE)
def exam(batch_id: int) -> ResponseReturnValue:
    """Rooms, attendance and typing, with the one thing to do now."""
    actor = current_actor()
    batch = fetch(actor, RecruitmentBatch, batch_id, _SCORE)
    page, head = queries.exam_page(batch), head_of(actor, batch)
    return render_template("recruitment/exam.html", head=head, page=page, arranging=head.state is BatchState.EXAM)


@blueprint.route(f"{BATCH}/exam/numbers", methods=["GET", "POST"])
@needs(_SCORE)
def draw_numbers(batch_id: int) -> ResponseReturnValue:
    """The rooms, and the draw of seats and numbers."""
    actor = current_actor()
    batch = fetch(actor, RecruitmentBatch, batch_id, _SCORE)
    page = queries.exam_page(batch)
    form = RoomsForm(rooms="\n".join(f"{room.place} {room.seats}" for room in page.rooms))
    if attempt(form, lambda: operations.draw_numbers(actor, batch_id, form.given())):
        flash(say(msg("已抽签编排准考证号、座位和密号。")), "success")
        return redirect(url_for("recruitment.exam", batch_id=batch_id))
    head = head_of(actor, batch)
    return render_template("recruitment/exam-numbers.html", head=head, page=page, form=form), status_of(form)


@blueprint.route(f"{BATCH}/exam/attendance", methods=["GET", "POST"])
@needs(_SCORE)
def attendance(batch_id: int) -> ResponseReturnValue:
    """One room by seat: who sits there and who came; everybody did unless it is said otherwise."""
    actor = current_actor()
    room = whole_number(request.args.get("room", "")) or 1
    problem: Refused | None = None
    if request.method == "POST":
        try:
            changed = operations.mark_attendance(actor, batch_id, attendance_marks(request.form))
            flash(say(msg("已保存第 %(room)s 考场到考情况，%(count)s 人有变动。", room=room, count=changed)), "success")
            return redirect(url_for("recruitment.exam", batch_id=batch_id))
        except Refused as refusal:
            problem = refusal
    batch = fetch(actor, RecruitmentBatch, batch_id, _SCORE)
    return render_template(
        "recruitment/exam-attendance.html",
        head=head_of(actor, batch),
        rooms=queries.room_lines(batch),
        lines=queries.seats_of(batch, room),
        room=room,
        problem=problem,
        sent=request.form,
        words=ATTENDANCES,
        editing=batch.state is BatchState.EXAM,
    ), 422 if problem else 200
