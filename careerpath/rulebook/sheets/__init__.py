"""An edition as a workbook: one sheet for each of its parts, in Chinese, there and back."""

from careerpath.rulebook.sheets.levels import LevelHead, edition_with_levels, has_levels, write_levels
from careerpath.rulebook.sheets.reading import SheetFaults, edition_from_workbook, plain_from_workbook
from careerpath.rulebook.sheets.writing import write_workbook

__all__ = [
    "LevelHead",
    "SheetFaults",
    "edition_from_workbook",
    "edition_with_levels",
    "has_levels",
    "plain_from_workbook",
    "write_levels",
    "write_workbook",
]
