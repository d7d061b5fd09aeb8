"""A month: what each person is paid, to the cent, and that a confirmed month stands as it was."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.operations.facts import NewContract, NewPosting
from careerpath.employees.operations.history import add_fact, change_post
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.pay.models import PayReasons, PayRun
from careerpath.pay.operations import runs
from careerpath.pay.operations.bases import NewBase, declare_base
from careerpath.pay.operations.runs import NewRun, confirm_run, drop_run, open_run, reckon_register, reckon_run
from careerpath.pay.queries.reckoning import again, kept_insurance, kept_items
from careerpath.pay.queries.rules import rules_of
from careerpath.policy.codes import UnitKind
from careerpath.words import Refused
from tests.factories.access import make_unit
from tests.factories.employees import CLERK, make_employee
from tests.pay.months import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    PaidTown,
    adopt_insurance,
    adopt_scheme,
    amounts,
    lines,
    registers,
)


def test_a_month_is_the_sum_of_components_less_the_persons_side(app: Flask) -> None:
    town = PaidTown()
    run_id = town.pay(OCTOBER)
    line = town.line(run_id, town.deputy)
    # 2500 + 300 + 500 = 3300; pension 8 % of 3300, fund 5 % rounded to a yuan: 165.
    assert amounts(line) == {"basic": 2500, "post": 300, "qualification": 0, "performance": 500}
    assert (line.gross, line.deducted, line.payable) == (Decimal(3300), Decimal("429.00"), Decimal("2871.00"))
    assert line.employer == Decimal("693.00")
    assert [one["base"] for one in line.insurance] == ["3300.00", "3300.00"]


def test_a_register_is_the_sum_of_its_lines(app: Flask) -> None:
    town = PaidTown()
    run_id = town.draft(OCTOBER)
    for register in registers(run_id):
        mine = [line for line in lines(run_id) if line.register_id == register.id]
        assert register.people == len(mine)
        for column in ("gross", "deducted", "payable", "employer", "back_pay"):
            assert getattr(register, column) == sum(getattr(line, column) for line in mine)
    assert sorted(register.people for register in registers(run_id)) == [1, 2]


@pytest.mark.parametrize(
    ("declared", "base"), [("2000", "3000.00"), ("5000.55", "5000.55"), ("12000", "9000.00"), ("9000", "9000.00")]
)
def test_the_declared_base_is_kept_within_its_limits(app: Flask, declared: str, base: str) -> None:
    town = PaidTown()
    declare_base(town.clerk, town.worker.id, NewBase(date(2025, 7, 1), Decimal(declared)))
    line = town.line(town.draft(OCTOBER), town.worker)
    assert {one["base"] for one in line.insurance} == {base}


def test_a_declared_base_counts_from_its_day(app: Flask) -> None:
    town = PaidTown()
    declare_base(town.clerk, town.worker.id, NewBase(date(2025, 10, 1), Decimal(4000)))
    september, october = town.pay(SEPTEMBER), town.draft(OCTOBER)
    assert town.line(september, town.worker).insurance[0]["base"] == "3000.00"
    assert town.line(october, town.worker).insurance[0]["base"] == "4000.00"


def test_who_joined_or_left_within_the_month_is_paid_by_days_and_insured_for_the_month(app: Flask) -> None:
    town = PaidTown()
    newcomer = make_employee(None, town.town.community, joined_community_on=date(2025, 10, 17))
    end_service(CLERK, town.worker.id, EndOfService(left_on=date(2025, 10, 10), reason="辞职"))
    run_id = town.draft(OCTOBER)
    came, left = town.line(run_id, newcomer), town.line(run_id, town.worker)
    assert (came.served, left.served) == (15, 10)
    assert amounts(came)["basic"] == Decimal("1209.68")  # 2500 × 15 ÷ 31
    assert amounts(left)["basic"] == Decimal("806.45")  # 2500 × 10 ÷ 31
    assert came.insurance[0]["base"] == "3000.00"
    assert left.gross == Decimal("967.74")


def test_on_probation_the_performance_part_is_what_the_scheme_says(app: Flask) -> None:
    town = PaidTown()
    add_fact(CLERK, town.worker.id, NewContract(starts_on=date(2025, 9, 1), probation_ends_on=date(2025, 10, 31)))
    # The scheme has no rule of probation: the contract changes nothing.
    assert town.line(town.draft(OCTOBER), town.worker).gross == Decimal(3000)


def test_a_half_year_brings_its_performance_part_at_its_end(app: Flask) -> None:
    town = PaidTown(paid="half_year")
    newcomer = make_employee(None, town.town.community, joined_community_on=date(2025, 11, 16))
    november, december = town.pay(NOVEMBER), town.draft(DECEMBER)
    assert amounts(town.line(november, town.worker)).get("performance") is None
    assert amounts(town.line(december, town.worker))["performance"] == Decimal(3000)
    assert amounts(town.line(december, newcomer))["performance"] == Decimal(750)  # half of November, and December


def test_a_half_year_pays_each_month_by_the_scheme_of_that_month_for_ever(app: Flask) -> None:
    town = PaidTown(paid="half_year")
    adopt_scheme(key="feixian-later", start="2025-11-01", performance=700, paid="half_year")
    run_id = town.pay(DECEMBER)
    assert amounts(town.line(run_id, town.worker))["performance"] == 4 * 500 + 2 * 700
    assert "feixian-2022" in [one["head"]["key"] for one in town.run(run_id).other_editions]
    adopt_scheme(key="feixian-late", start="2025-09-01", performance=900, paid="half_year")
    for line in lines(run_id):
        assert kept_items(again(line, rules_of(town.run(run_id)))) == line.items


def test_the_last_month_of_a_half_yearly_scheme_settles_it(app: Flask) -> None:
    town = PaidTown(paid="half_year")
    adopt_scheme(key="feixian-later", start="2025-11-01", paid="month")
    october, november = town.pay(OCTOBER), town.draft(NOVEMBER)
    assert amounts(town.line(october, town.worker))["performance"] == 4 * 500
    assert amounts(town.line(november, town.worker))["performance"] == 500


def test_people_whose_facts_do_not_suffice_are_listed_and_not_paid(app: Flask) -> None:
    town = PaidTown(ladder=True)
    town.place(town.worker, 2, date(2024, 1, 1))
    run_id = town.draft(OCTOBER)
    line = town.line(run_id, town.deputy)
    assert line.missing == ["缺少审批的等级（未套级）。"]
    assert [line.gross, line.deducted, line.payable, line.employer] == [Decimal(0)] * 4
    assert (line.items, line.insurance) == ([], [])
    with pytest.raises(Refused, match="还有 2 人资料不全"):
        confirm_run(town.hr, run_id)
    confirm_run(town.hr, run_id, True)


def test_without_a_declared_base_nobody_is_insured_by_guess(app: Flask) -> None:
    town = PaidTown(insurance={"kind": "declared"})
    declare_base(town.clerk, town.worker.id, NewBase(date(2025, 1, 1), Decimal(4000)))
    run_id = town.draft(OCTOBER)
    assert town.line(run_id, town.worker).payable > 0
    assert "缺少 2025-10-31 适用的申报缴费基数" in town.line(run_id, town.deputy).missing[0]


def test_a_confirmed_month_takes_no_change(app: Flask) -> None:
    town = PaidTown()
    run_id = town.pay(OCTOBER)
    register_id = registers(run_id)[0].id
    writes = (
        lambda: reckon_run(town.hr, run_id),
        lambda: reckon_register(town.hr, register_id),
        lambda: runs.prepare_run(town.hr, run_id),
        lambda: runs.finish_reckoning(town.hr, run_id),
        lambda: confirm_run(town.hr, run_id),
        lambda: drop_run(town.hr, run_id),
    )
    for write in writes:
        with pytest.raises(Refused, match="2025-10 的工资已经确认"):
            write()


def test_a_confirmed_month_stays_the_same_whatever_happens(app: Flask) -> None:
    town = PaidTown()
    run_id = town.pay(OCTOBER)
    before = [(line.id, line.payable, line.items, line.facts, line.digest) for line in lines(run_id)]
    town.certify(town.worker, date(2025, 9, 3))
    adopt_scheme(key="feixian-later", start="2025-10-01", basic=9000)
    town.draft(NOVEMBER)
    assert [(line.id, line.payable, line.items, line.facts, line.digest) for line in lines(run_id)] == before


@pytest.mark.parametrize("paid", ["month", "half_year"])
def test_every_kept_line_can_be_reckoned_again_for_ever(app: Flask, paid: str) -> None:
    town = PaidTown(paid=paid, ladder=True)
    declare_base(town.clerk, town.worker.id, NewBase(date(2025, 7, 1), Decimal("4321.09")))
    for person, level in ((town.worker, 2), (town.deputy, 3), (town.elsewhere, 1)):
        town.place(person, level, date(2024, 1, 1))
    town.place(town.worker, 4, date(2025, 11, 1))
    town.certify(town.worker, date(2025, 10, 9))
    town.appraise(town.deputy, 2025, "4")
    made = [town.pay(month) for month in (NOVEMBER, DECEMBER)]
    town.certify(town.elsewhere, date(2025, 1, 9), "intermediate")
    town.place(town.worker, 6, date(2025, 8, 1))
    adopt_scheme(key="feixian-later", start="2025-10-01", basic=9000, paid=paid, ladder=True)
    adopt_insurance(key="insurance-later", start="2025-06-01", rate="0.10")
    for run_id in made:
        rules = rules_of(town.run(run_id))
        for line in lines(run_id):
            found = again(line, rules)
            assert kept_items(found) == line.items
            assert kept_insurance(found) == line.insurance
            assert (found.gross, found.employer) == (line.gross, line.employer)
            assert found.gross > 0


def test_equal_reasons_are_kept_once(app: Flask) -> None:
    town = PaidTown()
    for _ in range(5):
        make_employee(None, town.town.community)
    run_id = town.draft(OCTOBER)
    reckon_run(town.hr, run_id)
    kept = db.session.scalars(select(PayReasons.id).where(PayReasons.run_id == run_id)).all()
    assert len(kept) == 2
    assert {line.reasons_id for line in lines(run_id)} == set(kept)


def test_reckoning_twice_changes_nothing(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    town.certify(town.worker, date(2025, 10, 3))
    run_id = town.draft(NOVEMBER)
    before = [(line.number, line.payable, line.roster_order) for line in lines(run_id)]
    reckon_run(town.hr, run_id)
    assert [(line.number, line.payable, line.roster_order) for line in lines(run_id)] == before
    assert town.owed(run_id, town.worker) == {(10, "qualification"): 100}


def test_a_draft_that_is_out_of_date_is_not_confirmed(app: Flask) -> None:
    town = PaidTown()
    run_id = town.draft(NOVEMBER)
    town.certify(town.worker, date(2025, 10, 9))
    with pytest.raises(Refused, match="1 人的资料有变动"):
        confirm_run(town.hr, run_id)
    reckon_run(town.hr, run_id)
    confirm_run(town.hr, run_id)


def test_a_newcomer_since_the_reckoning_makes_it_out_of_date(app: Flask) -> None:
    town = PaidTown()
    run_id = town.draft(NOVEMBER)
    street = make_unit("探沂镇", UnitKind.TOWN, town.town.district)
    make_employee(None, make_unit("新社区", UnitKind.COMMUNITY, street))
    with pytest.raises(Refused, match="1 人的资料有变动"):
        confirm_run(town.hr, run_id)
    reckon_run(town.hr, run_id)
    assert len(registers(run_id)) == 3
    confirm_run(town.hr, run_id)


def test_a_new_edition_since_the_opening_makes_the_month_out_of_date(app: Flask) -> None:
    town = PaidTown()
    run_id = town.draft(NOVEMBER)
    adopt_insurance(key="insurance-later", start="2025-11-01", rate="0.09")
    with pytest.raises(Refused, match="有新的办法生效"):
        confirm_run(town.hr, run_id)


def test_one_street_reckoned_alone_leaves_the_month_unfinished(app: Flask) -> None:
    town = PaidTown()
    run_id = town.draft(NOVEMBER)
    reckon_register(town.hr, registers(run_id)[0].id)
    with pytest.raises(Refused, match="还没有计算完毕"):
        confirm_run(town.hr, run_id)


def test_a_month_is_run_once_whether_by_street_or_by_district(app: Flask) -> None:
    town = PaidTown()
    town.draft(NOVEMBER, town.town.street)
    for unit in (town.town.district, town.town.street):
        with pytest.raises(Refused, match="已经开始核算"):
            open_run(town.hr, NewRun(unit.id, date(2025, 11, 30)))
    town.draft(NOVEMBER, town.town.other_street)
    town.draft(OCTOBER)
    with pytest.raises(Refused, match="费县 2025-10 的工资已经开始核算"):
        open_run(town.hr, NewRun(town.town.street.id, OCTOBER))


def test_a_month_can_be_opened_one_month_ahead_and_no_earlier(app: Flask) -> None:
    town = PaidTown()
    with pytest.raises(Refused, match="2026-02 还没有到"):
        open_run(town.hr, NewRun(town.town.district.id, date(2026, 2, 1)))
    assert open_run(town.hr, NewRun(town.town.district.id, date(2026, 1, 9)))


def test_a_community_is_not_paid_by_itself(app: Flask) -> None:
    town = PaidTown()
    with pytest.raises(Refused, match="按区（县）或街道（乡镇）核算"):
        open_run(town.hr, NewRun(town.town.community.id, NOVEMBER))


def test_a_draft_taken_back_leaves_nothing_and_can_be_opened_again(app: Flask) -> None:
    town = PaidTown()
    run_id = town.draft(NOVEMBER)
    drop_run(town.hr, run_id)
    assert db.session.scalar(select(PayRun.id)) is None
    assert lines(run_id) == []
    town.draft(NOVEMBER)


def test_who_moves_between_streets_within_a_month_is_paid_once_by_the_last(app: Flask) -> None:
    town = PaidTown()
    run_id = town.draft(NOVEMBER)
    from_street = town.line(run_id, town.worker).register_id
    town_move(town, date(2025, 11, 20))
    # The streets are reckoned one after the other, the new one first.
    for register in sorted(registers(run_id), key=lambda one: one.id == from_street):
        reckon_register(town.hr, register.id)
    assert town.line(run_id, town.worker).register_id != from_street


def test_who_moves_on_after_the_old_street_was_paid_is_not_paid_again(app: Flask) -> None:
    town = PaidTown()
    town.pay(NOVEMBER, town.town.street)
    town_move(town, date(2025, 11, 20))
    other = town.draft(NOVEMBER, town.town.other_street)
    assert lines(other, town.worker) == []
    confirm_run(town.hr, other)
    assert town.owed(town.draft(DECEMBER), town.worker) == {}


def town_move(town: PaidTown, on: date) -> None:
    """Move the worker to the other street."""
    change_post(CLERK, town.worker.id, NewPosting(unit_id=town.town.foreign.id, post="staff", starts_on=on))
