"""Spreadsheets: columns described once; read safely, written plainly, given back with what is wrong marked."""

from careerpath.core.sheets.cells import CellFault, CellValue, Origin, Reader, Shown
from careerpath.core.sheets.columns import Column, SheetSpec
from careerpath.core.sheets.dates import day, month
from careerpath.core.sheets.limits import Limits
from careerpath.core.sheets.marking import mark_faults, marked_name
from careerpath.core.sheets.marks import Fault
from careerpath.core.sheets.opening import Workbook, open_workbook
from careerpath.core.sheets.readers import choice, decimal, digits, text, whole, year, yes_no
from careerpath.core.sheets.reading import ReadResult, Row, read_rows
from careerpath.core.sheets.templates import write_template
from careerpath.core.sheets.writing import Target, write_csv, write_table

__all__ = [
    "CellFault",
    "CellValue",
    "Column",
    "Fault",
    "Limits",
    "Origin",
    "ReadResult",
    "Reader",
    "Row",
    "SheetSpec",
    "Shown",
    "Target",
    "Workbook",
    "choice",
    "day",
    "decimal",
    "digits",
    "mark_faults",
    "marked_name",
    "month",
    "open_workbook",
    "read_rows",
    "text",
    "whole",
    "write_csv",
    "write_table",
    "write_template",
    "year",
    "yes_no",
]
