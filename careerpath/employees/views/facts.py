"""Dated facts, résumé and family of a file: add, correct, end, withdraw."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.employees.forms.facts import FACT_FORMS, EndingForm, PostingForm
from careerpath.employees.forms.papers import LINE_FORMS
from careerpath.employees.forms.words import FACT_NAMES, LINE_NAMES
from careerpath.employees.operations.facts import FactKind
from careerpath.employees.operations.history import add_fact, change_post, correct_fact, end_posting, withdraw_fact
from careerpath.employees.operations.lines import LineKind, add_line, change_line, line_given, remove_line
from careerpath.employees.queries.editing import editable_head
from careerpath.employees.queries.person import PersonHead, fact, line_of, main_posting
from careerpath.employees.views.record import tab_url
from careerpath.employees.views.room import attempt, blueprint, crumbs, fill_unit, status_of
from careerpath.employees.views.trail import column_name, shown
from careerpath.words import Message, msg

FACT = "/employees/<int:employee_id>/facts/<any(posting,education,certificate,contract,discipline,absence,honour):kind>"
LINE = "/employees/<int:employee_id>/lines/<any(career,family):kind>"
FACT_TABS = {
    FactKind.POSTING: "postings",
    FactKind.EDUCATION: "studies",
    FactKind.CERTIFICATE: "studies",
    FactKind.CONTRACT: "contracts",
    FactKind.DISCIPLINE: "conduct",
    FactKind.ABSENCE: "conduct",
    FactKind.HONOUR: "conduct",
}


@blueprint.route(f"{FACT}/add", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def fact_add(employee_id: int, kind: str) -> ResponseReturnValue:
    """Add a fact."""
    actor, what = current_actor(), FactKind(kind)
    head = editable_head(actor, employee_id)
    form = FACT_FORMS[what]()
    title = msg("添加%(what)s", what=FACT_NAMES[what])
    return _page(
        head, form, title, FACT_TABS[what], lambda: add_fact(actor, employee_id, form.given()), msg("已添加。")
    )


@blueprint.route(f"{FACT}/<int:fact_id>/correct", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def fact_correct(employee_id: int, kind: str, fact_id: int) -> ResponseReturnValue:
    """Correct a fact; what stood before stays in the history."""
    actor, what = current_actor(), FactKind(kind)
    head = editable_head(actor, employee_id)
    form = FACT_FORMS[what](obj=fact(head, what, fact_id).given)
    title = msg("更正%(what)s", what=FACT_NAMES[what])
    return _page(
        head,
        form,
        title,
        FACT_TABS[what],
        lambda: correct_fact(actor, employee_id, fact_id, form.given()),
        msg("已更正，原记录保留在变更记录中。"),
        msg("更正用于改正录入差错；情况发生变化的，请结束原记录后另行添加。"),
    )


@blueprint.route(f"{FACT}/<int:fact_id>/withdraw", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def fact_withdraw(employee_id: int, kind: str, fact_id: int) -> ResponseReturnValue:
    """Withdraw a fact that was entered by mistake, after asking."""
    actor, what = current_actor(), FactKind(kind)
    head = editable_head(actor, employee_id)
    line = fact(head, what, fact_id)
    form = OfficeForm()
    if attempt(form, lambda: withdraw_fact(actor, employee_id, fact_id, what)):
        flash(say(msg("已撤销，原记录保留在变更记录中。")), "success")
        return redirect(tab_url(head, FACT_TABS[what]))
    return _confirm(
        head, form, msg("撤销%(what)s", what=FACT_NAMES[what]), FACT_TABS[what], **_details(kind, line.given, line.unit)
    )


@blueprint.route("/employees/<int:employee_id>/facts/posting/<int:fact_id>/end", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def posting_end(employee_id: int, fact_id: int) -> ResponseReturnValue:
    """End a posting."""
    actor = current_actor()
    head = editable_head(actor, employee_id)
    line = fact(head, FactKind.POSTING, fact_id)
    form = EndingForm()
    hint = msg(
        "%(unit)s　%(title)s，自 %(starts)s", unit=line.unit, title=line.given.title, starts=line.given.starts_on
    )
    return _page(
        head,
        form,
        msg("结束任职"),
        "postings",
        lambda: end_posting(actor, employee_id, fact_id, form.given()),
        msg("任职已结束。"),
        hint,
    )


@blueprint.route("/employees/<int:employee_id>/move", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def move(employee_id: int) -> ResponseReturnValue:
    """Move a person to another main post; the present one ends the day before."""
    actor = current_actor()
    head = editable_head(actor, employee_id)
    form = PostingForm()
    now = main_posting(head)
    hint = msg("新任职开始的前一天，现任主要任职自动结束。调往其他街道的，由区级主管部门办理。")
    if now is not None and not form.is_submitted():
        form.unit_id.process_data(now.unit_id)
        form.post.process_data(now.post)
    return _page(
        head,
        form,
        msg("调整岗位"),
        "postings",
        lambda: change_post(actor, employee_id, form.given()),
        msg("岗位已调整。"),
        hint,
    )


@blueprint.route(f"{LINE}/add", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def line_add(employee_id: int, kind: str) -> ResponseReturnValue:
    """Add a line of the résumé or a member of the family."""
    actor, what = current_actor(), LineKind(kind)
    head = editable_head(actor, employee_id)
    form = LINE_FORMS[what]()
    title = msg("添加%(what)s", what=LINE_NAMES[what])
    return _page(head, form, title, "background", lambda: add_line(actor, employee_id, form.given()), msg("已添加。"))


@blueprint.route(f"{LINE}/<int:line_id>/change", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def line_change(employee_id: int, kind: str, line_id: int) -> ResponseReturnValue:
    """Change a line of the résumé or a member of the family."""
    actor, what = current_actor(), LineKind(kind)
    head = editable_head(actor, employee_id)
    kept = line_of(head, what, line_id)
    form = LINE_FORMS[what](obj=line_given(kept), version=kept.version)
    return _page(
        head,
        form,
        msg("修改%(what)s", what=LINE_NAMES[what]),
        "background",
        lambda: change_line(actor, employee_id, line_id, form.given(), form.version.data or 0),
        msg("已保存。"),
    )


@blueprint.route(f"{LINE}/<int:line_id>/remove", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def line_remove(employee_id: int, kind: str, line_id: int) -> ResponseReturnValue:
    """Remove a line of the résumé or a member of the family, after asking."""
    actor, what = current_actor(), LineKind(kind)
    head = editable_head(actor, employee_id)
    kept = line_of(head, what, line_id)
    form = OfficeForm()
    if attempt(form, lambda: remove_line(actor, employee_id, line_id, what)):
        flash(say(msg("已删除，原内容保留在变更记录中。")), "success")
        return redirect(tab_url(head, "background"))
    return _confirm(
        head, form, msg("删除%(what)s", what=LINE_NAMES[what]), "background", **_details(kind, line_given(kept))
    )


def _page(
    head: PersonHead,
    form: Any,
    title: Message,
    tab: str,
    deed: Callable[[], object],
    done: Message,
    hint: Message | None = None,
) -> ResponseReturnValue:
    if "unit_id" in form:
        fill_unit(form, current_actor())
    if attempt(form, deed):
        flash(say(done), "success")
        return redirect(tab_url(head, tab))
    text = say(title)
    return render_template(
        "employees/fact.html",
        form=form,
        head=head,
        title=text,
        hint=say(hint) if hint else "",
        back=tab_url(head, tab),
        crumbs=crumbs(head, (text, None)),
    ), status_of(form)


def _details(table: str, given: Any, unit: str = "") -> dict[str, Any]:
    """The values of a fact or line in the reader's words, for asking back."""
    return {
        "details": [
            (
                column_name(table, item.name),
                unit if item.name == "unit_id" else shown(table, item.name, getattr(given, item.name), {}),
            )
            for item in fields(given)
        ]
    }


def _confirm(head: PersonHead, form: OfficeForm, title: Message, tab: str, **what: Any) -> ResponseReturnValue:
    text = say(title)
    page = render_template(
        "employees/confirm.html",
        form=form,
        head=head,
        title=text,
        back=tab_url(head, tab),
        crumbs=crumbs(head, (text, None)),
        **what,
    )
    return page, status_of(form)
