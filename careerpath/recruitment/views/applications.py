"""Applications: the list of a batch, one record, its photo and papers, what is revealed for a reason."""

from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.forms.papers import ReasonForm as LookForm
from careerpath.employees.queries.papers import Download
from careerpath.employees.views.room import attempt, status_of
from careerpath.recruitment.forms.applications import PaperForm, PhotoForm, ReasonForm
from careerpath.recruitment.forms.particulars import ParticularsForm
from careerpath.recruitment.models import Verdict
from careerpath.recruitment.operations import entering
from careerpath.recruitment.operations.candidates import renew_code
from careerpath.recruitment.operations.entering import (
    add_application_paper,
    enter_application,
    remove_application_paper,
    reveal_applicant,
    set_application_photo,
    withdraw_application,
)
from careerpath.recruitment.operations.review import Finding, reveal_application_paper, review_applications
from careerpath.recruitment.queries import application as queries
from careerpath.recruitment.queries import applications as lists
from careerpath.recruitment.queries.advice import STANDINGS
from careerpath.recruitment.queries.application import ApplicationPage, Deed
from careerpath.recruitment.queries.batches import Act, head_of
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.purging import purge_line
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.tickets import Ticket
from careerpath.recruitment.queries.words import APPLICATION_STATES, ENTRIES
from careerpath.recruitment.views.room import blueprint
from careerpath.words import NotFound, Refused, msg

LIST = "/batches/<int:batch_id>/applications"
RECORD = "/applications/<int:application_id>"


@blueprint.route(LIST, methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_VIEW)
def applications(batch_id: int) -> ResponseReturnValue:
    """The applications of a batch; what is ticked is reviewed together."""
    if request.method != "POST":
        return _list(batch_id)
    near_batch(current_actor(), batch_id, Permission.RECRUITMENT_VIEW)
    verdict = Verdict.FAILED if request.form.get("act") == "fail" else Verdict.PASSED
    ids = [number for number in map(whole_number, request.form.getlist("ids")) if number is not None]
    given = Finding(verdict, request.form.get("reason", "") if verdict is Verdict.FAILED else "")
    try:
        count = review_applications(current_actor(), batch_id, ids, given)
    except Refused as refusal:
        return _list(batch_id, refusal)
    flash(say(msg("已保存 %(count)s 人的审查意见。", count=count)), "success")
    return redirect(request.full_path)


@blueprint.get(RECORD)
@needs(Permission.RECRUITMENT_VIEW)
def application(application_id: int) -> ResponseReturnValue:
    """One application."""
    page = queries.application_page(current_actor(), application_id)
    return render_template("recruitment/application.html", page=page)


@blueprint.get(f"{RECORD}/photo")
@needs(Permission.RECRUITMENT_VIEW)
def application_photo(application_id: int) -> ResponseReturnValue:
    """The portrait."""
    return Response(queries.photo_of(current_actor(), application_id), mimetype="image/jpeg")


@blueprint.get(f"{RECORD}/papers/<int:paper_id>")
@needs(Permission.RECRUITMENT_VIEW)
def application_paper(application_id: int, paper_id: int) -> ResponseReturnValue:
    """A paper, to look at or, with ``?download=1``, to keep."""
    return _handed_out(queries.paper_of(current_actor(), application_id, paper_id))


@blueprint.route(f"{RECORD}/papers/<int:paper_id>/identity", methods=["GET", "POST"])
@needs(Permission.IDENTITY_REVEAL)
def application_identity_paper(application_id: int, paper_id: int) -> ResponseReturnValue:
    """A paper that shows an identity number, for a reason."""
    actor, form = current_actor(), LookForm()
    page = queries.application_page(actor, application_id, Permission.IDENTITY_REVEAL)
    if paper_id not in {paper.id for paper in page.papers}:
        raise NotFound
    found: list[Download] = []
    if attempt(form, lambda: found.append(reveal_application_paper(actor, application_id, paper_id, form.reason.data))):
        return _handed_out(found[0])
    title = say(msg("查看身份证件材料"))
    shown = render_template("recruitment/application-reveal.html", page=page, form=form, title=title, number="")
    return shown, status_of(form)


@blueprint.route(f"{RECORD}/identity", methods=["GET", "POST"])
@needs(Permission.IDENTITY_REVEAL)
def application_identity(application_id: int) -> ResponseReturnValue:
    """The full identity number, for a reason; shown in this one answer."""
    actor, form = current_actor(), LookForm()
    page = queries.application_page(actor, application_id, Permission.IDENTITY_REVEAL)
    found: list[str] = []
    attempt(form, lambda: found.append(reveal_applicant(actor, application_id, form.reason.data)))
    title, number = say(msg("查看完整身份证号码")), found[0] if found else ""
    shown = render_template("recruitment/application-reveal.html", page=page, form=form, title=title, number=number)
    return shown, 200 if found else status_of(form)


@blueprint.route(f"{RECORD}/papers", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_ENTER)
def application_papers(application_id: int) -> ResponseReturnValue:
    """The papers as the office keeps them: add one, take one away, another photo."""
    actor, form = current_actor(), PaperForm()
    page = queries.application_page(actor, application_id, Permission.RECRUITMENT_ENTER)
    if Deed.PAPERS not in page.deeds:
        return not_now(page)
    form.offer(page.documents)
    if attempt(
        form,
        lambda: add_application_paper(
            actor, application_id, form.code.data, form.file.data.filename or "", form.file.data.read()
        ),
    ):
        flash(say(msg("材料已上传。")), "success")
        return redirect(url_for("recruitment.application_papers", application_id=application_id))
    return _papers(page, form, PhotoForm(formdata=None)), status_of(form)


@blueprint.post(f"{RECORD}/photo")
@needs(Permission.RECRUITMENT_ENTER)
def change_application_photo(application_id: int) -> ResponseReturnValue:
    """Another photo."""
    actor, form = current_actor(), PhotoForm()
    page = queries.application_page(actor, application_id, Permission.RECRUITMENT_ENTER)
    if Deed.PAPERS not in page.deeds:
        return not_now(page)
    if attempt(form, lambda: set_application_photo(actor, application_id, form.photo.data.read())):
        flash(say(msg("照片已更换。")), "success")
        return redirect(url_for("recruitment.application_papers", application_id=application_id))
    papers = PaperForm(formdata=None)
    papers.offer(page.documents)
    return _papers(page, papers, form), status_of(form)


@blueprint.post(f"{RECORD}/papers/<int:paper_id>/remove")
@needs(Permission.RECRUITMENT_ENTER)
def drop_application_paper(application_id: int, paper_id: int) -> ResponseReturnValue:
    """Take a paper away."""
    remove_application_paper(current_actor(), application_id, paper_id)
    flash(say(msg("材料已移除。")), "success")
    return redirect(url_for("recruitment.application_papers", application_id=application_id))


@blueprint.route(f"{LIST}/new", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_ENTER)
def new_application(batch_id: int) -> ResponseReturnValue:
    """The application of somebody who came to the office."""
    actor, form = current_actor(), ParticularsForm()
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_ENTER)
    head = head_of(actor, batch)
    if Act.ENTER not in head.may:
        raise NotFound
    form.offer(rules_of(batch), lists.positions_of(actor, batch_id, Permission.RECRUITMENT_ENTER))
    entered: list[int] = []
    if attempt(form, lambda: entered.append(enter_application(actor, batch_id, form.position_id.data, form.given()))):
        flash(say(msg("已录入“%(name)s”的报名，请核对后上传照片和材料。", name=form.name.data)), "success")
        if "more" in request.form:
            return redirect(url_for("recruitment.new_application", batch_id=batch_id))
        return redirect(url_for("recruitment.application", application_id=entered[0]))
    return render_template("recruitment/application-new.html", head=head, form=form), status_of(form)


@blueprint.route(f"{RECORD}/edit", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_ENTER)
def change_application(application_id: int) -> ResponseReturnValue:
    """Change what an application says; who comes second sees both versions and keeps what was typed."""
    actor = current_actor()
    page = queries.application_page(actor, application_id, Permission.RECRUITMENT_ENTER)
    if Deed.CHANGE not in page.deeds:
        return not_now(page)
    form = ParticularsForm(obj=queries.kept_particulars(actor, application_id), version=page.version)
    form.offer(page.edition, lists.positions_of(actor, page.batch_id, Permission.RECRUITMENT_ENTER))
    if not form.is_submitted():
        form.position_id.data, form.identity.data = page.position_id, ""
    if attempt(
        form,
        lambda: entering.change_application(
            actor, application_id, form.position_id.data, form.given(), form.version.data or 0
        ),
    ):
        flash(say(msg("报名 %(number)s 已保存。", number=page.number)), "success")
        return redirect(url_for("recruitment.application", application_id=application_id))
    if form.conflict is not None:
        form.version.process_data(queries.application_page(actor, application_id).version)
        form.version.raw_data = None
    return render_template("recruitment/application-edit.html", page=page, form=form), status_of(form)


@blueprint.route(f"{RECORD}/code", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_ENTER)
def renew_application_code(application_id: int) -> ResponseReturnValue:
    """A new code with which the applicant opens the application; shown in this one answer."""
    actor, form = current_actor(), OfficeForm()
    page = queries.application_page(actor, application_id, Permission.RECRUITMENT_ENTER)
    if Deed.CODE not in page.deeds:
        return not_now(page)
    found: list[Ticket] = []
    attempt(form, lambda: found.append(renew_code(actor, application_id)))
    code = found[0].code if found else ""
    shown = render_template("recruitment/application-code.html", page=page, form=form, code=code)
    return shown, 200 if found else status_of(form)


@blueprint.route(f"{RECORD}/withdraw", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_ENTER)
def withdraw(application_id: int) -> ResponseReturnValue:
    """Take an application back at the applicant's wish."""
    actor, form = current_actor(), ReasonForm()
    page = queries.application_page(actor, application_id, Permission.RECRUITMENT_ENTER)
    if Deed.WITHDRAW not in page.deeds:
        return not_now(page)
    if attempt(form, lambda: withdraw_application(actor, application_id, form.reason.data)):
        flash(say(msg("已代为撤回报名 %(number)s。", number=page.number)), "success")
        return redirect(url_for("recruitment.application", application_id=application_id))
    title = say(msg("代为撤回报名"))
    hint = say(msg("撤回后不再参加本批招聘，同一身份证号码可以重新报名。"))
    shown = render_template("recruitment/application-reason.html", page=page, form=form, title=title, hint=hint)
    return shown, status_of(form)


def _list(batch_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    """The list of a batch, with a refusal where there is one."""
    actor = current_actor()
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_VIEW)
    wanted, sort = lists.ApplicationFilter.of(request.args), request.args.get("sort", "number")
    edition = rules_of(batch)
    shown = render_template(
        "recruitment/applications.html",
        head=head_of(actor, batch),
        wanted=wanted,
        sort=sort,
        rows=lists.application_lines(
            actor, batch, wanted, sort, after=request.args.get("after"), before=request.args.get("before")
        ),
        counts=lists.state_counts(actor, batch),
        states=[(state.value, word) for state, word in APPLICATION_STATES.items() if state != "draft"],
        entries=[(entry.value, word) for entry, word in ENTRIES.items()],
        standings=[(standing.value, word) for standing, word in STANDINGS.items()],
        groups=[(group.code, group.name) for group in edition.groups],
        problem=problem,
        purge=purge_line(batch),
        typed=request.form,
        chosen=set(request.form.getlist("ids")),
    )
    return shown, 422 if problem else 200


def not_now(page: ApplicationPage) -> ResponseReturnValue:
    """Back to the record with a word on why something cannot be done to it as it stands."""
    why = msg("报名 %(number)s 现为“%(state)s”，现在不能办理这项业务。", number=page.number, state=page.state_word)
    flash(say(why), "warning")
    return redirect(url_for("recruitment.application", application_id=page.id))


def _papers(page: ApplicationPage, form: PaperForm, photo_form: PhotoForm) -> str:
    return render_template("recruitment/application-papers.html", page=page, form=form, photo_form=photo_form)


def _handed_out(found: Download) -> Response:
    return send_file(
        BytesIO(found.body),
        mimetype=found.media_type,
        as_attachment=bool(request.args.get("download")),
        download_name=found.name,
        etag=False,
    )
