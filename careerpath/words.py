"""Sentences for people, and the errors that carry them.

A message is written once, in Chinese, with named places for its values. It stays apart from its values until it is
shown, so that a page, a command or a printed form can show it in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


class Named:
    """An entry with a name in each language, which a sentence says in the reader's."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with its values; ``str()`` gives the Chinese."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.values:
            return self.text
        told = {name: value.zh if isinstance(value, Named) else value for name, value in self.values.items()}
        return self.text % told


def msg(text: str, /, **values: object) -> Message:
    """A message for a person. ``text`` is Chinese with ``%(name)s`` places; translation tools find it by this call."""
    return Message(text, values)


class Unmet(Exception):
    """What was asked for was not done, and a person is told why: caught where it makes no difference which of the two.

    ``field`` is the form's field or the column that is at fault, where there is one.
    """

    def __init__(self, message: Message, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class Refused(Unmet):
    """What was asked for may not be done. The message says what is wrong, where, and what to do."""


class NotFound(Unmet):
    """There is no such record for this person: absent and not theirs look the same. No form can mend it."""

    def __init__(self, message: Message | None = None) -> None:
        super().__init__(message or msg("没有找到这条记录，或者它不在您的管辖范围内。"))


class Conflict(Refused):
    """Somebody else changed the record first. Carries what was typed and what now stands, for a side-by-side choice."""

    def __init__(self, message: Message, *, typed: Mapping[str, object], current: Mapping[str, object]) -> None:
        super().__init__(message)
        self.typed = typed
        self.current = current
