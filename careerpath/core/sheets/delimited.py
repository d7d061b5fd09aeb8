"""Text files with commas, semicolons or tabs: the encoding and the sign are found out, not asked for."""

import csv
import io

from careerpath.core.sheets.cells import CellValue
from careerpath.core.sheets.cleaning import CELL_LENGTH, plain
from careerpath.core.sheets.extent import Extent
from careerpath.core.sheets.limits import Limits
from careerpath.words import Refused, msg

_SIGNS = ",\t;"
_MARKUP = ("<html", "<table", "<!doctype", "<?xml", "<script", "mime-version:", "{\\rtf", "%pdf-")


def decode(content: bytes) -> str | None:
    """The text of a file, or ``None`` when it is no text. UTF-8, UTF-16 with a mark, GB18030."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            found = content.decode(encoding)
        except UnicodeError:
            continue
        return None if "\x00" in found or _looks_binary(found) else found
    return None


def is_markup(text: str) -> bool:
    """Whether the text is a web page or another document that a program saved under a spreadsheet's name."""
    start = text[:4096].lstrip().lower()
    return start.startswith(_MARKUP) or "<table" in start or "<html" in start


def read_delimited(text: str, limits: Limits) -> tuple[list[list[CellValue]], Extent]:
    """The records with their cells, blank ones included so that numbers agree with Excel's. Raises ``Refused``."""
    extent = Extent()
    rows: list[list[CellValue]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_sign(text), strict=True)
    try:
        for number, record in enumerate(reader, 1):
            row: list[CellValue] = [plain(cell) for cell in record]
            if any(cell and not cell.isspace() for cell in record):
                extent.rows += 1
                extent.last_row = number
                extent.last_column = max(extent.last_column, len(record))
            if any(len(cell) > CELL_LENGTH for cell in record):
                raise _unbalanced(number)
            if number <= limits.rows + 1_000 and extent.last_column <= limits.columns:
                rows.append(row)
    except csv.Error:
        raise _unbalanced(reader.line_num) from None
    return rows, extent


def _unbalanced(line: int) -> Refused:
    return Refused(
        msg(
            "CSV 文件第 %(line)s 行附近的引号不成对，无法判断单元格的边界。请用 Excel 另存为 .xlsx 后重新上传。",
            line=line,
        )
    )


def _looks_binary(text: str) -> bool:
    start = text[:4096]
    return sum(1 for letter in start if letter < " " and letter not in "\t\r\n") > len(start) // 50


def _sign(text: str) -> str:
    """The sign that parts the cells: the one that the fullest of the first lines has most of, outside quotes."""
    best = dict.fromkeys(_SIGNS, 0)
    for line in text[:20_000].splitlines()[:10]:
        bare = "".join(line.split('"')[::2])
        for sign in _SIGNS:
            best[sign] = max(best[sign], bare.count(sign))
    return max(best, key=lambda sign: best[sign])
