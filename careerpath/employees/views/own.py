"""One's own file, and asking for its correction."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.employees.forms.papers import CorrectionForm
from careerpath.employees.operations.corrections import ask_correction
from careerpath.employees.queries.corrections import requests_of
from careerpath.employees.queries.person import has_own_file, own_head
from careerpath.employees.views.record import show_tab, tabs_of
from careerpath.employees.views.room import attempt, crumbs, own_file, status_of
from careerpath.words import msg


@own_file.get("/my-file")
@needs(Permission.OWN_FILE_VIEW)
def overview() -> ResponseReturnValue:
    """The first page of one's own file; an account without a file is told what to do."""
    actor = current_actor()
    if not has_own_file(actor):
        return render_template("employees/no-file.html")
    return show_tab(own_head(actor), "overview", own=True)


@own_file.get("/my-file/<any(postings,studies,contracts,background,conduct,corrections):name>")
@needs(Permission.OWN_FILE_VIEW)
def tab(name: str) -> ResponseReturnValue:
    """Another tab of one's own file."""
    return show_tab(own_head(current_actor()), name, own=True)


@own_file.post("/my-file/corrections")
@needs(Permission.OWN_FILE_VIEW)
def ask() -> ResponseReturnValue:
    """Ask the office for a correction."""
    actor, form = current_actor(), CorrectionForm()
    head = own_head(actor)
    if attempt(form, lambda: ask_correction(actor, form.given())):
        flash(say(msg("更正申请已提交，街道答复后在本页显示。")), "success")
        return redirect(url_for("own_file.tab", name="corrections"))
    page = render_template(
        "employees/tabs/corrections.html",
        head=head,
        own=True,
        tab_items=tabs_of(head, "corrections", own=True),
        crumbs=crumbs(head),
        requests=requests_of(head),
        form=form,
    )
    return page, status_of(form)
