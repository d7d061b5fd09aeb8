"""Fonts inside a PDF that we write: codes for drawing, and at the end one subset of each font that was used."""

import zlib
from hashlib import sha256

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from careerpath.core.pdf.fonts import MISSING_MARK, Fonts
from careerpath.core.pdf.typeface import Typeface, subset

_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{blocks}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class EmbeddedFont:
    """One font of one document: gives out codes, and builds the font object when everything is drawn."""

    def __init__(self, pdf: Pdf, typeface: Typeface) -> None:
        self._typeface = typeface
        self._codes: dict[str, int] = {}
        self.reference: Object = pdf.make_indirect(Dictionary(Type=Name.Font))
        self._pdf = pdf

    def code(self, character: str) -> str:
        """Four hexadecimal digits that draw the character in this document."""
        code = self._codes.get(character)
        if code is None:
            code = self._typeface.cid(character) if self._typeface.is_cff else len(self._codes) + 1
            self._codes[character] = code
        return f"{code:04X}"

    def finish(self) -> None:
        """Embed the subset; nothing may be drawn with this font afterwards."""
        face, pdf = self._typeface, self._pdf
        characters = "".join(sorted(self._codes))
        part = subset(face, characters)
        tag = "".join(chr(65 + byte % 26) for byte in sha256(characters.encode()).digest()[:6])
        name = Name(f"/{tag}+{face.postscript_name}")
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array(list(face.box)),
            ItalicAngle=0,
            Ascent=round(face.ascent * 1000),
            Descent=round(face.descent * 1000),
            CapHeight=round(face.ascent * 800),
            StemV=80,
        )
        if face.is_cff:
            descriptor.FontFile3 = _deflated(pdf, part.data, Subtype=Name.CIDFontType0C)
        else:
            descriptor.FontFile2 = _deflated(pdf, part.data, Length1=len(part.data))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType0 if face.is_cff else Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=1000,
            W=self._widths(),
        )
        if not face.is_cff:
            descendant.CIDToGIDMap = _deflated(pdf, self._glyph_map(part.glyph_numbers))
        font = self.reference
        font.Subtype = Name.Type0
        font.BaseFont = name
        font.Encoding = Name("/Identity-H")
        font.DescendantFonts = Array([pdf.make_indirect(descendant)])
        font.ToUnicode = _deflated(pdf, self._to_unicode())

    def _widths(self) -> Array:
        entries: list[int | Array] = []
        for character, code in sorted(self._codes.items(), key=lambda item: item[1]):
            width = round(self._typeface.advance(character) * 1000)
            if width != 1000:
                entries += [code, Array([width])]
        return Array(entries)

    def _glyph_map(self, numbers: dict[str, int]) -> bytes:
        table = bytearray(2 * (len(self._codes) + 1))
        for character, code in self._codes.items():
            table[2 * code : 2 * code + 2] = numbers[character].to_bytes(2, "big")
        return bytes(table)

    def _to_unicode(self) -> bytes:
        pairs = [f"<{code:04X}> <{character.encode('utf-16-be').hex()}>" for character, code in self._codes.items()]
        blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        text = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _TO_UNICODE.format(blocks=text).encode()


class FontSet:
    """All fonts of one document, by face and character; draws runs and remembers what was drawn."""

    def __init__(self, pdf: Pdf, fonts: Fonts) -> None:
        self._pdf, self._fonts = pdf, fonts
        self._embedded: dict[Typeface, tuple[str, EmbeddedFont]] = {}
        self._glyphs: dict[tuple[str, str], tuple[str, str]] = {}
        self._usual: dict[str, tuple[str, dict[str, str]]] = {}

    def runs(self, text: str, face: str) -> list[tuple[str, str]]:
        """The text as (resource name, hexadecimal codes), one run for each change of font."""
        usual, codes_of = self._usual.get(face, ("", {}))
        if codes_of.keys() >= set(text):
            return [(usual, "".join(map(codes_of.__getitem__, text)))]
        runs: list[tuple[str, list[str]]] = []
        glyphs = self._glyphs
        for character in text:
            name, code = glyphs.get((face, character)) or self._glyph(face, character)
            if not runs or runs[-1][0] != name:
                runs.append((name, []))
            runs[-1][1].append(code)
        return [(name, "".join(codes)) for name, codes in runs]

    def resources(self) -> Dictionary:
        """The font dictionary of a page's resources."""
        return Dictionary({f"/{name}": font.reference for name, font in self._embedded.values()})

    def finish(self) -> None:
        """Embed every font that was used."""
        for _, font in self._embedded.values():
            font.finish()

    def _glyph(self, face: str, character: str) -> tuple[str, str]:
        drawn = character
        typeface = self._fonts.typeface_for(drawn, face)
        if typeface is None:
            drawn = MISSING_MARK
            typeface = self._fonts.typeface_for(drawn, face)
        if typeface is None:
            raise LookupError(f"no font has {MISSING_MARK}")
        if typeface not in self._embedded:
            self._embedded[typeface] = (f"F{len(self._embedded)}", EmbeddedFont(self._pdf, typeface))
        name, font = self._embedded[typeface]
        self._glyphs[face, character] = (name, font.code(drawn))
        usual, codes = self._usual.setdefault(face, (name, {}))
        if usual == name:
            codes[character] = font.code(drawn)
        return self._glyphs[face, character]


def _deflated(pdf: Pdf, data: bytes, **entries: object) -> Object:
    stream = Stream(pdf, zlib.compress(data, 9))
    stream.Filter = Name.FlateDecode
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)
