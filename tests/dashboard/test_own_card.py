"""The card of one's own career on the start page."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.dashboard.queries.own_card import own_cards
from careerpath.employees.operations.people import link_account
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.factories.pay import PayTown

TODAY = date(2025, 12, 5)


@pytest.fixture
def town(app: Flask) -> PayTown:
    return PayTown()


def test_a_worker_sees_level_and_grade_and_is_led_to_their_career(app: Flask, town: PayTown) -> None:
    worker = make_actor(Role.WORKER, town.town.neighbour)
    link_account(town.hr, town.staff.id, worker.user_id or 0)
    with app.test_request_context():
        (card,) = own_cards(worker.user_id or 0, TODAY)
        assert [str(line.value) for line in card.lines] == ["未套级", "0 个班"]
    page = signed_in(app, worker).get("/").get_data(as_text=True)
    assert "查看成长档案" in page
    town.place_everybody()
    town.appraise(2024, {town.staff.id: "1"})
    with app.test_request_context():
        assert len(selects_of(lambda: list(own_cards(worker.user_id or 0, TODAY)))) == 1
        (card,) = own_cards(worker.user_id or 0, TODAY)
    assert [str(line.title) for line in card.lines] == ["薪酬等级", "2024年度考核", "今年参训"]
    level = town.levels(town.staff)[-1][1]
    assert [str(line.value) for line in card.lines] == [f"3 档 {level} 级", "优秀", "0 个班"]
    assert signed_in(app, worker).get("/").status_code == 200


def test_an_account_without_a_file_has_no_such_card(town: PayTown) -> None:
    assert list(own_cards(make_actor(Role.WORKER, town.town.neighbour).user_id or 0, TODAY)) == []
