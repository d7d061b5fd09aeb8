"""The pages of batches, as the district and a street see them."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.permissions import Permission, Role
from careerpath.core.db import db
from careerpath.recruitment.models import BatchState
from careerpath.recruitment.queries.batches import Act, batch_head, batch_lines
from careerpath.words import NotFound
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.recruitment import make_batch, make_position


def test_the_district_and_the_street_of_a_position_meet_the_batch_and_the_next_street_does_not(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district)
    make_position(batch, town.community, 2)
    district, street = make_actor(Role.DISTRICT_HR, town.district), make_actor(Role.STREET_HR, town.street)
    head = batch_head(district, batch.id)
    assert Act.CHANGE_DAYS in head.may
    assert batch_head(street, batch.id).may == {Act.ENTER, Act.REVIEW}
    with pytest.raises(NotFound):
        batch_head(make_actor(Role.STREET_HR, town.other_street), batch.id, Permission.RECRUITMENT_VIEW)
    [line] = batch_lines(street).rows
    assert (line.positions, line.places, line.applied) == (1, 2, 0)


def test_the_steps_say_where_a_batch_stands_and_when_it_is_planned(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district, BatchState.PUBLISHED, written_on=date(2025, 12, 20))
    head = batch_head(make_actor(Role.DISTRICT_HR, town.district), batch.id)
    assert [step.standing for step in head.steps][:3] == ["done", "current", "later"]
    assert str(head.steps[2].note) == "预定 2025-12-20"
    assert head.tabs[0].name == "batch"


def test_the_list_and_the_page_of_a_batch_open(app: Flask) -> None:
    town = Town()
    batch = make_batch(town.district)
    make_position(batch, town.community)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    batch = db.session.merge(batch)
    assert batch.name in client.get("/recruitment/batches").text
    page = client.get(f"/recruitment/batches/{batch.id}")
    assert page.status_code == 200
    assert "报名截止" in page.text
