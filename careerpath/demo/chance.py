"""Chance that can be repeated: the same seed gives the same people, figures and texts."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Chance(random.Random):
    """A stream of draws for one purpose. Streams of different purposes do not disturb each other."""

    @classmethod
    def of(cls, seed: int, *purpose: object) -> "Chance":
        """The stream of a purpose, such as ``Chance.of(1, "person", 17)``."""
        return cls("/".join(str(part) for part in (seed, *purpose)))

    def happens(self, percent: int) -> bool:
        """Whether something comes true that does so in so many of a hundred cases."""
        return self.randrange(100) < percent

    def weighed(self, weights: Mapping[T, int]) -> T:
        """One of the keys, each as often as its weight says."""
        return self.choices(list(weights), weights=list(weights.values()))[0]

    def day(self, first: date, last: date) -> date:
        """A day from ``first`` to ``last``, both included."""
        return first + timedelta(days=self.randint(0, (last - first).days))

    def mixed(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        return self.sample(list(items), len(items))


def share_out(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Whole numbers that add up to ``total`` in proportion to the weights, each at least ``least`` where that fits.

    The largest remainders get what rounding leaves over.
    """
    if not weights:
        return []
    base = min(least, total // len(weights))
    rest = total - base * len(weights)
    whole = sum(weights)
    exact = [rest * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(weights)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: rest - sum(parts)]:
        parts[place] += 1
    return [base + part for part in parts]
