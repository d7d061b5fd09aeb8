"""导师帮带记录册: the cover, what was agreed, every entry of a pairing's log and its reviews."""

from dataclasses import dataclass, field
from hashlib import sha256

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.render import render_html

BOOK = "print/mentoring-log.html"
TITLE = "导师帮带记录册"

BLANKS = 4
"""So many empty places follow for entries by hand while a pairing runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One talk, visit or task."""

    on: str
    hours: str
    topic: str
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """One review: what was reached, and what should change."""

    on: str
    progress: str
    opinion: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogBook:
    """The book of one pairing, as texts; ``blanks`` empty places follow behind the entries."""

    number: str
    unit: str
    mentor_name: str
    mentor_post: str
    name: str
    home: str
    term: str
    wanted: str = ""
    goals: str = ""
    entries: tuple[LogEntry, ...] = ()
    reviews: tuple[ReviewEntry, ...] = ()
    total: str = ""
    blanks: int = 0
    foot: Foot = field(default_factory=Foot)

    def said(self) -> str:
        """What a check code is reckoned over."""
        parts = (self.mentor_name, self.name, self.term, self.wanted, self.goals, self.entries, self.reviews)
        return repr((self.number, *parts))


def render_book(templates: Environment, fonts: Fonts, book: LogBook) -> bytes:
    """The book as PDF."""
    html = templates.get_template(BOOK).render(book=book, title=TITLE)
    identifier = sha256(repr(book).encode()).hexdigest()[:32].encode()
    return render_html(html, title=f"{TITLE}　{book.name}", fonts=fonts, identifier=identifier)
