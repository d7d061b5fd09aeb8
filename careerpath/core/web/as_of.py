"""The day as of which pages are shown: one control for all that know a day, and the day goes along from page to page.

A page says that it knows a day with ``@knows_day()``. It reads ``?on=`` from its address as it likes; ``?known=then``
asks for what was known on that day. Addresses of such pages that are made while such a page is shown keep both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, has_request_context, request

from careerpath.core import clock
from careerpath.core.web.fields import read_day
from careerpath.core.web.paths import same_page
from careerpath.words import Message, msg

ON, KNOWN, THEN = "on", "known", "then"
PAGING = ("after", "before")
"""What of an address means nothing on another day."""

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Ability:
    """What a page can do with a day: ``then``, show what was known on it; ``ahead``, look at days to come."""

    then: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The day that the reader chose, which is not today; ``known`` for what was known on it."""

    on: date
    known: bool = False


@dataclass(frozen=True, slots=True)
class DaySwitch:
    """The control of a page: what was chosen, the ways to other days, and what its form has to send along."""

    chosen: Chosen | None
    ability: Ability
    url: str
    today_url: str
    kept: tuple[tuple[str, str], ...]
    usual: tuple[tuple[Message, date, str], ...]
    """Days that are asked for again and again, with their addresses."""


def knows_day(*, then: bool = False, ahead: bool = False) -> Callable[[View], View]:
    """Mark a view whose page can be shown as of a day. It stands closest to the view, below its permission."""

    def mark(view: View) -> View:
        view.__day__ = Ability(then, ahead)  # type: ignore[attr-defined]
        return view

    return mark


def init_days(app: Flask) -> None:
    """Let the chosen day go along, and give templates the control."""
    app.url_default_functions.setdefault(None, []).append(_carry)
    app.context_processor(lambda: {"as_of": day_switch()})


def chosen_day() -> Chosen | None:
    """What the address of the page asks for; none for today, and for days that the page cannot show."""
    if not has_request_context() or request.method != "GET":
        return None
    ability, on = _ability(request.endpoint), read_day(request.args.get(ON, ""))
    today = clock.today()
    if ability is None or on is None or on == today or (on > today and not ability.ahead):
        return None
    return Chosen(on, ability.then and on < today and request.args.get(KNOWN) == THEN)


def day_switch() -> DaySwitch | None:
    """The control of the page that is being shown; none where it knows no day."""
    ability = _ability(request.endpoint) if has_request_context() else None
    if ability is None:
        return None
    today, first = clock.today(), clock.today().replace(day=1)
    usual = [(msg("上月末"), first - timedelta(days=1)), (msg("上年末"), date(today.year - 1, 12, 31))]
    if usual[0][1] == usual[1][1]:
        usual = usual[1:]
    chosen = chosen_day()
    known = chosen is not None and chosen.known
    kept = tuple((name, value) for name, value in request.args.items(multi=True) if name not in (ON, KNOWN, *PAGING))
    return DaySwitch(
        chosen=chosen,
        ability=ability,
        url=request.path,
        today_url=_here(None),
        kept=kept,
        usual=tuple((words, day, _here(Chosen(day, known))) for words, day in usual),
    )


def _ability(endpoint: str | None) -> Ability | None:
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "__day__", None)


def _here(chosen: Chosen | None) -> str:
    """The address of this page on another day, or today."""
    day: dict[str, str | None] = {ON: None, KNOWN: None}
    if chosen is not None:
        day = {ON: chosen.on.isoformat(), KNOWN: THEN if chosen.known else None}
    return same_page({**dict.fromkeys(PAGING), **day})


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    """Put the chosen day into the address of a page that knows a day and was given no other."""
    chosen = chosen_day()
    ability = _ability(endpoint) if chosen is not None else None
    if chosen is None or ability is None or (chosen.on > clock.today() and not ability.ahead):
        return
    given = values.get(ON)
    if given is None:
        values[ON] = chosen.on.isoformat()
    if str(values[ON]) == chosen.on.isoformat() and chosen.known and ability.then:
        values.setdefault(KNOWN, THEN)
