"""The daily look at the rules: what it proposes, once, and what becomes of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.operations.facts import FactKind, NewDiscipline, NewPosting
from careerpath.employees.operations.history import add_fact, change_post, withdraw_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.codes import UnitKind
from careerpath.settings import Settings
from careerpath.talent_pool.models import (
    Leaving,
    PoolEntry,
    PoolProposal,
    ProposalState,
    Readiness,
)
from careerpath.talent_pool.operations.development import PoolReviewGiven, review_reserve
from careerpath.talent_pool.operations.pool import enter_pool, undo_leaving
from careerpath.talent_pool.operations.proposals import (
    accept_proposal,
    accept_proposals,
    check_pool,
    dismiss_proposal,
    dismiss_proposals,
)
from careerpath.words import NotFound, Refused
from tests.factories.access import make_actor, make_unit
from tests.factories.employees import CLERK, selects_of
from tests.talent_pool.reserves import Pool, day

TODAY = date(2025, 12, 5)
MACHINE = Actor.console()


def check(on: date = TODAY) -> int:
    """What the machine does in the morning of a day."""
    with day(on):
        return check_pool(MACHINE, on)


def proposals(state: ProposalState = ProposalState.OPEN) -> list[PoolProposal]:
    query = select(PoolProposal).where(PoolProposal.state == state).order_by(PoolProposal.id)
    return list(db.session.scalars(query))


def failed(pool: Pool) -> PoolEntry:
    """A reserve who failed the yearly review."""
    entry = pool.reserve()
    given = PoolReviewGiven(date(2025, 12, 1), False, Decimal(40), Readiness.LATER, "培养任务未完成。")
    review_reserve(pool.street, entry.id, given)
    return entry


def fill(pool: Pool, unit: Unit, count: int = 3) -> list[PoolEntry]:
    """As many reserves as a community needs, so that nobody is proposed to come in."""
    return [pool.reserve(unit) for _ in range(count)]


def test_each_ground_to_leave_is_proposed_with_its_day_and_sentence(app: Flask) -> None:
    pool = Pool()
    fill(pool, pool.town.community)
    old = enter_pool(pool.district, pool.given(pool.person(born=date(1980, 11, 30))))
    bad = failed(pool)
    measured = pool.reserve()
    add_fact(CLERK, measured.employee_id, NewDiscipline(measure="警告", starts_on=date(2025, 10, 8)))
    gone = pool.reserve()
    end_service(pool.district, gone.employee_id, EndOfService(left_on=date(2025, 11, 15), reason="辞职"))
    chief = pool.reserve()
    change_post(
        pool.district, chief.employee_id, NewPosting(unit_id=pool.town.community.id, post="chief", starts_on=TODAY)
    )
    assert check() == 5
    assert {(one.entry_id, one.ground, one.since, str(one.because[0]["text"])) for one in proposals()} == {
        (old, "age", date(2025, 11, 30), "年龄：2025-11-30 年满 45 周岁，建议出库。"),
        (bad.id, "reviews", date(2025, 12, 1), "后备人才年度评估：2025-12-01 年度评估不合格，建议出库。"),
        (measured.id, "discipline", date(2025, 10, 8), "处分和调查：2025-10-08 起受处分或被立案，建议出库。"),
        (gone.id, "left_service", date(2025, 11, 15), "离职：2025-11-15 离职，建议出库。"),
        (chief.id, "appointed", TODAY, "已任用：2025-12-05 起任社区党组织书记，建议出库。"),
    }
    assert {one.state for one in proposals()} == {ProposalState.OPEN}
    assert db.session.get_one(PoolEntry, gone.id).left_on is None


def test_the_same_ground_is_proposed_once_however_often_one_looks(app: Flask) -> None:
    pool = Pool()
    fill(pool, pool.town.community)
    entry = failed(pool)
    assert (check(), check(), check(date(2025, 12, 6))) == (1, 0, 0)
    [proposal] = proposals()
    dismiss_proposal(pool.district, proposal.id, "本人住院，延后评估")
    assert check(date(2025, 12, 7)) == 0
    kept = db.session.get_one(PoolProposal, proposal.id)
    assert (kept.state, kept.reason, kept.decided_on) == (ProposalState.DISMISSED, "本人住院，延后评估", TODAY)
    with day(date(2025, 12, 8)):
        again = PoolReviewGiven(date(2025, 12, 8), False, None, Readiness.LATER, "补评仍不合格。")
        review_reserve(pool.street, entry.id, again)
    assert check(date(2025, 12, 8)) == 1
    assert [one.since for one in proposals()] == [date(2025, 12, 8)]


def test_a_proposal_whose_ground_has_gone_lapses_and_waits_again_when_it_returns(app: Flask) -> None:
    pool = Pool()
    fill(pool, pool.town.community)
    entry = pool.reserve()
    measure = NewDiscipline(measure="警告", starts_on=date(2025, 10, 8))
    fact_id = add_fact(CLERK, entry.employee_id, measure)
    assert check() == 1
    withdraw_fact(CLERK, entry.employee_id, fact_id, FactKind.DISCIPLINE)
    assert check(date(2025, 12, 6)) == 0
    [lapsed] = proposals(ProposalState.LAPSED)
    assert (lapsed.decided_on, lapsed.decided_by) == (date(2025, 12, 6), "console")
    add_fact(CLERK, entry.employee_id, measure)
    assert check(date(2025, 12, 7)) == 1
    [again] = proposals()
    assert (again.id, again.proposed_on, again.decided_on) == (lapsed.id, date(2025, 12, 7), None)


def test_who_meets_the_conditions_is_proposed_for_the_highest_rung_where_reserves_are_too_few(app: Flask) -> None:
    pool = Pool()
    able, new, old = pool.person(), pool.person(), pool.person(born=date(1975, 1, 1))
    pool.person(political="13")
    pool.appraise(able, old)
    chief = pool.person(post="chief")
    pool.appraise(chief, years=(2021, 2022))
    fill(pool, pool.town.neighbour)
    served = pool.person(pool.town.neighbour)
    assert check() == 2
    assert {(one.employee_id, one.rung, one.ground, one.since, one.unit_id) for one in proposals()} == {
        (able.id, "secretary", "reserve_secretary", date(2020, 7, 1), pool.town.community.id),
        (new.id, "compound_secretary", "reserve_compound", date(2019, 7, 1), pool.town.community.id),
    }
    texts = [str(reason["text"]) for reason in proposals()[0].because]
    assert texts[0] == "政治面貌：政治面貌为中共党员，符合。"
    assert texts[-1] == "后备 0 人，标准 3—4 人，不足 3 人。"
    assert served.id not in {one.employee_id for one in proposals()}


def test_proposals_to_come_in_lapse_once_the_community_has_enough(app: Flask) -> None:
    pool = Pool()
    waiting = pool.person()
    assert check() == 1
    fill(pool, pool.town.community)
    assert check(date(2025, 12, 6)) == 0
    assert [one.employee_id for one in proposals(ProposalState.LAPSED)] == [waiting.id]


def test_who_serves_in_a_compound_counts_for_its_community(app: Flask) -> None:
    pool = Pool()
    compound = make_unit("东关小区", UnitKind.COMPOUND, pool.town.community)
    pool.person(compound)
    assert check() == 1
    assert [one.unit_id for one in proposals()] == [pool.town.community.id]


def test_nobody_is_proposed_for_a_village_which_has_no_standard(app: Flask) -> None:
    pool = Pool()
    pool.person(make_unit("东山村", UnitKind.VILLAGE, pool.town.street))
    assert check() == 0


def test_a_proposal_is_accepted_by_a_person_and_does_what_it_says(app: Flask) -> None:
    pool = Pool()
    employee = pool.person()
    check()
    [proposal] = proposals()
    accept_proposal(pool.district, proposal.id, TODAY, "费社工发〔2025〕41号")
    entry = db.session.scalars(select(PoolEntry)).one()
    assert (entry.employee_id, entry.rung, entry.document) == (
        employee.id, "compound_secretary", "费社工发〔2025〕41号"
    )  # fmt: skip
    assert [(one.state, one.decided_by) for one in proposals(ProposalState.ACCEPTED)] == [
        (ProposalState.ACCEPTED, pool.district.display_name)
    ]
    with pytest.raises(Refused, match="现为“已采纳”"):
        accept_proposal(pool.district, proposal.id, TODAY)


def test_an_accepted_exit_says_why_and_settles_the_others(app: Flask) -> None:
    pool = Pool()
    fill(pool, pool.town.community)
    entry = failed(pool)
    add_fact(CLERK, entry.employee_id, NewDiscipline(measure="警告", starts_on=date(2025, 10, 8)))
    check()
    measure, review = proposals()
    assert accept_proposals(pool.district, [measure.id, review.id], TODAY, "费社工发〔2025〕42号") == 2
    kept = db.session.get_one(PoolEntry, entry.id)
    assert (kept.leaving, kept.left_on, kept.left_document) == (Leaving.DISCIPLINE, TODAY, "费社工发〔2025〕42号")
    assert kept.left_reason == "处分和调查：2025-10-08 起受处分或被立案，建议出库。"
    assert {one.ground: one.state for one in db.session.scalars(select(PoolProposal))} == {
        "discipline": ProposalState.ACCEPTED,
        "reviews": ProposalState.LAPSED,
    }
    undo_leaving(pool.district, entry.id)
    assert len(proposals()) == 2
    assert check(date(2025, 12, 6)) == 0


def test_several_are_dismissed_for_one_reason_or_none_is(app: Flask) -> None:
    pool = Pool()
    for _ in range(2):
        pool.person()
    check()
    first, second = proposals()
    with pytest.raises(Refused, match="不采纳的理由"):
        dismiss_proposals(pool.district, [first.id, second.id], " ")
    with pytest.raises(NotFound):
        dismiss_proposals(pool.district, [first.id, 10**9], "暂缓")
    assert len(proposals()) == 2
    assert dismiss_proposals(pool.district, [first.id, second.id], "暂缓") == 2
    assert proposals() == []


def test_another_district_meets_no_proposal_of_this_one(app: Flask) -> None:
    pool = Pool()
    pool.person()
    check()
    [proposal] = proposals()
    other = make_unit("平邑县", UnitKind.DISTRICT, pool.town.city)
    stranger = make_actor(Role.DISTRICT_HR, other)
    for refused in (
        lambda: accept_proposals(stranger, [proposal.id], TODAY),
        lambda: dismiss_proposals(stranger, [proposal.id], "暂缓"),
    ):
        with pytest.raises(NotFound):
            refused()
    assert check_pool(stranger, TODAY) == 0
    assert len(proposals()) == 1


def test_a_place_without_rules_has_nothing_proposed(settings: Settings, app: Flask) -> None:
    pool = Pool()
    pool.person()
    app.extensions["careerpath.settings"] = replace(settings, place="某市")
    assert check() == 0


def test_however_many_people_there_are_the_look_takes_the_same_queries(app: Flask) -> None:
    pool = Pool()
    for _ in range(2):
        pool.person(pool.town.foreign)
        failed(pool)
    few = len(selects_of(check))
    for _ in range(6):
        pool.person(pool.town.foreign)
        failed(pool)
    with day(date(2025, 12, 6)):
        assert len(selects_of(lambda: check_pool(MACHINE, date(2025, 12, 6)))) == few
    assert few <= 22
