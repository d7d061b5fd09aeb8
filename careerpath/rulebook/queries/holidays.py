"""The working days of this installation: the shipped arrangements of public holidays and those brought in since."""

from functools import lru_cache

from flask import g, has_request_context

from careerpath.policy.edition import shipped_texts
from careerpath.policy.holidays import RULE, HolidayEdition, WorkCalendar
from careerpath.rulebook.queries.editions import editions

KEPT = "careerpath_work_calendar"
"""The name under which a request keeps the calendar: a page asks for it several times."""


@lru_cache
def shipped_holidays() -> tuple[HolidayEdition, ...]:
    """The arrangements that come with the program."""
    return tuple(HolidayEdition.from_toml(text, name) for name, text in shipped_texts(RULE).items())


def work_calendar() -> WorkCalendar:
    """Days off and days worked instead, of all years that are known here. One query, once for each request."""
    if not has_request_context():
        return _calendar()
    if KEPT not in g:
        setattr(g, KEPT, _calendar())
    kept: WorkCalendar = getattr(g, KEPT)
    return kept


def _calendar() -> WorkCalendar:
    return WorkCalendar.of(editions(RULE, lambda content: HolidayEdition.from_plain(content, RULE), shipped_holidays()))
