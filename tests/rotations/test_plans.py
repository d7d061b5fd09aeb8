"""A plan of a round from the first proposal to the rotations: reckoned, changed by people, carried out."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.rotations.models import PlanLine, PlanState, Rotation, RotationPlan, RotationState, RotationWish
from careerpath.rotations.operations.plans import (
    PlanGiven,
    carry_out_plan,
    change_plan_line,
    drop_plan,
    restore_plan,
    solve_plan,
    solve_plan_again,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee, selects_of
from tests.factories.rotations import make_host, make_rotation, make_wish
from tests.factories.skills import make_line

ROUND = PlanGiven("2026年上半年挂职锻炼计划", "secondment", date(2026, 1, 1), date(2026, 6, 30))
NEW = date(2024, 6, 1)


class Office:
    """A street with one person whose turn it is and two newer ones, and a department that takes two."""

    def __init__(self) -> None:
        self.town = Town()
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        make_line(self.town.district, "relief", "社会救助")
        self.senior = make_employee(None, self.town.community, name="林老")
        self.young = make_employee(None, self.town.community, name="林新", joined_community_on=NEW)
        self.other = make_employee(None, self.town.community, name="林再", joined_community_on=NEW)
        self.department = make_host(self.town.street, lines=["relief"], kinds=["secondment"])

    def lines(self, plan_id: int) -> dict[str, PlanLine]:
        """The lines of a plan by name."""
        query = select(Employee.name, PlanLine).join(Employee).where(PlanLine.plan_id == plan_id)
        return {name: line for name, line in db.session.execute(query)}

    def solved(self, given: PlanGiven = ROUND) -> dict[str, PlanLine]:
        """The lines of a new plan of the street."""
        return self.lines(solve_plan(self.clerk, self.town.street.id, given))

    def named(self, *people: Employee, host_ids: list[int] | None = None) -> PlanGiven:
        """The round for some people, at some hosts."""
        return PlanGiven(ROUND.name, ROUND.kind, ROUND.starts_on, ROUND.ends_on, [one.id for one in people], host_ids)


@pytest.fixture
def office(app: Flask) -> Office:
    """A street and its people."""
    return Office()


def test_who_wishes_and_whose_turn_it_is_are_planned_with_reasons(office: Office) -> None:
    wish = make_wish(office.young, host_id=office.department.id)

    lines = office.solved()

    assert {name: line.host_id for name, line in lines.items()} == dict.fromkeys(("林老", "林新"), office.department.id)
    assert lines["林新"].wish_id == wish.id
    assert "本人希望去这里：40 分" in lines["林新"].because[0]["text"]
    assert "起应安排：40 分" in lines["林老"].because[1]["text"]
    assert "可学 1 项：社会救助：20 分" in lines["林老"].because[2]["text"]
    assert lines["林老"].wish_id is None


def test_places_are_shared_out_to_those_for_whom_most_speaks(office: Office) -> None:
    make_rotation(office.other, office.department, starts_on=date(2025, 12, 1), ends_on=date(2026, 1, 1))
    make_wish(office.young, host_id=office.department.id, kind="")

    lines = office.solved()

    (without,) = [line for line in lines.values() if line.host_id is None]
    assert "都已满员" in without.because[0]["text"]
    assert sum(line.host_id is not None for line in lines.values()) == 1


def test_who_is_away_then_in_full_time_is_not_planned_and_named_is_told_why(office: Office) -> None:
    make_rotation(office.senior, office.department, starts_on=date(2025, 12, 1), ends_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="没有可安排的人员"):
        office.solved()

    lines = office.solved(office.named(office.senior))

    assert lines["林老"].host_id is None
    assert "重叠" in lines["林老"].because[0]["text"]


def test_somebody_for_whom_nothing_speaks_is_sent_nowhere(office: Office) -> None:
    plain = make_host(office.town.street)

    lines = office.solved(office.named(office.young, host_ids=[plain.id]))

    assert lines["林新"].host_id is None
    assert "没有理由派往" in lines["林新"].because[0]["text"]


def test_nobody_is_proposed_to_the_own_unit(office: Office) -> None:
    own = make_host(office.town.street, kind="unit", at_unit_id=office.town.community.id)

    lines = office.solved(office.named(office.senior, host_ids=[own.id]))
    assert lines["林老"].host_id is None
    with pytest.raises(Refused, match="本人所在的单位"):
        change_plan_line(office.clerk, lines["林老"].id, own.id, False, "确需", lines["林老"].version)


def test_a_downward_posting_is_not_planned_here(office: Office) -> None:
    with pytest.raises(Refused, match="请逐一提出"):
        office.solved(PlanGiven("下派", "downward", date(2026, 1, 1), date(2026, 12, 31)))


def test_people_and_hosts_of_elsewhere_cannot_be_named(office: Office) -> None:
    stranger = make_employee(None, office.town.foreign)
    with pytest.raises(NotFound):
        office.solved(office.named(stranger))
    with pytest.raises(NotFound):
        office.solved(office.named(office.senior, host_ids=[10**6]))


def test_what_people_chose_stays_when_it_is_reckoned_again(office: Office) -> None:
    make_wish(office.young)
    lines = office.solved()
    other = make_host(office.town.street)
    change_plan_line(office.clerk, lines["林新"].id, other.id, False, "", lines["林新"].version)
    change_plan_line(office.clerk, lines["林老"].id, None, True, "社区换届", lines["林老"].version)

    assert solve_plan_again(office.clerk, lines["林老"].plan_id) == 1

    again = office.lines(lines["林老"].plan_id)
    assert (again["林新"].host_id, again["林老"].host_id, again["林老"].reason) == (other.id, None, "社区换届")
    change_plan_line(office.clerk, again["林老"].id, None, False, "", again["林老"].version)
    assert solve_plan_again(office.clerk, lines["林老"].plan_id) == 2


def test_a_full_host_or_one_that_does_not_take_the_kind_needs_a_reason(office: Office) -> None:
    lines = office.solved()
    line = lines["林老"]
    full, unfit = make_host(office.town.street, places=0), make_host(office.town.street, kinds=["shadowing"])
    for host, words in ((full, "已经排满"), (unfit, "不接收这种方式")):
        with pytest.raises(Refused, match=words):
            change_plan_line(office.clerk, line.id, host.id, False, "", line.version)
    change_plan_line(office.clerk, line.id, full.id, False, "单位来函商请", line.version)
    assert (db.session.get_one(PlanLine, line.id).host_id, line.kept) == (full.id, True)


def test_a_change_of_what_somebody_else_changed_meets_both(office: Office) -> None:
    line = office.solved()["林老"]
    seen = line.version
    change_plan_line(office.clerk, line.id, None, True, "请假", seen)
    with pytest.raises(Conflict):
        change_plan_line(office.clerk, line.id, None, True, "出差", seen)


def test_rotations_are_proposed_from_it_and_wishes_are_closed(office: Office) -> None:
    wish = make_wish(office.young)
    plan_id = office.solved()["林新"].plan_id

    made = carry_out_plan(office.clerk, plan_id, "业务科室干事", "参与低保核查")

    rotations = [db.session.get_one(Rotation, one) for one in made]
    assert {one.employee_id for one in rotations} == {office.senior.id, office.young.id}
    assert all((one.state, one.host_post) == (RotationState.PROPOSED, "业务科室干事") for one in rotations)
    assert db.session.get_one(RotationWish, wish.id).closed_on == date(2025, 12, 5)
    assert {line.rotation_id for line in office.lines(plan_id).values()} == set(made)
    assert db.session.get_one(RotationPlan, plan_id).state is PlanState.CARRIED_OUT
    with pytest.raises(Refused, match="不能再改"):
        drop_plan(office.clerk, plan_id)


def test_an_unusual_length_needs_a_reason_before_anything_is_proposed(office: Office) -> None:
    plan_id = office.solved(PlanGiven("短期挂职", "secondment", date(2026, 1, 1), date(2026, 3, 31)))["林老"].plan_id
    with pytest.raises(Refused):
        carry_out_plan(office.clerk, plan_id, "干事")
    assert db.session.scalars(select(Rotation)).all() == []
    assert len(carry_out_plan(office.clerk, plan_id, "干事", reason="专项工作只需三个月")) == 1


def test_a_plan_that_was_put_away_can_be_taken_up_again(office: Office) -> None:
    plan_id = office.solved()["林老"].plan_id
    drop_plan(office.clerk, plan_id)
    with pytest.raises(Refused, match="已作废"):
        solve_plan_again(office.clerk, plan_id)
    restore_plan(office.clerk, plan_id)
    assert solve_plan_again(office.clerk, plan_id) == 1


def test_reckoning_asks_the_database_the_same_however_many_there_are(office: Office) -> None:
    few = len(selects_of(lambda: office.solved()))
    for _ in range(5):
        make_wish(make_employee(None, office.town.neighbour))
        make_host(office.town.street)
    assert len(selects_of(lambda: office.solved())) == few
