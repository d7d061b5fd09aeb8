"""What became known late is paid back, or taken back, with the next month: once, and with its reasons."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db, writing
from careerpath.employees.models import Employee, Posting
from careerpath.employees.operations.facts import FactKind, NewCertificate, NewPosting
from careerpath.employees.operations.history import add_fact, change_post, correct_fact, withdraw_fact
from careerpath.employees.operations.people import EndOfService, end_service, resume_service
from careerpath.pay.models import PayDifference, Placement
from careerpath.pay.operations.bases import NewBase, declare_base
from careerpath.pay.operations.runs import confirm_run, reckon_run
from careerpath.rulebook.operations import withdraw_edition
from careerpath.words import Refused
from tests.factories.employees import CLERK, make_employee
from tests.pay.months import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    PaidTown,
    adopt_insurance,
    adopt_scheme,
    lines,
)


def texts(run_id: int, person: Employee) -> list[str]:
    """The causes of a person's differences, as a run gives them."""
    query = select(PayDifference).where(PayDifference.run_id == run_id, PayDifference.employee_id == person.id)
    return sorted({reason["text"] for one in db.session.scalars(query) for reason in one.because})


def test_a_certificate_registered_three_months_ago_is_paid_back_once(app: Flask) -> None:
    town = PaidTown()
    for month in (SEPTEMBER, OCTOBER):
        town.pay(month)
    town.certify(town.worker, date(2025, 9, 3))
    november = town.pay(NOVEMBER)
    assert town.owed(november, town.worker) == {(9, "qualification"): 100, (10, "qualification"): 100}
    line = town.line(november, town.worker)
    assert (line.gross, line.back_pay) == (Decimal(3100), Decimal(200))
    # The base was 3000 by the floor, and is 3100 now: 8 a month, and 5 by the fund, for each of three months.
    assert line.deducted == Decimal("403.00") + 2 * Decimal("13.00")
    assert line.payable == line.gross + line.back_pay - line.deducted
    assert texts(november, town.worker)[0].startswith("住房公积金")
    assert "职业水平证书：原无，现助理社会工作师（2025-09-03 登记）。" in texts(november, town.worker)
    assert town.owed(november, town.deputy) == {}
    december = town.pay(DECEMBER)
    assert town.owed(december, town.worker) == {}
    assert town.line(december, town.worker).back_pay == 0


def test_a_second_late_fact_on_the_same_month_pays_only_the_rest(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    fact = town.certify(town.worker, date(2025, 10, 3))
    town.pay(NOVEMBER)
    better = NewCertificate(grade="intermediate", obtained_on=date(2025, 10, 3), registered_on=date(2025, 10, 3))
    correct_fact(CLERK, town.worker.id, fact, better)
    december = town.pay(DECEMBER)
    assert town.owed(december, town.worker) == {(10, "qualification"): 100, (11, "qualification"): 100}
    kept = db.session.scalars(
        select(PayDifference).where(
            PayDifference.run_id == december, PayDifference.month == OCTOBER, PayDifference.code == "qualification"
        )
    ).first()
    assert kept is not None
    assert [kept.was, kept.now] == [Decimal(100), Decimal(200)]


def test_a_fact_withdrawn_again_is_taken_back(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    fact = town.certify(town.worker, date(2025, 10, 3))
    town.pay(NOVEMBER)
    withdraw_fact(CLERK, town.worker.id, fact, FactKind.CERTIFICATE)
    december = town.pay(DECEMBER)
    assert town.owed(december, town.worker) == {(10, "qualification"): -100, (11, "qualification"): -100}
    assert "先前补发、扣回所依据的资料已撤销或更正。" in texts(december, town.worker)


def test_a_failed_year_decided_late_takes_the_performance_part_back(app: Flask) -> None:
    town = PaidTown()
    for month in (SEPTEMBER, OCTOBER):
        town.pay(month)
    town.appraise(town.deputy, 2025, "4")
    november = town.draft(NOVEMBER)
    assert town.owed(november, town.deputy) == {(9, "performance"): -500, (10, "performance"): -500}
    assert "2025 年度考核：原未定或不影响工资，现不称职。" in texts(november, town.deputy)
    assert town.line(november, town.deputy).back_pay == -1000
    assert town.line(november, town.deputy).gross == Decimal(2800)


def test_a_good_grade_changes_no_month(app: Flask) -> None:
    town = PaidTown()
    run_id = town.pay(OCTOBER)
    sign = town.line(run_id, town.deputy).digest
    town.appraise(town.deputy, 2025, "1")
    november = town.draft(NOVEMBER)
    assert town.owed(november, town.deputy) == {}
    assert "appraisals" not in town.line(november, town.deputy).facts
    assert sign == town.line(run_id, town.deputy).digest


def test_a_post_entered_late_is_paid_from_its_day(app: Flask) -> None:
    town = PaidTown()
    for month in (SEPTEMBER, OCTOBER):
        town.pay(month)
    change_post(CLERK, town.worker.id, NewPosting(unit_id=town.town.community.id, post="chief", starts_on=OCTOBER))
    november = town.draft(NOVEMBER)
    assert town.owed(november, town.worker) == {(10, "post"): 600}
    assert any("正职 2025-10-01 至 今" in text for text in texts(november, town.worker))


def test_a_level_approved_for_a_past_day_is_paid_back(app: Flask) -> None:
    town = PaidTown(ladder=True)
    for person in (town.worker, town.deputy, town.elsewhere):
        town.place(person, 1, date(2024, 1, 1))
    for month in (SEPTEMBER, OCTOBER):
        town.pay(month)
    town.place(town.worker, 3, date(2025, 10, 1), "费人社薪〔2025〕9号")
    november = town.pay(NOVEMBER)
    assert town.owed(november, town.worker) == {(10, "step"): 200}
    assert any("现3 级（自 2025-10-01 起）" in text for text in texts(november, town.worker))
    assert any("费人社薪〔2025〕9号" in text for text in texts(november, town.worker))


def test_a_level_revoked_leaves_the_month_as_it_was_paid(app: Flask) -> None:
    town = PaidTown(ladder=True)
    for person in (town.worker, town.deputy, town.elsewhere):
        town.place(person, 1, date(2024, 1, 1))
    town.pay(OCTOBER)
    with writing() as session:
        placement = session.scalars(select(Placement).where(Placement.employee_id == town.worker.id)).one()
        placement.superseded_at = placement.known_at
    november = town.draft(NOVEMBER)
    assert town.owed(november, town.worker) == {}
    assert town.line(november, town.worker).missing == ["缺少审批的等级（未套级）。"]


def test_an_edition_backdated_pays_everybody_the_difference_and_withdrawn_takes_it_back(app: Flask) -> None:
    town = PaidTown()
    for month in (SEPTEMBER, OCTOBER):
        town.pay(month)
    edition = adopt_scheme(key="feixian-later", start="2025-10-01", basic=2600)
    november = town.pay(NOVEMBER)
    for person in (town.worker, town.deputy, town.elsewhere):
        assert town.owed(november, person) == {(10, "basic"): 100}
    assert any("该月改按“费县社区工作者薪酬办法（试）”" in text for text in texts(november, town.worker))
    withdraw_edition(CLERK, edition, "文件撤销")
    december = town.draft(DECEMBER)
    assert town.owed(december, town.worker) == {(10, "basic"): -100, (11, "basic"): -100}


def test_rates_backdated_change_both_sides(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    adopt_insurance(key="insurance-later", start="2025-10-01", rate="0.10")
    november = town.draft(NOVEMBER)
    assert town.owed(november, town.worker, "employee") == {(10, "pension"): 60}
    assert town.owed(november, town.worker) == {}
    assert town.line(november, town.worker).deducted == Decimal(300 + 150 + 60)


def test_a_base_declared_late_changes_the_contributions_of_past_months(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    declare_base(town.clerk, town.worker.id, NewBase(date(2025, 10, 1), Decimal(4000)))
    november = town.pay(NOVEMBER)
    assert town.owed(november, town.worker, "employee") == {(10, "pension"): 80, (10, "fund"): 50}
    assert town.owed(november, town.worker, "employer") == {(10, "pension"): 160, (10, "fund"): 50}
    assert "申报缴费基数：原无，现4000.00。" in texts(november, town.worker)
    assert town.owed(town.draft(DECEMBER), town.worker, "employee") == {}


def test_somebody_registered_late_is_paid_for_the_months_without_a_line(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    late = make_employee(None, town.town.community, joined_community_on=date(2025, 10, 17))
    november = town.pay(NOVEMBER)
    assert town.owed(november, late)[10, "basic"] == Decimal("1209.68")
    assert "该月未列入发放名单，后来才登记在岗。" in texts(november, late)
    assert town.line(november, late).back_pay == Decimal("1451.62")
    assert town.owed(town.draft(DECEMBER), late) == {}


def test_somebody_registered_after_they_left_is_paid_what_they_served(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    gone = make_employee(None, town.town.community, joined_community_on=date(2025, 10, 1))
    end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 10, 31), reason="辞职"))
    november = town.pay(NOVEMBER)
    line = town.line(november, gone)
    assert (line.served, line.gross, line.back_pay) == (0, Decimal(0), Decimal(3000))
    assert lines(town.draft(DECEMBER), gone) == []


def test_somebody_without_the_needed_facts_is_paid_once_they_are_there(app: Flask) -> None:
    town = PaidTown(ladder=True)
    for person in (town.deputy, town.elsewhere):
        town.place(person, 1, date(2024, 1, 1))
    october = town.pay(OCTOBER, without_lacking=True)
    assert town.line(october, town.worker).payable == 0
    town.place(town.worker, 1, date(2024, 1, 1))
    november = town.pay(NOVEMBER)
    assert sum(town.owed(november, town.worker).values()) == 3000
    assert any("该月因资料不全未发" in text for text in texts(november, town.worker))
    assert town.owed(town.draft(DECEMBER), town.worker) == {}


def test_who_left_meanwhile_still_gets_what_is_due(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    end_service(CLERK, town.worker.id, EndOfService(left_on=date(2025, 10, 31), reason="辞职"))
    town.certify(town.worker, date(2025, 10, 9))
    november = town.pay(NOVEMBER)
    line = town.line(november, town.worker)
    assert (line.served, line.gross, line.back_pay) == (0, Decimal(0), Decimal(100))
    assert line.insurance == []
    assert lines(town.draft(DECEMBER), town.worker) == []


def test_who_left_earlier_than_known_pays_back_what_was_not_served(app: Flask) -> None:
    town = PaidTown()
    for month in (SEPTEMBER, OCTOBER):
        town.pay(month)
    end_service(CLERK, town.worker.id, EndOfService(left_on=date(2025, 9, 15), reason="辞职"))
    november = town.draft(NOVEMBER)
    owed = town.owed(november, town.worker)
    assert [owed[9, "basic"], owed[10, "basic"], owed[10, "performance"]] == list(map(Decimal, (-1250, -2500, -500)))
    assert town.line(november, town.worker).payable < 0
    assert town.owed(november, town.worker, "employee")[10, "pension"] == -240


def test_who_comes_back_is_not_paid_for_the_time_between(app: Flask) -> None:
    town = PaidTown()
    town.pay(SEPTEMBER)
    end_service(CLERK, town.worker.id, EndOfService(left_on=date(2025, 9, 30), reason="辞职"))
    town.pay(OCTOBER)
    resume_service(CLERK, town.worker.id, NewPosting(unit_id=town.town.community.id, post="staff", starts_on=NOVEMBER))
    november = town.draft(NOVEMBER)
    assert town.owed(november, town.worker) == {}
    assert town.line(november, town.worker).gross == Decimal(3000)


def test_who_moved_to_another_street_is_paid_back_by_it_whoever_paid_before(app: Flask) -> None:
    town = PaidTown()
    for unit in (town.town.street, town.town.other_street):
        town.pay(OCTOBER, unit)
    town.certify(town.worker, date(2025, 10, 9))
    change_post(CLERK, town.worker.id, NewPosting(unit_id=town.town.foreign.id, post="staff", starts_on=NOVEMBER))
    old, new = (town.draft(NOVEMBER, unit) for unit in (town.town.street, town.town.other_street))
    assert lines(old, town.worker) == []
    assert town.owed(new, town.worker) == {(10, "qualification"): 100}


def test_a_move_known_late_owes_nothing_and_pays_nothing_twice(app: Flask) -> None:
    town = PaidTown()
    for unit in (town.town.street, town.town.other_street):
        town.pay(OCTOBER, unit)
    change_post(CLERK, town.worker.id, NewPosting(unit_id=town.town.foreign.id, post="staff", starts_on=OCTOBER))
    november = town.draft(NOVEMBER)
    assert town.owed(november, town.worker) == {}


def test_of_two_open_months_only_the_first_confirmed_pays_a_difference(app: Flask) -> None:
    town = PaidTown()
    town.pay(SEPTEMBER)
    town.certify(town.worker, date(2025, 9, 3))
    october, november = town.draft(OCTOBER), town.draft(NOVEMBER)
    assert town.owed(october, town.worker) == town.owed(november, town.worker) == {(9, "qualification"): 100}
    confirm_run(town.hr, november)
    with pytest.raises(Refused, match="1 人的资料有变动"):
        confirm_run(town.hr, october)
    reckon_run(town.hr, october)
    assert town.owed(october, town.worker) == {}
    confirm_run(town.hr, october)
    assert town.owed(town.draft(DECEMBER), town.worker) == {}


def test_late_facts_in_a_half_year_are_settled_where_it_was_paid(app: Flask) -> None:
    town = PaidTown(paid="half_year", ladder=True)
    for person in (town.worker, town.deputy, town.elsewhere):
        town.place(person, 1, date(2024, 1, 1))
    june = date(2025, 6, 1)
    town.pay(june)
    town.appraise(town.worker, 2025, "4")
    july = town.draft(date(2025, 7, 1))
    assert town.owed(july, town.worker) == {(6, "performance"): -3000}


def test_a_posting_withdrawn_moves_nobodys_paid_month(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    extra = add_fact(
        CLERK,
        town.worker.id,
        NewPosting(unit_id=town.town.neighbour.id, post="deputy", starts_on=OCTOBER, main=False),
    )
    november = town.pay(NOVEMBER)
    assert town.owed(november, town.worker) == {(10, "post"): 300}
    withdraw_fact(CLERK, town.worker.id, extra, FactKind.POSTING)
    assert db.session.get_one(Posting, extra).superseded_at is not None
    assert town.owed(town.draft(DECEMBER), town.worker) == {(10, "post"): -300, (11, "post"): -300}


def test_a_month_that_was_never_run_owes_nothing(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER, town.town.street)
    town.certify(town.elsewhere, date(2025, 10, 9))
    # The other street's October was never paid here: nothing of it is a difference.
    other = town.draft(NOVEMBER, town.town.other_street)
    assert town.owed(other, town.elsewhere) == {}
