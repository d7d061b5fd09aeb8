"""One font file as we need it: which characters it has, how wide they are, and a subset to embed."""

import logging
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

logging.getLogger("fontTools").setLevel(logging.ERROR)

_UNUSED_TABLES = ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "kern", "meta", "vhea", "vmtx"]
_UNUSED_TABLES += ["OS/2", "cmap", "name", "post"]


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font on this machine; ``number`` counts inside a collection (.ttc), ``family`` is its name in style sheets."""

    family: str
    path: Path
    number: int = 0


@dataclass(frozen=True, slots=True)
class Subset:
    """The part of a font that a document uses: a TrueType file with the numbers of its glyphs, or a bare CFF table."""

    data: bytes
    glyph_numbers: dict[str, int]


class Typeface:
    """Characters, widths and vertical measures of one font file; lengths in em."""

    def __init__(self, file: FontFile) -> None:
        self.file = file
        with self._open() as font:
            self.glyph_names: dict[int, str] = dict(font.getBestCmap())
            self.is_cff = "CFF " in font
            self.units = int(font["head"].unitsPerEm)
            self._advances: dict[str, tuple[int, int]] = font["hmtx"].metrics
            header = font["head"]
            self.box = tuple(
                round(side * 1000 / self.units) for side in (header.xMin, header.yMin, header.xMax, header.yMax)
            )
            self.ascent = font["hhea"].ascent / self.units
            self.descent = font["hhea"].descent / self.units
            self.postscript_name = "".join(
                letter for letter in font["name"].getDebugName(6) or "Font" if letter.isascii() and letter.isalnum()
            )
            self.is_keyed_by_cid = self.is_cff and hasattr(font["CFF "].cff.topDictIndex[0], "ROS")
            self._glyph_order: list[str] = font.getGlyphOrder()
            self._glyph_numbers: dict[str, int] = (
                font.getReverseGlyphMap() if self.is_cff and not self.is_keyed_by_cid else {}
            )

    def _open(self) -> Any:
        return TTFont(self.file.path, fontNumber=self.file.number, lazy=True, recalcTimestamp=False)

    def __contains__(self, character: str) -> bool:
        return ord(character) in self.glyph_names

    def advance(self, character: str) -> float:
        """Width of a character in em; the character must be in the font."""
        return self._advances[self.glyph_names[ord(character)]][0] / self.units

    def cid(self, character: str) -> int:
        """The code under which a PDF finds this glyph in a CFF font."""
        name = self.glyph_names[ord(character)]
        if self.is_keyed_by_cid:
            return int(name.removeprefix("cid"))
        return self._glyph_numbers[name]

    def subset(self, characters: str) -> Subset:
        """The font reduced to ``characters``, only what a PDF needs of it; the same bytes for the same characters."""
        options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[], legacy_kern=False)
        options.drop_tables = [*options.drop_tables, *_UNUSED_TABLES]
        options.retain_gids = self.is_cff and not self.is_keyed_by_cid
        names = {character: self.glyph_names[ord(character)] for character in characters}
        with self._open() as font:
            if not self.is_cff:
                # Names of glyphs are slow to read and were read before.
                font.setGlyphOrder(self._glyph_order)
            subsetter = Subsetter(options)
            subsetter.populate(glyphs=sorted(set(names.values())))
            subsetter.subset(font)
            buffer = BytesIO()
            font.save(buffer, reorderTables=None)
            numbers = {} if self.is_cff else {name: number for number, name in enumerate(font.getGlyphOrder())}
        if self.is_cff:
            with TTFont(buffer) as small:
                return Subset(small.getTableData("CFF "), {})
        return Subset(buffer.getvalue(), {character: numbers[name] for character, name in names.items()})


@lru_cache(maxsize=32)
def subset(face: Typeface, characters: str) -> Subset:
    """The subset for these characters; documents of one batch often ask for the same few."""
    return face.subset(characters)


@cache
def typeface(file: FontFile) -> Typeface:
    """The typeface of a file, read once in a process."""
    return Typeface(file)
