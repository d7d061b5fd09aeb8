"""推荐审批表: what it says of one person nominated for an honour, and its printer."""

from dataclasses import dataclass, field

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.forms import FormPrinter
from careerpath.printing.documents.growth.cells import form_cells

FORM = "print/honour-form.html"

RESUME_WIDTH = 36.0
"""Em of a line of the résumé."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HonourForm:
    """What one form says, as texts; ``title`` names the honour. Opinions wait for the pen."""

    title: str
    unit: str
    number: str
    name: str
    sex: str = ""
    birth_month: str = ""
    ethnic: str = ""
    native_place: str = ""
    political: str = ""
    joined_party: str = ""
    education: str = ""
    school: str = ""
    certificate: str = ""
    joined_work: str = ""
    joined_community: str = ""
    home: str = ""
    honour: str = ""
    nominated_by: str = ""
    resume: str = ""
    merits: str = ""
    honours: str = ""
    result: str = ""
    """What came of the nomination, once that is decided."""
    photo: bytes = b""
    foot: Foot = field(default_factory=Foot)

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the form and of its attached pages by name."""
        values = form_cells(self, f"姓名：{self.name}　　编号：{self.number}")
        del values["title"]
        return {**values, "unit": f"推荐单位：{self.unit}（盖章）", "number": f"编号：{self.number}"}


class HonourFormPrinter(FormPrinter[HonourForm]):
    """Prints 推荐审批表 of one call."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str) -> None:
        super().__init__(templates, fonts, FORM, title=title)
