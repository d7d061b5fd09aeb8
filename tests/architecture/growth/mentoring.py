"""Records of mentors and pairings for the small world, and samples of the operations of that room."""

from collections.abc import Mapping

from careerpath.access.models import Unit
from tests.architecture.sample import Sample

SAMPLES: dict[str, Sample] = {}


def records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """By place: the ids of one record of each kind, under the names that addresses and operations use."""
    return {place: {} for place in districts}
