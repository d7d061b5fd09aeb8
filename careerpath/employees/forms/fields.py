"""Fields that the forms about people share: codes by name."""

from collections.abc import Callable
from typing import Any

from flask_babel import get_locale
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from careerpath.core.web.language import lazy, say
from careerpath.policy.codes import Code
from careerpath.words import Message


def code_name(table: type[Code], value: str) -> str:
    """The name of a code in the reader's language; an unknown code stays as it is."""
    english = str(get_locale() or "zh").startswith("en")
    return next(((entry.en if english else entry.zh) for entry in table if entry.value == value), value)


def code_choices(table: type[Code], empty: Message | None = None) -> Callable[[], list[SelectChoice]]:
    """The choices of a code table in the reader's language, with an empty one first where wanted."""

    def choices() -> list[SelectChoice]:
        first = [SelectChoice("", say(empty))] if empty is not None else []
        return first + [SelectChoice(entry.value, code_name(table, entry.value)) for entry in table]

    return choices


def code_field(label: str, table: type[Code], empty: Message | None = None, **more: Any) -> SelectField:
    """A choice of a code table; empty only where ``empty`` names that choice."""
    validators = [Optional()] if empty is not None else [InputRequired()]
    return SelectField(lazy(label), choices=code_choices(table, empty), validators=validators, **more)
