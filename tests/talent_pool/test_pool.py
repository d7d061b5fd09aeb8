"""Who enters the pool, how ready they are, and who leaves it."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.guard import Denied
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.codes import UnitKind
from careerpath.talent_pool.models import Leaving, PoolEntry, Readiness
from careerpath.talent_pool.operations.pool import (
    EntryChange,
    EntryRefused,
    LeavingGiven,
    change_entry,
    enter_many,
    enter_pool,
    leave_pool,
    set_readiness,
    undo_leaving,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import make_unit
from tests.factories.employees import selects_of
from tests.factories.talent_pool import make_selection
from tests.talent_pool.reserves import ENTERED, Pool

LEFT = LeavingGiven(Leaving.REFUSAL, date(2025, 12, 1), "本人 11 月 28 日书面申请", "费社工发〔2025〕40号")


def test_somebody_taken_in_stands_in_the_pool_by_the_edition_of_that_day(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve(readiness=Readiness.NOW, potential=Decimal("82.5"), remark="懂物业")
    assert (entry.rung, entry.edition_key, entry.entered_on) == ("secretary", "feixian-pool-2016", ENTERED)
    assert (entry.readiness, entry.potential, entry.left_on) == (Readiness.NOW, Decimal("82.50"), None)


def test_who_comes_by_a_selection_enters_by_the_rules_that_it_froze(app: Flask) -> None:
    pool = Pool()
    selection = make_selection(pool.town.district, edition_key="haishu")
    entry = pool.reserve(selection_id=selection.id)
    assert (entry.edition_key, entry.selection_id) == ("haishu", selection.id)
    foreign = make_selection(make_unit("平邑县", UnitKind.DISTRICT, pool.town.city))
    with pytest.raises(NotFound):
        pool.reserve(selection_id=foreign.id)


def test_nobody_is_a_reserve_for_one_rung_twice_at_a_time(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    employee = db.session.get_one(Employee, entry.employee_id)
    with pytest.raises(Refused, match="已是社区党组织书记后备人选（2025-06-01 入库）"):
        enter_pool(pool.district, pool.given(employee, pool.town.neighbour))
    enter_pool(pool.district, pool.given(employee, rung="compound_secretary"))
    leave_pool(pool.district, entry.id, LEFT)
    with pytest.raises(Refused, match="已是社区党组织书记后备人选"):
        enter_pool(pool.district, pool.given(employee, entered_on=date(2025, 12, 1)))
    enter_pool(pool.district, pool.given(employee, entered_on=date(2025, 12, 2)))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"entered_on": date(2025, 12, 6)}, "entered_on"),
        ({"entered_on": date(2018, 6, 30)}, "entered_on"),
        ({"rung": "mayor"}, "rung"),
        ({"potential": Decimal(101)}, "potential"),
        ({"potential": Decimal("80.555")}, "potential"),
        ({"document": "号" * 121}, "document"),
        ({"remark": "注" * 401}, "remark"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_beside_its_field(
    app: Flask, changes: dict[str, object], field: str
) -> None:
    pool = Pool()
    with pytest.raises(Refused) as refused:
        pool.reserve(**changes)
    assert refused.value.field == field


def test_only_communities_have_reserves_and_only_people_in_service_become_some(app: Flask) -> None:
    pool = Pool()
    with pytest.raises(Refused, match="费城街道”不是社区或村"):
        pool.reserve(pool.town.street)
    employee = pool.person()
    end_service(pool.district, employee.id, EndOfService(left_on=date(2025, 5, 31), reason="辞职"))
    with pytest.raises(Refused, match="已于 2025-05-31 离职"):
        enter_pool(pool.district, pool.given(employee))


def test_many_enter_together_or_nobody_does_in_a_few_queries(app: Flask) -> None:
    pool = Pool()
    people = [pool.person() for _ in range(6)]
    twice = [pool.given(one) for one in (*people, people[0])]
    with pytest.raises(EntryRefused, match=f"{people[0].name}：已是") as refused:
        enter_many(pool.district, twice)
    assert refused.value.row == 6
    assert db.session.scalars(select(PoolEntry)).all() == []
    rows = [pool.given(one) for one in people]
    assert len(selects_of(lambda: enter_many(pool.district, rows))) <= 5
    assert len(db.session.scalars(select(PoolEntry)).all()) == 6


def test_the_district_takes_in_its_own_people_and_the_street_nobody(app: Flask) -> None:
    pool = Pool()
    other = make_unit("平邑县", UnitKind.DISTRICT, pool.town.city)
    street = make_unit("平邑街道", UnitKind.STREET, other)
    community = make_unit("银花社区", UnitKind.COMMUNITY, street)
    stranger, own = pool.person(community), pool.person()
    for employee, unit in ((stranger, pool.town.community), (own, community)):
        with pytest.raises(NotFound):
            enter_pool(pool.district, pool.given(employee, unit))
    with pytest.raises(Denied):
        enter_pool(pool.street, pool.given(own))


def test_the_street_says_how_ready_its_reserves_are_and_a_second_clerk_is_told(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    set_readiness(pool.street, entry.id, Readiness.NOW, "已独立主持网格工作", entry.version)
    kept = db.session.get_one(PoolEntry, entry.id)
    assert (kept.readiness, kept.remark, kept.version) == (Readiness.NOW, "已独立主持网格工作", 2)
    with pytest.raises(Conflict):
        set_readiness(pool.street, entry.id, Readiness.LATER, "", 1)
    with pytest.raises(NotFound):
        set_readiness(pool.stranger, entry.id, Readiness.LATER, "", 2)


def test_an_entry_is_set_right_without_running_into_another_time_in_the_pool(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    employee = db.session.get_one(Employee, entry.employee_id)
    leave_pool(pool.district, entry.id, LEFT)
    second = db.session.get_one(
        PoolEntry, enter_pool(pool.district, pool.given(employee, entered_on=date(2025, 12, 3)))
    )
    change_entry(
        pool.district, second.id, EntryChange(pool.town.neighbour.id, date(2025, 12, 2), "费社工发〔2025〕41号", ""), 1
    )
    kept = db.session.get_one(PoolEntry, second.id)
    assert (kept.unit_id, kept.entered_on) == (pool.town.neighbour.id, date(2025, 12, 2))
    with pytest.raises(Refused, match="2025-06-01 入库的另一段在库时间重叠"):
        change_entry(pool.district, second.id, EntryChange(kept.unit_id, date(2025, 12, 1), "", ""), 2)
    with pytest.raises(Refused, match="晚于出库日期"):
        change_entry(pool.district, entry.id, EntryChange(entry.unit_id, date(2025, 12, 4), "", ""), 2)
    with pytest.raises(Conflict):
        change_entry(pool.district, second.id, EntryChange(kept.unit_id, date(2025, 12, 2), "", ""), 1)


def test_who_leaves_the_pool_is_kept_with_day_and_reason(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    for given, field in (
        (LeavingGiven(Leaving.OTHER, date(2025, 12, 1)), "reason"),
        (LeavingGiven(Leaving.AGE, date(2025, 5, 31)), "left_on"),
        (LeavingGiven(Leaving.AGE, date(2025, 12, 6)), "left_on"),
    ):
        with pytest.raises(Refused) as refused:
            leave_pool(pool.district, entry.id, given)
        assert refused.value.field == field
    leave_pool(pool.district, entry.id, LEFT)
    kept = db.session.get_one(PoolEntry, entry.id)
    assert (kept.left_on, kept.leaving, kept.left_reason) == (LEFT.left_on, Leaving.REFUSAL, LEFT.reason)
    with pytest.raises(Refused, match="已于 2025-12-01 出库"):
        leave_pool(pool.district, entry.id, LEFT)
    with pytest.raises(Refused, match="已于 2025-12-01 出库"):
        set_readiness(pool.street, entry.id, Readiness.NOW, "", kept.version)


def test_a_leaving_entered_by_mistake_is_taken_back_while_the_person_serves_and_has_not_come_back(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    with pytest.raises(Refused, match="仍在库"):
        undo_leaving(pool.district, entry.id)
    leave_pool(pool.district, entry.id, LEFT)
    undo_leaving(pool.district, entry.id)
    assert db.session.get_one(PoolEntry, entry.id).left_on is None
    leave_pool(pool.district, entry.id, LEFT)
    employee = db.session.get_one(Employee, entry.employee_id)
    enter_pool(pool.district, pool.given(employee, entered_on=date(2025, 12, 2)))
    with pytest.raises(Refused, match="已于 2025-12-02 重新入库"):
        undo_leaving(pool.district, entry.id)
    end_service(pool.district, employee.id, EndOfService(left_on=date(2025, 12, 4), reason="辞职"))
    with pytest.raises(Refused, match="已于 2025-12-04 离职"):
        undo_leaving(pool.district, entry.id)
