"""What worker and community write."""

import pytest
from flask import Flask

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.appraisals.operations.district import Decision, decide_records
from careerpath.appraisals.operations.street import submit_street
from careerpath.appraisals.operations.writing import Draft, Opinion, confirm_result, write_opinion, write_summary
from careerpath.appraisals.operations.years import close_year
from careerpath.employees.operations.people import link_account
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import make_actor, make_user
from tests.factories.appraisals import Year
from tests.factories.employees import CLERK


def worker_of(year: Year, place: int = 0, role: Role = Role.WORKER) -> Actor:
    """The account of one of the year's people."""
    user = make_user(f"worker{place}", role, year.town.community)
    link_account(CLERK, year.employees[place].id, user.id)
    return Actor(user.id, user.name, user.display_name, (Grant(role, year.town.community.path),))


def test_a_worker_writes_only_the_own_summary(app: Flask) -> None:
    year = Year(people=2)
    worker = worker_of(year)
    own, other = year.record_of(year.employees[0]), year.record_of(year.employees[1])
    write_summary(worker, own.id, Draft("一年来，走访 412 户。", own.version))
    assert own.self_summary == "一年来，走访 412 户。"
    with pytest.raises(NotFound):
        write_summary(worker, other.id, Draft("不是我的", other.version))


def test_a_summary_written_on_two_devices_is_not_lost(app: Flask) -> None:
    year = Year(people=1)
    worker = worker_of(year)
    own = year.record_of(year.employees[0])
    seen = own.version
    write_summary(worker, own.id, Draft("手机上写的", seen))
    with pytest.raises(Conflict) as conflict:
        write_summary(worker, own.id, Draft("电脑上写的", seen))
    assert conflict.value.current["self_summary"] == "手机上写的"


def test_the_summary_closes_when_the_street_submits_and_the_result_is_signed_after_the_decision(app: Flask) -> None:
    year = Year(people=1)
    worker = worker_of(year)
    own = year.records[0]
    with pytest.raises(Refused, match="尚未审定"):
        confirm_result(worker, own.id, "")
    year.fill(own)
    submit_street(year.clerk, year.street.id)
    with pytest.raises(Refused, match="不能再修改"):
        write_summary(worker, own.id, Draft("晚了", own.version))
    decide_records(year.hr, year.street.id, Decision((own.id,), {}))
    confirm_result(worker, own.id, "")
    assert (own.signed_off, own.own_opinion) == (True, "同意")


def test_a_secretary_writes_for_the_community_but_not_for_herself(app: Flask) -> None:
    year = Year(people=2)
    secretary = worker_of(year, 0, Role.COMMUNITY_SECRETARY)
    own, other = year.record_of(year.employees[0]), year.record_of(year.employees[1])
    tally = {"peer": {"1": 21, "2": 9}}
    write_opinion(secretary, other.id, Opinion("工作主动。", "市8 区48 学时", tally, other.version))
    assert (other.community_opinion, other.ballots) == ("工作主动。", tally)
    with pytest.raises(Refused, match="不能给自己"):
        write_opinion(secretary, own.id, Opinion("很好。", "", {}, own.version))
    abroad = make_actor(Role.COMMUNITY_SECRETARY, year.town.foreign)
    with pytest.raises(NotFound):
        write_opinion(abroad, other.id, Opinion("外社区", "", {}, other.version))


def test_a_signature_stands_and_nothing_is_signed_once_the_year_is_filed(app: Flask) -> None:
    year = Year(people=2)
    (first, second), rest = year.records, year.record_of(year.elsewhere)
    workers = [worker_of(year, place) for place in (0, 1)]
    for record in (first, second):
        year.fill(record)
    year.fill(rest, actor=year.stranger)
    submit_street(year.clerk, year.street.id)
    submit_street(year.stranger, rest.street_appraisal_id)
    decide_records(year.hr, year.street.id, Decision((first.id, second.id), {}))
    decide_records(year.hr, rest.street_appraisal_id, Decision((rest.id,), {}))
    own = year.record_of(year.employees[0])
    confirm_result(workers[0], own.id, "同意")
    confirm_result(workers[0], own.id, "同意")
    with pytest.raises(Refused, match="不能再改"):
        confirm_result(workers[0], own.id, "不同意")
    close_year(year.hr, year.id)
    with pytest.raises(Refused, match="已经归档"):
        confirm_result(workers[1], year.record_of(year.employees[1]).id, "")
