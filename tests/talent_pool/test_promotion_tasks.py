"""What the home page tells of promotions: what the street has in hand, what waits for the district."""

from flask import Flask

from careerpath.talent_pool.operations.objections import PoolObjectionGiven, record_promotion_objection
from careerpath.talent_pool.operations.promotions import return_promotion
from tests.factories.access import signed_in
from tests.talent_pool.promoting import APPOINTED, APPROVED, COMPOUND, DEPUTY, NOTICE, Promoting
from tests.talent_pool.reserves import day


def test_the_street_is_told_of_what_it_has_in_hand(app: Flask) -> None:
    office = Promoting()
    office.proposed()
    returned = office.submitted(**COMPOUND)
    with day(APPROVED):
        return_promotion(office.district, returned.id, "请补充")
        page = signed_in(app, office.street).get("/").text
        other = signed_in(app, office.stranger).get("/").text
    assert "1 人已提出，尚未上报" in page
    assert "1 人被区级退回" in page
    assert "上报晋升任用" not in other


def test_the_district_is_told_of_approvals_notices_and_elections(app: Flask) -> None:
    office = Promoting()
    office.submitted()
    office.approved(**COMPOUND)
    office.approved(**DEPUTY)
    with day(APPROVED):
        page = signed_in(app, office.district).get("/").text
    assert "1 人待审批" in page
    assert "1 人已批准，尚未公示" in page
    assert "1 人已批准推荐，等待选举" in page
    assert "公示期满，办理任职" not in page


def test_a_notice_that_has_run_out_is_told_once_nothing_holds_it_up(app: Flask) -> None:
    office = Promoting()
    held = office.noticed()
    office.noticed(**COMPOUND)
    with day(NOTICE[1]):
        record_promotion_objection(office.district, held.id, PoolObjectionGiven(NOTICE[0], False, "年限不足"))
        assert "公示期满" not in signed_in(app, office.district).get("/").text
    with day(APPOINTED):
        assert "1 人公示期满，没有未答复的反映" in signed_in(app, office.district).get("/").text
