"""社区工作者成长档案 on paper: particulars, ladder and level, the way by year, appraisals, honours, training."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import EXAMPLE, Foot
from careerpath.core.pdf.render import render_html

TITLE = "社区工作者成长档案"
TEMPLATE = "print/career-file.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One line of the way: its days, what it is about, what it says, and what came of it."""

    days: str
    kind: str
    text: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerPaper:
    """What one career file says, as texts; ``photo`` is a JPEG. What the reader may not see is left out."""

    name: str
    as_of: str
    """截至2026年11月21日."""
    particulars: Sequence[tuple[str, str]]
    """Label and value, row by row."""
    photo: bytes = b""
    rungs: Sequence[tuple[str, str]] = ()
    """Each rung and when."""
    standing: Sequence[tuple[str, str]] = ()
    """Ladder, level and what comes next, in sentences under their names."""
    years: Sequence[tuple[int, Sequence[PaperLine]]] = ()
    """Oldest first."""
    grades: Sequence[tuple[str, str, str]] = ()
    """Year, grade and points, oldest first."""
    honours: Sequence[tuple[str, str, str]] = ()
    """Day, title, and who granted it, oldest first."""
    training: Sequence[tuple[str, str, str, str]] = ()
    """Year, classes, hours and days, oldest first."""
    example: bool = False
    """Whether a rule that it rests on is an example."""
    foot: Foot = field(default_factory=Foot)

    @property
    def mark(self) -> str:
        """What stands on every page of a file that rests on examples."""
        return EXAMPLE if self.example else ""

    @property
    def picture(self) -> str:
        """The photo as an address inside the page."""
        return f"data:image/jpeg;base64,{b64encode(self.photo).decode()}" if self.photo else ""


def render_career(
    templates: Environment, fonts: Fonts, papers: Sequence[CareerPaper], *, accessible: bool = True
) -> bytes:
    """Career files after each other as one PDF; each begins on a page of its own, numbered from one."""
    html = templates.get_template(TEMPLATE).render(papers=papers, title=TITLE)
    title = f"{TITLE}　{papers[0].name}" if len(papers) == 1 else TITLE
    identifier = sha256(repr(papers).encode()).hexdigest()[:32].encode()
    return render_html(html, title=title, fonts=fonts, identifier=identifier, accessible=accessible)
