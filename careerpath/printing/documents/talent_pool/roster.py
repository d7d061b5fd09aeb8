"""后备人才入库名册: everybody in the pool, unit by unit, across A4."""

from dataclasses import dataclass, field
from hashlib import sha256

from jinja2 import Environment

from careerpath.appraisals.documents import EMPTY_DATE
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.render import render_html

ROSTER = "print/pool-roster.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One reserve, as texts."""

    unit: str
    name: str
    sex: str
    birth_month: str
    political: str
    education: str
    certificate: str
    present_post: str
    rung: str
    entered_on: str
    ground: str
    """The selection or the document by which they entered."""
    readiness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolRoster:
    """The reserves of one unit and below on a day, with how many there are for each post."""

    unit: str
    on: str
    rows: tuple[RosterRow, ...]
    totals: tuple[tuple[str, int], ...]
    prepared_by: str = ""
    foot: Foot = field(default_factory=Foot)

    @property
    def title(self) -> str:
        """The title with the unit in it."""
        return f"{self.unit}后备人才入库名册"

    def said(self) -> str:
        """What a check code is reckoned over: everything but the day of printing."""
        return repr((self.unit, self.rows))


def render_roster(templates: Environment, fonts: Fonts, roster: PoolRoster) -> bytes:
    """The roster as PDF, with its head on every page."""
    html = templates.get_template(ROSTER).render(roster=roster, empty_date=EMPTY_DATE)
    identifier = sha256(repr(roster).encode()).hexdigest()[:32].encode()
    return render_html(html, title=roster.title, fonts=fonts, identifier=identifier)
