"""An xlsx file looked at before it is trusted: sizes as they really are, no document types, and how far it reaches.

The parts are inflated here in small pieces, not by the sizes that the file claims. Nothing is kept but figures.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from careerpath.core.sheets.extent import MOST_NOTED, Extent, column_index
from careerpath.core.sheets.limits import Limits
from careerpath.words import Refused, msg

_PIECE = 256 * 1024
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_DIGITS = "0123456789"
_FAR_ROW = 1_048_576
_CLAIMED_COUNT = re.compile(rb"""ount\s*=\s*["'][^"']{8}""")
"""Ten million of anything. The reader makes room for what a part claims, and ends the program where there is none."""

_OVERLAP = 4_096


@dataclass(slots=True)
class Package:
    """What an xlsx file says of itself. ``extents`` has one entry per worksheet name."""

    date1904: bool = False
    extents: dict[str, Extent] = field(default_factory=dict)


def broken() -> Refused:
    """The refusal of a file that does not hold together."""
    return Refused(msg("文件已损坏，无法读取。请用 Excel 或 WPS 打开后另存为 .xlsx，再重新上传。"))


def examine(content: bytes, limits: Limits) -> Package:
    """Looks through an xlsx file. Raises ``Refused`` for what is no workbook, is broken, or would do harm."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OverflowError):
        raise broken() from None
    by_name = _check_entries(entries, len(content), limits)
    _check_is_workbook(by_name)
    package = Package()
    book, targets = _Book(), _Targets()
    _parse(content, by_name["xl/workbook.xml"], book)
    relations = by_name.get("xl/_rels/workbook.xml.rels")
    if relations is not None:
        _parse(content, relations, targets)
    package.date1904 = book.date1904
    if len(book.sheets) > limits.sheets:
        raise Refused(
            msg("工作簿里有 %(count)s 张工作表，最多 %(most)s 张。", count=len(book.sheets), most=limits.sheets)
        )
    sheet_of_part = {targets.parts.get(relation, ""): name for name, relation in book.sheets}
    for name, entry in by_name.items():
        if name in sheet_of_part:
            sheet = _Sheet()
            _parse(content, entry, sheet)
            sheet.finish_cell()
            if sheet_of_part[name] in package.extents:
                raise broken()
            package.extents[sheet_of_part[name]] = sheet.extent
        elif name.endswith((".xml", ".rels", ".vml")):
            _parse(content, entry, None)
        else:
            for _ in _inflated(content, entry):
                pass
    return package


def _check_entries(entries: list[ZipInfo], size: int, limits: Limits) -> dict[str, ZipInfo]:
    if len(entries) > limits.entries:
        raise _too_large()
    inflated = sum(entry.file_size for entry in entries)
    if inflated > limits.inflated_size or (inflated > limits.ratio_from and inflated > limits.ratio * size):
        raise _too_large()
    if sum(entry.compress_size for entry in entries) > size:
        # More compressed bytes than the file has: its parts overlap.
        raise _too_large()
    by_name: dict[str, ZipInfo] = {}
    for entry in entries:
        name = entry.filename.lower()
        if entry.flag_bits & 0x1:
            raise encrypted()
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or name in by_name:
            raise broken()
        if "\\" in name or "//" in name or "../" in name or name.startswith("/"):
            # Two names of one place could be understood differently here and by the reader.
            raise broken()
        by_name[name] = entry
    return by_name


def encrypted() -> Refused:
    """The refusal of a file with a password."""
    return Refused(msg("文件设置了打开密码，无法读取。请在 Excel 中取消密码（文件—信息—保护工作簿），保存后重新上传。"))


def _too_large() -> Refused:
    return Refused(msg("文件解压后的内容大得不正常，已拒绝读取。请新建一个工作簿，只粘贴需要的数据，再重新上传。"))


def _check_is_workbook(by_name: dict[str, ZipInfo]) -> None:
    if "xl/workbook.xml" in by_name:
        return
    if "xl/workbook.bin" in by_name:
        raise Refused(msg("暂不支持 .xlsb 格式。请用 Excel 另存为 .xlsx 后重新上传。"))
    if "content.xml" in by_name and "mimetype" in by_name:
        raise Refused(msg("暂不支持 .ods 格式。请另存为 .xlsx 后重新上传。"))
    raise Refused(msg("这不是 Excel 工作簿（可能是压缩包或其他文档改了扩展名）。请上传 .xlsx、.xls 或 .csv 文件。"))


def _inflated(content: bytes, entry: ZipInfo) -> Iterator[bytes]:
    """The part in pieces; its true size must be the one on which the limits were checked."""
    header = content[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size:
        raise broken()
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    end = start + entry.compress_size
    if signature != b"PK\x03\x04" or end > len(content):
        raise broken()
    packed = memoryview(content)[start:end]
    left = entry.file_size
    if entry.compress_type == ZIP_STORED:
        if len(packed) != left:
            raise broken()
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    machine = zlib.decompressobj(-15)
    waiting: bytes | memoryview = packed
    try:
        while not machine.eof:
            piece = machine.decompress(waiting, _PIECE)
            waiting = machine.unconsumed_tail
            left -= len(piece)
            if left < 0 or (not piece and not waiting):
                raise broken()
            yield piece
    except zlib.error:
        raise broken() from None
    if left:
        raise broken()


class _Listener:
    """Hears the elements of one part."""

    def element(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""


class _Book(_Listener):
    """The list of sheets and the first day of the calendar."""

    def __init__(self) -> None:
        self.date1904 = False
        self.sheets: list[tuple[str, str]] = []

    def element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif local == "workbookPr":
            self.date1904 = attributes.get("date1904", "0") in ("1", "true")


class _Targets(_Listener):
    """The part behind each relation of the workbook."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}

    def element(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            path = target.removeprefix("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            self.parts[attributes.get("Id", "")] = path.lower()


class _Sheet(_Listener):
    """How far a sheet reaches. It hears every cell, so it does as little as it can."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.row = self.column = 0
        self.row_text = ""
        self.filled_row = -1
        self.columns: dict[str, int] = {}
        self.formula = self.fails = False
        self.prefix: str | None = None

    def element(self, name: str, attributes: dict[str, str]) -> None:
        if self.prefix is None:
            # The root tells how this file writes names: an f of another vocabulary is no formula of a cell. Of all
            # else the reader hears only the local name, and so must we.
            self.prefix = name.removesuffix("worksheet")
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "f" and name != f"{self.prefix}f":
            return
        if local == "v" or local == "is":
            self.formula = False
            self.note_content()
        elif local == "c":
            if self.formula:
                self.finish_cell()
            self.begin_cell(attributes.get("r"))
            self.fails = attributes.get("t") == "e"
        elif local == "f":
            self.formula = True
        elif local == "row":
            self.finish_cell()
            self.row_text = attributes.get("r", "")
            self.row = int(self.row_text) if self.row_text.isdecimal() else self.row + 1
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.extent.hidden_rows += 1
        elif local == "autoFilter":
            self.extent.filtered = True

    def begin_cell(self, reference: str | None) -> None:
        """Find the place of a cell; a file may leave it out and mean the next one."""
        if reference is None:
            self.column += 1
            return
        letters = reference.rstrip(_DIGITS)
        column = self.columns.get(letters)
        if column is None:
            if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
                raise broken()
            column = self.columns[letters] = column_index(letters) + 1
        self.column = column
        number = reference[len(letters) :]
        if number != self.row_text:
            if not number or len(number) > 7:
                raise broken()
            self.row = int(number)
            self.row_text = number

    def note_content(self) -> None:
        """The present cell holds something."""
        extent = self.extent
        if self.row != self.filled_row:
            if not 0 < self.row <= _FAR_ROW:
                raise broken()
            self.filled_row = self.row
            extent.rows += 1
            extent.last_row = max(extent.last_row, self.row)
        if self.column > extent.last_column:
            extent.last_column = self.column
        if self.fails and len(extent.errors) < MOST_NOTED:
            extent.errors.add((self.row, self.column))

    def finish_cell(self) -> None:
        """A formula went by without a result."""
        if self.formula and len(self.extent.uncalculated) < MOST_NOTED:
            self.extent.uncalculated.add((self.row, self.column))
            self.note_content()
        self.formula = False


def _check_counts(piece: bytes) -> None:
    for claim in _CLAIMED_COUNT.finditer(piece):
        if piece.rfind(b"<", 0, claim.start()) > piece.rfind(b">", 0, claim.start()):
            raise broken()


def _parse(content: bytes, entry: ZipInfo, listener: _Listener | None) -> None:
    """Runs a part through the parser. Document types are refused: entities hide in them, and no Excel writes one."""

    def refuse(*_: object) -> None:
        raise Refused(msg("文件内含有不允许的 XML 定义（DTD），已拒绝读取。请用 Excel 另存为 .xlsx 后重新上传。"))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    if listener is not None:
        parser.StartElementHandler = listener.element
    seam = b""
    try:
        for piece in _inflated(content, entry):
            _check_counts(seam + piece)
            seam = piece[-_OVERLAP:]
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError, ValueError):
        raise broken() from None
