"""The open pages of one candidate: filling in step by step, papers, preview, receipt, state, scores, withdrawal."""

from collections.abc import Callable, Mapping
from io import BytesIO

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.employees.forms.fields import code_name
from careerpath.employees.forms.words import SOURCES
from careerpath.employees.operations.contents import PHOTO_LIMIT
from careerpath.policy.codes import Certificate, Education, Ethnic, Marital, Political, Sex
from careerpath.recruitment.forms.candidates import OwnPaperForm, OwnPhotoForm, SubmitForm, WithdrawForm
from careerpath.recruitment.forms.particulars import (
    DEGREES,
    OwnGroupsForm,
    OwnHistoryForm,
    OwnPersonalForm,
    OwnStudyForm,
)
from careerpath.recruitment.operations.candidates import (
    NEEDED,
    OWN_PAPER_LIMIT,
    CodeRefused,
    add_own_paper,
    remove_own_paper,
    save_own,
    set_own_photo,
    submit_own,
    withdraw_own,
)
from careerpath.recruitment.queries.own_application import OwnApplication, own_application, own_paper, own_photo
from careerpath.recruitment.queries.published import position_choices
from careerpath.recruitment.queries.tickets import Ticket
from careerpath.recruitment.views.own_session import current_ticket
from careerpath.recruitment.views.room import apply as pages
from careerpath.words import Message, NotFound, Refused, msg

STEPS: Mapping[str, Message] = {
    "personal": msg("个人情况"),
    "study": msg("学习与工作"),
    "history": msg("简历与家庭"),
    "groups": msg("类别与加分"),
    "papers": msg("材料与照片"),
    "check": msg("核对与提交"),
}

FORMS = {"personal": OwnPersonalForm, "study": OwnStudyForm, "history": OwnHistoryForm, "groups": OwnGroupsForm}
"""The steps in which something is typed."""

TICKET = "printing.own_ticket"
"""The address at which a candidate's admission ticket is printed; where there is none, none is offered."""

MEGABYTE = 1024 * 1024


@pages.get("/own")
@needs(Permission.OPEN)
def own() -> ResponseReturnValue:
    """Where an application stands, and what to do now."""
    _, mine = _mine()
    printable = mine.seat is not None and TICKET in current_app.view_functions
    return render_template(
        "recruitment/apply-own.html",
        mine=mine,
        words=_words(mine),
        ticket_url=url_for(TICKET) if printable else "",
        first=_first(mine),
    )


@pages.get("/own/<any(personal,study,history,groups,papers,check):step>")
@needs(Permission.OPEN)
def step(step: str) -> ResponseReturnValue:
    """One step of filling in."""
    _, mine = _mine()
    if not mine.may_write:
        return redirect(url_for("apply.own"))
    if step in FORMS:
        return _typed_page(step, mine, _form(step, mine))
    if step == "papers":
        return _papers_page(mine)
    return _check_page(mine, SubmitForm())


@pages.post("/own/<any(personal,study,history,groups):step>")
@needs(Permission.OPEN)
def keep(step: str) -> ResponseReturnValue:
    """Keep one step, and go on to the next or stay for more rows."""
    ticket, mine = _mine()
    form = _form(step, mine)
    position_id = form.position_id.data if step == "groups" else None
    if not _done(form, lambda: save_own(current_actor(), ticket, form.given(mine.particulars), position_id)):
        return _typed_page(step, mine, form), 422
    names = list(STEPS)
    stays = "stay" in request.form
    return redirect(url_for("apply.step", step=step if stays else names[names.index(step) + 1]))


@pages.post("/own/photo")
@needs(Permission.OPEN)
def photo_change() -> ResponseReturnValue:
    """Keep a portrait."""
    ticket, mine = _mine()
    form = OwnPhotoForm()
    if _done(form, lambda: set_own_photo(current_actor(), ticket, form.photo.data.read())):
        flash(say(msg("照片已上传。")), "success")
        return redirect(url_for("apply.step", step="papers"))
    return _papers_page(mine, photo_form=form), 422


@pages.get("/own/photo")
@needs(Permission.OPEN)
def photo() -> ResponseReturnValue:
    """The candidate's own portrait."""
    ticket = _ticket()
    return Response(own_photo(ticket), mimetype="image/jpeg")


@pages.post("/own/papers/add")
@needs(Permission.OPEN)
def paper_add() -> ResponseReturnValue:
    """Keep a paper."""
    ticket, mine = _mine()
    form = OwnPaperForm()
    code = form.code.data or ""

    def work() -> None:
        add_own_paper(current_actor(), ticket, code, form.file.data.filename or "", form.file.data.read())

    if _done(form, work):
        flash(say(msg("材料已上传。")), "success")
        return redirect(url_for("apply.step", step="papers", _anchor=f"paper-{code}"))
    return _papers_page(mine, refused=form), 422


@pages.get("/own/papers/<int:paper_id>")
@needs(Permission.OPEN)
def paper(paper_id: int) -> ResponseReturnValue:
    """One of the candidate's own papers, as a download."""
    ticket = _ticket()
    found, body = own_paper(ticket, paper_id)
    return send_file(BytesIO(body), mimetype=found.media_type, as_attachment=True, download_name=found.name, etag=False)


@pages.post("/own/papers/<int:paper_id>/remove")
@needs(Permission.OPEN)
def paper_remove(paper_id: int) -> ResponseReturnValue:
    """Take back a paper."""
    ticket = _ticket()
    remove_own_paper(current_actor(), ticket, paper_id)
    flash(say(msg("材料已移除。")), "success")
    return redirect(url_for("apply.step", step="papers"))


@pages.post("/own/submit")
@needs(Permission.OPEN)
def submit() -> ResponseReturnValue:
    """Hand in."""
    ticket, mine = _mine()
    form = SubmitForm()
    if _done(form, lambda: submit_own(current_actor(), ticket, pledged=form.pledged.data)):
        return redirect(url_for("apply.receipt"))
    return _check_page(mine, form), 422


@pages.get("/own/receipt")
@needs(Permission.OPEN)
def receipt() -> ResponseReturnValue:
    """The receipt, to print or to photograph."""
    _, mine = _mine()
    if mine.submitted_at is None:
        return redirect(url_for("apply.own"))
    return render_template("recruitment/apply-receipt.html", mine=mine)


@pages.route("/own/withdraw", methods=["GET", "POST"])
@needs(Permission.OPEN)
def withdraw() -> ResponseReturnValue:
    """Take the application back, once it is confirmed."""
    ticket, mine = _mine()
    form = WithdrawForm()

    def work() -> None:
        if not form.confirmed.data:
            raise Refused(msg("请勾选确认后再撤回。"), field="confirmed")
        withdraw_own(current_actor(), ticket)

    if _done(form, work):
        flash(say(msg("报名已撤回。")), "success")
        return redirect(url_for("apply.own"))
    page = render_template("recruitment/apply-withdraw.html", mine=mine, form=form)
    return page, 422 if request.method == "POST" else 200


def _ticket() -> Ticket:
    ticket = current_ticket()
    if ticket is None:
        raise CodeRefused
    return ticket


def _mine() -> tuple[Ticket, OwnApplication]:
    """The ticket of this browser and what it opens. Raises ``CodeRefused`` where it opens nothing."""
    ticket = _ticket()
    try:
        return ticket, own_application(ticket)
    except NotFound as error:
        raise CodeRefused from error


def _done(form: OfficeForm, work: Callable[[], object]) -> bool:
    """Whether a sound form's work was done; a refusal stands beside its field."""
    if not form.validate_on_submit():
        return False
    try:
        work()
    except CodeRefused:
        raise
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def _form(step: str, mine: OwnApplication) -> OfficeForm:
    if step != "groups":
        return FORMS[step](obj=mine.particulars)
    form = OwnGroupsForm(obj=mine.particulars, data={"position_id": mine.position_id})
    form.offer(mine.edition, position_choices(mine.batch_id, mine.position_id))
    return form


def _steps(step: str) -> list[tuple[Message, str, str]]:
    names = list(STEPS)
    here = names.index(step)
    return [
        (STEPS[name], url_for("apply.step", step=name), "current" if name == step else "done" if at < here else "later")
        for at, name in enumerate(names)
    ]


def _typed_page(step: str, mine: OwnApplication, form: OfficeForm) -> str:
    return render_template(
        "recruitment/apply-step.html", mine=mine, form=form, step=step, title=STEPS[step], steps=_steps(step)
    )


def _papers_page(
    mine: OwnApplication, photo_form: OwnPhotoForm | None = None, refused: OwnPaperForm | None = None
) -> str:
    forms = {}
    for document in mine.documents:
        same = refused is not None and refused.code.data == document.code
        form = refused if same and refused is not None else OwnPaperForm(formdata=None, code=document.code)
        form.file.id = f"file-{document.code}"
        forms[document.code] = form
    stray = refused if refused is not None and refused not in forms.values() else None
    return render_template(
        "recruitment/apply-papers.html",
        mine=mine,
        photo_form=photo_form or OwnPhotoForm(formdata=None),
        forms=forms,
        stray=stray,
        limit=OWN_PAPER_LIMIT // MEGABYTE,
        photo_limit=PHOTO_LIMIT // MEGABYTE,
        title=STEPS["papers"],
        steps=_steps("papers"),
    )


def _check_page(mine: OwnApplication, form: SubmitForm) -> str:
    lacking = [
        (what, url_for("apply.step", step="study" if name in ("education", "school") else "personal", _anchor=name))
        for name, what in NEEDED.items()
        if not getattr(mine.particulars, name)
    ]
    return render_template(
        "recruitment/apply-check.html",
        mine=mine,
        form=form,
        lacking=lacking,
        words=_words(mine),
        title=STEPS["check"],
        steps=_steps("check"),
    )


def _first(mine: OwnApplication) -> str:
    """The step to go on with: the last one where everything is there that may be missing."""
    lacking = any(not getattr(mine.particulars, name) for name in NEEDED)
    return "personal" if lacking else "papers" if mine.missing else "check"


def _words(mine: OwnApplication) -> dict[str, str]:
    """The names of the codes that were filled in, in the reader's language."""
    given = mine.particulars
    return {
        "sex": code_name(Sex, mine.sex),
        "ethnic": code_name(Ethnic, given.ethnic),
        "marital": code_name(Marital, given.marital),
        "political": code_name(Political, given.political),
        "education": code_name(Education, given.education),
        "degree": say(DEGREES[given.degree[:1]]) if given.degree[:1] in DEGREES else "",
        "certificate": code_name(Certificate, given.certificate),
        "source": say(SOURCES[given.source]),
    }
