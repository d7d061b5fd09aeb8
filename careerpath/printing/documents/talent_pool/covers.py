"""考察材料封面: the cover of the papers that are kept of the look into somebody proposed for a post."""

from dataclasses import dataclass, field
from hashlib import sha256

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.render import render_html

COVER = "print/background-cover.html"

CONTENTS = (
    "考察报告",
    "干部任免审批表",
    "民主推荐情况",
    "民主测评汇总表",
    "个别谈话记录",
    "近三年年度考核登记表",
    "纪检监察等部门意见",
    "任前公示及反映核查材料",
)
"""What is usually kept behind the cover; ticked and counted by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundCover:
    """The cover of one person's papers. ``year`` as in （2026年）; the days of the look are written by hand."""

    unit: str
    year: str
    name: str
    present_post: str
    proposed_post: str
    examined_by: str = ""
    contents: tuple[str, ...] = CONTENTS
    foot: Foot = field(default_factory=Foot)

    def said(self) -> str:
        """What a check code is reckoned over."""
        return repr((self.unit, self.year, self.name, self.present_post, self.proposed_post))


def render_cover(templates: Environment, fonts: Fonts, cover: BackgroundCover) -> bytes:
    """The cover and the list of contents behind it, as PDF."""
    html = templates.get_template(COVER).render(cover=cover)
    identifier = sha256(repr(cover).encode()).hexdigest()[:32].encode()
    return render_html(html, title=f"考察材料　{cover.name}", fonts=fonts, identifier=identifier)
