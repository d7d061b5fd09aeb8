"""The papers of appraisals, from records to bytes."""

import threading
from io import BytesIO

from flask import current_app

from careerpath.access.actor import Actor
from careerpath.appraisals.queries.papers import Paper, papers, roster, summary
from careerpath.core.pdf.fitting import Overflow
from careerpath.core.pdf.typefaces import fonts
from careerpath.core.sheets.writing import write_table
from careerpath.printing.documents import AppraisalFormPrinter, render_summary
from careerpath.printing.sheets import SUMMARY_COLUMNS, summary_notes, summary_rows
from careerpath.words import NotFound

_own = threading.local()


def printer() -> AppraisalFormPrinter:
    """The printer of 年度考核登记表 of this thread: the blank form is laid out once and kept."""
    kept: dict[int, AppraisalFormPrinter] = _own.__dict__.setdefault("printers", {})
    key = id(current_app.extensions["careerpath.settings"])
    if key not in kept:
        kept.clear()
        kept[key] = AppraisalFormPrinter(current_app.jinja_env, fonts())
    return kept[key]


def one_form(actor: Actor, appraisal_id: int) -> tuple[Paper, bytes]:
    """One person's form, or ``NotFound``."""
    found = papers(actor, [appraisal_id])
    if not found:
        raise NotFound
    return found[0], printer().render_with_weasyprint(found[0].form)


def overflowing(actor: Actor, street_id: int) -> list[tuple[Paper, list[Overflow]]]:
    """Everybody of a street whose text would continue on an attached page, and in which cells."""
    found = papers(actor, roster(actor, street_id=street_id))
    if not found:
        raise NotFound
    return [(found[place], cells) for place, cells in printer().preflight_many(paper.form for paper in found)]


def summary_pdf(actor: Actor, street_id: int) -> tuple[str, bytes]:
    """The summary of a street as PDF, with a name for the file."""
    found = summary(actor, street_id)
    return f"{found.unit}{found.year}年度考核情况汇总表.pdf", render_summary(current_app.jinja_env, fonts(), found)


def summary_xlsx(actor: Actor, street_id: int) -> tuple[str, bytes]:
    """The same summary as an Excel table, with a name for the file."""
    found = summary(actor, street_id)
    target = BytesIO()
    write_table(target, SUMMARY_COLUMNS, summary_rows(found), title=found.title, notes=summary_notes(found))
    return f"{found.unit}{found.year}年度考核情况汇总表.xlsx", target.getvalue()
