"""The pages of one thing that an actor may open, as tabs."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app

from careerpath.access.actor import Actor
from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a thing: the endpoint within the room, and the title."""

    name: str
    title: Message


def tabs_of(actor: Actor, room: str, pages: Sequence[tuple[str, Message]]) -> tuple[Tab, ...]:
    """Those of some pages of a room that exist and that the actor may open, in their order."""
    found = []
    for name, title in pages:
        permission = getattr(current_app.view_functions.get(f"{room}.{name}"), "__permission__", None)
        if permission is not None and actor.has(permission):
            found.append(Tab(name, title))
    return tuple(found)
