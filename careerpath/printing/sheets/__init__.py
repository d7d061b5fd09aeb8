"""The Excel tables of printed papers, with the same words as their PDF."""

from careerpath.printing.sheets.appraisals import SUMMARY_COLUMNS, summary_notes, summary_rows
from careerpath.printing.sheets.ledgers import ledger_table
from careerpath.printing.sheets.what_if import what_if_tables

__all__ = ["SUMMARY_COLUMNS", "ledger_table", "summary_notes", "summary_rows", "what_if_tables"]
