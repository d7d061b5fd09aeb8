"""The printed papers, from plain values to PDF: one by WeasyPrint, many over one laid-out page."""

from careerpath.printing.documents.appraisals import AppraisalFormPrinter, render_form_with_weasyprint, render_summary
from careerpath.printing.documents.forms import FormPrinter

__all__ = [
    "AppraisalFormPrinter",
    "FormPrinter",
    "render_form_with_weasyprint",
    "render_summary",
]
