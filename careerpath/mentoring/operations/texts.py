"""What people type into records of mentoring: without spaces at its ends, and no longer than there is room for."""

from careerpath.words import Message, Refused, msg

LONGEST_NUMBER = 24
LONGEST_DOCUMENT = 120
LONGEST_REASON = 200
LONGEST_REMARK = 400
LONGEST_TEXT = 2000


def read_line(text: str, field: str, most: int, missing: Message | None = None) -> str:
    """One line; ``missing`` is said where it is empty. Raises ``Refused`` beside the field."""
    return _read(" ".join(text.split()), field, most, missing)


def read_text(text: str, field: str, missing: Message | None = None, most: int = LONGEST_TEXT) -> str:
    """Several lines, as they were typed."""
    return _read(text.strip(), field, most, missing)


def _read(found: str, field: str, most: int, missing: Message | None) -> str:
    if not found and missing is not None:
        raise Refused(missing, field=field)
    if len(found) > most:
        raise Refused(msg("内容最多 %(most)s 字，请缩短。", most=most), field=field)
    return found
