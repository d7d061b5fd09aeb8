"""The career file: one person's, a tab of the personnel file, and one's own."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.career_file.queries.career import THEMES, Theme, career_of
from careerpath.career_file.queries.lines import KINDS
from careerpath.career_file.queries.own import own_things
from careerpath.career_file.views.room import blueprint
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.person import PersonHead, own_head, person_head
from careerpath.employees.views.record import tabs_of
from careerpath.employees.views.room import crumbs, day_asked
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: the day, whether as known then, and the theme; what makes no sense is left out."""

    as_of: AsOf
    theme: Theme | None

    @property
    def is_past(self) -> bool:
        """Whether it is an earlier day."""
        return self.as_of.on != clock.today()


@blueprint.get("/employees/<int:employee_id>/career")
@needs(Permission.EMPLOYEE_VIEW)
@knows_day(then=True)
def career(employee_id: int) -> ResponseReturnValue:
    """One person's career, a tab of the file."""
    return _shown(person_head(current_actor(), employee_id), own=False)


@blueprint.get("/own/career")
@needs(Permission.OWN_FILE_VIEW)
@knows_day(then=True)
def own_career() -> ResponseReturnValue:
    """One's own career; an account without a file is told what to do."""
    try:
        head = own_head(current_actor())
    except NotFound:
        return render_template("employees/no-file.html")
    return _shown(head, own=True)


def _shown(head: PersonHead, *, own: bool) -> str:
    theme = request.args.get("theme", "")
    wanted = Asked(day_asked(), Theme(theme) if theme in set(Theme) else None)
    page = career_of(current_actor(), head, wanted.as_of, own=own)
    template = "career_file/own.html" if own else "career_file/career.html"
    now = own and not wanted.is_past
    return render_template(
        template,
        page=page,
        things=own_things(head.id, page.lines, wanted.as_of.on) if now else None,
        asked=wanted,
        themes=THEMES,
        kinds=KINDS,
        head=head,
        own=own,
        tab_items=tabs_of(head, "", own),
        crumbs=crumbs(head),
    )
