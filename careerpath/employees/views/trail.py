"""How the values of the trail are said to a reader."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careerpath.core.clock import office_time
from careerpath.core.web.language import say
from careerpath.employees.forms import words
from careerpath.employees.forms.fields import code_name
from careerpath.employees.models import AttachmentKind, Channel, CorrectionState, Source
from careerpath.employees.queries.person import PersonHead
from careerpath.employees.queries.trail import trail_of, unit_names
from careerpath.policy.codes import (
    Certificate,
    Code,
    Degree,
    Education,
    Ethnic,
    HonourKind,
    HonourLevel,
    Marital,
    Political,
    Post,
    Sex,
)
from careerpath.words import Message, msg

CODES: Mapping[str, type[Code]] = {
    "sex": Sex,
    "ethnic": Ethnic,
    "marital": Marital,
    "political": Political,
    "highest_education": Education,
    "level": Education,
    "degree": Degree,
    "highest_certificate": Certificate,
    "grade": Certificate,
    "post": Post,
}
OWN_CODES: Mapping[str, Mapping[str, type[Code]]] = {"honour": {"kind": HonourKind, "level": HonourLevel}}
"""Codes of a table whose columns mean something else in the others."""
WORDS: Mapping[str, tuple[Any, Mapping[Any, Message]]] = {
    "channel": (Channel, words.CHANNELS),
    "source": (Source, words.SOURCES),
    "kind": (AttachmentKind, words.PAPER_KINDS),
    "state": (CorrectionState, words.REQUEST_STATES),
}


def history(head: PersonHead) -> dict[str, Any]:
    """The values of the history tab."""
    entries = trail_of(head)
    units = unit_names(entries)
    return {
        "entries": entries,
        "shown": lambda table, column, value: shown(table, column, value, units),
        "table_name": table_name,
        "column_name": column_name,
    }


def table_name(table: str) -> str:
    """What a table of the file is called."""
    return say((words.TABLE_NAMES | words.HONOUR_TABLE)[table])


def column_name(table: str, column: str) -> str:
    """What a column is called in its table; one without a name is shown by its code."""
    names = words.HONOUR_COLUMNS if table in words.HONOUR_TABLE else words.COLUMN_NAMES
    return say(names[column]) if column in names else column


def shown(table: str, column: str, value: Any, units: Mapping[int, str]) -> str:
    """One value of the trail in the reader's words."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return say(msg("是")) if value else say(msg("否"))
    if column == "unit_id":
        return units.get(value, str(value))
    if column in OWN_CODES.get(table, {}):
        return code_name(OWN_CODES[table][column], str(value))
    if column in CODES:
        return code_name(CODES[column], str(value))
    if column in WORDS:
        kinds, names = WORDS[column]
        return say(names[kinds(value)]) if value in set(kinds) else str(value)
    if column.endswith("_at"):
        return f"{office_time(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    return str(value)
