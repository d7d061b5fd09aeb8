"""Planning a selection, announcing it with its rules frozen, moving its days, cancelling it."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.talent_pool.models import Selection, SelectionPlaces, SelectionState
from careerpath.talent_pool.operations.selections import (
    announce_selection,
    cancel_selection,
    change_selection,
    change_selection_days,
    drop_selection,
    plan_selection,
    put_places,
)
from careerpath.talent_pool.queries.selections import places_of, rules_of, selection_head
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import make_actor
from tests.talent_pool.choosing import DOCUMENT, Choosing, day, plan


@pytest.fixture
def office(app: Flask) -> Choosing:
    return Choosing()


def test_the_district_plans_a_selection_with_places_for_its_communities(office: Choosing) -> None:
    selection = office.planned()
    assert selection.state is SelectionState.PLANNED
    assert selection.edition is None
    assert places_of(selection.id) == office.places
    head = selection_head(office.district, selection.id)
    assert (head.places, head.units) == (3, 2)
    assert [step.standing for step in head.steps][:2] == ["current", "later"]


def test_an_announcement_freezes_the_rules_and_opens_nominations(office: Choosing) -> None:
    selection = office.announced()
    assert selection.state is SelectionState.NOMINATION
    assert selection.edition is not None
    assert rules_of(selection).gate("reserve_secretary").rung == "secretary"
    assert (selection.document, selection.announced_on) == (DOCUMENT, date(2025, 12, 5))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "竞" * 61}, "name"),
        ({"year": 1999}, "year"),
        ({"gate": "to_secretary"}, "gate"),
        ({"gate": "nothing"}, "gate"),
        ({"edition_key": "nothing"}, "edition_key"),
        ({"held_on": date(2025, 12, 10)}, "held_on"),
        ({"remark": "段" * 4001}, "remark"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(
    office: Choosing, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        plan_selection(office.district, office.town.district.id, plan(**changes), {})
    assert refused.value.field == field


def test_two_selections_of_a_district_do_not_share_a_name(office: Choosing) -> None:
    office.planned()
    with pytest.raises(Refused, match="已有名为"):
        plan_selection(office.district, office.town.district.id, plan(), {})


def test_a_street_does_not_plan(office: Choosing) -> None:
    with pytest.raises(Refused, match="权限"):
        plan_selection(office.street, office.town.district.id, plan(), {})
    with pytest.raises(Refused, match="区（县）组织"):
        plan_selection(office.district, office.town.street.id, plan(), {})


def test_places_are_replaced_as_a_whole(office: Choosing) -> None:
    selection = office.planned()
    kept = db.session.scalars(select(SelectionPlaces.id).where(SelectionPlaces.unit_id == office.town.foreign.id)).one()
    total = put_places(
        office.district,
        selection.id,
        {office.town.foreign.id: 4, office.town.neighbour.id: 1, office.town.community.id: 0},
    )
    assert total == 5
    assert places_of(selection.id) == {office.town.foreign.id: 4, office.town.neighbour.id: 1}
    assert db.session.get_one(SelectionPlaces, kept).places == 4


@pytest.mark.parametrize("count", [-1, 100])
def test_places_are_between_nothing_and_ninety_nine(office: Choosing, count: int) -> None:
    selection = office.planned()
    with pytest.raises(Refused, match="0 至 99"):
        put_places(office.district, selection.id, {office.town.community.id: count})


def test_places_are_given_to_communities_of_the_district_alone(office: Choosing) -> None:
    selection = office.planned()
    for unit in (office.town.city, office.town.district, office.town.street):
        with pytest.raises(Refused, match="只分配给本区"):
            put_places(office.district, selection.id, {unit.id: 1})


def test_an_announcement_needs_a_document_places_and_a_day_that_has_not_passed(office: Choosing) -> None:
    selection = office.planned()
    today = date(2025, 12, 5)
    with pytest.raises(Refused, match="文号"):
        announce_selection(office.district, selection.id, "  ", today)
    with pytest.raises(Refused, match="还没有到"):
        announce_selection(office.district, selection.id, DOCUMENT, date(2025, 12, 6))
    with day(date(2025, 12, 11)), pytest.raises(Refused, match="已过"):
        announce_selection(office.district, selection.id, DOCUMENT, today)
    put_places(office.district, selection.id, {})
    with pytest.raises(Refused, match="名额"):
        announce_selection(office.district, selection.id, DOCUMENT, today)


def test_rules_without_stages_do_not_serve_for_a_selection(office: Choosing) -> None:
    with pytest.raises(Refused, match="没有规定竞岗环节"):
        office.announced(edition_key="province-opinion")


def test_what_is_announced_is_no_longer_changed_or_dropped(office: Choosing) -> None:
    selection = office.announced()
    with pytest.raises(Refused, match="拟定"):
        change_selection(office.district, selection.id, plan(), None, selection.version)
    with pytest.raises(Refused, match="拟定"):
        drop_selection(office.district, selection.id)
    with pytest.raises(Refused, match="拟定"):
        put_places(office.district, selection.id, office.places)


def test_a_plan_is_changed_and_a_second_editor_is_told(office: Choosing) -> None:
    selection = office.planned()
    seen = selection.version
    change_selection(office.district, selection.id, plan(name="改名"), None, seen)
    assert db.session.get_one(Selection, selection.id).name == "改名"
    assert places_of(selection.id) == office.places
    with pytest.raises(Conflict) as conflict:
        change_selection(office.district, selection.id, plan(name="另改"), {}, seen)
    assert (conflict.value.typed["name"], conflict.value.current["name"]) == ("另改", "改名")


def test_a_plan_is_dropped_with_its_places(office: Choosing) -> None:
    selection = office.planned()
    drop_selection(office.district, selection.id)
    assert db.session.scalars(select(SelectionPlaces)).all() == []
    with pytest.raises(NotFound):
        selection_head(office.district, selection.id)


def test_days_move_back_with_a_reason_that_stays(office: Choosing) -> None:
    selection = office.announced()
    later, held = date(2025, 12, 15), date(2025, 12, 20)
    change_selection_days(office.district, selection.id, later, held, "报名人数不足")
    head = selection_head(office.district, selection.id)
    assert head.day("closes_on") == later
    assert (str(head.done[0].what), head.done[0].note) == ("调整日程", "报名人数不足")
    for closes_on, held_on, why in (
        (date(2025, 12, 14), held, "只能推后"),
        (later, held, "没有变化"),
        (later, None, "不能删去"),
        (later, later, "之后"),
    ):
        with pytest.raises(Refused, match=why):
            change_selection_days(office.district, selection.id, closes_on, held_on, "延期")
    with pytest.raises(Refused, match="原因"):
        change_selection_days(office.district, selection.id, date(2025, 12, 16), held, " ")


def test_a_selection_is_cancelled_for_a_reason(office: Choosing) -> None:
    selection = office.announced()
    cancel_selection(office.district, selection.id, "机构调整")
    head = selection_head(office.district, selection.id)
    assert head.closed_reason == "机构调整"
    assert head.may == frozenset()
    assert str(head.steps[-1].title) == "已取消"
    with pytest.raises(Refused, match="已取消"):
        cancel_selection(office.district, selection.id, "再次")


def test_another_districts_selection_is_not_there(office: Choosing) -> None:
    selection = office.planned()
    stranger = make_actor(Role.DISTRICT_HR, office.town.street, "stranger")
    for call in (drop_selection, lambda a, i: announce_selection(a, i, DOCUMENT, date(2025, 12, 5))):
        with pytest.raises(NotFound):
            call(stranger, selection.id)
