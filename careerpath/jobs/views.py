"""后台任务: one's own background work, its progress and its results."""

import os
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.files import files
from careerpath.core.web.language import say
from careerpath.jobs import operations, queries
from careerpath.jobs.models import JobState
from careerpath.words import NotFound, msg

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")

TONES = {
    JobState.WAITING: "",
    JobState.RUNNING: "primary",
    JobState.DONE: "success",
    JobState.FAILED: "danger",
    JobState.CANCELLED: "",
}
"""How the label of a state looks."""


@blueprint.get("")
@needs(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """All my jobs, newest first."""
    page = queries.my_jobs(current_actor(), request.args.get("after"), request.args.get("before"))
    return render_template("jobs/index.html", page=page, tones=TONES, result_days=operations.RESULT_DAYS)


@blueprint.get("/<int:job_id>")
@needs(Permission.SIGNED_IN)
def job(job_id: int) -> ResponseReturnValue:
    """One of my jobs; the page follows its progress."""
    found = queries.my_job(current_actor(), job_id)
    return render_template("jobs/job.html", job=found, progress=progress_of(found), tones=TONES)


@blueprint.get("/<int:job_id>/status")
@needs(Permission.SIGNED_IN)
def status(job_id: int) -> ResponseReturnValue:
    """The progress of a job, for the script of the page."""
    found = queries.my_job(current_actor(), job_id)
    return jsonify(progress_of(found) | {"message": say(found.message), "title": say(found.title)})


@blueprint.get("/<int:job_id>/result")
@needs(Permission.SIGNED_IN)
def result(job_id: int) -> ResponseReturnValue:
    """The result file of one of my jobs."""
    found = queries.my_result(current_actor(), job_id)
    try:
        content = files().open(found.key)
    except FileNotFoundError as missing:
        raise NotFound(msg("结果文件已不存在，请重新提交任务。")) from missing
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    answer = send_file(content, mimetype=found.media_type, as_attachment=True, download_name=found.name, max_age=0)
    answer.content_length = size
    return answer


@blueprint.post("/<int:job_id>/cancel")
@needs(Permission.SIGNED_IN)
def cancel(job_id: int) -> ResponseReturnValue:
    """Cancel one of my jobs."""
    try:
        operations.cancel_job(current_actor(), job_id)
    except operations.Ended as late:
        flash(say(late.message), "warning")
    else:
        flash(say(msg("任务已取消。")), "success")
    return redirect(url_for("jobs.job", job_id=job_id))


@blueprint.post("/<int:job_id>/forget")
@needs(Permission.SIGNED_IN)
def forget(job_id: int) -> ResponseReturnValue:
    """Take one of my ended jobs off the list."""
    operations.forget_job(current_actor(), job_id)
    flash(say(msg("任务及其结果文件已从列表中移除。")), "success")
    return redirect(url_for("jobs.index"))


def progress_of(job: queries.JobView) -> dict[str, Any]:
    """How far a job is, in the words that the page and its script share."""
    return {
        "title": job.title,
        "status": job.state.value,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "result_url": url_for("jobs.result", job_id=job.id) if job.has_result else None,
        "cancel_url": url_for("jobs.cancel", job_id=job.id) if job.active else None,
    }
