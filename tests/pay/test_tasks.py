"""What the start page tells of levels."""

from flask import Flask

from careerpath.dashboard.queries import menu, tasks
from careerpath.pay.operations.approvals import return_proposals
from careerpath.pay.operations.rounds import finish_round, submit_round
from tests.factories.employees import selects_of
from tests.factories.pay import PayTown


def said(town: PayTown, actor_name: str = "clerk") -> list[tuple[str, str]]:
    """Titles and details of the tasks of levels."""
    found = tasks(getattr(town, actor_name))
    return [(str(one.title), str(one.detail)) for one in found if "/pay/" in one.url]


def test_in_december_a_street_is_reminded_of_the_steps_of_new_year(app: Flask) -> None:
    town = PayTown()
    with app.test_request_context():
        assert said(town) == [("测算 费城街道 2026-01-01 晋级", "尚未发起这一日的套级晋级")]


def test_the_street_hears_what_to_submit_what_came_back_and_what_to_finish(app: Flask) -> None:
    town = PayTown()
    round_id = town.generate()
    with app.test_request_context():
        assert ("办理 费城街道 2025-12-05 套级晋级", "3 人可套级晋级，待上报") in said(town)
        submit_round(town.clerk, round_id)
        assert all("办理" not in title for title, _ in said(town))
        return_proposals(town.hr, round_id, (town.proposals(round_id, town.staff)[0].id,), "请补充。")
        assert ("办理 费城街道 2025-12-05 套级晋级", "1 人被退回，0 人待上报") in said(town)


def test_the_district_hears_how_many_wait_for_its_approval(app: Flask) -> None:
    town = PayTown()
    with app.test_request_context():
        assert said(town, "hr") == []
        submit_round(town.clerk, town.generate())
        assert said(town, "hr") == [("审批 费城街道 2025-12-05 套级晋级", "3 人待审批")]
        # The start page asks each of the seventeen finders once, and some of them which rules hold.
        assert len(selects_of(lambda: said(town, "hr"))) <= 20


def test_an_empty_round_can_be_finished(app: Flask) -> None:
    town = PayTown()
    town.place_everybody()
    round_id = town.generate()
    with app.test_request_context():
        assert ("办理 费城街道 2025-12-05 套级晋级", "没有待上报的人员，可以办结") in said(town)
        finish_round(town.clerk, round_id)
        assert all("办理" not in title for title, _ in said(town))


def test_the_menu_shows_levels_to_those_who_may_see_pay(app: Flask) -> None:
    town = PayTown()
    with app.test_request_context():
        shown = {item.url for group in menu(town.finance) for item in group.items}
    assert {"/pay/rounds", "/pay/calendar"} <= shown
