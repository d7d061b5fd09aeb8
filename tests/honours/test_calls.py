"""Calls for honours: what may be planned, how a call goes on, and what it may no longer do."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.honours.models import CallState, HonourCall, HonourStep
from careerpath.honours.operations import (
    announce_call,
    cancel_call,
    change_call,
    close_nominations_of_call,
    drop_call,
    extend_call,
    plan_call,
    return_call_to_review,
)
from careerpath.words import Conflict, Refused
from tests.factories.access import make_actor
from tests.honours.calling import ANNOUNCED, CLOSES, DOCUMENT, Calling, call_of, day


@pytest.fixture
def place(app: Flask) -> Calling:
    return Calling()


def steps_of(call: HonourCall) -> list[CallState]:
    return list(db.session.scalars(select(HonourStep.state).where(HonourStep.call_id == call.id)))


def test_the_plan_of_a_call_is_checked(place: Calling) -> None:
    place.planned()
    unit = place.town.district.id
    for changes, told in (
        ({}, "已有名为"),
        ({"name": " "}, "请填写名称"),
        ({"name": "长" * 81}, "最多 80 个"),
        ({"name": "甲", "title": ""}, "请填写荣誉名称"),
        ({"name": "甲", "granted_by": " "}, "请填写授予单位"),
        ({"name": "甲", "year": 1999}, "年度"),
        ({"name": "甲", "places": 0}, "名额"),
        ({"name": "甲", "least_years": 41}, "任职年限"),
        ({"name": "甲", "conditions": "长" * 4001}, "评选条件"),
        ({"name": "甲", "kind": "hero"}, "荣誉类别代码"),
        ({"name": "甲", "level": "world"}, "荣誉级别代码"),
        ({"name": "甲", "level": "city"}, "不能授予市级荣誉"),
        ({"name": "甲", "kind": "party_delegate"}, "由选举或协商产生"),
    ):
        with pytest.raises(Refused, match=told):
            plan_call(place.district, unit, place.given(**changes))
    with pytest.raises(Refused, match="区（县）级或市级单位"):
        plan_call(place.district, place.town.street.id, place.given(name="甲"))


def test_a_city_grants_what_a_district_only_recommends(place: Calling) -> None:
    city = make_actor(Role.DISTRICT_HR, place.town.city)
    own = plan_call(city, place.town.city.id, place.given(level="city", title="临沂市最美社工"))
    assert call_of(own).outside is False
    recommended = plan_call(place.district, place.town.district.id, place.given(level="city", outside=True))
    assert call_of(recommended).outside is True


def test_a_plan_is_changed_and_taken_back_until_it_is_announced(place: Calling) -> None:
    call = place.planned(conditions=" 政治坚定 \n\n 群众公认 ")
    assert call.conditions == "政治坚定\n群众公认"
    seen = call.version
    change_call(place.district, call.id, place.given(places=3), seen)
    assert call_of(call.id).places == 3
    with pytest.raises(Conflict):
        change_call(place.district, call.id, place.given(places=4), seen)
    other = place.planned(name="另一项")
    drop_call(place.district, other.id)
    assert db.session.get(HonourCall, other.id) is None
    announce_call(place.district, call.id, DOCUMENT, ANNOUNCED)
    for deed in (
        lambda: drop_call(place.district, call.id),
        lambda: change_call(place.district, call.id, place.given(), call_of(call.id).version),
        lambda: announce_call(place.district, call.id, DOCUMENT, ANNOUNCED),
    ):
        with pytest.raises(Refused, match="只能在“拟定”阶段办理"):
            deed()


def test_an_announcement_has_a_number_and_comes_before_the_last_day(place: Calling) -> None:
    call = place.planned()
    with pytest.raises(Refused, match="请填写通知的文号"):
        announce_call(place.district, call.id, " ", ANNOUNCED)
    with pytest.raises(Refused, match="晚于今天"):
        announce_call(place.district, call.id, DOCUMENT, date(2025, 12, 6))
    with day(date(2025, 12, 11)), pytest.raises(Refused, match="推荐截止日 2025-12-10 已过"):
        announce_call(place.district, call.id, DOCUMENT, ANNOUNCED)


def test_the_last_day_only_moves_back_and_a_review_takes_nominations_up_again(place: Calling) -> None:
    call = place.announced()
    with pytest.raises(Refused, match="只能推后"):
        extend_call(place.district, call.id, CLOSES, "人数不足")
    with pytest.raises(Refused, match="请写明原因"):
        extend_call(place.district, call.id, date(2025, 12, 12), " ")
    place.nominate(call, place.person("王立"))
    close_nominations_of_call(place.district, call.id)
    extend_call(place.district, call.id, date(2025, 12, 12), "人数不足")
    assert (call_of(call.id).state, call_of(call.id).closes_on) == (CallState.NOMINATION, date(2025, 12, 12))
    assert steps_of(call) == [
        CallState.PLANNED,
        CallState.NOMINATION,
        CallState.REVIEW,
        CallState.NOMINATION,
    ]


def test_nominations_are_not_closed_while_nobody_is_nominated(place: Calling) -> None:
    call = place.announced()
    with pytest.raises(Refused, match="还没有推荐人选"):
        close_nominations_of_call(place.district, call.id)


def test_a_call_is_cancelled_for_a_reason_until_it_is_concluded(place: Calling) -> None:
    call, _ = place.shown(place.person("王立"))
    cancel_call(place.district, call.id, "上级统一部署")
    assert call_of(call.id).state is CallState.CANCELLED
    done, _ = place.concluded(place.person("李然"), name="另一项")
    with pytest.raises(Refused, match="现为“已公布”阶段"):
        cancel_call(place.district, done.id, "上级统一部署")


def test_a_notice_may_be_taken_back_to_the_review(place: Calling) -> None:
    call, _ = place.shown(place.person("王立"))
    return_call_to_review(place.district, call.id, "人选调整")
    kept = call_of(call.id)
    assert (kept.state, kept.notice_starts_on, kept.notice_ends_on) == (CallState.REVIEW, None, None)
