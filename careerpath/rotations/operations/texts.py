"""Texts that operations of this room read: without spaces to spare, none that is too long, none missing."""

from careerpath.words import Message, Refused, msg


def read_line(text: str, most: int, field: str, missing: Message | None = None) -> str:
    """A line of text. Raises ``Refused`` for one that is too long, or empty where ``missing`` says what to write."""
    return _checked(" ".join(text.split()), most, field, missing)


def read_text(text: str, most: int, field: str, missing: Message | None = None) -> str:
    """A text of several lines. Raises ``Refused`` like ``read_line``."""
    return _checked(text.strip(), most, field, missing)


def _checked(text: str, most: int, field: str, missing: Message | None) -> str:
    if not text and missing is not None:
        raise Refused(missing, field=field)
    if len(text) > most:
        raise Refused(msg("最多 %(most)s 字，现为 %(now)s 字，请缩短。", most=most, now=len(text)), field=field)
    return text
