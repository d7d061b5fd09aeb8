"""干部任免审批表: two sides of one sheet, then what does not stand on them."""

from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO

from jinja2 import Environment
from pikepdf import Pdf

from careerpath.core.pdf.filling import merge
from careerpath.core.pdf.fitting import Overflow
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.core.pdf.render import write_document
from careerpath.printing.documents.forms import FormPrinter, Sheet

FRONT, BACK = "print/appointment-form.html", "print/appointment-form-back.html"

TITLE = "干部任免审批表"
RELATIVES = 7
"""Lines for members of the family; further ones stand on an attached page."""

SHEET = Sheet(margin="15mm 17mm 10mm 23mm")


@dataclass(frozen=True, slots=True, kw_only=True)
class CadreRelative:
    """A member of the family as a line says it."""

    relation: str = ""
    name: str = ""
    age: str = ""
    political: str = ""
    work: str = ""

    def line(self) -> str:
        """The member in one line."""
        return "　".join(part for part in (self.relation, self.name, self.age, self.political, self.work) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class CadreForm:
    """What one 干部任免审批表 says, as texts. ``photo`` is a JPEG; opinions and seals wait for the pen."""

    name: str
    sex: str = ""
    birth_month: str = ""
    """With the age: 1985.03（40岁）."""
    ethnic: str = ""
    native_place: str = ""
    birth_place: str = ""
    joined_party: str = ""
    joined_work: str = ""
    health: str = ""
    technical_post: str = ""
    speciality: str = ""
    full_time_degree: str = ""
    full_time_school: str = ""
    in_service_degree: str = ""
    in_service_school: str = ""
    present_post: str = ""
    proposed_post: str = ""
    relieved_post: str = ""
    resume: tuple[str, ...] = ()
    rewards: str = ""
    appraisals: str = ""
    reason: str = ""
    family: tuple[CadreRelative, ...] = ()
    submitted_by: str = ""
    filled_by: str = ""
    photo: bytes = b""
    foot: Foot = field(default_factory=Foot)

    def cells(self) -> dict[str, str | bytes]:
        """Every cell of both sides, and of their attached pages, by name."""
        names = (
            *("name", "sex", "birth_month", "ethnic", "native_place", "birth_place", "joined_party", "joined_work"),
            *("health", "technical_post", "speciality", "full_time_degree", "full_time_school", "in_service_degree"),
            *("in_service_school", "present_post", "proposed_post", "relieved_post", "rewards", "appraisals", "reason"),
        )
        values: dict[str, str | bytes] = {name: getattr(self, name) for name in names}
        values["resume"] = "\n".join(self.resume)
        for number, relative in enumerate(self.family[:RELATIVES], 1):
            for name in ("relation", "name", "age", "political", "work"):
                values[f"relative_{name}_{number}"] = getattr(relative, name)
        values["further_family"] = "\n".join(one.line() for one in self.family[RELATIVES:])
        values["submitted_by"] = self.submitted_by
        values["filled_by"] = f"填表人：{self.filled_by}"
        values["photo"] = self.photo
        values["continued_heading"] = f"姓名：{self.name}"
        values["foot"] = self.foot.line()
        return values


class CadrePrinter:
    """Prints 干部任免审批表: front, back, and the attached pages of both. Not to be shared by threads."""

    def __init__(self, templates: Environment, fonts: Fonts) -> None:
        words = {"relatives": RELATIVES}
        self.sides = tuple(
            FormPrinter[CadreForm](templates, fonts, source, title=TITLE, sheet=SHEET, words=words)
            for source in (FRONT, BACK)
        )

    def preflight(self, form: CadreForm) -> list[Overflow]:
        """The cells of both sides whose text would continue on an attached page, or lacks a character."""
        return [found for side in self.sides for found in side.preflight(form)]

    def fill(self, form: CadreForm) -> bytes:
        """One form, filled into the laid-out sides."""
        target = BytesIO()
        self.fill_many([form], target)
        return target.getvalue()

    def fill_many(self, forms: list[CadreForm], target: Path | IO[bytes], *, title: str = TITLE) -> None:
        """Forms in order into one PDF, each beginning with its two sides. Raises ``ValueError`` for none."""
        if not forms:
            raise ValueError("nobody to print")
        merge([_sides_first(*(side.fill(form) for side in self.sides)) for form in forms], target, title=title)

    def render_with_weasyprint(self, form: CadreForm) -> bytes:
        """One form, set by WeasyPrint: accessible (PDF/UA-1), slower."""
        front, back = (side.documents(form) for side in self.sides)
        ordered = [front[0], back[0], *front[1:], *back[1:]]
        whole = front[0].copy([page for document in ordered for page in document.pages])
        identifier = sha256(repr(form).encode()).hexdigest()[:32].encode()
        return write_document(whole, title=f"{TITLE}　{form.name}", identifier=identifier)


def _sides_first(front: bytes, back: bytes) -> IO[bytes]:
    with Pdf.open(BytesIO(front)) as one, Pdf.open(BytesIO(back)) as other, Pdf.new() as whole:
        for page in (one.pages[0], other.pages[0], *list(one.pages)[1:], *list(other.pages)[1:]):
            whole.pages.append(page)
        target = BytesIO()
        whole.save(target, deterministic_id=True)
    target.seek(0)
    return target
