"""What is done for the growth of people on which day."""

from collections.abc import Iterator

from careerpath.demo.growth.calls import call_steps
from careerpath.demo.growth.skills import SkillWork, skill_steps
from careerpath.demo.office import Office
from careerpath.demo.schedule import Step


def growth_steps(office: Office) -> Iterator[Step]:
    """Skills, honours, up to the present."""
    yield from skill_steps(SkillWork(office))
    yield from call_steps(office)
