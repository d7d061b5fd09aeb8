"""Fields that all forms share: lines of text, days in any usual form, choices by word."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careerpath.core.web.language import lazy, say
from careerpath.words import Message, msg

DAY = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|(\d{4})(\d{2})(\d{2})?")

FIRST_YEAR, LAST_YEAR = 1900, 2100


def read_day(text: str, *, month_alone: bool = False) -> date | None:
    """A day as people write it: 2019-03-05, 2019.3.5, 20190305, 2019年3月5日; ``None`` for what is no day.

    With ``month_alone`` a month stands for its first day. Years are those of sheets, 1900 to 2100: from any of them one
    may reckon a lifetime to and fro.
    """
    found = DAY.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        return None
    year, month, day = (found[place] or found[place + 3] for place in (1, 2, 3))
    if day is None and not month_alone:
        return None
    try:
        read = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


class OfficeDateField(StringField):  # type: ignore[misc]
    """A day typed in any usual form and shown back as ``2019-03-05``; what is no day stays as typed, with a message."""

    data: Any

    def __init__(self, *args: Any, month_alone: bool = False, **kwargs: Any) -> None:
        self.month_alone = month_alone
        super().__init__(*args, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = read_day(text, month_alone=self.month_alone) if text else None
        if text and self.data is None:
            raise ValueError(
                say(msg("“%(text)s”不是有效日期，请按年、月、日填写，例如 2019-03-05 或 2019.3.5。", text=text))
            )

    def _value(self) -> str:
        if self.raw_data and self.data is None:
            return str(self.raw_data[0])
        return self.data.isoformat() if isinstance(self.data, date) else ""


def word_choices(words: Mapping[Any, Message], empty: Message | None = None) -> Callable[[], list[SelectChoice]]:
    """The choices of an enumeration by its words."""

    def choices() -> list[SelectChoice]:
        first = [SelectChoice("", say(empty))] if empty is not None else []
        return first + [SelectChoice(_plain(value), say(word)) for value, word in words.items()]

    return choices


def text_field(label: str, most: int, required: str = "", **more: Any) -> StringField:
    """A line of text without spaces at its ends; ``required`` is the message where it is left empty."""
    first: Sequence[Any] = [InputRequired(lazy(required))] if required else [Optional()]
    too_long = lazy("最多 %(max)d 个字，请缩短。")
    validators = [*first, Length(max=most, message=too_long)]
    return StringField(
        lazy(label), filters=[lambda text: text.strip() if text else text], validators=validators, **more
    )


def day_field(label: str, required: str = "", **more: Any) -> OfficeDateField:
    """A day; ``required`` is the message where it is left empty."""
    return OfficeDateField(lazy(label), validators=[InputRequired(lazy(required))] if required else [], **more)


def _plain(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else str(value)
