"""The parts of a headcount norm: so many people for so many households or residents, by bands, or a fixed number."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import Citation
from careerpath.policy.rounding import Rounding

Kinds = tuple[UnitKind, ...]
"""Kinds of units that a part or a limit is meant for; empty means every kind of the edition."""


class Figure(StrEnum):
    """The figure of a unit that a part looks at."""

    HOUSEHOLDS = "households"
    RESIDENTS = "residents"


class Way(StrEnum):
    """How a part comes to its number."""

    PER = "per"
    BANDS = "bands"
    FIXED = "fixed"


class Combination(StrEnum):
    """What several parts of one unit make together."""

    GREATEST = "greatest"
    SUM = "sum"


class Stage(StrEnum):
    """When quotients become whole: each part by itself, or once for all parts together."""

    PART = "part"
    TOTAL = "total"


class Place(StrEnum):
    """Where a seconded person is counted: at home, or where the person works for the time being."""

    HOME = "home"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Per:
    """``count`` people for every ``per`` households or residents."""

    code: str
    name: str
    kinds: Kinds
    of: Figure
    count: Decimal
    per: int
    citation: Citation
    way: Way = Way.PER

    def number_for(self, figure: int) -> Fraction:
        """The exact quotient for a number of households or residents."""
        return Fraction(figure) * Fraction(self.count) / self.per


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from ``low`` to ``high``, both included; an open end is ``None``."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Band:
    """The number of people for every figure within one span."""

    range: Span
    count: int


@dataclass(frozen=True, slots=True)
class Bands:
    """A step table over households or residents: bands adjoin from 0 on, and the last one has no end."""

    code: str
    name: str
    kinds: Kinds
    of: Figure
    bands: tuple[Band, ...]
    citation: Citation
    way: Way = Way.BANDS

    def band_for(self, figure: int) -> Band:
        """The band that holds a number of households or residents."""
        return next(band for band in self.bands if band.range.high is None or figure <= band.range.high)

    def number_for(self, figure: int) -> Fraction:
        """The number of people for a number of households or residents."""
        return Fraction(self.band_for(figure).count)


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same number of people for every unit."""

    code: str
    name: str
    kinds: Kinds
    count: Decimal
    citation: Citation
    way: Way = Way.FIXED


Part = Per | Bands | Fixed


@dataclass(frozen=True, slots=True)
class UnitsRule:
    """The kinds of units that an edition is for."""

    kinds: Kinds
    citation: Citation


@dataclass(frozen=True, slots=True)
class CombinationRule:
    """What several parts make together."""

    way: Combination
    citation: Citation


@dataclass(frozen=True, slots=True)
class RoundingRule:
    """How and when a quotient becomes a whole number of people."""

    mode: Rounding
    stage: Stage
    citation: Citation

    def whole(self, number: Fraction) -> int:
        """A quotient as a whole number of people."""
        match self.mode:
            case Rounding.DOWN:
                return floor(number)
            case Rounding.UP:
                return ceil(number)
            case Rounding.HALF_UP:
                return floor(number + Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and the highest quota of a unit; either may be left out."""

    kinds: Kinds
    floor: int | None
    cap: int | None
    citation: Citation

    def within(self, number: int) -> int:
        """A number brought between floor and cap."""
        if self.floor is not None and number < self.floor:
            return self.floor
        return self.cap if self.cap is not None and number > self.cap else number


@dataclass(frozen=True, slots=True)
class SecondmentRule:
    """Where seconded people are counted."""

    counted_at: Place
    citation: Citation
