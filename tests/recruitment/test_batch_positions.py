"""Positions of a planned batch: numbered, checked row by row, put down all at once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Channel
from careerpath.employees.operations.people import RowRefused
from careerpath.recruitment.models import RecruitmentPosition
from careerpath.recruitment.operations.batches import plan_batch
from careerpath.recruitment.operations.positions import put_positions
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee
from tests.recruitment.planning import plan, planned, position


@pytest.fixture
def autumn() -> Iterator[None]:
    """The days before the notice."""
    with clock.Stopped(datetime(2025, 11, 1, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def town(app: Flask, autumn: None) -> Town:
    return Town()


@pytest.fixture
def hr(town: Town) -> Actor:
    return make_actor(Role.DISTRICT_HR, town.district)


def test_positions_are_numbered_and_keep_quota_and_people_of_the_day(hr: Actor, town: Town) -> None:
    with writing():
        db.session.merge(town.community).households = 1500
    make_employee(None, town.community)
    batch_id = plan_batch(hr, town.district.id, plan())
    rows = [position(town.community.id), position(town.foreign.id, code="001"), position(town.neighbour.id)]
    assert put_positions(hr, batch_id, rows) == 3
    found = {one.code: one for one in db.session.scalars(select(RecruitmentPosition))}
    assert sorted(found) == ["001", "002", "003"]
    assert (found["002"].unit_id, found["002"].quota, found["002"].actual) == (town.community.id, 8, 1)
    assert (found["001"].quota, found["001"].actual) == (None, 0)


def test_positions_put_again_replace_those_before_and_keep_their_records(hr: Actor, town: Town) -> None:
    batch_id = planned(hr, town)
    first = db.session.scalars(select(RecruitmentPosition.id)).one()
    rows = [position(town.neighbour.id), position(town.community.id, code="001", places=5)]
    put_positions(hr, batch_id, rows)
    found = {one.code: one for one in db.session.scalars(select(RecruitmentPosition))}
    assert (found["001"].id, found["001"].places) == (first, 5)
    put_positions(hr, batch_id, [])
    assert db.session.scalars(select(RecruitmentPosition)).all() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"places": 0}, "places"),
        ({"places": 100}, "places"),
        ({"channel": Channel.EARLIER}, "channel"),
        ({"post": "king"}, "post"),
        ({"group": "nobody"}, "group"),
        ({"title": ""}, "title"),
        ({"code": "9" * 21}, "code"),
        ({"demand": "要" * 201}, "demand"),
        ({"code": "001"}, "code"),
    ],
)
def test_a_wrong_position_is_refused_with_its_row(hr: Actor, town: Town, changes: dict[str, Any], field: str) -> None:
    batch_id = plan_batch(hr, town.district.id, plan())
    with pytest.raises(RowRefused) as refused:
        put_positions(hr, batch_id, [position(town.neighbour.id, code="001"), position(town.community.id, **changes)])
    assert (refused.value.row, refused.value.field) == (1, field)


def test_a_position_at_a_unit_of_another_district_is_refused(hr: Actor, town: Town) -> None:
    batch_id = plan_batch(hr, town.district.id, plan())
    for unit_id in (town.city.id, town.district.id, 999_999):
        with pytest.raises(RowRefused, match="不在本区"):
            put_positions(hr, batch_id, [position(unit_id)])
