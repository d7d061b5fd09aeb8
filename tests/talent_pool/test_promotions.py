"""A promotion on its way from the street to the district."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import PromotionState, PromotionStep
from careerpath.talent_pool.operations.promotions import (
    approve_promotions,
    change_promotion,
    given_of,
    propose_promotion,
    reject_promotion,
    return_promotion,
    submit_promotion,
    withdraw_promotion,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.talent_pool.promoting import APPROVED, COMPOUND, DEPUTY, DOCUMENT, PROPOSED, Promoting, person_of
from tests.talent_pool.reserves import day


def test_a_proposal_keeps_where_the_person_serves_and_the_rule_of_its_day(app: Flask) -> None:
    promotion = Promoting().proposed()
    assert promotion.state is PromotionState.PROPOSED
    assert promotion.former_post == "费城街道 书苑社区 社区工作者"
    assert promotion.title == "社区党组织书记"
    assert promotion.edition["head"]["key"] == "feixian-pool-2016"
    assert promotion.elected is False


def test_a_proposal_finds_the_entry_of_the_pool_by_its_rung(app: Flask) -> None:
    office = Promoting()
    entry = office.reserve()
    person = db.session.get_one(Employee, entry.employee_id)
    assert office.proposed(person).entry_id == entry.id
    assert office.proposed(person, **COMPOUND).entry_id is None


def test_a_reserve_is_promoted_by_their_own_entry_alone(app: Flask) -> None:
    office = Promoting()
    entry = office.reserve()
    with pytest.raises(NotFound):
        office.proposed(office.person(), entry_id=entry.id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"post": "deputy"}, "post"),
        ({"rung": "worker", "post": "staff"}, "rung"),
        ({"rung": "general"}, "rung"),
        ({"rung": "compound_secretary", "post": "staff", "title": "网格员", "party_role": ""}, "title"),
        ({"post": "king"}, "post"),
        ({"relieved_of": "长" * 121}, "relieved_of"),
    ],
)
def test_a_post_that_is_not_of_the_rung_is_refused_beside_its_field(
    app: Flask, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        Promoting().proposed(**changes)
    assert refused.value.field == field


def test_somebody_is_proposed_once_for_a_rung_until_it_has_ended(app: Flask) -> None:
    office = Promoting()
    person = office.person()
    first = office.proposed(person)
    with pytest.raises(Refused, match="正在办理"):
        office.proposed(person, office.town.neighbour)
    with day(PROPOSED):
        withdraw_promotion(office.street, first.id, "人选另行研究")
    assert office.proposed(person).state is PromotionState.PROPOSED


def test_a_post_that_is_held_already_is_not_proposed(app: Flask) -> None:
    office = Promoting()
    with pytest.raises(Refused, match="现在就担任"):
        office.proposed(office.person(post="chief", title="社区党组织书记"))


def test_a_street_proposes_for_its_own_communities_alone(app: Flask) -> None:
    office = Promoting()
    with pytest.raises(NotFound):
        office.proposed(office.person(), office.town.foreign)
    with pytest.raises(NotFound):
        office.proposed(office.person(office.town.foreign))


def test_the_district_brings_somebody_from_another_street(app: Flask) -> None:
    office = Promoting()
    with day(PROPOSED):
        propose_promotion(office.district, office.wanted(office.person(office.town.foreign)))


def test_a_person_who_lacks_conditions_is_submitted_with_a_reason(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed()
    with day(PROPOSED):
        with pytest.raises(Refused, match="尚不符合") as refused:
            submit_promotion(office.street, promotion.id)
        assert refused.value.field == "opinion"
        submit_promotion(office.street, promotion.id, "岗位空缺已久，群众推荐。")
    assert promotion.state is PromotionState.SUBMITTED
    assert promotion.eligible is False
    held = {line["code"]: line["holds"] for line in promotion.eligibility}
    assert held["political"] is True
    assert held["rung"] is False


def test_a_person_who_meets_all_conditions_needs_no_further_word(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed(**COMPOUND)
    with day(PROPOSED):
        submit_promotion(office.street, promotion.id)
    assert promotion.eligible is True
    assert {line["holds"] for line in promotion.eligibility} == {True}


def test_conditions_in_words_are_judged_before_a_proposal_is_submitted(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed(**(DEPUTY | {"checked": {"other": True}}))
    assert promotion.checked == {}
    with day(PROPOSED), pytest.raises(Refused, match="群众基础"):
        submit_promotion(office.street, promotion.id, "已了解")


def test_a_proposal_without_a_reason_is_not_submitted(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed(reason="", **COMPOUND)
    with day(PROPOSED), pytest.raises(Refused, match="任免理由"):
        submit_promotion(office.street, promotion.id)


def test_two_clerks_do_not_overwrite_each_other(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed()
    given, version = given_of(promotion), promotion.version
    with day(PROPOSED):
        change_promotion(office.street, promotion.id, replace(given, relieved_of="社区专职委员"), version)
        with pytest.raises(Conflict) as conflict:
            change_promotion(office.street, promotion.id, given, version)
    assert conflict.value.typed["relieved_of"] == "社区工作者"
    assert conflict.value.current["relieved_of"] == "社区专职委员"


def test_another_person_is_another_proposal(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed()
    with day(PROPOSED), pytest.raises(Refused, match="不能更换"):
        change_promotion(office.street, promotion.id, office.wanted(office.person()), promotion.version)


def test_what_was_returned_is_changed_and_submitted_again(app: Flask) -> None:
    office = Promoting()
    promotion = office.submitted()
    with day(APPROVED):
        return_promotion(office.district, promotion.id, "请补充考察材料")
        change_promotion(
            office.street, promotion.id, office.wanted(person_of(promotion), reason="补充后重报"), promotion.version
        )
        submit_promotion(office.street, promotion.id, "已补充")
    query = select(PromotionStep.state, PromotionStep.opinion).where(PromotionStep.promotion_id == promotion.id)
    assert [tuple(row) for row in db.session.execute(query.order_by(PromotionStep.id))] == [
        (PromotionState.PROPOSED, ""),
        (PromotionState.SUBMITTED, "条件尚差，岗位急需。"),
        (PromotionState.RETURNED, "请补充考察材料"),
        (PromotionState.SUBMITTED, "已补充"),
    ]


def test_several_are_approved_by_one_document_all_or_none(app: Flask) -> None:
    office = Promoting()
    first, second = office.submitted(), office.submitted(**COMPOUND)
    unsubmitted = office.proposed()
    with day(APPROVED):
        with pytest.raises(Refused, match="待审批"):
            approve_promotions(office.district, [first.id, unsubmitted.id], DOCUMENT, "同意", APPROVED)
        db.session.refresh(first)
        assert first.state is PromotionState.SUBMITTED
        assert approve_promotions(office.district, [first.id, second.id], DOCUMENT, "同意", APPROVED) == 2
    assert {one.document for one in (first, second)} == {DOCUMENT}
    assert {one.approved_on for one in (first, second)} == {APPROVED}


def test_an_approval_names_its_document_and_a_day_that_has_come(app: Flask) -> None:
    office = Promoting()
    promotion = office.submitted()
    with day(PROPOSED):
        with pytest.raises(Refused) as refused:
            approve_promotions(office.district, [promotion.id], " ", "同意", PROPOSED)
        assert refused.value.field == "document"
        with pytest.raises(Refused) as refused:
            approve_promotions(office.district, [promotion.id], DOCUMENT, "同意", APPROVED)
        assert refused.value.field == "on"


def test_a_refusal_has_a_reason_and_ends_the_proposal(app: Flask) -> None:
    office = Promoting()
    promotion = office.submitted()
    with day(APPROVED):
        with pytest.raises(Refused):
            reject_promotion(office.district, promotion.id, " ")
        reject_promotion(office.district, promotion.id, "职数已满")
        assert promotion.state is PromotionState.FAILED
        assert promotion.ended_reason == "职数已满"
        with pytest.raises(Refused, match="未通过"):
            withdraw_promotion(office.street, promotion.id, "撤回")


def test_what_is_approved_is_no_longer_the_streets_to_withdraw(app: Flask) -> None:
    office = Promoting()
    promotion = office.approved()
    with day(APPROVED), pytest.raises(Refused, match="已批准"):
        withdraw_promotion(office.street, promotion.id, "撤回")


def test_who_has_left_is_not_submitted(app: Flask) -> None:
    office = Promoting()
    promotion = office.proposed(**COMPOUND)
    with writing():
        person_of(promotion).left_on = PROPOSED
    with day(APPROVED), pytest.raises(Refused, match="离职"):
        submit_promotion(office.street, promotion.id)
