"""The printed papers, from plain values to PDF: one by WeasyPrint, many over one laid-out page."""

from careerpath.printing.documents.appraisals import AppraisalFormPrinter, render_form_with_weasyprint, render_summary
from careerpath.printing.documents.pay_change import PayChangeForm, PayChangePrinter, render_pay_change
from careerpath.printing.documents.pay_changes_list import PayChangesList, render_pay_changes_list
from careerpath.printing.documents.pay_register import PayRegisterTable, render_pay_register
from careerpath.printing.documents.pay_slip import PaySlip, PaySlipPrinter, render_pay_slip
from careerpath.printing.documents.what_if import WhatIfReport, render_what_if

__all__ = [
    "AppraisalFormPrinter",
    "PayChangeForm",
    "PayChangePrinter",
    "PayChangesList",
    "PayRegisterTable",
    "PaySlip",
    "PaySlipPrinter",
    "WhatIfReport",
    "render_form_with_weasyprint",
    "render_pay_change",
    "render_pay_changes_list",
    "render_pay_register",
    "render_pay_slip",
    "render_summary",
    "render_what_if",
]
