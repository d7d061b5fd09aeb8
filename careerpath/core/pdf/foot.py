"""What stands on every paper beside its cells: the line at the foot, the mark of example amounts, and amounts."""

from dataclasses import dataclass
from decimal import Decimal

EXAMPLE = "【示例数据／非官方】"
"""Stands on every page of a paper whose amounts were made up; such a paper is no ground for paying anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """The small line at the foot: number, who printed when, and the code to check the paper against the record."""

    number: str = ""
    printed_by: str = ""
    printed_at: str = ""
    check_code: str = ""

    def line(self) -> str:
        """The parts that there are, in one line."""
        printed = " ".join(part for part in (self.printed_by, self.printed_at) if part)
        parts = (("编号 ", self.number), ("打印 ", printed), ("核验码 ", self.check_code))
        return "　　".join(word + value for word, value in parts if value)


def amount(value: Decimal | None) -> str:
    """Yuan and fen with thousands apart; nothing where there is no amount."""
    return "" if value is None else f"{value:z,.2f}"
