"""Forms of one page with marked cells, from plain values to PDF: one by WeasyPrint, many over one laid-out page."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Generic, Protocol, TypeVar

from jinja2 import Environment

from careerpath.appraisals.documents import EMPTY_DATE
from careerpath.core.pdf import filling
from careerpath.core.pdf.fitting import Fitted, Overflow, Values
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.layout import POINTS, Layout, lay_out, marked_boxes
from careerpath.core.pdf.render import lay_out_html, write_document

ATTACHED = "print/continuation.html"

_NOTHING: Mapping[str, str] = MappingProxyType({})

#: A text may stand over its box by the rounding of a layout, in points.
_ROUNDING = 0.1


class OnePage(Protocol):
    """What a form of one page says: whose it is, and the text of each marked cell by name."""

    @property
    def name(self) -> str:
        """The person or thing that the form is about; empty for a blank form."""

    def cells(self) -> Values:
        """Every cell of the form and of its attached pages, and its pictures; what is not named stays empty."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of a form and of its attached pages, in CSS: size, margins, width of the type area.

    ``room`` is the height of the text on an attached page, in points.
    """

    size: str = "A4"
    margin: str = "15mm 18mm 10mm 22mm"
    width: str = "170mm"
    room: int = 620


A4 = Sheet()

Page = TypeVar("Page", bound=OnePage)


class FormPrinter(Generic[Page]):
    """Prints the forms of one template and one title. Laid out when made; keep it for as long as these hold.

    ``templates`` is an autoescaping Jinja environment that finds ``print/…``; ``words`` are further values of the
    template, the same on every form; a ``marked`` form has a cell ``mark`` on its attached pages too. Not to be shared
    by threads.
    """

    def __init__(
        self,
        templates: Environment,
        fonts: Fonts,
        source: str,
        *,
        title: str,
        sheet: Sheet = A4,
        marked: bool = False,
        words: Mapping[str, object] | None = None,
    ) -> None:
        self._templates, self._fonts, self._source, self._title = templates, fonts, source, title
        self._words = {"title": title, "empty_date": EMPTY_DATE, "sheet": sheet, "marked": marked, **(words or {})}
        self.form = filling.Form(self._lay_out(source), self._lay_out(ATTACHED), fonts)
        self._forms = filling.Forms(self.form)

    def preflight(self, form: Page) -> list[Overflow]:
        """The cells of this form whose text would continue on an attached page, or lacks a character in all fonts."""
        return self._forms.overflows(self.cells(form))

    def preflight_many(self, forms: Iterable[Page]) -> Iterator[tuple[int, list[Overflow]]]:
        """Place in the list (from 0) and overflows of each form that has any."""
        return filling.preflight_many(self.form, (self.cells(form) for form in forms))

    def fill(self, form: Page, *, created_at: datetime | None = None) -> bytes:
        """One form, filled into the laid-out page; attached pages follow it."""
        return filling.fill(self.form, self.cells(form), title=self._heading(form), created_at=created_at)

    def fill_many(
        self,
        forms: Iterable[Page],
        target: Path | IO[bytes],
        *,
        title: str | None = None,
        created_at: datetime | None = None,
    ) -> int:
        """All forms in order into one PDF; returns its number of pages. Raises ``ValueError`` when there are none."""
        cells = (self.cells(form) for form in forms)
        return filling.fill_many(self.form, cells, target, title=title or self._title, created_at=created_at)

    def render_with_weasyprint(self, form: Page) -> bytes:
        """One form, set by WeasyPrint from the same template: accessible (PDF/UA-1), slower.

        Texts have the size that fits; WeasyPrint breaks the lines itself unless its breaking would leave the box.
        """
        documents = self.documents(form)
        whole = documents[0].copy([page for document in documents for page in document.pages])
        identifier = sha256(repr(form).encode()).hexdigest()[:32].encode()
        return write_document(whole, title=self._heading(form), identifier=identifier)

    def documents(self, form: Page) -> list[Any]:
        """One form as WeasyPrint has laid it out, and its attached pages, to be written or put together with others."""
        cells = self.cells(form)
        pages = self._forms.fit(cells)
        sources = [self._source, *[ATTACHED] * (len(pages) - 1)]
        pictures = {name: _address(value) for name, value in cells.items() if isinstance(value, bytes) and value}
        return [self._set(source, fits, pictures) for source, fits in zip(sources, pages, strict=True)]

    def cells(self, form: Page) -> Values:
        """The texts and pictures of one form by name."""
        return form.cells()

    def _heading(self, form: Page) -> str:
        return f"{self._title}　{form.name}".strip("　")

    def _lay_out(self, source: str) -> Layout:
        return lay_out(self._html(source), self._fonts, title=self._title)

    def _html(
        self, source: str, fits: Sequence[Fitted] = (), pictures: Mapping[str, str] = _NOTHING, *, by_line: bool = False
    ) -> str:
        return self._templates.get_template(source).render(
            **self._words, fits={fit.field.name: fit for fit in fits}, pictures=pictures, by_line=by_line
        )

    def _set(self, source: str, fits: Sequence[Fitted], pictures: Mapping[str, str]) -> Any:
        document = lay_out_html(self._html(source, fits, pictures), self._fonts)
        if len(document.pages) == 1 and _stands_inside(document.pages[0], fits):
            return document
        return lay_out_html(self._html(source, fits, pictures, by_line=True), self._fonts)


def _address(picture: bytes) -> str:
    """A JPEG inside the page itself, as the only pictures are that a printed page may load."""
    return f"data:image/jpeg;base64,{b64encode(picture).decode()}"


def _stands_inside(page: Any, fits: Sequence[Fitted]) -> bool:
    """Whether every text that WeasyPrint has set ends within its box."""
    heights = {fit.field.name: fit.field.height for fit in fits}
    for box in marked_boxes(page):
        used = sum(child.margin_height() for child in box.children) * POINTS
        if used > heights[box.element.get("data-field")] + _ROUNDING:
            return False
    return True
