"""The pages of one thing that an actor may open: tabs of a room, and pages of upper rooms about a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.words import Message


def may_open(actor: Actor, endpoint: str) -> bool:
    """Whether there is such a page and the actor holds its permission."""
    permission: Permission | None = getattr(current_app.view_functions.get(endpoint), "__permission__", None)
    return permission is not None and actor.has(permission)


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a thing: the endpoint within the room, and the title."""

    name: str
    title: Message


def tabs_of(actor: Actor, room: str, pages: Sequence[tuple[str, Message]]) -> tuple[Tab, ...]:
    """Those of some pages of a room that exist and that the actor may open, in their order."""
    return tuple(Tab(name, title) for name, title in pages if may_open(actor, f"{room}.{name}"))


UNIT_LINKS = "careerpath.access.unit_links"
"""The key of the program's catalogue of pages that upper rooms have about a unit."""


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A page of an upper room about a unit; ``endpoint`` takes ``unit_id``."""

    title: Message
    endpoint: str
    permission: Permission


def links_of(actor: Actor, unit: Unit) -> tuple[tuple[Message, str], ...]:
    """Titles and addresses of the pages about a unit that the actor may open there."""
    links: Sequence[UnitLink] = current_app.extensions.get(UNIT_LINKS, ())
    return tuple(
        (link.title, url_for(link.endpoint, unit_id=unit.id)) for link in links if actor.can(link.permission, unit.path)
    )
