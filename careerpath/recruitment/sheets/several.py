"""Cells that hold several entries of a list."""

import re
from collections.abc import Iterable, Mapping

from careerpath.core.sheets import CellFault, CellValue, Origin, Reader, Shown
from careerpath.core.sheets.cleaning import fold
from careerpath.words import msg

BETWEEN = "；"
_BETWEEN = re.compile(r"[;；,，\n\r]+")


def several(table: Mapping[str, str], width: float = 20) -> Reader:
    """Entries of a list, by code or word, with a semicolon, a comma or 、 between; the value is a tuple of codes.

    The codes stand in the order of the list, each once.
    """
    known = {fold(word): code for code, word in table.items()} | {fold(code): code for code in table}
    listed = "、".join(table.values()) or "—"

    def read(value: CellValue, origin: Origin) -> tuple[str, ...]:
        found = set()
        for part in _BETWEEN.split(str(value)):
            # A name may hold a 、 itself: it is parted only where the whole is no entry.
            for word in [part] if fold(part) in known else part.split("、"):
                if not fold(word):
                    continue
                if fold(word) not in known:
                    raise CellFault(
                        msg("“%(word)s”不在本批次的规则中，应为：%(words)s。", word=word.strip()[:20], words=listed)
                    )
                found.add(known[fold(word)])
        return tuple(code for code in table if code in found)

    def show(value: object) -> Shown:
        chosen = [str(code) for code in value] if isinstance(value, Iterable) and not isinstance(value, str) else []
        return BETWEEN.join(table.get(code, code) for code in chosen) or None

    hint = msg("可填几项，中间用分号隔开：%(words)s", words=listed)
    return Reader(read, hint, show=show, width=width)
