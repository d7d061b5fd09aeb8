"""One person's file: its tabs, its first page, the end of service."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.employees.forms.papers import AttachmentForm, CorrectionForm, PhotoForm
from careerpath.employees.forms.people import EndOfServiceForm, PersonForm, ReturnForm
from careerpath.employees.operations.facts import FactKind
from careerpath.employees.operations.people import change_employee, end_service, resume_service
from careerpath.employees.queries import person as queries
from careerpath.employees.queries.corrections import requests_of
from careerpath.employees.queries.editing import editable, editable_head
from careerpath.employees.queries.person import PersonHead, person_head
from careerpath.employees.views.room import (
    OWN_TABS,
    TABS,
    attempt,
    blueprint,
    crumbs,
    fill_unit,
    further_tabs,
    status_of,
)
from careerpath.employees.views.trail import history
from careerpath.words import msg


@blueprint.get("/employees/<int:employee_id>")
@needs(Permission.EMPLOYEE_VIEW)
def person(employee_id: int) -> ResponseReturnValue:
    """The first page of a file."""
    head = person_head(current_actor(), employee_id)
    return show_tab(head, "overview")


@blueprint.get("/employees/<int:employee_id>/<any(postings,studies,contracts,background,conduct,papers,history):tab>")
@needs(Permission.EMPLOYEE_VIEW)
def person_tab(employee_id: int, tab: str) -> ResponseReturnValue:
    """Another tab of a file."""
    return show_tab(person_head(current_actor(), employee_id), tab)


@blueprint.route("/employees/<int:employee_id>/edit", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def edit(employee_id: int) -> ResponseReturnValue:
    """Change the first page; who comes second sees both versions and keeps what was typed."""
    actor = current_actor()
    head, kept = editable(actor, employee_id)
    form = PersonForm(obj=kept, version=head.version)
    if attempt(form, lambda: change_employee(actor, employee_id, form.given(), form.version.data or 0)):
        flash(say(msg("“%(name)s”的基本信息已保存。", name=form.name.data)), "success")
        return redirect(url_for("employees.person", employee_id=employee_id))
    if form.conflict is not None:
        form.version.process_data(head.version)
        form.version.raw_data = None
    way = crumbs(head, (say(msg("修改基本信息")), None))
    return render_template("employees/edit.html", form=form, head=head, crumbs=way), status_of(form)


@blueprint.route("/employees/<int:employee_id>/leave", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def leave(employee_id: int) -> ResponseReturnValue:
    """End a person's service."""
    actor = current_actor()
    head = editable_head(actor, employee_id)
    form = EndOfServiceForm()
    if attempt(form, lambda: end_service(actor, employee_id, form.given())):
        flash(say(msg("已办理“%(name)s”离职。", name=head.name)), "success")
        return redirect(url_for("employees.person", employee_id=employee_id))
    way = crumbs(head, (say(msg("办理离职")), None))
    return render_template("employees/leave.html", form=form, head=head, crumbs=way), status_of(form)


@blueprint.route("/employees/<int:employee_id>/return", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def come_back(employee_id: int) -> ResponseReturnValue:
    """Take somebody back into service."""
    actor = current_actor()
    head = editable_head(actor, employee_id)
    form = ReturnForm()
    fill_unit(form, actor)
    if attempt(form, lambda: resume_service(actor, employee_id, form.given())):
        flash(say(msg("“%(name)s”已重新入职。", name=head.name)), "success")
        return redirect(url_for("employees.person", employee_id=employee_id))
    title = say(msg("重新入职"))
    return render_template(
        "employees/fact.html",
        form=form,
        head=head,
        title=title,
        hint=say(msg("请登记重新入职后的主要任职。")),
        crumbs=crumbs(head, (title, None)),
    ), status_of(form)


def show_tab(head: PersonHead, tab: str, *, own: bool = False) -> ResponseReturnValue:
    """One tab of a file, for the office or, at their own address, for the person."""
    return render_template(
        f"employees/tabs/{tab}.html",
        head=head,
        own=own,
        tab_items=tabs_of(head, tab, own),
        crumbs=crumbs(head),
        today=clock.today(),
        **CONTENTS[tab](head),
    )


def tabs_of(head: PersonHead, tab: str, own: bool = False) -> list[tuple[str, str, bool, None]]:
    """The tabs of a file, those of upper rooms last; ``tab`` is the present one."""
    titles = OWN_TABS if own else TABS
    tabs = [(say(title), tab_url(head, name, own), name == tab, None) for name, title in titles.items()]
    return tabs + further_tabs(head, own)


def tab_url(head: PersonHead, tab: str, own: bool = False) -> str:
    """The address of a tab."""
    if own:
        return url_for("own_file.overview") if tab == "overview" else url_for("own_file.tab", name=tab)
    if tab == "overview":
        return url_for("employees.person", employee_id=head.id)
    return url_for("employees.person_tab", employee_id=head.id, tab=tab)


def _facts(*kinds: FactKind) -> Any:
    return lambda head: {"known": {kind.value: queries.facts(head, kind) for kind in kinds}}


def _contracts(head: PersonHead) -> dict[str, Any]:
    contracts = queries.facts(head, FactKind.CONTRACT)
    return {
        "known": {"contract": contracts},
        "warnings": queries.warnings_of(head, None, [line.given for line in contracts]),
    }


CONTENTS: dict[str, Any] = {
    "overview": lambda head: {"page": queries.overview(head)},
    "postings": _facts(FactKind.POSTING),
    "studies": _facts(FactKind.EDUCATION, FactKind.CERTIFICATE),
    "contracts": _contracts,
    "background": lambda head: {"career": queries.career_lines(head), "family": queries.family(head)},
    "conduct": _facts(FactKind.HONOUR, FactKind.DISCIPLINE, FactKind.ABSENCE),
    "papers": lambda head: {
        "papers": queries.papers(head),
        "photo_form": PhotoForm(),
        "form": AttachmentForm(),
    },
    "history": history,
    "corrections": lambda head: {"requests": requests_of(head), "form": CorrectionForm()},
}
"""What each tab shows: functions from the head to the values of its template."""
