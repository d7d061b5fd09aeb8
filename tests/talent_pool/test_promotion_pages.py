"""The pages of promotions: the list, a new one, one of them, several at once."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.talent_pool.models import Promotion, PromotionState
from careerpath.talent_pool.operations.appointments import appoint_promotion
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.talent_pool.promoting import (
    APPOINTED,
    APPROVED,
    COMPOUND,
    DEPUTY,
    DOCUMENT,
    NOTICE,
    PROPOSED,
    STARTS,
    Promoting,
    person_of,
    postings,
)
from tests.talent_pool.reserves import day

HELD = date(2025, 9, 20)


def opened(client: FlaskClient, page: str = "", status: int = 200) -> str:
    """The text of a page of promotions."""
    answer = client.get(f"/talent-pool/promotions{page}")
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def sent(client: FlaskClient, page: str, data: Mapping[str, Any], status: int = 302) -> str:
    """Send a form; gives the text of the answer."""
    answer = client.post(f"/talent-pool/promotions{page}", data=dict(data))
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_the_list_counts_who_has_come_to_which_rung(app: Flask) -> None:
    office = Promoting()
    done = office.noticed()
    with day(APPOINTED):
        appoint_promotion(office.district, done.id, STARTS)
    office.submitted(**COMPOUND)
    client = signed_in(app, office.district)
    page = opened(client)
    assert "1 <small>人已任职</small>" in page
    assert "1 人办理中" in page
    assert "共 2 人次" in page
    assert person_of(done).name in opened(client, "?state=concluded")
    assert person_of(done).name not in opened(client, "?state=open")
    assert "共 1 人次" in opened(client, "?rung=compound_secretary")
    assert "没有符合条件" in opened(client, f"?unit_id={office.town.foreign.id}")
    assert "共 2 人次" in opened(client, f"?unit_id={office.town.street.id}")


def test_a_list_and_a_page_cost_a_fixed_number_of_queries(app: Flask) -> None:
    office = Promoting()
    first = office.noticed()
    for _ in range(3):
        office.noticed(**COMPOUND)
    client = signed_in(app, office.district)
    opened(client)
    session = len(selects_of(lambda: client.get("/account")))
    assert len(selects_of(lambda: client.get("/talent-pool/promotions"))) <= session + 8
    assert len(selects_of(lambda: client.get(f"/talent-pool/promotions/{first.id}"))) <= session + 8


def test_a_street_proposes_somebody_with_the_conditions_in_sight(app: Flask) -> None:
    office = Promoting()
    person = office.person()
    with day(PROPOSED):
        client = signed_in(app, office.street)
        assert "拟任台阶" in opened(client, "/new")
        assert "请选择拟任台阶" in opened(client, f"/new?q_id={person.id}")
        page = opened(client, f"/new?q={person.number}&rung=committee")
        assert "群众基础" in page
        assert "选举产生" in page
        given = {
            "employee": person.id,
            "rung": "committee",
            "unit": office.town.community.name,
            "post": "deputy",
            "title": "社区“两委”委员",
            "holds": "main",
            "reason": "群众认可",
            "checked-support": "yes",
        }
        sent(client, "/new", given)
    promotion = db.session.scalars(select(Promotion)).one()
    assert (promotion.elected, promotion.checked) == (True, {"support": True})
    assert promotion.unit_id == office.town.community.id


def test_a_proposal_begins_from_an_entry_of_the_pool(app: Flask) -> None:
    office = Promoting()
    entry = office.reserve()
    with day(PROPOSED):
        client = signed_in(app, office.street)
        page = opened(client, f"/new?entry={entry.id}")
    assert "社区党组织书记" in page
    assert f'name="entry" value="{entry.id}"' in page
    assert "2025-06-01 入库" in page
    stranger = signed_in(app, office.stranger)
    opened(stranger, f"/new?entry={entry.id}", 404)


def test_a_refused_proposal_keeps_what_was_typed(app: Flask) -> None:
    office = Promoting()
    person = office.person()
    client = signed_in(app, office.street)
    given = {"employee": person.id, "rung": "secretary", "unit": "没有的社区", "post": "chief", "holds": "main"}
    page = sent(client, "/new", given | {"reason": "群众认可，工作需要"}, 422)
    assert "请从列表中选择拟任单位" in page
    assert "群众认可，工作需要" in page


def test_the_street_submits_and_the_district_sends_back_or_approves(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed()
    page = f"/{promotion.id}"
    with day(PROPOSED):
        street = signed_in(app, office.street)
        assert "任社区“两委”委员" in opened(street, page)
        assert "尚不符合" in sent(street, f"{page}/submit", {"opinion": ""}, 422)
        sent(street, f"{page}/submit", {"opinion": "岗位急需"})
    with day(APPROVED):
        district = signed_in(app, office.district)
        assert "岗位急需" in opened(district, page)
        sent(district, f"{page}/return", {"return-opinion": "请补充材料"})
        assert "请补充材料" in opened(district, page)
        street = signed_in(app, office.street)
        sent(street, f"{page}/submit", {"opinion": "已补充"})
        assert "请填写文号" in sent(district, f"{page}/approve", {"document": "", "on": "2025-09-08"}, 422)
        sent(district, f"{page}/approve", {"document": DOCUMENT, "on": "2025-09-08", "opinion": "同意"})
        assert "开始公示" in opened(district, page)
        assert "开始公示" not in opened(street, page)


def test_notice_and_appointment_from_the_page(app: Flask) -> None:
    office = Promoting()
    promotion = office.approved()
    page = f"/{promotion.id}"
    with day(APPROVED):
        district = signed_in(app, office.district)
        opened(district, page)
        sent(district, f"{page}/notice", {"starts_on": str(NOTICE[0]), "ends_on": str(NOTICE[1])})
        assert f"公示至 {NOTICE[1]}" in opened(district, page)
        assert "期满后方可任职" in sent(district, f"{page}/appoint", {"starts_on": str(STARTS)}, 422)
    with day(APPOINTED):
        district = signed_in(app, office.district)
        sent(district, f"{page}/appoint", {"starts_on": str(STARTS)})
        shown = opened(district, page)
    assert "已任职" in shown
    assert f"/pay/employees/{promotion.employee_id}" in shown
    assert postings(promotion.employee_id)[-1].starts_on == STARTS


def test_the_result_of_an_election_from_the_page(app: Flask) -> None:
    office = Promoting()
    promotion = office.approved(**DEPUTY)
    page = f"/{promotion.id}"
    given = {"result": "yes", "held_on": "2025-09-20", "document": "选举结果报告单", "votes_for": "51"}
    with day(HELD + timedelta(days=1)):
        district = signed_in(app, office.district)
        assert "登记选举结果" in opened(district, page)
        assert "一并填写" in sent(district, f"{page}/election", given | {"starts_on": "2025-09-21"}, 422)
        sent(district, f"{page}/election", given | {"votes_cast": "60", "starts_on": "2025-09-21"})
        assert "51 票（共 60 票）" in opened(district, page)


def test_a_street_changes_and_withdraws_what_it_has_in_hand(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed()
    page = f"/{promotion.id}"
    with day(PROPOSED):
        street = signed_in(app, office.street)
        assert "工作需要，群众认可。" in opened(street, f"{page}/edit")
        given = {
            "unit": office.town.neighbour.name,
            "post": "chief",
            "title": "社区党委书记",
            "holds": "beside",
            "reason": "改到邻近社区",
            "version": str(promotion.version),
        }
        sent(street, f"{page}/edit", given)
        assert "对方保存的内容" in sent(street, f"{page}/edit", given | {"reason": "迟到的修改"}, 409)
        db.session.refresh(promotion)
        assert (promotion.title, promotion.main) == ("社区党委书记", False)
        sent(street, f"{page}/withdraw", {"withdraw-reason": "人选另行研究"})
        assert "人选另行研究" in opened(street, page)
        opened(street, f"{page}/edit", 404)


@pytest.mark.parametrize("act", ["approve", "notice", "appoint"])
def test_several_take_a_step_together(app: Flask, act: str) -> None:
    office = Promoting()
    make = {"approve": office.submitted, "notice": office.approved, "appoint": office.noticed}[act]
    first, second = make(), make(**COMPOUND)
    given = {
        "approve": {"document": DOCUMENT, "on": "2025-09-08"},
        "notice": {"starts_on": "2025-09-16", "ends_on": "2025-09-22"},
        "appoint": {"starts_on": "2025-10-01"},
    }[act]
    reached = {"approve": "approved", "notice": "notice", "appoint": "concluded"}[act]
    with day(APPOINTED):
        district = signed_in(app, office.district)
        assert person_of(first).name in opened(district, f"/together/{act}")
        assert "请先勾选" in sent(district, f"/together/{act}", given, 422)
        sent(district, f"/together/{act}", given | {"ids": [first.id, second.id]})
    db.session.expire_all()
    assert {one.state for one in (first, second)} == {PromotionState(reached)}


def test_nobody_whose_notice_runs_is_offered_for_appointment(app: Flask) -> None:
    office = Promoting()
    office.noticed()
    with day(NOTICE[1]):
        assert "没有可以办理的人员" in opened(signed_in(app, office.district), "/together/appoint")


def test_results_of_an_election_are_recorded_row_by_row(app: Flask) -> None:
    office = Promoting()
    won, lost, open_still = (office.approved(**DEPUTY) for _ in range(3))
    given = {"held_on": "2025-09-20", "document": "选举结果报告单", "starts_on": "2025-09-21"}
    rows = {f"{won.id}-result": "yes", f"{won.id}-votes-for": "40", f"{won.id}-votes-cast": "50"}
    with day(HELD + timedelta(days=1)):
        district = signed_in(app, office.district)
        assert person_of(won).name in opened(district, "/election-results")
        assert "至少为一名" in sent(district, "/election-results", given, 422)
        assert "不是整数" in sent(district, "/election-results", given | rows | {f"{won.id}-votes-for": "四十"}, 422)
        sent(district, "/election-results", given | rows | {f"{lost.id}-result": "no"})
    db.session.expire_all()
    states = [one.state for one in (won, lost, open_still)]
    assert states == [PromotionState.CONCLUDED, PromotionState.FAILED, PromotionState.APPROVED]


def test_who_may_only_look_sees_no_buttons(app: Flask) -> None:
    office = Promoting()
    promotion = office.submitted()
    client = signed_in(app, make_actor(Role.AUDITOR, office.town.district))
    assert "<button" not in opened(client, f"/{promotion.id}").split("<main")[1].split("</main>")[0]
    assert "提出晋升任用</a>" not in opened(client)
    opened(client, "/new", 403)
