"""The papers of appraisals, from plain values to PDF: one by WeasyPrint, many over one laid-out page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from jinja2 import Environment

from careerpath.appraisals.documents import EMPTY_DATE, AppraisalForm, AppraisalSummary
from careerpath.core.pdf import filling
from careerpath.core.pdf.fitting import Fitted, Overflow
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.layout import POINTS, Layout, lay_out, marked_boxes
from careerpath.core.pdf.render import lay_out_html, render_html, write_document

FORM = "print/appraisal-form.html"
ATTACHED = "print/continuation.html"
SUMMARY = "print/appraisal-summary.html"

#: A text may stand over its box by the rounding of a layout, in points.
_ROUNDING = 0.1


class AppraisalFormPrinter:
    """Prints 年度考核登记表 of one title. Laid out when made; keep it for as long as the forms have this title.

    ``templates`` is an autoescaping Jinja environment that finds ``print/…``. Not to be shared by threads.
    """

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str = AppraisalForm().title) -> None:
        self._templates, self._fonts, self._title = templates, fonts, title
        self.form = filling.Form(self._lay_out(FORM), self._lay_out(ATTACHED), fonts)
        self._forms = filling.Forms(self.form)

    def preflight(self, form: AppraisalForm) -> list[Overflow]:
        """The cells of this form whose text would continue on an attached page, or lacks a character in all fonts."""
        return self._forms.overflows(form.cells())

    def preflight_many(self, forms: Iterable[AppraisalForm]) -> Iterator[tuple[int, list[Overflow]]]:
        """Place in the list (from 0) and overflows of each form that has any."""
        return filling.preflight_many(self.form, (form.cells() for form in forms))

    def fill(self, form: AppraisalForm, *, created_at: datetime | None = None) -> bytes:
        """One form, filled into the laid-out page; attached pages follow it."""
        title = f"{self._title}　{form.name}".strip("　")
        return filling.fill(self.form, form.cells(), title=title, created_at=created_at)

    def fill_many(
        self,
        forms: Iterable[AppraisalForm],
        target: Path | IO[bytes],
        *,
        title: str | None = None,
        created_at: datetime | None = None,
    ) -> int:
        """All forms in order into one PDF; returns its number of pages. Raises ``ValueError`` when there are none."""
        cells = (form.cells() for form in forms)
        return filling.fill_many(self.form, cells, target, title=title or self._title, created_at=created_at)

    def render_with_weasyprint(self, form: AppraisalForm) -> bytes:
        """One form, set by WeasyPrint from the same template: accessible (PDF/UA-1), slower.

        Texts have the size that fits; WeasyPrint breaks the lines itself unless its breaking would leave the box.
        """
        pages = self._forms.fit(form.cells())
        sources = [FORM, *[ATTACHED] * (len(pages) - 1)]
        documents = [self._set(source, fits) for source, fits in zip(sources, pages, strict=True)]
        whole = documents[0].copy([page for document in documents for page in document.pages])
        identifier = sha256(repr(form).encode()).hexdigest()[:32].encode()
        return write_document(whole, title=f"{self._title}　{form.name}".strip("　"), identifier=identifier)

    def _lay_out(self, source: str) -> Layout:
        return lay_out(self._html(source), self._fonts, title=self._title)

    def _html(self, source: str, fits: Sequence[Fitted] = (), *, by_line: bool = False) -> str:
        return self._templates.get_template(source).render(
            title=self._title, empty_date=EMPTY_DATE, fits={fit.field.name: fit for fit in fits}, by_line=by_line
        )

    def _set(self, source: str, fits: Sequence[Fitted]) -> Any:
        document = lay_out_html(self._html(source, fits), self._fonts)
        if len(document.pages) == 1 and _stands_inside(document.pages[0], fits):
            return document
        return lay_out_html(self._html(source, fits, by_line=True), self._fonts)


def render_form_with_weasyprint(templates: Environment, fonts: Fonts, form: AppraisalForm) -> bytes:
    """One form without a printer at hand (see ``AppraisalFormPrinter.render_with_weasyprint``)."""
    return AppraisalFormPrinter(templates, fonts, title=form.title).render_with_weasyprint(form)


def render_summary(
    templates: Environment, fonts: Fonts, summary: AppraisalSummary, *, accessible: bool = True
) -> bytes:
    """The 考核情况汇总表 of one street as PDF, A4 across, with its head on every page."""
    html = templates.get_template(SUMMARY).render(summary=summary, empty_date=EMPTY_DATE)
    identifier = sha256(repr(asdict(summary)).encode()).hexdigest()[:32].encode()
    return render_html(html, title=summary.title, fonts=fonts, identifier=identifier, accessible=accessible)


def _stands_inside(page: Any, fits: Sequence[Fitted]) -> bool:
    """Whether every text that WeasyPrint has set ends within its box."""
    heights = {fit.field.name: fit.field.height for fit in fits}
    for box in marked_boxes(page):
        used = sum(child.margin_height() for child in box.children) * POINTS
        if used > heights[box.element.get("data-field")] + _ROUNDING:
            return False
    return True
