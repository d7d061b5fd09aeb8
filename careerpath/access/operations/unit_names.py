"""How offices say a unit's name, and how it is found by pinyin initials."""

from pypinyin import Style, lazy_pinyin

LONGEST = 80

_ENDINGS = (
    ("村民委员会", "村"),
    ("村委会", "村"),
    ("居民委员会", ""),
    ("居委会", ""),
    ("街道办事处", "街道"),
)


def short_name(name: str) -> str:
    """The name without the word for its committee: 先农坛社区居民委员会 is 先农坛社区, 薛庄村委会 is 薛庄村.

    A residents' committee whose name does not say 社区 keeps its whole name: which community it means is not known.
    """
    for ending, kept in _ENDINGS:
        stem = name.removesuffix(ending)
        if stem == name or not stem:
            continue
        if stem.endswith(("社区", "村")):
            return stem
        return stem + kept if kept else name
    return name


def initials(text: str) -> str:
    """The first letters of the pinyin, with digits and Latin letters as they are: 先农坛社区 is ``xntsq``."""
    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters.lower() if letter.isascii() and letter.isalnum())[:LONGEST]
