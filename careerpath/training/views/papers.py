"""The papers of a class, and what people say of it."""

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.employees.queries.papers import Download
from careerpath.employees.views.room import attempt, status_of
from careerpath.training.forms.classes import PaperForm
from careerpath.training.operations import papers as operations
from careerpath.training.queries import papers as queries
from careerpath.training.queries.class_people import LEAST_FOR_COMMENTS, ratings_of
from careerpath.training.queries.classes import class_head
from careerpath.training.queries.tabs import class_tabs
from careerpath.training.views.classes import CLASS
from careerpath.training.views.room import blueprint
from careerpath.words import NotFound, msg

PAPER = "/papers/<int:class_paper_id>"


@blueprint.get(f"{CLASS}/papers")
@needs(Permission.TRAINING_VIEW)
def papers(class_id: int) -> ResponseReturnValue:
    """The schedule, handouts and slides of a class."""
    return _papers(class_id, PaperForm(formdata=None))


@blueprint.post(f"{CLASS}/papers")
@needs(Permission.TRAINING_HOLD)
def add_paper(class_id: int) -> ResponseReturnValue:
    """Keep a paper."""
    actor, form = current_actor(), PaperForm()
    if attempt(
        form,
        lambda: operations.add_class_paper(actor, class_id, form.file.data.filename or "", form.file.data.read()),
    ):
        flash(say(msg("资料已上传，参训人员可以下载。")), "success")
        return redirect(url_for("training.papers", class_id=class_id))
    return _papers(class_id, form)


@blueprint.get(PAPER)
@needs(Permission.TRAINING_VIEW)
def paper(class_paper_id: int) -> ResponseReturnValue:
    """The content of a paper, for the office."""
    return hand_out(queries.class_paper(current_actor(), class_paper_id))


@blueprint.post(f"{PAPER}/remove")
@needs(Permission.TRAINING_HOLD)
def remove_paper(class_paper_id: int) -> ResponseReturnValue:
    """Take a paper away."""
    class_id = operations.remove_class_paper(current_actor(), class_paper_id)
    flash(say(msg("资料已移除。")), "success")
    return redirect(url_for("training.papers", class_id=class_id))


@blueprint.get(f"{CLASS}/ratings")
@needs(Permission.TRAINING_VIEW)
def ratings(class_id: int) -> ResponseReturnValue:
    """What people say of a class: the average, how many of each, comments without names."""
    head = class_head(current_actor(), class_id)
    return render_template(
        "training/class-ratings.html",
        head=head,
        tabs=class_tabs(head),
        found=ratings_of(class_id),
        least=LEAST_FOR_COMMENTS,
    )


def hand_out(download: Download) -> ResponseReturnValue:
    """A paper as a file, never shown in the page itself."""
    return send_file(
        BytesIO(download.body), mimetype=download.media_type, as_attachment=True, download_name=download.name
    )


def _papers(class_id: int, form: PaperForm) -> ResponseReturnValue:
    head = class_head(current_actor(), class_id)
    if form.is_submitted() and not head.holds:
        raise NotFound
    shown = render_template(
        "training/class-papers.html",
        head=head,
        tabs=class_tabs(head),
        papers=queries.papers_of_class(class_id),
        form=form,
    )
    return shown, status_of(form)
