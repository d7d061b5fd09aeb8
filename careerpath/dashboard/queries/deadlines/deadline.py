"""What a deadline is: a day, whom it is about, what happens on it, and the page where it is dealt with."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from careerpath.words import Message, msg


class DeadlineKind(StrEnum):
    """What comes to its day."""

    CONTRACT = "contract"
    PROBATION = "probation"
    RETIREMENT = "retirement"
    CERTIFICATE = "certificate"
    ROTATION = "rotation"
    PAIRING = "pairing"


KIND_WORDS: dict[DeadlineKind, Message] = {
    DeadlineKind.CONTRACT: msg("劳动合同到期"),
    DeadlineKind.PROBATION: msg("试用期满"),
    DeadlineKind.RETIREMENT: msg("达到退休年龄"),
    DeadlineKind.CERTIFICATE: msg("证书登记到期"),
    DeadlineKind.ROTATION: msg("轮岗锻炼到期返回"),
    DeadlineKind.PAIRING: msg("导师帮带期满"),
}

BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included."""

    first: date
    last: date

    @classmethod
    def around(cls, on: date, ahead: int) -> "Span":
        """So many days ahead of a day, and the year before it: for so long something that has passed is still told."""
        return cls(on - BACK, on + timedelta(days=ahead))


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day of one person. ``path`` is that of the unit, for narrowing to a street."""

    on: date
    kind: DeadlineKind
    name: str
    unit: str
    path: str
    what: Message
    url: str
