"""Photo, attachments, and the look at a full identity number."""

from io import BytesIO

from flask import Response, flash, redirect, render_template, send_file
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.employees.forms.papers import AttachmentForm, PhotoForm, ReasonForm
from careerpath.employees.models import AttachmentKind
from careerpath.employees.operations.papers import (
    add_attachment,
    remove_attachment,
    reveal_identity,
    reveal_paper,
    set_photo,
)
from careerpath.employees.queries.editing import editable_head
from careerpath.employees.queries.papers import Download, attachment_of, photo_of
from careerpath.employees.queries.person import PersonHead, paper_of, papers, person_head
from careerpath.employees.views.record import tab_url
from careerpath.employees.views.room import TABS, attempt, blueprint, crumbs, status_of
from careerpath.words import NotFound, msg


@blueprint.get("/employees/<int:employee_id>/photo")
@needs(Permission.SIGNED_IN)
def photo(employee_id: int) -> ResponseReturnValue:
    """The portrait, for those who may see the file and for the person."""
    return Response(photo_of(current_actor(), employee_id), mimetype="image/jpeg")


@blueprint.post("/employees/<int:employee_id>/photo")
@needs(Permission.EMPLOYEE_EDIT)
def photo_change(employee_id: int) -> ResponseReturnValue:
    """Keep a new portrait."""
    actor, form = current_actor(), PhotoForm()
    head = editable_head(actor, employee_id)
    if attempt(form, lambda: set_photo(actor, employee_id, form.photo.data.read())):
        flash(say(msg("照片已更换。")), "success")
        return redirect(tab_url(head, "papers"))
    return _papers(head, AttachmentForm(formdata=None), form), status_of(form)


@blueprint.post("/employees/<int:employee_id>/attachments")
@needs(Permission.EMPLOYEE_EDIT)
def attachment_add(employee_id: int) -> ResponseReturnValue:
    """Keep a scanned paper."""
    actor, form = current_actor(), AttachmentForm()
    head = editable_head(actor, employee_id)
    if attempt(
        form,
        lambda: add_attachment(
            actor,
            employee_id,
            AttachmentKind(form.kind.data),
            form.file.data.filename or "",
            form.file.data.read(),
        ),
    ):
        flash(say(msg("附件已上传。")), "success")
        return redirect(tab_url(head, "papers"))
    return _papers(head, form, PhotoForm(formdata=None)), status_of(form)


@blueprint.get("/employees/<int:employee_id>/attachments/<int:attachment_id>")
@needs(Permission.EMPLOYEE_EDIT)
def attachment(employee_id: int, attachment_id: int) -> ResponseReturnValue:
    """Hand a paper out, always as a download."""
    return _download(attachment_of(current_actor(), employee_id, attachment_id))


@blueprint.post("/employees/<int:employee_id>/attachments/<int:attachment_id>/remove")
@needs(Permission.EMPLOYEE_EDIT)
def attachment_remove(employee_id: int, attachment_id: int) -> ResponseReturnValue:
    """Remove a paper."""
    actor = current_actor()
    head = editable_head(actor, employee_id)
    remove_attachment(actor, employee_id, attachment_id)
    flash(say(msg("附件已移除。")), "success")
    return redirect(tab_url(head, "papers"))


@blueprint.route("/employees/<int:employee_id>/identity", methods=["GET", "POST"])
@needs(Permission.IDENTITY_REVEAL)
def identity(employee_id: int) -> ResponseReturnValue:
    """The full identity number, for a reason; shown in this one answer and nowhere kept."""
    actor, form = current_actor(), ReasonForm()
    head = _revealable(employee_id)
    shown: list[str] = []
    attempt(form, lambda: shown.append(reveal_identity(actor, employee_id, form.reason.data)))
    title = say(msg("查看完整身份证号码"))
    page = render_template(
        "employees/identity.html",
        form=form,
        head=head,
        title=title,
        number=shown[0] if shown else "",
        crumbs=crumbs(head, (title, None)),
    )
    return page, 200 if shown else status_of(form)


@blueprint.route("/employees/<int:employee_id>/attachments/<int:attachment_id>/identity", methods=["GET", "POST"])
@needs(Permission.IDENTITY_REVEAL)
def identity_paper(employee_id: int, attachment_id: int) -> ResponseReturnValue:
    """The scan of an identity card, for a reason."""
    actor, form = current_actor(), ReasonForm()
    head = _revealable(employee_id)
    paper = paper_of(head, attachment_id)
    found: list[bytes] = []
    if attempt(form, lambda: found.append(reveal_paper(actor, employee_id, attachment_id, form.reason.data))):
        return _download(Download(paper.name, paper.media_type, found[0]))
    title = say(msg("下载身份证件"))
    page = render_template(
        "employees/identity.html", form=form, head=head, title=title, number="", crumbs=crumbs(head, (title, None))
    )
    return page, status_of(form)


def _revealable(employee_id: int) -> PersonHead:
    head = person_head(current_actor(), employee_id)
    if not head.may_reveal:
        raise NotFound
    return head


def _papers(head: PersonHead, form: AttachmentForm, photo_form: PhotoForm) -> str:
    tabs = [(say(title), tab_url(head, name), name == "papers", None) for name, title in TABS.items()]
    return render_template(
        "employees/tabs/papers.html",
        head=head,
        own=False,
        tab_items=tabs,
        crumbs=crumbs(head),
        papers=papers(head),
        form=form,
        photo_form=photo_form,
    )


def _download(found: Download) -> Response:
    return send_file(
        BytesIO(found.body), mimetype=found.media_type, as_attachment=True, download_name=found.name, etag=False
    )
