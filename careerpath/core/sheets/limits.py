"""How large a workbook may be. What is checked here is checked before anything is built from the file."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds, all included. Sizes are bytes; ``cells`` is rows times columns of the area with content in a sheet."""

    file_size: int = 32 * MEBIBYTE
    inflated_size: int = 512 * MEBIBYTE
    ratio: int = 200
    ratio_from: int = 16 * MEBIBYTE
    entries: int = 2_000
    sheets: int = 100
    rows: int = 100_000
    columns: int = 702
    cells: int = 5_000_000
