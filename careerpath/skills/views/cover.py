"""Who covers what: all communities, one community, the people, one person, oneself."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.queries.units import streets_of
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.fields import read_day
from careerpath.core.web.language import say
from careerpath.employees.views.record import tabs_of
from careerpath.employees.views.room import crumbs
from careerpath.skills.codes import SkillLevel
from careerpath.skills.queries import cover_page as covers
from careerpath.skills.queries import people as queries
from careerpath.skills.queries.lines import line_groups
from careerpath.skills.views.room import blueprint
from careerpath.words import NotFound, msg


@blueprint.get("/")
@needs(Permission.SKILL_VIEW)
@knows_day(ahead=True)
def cover() -> ResponseReturnValue:
    """Every community of the actor's units with the lines that it covers, as of a day."""
    actor, filters = current_actor(), covers.filters_of(request.args)
    found = covers.cover_page(actor, filters, after=request.args.get("after"), before=request.args.get("before"))
    streets = [(unit.id, unit.short_name) for unit in streets_of(actor)]
    return render_template("skills/cover.html", found=found, filters=filters, streets=streets)


@blueprint.get("/units/<int:unit_id>")
@needs(Permission.SKILL_VIEW)
def community(unit_id: int) -> ResponseReturnValue:
    """One community on one page: who can do what, and what is lacking."""
    on = read_day(request.args.get("on", "")) or clock.today()
    return render_template("skills/community.html", page=queries.community_page(current_actor(), unit_id, on))


@blueprint.get("/people")
@needs(Permission.SKILL_VIEW)
@knows_day(ahead=True)
def people() -> ResponseReturnValue:
    """People with what they can do."""
    actor, filters = current_actor(), queries.filters_of(request.args)
    page = queries.skilled_people(actor, filters, after=request.args.get("after"), before=request.args.get("before"))
    names = {line.code: line.name for group in line_groups(actor) for line in group.lines if line.active}
    return render_template("skills/people.html", page=page, filters=filters, names=names, levels=SkillLevel)


@blueprint.get("/employees/<int:employee_id>")
@needs(Permission.SKILL_VIEW)
def person_skills(employee_id: int) -> ResponseReturnValue:
    """What one person showed, and what is not held yet."""
    on = read_day(request.args.get("on", "")) or clock.today()
    return _person(queries.person_page(current_actor(), employee_id, on), own=False)


@blueprint.get("/own")
@needs(Permission.OWN_GROWTH)
def own_skills() -> ResponseReturnValue:
    """One's own skills; an account without a file is told what to do."""
    try:
        page = queries.own_page(current_actor(), clock.today())
    except NotFound:
        return render_template("employees/no-file.html")
    return _person(page, own=True)


def _person(page: queries.PersonPage, *, own: bool) -> str:
    return render_template(
        "skills/person.html",
        page=page,
        head=page.head,
        own=own,
        tab_items=tabs_of(page.head, "", own),
        crumbs=crumbs(page.head, (say(msg("业务技能")), None)),
    )
