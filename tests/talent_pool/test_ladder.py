"""One person's ladder: the rung, the next one, and a checklist with its days."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import add_fact, change_post
from careerpath.employees.operations.people import EndOfService, end_service, link_account
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import EntrantState, Leaving, SelectionState
from careerpath.talent_pool.operations.pool import LeavingGiven, leave_pool
from careerpath.talent_pool.queries.checklists import CheckState, Verdict
from careerpath.talent_pool.queries.ladder import LadderPage, gates_ahead, ladder_of, own_ladder
from careerpath.talent_pool.queries.rules import rules_named
from careerpath.words import NotFound
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, selects_of
from tests.factories.talent_pool import RULES, make_entrant, make_selection, make_task
from tests.talent_pool.reserves import Pool, day


def compound_secretary(pool: Pool, since: date) -> Employee:
    """A worker who is the secretary of a compound's branch as well."""
    employee = pool.person()
    given = NewPosting(
        unit_id=pool.town.community.id, post="staff", title="小区党支部书记", main=False, starts_on=since
    )
    add_fact(CLERK, employee.id, given)
    return employee


def texts(page: LadderPage) -> list[str]:
    """The conditions of the next rung as the page says them."""
    assert page.first is not None
    return [str(check.text) for check in page.first.checks]


def test_the_page_tells_the_rung_since_when_and_the_next_one(app: Flask) -> None:
    pool = Pool()
    employee = compound_secretary(pool, date(2023, 9, 1))
    page = ladder_of(pool.street, employee.id)
    assert (page.rung, page.since) == ("小区党支部书记", date(2023, 9, 1))
    assert page.next is not None
    assert page.next.name == "社区“两委”委员"
    assert [(step.title, str(step.when), step.state) for step in page.steps] == [
        ("社区工作者", "2018-07-01 起", "done"),
        ("小区党支部书记", "2023-09-01 起", "current"),
        ("社区“两委”委员", "由选举产生", "later"),
        ("社区党组织书记", "—", "later"),
    ]


def test_each_condition_stands_with_the_day_on_which_it_was_met(app: Flask) -> None:
    pool = Pool()
    page = ladder_of(pool.street, pool.person(political="13").id)
    assert texts(page) == ["政治面貌：不符合", "社区工作年限：符合，2019-07-01 达到", "处分和调查：符合"]
    assert page.first is not None
    assert page.first.verdict is Verdict.LACKING
    assert str(page.first.words) == "尚不符合：政治面貌"
    assert page.first.basis.endswith("第九条")


def test_what_only_needs_time_is_told_with_its_day(app: Flask) -> None:
    pool = Pool()
    newcomer = pool.person(joined_community_on=date(2025, 3, 1))
    page = ladder_of(pool.street, newcomer.id)
    assert texts(page)[1] == "社区工作年限：2026-03-01 起符合"
    assert page.first is not None
    assert [check.state for check in page.first.checks] == [CheckState.MET, CheckState.OPEN, CheckState.MET]
    assert (page.first.verdict, str(page.first.words)) == (Verdict.SOON, "2026-03-01 起条件符合")
    with day(date(2026, 3, 1)):
        assert str(getattr(ladder_of(pool.street, newcomer.id).first, "words", "")) == "条件均符合"


def test_what_only_people_can_judge_is_left_to_them(app: Flask) -> None:
    pool = Pool()
    employee = compound_secretary(pool, date(2023, 9, 1))
    pool.appraise(employee)
    page = ladder_of(pool.street, employee.id)
    assert texts(page)[-1] == "群众基础：须核对"
    assert str(getattr(page.first, "words", "")) == "条件符合，另有 1 项须核对"


def test_gates_further_up_follow_those_into_the_pool_first(app: Flask) -> None:
    edition = rules_named(RULES)
    first, further = gates_ahead(edition, edition.rung("worker"))
    assert first is not None
    assert first.code == "to_compound"
    assert [gate.code for gate in further] == ["reserve_compound", "reserve_secretary", "to_committee", "to_secretary"]
    assert gates_ahead(edition, edition.rung("secretary")) == (None, ())


def test_who_stands_at_the_top_has_no_next_step(app: Flask) -> None:
    pool = Pool()
    employee = pool.person()
    change_post(
        CLERK, employee.id, NewPosting(unit_id=pool.town.community.id, post="chief", starts_on=date(2024, 4, 1))
    )
    page = ladder_of(pool.street, employee.id)
    assert (page.rung, page.next, page.first, page.further) == ("社区党组织书记", None, None, ())
    assert str(page.steps[0].when) == "2018-07-01 至 2024-03-31"


def test_who_has_left_keeps_the_ladder_and_has_no_next_step(app: Flask) -> None:
    pool = Pool()
    employee = pool.person()
    end_service(CLERK, employee.id, EndOfService(left_on=date(2025, 6, 30), reason="辞职"))
    page = ladder_of(pool.street, employee.id)
    assert (page.rung, page.next, page.further) == ("", None, ())
    assert str(page.steps[0].when) == "2018-07-01 至 2025-06-30"
    assert (
        "已离职，不再核对条件。" in signed_in(app, pool.street).get(f"/talent-pool/employees/{employee.id}/ladder").text
    )


def test_a_place_without_an_edition_is_told_so(app: Flask) -> None:
    pool = Pool()
    employee = pool.person()
    with day(date(2015, 6, 1)):
        page = ladder_of(pool.street, employee.id)
    assert (page.edition, page.steps, page.first) == (None, (), None)


def test_the_pool_and_its_tasks_stand_beside_the_ladder(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    make_task(entry, due_on=date(2025, 11, 30))
    make_task(entry, text="取得助理社会工作师证书", done_on=date(2025, 10, 8))
    page = ladder_of(pool.street, entry.employee_id)
    (reserve,) = page.reserves
    assert (reserve.rung, reserve.unit_name, str(reserve.readiness)) == ("社区党组织书记", "书苑社区", "培养1—2年")
    assert "reserve_secretary" not in {one.gate.code for one in page.further}
    assert [(task.text, task.late) for task in reserve.tasks] == [
        ("牵头老旧小区改造协商", True),
        ("取得助理社会工作师证书", False),
    ]
    leave_pool(pool.district, entry.id, LeavingGiven(Leaving.REFUSAL, date(2025, 12, 1), "家庭原因"))
    page = ladder_of(pool.street, entry.employee_id)
    assert str(page.reserves[0].left) == "本人放弃"
    assert "reserve_secretary" in {one.gate.code for one in page.further}


@pytest.mark.parametrize(
    ("state", "result"),
    [(SelectionState.STAGES, None), (SelectionState.DECISION, None), (SelectionState.NOTICE, "入选")],
)
def test_a_result_is_told_once_it_is_public(app: Flask, state: SelectionState, result: str | None) -> None:
    pool = Pool()
    employee = pool.person()
    selection = make_selection(pool.town.district, state)
    make_entrant(selection, employee, pool.town.community, EntrantState.ADMITTED, outcome=Outcome.SELECTED)
    (nominated,) = ladder_of(pool.street, employee.id).nominations
    assert (str(nominated.state), str(nominated.result) if nominated.result else None) == ("审查通过", result)


def test_the_office_goes_on_to_the_reserve_and_to_the_nomination(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    employee = db.session.get_one(Employee, entry.employee_id)
    entrant = make_entrant(make_selection(pool.town.district), employee, pool.town.community)
    page = signed_in(app, pool.street).get(f"/talent-pool/employees/{employee.id}/ladder").text
    assert f'href="/talent-pool/entries/{entry.id}"' in page
    assert f'href="/talent-pool/entrants/{entrant.id}"' in page


def test_the_ladder_of_another_street_is_not_found(app: Flask) -> None:
    pool = Pool()
    employee = pool.person()
    with pytest.raises(NotFound):
        ladder_of(pool.stranger, employee.id)
    secretary = make_actor(Role.COMMUNITY_SECRETARY, pool.town.community)
    with pytest.raises(NotFound):
        ladder_of(secretary, employee.id)


def test_a_reserve_of_another_street_is_not_shown_to_the_home_street(app: Flask) -> None:
    pool = Pool()
    employee = pool.person()
    from_elsewhere = pool.reserve(pool.town.foreign)
    with writing():
        from_elsewhere.employee_id = employee.id
    assert ladder_of(pool.street, employee.id).reserves == ()
    assert len(ladder_of(pool.district, employee.id).reserves) == 1


def test_a_worker_reads_the_own_ladder_with_the_own_reserve(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    make_task(entry)
    worker = make_actor(Role.WORKER, pool.town.community)
    client = signed_in(app, worker)
    assert "没有与您的账号关联的档案" in client.get("/talent-pool/own/ladder").text
    with pytest.raises(NotFound):
        own_ladder(worker)
    link_account(CLERK, entry.employee_id, worker.user_id)
    page = client.get("/talent-pool/own/ladder")
    assert page.status_code == 200
    for words in (
        "我的成长",
        "现任社区工作者，自 2018-07-01 起",
        "下一步：小区党支部书记",
        "条件均符合",
        "牵头老旧小区改造协商",
    ):
        assert words in page.text, words
    assert f"/talent-pool/entries/{entry.id}" not in page.text
    assert 'href="/talent-pool/own/selections"' in page.text
    assert client.get(f"/talent-pool/employees/{entry.employee_id}/ladder").status_code == 403


def test_the_file_has_a_tab_for_the_ladder(app: Flask) -> None:
    pool = Pool()
    employee = pool.person()
    client = signed_in(app, pool.street)
    address = f"/talent-pool/employees/{employee.id}/ladder"
    assert address in client.get(f"/employees/{employee.id}").text
    page = client.get(address)
    assert page.status_code == 200
    assert f'href="{address}" aria-current="page"' in page.text
    assert len(selects_of(lambda: ladder_of(pool.street, employee.id))) <= 14
