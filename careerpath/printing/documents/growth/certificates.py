"""Certificates across A4: 导师聘书 and 结业证书, many over one laid-out page."""

from dataclasses import dataclass, field

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.forms import FormPrinter, Sheet
from careerpath.printing.documents.growth.cells import form_cells

CERTIFICATE = "print/certificate.html"

LETTER_TITLE, COURSE_TITLE = "聘书", "结业证书"

_ACROSS = Sheet("A4 landscape", "12mm 12mm 8mm", "240mm", 380)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One certificate. ``text`` is what it says below the name, in one paragraph or several lines."""

    number: str
    name: str
    text: str
    closing: str = ""
    """A line of its own below the text: 特发此证."""
    issuer: str
    on: str
    foot: Foot = field(default_factory=Foot)

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the certificate by name."""
        values = form_cells(self, f"姓名：{self.name}　　编号：{self.number}")
        return {**values, "name": f"{self.name}同志：", "number": f"编号：{self.number}" if self.number else ""}


class LetterPrinter(FormPrinter[Certificate]):
    """Prints letters of appointment of mentors."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str = LETTER_TITLE) -> None:
        super().__init__(templates, fonts, CERTIFICATE, title=title, sheet=_ACROSS)


class CourseCertificatePrinter(FormPrinter[Certificate]):
    """Prints certificates of classes."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str = COURSE_TITLE) -> None:
        super().__init__(templates, fonts, CERTIFICATE, title=title, sheet=_ACROSS)
