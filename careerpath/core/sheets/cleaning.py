"""Text as people type it into cells: what is only typing is mended, what has meaning is kept."""

import re
import unicodedata

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""Characters with which a spreadsheet program may begin to calculate."""

CELL_LENGTH = 32_767
"""The most characters that Excel keeps in one cell."""

_INVISIBLE = (
    *range(0x00, 0x09), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD,
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0xFFFE, 0xFFFF,
)  # fmt: skip
_SPACES = (0x09, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_MENDED: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE, None),
    **dict.fromkeys(_SPACES, " "),
    **{
        wide: chr(wide - 0xFEE0)
        for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    },
    # Copied out of a PDF, 方 is often the radical ⽅, which no search finds.
    **{
        code: unicodedata.normalize("NFKC", chr(code))
        for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
        if unicodedata.normalize("NFKC", chr(code)) != chr(code)
    },
}  # fmt: skip
_LINE_END = re.compile(r"\r\n?")
_RUN = re.compile(r"\s+")
_BLANKS = re.compile(r" +")
_AROUND_LINE = re.compile(r" *\n *")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff]) (?=[\u3400-\u9fff\U00020000-\U0003ffff])")


def clean(value: str, *, lines: bool = False, tight: bool = False) -> str:
    """Trimmed text with half-width digits and letters, without invisible characters.

    ``lines`` keeps line breaks; ``tight`` drops the spaces with which a short name is padded (张　三).
    """
    if value.isascii() and value.isalnum():
        return value
    text = _LINE_END.sub("\n", value).translate(_MENDED)
    text = _BLANKS.sub(" ", _AROUND_LINE.sub("\n", text)) if lines else _RUN.sub(" ", text)
    text = unicodedata.normalize("NFC", text).strip()
    return _BETWEEN_HAN.sub("", text) if tight else text


def fold(value: str) -> str:
    """The form in which two titles or two words are compared: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", value.translate(_MENDED)).split()).casefold()


def is_blank(value: object) -> bool:
    """Whether a person who looks at the cell sees nothing in it."""
    if isinstance(value, str):
        if not value:
            return True
        if value[0] > " " and ord(value[0]) not in _MENDED:
            return False
        return not clean(value)
    return value is None


def neutral(value: str) -> str:
    """Text for a CSV file, with an apostrophe before what a spreadsheet program would calculate."""
    return f"'{value}" if value.lstrip("'")[:1] in FORMULA_STARTS and value.lstrip("'") else value


def plain(value: str) -> str:
    """The text that ``neutral`` was given."""
    if value.startswith("'") and value.lstrip("'") and value.lstrip("'")[0] in FORMULA_STARTS:
        return value[1:]
    return value
