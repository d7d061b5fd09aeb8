"""挂职（轮岗）鉴定表: what it says of one rotation, and its printer."""

from dataclasses import dataclass, field

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.forms import FormPrinter
from careerpath.printing.documents.growth.cells import form_cells

FORM = "print/rotation-form.html"
TITLE = "社区工作者挂职（轮岗）鉴定表"


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationForm:
    """What one form says, as texts. Opinions that were not entered wait for the pen, seals always do."""

    name: str
    sex: str = ""
    birth_month: str = ""
    political: str = ""
    home: str
    host: str
    kind: str
    term: str
    work: str = ""
    self_summary: str = ""
    host_opinion: str = ""
    grade: str = ""
    home_opinion: str = ""
    district_opinion: str = ""
    evaluated_on: str = ""
    foot: Foot = field(default_factory=Foot)

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the form and of its attached pages by name."""
        return form_cells(self, f"姓名：{self.name}　　{self.kind}：{self.term}")


class RotationFormPrinter(FormPrinter[RotationForm]):
    """Prints 挂职（轮岗）鉴定表."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str = TITLE) -> None:
        super().__init__(templates, fonts, FORM, title=title)
