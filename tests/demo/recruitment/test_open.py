"""The batch that is open on the day of building."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.demo.marks import Mark
from careerpath.demo.places import FEIXIAN
from careerpath.demo.recruitment.plan import GROUPS
from careerpath.employees.models import Channel, Employee, Source
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    Entry,
    RecruitmentBatch,
    RecruitmentPosition,
)
from tests.demo.programs import people_built


@pytest.fixture(scope="module")
def batch(blank_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecruitmentBatch]:
    """The open batch of a small town."""
    with people_built(Mark(FEIXIAN, 60, 1), tmp_path_factory.mktemp("open"), blank_database, still_open=True):
        yield db.session.scalars(select(RecruitmentBatch).where(RecruitmentBatch.state == BatchState.PUBLISHED)).one()


def applications(batch: RecruitmentBatch) -> list[Application]:
    return list(db.session.scalars(select(Application).where(Application.batch_id == batch.id)))


def test_people_may_apply_today_on_the_open_page(batch: RecruitmentBatch) -> None:
    assert batch.public
    assert batch.opens_on is not None
    assert batch.closes_on is not None
    assert batch.opens_on < clock.today() < batch.closes_on - timedelta(days=2)


def test_every_desk_has_something_to_do(batch: RecruitmentBatch) -> None:
    states = Counter(one.state for one in applications(batch))
    assert set(states) == set(ApplicationState)
    assert {one.entry for one in applications(batch)} == {Entry.CANDIDATE, Entry.STAFF}


def test_its_places_are_vacant_and_one_position_is_for_a_group(batch: RecruitmentBatch) -> None:
    positions = db.session.scalars(select(RecruitmentPosition).where(RecruitmentPosition.batch_id == batch.id)).all()
    assert all((one.quota or 0) - (one.actual or 0) >= one.places for one in positions)
    assert Counter(one.group for one in positions)[GROUPS[Source.VETERAN]] == 1
    assert {one.channel for one in positions} == {
        Channel.OPEN_RECRUITMENT,
        Channel.SPECIAL_RECRUITMENT,
        Channel.BY_ELECTION,
    }


def test_nobody_who_serves_applies(batch: RecruitmentBatch) -> None:
    serving = set(db.session.scalars(select(Employee.identity_index)))
    assert not serving & {one.identity_index for one in applications(batch)}
