"""The papers of appraisals: 年度考核登记表 and the summary of a street."""

from dataclasses import asdict
from hashlib import sha256

from jinja2 import Environment

from careerpath.appraisals.documents import EMPTY_DATE, AppraisalForm, AppraisalSummary
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.render import render_html
from careerpath.printing.documents.forms import FormPrinter

FORM = "print/appraisal-form.html"
SUMMARY = "print/appraisal-summary.html"


class AppraisalFormPrinter(FormPrinter[AppraisalForm]):
    """Prints 年度考核登记表 of one title."""

    def __init__(self, templates: Environment, fonts: Fonts, *, title: str = AppraisalForm().title) -> None:
        super().__init__(templates, fonts, FORM, title=title)


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
