"""The printed papers, from plain values to PDF: one by WeasyPrint, many over one laid-out page."""

from careerpath.printing.documents.appraisals import AppraisalFormPrinter, render_form_with_weasyprint, render_summary
from careerpath.printing.documents.foot import Foot
from careerpath.printing.documents.pay_change import (
    ChangedComponent,
    PaidComponent,
    PayChangeForm,
    PayChangePrinter,
    render_pay_change,
)

__all__ = [
    "AppraisalFormPrinter",
    "ChangedComponent",
    "Foot",
    "PaidComponent",
    "PayChangeForm",
    "PayChangePrinter",
    "render_form_with_weasyprint",
    "render_pay_change",
    "render_summary",
]
