"""准考证: one on each half sheet, two on each sheet to be cut apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.imposing import two_on_each
from careerpath.printing.documents.forms import FormPrinter, Sheet

TICKET = "print/admission-ticket.html"

_HALF_SHEET = Sheet("A5 landscape", "9mm 12mm 6mm", "186mm", 250)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionTicket:
    """The 准考证 of one examinee. The identity number is masked: the card itself is shown at the door."""

    title: str
    name: str
    sex: str
    exam_number: str
    identity: str
    position: str
    room: str
    seat: str
    place: str
    time: str
    photo: bytes = b""
    contact: str = ""
    foot: Foot = field(default_factory=Foot)

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of the ticket by name."""
        names = ("name", "sex", "exam_number", "identity", "position", "room", "seat", "place", "time")
        values: dict[str, str | bytes] = {name: getattr(self, name) for name in names}
        values["contact"] = f"咨询：{self.contact}" if self.contact else ""
        values["photo"] = self.photo
        values["continued_heading"] = f"姓名：{self.name}　　准考证号：{self.exam_number}"
        values["foot"] = self.foot.line()
        return values


class TicketPrinter(FormPrinter[AdmissionTicket]):
    """Prints the tickets of one batch."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str) -> None:
        super().__init__(templates, fonts, TICKET, title=title, sheet=_HALF_SHEET)

    def fill_two_on_each(self, tickets: Iterable[AdmissionTicket], target: Path | IO[bytes], *, title: str) -> int:
        """All tickets in order, two on each A4 sheet; returns the sheets. Raises like ``fill_many``."""
        small = BytesIO()
        self.fill_many(tickets, small, title=title)
        return two_on_each(small.getvalue(), target, title=title)
