"""What waits for whom, and the menu by the work of each role."""

from dataclasses import dataclass

from flask import request, url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, with the page where it is done."""

    title: Message
    detail: Message
    url: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu."""

    title: Message
    url: str
    icon: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A titled part of the menu."""

    title: Message
    items: tuple[MenuItem, ...]


MENU: tuple[tuple[Message, tuple[tuple[Message, str, str, Permission], ...]], ...] = (
    (msg("待办"), ((msg("我的任务"), "dashboard.home", "check2-square", Permission.SIGNED_IN),)),
)
"""Group title, then for each line: title, endpoint, icon, the permission that shows it."""


def menu(actor: Actor) -> tuple[MenuGroup, ...]:
    """The menu of an actor: only what they may open."""
    here = request.endpoint or ""
    groups = []
    for title, lines in MENU:
        items = tuple(
            MenuItem(name, url_for(endpoint), icon, current=here.split(".")[0] == endpoint.split(".")[0])
            for name, endpoint, icon, permission in lines
            if actor.has(permission)
        )
        if items:
            groups.append(MenuGroup(title, items))
    return tuple(groups)


def tasks(actor: Actor) -> tuple[Task, ...]:
    """What waits for this actor, most urgent first."""
    return ()
