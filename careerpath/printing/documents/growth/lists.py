"""Lists of many rows: rosters of mentors, rotations and classes, sheets to sign, and who covers what."""

from dataclasses import dataclass, field
from hashlib import sha256

from jinja2 import Environment

from careerpath.appraisals.documents import EMPTY_DATE
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.render import render_html

LIST = "print/list-paper.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """Rows with a line above them; each part begins on a page of its own."""

    head: tuple[str, ...]
    """Up to three texts beside each other: who reports, as of which day, how many."""
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPaper:
    """A table across A4, or upright. ``widths`` are millimetres, one a column; ``left`` are places of columns set left.

    ``tall`` rows leave room for a signature. ``marks`` are words in cells that stand out, such as a gap.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    parts: tuple[ListPart, ...]
    left: frozenset[int] = frozenset()
    upright: bool = False
    tall: bool = False
    marks: frozenset[str] = frozenset()
    sums: tuple[str, ...] = ()
    """Sentences below the last part."""
    seals: tuple[str, ...] = ()
    """Who signs below the last part; a word that ends in （盖章） gets a day to be filled in."""
    foot: Foot = field(default_factory=Foot)

    def __post_init__(self) -> None:
        rows = (row for part in self.parts for row in part.rows)
        if len(self.widths) != len(self.columns) or any(len(row) != len(self.columns) for row in rows):
            raise ValueError("rows and widths have a cell for each column")

    def said(self) -> str:
        """What a check code is reckoned over: the rows and the sums, but not the line above them."""
        return repr((self.title, self.columns, tuple(part.rows for part in self.parts), self.sums))


def render_list(templates: Environment, fonts: Fonts, paper: ListPaper) -> bytes:
    """The list as PDF, with its head on every page."""
    html = templates.get_template(LIST).render(paper=paper, empty_date=EMPTY_DATE)
    identifier = sha256(repr(paper).encode()).hexdigest()[:32].encode()
    return render_html(html, title=paper.title, fonts=fonts, identifier=identifier)
