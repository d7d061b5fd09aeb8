"""Bringing people forward for a selection: by the organisation, by oneself, by colleagues; and taking it back."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import RowRefused
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import EntrantState, Nomination, SelectionEntrant
from careerpath.talent_pool.operations.nominations import (
    NominationGiven,
    nominate_colleague,
    nominate_many,
    nominate_oneself,
    nominate_person,
    withdraw_nomination,
    withdraw_oneself,
)
from careerpath.words import NotFound, Refused
from tests.factories.access import make_actor
from tests.factories.employees import selects_of
from tests.factories.talent_pool import make_entry
from tests.talent_pool.choosing import Choosing, day


@pytest.fixture
def office(app: Flask) -> Choosing:
    return Choosing()


def given(employee: Employee, **changes: object) -> NominationGiven:
    values: dict[str, object] = {"nominated_by": "费城街道党工委", "statement": "工作踏实。"} | changes
    return NominationGiven(employee_id=employee.id, **values)  # type: ignore[arg-type]


def entrant_of(entrant_id: int) -> SelectionEntrant:
    return db.session.get_one(SelectionEntrant, entrant_id)


def test_a_street_brings_its_own_people_forward(office: Choosing) -> None:
    selection, person = office.announced(), office.person(title="网格员")
    entrant = entrant_of(nominate_person(office.street, selection.id, given(person)))
    assert (entrant.unit_id, entrant.state) == (office.town.community.id, EntrantState.NOMINATED)
    assert entrant.home_name == "费城街道 书苑社区 网格员"
    assert (entrant.nominated_by, entrant.nominated_on) == ("费城街道党工委", date(2025, 12, 5))


def test_the_last_day_of_nominations_counts_and_the_next_one_does_not(office: Choosing) -> None:
    selection, person = office.announced(), office.person()
    with day(date(2025, 12, 11)), pytest.raises(Refused, match="截止"):
        nominate_person(office.street, selection.id, given(person))
    with day(date(2025, 12, 10)):
        assert nominate_person(office.street, selection.id, given(person))


def test_people_and_units_of_the_next_street_are_not_there(office: Choosing) -> None:
    selection, person, foreign = office.announced(), office.person(), office.person(office.town.foreign)
    with pytest.raises(NotFound):
        nominate_person(office.street, selection.id, given(foreign))
    with pytest.raises(NotFound):
        nominate_person(office.street, selection.id, given(person, unit_id=office.town.foreign.id))
    above = entrant_of(nominate_person(office.district, selection.id, given(person, unit_id=office.town.foreign.id)))
    assert above.unit_id == office.town.foreign.id


def test_who_cannot_stand_is_refused_with_the_cause(office: Choosing) -> None:
    selection = office.announced()
    gone = office.person()
    with writing():
        db.session.get_one(Employee, gone.id).left_on = date(2025, 11, 30)
    reserve = office.person()
    make_entry(reserve, office.town.community)
    without = office.person(office.town.neighbour)
    for person, why in ((gone, "不在岗"), (reserve, "在库后备"), (without, "没有给这个单位分配")):
        with pytest.raises(Refused, match=why):
            nominate_person(office.street, selection.id, given(person))


def test_a_reserve_who_has_left_the_pool_may_stand_again(office: Choosing) -> None:
    selection, person = office.announced(), office.person()
    make_entry(person, office.town.community, left_on=date(2025, 6, 30))
    make_entry(person, office.town.community, rung="compound_secretary")
    assert nominate_person(office.street, selection.id, given(person))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": " "}, "statement"),
        ({"statement": "好" * 2001}, "statement"),
        ({"nominated_by": ""}, "nominated_by"),
        ({"nominated_by": "党" * 121}, "nominated_by"),
        ({"nomination": Nomination.PEERS}, "supporters"),
    ],
)
def test_a_nomination_says_why_and_by_whom(office: Choosing, changes: dict[str, object], field: str) -> None:
    selection, person = office.announced(), office.person()
    with pytest.raises(Refused) as refused:
        nominate_person(office.street, selection.id, given(person, **changes))
    assert refused.value.field == field


def test_somebody_stands_once_and_may_come_again_after_stepping_back(office: Choosing) -> None:
    selection, person = office.announced(), office.person()
    entrant_id = nominate_person(office.street, selection.id, given(person))
    with pytest.raises(Refused, match="已参加"):
        nominate_person(office.district, selection.id, given(person))
    withdraw_nomination(office.street, entrant_id, "本人另有安排")
    entrant = entrant_of(entrant_id)
    assert (entrant.state, entrant.review_reason) == (EntrantState.WITHDRAWN, "本人另有安排")
    again = nominate_person(office.street, selection.id, given(person, statement="再次推荐。"))
    entrant = entrant_of(entrant_id)
    assert again == entrant_id
    assert (entrant.state, entrant.statement, entrant.review_reason) == (EntrantState.NOMINATED, "再次推荐。", "")


def test_many_are_brought_forward_together_or_not_at_all(office: Choosing) -> None:
    selection = office.announced()
    people = [office.person() for _ in range(3)]
    foreign = office.person(office.town.foreign)
    with pytest.raises(RowRefused) as refused:
        nominate_many(office.street, selection.id, [given(people[0]), given(foreign), given(people[1])])
    assert refused.value.row == 1
    with pytest.raises(RowRefused, match="两次") as refused:
        nominate_many(office.street, selection.id, [given(people[0]), given(people[0])])
    assert refused.value.row == 1
    assert db.session.scalar(select(func.count()).select_from(SelectionEntrant)) == 0
    ids = nominate_many(office.street, selection.id, [given(one) for one in people])
    assert [entrant_of(one).employee_id for one in ids] == [one.id for one in people]


def test_forty_nominations_ask_the_database_no_more_than_one(office: Choosing) -> None:
    selection = office.announced()
    rows = [given(office.person()) for _ in range(41)]
    few = selects_of(lambda: nominate_many(office.street, selection.id, rows[:1]))
    many = selects_of(lambda: nominate_many(office.street, selection.id, rows[1:]))
    assert len(many) == len(few) <= 12


def test_a_worker_puts_themselves_forward_and_steps_back(office: Choosing) -> None:
    selection, person = office.announced(), office.person()
    worker = office.worker(person)
    entrant_id = nominate_oneself(worker, selection.id, "愿意到更多岗位锻炼。")
    entrant = entrant_of(entrant_id)
    assert (entrant.nomination, entrant.nominated_by, entrant.unit_id) == (
        Nomination.SELF,
        person.name,
        office.town.community.id,
    )
    withdraw_oneself(worker, selection.id, "家庭原因")
    assert entrant_of(entrant_id).state is EntrantState.WITHDRAWN
    with pytest.raises(Refused, match="已退出"):
        withdraw_oneself(worker, selection.id, "再次")


def test_a_worker_whose_community_has_no_place_stands_for_another_one(office: Choosing) -> None:
    selection, person = office.announced(), office.person(office.town.neighbour)
    worker = office.worker(person)
    with pytest.raises(Refused, match="没有给这个单位分配"):
        nominate_oneself(worker, selection.id, "自荐。")
    entrant = entrant_of(nominate_oneself(worker, selection.id, "自荐。", office.town.community.id))
    assert entrant.unit_id == office.town.community.id
    assert entrant.home_name.startswith("费城街道 银杏社区")


def test_an_account_without_a_file_puts_nobody_forward(office: Choosing) -> None:
    selection = office.announced()
    secretary = make_actor(Role.COMMUNITY_SECRETARY, office.town.community)
    with pytest.raises(Refused, match="没有关联个人档案"):
        nominate_oneself(secretary, selection.id, "自荐。")


def test_colleagues_of_the_same_community_put_somebody_forward(office: Choosing) -> None:
    selection, person, colleague = office.announced(), office.person(), office.person()
    neighbour = office.person(office.town.neighbour)
    worker = office.worker(person)
    entrant_id = nominate_colleague(worker, selection.id, colleague.number.lower(), "群众认可。", 12)
    entrant = entrant_of(entrant_id)
    assert (entrant.employee_id, entrant.nomination, entrant.supporters) == (colleague.id, Nomination.PEERS, 12)
    for number, why in ((neighbour.number, "本社区没有"), (person.number, "本人报名"), ("X-1", "本社区没有")):
        with pytest.raises(Refused, match=why):
            nominate_colleague(worker, selection.id, number, "群众认可。", 12)


def test_nobody_steps_back_from_what_they_are_not_in(office: Choosing) -> None:
    selection, worker = office.announced(), office.worker(office.person())
    with pytest.raises(NotFound):
        withdraw_oneself(worker, selection.id, "放弃")


def test_after_the_decision_nobody_steps_back(office: Choosing) -> None:
    selection = office.announced()
    entrant = office.nominated(selection)
    with writing():
        db.session.get_one(SelectionEntrant, entrant.id).outcome = Outcome.SELECTED
    with pytest.raises(Refused, match="已经研究确定"):
        withdraw_nomination(office.street, entrant.id, "放弃")
    with pytest.raises(NotFound):
        withdraw_nomination(office.other_street, entrant.id, "放弃")
