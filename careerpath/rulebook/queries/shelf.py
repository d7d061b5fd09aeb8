"""The editions of one rule for a room: shipped, adopted here, in force on a day, frozen by a record."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar

from flask import current_app

from careerpath.policy.edition import Edition, parse_toml, shipped_texts
from careerpath.rulebook.queries.editions import edition_named, edition_on, editions
from careerpath.settings import Settings
from careerpath.words import Refused

Ed = TypeVar("Ed", bound=Edition)


class Shelf(Generic[Ed]):
    """One rule by its name and the reader of its editions. Texts that were read once are not read again."""

    def __init__(self, rule: str, read: Callable[[object, str], Ed]) -> None:
        self.rule = rule
        self._read = read
        self._read_text = lru_cache(maxsize=64)(self._of_text)
        self._shipped: tuple[Ed, ...] | None = None

    def shipped(self) -> tuple[Ed, ...]:
        """The editions that come with the program."""
        if self._shipped is None:
            texts = shipped_texts(self.rule)
            self._shipped = tuple(self._read(parse_toml(text, name), name) for name, text in texts.items())
        return self._shipped

    def known(self) -> tuple[Ed, ...]:
        """All editions, oldest first."""
        return editions(self.rule, self.frozen, self.shipped())

    def on(self, day: date) -> Ed:
        """The edition of this installation's place in force on a day. Raises ``Refused`` where there is none."""
        return self.of_known(self.known(), day)

    def of_known(self, known: tuple[Ed, ...], day: date) -> Ed:
        """The one of some editions that is in force in this installation's place on a day."""
        settings: Settings = current_app.extensions["careerpath.settings"]
        return edition_on(known, day, settings.place)

    def on_or_none(self, day: date) -> Ed | None:
        """The edition in force on a day, if this place has one."""
        try:
            return self.on(day)
        except Refused:
            return None

    def named(self, key: str) -> Ed:
        """The edition with this key. Raises ``Refused``."""
        return edition_named(self.known(), key)

    def frozen(self, content: Mapping[str, Any]) -> Ed:
        """The edition as a record or the rulebook keeps it, as plain values."""
        return self._read_text(json.dumps(content, sort_keys=True))

    def frozen_text(self, text: str) -> Ed:
        """The edition as a record keeps it, from its JSON as text: the same text is read once."""
        return self._read_text(text)

    def _of_text(self, text: str) -> Ed:
        return self._read(json.loads(text), self.rule)
