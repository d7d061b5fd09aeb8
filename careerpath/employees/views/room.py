"""The room's address spaces, and what its pages share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, request, url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor
from careerpath.core import clock
from careerpath.core.clock import office_time
from careerpath.core.web.as_of import chosen_day
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.employees.forms import words
from careerpath.employees.forms.fields import code_name
from careerpath.employees.queries.as_of import AsOf
from careerpath.employees.queries.people import unit_label, unit_named
from careerpath.employees.queries.person import PersonHead
from careerpath.policy import codes
from careerpath.policy.reason import show
from careerpath.words import Conflict, Message, Refused, msg

blueprint = Blueprint("employees", __name__)
requests = Blueprint("corrections", __name__)
own_file = Blueprint("own_file", __name__)

BLUEPRINTS = (blueprint, requests, own_file)
"""People; requests for correction, as the office sees them; one's own file."""

TABS: dict[str, Message] = {
    "overview": msg("基本信息"),
    "postings": msg("任职"),
    "studies": msg("学历证书"),
    "contracts": msg("合同"),
    "background": msg("简历家庭"),
    "conduct": msg("奖惩与请假"),
    "papers": msg("附件"),
    "history": msg("变更记录"),
}
"""The tabs of a file, as the office sees it."""

OWN_TABS: dict[str, Message] = {
    **{name: title for name, title in TABS.items() if name not in ("papers", "history")},
    "corrections": msg("申请更正"),
}
"""The tabs of one's own file."""


MORE_TABS = "careerpath.employees.tabs"
"""The key of the program's catalogue of tabs that upper rooms hang on a file."""


@dataclass(frozen=True, slots=True)
class FileTab:
    """A page of an upper room about a person. ``endpoint`` takes ``employee_id``; ``own`` is one's own, without ids.

    Without ``own`` the person has no such page.
    """

    title: Message
    endpoint: str
    own: str
    permission: Permission


def day_asked() -> AsOf:
    """The day that a page is shown as of, and whether as it was known then: today unless the reader chose another."""
    chosen = chosen_day()
    if chosen is None:
        return AsOf(clock.today())
    return AsOf(chosen.on, chosen.on if chosen.known else None)


def further_tabs(head: PersonHead, own: bool) -> list[tuple[str, str, bool, None]]:
    """The tabs of upper rooms that the reader may open."""
    actor, found = current_actor(), []
    for tab in current_app.extensions.get(MORE_TABS, ()):
        if own and tab.own:
            found.append((say(tab.title), url_for(tab.own), request.endpoint == tab.own, None))
        elif not own and actor.can(tab.permission, head.path):
            here = request.endpoint == tab.endpoint
            found.append((say(tab.title), url_for(tab.endpoint, employee_id=head.id), here, None))
    return found


def names() -> dict[str, Any]:
    """Names of codes and enumerations, for the templates of this room."""
    return {
        "code_name": code_name,
        "codes": codes,
        "words": words,
        "choices_of": choices_of,
        "office_time": office_time,
        "show_number": show,
    }


for room in BLUEPRINTS:
    room.context_processor(names)


def choices_of(field: Any) -> list[tuple[str, str]]:
    """Value and label of each choice of a select field."""
    return [(value, label) for value, label, *_ in field.iter_choices()]


def attempt(form: OfficeForm, deed: Callable[[], object]) -> bool:
    """Whether the form was sent, is sound, and its operation was done; a refusal lands in the form.

    A conflict stays with the form as ``form.conflict``, for both versions to be shown.
    """
    form.conflict = None
    if not form.validate_on_submit():
        return False
    try:
        deed()
    except Refused as refusal:
        if refusal.field == "unit_id":
            refusal.field = "unit"
        if isinstance(refusal, Conflict):
            form.conflict = refusal
        form.refuse(refusal)
        return False
    return True


def status_of(form: OfficeForm) -> int:
    """200 for a form that is shown, 409 for one that came too late, 422 for one that was refused."""
    if request.method != "POST":
        return 200
    return 409 if getattr(form, "conflict", None) is not None else 422


def fill_unit(form: OfficeForm, actor: Actor) -> None:
    """Find the unit that was typed without being chosen from the list; name the one that is chosen already."""
    if form.is_submitted() and form.unit_id.data is None and form.unit.data:
        form.unit_id.data = unit_named(actor, form.unit.data)
    elif form.unit_id.data is not None and not form.unit.data:
        form.unit.process_data(unit_label(actor, form.unit_id.data))


def crumbs(head: PersonHead, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way from the top unit to a person; units lead to their people, for those who may see lists."""
    if head.own:
        return [*((name, None) for _, name in head.units), (head.name, None), *more]
    way: list[tuple[str, str | None]] = [
        (name, url_for("employees.people", unit_id=unit_id)) for unit_id, name in head.units
    ]
    return [*way, (head.name, url_for("employees.person", employee_id=head.id) if more else None), *more]
