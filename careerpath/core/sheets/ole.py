"""The old binary workbook: its container, and how far its sheets reach, before it is given to the real reader.

Sources: [MS-CFB] for the container, [MS-XLS] 2.3 and 2.4 for the records.
"""

import struct
from collections.abc import Iterator

from careerpath.core.sheets.extent import MOST_NOTED, Extent
from careerpath.core.sheets.limits import Limits
from careerpath.core.sheets.zips import broken, encrypted
from careerpath.words import Refused, msg

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END_OF_CHAIN = 0xFFFFFFFA
_BOF, _EOF, _FILEPASS, _DATEMODE, _BOUNDSHEET = 0x809, 0x0A, 0x2F, 0x22, 0x85
_DIMENSIONS, _ROW, _FORMULA, _BOOLERR, _MULRK, _AUTOFILTER = 0x200, 0x208, 0x06, 0x205, 0xBD, 0x9D
_ONE_CELL = frozenset((0x203, 0x27E, 0xFD, 0x204, 0xD6, _BOOLERR, _FORMULA))
_BIFF8 = 0x0600
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256


def examine(content: bytes, limits: Limits) -> tuple[bool, dict[str, Extent]]:
    """Whether days count from 1904, and how far each worksheet reaches.

    Raises ``Refused`` for encrypted files, for other documents in the same container, and for broken ones.
    """
    try:
        streams = _Container(content)
        if "encryptedpackage" in streams.entries:
            raise encrypted()
        name = next((each for each in ("workbook", "book") if each in streams.entries), None)
        if name is None:
            raise Refused(
                msg("这不是 Excel 工作簿（可能是 Word 等其他文档改了扩展名）。请上传 .xlsx、.xls 或 .csv 文件。")
            )
        date1904, sheets = _examine_stream(streams.read(name))
    except (struct.error, IndexError, ValueError):
        raise broken() from None
    names = [title for title, _ in sheets]
    if len(set(names)) < len(names):
        raise broken()
    # The reader takes all sheets at once, so all of them must be of a size that can be read.
    for title, extent in sheets:
        extent.check(limits, title)
    together = Extent(last_row=sum(extent.last_row * extent.last_column for _, extent in sheets), last_column=1)
    together.check(limits, names[0] if names else "")
    return date1904, dict(sheets)


class _Container:
    """A compound file: sectors, chained by an allocation table, under names."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise broken()
        self.size = 1 << shift
        directory, self.cutoff, small_table, _, more, _ = struct.unpack_from("<I4xIIIII", content, 48)
        self.table = self._allocation(more)
        self.entries: dict[str, tuple[int, int]] = {}
        root = (0, 0)
        listing = b"".join(self._chain(directory))
        for at in range(0, len(listing) - 127, 128):
            length, kind = struct.unpack_from("<HB", listing, at + 64)
            start, size = struct.unpack_from("<II", listing, at + 116)
            if kind == 5:
                root = (start, size)
            elif kind == 2:
                name = listing[at : at + max(0, length - 2)].decode("utf-16-le", "replace").lower()
                if name in self.entries and name in ("workbook", "book"):
                    raise broken()
                self.entries[name] = (start, size)
        self.small_table = self._numbers(b"".join(self._chain(small_table)))
        self.small = b"".join(self._chain(root[0]))

    def read(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self.entries[name]
        if size >= self.cutoff:
            return b"".join(self._chain(start))[:size]
        pieces, seen = [], 0
        while start < _END_OF_CHAIN and seen * 64 < size:
            pieces.append(self.small[start * 64 : start * 64 + 64])
            start, seen = self.small_table[start], seen + 1
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.content[start : start + self.size]

    def _numbers(self, sector: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))

    def _allocation(self, more: int) -> list[int]:
        numbers = list(struct.unpack_from("<109I", self.content, 76))
        most = len(self.content) // self.size + 1
        seen = 0
        while more < _END_OF_CHAIN and seen < most:
            *here, more = self._numbers(self._sector(more))
            numbers += here
            seen += 1
        table: list[int] = []
        for number in numbers:
            if number < _END_OF_CHAIN and len(table) <= most:
                table += self._numbers(self._sector(number))
        return table

    def _chain(self, start: int) -> Iterator[bytes]:
        seen = 0
        while start < _END_OF_CHAIN:
            seen += 1
            if seen > len(self.content) // self.size + 1:
                raise broken()
            yield self._sector(start)
            start = self.table[start]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start of the data and its length, to the end of the substream at ``at``."""
    if stream[at : at + 2] != b"\x09\x08":
        raise broken()
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length
        # A chart inside a sheet is a substream of its own.
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return


def _examine_stream(stream: bytes) -> tuple[bool, list[tuple[str, Extent]]]:
    version = struct.unpack_from("<H", stream, 4)[0]
    if version != _BIFF8:
        raise Refused(msg("文件是 Excel 95 或更早的格式，无法读取。请用 Excel 另存为 .xlsx 后重新上传。"))
    date1904 = False
    places: list[tuple[str, int]] = []
    for kind, at, length in _records(stream, 0):
        if kind == _FILEPASS:
            raise encrypted()
        if kind == _DATEMODE:
            date1904 = struct.unpack_from("<H", stream, at)[0] == 1
        elif kind == _BOUNDSHEET:
            place, count, wide = struct.unpack_from("<I2xBB", stream, at)
            letters = stream[at + 8 : at + length]
            name = letters[: count * 2].decode("utf-16-le") if wide & 1 else letters[:count].decode("latin-1")
            places.append((name, place))
    return date1904, [(name, _extent(stream, place)) for name, place in places]


def _check_dimensions(claimed: tuple[int, ...]) -> None:
    """The size that a sheet claims. The reader makes room for it at once, and ends the program where there is none."""
    first_row, row_end, first_column, column_end = claimed
    if not (first_row <= row_end <= _MOST_ROWS and first_column <= column_end <= _MOST_COLUMNS):
        raise broken()


def _extent(stream: bytes, place: int) -> Extent:
    extent = Extent()
    filled = -1
    for kind, at, length in _records(stream, place):
        if kind in _ONE_CELL or kind == _MULRK:
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind == _MULRK else column
            if row != filled:
                filled = row
                extent.rows += 1
                extent.last_row = max(extent.last_row, row + 1)
            if last >= _MOST_COLUMNS:
                raise broken()
            extent.last_column = max(extent.last_column, last + 1)
            # Error cells: a BoolErr record with the flag set, or a formula whose result says "error" (2.5.133).
            fails = kind == _BOOLERR and stream[at + 7] == 1
            fails |= kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2
            if fails and len(extent.errors) < MOST_NOTED:
                extent.errors.add((row + 1, column + 1))
        elif kind == _DIMENSIONS:
            _check_dimensions(struct.unpack_from("<IIHH", stream, at))
        elif kind == _ROW:
            # A row that is only tall is told from a hidden one by the bit fDyZero.
            extent.hidden_rows += bool(stream[at + 12] & 0x20)
        elif kind == _AUTOFILTER:
            extent.filtered = True
    return extent
