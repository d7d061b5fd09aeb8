"""What of nominations waits on the start page of the district, a street and a worker."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.actor import Actor
from careerpath.dashboard.queries.tasks.selections import nomination_tasks
from careerpath.talent_pool.operations.nomination_review import EntrantFinding, review_entrant
from tests.talent_pool.choosing import Choosing, day


@pytest.fixture
def office(app: Flask) -> Choosing:
    return Choosing()


def told(app: Flask, actor: Actor, on: date = date(2025, 12, 5)) -> list[tuple[str, str, bool]]:
    """Title, detail and urgency of each task."""
    with day(on), app.test_request_context():
        return [(str(one.title), str(one.detail), one.late) for one in nomination_tasks(actor)]


def test_the_district_is_told_of_reviews_and_then_of_the_closing(app: Flask, office: Choosing) -> None:
    selection = office.announced()
    assert told(app, office.district) == []
    entrant = office.nominated(selection)
    waiting = ("审查费县2025年后备人才竞岗人选", "1 人待资格审查")
    assert told(app, office.district) == [(*waiting, False)]
    assert told(app, office.district, date(2025, 12, 11)) == [(*waiting, True)]
    review_entrant(office.district, entrant.id, EntrantFinding(True, "街道证明"))
    assert told(app, office.district) == []
    [(title, _, late)] = told(app, office.district, date(2025, 12, 11))
    assert (title, late) == ("结束费县2025年后备人才竞岗资格审查", True)


def test_a_street_with_places_is_told_until_nominations_close(app: Flask, office: Choosing) -> None:
    office.nominated(office.announced())
    title = "推荐费县2025年后备人才竞岗人选"
    assert told(app, office.street) == [(title, "管辖范围内已推荐 1 人", False)]
    assert told(app, office.other_street) == [(title, "管辖范围内已推荐 0 人", False)]
    assert told(app, office.street, date(2025, 12, 8))[0][2]
    assert told(app, office.street, date(2025, 12, 11)) == []


def test_a_street_without_places_is_not_asked(app: Flask, office: Choosing) -> None:
    office.places = {office.town.community.id: 1}
    office.announced()
    assert told(app, office.other_street) == []


def test_a_worker_is_told_that_nominations_are_open(app: Flask, office: Choosing) -> None:
    worker = office.worker(office.person())
    assert told(app, worker) == []
    office.announced()
    assert [title for title, _, _ in told(app, worker)] == ["2025年后备人才竞岗正在推荐报名"]
    assert told(app, worker, date(2025, 12, 11)) == []
