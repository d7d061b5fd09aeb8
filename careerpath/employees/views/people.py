"""The list of people, the look-up, and a new file."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.errors import wants_json
from careerpath.core.web.language import say
from careerpath.employees.forms.people import PeopleFilterForm, RegisterForm
from careerpath.employees.operations.people import register_employee
from careerpath.employees.queries.people import find_people, people_list, unit_label
from careerpath.employees.queries.people_as_of import people_as_of
from careerpath.employees.views.room import attempt, blueprint, fill_unit, status_of
from careerpath.words import msg


@blueprint.get("/employees")
@needs(Permission.EMPLOYEE_VIEW)
@knows_day(then=True)
def people() -> ResponseReturnValue:
    """The list, with its filters in the address."""
    actor, form = current_actor(), PeopleFilterForm.of_request()
    filters = form.given()
    sort = form.sort.data
    as_of, after, before = form.as_of(), request.args.get("after"), request.args.get("before")
    if as_of is None:
        page = people_list(actor, filters, sort, after=after, before=before)
    else:
        page = people_as_of(actor, as_of, filters, sort, after=after, before=before)
    unit = filters.unit or unit_label(actor, filters.unit_id)
    return render_template("employees/people.html", form=form, page=page, sort=sort, unit=unit, past=as_of)


@blueprint.get("/employees/search")
@needs(Permission.EMPLOYEE_VIEW)
def search() -> ResponseReturnValue:
    """Look a person up: JSON for the field that asks while one types, else the person or the list."""
    q = request.args.get("q", "")[:64]
    found = find_people(current_actor(), q)
    if wants_json():
        return jsonify(
            [
                {
                    "id": one.id,
                    "name": one.name,
                    "number": one.number,
                    "unit": one.unit,
                    "url": url_for("employees.person", employee_id=one.id),
                }
                for one in found
            ]
        )
    if len(found) == 1:
        return redirect(url_for("employees.person", employee_id=found[0].id))
    return redirect(url_for("employees.people", q=q, status="all"))


@blueprint.route("/employees/new", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def register() -> ResponseReturnValue:
    """A new file."""
    actor, form = current_actor(), RegisterForm()
    fill_unit(form, actor)
    ids: list[int] = []
    if attempt(form, lambda: ids.append(register_employee(actor, form.new_employee()))):
        flash(say(msg("已登记“%(name)s”。", name=form.name.data)), "success")
        return redirect(url_for("employees.person", employee_id=ids[0]))
    return render_template("employees/register.html", form=form), status_of(form)
