"""Where a line of Chinese text may end.

No closing mark or stop begins a line, no opening mark ends one, and numbers and Latin words stay whole unless they are
longer than the line (GB/T 15834 and the usual practice of Chinese typesetting).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

NEVER_FIRST = frozenset("。，、；：？！）》」』”’】〕〉］｝〗…—～·‧•％‰℃％°%)]}!,.:;?")
NEVER_LAST = frozenset("（《「『“‘【〔〈［｛〖([{￥¥＄$№")

SPACES = " \u3000"

#: Rounding of sums of widths, in em: a line may be longer by this much.
_GRACE = 1e-6


@dataclass(frozen=True, slots=True)
class Breakable:
    """A paragraph prepared once, broken at any size: running widths in em and the last good break before each place."""

    text: str
    sums: tuple[float, ...]
    last_break: tuple[int, ...]

    def lines(self, width: float, indent: float = 0.0) -> list[tuple[int, int]]:
        """The lines as (start, end) in the text; ``width`` and first-line ``indent`` in em of the size in question."""
        text, sums, length = self.text, self.sums, len(self.text)
        found: list[tuple[int, int]] = []
        start, room = 0, width - indent
        while start < length:
            end = bisect_right(sums, sums[start] + room + _GRACE) - 1
            if end < length:
                end = max(end, start + 1)
                while end < length and text[end] in SPACES:
                    end += 1
                end = self._good_break(start, end)
            else:
                end = length
            found.append((start, end))
            start, room = end, width
        return found

    def ends_well(self, place: int) -> bool:
        """Whether a line may end before this place."""
        return self.last_break[place] == place

    def _good_break(self, start: int, end: int) -> int:
        good = self.last_break[end]
        return good if good > start else end

    def width(self, start: int, end: int) -> float:
        """Width of a piece in em, without the spaces at its end."""
        while end > start and self.text[end - 1] in SPACES:
            end -= 1
        return self.sums[end] - self.sums[start]


def breakable(text: str, widths: Mapping[str, float]) -> Breakable:
    """Prepare a paragraph; ``widths`` gives the width of a character in em."""
    sums = tuple(accumulate(map(widths.__getitem__, text), initial=0.0))
    breaks = [0]
    good = 0
    kinds = list(map(_KINDS.__getitem__, text))
    for place, pair in enumerate(pairwise(kinds), 1):
        if pair in _BREAKS and not _is_grouping_space(text, place - 1):
            good = place
        breaks.append(good)
    breaks.append(len(text))
    return Breakable(text, sums, tuple(breaks))


class _Kinds(dict[str, str]):
    """What a character is for the breaking of lines; worked out once for each."""

    def __missing__(self, character: str) -> str:
        kind = "sign"
        if character in SPACES:
            kind = "space"
        elif character in NEVER_FIRST:
            kind = "closing word" if _is_word(character) else "closing"
        elif character in NEVER_LAST:
            kind = "opening"
        elif _is_word(character):
            kind = "word"
        self[character] = kind
        return kind


_KINDS = _Kinds()
#: Neighbours between which a line may end.
_BREAKS = frozenset(
    (before, after)
    for before in ("sign", "space", "closing word", "closing", "word")
    for after in ("sign", "opening", "word")
    if not (before.endswith("word") and after == "word")
)


def _is_grouping_space(text: str, place: int) -> bool:
    """A space that groups thousands, as in 1 286."""
    return text[place] == " " and text[place - 1 : place].isdigit() and text[place + 1 : place + 4].isdigit()


def _is_word(character: str) -> bool:
    """Letters, digits and the signs inside of numbers: everything up to U+1FFF, and full-width letters and digits."""
    return character < "\u2000" or ("\uff10" <= character <= "\uff5a" and character.isalnum())
