"""What is done for the growth of people on which day."""

from collections.abc import Iterator

from careerpath.demo.growth.calls import call_steps
from careerpath.demo.growth.classes import ClassWork, class_steps
from careerpath.demo.growth.mentoring import mentoring_steps
from careerpath.demo.growth.open_classes import open_class_steps
from careerpath.demo.growth.rotations import rotation_steps
from careerpath.demo.growth.skills import SkillWork, skill_steps
from careerpath.demo.growth.studies import study_steps
from careerpath.demo.office import Office
from careerpath.demo.schedule import Step


def growth_steps(office: Office) -> Iterator[Step]:
    """Skills, training, mentoring, rotations and honours, up to the present."""
    yield from skill_steps(SkillWork(office))
    classes = ClassWork(office)
    yield from class_steps(classes)
    yield from open_class_steps(classes)
    yield from study_steps(office)
    yield from mentoring_steps(office)
    yield from rotation_steps(office)
    yield from call_steps(office)
