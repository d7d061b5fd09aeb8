"""The pages of months: who sees what, what stands on them, and what a click brings about."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.operations.people import link_account
from careerpath.jobs.models import Job, JobState
from careerpath.jobs.runner import run_job
from careerpath.pay.models import ContributionBase, PayRegister, PayRun
from careerpath.pay.operations.bases import NewBase, declare_base
from careerpath.pay.operations.runs import confirm_run, reckon_run
from careerpath.pay.queries.checking import register_code, register_number, slip_code, slip_number
from careerpath.pay.queries.runs import RunState, run_head
from careerpath.worker import HANDLERS
from tests.factories.access import PASSWORD, make_actor, make_user
from tests.factories.employees import CLERK, make_employee
from tests.pay.months import NOVEMBER, OCTOBER, PaidTown, registers

MARK = "示例数据，非官方"


def signed_in(app: Flask, name: str) -> FlaskClient:
    """A browser in which somebody has signed in."""
    client = app.test_client()
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302
    return client


def shown(client: FlaskClient, url: str) -> str:
    """A page that comes up."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.get_data(as_text=True)


def do_jobs() -> None:
    """What a worker would do."""
    for job_id in db.session.scalars(select(Job.id).where(Job.state == JobState.WAITING)).all():
        run_job(job_id, HANDLERS, "worker")
    db.session.rollback()


def test_a_month_is_opened_reckoned_and_confirmed_in_the_browser(app: Flask) -> None:
    town = PaidTown()
    client = signed_in(app, town.hr.name)
    page = shown(client, "/pay/runs/new?month=2025-11")
    assert "费县社区工作者薪酬办法（试）" in page
    sent = {"unit": str(town.town.district.id), "month": "2025-11"}
    answer = client.post("/pay/runs/new", data=sent)
    run_id = db.session.scalars(select(PayRun.id)).one()
    assert answer.headers["Location"].endswith(f"/pay/runs/{run_id}")
    assert "data-job-url" in shown(client, f"/pay/runs/{run_id}")
    do_jobs()
    page = shown(client, f"/pay/runs/{run_id}")
    assert "费城街道" in page
    assert "上冶镇" in page
    assert run_head(town.hr, run_id).state is RunState.COMPUTED
    last_look = shown(client, f"/pay/runs/{run_id}/confirm")
    assert "元" in last_look
    assert "捌仟零玖拾壹元整" in last_look  # 2610 + 2871 + 2610
    client.post(f"/pay/runs/{run_id}/confirm", data={})
    assert run_head(town.hr, run_id).state is RunState.CONFIRMED
    assert client.post(f"/pay/runs/{run_id}/reckon").status_code == 422
    assert client.post(f"/pay/runs/{run_id}/drop").status_code == 422


def test_the_same_month_twice_is_refused_beside_the_field(app: Flask) -> None:
    town = PaidTown()
    town.draft(NOVEMBER)
    client = signed_in(app, town.hr.name)
    answer = client.post("/pay/runs/new", data={"unit": str(town.town.street.id), "month": "2025-11"})
    assert answer.status_code == 422
    assert "已经开始核算，不能重复" in answer.get_data(as_text=True)


def test_a_street_sees_its_own_register_and_no_other(app: Flask) -> None:
    town = PaidTown()
    run_id = town.pay(NOVEMBER)
    own, other = town.line(run_id, town.worker), town.line(run_id, town.elsewhere)
    client = signed_in(app, town.clerk.name)
    page = shown(client, f"/pay/runs/{run_id}")
    assert "费城街道" in page
    assert "上冶镇" not in page
    assert town.elsewhere.name not in page
    assert town.worker.name in shown(client, f"/pay/registers/{own.register_id}")
    assert shown(client, f"/pay/lines/{own.id}")
    for url in (f"/pay/registers/{other.register_id}", f"/pay/lines/{other.id}"):
        assert client.get(url).status_code == 404
        assert client.get(url.replace("/pay", "/print") + "/register.pdf").status_code == 404
    assert town.elsewhere.name not in shown(client, f"/pay/runs/{run_id}/compared")


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_finance_and_auditors_read_and_change_nothing(app: Flask, role: Role) -> None:
    town = PaidTown()
    draft = town.draft(NOVEMBER)
    reader = make_actor(role, town.town.district, "reader")
    client = signed_in(app, reader.name)
    for url in ("/pay/runs", f"/pay/runs/{draft}", f"/pay/registers/{registers(draft)[0].id}"):
        assert shown(client, url)
    assert shown(client, f"/pay/runs/{draft}/differences")
    for url in (f"/pay/runs/{draft}/reckon", f"/pay/runs/{draft}/confirm", f"/pay/runs/{draft}/drop", "/pay/runs/new"):
        assert client.post(url).status_code == 403


def test_a_worker_sees_own_confirmed_months_only(app: Flask) -> None:
    town = PaidTown()
    user = make_user("worker", Role.WORKER, town.town.community)
    link_account(CLERK, town.worker.id, user.id)
    october, november = town.pay(OCTOBER), town.draft(NOVEMBER)
    client = signed_in(app, "worker")
    page = shown(client, "/pay/own")
    assert "2025年10月" in page
    assert "2025年11月" not in page
    mine = town.line(october, town.worker)
    assert "2610.00" in shown(client, f"/pay/own/{mine.id}").replace(",", "")
    for strange in (town.line(november, town.worker), town.line(october, town.deputy)):
        assert client.get(f"/pay/own/{strange.id}").status_code == 404
        assert client.get(f"/print/own-slips/{strange.id}/slip.pdf").status_code == 404
    assert client.get(f"/pay/lines/{mine.id}").status_code == 403
    assert client.get("/pay/runs").status_code == 403


def test_every_amount_on_a_line_says_why(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    declare_base(town.clerk, town.deputy.id, NewBase(date(2025, 1, 1), Decimal(20000)))
    town.certify(town.deputy, date(2025, 10, 9))
    run_id = town.draft(NOVEMBER)
    page = shown(signed_in(app, town.hr.name), f"/pay/lines/{town.line(run_id, town.deputy).id}")
    for words in (
        "费组字〔2024〕1号",
        "费人社〔2025〕1号",
        "岗位工资 300 元",
        "职业水平补贴 100 元",
        "高于上限，按上限计",
        "住房公积金：基数 9000 元",
        "现助理社会工作师（2025-10-09 登记）",
        "申报缴费基数：原无，现20000.00",
        "2025年10月",
    ):
        assert words in page, words


@pytest.mark.parametrize("example", [True, False])
def test_every_page_of_a_month_on_example_amounts_says_so(app: Flask, example: bool) -> None:
    town = PaidTown(example=example)
    user = make_user("worker", Role.WORKER, town.town.community)
    link_account(CLERK, town.worker.id, user.id)
    town.pay(OCTOBER)
    town.certify(town.worker, date(2025, 10, 9))
    run_id = town.draft(NOVEMBER)
    line = town.line(run_id, town.worker)
    pages = [
        "/pay/runs",
        f"/pay/runs/{run_id}",
        f"/pay/runs/{run_id}/confirm",
        f"/pay/runs/{run_id}/differences",
        f"/pay/runs/{run_id}/compared",
        f"/pay/registers/{line.register_id}",
        f"/pay/lines/{line.id}",
        "/pay/runs/new?month=2025-11",
    ]
    office = signed_in(app, town.hr.name)
    assert [MARK in shown(office, page) for page in pages] == [example] * len(pages)
    confirm_run(town.hr, run_id)
    own = signed_in(app, "worker")
    assert [MARK in shown(own, page) for page in ("/pay/own", f"/pay/own/{line.id}")] == [example] * 2


def test_a_register_is_searched_and_filtered_and_its_sums_follow(app: Flask) -> None:
    town = PaidTown(ladder=True)
    town.place(town.worker, 2, date(2024, 1, 1))
    run_id = town.draft(NOVEMBER)
    register_id = town.line(run_id, town.worker).register_id
    client = signed_in(app, town.hr.name)
    url = f"/pay/registers/{register_id}"
    lacking = shown(client, f"{url}?show=lacking")
    assert town.deputy.name in lacking
    assert town.worker.name not in lacking
    assert "缺少审批的等级（未套级）" in lacking
    found = shown(client, f"{url}?q={town.worker.number}")
    assert town.deputy.name not in found
    assert "1 人，应发 3,100.00 元" in found
    assert "没有符合条件的人员" in shown(client, f"{url}?q=查无此人")


def test_a_month_beside_the_one_before_names_who_came_went_and_changed(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    newcomer = make_employee(None, town.town.community, joined_community_on=NOVEMBER)
    town.certify(town.deputy, NOVEMBER)
    run_id = town.draft(NOVEMBER)
    page = shown(signed_in(app, town.hr.name), f"/pay/runs/{run_id}/compared")
    assert newcomer.name in page
    assert town.deputy.name in page
    assert "+100.00" in page
    assert town.worker.name not in page


@pytest.mark.parametrize("people", [3, 40])
def test_pages_cost_as_much_for_many_as_for_few(app: Flask, people: int) -> None:
    town = PaidTown()
    for _ in range(people):
        make_employee(None, town.town.community)
    town.pay(OCTOBER)
    run_id = town.draft(NOVEMBER)
    line = town.line(run_id, town.worker)
    client = signed_in(app, town.hr.name)
    for url in (
        "/pay/runs",
        f"/pay/runs/{run_id}",
        f"/pay/registers/{line.register_id}",
        f"/pay/lines/{line.id}",
        f"/pay/runs/{run_id}/differences",
        f"/pay/runs/{run_id}/compared",
    ):
        assert _queries(client, url) <= 8, url


def _queries(client: FlaskClient, url: str) -> int:
    seen: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        shown(client, url)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_a_declared_base_is_kept_corrected_and_withdrawn_on_the_persons_page(app: Flask) -> None:
    town = PaidTown()
    client = signed_in(app, town.clerk.name)
    url = f"/pay/people/{town.worker.id}/bases"
    assert "没有申报缴费基数" in shown(client, url)
    assert client.post(url, data={"starts_on": "2025-07", "amount": "4500"}).status_code == 302
    again = client.post(url, data={"starts_on": "2025.7", "amount": "4600"})
    assert again.status_code == 422
    assert "如有错误请更正原来的一条" in again.get_data(as_text=True)
    base = db.session.scalars(select(ContributionBase)).one()
    assert "4500" in shown(client, f"{url}/{base.id}")
    assert client.post(f"{url}/{base.id}", data={"starts_on": "2025-07", "amount": "4600"}).status_code == 302
    late = client.post(f"{url}/{base.id}", data={"starts_on": "2025-07", "amount": "4700"})
    assert late.status_code == 409
    assert "4,600.00" in shown(client, url)
    live = db.session.scalars(select(ContributionBase).where(ContributionBase.superseded_at.is_(None))).one()
    assert client.post(f"{url}/{live.id}/withdraw").status_code == 302
    assert "没有申报缴费基数" in shown(client, url)


def test_a_strange_street_keeps_no_base(app: Flask) -> None:
    town = PaidTown()
    client = signed_in(app, town.stranger.name)
    url = f"/pay/people/{town.worker.id}/bases"
    assert client.get(url).status_code == 404
    assert client.post(url, data={"starts_on": "2025-07", "amount": "4500"}).status_code == 404
    assert db.session.scalar(select(ContributionBase.id)) is None


def test_the_differences_of_a_month_come_as_a_workbook(app: Flask) -> None:
    town = PaidTown()
    town.pay(OCTOBER)
    town.certify(town.worker, date(2025, 10, 9))
    run_id = town.draft(NOVEMBER)
    answer = signed_in(app, town.hr.name).get(f"/pay/runs/{run_id}/differences.xlsx")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"


def test_registers_and_slips_come_as_pdf_one_by_one_and_in_bulk(app: Flask) -> None:
    town = PaidTown(example=True)
    run_id = town.pay(NOVEMBER)
    line = town.line(run_id, town.worker)
    client = signed_in(app, make_actor(Role.FINANCE, town.town.district).name)
    for url in (f"/print/registers/{line.register_id}/register.pdf", f"/print/lines/{line.id}/slip.pdf"):
        assert client.get(url).data[:5] == b"%PDF-"
    assert client.get(f"/print/registers/{line.register_id}/register.xlsx").data[:2] == b"PK"
    client.post(f"/print/registers/{line.register_id}/slips")
    client.post(f"/print/runs/{run_id}/registers")
    client.post(f"/print/runs/{run_id}/registers", data={"as": "xlsx"})
    do_jobs()
    made = db.session.scalars(select(Job).order_by(Job.id)).all()
    assert [job.state for job in made] == [JobState.DONE] * 3
    assert [job.result_name for job in made] == [
        "费城街道2025年11月工资条.pdf",
        "费县2025年11月工资发放登记表.pdf",
        "费县2025年11月工资发放登记表.xlsx",
    ]


def test_the_month_that_waits_is_a_task(app: Flask) -> None:
    town = PaidTown(ladder=True)
    town.place(town.worker, 2, date(2024, 1, 1))
    town.draft(NOVEMBER)
    assert "确认发放 费县 2025-11 工资" in shown(signed_in(app, town.hr.name), "/")
    assert "补齐 2025-11 工资所需资料" in shown(signed_in(app, town.clerk.name), "/")


def test_a_register_and_a_slip_are_checked_by_the_code_at_their_foot(app: Flask) -> None:
    town = PaidTown()
    run_id = town.draft(NOVEMBER)
    line = town.line(run_id, town.worker)
    client = signed_in(app, town.hr.name)
    register = db.session.get_one(PayRegister, line.register_id)
    papers = [
        (register_number(register), register_code(register)),
        (slip_number(line), slip_code(line)),
    ]
    for number, code in papers:
        assert "一致：这份表打印之后" in shown(client, f"/print/check?number={number}&code={code}")
    town.certify(town.worker, NOVEMBER)
    reckon_run(town.hr, run_id)
    number, code = papers[0]
    assert "不一致" in shown(client, f"/print/check?number={number}&code={code}")
    stranger = signed_in(app, town.stranger.name)
    assert "没有找到编号为" in shown(stranger, f"/print/check?number={number}&code={code}")
