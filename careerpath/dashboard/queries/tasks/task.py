"""What a task is."""

from dataclasses import dataclass
from datetime import date

from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, with the page where it is done."""

    title: Message
    detail: Message
    url: str
    due: Message | None = None
    late: bool = False
    verb: Message | None = None
    due_on: date | None = None
