"""What a card of the start page is."""

from dataclasses import dataclass

from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class CardLine:
    """One figure with its page; ``late`` is how much of it should have been done, in words."""

    title: Message
    value: Message | str
    url: str
    late: Message | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Some figures about one thing, and the page that tells more."""

    title: Message
    lines: tuple[CardLine, ...]
    url: str
    more: Message
    nothing: Message | None = None
