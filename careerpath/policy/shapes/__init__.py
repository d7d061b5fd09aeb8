"""What an edition of each rule is made of, in words: for its page, its workbook, its text and for comparing two."""

from careerpath.policy.shapes.blocks import Block, Column, Part, Row, blocks_of, parts_of
from careerpath.policy.shapes.catalogue import shape_of
from careerpath.policy.shapes.comparison import Change, PartChanges, compare
from careerpath.policy.shapes.grids import Grid, grids_of
from careerpath.policy.shapes.naming import row_names
from careerpath.policy.shapes.shape import Field, Kind, Listed, Mapped, Record, Shape, Value
from careerpath.policy.shapes.showing import shown
from careerpath.policy.shapes.writing import toml_text

__all__ = [
    "Block",
    "Change",
    "Column",
    "Field",
    "Grid",
    "Kind",
    "Listed",
    "Mapped",
    "Part",
    "PartChanges",
    "Record",
    "Row",
    "Shape",
    "Value",
    "blocks_of",
    "compare",
    "grids_of",
    "parts_of",
    "row_names",
    "shape_of",
    "shown",
    "toml_text",
]
