"""A résumé as forms set it: the months in front, further lines of the same time hung behind them."""

from collections.abc import Iterable, Iterator
from datetime import date

from careerpath.core.charts.drawing import text_width

BLANK = "\u3000"
"""An ideographic space, one em wide, which no setting of type takes away."""

HANG = 10
"""Em that the months and the blank behind them take, in the typeface that values are set in."""

BEHIND_BOTH, BEHIND_FIRST = 1, 5
"""Em left blank behind two months, and behind the first month of a time that lasts."""


def hung_lines(times: Iterable[tuple[date, date | None, str]], width: float) -> Iterator[str]:
    """The lines of a résumé that is so many em wide, from first month, last month and text of each time."""
    for starts_on, ends_on, text in times:
        last = f"{ends_on:%Y.%m}{BLANK * BEHIND_BOTH}" if ends_on else BLANK * BEHIND_FIRST
        head = f"{starts_on:%Y.%m}--{last}"
        for line in _broken(text, width - HANG):
            yield head + line
            head = BLANK * HANG


def _broken(text: str, width: float) -> Iterator[str]:
    line = ""
    for sign in text:
        if line and text_width(line + sign, 1) > width and sign not in "，。；：）、”！？":
            yield line
            line = ""
        line += sign
    yield line
