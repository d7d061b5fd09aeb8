"""The pages from the result of a selection to the pool."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import PromotionState, SelectionState
from careerpath.talent_pool.operations.objections import PoolObjectionGiven, record_entrant_objection
from careerpath.talent_pool.queries.objections import objections_about, open_objections
from tests.factories.access import signed_in
from tests.factories.employees import make_employee, selects_of
from tests.factories.talent_pool import make_promotion
from tests.talent_pool.contests import DECIDED, DOCUMENT, ENTERED, HELD, NOTICE, Contest, day

HEARD = NOTICE[0]


def at(contest: Contest, page: str = "results") -> str:
    """An address of the selection."""
    return f"/talent-pool/selections/{contest.selection_id}/{page}"


def posted(client: FlaskClient, address: str, **data: str) -> tuple[int, str]:
    """Status and page after a form was sent, wherever it leads."""
    answer = client.post(address, data=data)
    if answer.status_code == 302:
        return 302, client.get(answer.location).text
    return answer.status_code, answer.text


def four() -> Contest:
    """Two people for one place, two for two."""
    contest = Contest()
    for name, unit in (("甲", "书苑"), ("乙", "书苑"), ("丙", "文昌"), ("丁", "文昌")):
        contest.enter(name, unit)
    return contest


def test_the_result_is_told_live_with_the_last_reason_of_everybody(app: Flask) -> None:
    contest = four()
    contest.put("recommendation", {"甲": "90", "乙": "80"})
    with day(HELD):
        page = signed_in(app, contest.office).get(at(contest)).text
    for text in ("按现有成绩即时计算", "民主推荐 90 分，取前 3 名（并列同取）。", "成绩未全", "还没有成绩。"):
        assert text in page


def test_a_street_sees_the_result_of_its_own_units(app: Flask) -> None:
    contest = four()
    contest.pass_stages({"甲": "90", "乙": "80", "丙": "70", "丁": "60"})
    page = signed_in(app, contest.clerk).get(at(contest)).text
    assert "林甲" in page
    assert "林丙" not in page
    assert "研究确定后，每人" not in page
    found = signed_in(app, contest.office).get(at(contest) + "?outcome=not_selected").text
    assert ("林乙" in found, "林丁" in found) == (True, False)
    assert "没有符合条件" in signed_in(app, contest.office).get(at(contest) + "?q=没有").text


def test_level_ones_are_put_in_order_then_the_result_is_decided_and_shown(app: Flask) -> None:
    contest = four()
    contest.pass_stages({"甲": "80", "乙": "80", "丙": "70", "丁": "60"})
    with day(DECIDED):
        client = signed_in(app, contest.office)
        assert "书苑社区 总分并列，待研究决定" in client.get(at(contest)).text
        status, page = posted(client, at(contest, "results/decide"), document=DOCUMENT, on="2025-12-24")
        assert (status, "林甲、林乙总分并列" in page) == (422, True)
        order = {f"order:{contest.ids['甲']}": "1", f"order:{contest.ids['乙']}": "1", "reason": "部务会研究"}
        status, page = posted(client, at(contest, "results/order"), **order)
        assert (status, "先后顺序应从 1 起连续且不重复" in page) == (422, True)
        order[f"order:{contest.ids['乙']}"] = "x"
        assert posted(client, at(contest, "results/order"), **order)[0] == 422
        order[f"order:{contest.ids['甲']}"], order[f"order:{contest.ids['乙']}"] = "2", "1"
        assert posted(client, at(contest, "results/order"), **order)[0] == 302
        assert posted(client, at(contest, "results/decide"), document="", on="2025-12-24")[0] == 422
        status, page = posted(client, at(contest, "results/decide"), document=DOCUMENT, on="2025-12-24")
        assert (status, "已研究确定，入选 3 人" in page, "总分并列，经研究排在第 1 位。" in page) == (302, True, True)
        status, page = posted(client, at(contest, "results/undo"), reason="")
        assert status == 422
        status, page = posted(client, at(contest, "results/undo"), reason="文号有误")
        assert (status, "竞岗结果已撤销" in page) == (302, True)
    assert contest.one("乙").outcome is None


def test_the_notice_is_opened_objections_are_kept_and_answered_and_a_place_is_refilled(app: Flask) -> None:
    contest = four()
    contest.pass_stages({"甲": "90", "乙": "80", "丙": "70", "丁": "60"})
    contest.decide()
    with day(DECIDED):
        client = signed_in(app, contest.office)
        status, page = posted(client, at(contest, "notice/open"), starts_on="2025-12-25", ends_on="2025-12-26")
        assert (status, "个工作日" in page) == (422, True)
        status, page = posted(client, at(contest, "notice/open"), starts_on="2025-12-25", ends_on="2025-12-31")
        assert (status, "入选名单已公示" in page) == (302, True)
    with day(HEARD):
        client = signed_in(app, contest.office)
        about = f"/talent-pool/entrants/{contest.ids['甲']}/objection"
        assert "登记公示反映：林甲" in client.get(about).text
        assert posted(client, about, received_on="2025-12-25", named="yes", text="")[0] == 422
        status, page = posted(client, about, received_on="2025-12-25", named="yes", text="年限不足")
        assert (status, "未答复" in page) == (302, True)
        (line,) = objections_about(contest.office, entrant_id=contest.ids["甲"])
        assert open_objections(entrant_ids=[contest.ids["甲"]]) == {contest.ids["甲"]}
        answer = f"/talent-pool/objections/{line.id}"
        assert "年限不足" in client.get(answer).text
        assert posted(client, answer, upheld="yes", on="2025-12-25", answer="")[0] == 422
        status, page = posted(client, answer, upheld="yes", on="2025-12-25", answer="经查属实")
        assert (status, "书苑社区 空出 1 个名额" in page, "取消入选或退出" in page) == (302, True, True)
        assert "经查属实" in client.get(answer).text
        move = f"/talent-pool/entrants/{contest.ids['乙']}/move-up"
        assert posted(client, move, ends_on="")[0] == 422
        status, page = posted(client, move, ends_on="2025-12-31")
        assert (status, "已递补入选" in page) == (302, True)
        release = f"/talent-pool/entrants/{contest.ids['丁']}/release"
        assert posted(client, release, reason="")[0] == 422
        assert "已登记退出" in posted(client, release, reason="本人放弃")[1]
    assert (contest.one("乙").outcome, contest.one("丁").outcome) == (Outcome.SELECTED, Outcome.WITHDRAWN)


def test_everybody_enters_the_pool_on_the_page_once_the_notice_is_over(app: Flask) -> None:
    contest = four()
    contest.to_notice({"甲": "90", "乙": "80", "丙": "70", "丁": "60"})
    with day(NOTICE[1]):
        assert "期满后办理入库" in signed_in(app, contest.office).get(at(contest, "notice")).text
    with day(ENTERED):
        client = signed_in(app, contest.office)
        assert posted(client, at(contest, "notice/conclude"), entered_on="2025-12-30")[0] == 422
        status, page = posted(client, at(contest, "notice/conclude"), entered_on="2026-01-04")
        assert (status, "3 人已进入后备人才库" in page) == (302, True)
    assert contest.selection.state is SelectionState.CONCLUDED


def test_an_objection_to_a_promotion_has_the_same_pages(app: Flask) -> None:
    contest = Contest()
    promotion = make_promotion(
        make_employee(None, contest.town.community, name="林庚"),
        contest.town.community,
        PromotionState.NOTICE,
        notice_starts_on=NOTICE[0],
        notice_ends_on=NOTICE[1],
    )
    with day(HEARD):
        client = signed_in(app, contest.office)
        about = f"/talent-pool/promotions/{promotion.id}/objection"
        assert "登记公示反映：林庚" in client.get(about).text
        assert posted(client, about, received_on="2025-12-25", named="no", text="作风问题")[0] == 302
        (line,) = objections_about(contest.office, promotion_id=promotion.id)
        assert open_objections(promotion_ids=[promotion.id]) == {promotion.id}
        assert "任职不再办理" in client.get(f"/talent-pool/objections/{line.id}").text
        street = signed_in(app, contest.clerk)
        assert street.get(about).status_code == 403


def test_before_anything_is_decided_the_pages_say_what_comes_first(app: Flask) -> None:
    contest = Contest(SelectionState.NOMINATION)
    client = signed_in(app, contest.office)
    assert "还没有结果" in client.get(at(contest)).text
    assert "还没有公示" in client.get(at(contest, "notice")).text


@pytest.mark.parametrize("page", ["results", "notice"])
def test_pages_cost_the_same_however_many_people_there_are(app: Flask, page: str) -> None:
    contest = Contest()
    points = {}
    for number in range(12):
        name = f"考{chr(0x4E00 + number)}"
        contest.enter(name, "书苑" if number % 2 else "文昌")
        points[name] = str(60 + number)
    contest.put("recommendation", points)
    with day(DECIDED):
        client = signed_in(app, contest.office)
        client.get(at(contest, page))
        asked = [one for one in selects_of(lambda: client.get(at(contest, page))) if "sign_in" not in one]
    assert len(asked) <= 8, "\n".join(asked)


def test_a_notice_costs_a_fixed_number_of_queries(app: Flask) -> None:
    contest = four()
    contest.to_notice({"甲": "90", "乙": "80", "丙": "70", "丁": "60"})
    with day(HEARD):
        for name in "甲丙丁":
            record_entrant_objection(contest.office, contest.ids[name], PoolObjectionGiven(HEARD, True, "年限不足"))
        client = signed_in(app, contest.office)
        client.get(at(contest, "notice"))
        asked = [one for one in selects_of(lambda: client.get(at(contest, "notice"))) if "sign_in" not in one]
    assert len(asked) <= 8, "\n".join(asked)
