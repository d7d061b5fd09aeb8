"""Rotations from the proposal to the approval: who may go where, what the rule forbids, what it asks a reason for."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.rotations.models import Rotation, RotationState, RotationStep
from careerpath.rotations.operations.decisions import approve_rotation, approve_rotations, cancel_rotation
from careerpath.rotations.operations.rotations import (
    RotationRefused,
    change_rotation,
    given_of,
    propose_rotation,
    propose_rotations,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.employees import CLERK, selects_of
from tests.factories.rotations import make_host, make_wish
from tests.rotations.lending import DOCUMENT, ENDS, PROPOSED, STARTS, Lending, day


def test_a_proposal_keeps_home_kind_and_the_rule_of_its_day(app: Flask) -> None:
    office = Lending()
    rotation = office.proposed()
    assert rotation.state is RotationState.PROPOSED
    assert rotation.unit_id == office.town.community.id
    assert rotation.home_name.startswith("费城街道 书苑社区")
    assert (rotation.direction.value, rotation.full_time) == ("up", True)
    assert rotation.edition["head"]["key"] == "feixian-rotation-2016"


def test_two_full_time_rotations_of_one_person_may_not_overlap(app: Flask) -> None:
    office = Lending()
    person = office.person()
    office.proposed(person)
    with pytest.raises(Refused, match="全脱产挂职锻炼重叠"):
        office.proposed(person, starts_on=ENDS, ends_on=date(2026, 8, 31))
    office.proposed(person, starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31))


def test_a_cancelled_rotation_is_in_nobodys_way(app: Flask) -> None:
    office = Lending()
    person = office.person()
    rotation = office.proposed(person)
    with day(PROPOSED):
        cancel_rotation(office.street, rotation.id, "岗位调整")
    assert office.proposed(person).state is RotationState.PROPOSED


def test_an_unusual_length_asks_for_a_reason(app: Flask) -> None:
    office = Lending()
    person = office.person()
    with pytest.raises(Refused, match="少于规定的 6 个月") as refusal:
        office.proposed(person, ends_on=date(2025, 11, 30))
    assert refusal.value.field == "reason"
    rotation = office.proposed(person, ends_on=date(2025, 11, 30), reason="专班任务三个月")
    step = db.session.scalars(select(RotationStep).where(RotationStep.rotation_id == rotation.id)).one()
    assert step.note == "专班任务三个月"


def test_a_full_host_asks_for_a_reason_and_a_retired_one_takes_nobody(app: Flask) -> None:
    office = Lending()
    host = make_host(office.town.street, places=1)
    office.proposed(host_id=host.id)
    with pytest.raises(Refused, match="可接收 1 人，这段时间已安排 1 人"):
        office.proposed(host_id=host.id)
    office.proposed(host_id=host.id, starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31))
    closed = make_host(office.town.street, active=False)
    with pytest.raises(Refused, match="已停用"):
        office.proposed(host_id=closed.id)


def test_who_leaves_before_the_end_is_not_sent(app: Flask) -> None:
    office = Lending()
    person = office.person()
    end_service(CLERK, person.id, EndOfService(left_on=date(2025, 12, 31), reason="辞职"))
    with pytest.raises(Refused, match="已定于 2025-12-31 离职"):
        office.proposed(person)


def test_a_street_sends_its_own_people_to_hosts_that_it_knows(app: Flask) -> None:
    office = Lending()
    stranger = office.person(office.town.foreign)
    with pytest.raises(NotFound):
        office.proposed(stranger)
    with pytest.raises(NotFound):
        office.proposed(host_id=make_host(office.town.other_street).id)


def test_a_cadre_without_a_file_is_only_sent_down(app: Flask) -> None:
    office = Lending()
    cadre: dict[str, Any] = {
        "person_name": "赵 某",
        "home_name": "费城街道党政办副主任",
        "unit_id": office.town.street.id,
        "starts_on": STARTS,
        "ends_on": date(2026, 8, 31),
    }
    with day(PROPOSED):
        with pytest.raises(Refused, match="只能办理下派"):
            propose_rotation(office.street, office.given(**cadre))
        rotation_id = propose_rotation(office.street, office.given(kind="downward", **cadre))
        with pytest.raises(Refused, match="重叠"):
            propose_rotation(office.street, office.given(kind="downward", **cadre))
    rotation = office.again(rotation_id)
    assert (rotation.employee_id, rotation.person_name, rotation.direction.value) == (None, "赵 某", "down")


def test_a_rotation_answers_a_wish_and_a_cancelled_one_opens_it_again(app: Flask) -> None:
    office = Lending()
    person = office.person()
    wish = make_wish(person)
    rotation = office.proposed(person, wish_id=wish.id)
    db.session.refresh(wish)
    assert wish.closed_on == PROPOSED
    with day(PROPOSED):
        cancel_rotation(office.street, rotation.id, "岗位调整")
    db.session.refresh(wish)
    assert wish.closed_on is None


def test_many_are_proposed_together_or_none_and_with_few_queries(app: Flask) -> None:
    office = Lending()
    people = [office.person() for _ in range(6)]
    rows = [office.given(one) for one in people]
    with day(PROPOSED):
        with pytest.raises(RotationRefused) as refusal:
            propose_rotations(office.street, [*rows, rows[2]])
        assert (refusal.value.row, people[2].name in str(refusal.value)) == (6, True)
        assert db.session.scalar(select(Rotation.id)) is None
        few = len(selects_of(lambda: propose_rotations(office.street, rows[:1])))
        many = len(selects_of(lambda: propose_rotations(office.street, rows[1:])))
    assert few == many
    assert db.session.query(Rotation).count() == 6


def test_a_proposal_is_changed_until_it_is_approved(app: Flask) -> None:
    office = Lending()
    rotation = office.proposed()
    seen = rotation.version
    with day(PROPOSED):
        change_rotation(office.street, rotation.id, office.given(starts_on=date(2025, 9, 1), host_post="科员"), seen)
        assert office.again(rotation.id).host_post == "科员"
        with pytest.raises(Conflict) as conflict:
            change_rotation(office.street, rotation.id, office.given(), seen)
        assert conflict.value.current["host_post"] == "科员"
        approve_rotation(office.district, rotation.id, DOCUMENT, PROPOSED)
        now = office.again(rotation.id)
        with pytest.raises(Refused, match="已批准"):
            change_rotation(office.street, rotation.id, given_of(now), now.version)


def test_the_district_approves_many_by_one_document(app: Flask) -> None:
    office = Lending()
    first, second = office.proposed(), office.proposed()
    with day(PROPOSED):
        assert approve_rotations(office.district, [first.id, second.id], DOCUMENT, PROPOSED) == 2
        with pytest.raises(Refused, match="现为“已批准”"):
            approve_rotations(office.district, [first.id], DOCUMENT, PROPOSED)
        with pytest.raises(NotFound):
            approve_rotations(office.district, [first.id, 10**6], DOCUMENT, PROPOSED)
    assert office.again(second.id).document == DOCUMENT


def test_an_approved_rotation_is_cancelled_by_the_district_before_it_begins(app: Flask) -> None:
    office = Lending()
    rotation = office.approved()
    with day(PROPOSED), pytest.raises(Refused, match="报区级主管部门取消"):
        cancel_rotation(office.street, rotation.id, "岗位调整")
    with day(STARTS), pytest.raises(Refused, match="办理返回"):
        cancel_rotation(office.district, rotation.id, "岗位调整")
    with day(STARTS - timedelta(days=1)):
        cancel_rotation(office.district, rotation.id, "岗位调整")
    assert office.again(rotation.id).state is RotationState.CANCELLED


def test_however_rotations_are_proposed_no_two_of_a_person_overlap(app: Flask) -> None:
    office = Lending()

    @settings(max_examples=10, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), min_size=1, max_size=5))
    def propose(spans: list[tuple[int, int]]) -> None:
        person = office.person()
        for start, weeks in spans:
            first = STARTS + timedelta(weeks=start)
            with suppress(Refused):
                office.proposed(person, starts_on=first, ends_on=first + timedelta(weeks=weeks), reason="试验")
        query = select(Rotation).where(Rotation.employee_id == person.id).order_by(Rotation.starts_on)
        stays = db.session.scalars(query).all()
        assert stays
        assert all(one.ends_on < after.starts_on for one, after in pairwise(stays))

    propose()
