"""The rooms of growth in the test of all addresses and operations: their records, and samples of their operations."""

from collections.abc import Mapping

from careerpath.access.models import Unit
from tests.architecture.growth import honours, mentoring, rotations, skills, studies, training
from tests.architecture.sample import Sample

GROWTH_SAMPLES: dict[str, Sample] = {
    **skills.SAMPLES,
    **mentoring.SAMPLES,
    **rotations.SAMPLES,
    **training.SAMPLES,
    **studies.SAMPLES,
    **honours.SAMPLES,
}


def growth_records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """The records of each place, by the names that addresses use."""
    found: dict[str, dict[str, int]] = {place: {} for place in districts}
    for room in (skills, mentoring, rotations, training, studies, honours):
        for place, records in room.records(districts, communities, people).items():
            found[place] |= records
    return found
