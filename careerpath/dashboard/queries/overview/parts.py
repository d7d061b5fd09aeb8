"""The parts that an overview is divided by: districts of a city, streets of a district, communities of a street."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from careerpath.access.models import STREET_KINDS
from careerpath.access.queries.units import COMMUNITY_KINDS, ids_of
from careerpath.figures.queries.targets import Place
from careerpath.policy.codes import UnitKind

LEVELS = (frozenset({UnitKind.DISTRICT}), STREET_KINDS, COMMUNITY_KINDS)
"""Kinds of units from the top down."""


@dataclass(frozen=True, slots=True)
class Part:
    """One unit that the whole is divided by. ``divisible``: it has communities below that can be looked at."""

    id: int
    name: str
    divisible: bool


@dataclass(frozen=True, slots=True)
class Division:
    """The parts, and to which of them each unit belongs."""

    parts: tuple[Part, ...]
    part_of: Mapping[int, int]
    """By the id of a unit: the id of its part. Units that stand above the parts are not in it."""

    def gathered(self, unit_ids: Iterable[int]) -> dict[int, list[int]]:
        """Some units by their parts; every part is there."""
        found: dict[int, list[int]] = {part.id: [] for part in self.parts}
        for unit_id in unit_ids:
            part_id = self.part_of.get(unit_id)
            if part_id is not None:
                found[part_id].append(unit_id)
        return found


def divide(places: Mapping[int, Place]) -> Division:
    """The highest level on which there are several units, else the lowest on which there is one."""
    levels = [[place for place in places.values() if place.kind in kinds] for kinds in LEVELS]
    several = next((level for level in levels if len(level) > 1), None)
    chosen = several or next((level for level in reversed(levels) if level), [])
    ids = {place.id for place in chosen}
    part_of = {}
    above: set[int] = set()
    for place in places.values():
        line = ids_of(place.path)
        part_id = next((one for one in line if one in ids), None)
        if part_id is not None:
            part_of[place.id] = part_id
            if place.kind in COMMUNITY_KINDS and place.id != part_id:
                above.add(part_id)
    parts = tuple(Part(place.id, place.name, place.id in above) for place in chosen)
    return Division(parts, part_of)
