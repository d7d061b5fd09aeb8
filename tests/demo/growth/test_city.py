"""The city's training: its share of the classes, the rate and the certificates that it reports."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.build import run_steps
from careerpath.demo.growth.classes import ClassWork, class_steps
from careerpath.demo.growth.skills import SkillWork
from careerpath.demo.marks import Mark
from careerpath.demo.office import Office
from careerpath.demo.places import DALIAN
from careerpath.demo.schedule import Step
from careerpath.training.models import ClassState, TrainingClass
from careerpath.training.queries.rates import rate_page
from tests.demo.programs import people_built, quiet


@pytest.fixture(scope="module")
def city(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A district of the city with its people and their classes."""
    folder = tmp_path_factory.mktemp("city")
    with people_built(Mark(DALIAN, 330, 1), folder, blank_database) as (office, _):
        lines = Step(office.town.times.introduced_on, SkillWork(office).take_lines)
        run_steps([lines, *class_steps(ClassWork(office))], quiet)
        yield office


def test_the_district_holds_its_share_of_1612_classes_a_year(city: Office) -> None:
    year = city.town.times.year
    held = db.session.scalar(
        select(func.count())
        .select_from(TrainingClass)
        .where(
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.starts_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
    )
    assert held == round(1612 * len(city.town.posts) / 1832) == 57


def test_more_than_95_of_a_hundred_were_trained_and_394_of_a_thousand_hold_the_certificate(city: Office) -> None:
    total = rate_page(city.staff["district"], city.town.times.year, clock.today()).total
    assert total.serving == 330
    assert total.rate is not None
    assert total.rate.is_met
    assert total.certified == 130
    assert total.certified_share == Decimal("0.3939")
    assert total.attendances >= 6000 * len(city.town.posts) / 1832
