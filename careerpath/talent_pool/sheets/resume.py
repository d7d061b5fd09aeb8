"""The résumé of 干部任免审批表: lines of text with the months before them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careerpath.talent_pool.sheets.lrmx import LINE_END, lines_of
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class ResumeLine:
    """One time of a résumé: its first day of the first month, that of the last, and what was done."""

    starts_on: date
    ends_on: date | None
    text: str


def resume_text(lines: Iterable[ResumeLine]) -> str:
    """A résumé as the form has it: ``2012.07--2015.08  …``, the present one with nine blanks behind its dashes."""
    return LINE_END.join(
        f"{one.starts_on:%Y.%m}--{f'{one.ends_on:%Y.%m}  ' if one.ends_on else ' ' * 9}{' '.join(one.text.split())}"
        for one in lines
    )


_LINE = re.compile(r"([0-9]{4})\.([0-9]{2})--(?:([0-9]{4})\.([0-9]{2}))?\s*(.*)")


def read_resume(text: str) -> tuple[ResumeLine, ...]:
    """The times of a résumé; a line without dates goes on with the one before. Raises ``Refused`` with its number."""
    found: list[ResumeLine] = []
    for number, line in enumerate(lines_of(text), 1):
        words = line.strip()
        if not words:
            continue
        matched = _LINE.fullmatch(words)
        if matched is None:
            if not found:
                raise refused(
                    msg("简历第 %(number)s 行应以年月开头，如“2012.07--2015.08  单位及职务”。", number=number)
                )
            last = found.pop()
            found.append(ResumeLine(last.starts_on, last.ends_on, last.text + words))
            continue
        year, month, last_year, last_month, said = matched.groups()
        try:
            starts_on = date(int(year), int(month), 1)
            ends_on = date(int(last_year), int(last_month), 1) if last_year else None
        except ValueError as error:
            raise refused(msg("简历第 %(number)s 行的年月不存在，请核对。", number=number)) from error
        found.append(ResumeLine(starts_on, ends_on, said))
    return tuple(found)


def refused(message: Message) -> Refused:
    """A refusal of the file."""
    return Refused(message, field="file")
