"""The pages of rotations: what each role sees and does on them, and how many queries they cost."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.operations.people import link_account
from careerpath.rotations.models import HostKind, Rotation, RotationReport, RotationState, RotationWish
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, selects_of
from tests.factories.rotations import make_host, make_report, make_rotation, make_wish
from tests.rotations.lending import DOCUMENT, ENDS, PROPOSED, STARTS, Lending, day

MOST_QUERIES = 8
FRAME = 3
"""What every page asks for besides: the account, its roles, the sign-in."""


def test_the_street_proposes_and_is_shown_what_stands_against_it(app: Flask) -> None:
    office = Lending()
    person = office.person()
    typed = {
        "employee": person.id,
        "kind": "secondment",
        "host": office.host.name,
        "host_id": office.host.id,
        "host_post": "干事",
        "starts_on": "2025-09-01",
        "ends_on": "2025-11-30",
    }
    with day(PROPOSED):
        browser = signed_in(app, office.street)
        assert person.name in browser.get(f"/rotations/new?q={person.number}").text
        checked = browser.post("/rotations/new", data=typed | {"check": "1"})
        assert (checked.status_code, "少于规定的 6 个月" in checked.text) == (200, True)
        refused = browser.post("/rotations/new", data=typed)
        assert (refused.status_code, "确需如此安排的，请写明理由" in refused.text) == (422, True)
        done = browser.post("/rotations/new", data=typed | {"reason": "专班任务"}, follow_redirects=True)
    assert "已提出，等待区级批准。" in done.text
    assert db.session.query(Rotation).count() == 1


def test_a_community_is_a_host_as_soon_as_somebody_goes_there(app: Flask) -> None:
    office = Lending()
    person = office.person()
    typed = {
        "employee": person.id, "kind": "rotation", "host": office.town.foreign.name, "host_id": "",
        "host_post": "社区工作者", "starts_on": "2025-09-01", "ends_on": "2026-02-28",
    }  # fmt: skip
    with day(PROPOSED):
        browser = signed_in(app, office.street)
        found = browser.get("/rotations/hosts/search?q=文昌").json
        assert found == [{"id": f"u{office.town.foreign.id}", "name": "文昌社区", "unit": "上冶镇"}]
        assert browser.post("/rotations/new", data=typed).status_code == 302
        made = db.session.query(Rotation).one()
        change = f"/rotations/{made.id}/edit"
        assert "社区工作者" in browser.get(change).text
        changed = typed | {"host_id": made.host_id, "host_post": "网格员", "version": made.version}
        assert browser.post(change, data=changed).status_code == 302
        assert (browser.post(change, data=changed).status_code, "网格员" in browser.get(change).text) == (409, True)
        again = browser.get("/rotations/hosts/search?q=文昌").json
    assert again is not None
    assert not again[0]["id"].startswith("u")
    rotation = db.session.query(Rotation).one()
    hosting = signed_in(app, office.other_street)
    edit = f"/rotations/hosts/{rotation.host_id}/edit"
    assert "锻炼方式" in hosting.get(edit).text
    hosting.post(edit, data={"places": "3", "version": "1"})
    assert "<dt>可接收</dt><dd>3</dd>" in hosting.get(f"/rotations/hosts/{rotation.host_id}").text
    page = hosting.get(f"/rotations/{rotation.id}")
    assert (page.status_code, person.name in page.text, "人员档案" in page.text) == (200, True, False)


def test_a_cadre_is_sent_down_from_a_page_of_its_own(app: Flask) -> None:
    office = Lending()
    typed = {
        "person_name": "赵某", "home_name": "费城街道党政办副主任", "unit": "费城街道", "unit_id": "",
        "kind": "downward", "host": "银杏社区", "host_post": "第一书记", "starts_on": "2025-09-01",
        "ends_on": "2026-08-31",
    }  # fmt: skip
    with day(PROPOSED):
        browser = signed_in(app, office.street)
        assert "下派干部到社区" in browser.get("/rotations/new/cadre").text
        shown = browser.post("/rotations/new/cadre", data=typed, follow_redirects=True).text
    assert "赵某 · 下派" in shown


def test_the_district_approves_extends_returns_evaluates_and_reopens_on_the_page(app: Flask) -> None:
    office = Lending()
    rotation = office.proposed()
    place = f"/rotations/{rotation.id}"
    with day(PROPOSED):
        browser = signed_in(app, office.district)
        assert browser.post(f"{place}/approve", data={"document": "", "on": "2025-08-20"}).status_code == 422
        browser.post(f"{place}/approve", data={"document": DOCUMENT, "on": "2025-08-20"})
    with day(ENDS):
        browser = signed_in(app, office.district)
        browser.post(f"{place}/extend", data={"extend-ends_on": "2026-03-31"})
        browser.post(f"{place}/extend", data={"extend-ends_on": "2026-02-28"})
        early = browser.post(f"{place}/return", data={"back-returned_on": "2026-02-01"})
        assert (early.status_code, "提前返回的请写明原因" in early.text) == (422, True)
        browser.post(f"{place}/return", data={"back-returned_on": "2026-02-28"})
        browser.post(f"{place}/undo-return", data={"undo-reason": "误点"})
        browser.post(f"{place}/return", data={"back-returned_on": "2026-02-28"})
        judged = {"judge-grade": "good", "judge-host_opinion": "表现良好。", "judge-on": "2026-02-28"}
        shown = browser.post(f"{place}/evaluate", data=judged, follow_redirects=True).text
        assert "良好" in shown
        browser.post(f"{place}/reopen", data={"reopen-reason": "等次有误"})
    assert office.again(rotation.id).state is RotationState.RETURNED


def test_both_offices_report_and_the_host_opens_no_file(app: Flask) -> None:
    office = Lending()
    host = make_host(office.town.other_street, kind=HostKind.UNIT, at_unit_id=office.town.foreign.id, name="文昌社区")
    rotation = office.approved(host_id=host.id)
    hosting = make_actor(Role.COMMUNITY_SECRETARY, office.town.foreign)
    place = f"/rotations/{rotation.id}"
    with day(date(2025, 12, 1)):
        assert "2025-11-30 前应报告" in signed_in(app, office.street).get(place).text
        browser = signed_in(app, hosting)
        browser.post(f"{place}/reports", data={"on": "2025-11-30", "text": "熟悉了网格工作。"})
        report = db.session.query(RotationReport).one()
        assert browser.get(f"/rotations/reports/{report.id}/edit").status_code == 200
        browser.post(
            f"/rotations/reports/{report.id}/edit",
            data={"on": "2025-11-29", "text": "熟悉了网格工作和走访。", "version": "1"},
        )
        stale = browser.post(
            f"/rotations/reports/{report.id}/edit", data={"on": "2025-11-29", "text": "旧稿", "version": "1"}
        )
        assert (stale.status_code, "熟悉了网格工作和走访。" in stale.text) == (409, True)
        shown = signed_in(app, office.secretary).get(place).text
        assert "2025-11-29 已报" in shown
        browser.post(f"{place}/summary", data={"summary-work": "走访", "summary-summary": "有收获。"})
        browser.post(f"/rotations/reports/{report.id}/drop")
    db.session.expire_all()
    assert db.session.query(RotationReport).count() == 0
    assert office.again(rotation.id).work == "走访"


def test_an_overdue_return_is_told_on_list_page_and_start_page(app: Flask) -> None:
    office = Lending()
    rotation = office.approved()
    with day(date(2026, 3, 10)):
        browser = signed_in(app, office.district)
        assert "已逾期 10 天" in browser.get(f"/rotations/{rotation.id}").text
        listed = browser.get("/rotations/?state=overdue").text
        home = browser.get("/").text
    assert "共 1 人次" in listed
    assert "1 人逾期未归" in home


def test_many_are_approved_from_the_list(app: Flask) -> None:
    office = Lending()
    made = [office.proposed() for _ in range(2)]
    with day(PROPOSED):
        browser = signed_in(app, office.district)
        assert "批准文号" in browser.get("/rotations/?state=proposed").text
        wanted = {"ids": [one.id for one in made], "document": DOCUMENT, "on": "2025-08-20"}
        shown = browser.post("/rotations/approve", data=wanted, follow_redirects=True).text
        assert "已批准 2 人" in shown
        assert "请填写批准文号" in browser.post("/rotations/approve", data={}, follow_redirects=True).text


def test_hosts_are_kept_changed_retired_and_restored(app: Flask) -> None:
    office = Lending()
    browser = signed_in(app, office.street)
    typed = {"unit_id": office.town.street.id, "name": "综治中心", "kind": "department", "places": "2",
             "kinds": ["shadowing"], "contact": "李某"}  # fmt: skip
    shown = browser.post("/rotations/hosts/new", data=typed, follow_redirects=True)
    assert "跟岗学习" in shown.text
    host_id = shown.request.path.rsplit("/", 1)[1]
    edit = f"/rotations/hosts/{host_id}/edit"
    assert browser.get(edit).status_code == 200
    assert browser.post(edit, data=typed | {"name": "平安办", "version": "1"}).status_code == 302
    assert browser.post(edit, data=typed | {"version": "1"}).status_code == 409
    browser.post(f"/rotations/hosts/{host_id}/retire")
    assert "平安办" in browser.get("/rotations/hosts?state=retired").text
    browser.post(f"/rotations/hosts/{host_id}/restore")
    assert "平安办" in browser.get("/rotations/hosts?state=free&q=平安").text


def test_the_office_answers_a_wish(app: Flask) -> None:
    office = Lending()
    person = office.person()
    browser = signed_in(app, office.street)
    assert person.name in browser.get(f"/rotations/wishes/new?q={person.number}").text
    typed = {"employee": person.id, "kind": "secondment", "host": office.host.name, "note": "想学党建"}
    assert browser.post("/rotations/wishes/new", data=typed).status_code == 302
    wish = db.session.query(RotationWish).one()
    assert "想学党建" in browser.get("/rotations/wishes").text
    begun = browser.get(f"/rotations/new?employee={person.id}&wish={wish.id}").text
    assert "县委社会工作部" in begun
    browser.post(f"/rotations/wishes/{wish.id}/withdraw")
    assert "想学党建" not in browser.get("/rotations/wishes").text
    browser.post(f"/rotations/wishes/{wish.id}/restore")
    assert "想学党建" in browser.get("/rotations/wishes").text


def test_a_worker_wishes_reports_and_sums_up_on_a_page_of_their_own(app: Flask) -> None:
    office = Lending()
    person = office.person()
    worker = make_actor(Role.WORKER, office.town.community)
    assert worker.user_id is not None
    link_account(CLERK, person.id, worker.user_id)
    rotation = office.approved(person)
    foreign = make_report(make_rotation(office.person(), office.host))
    with day(date(2025, 12, 2)):
        browser = signed_in(app, worker)
        assert "缺报" in browser.get("/rotations/own").text
        own = f"/rotations/own/{rotation.id}"
        assert browser.get(f"{own}/report").status_code == 200
        browser.post(f"{own}/report", data={"on": "2025-12-01", "text": "参与走访。"})
        report = db.session.query(RotationReport).filter_by(rotation_id=rotation.id).one()
        assert browser.get(f"/rotations/own/reports/{report.id}/edit").status_code == 200
        browser.post(
            f"/rotations/own/reports/{report.id}/edit",
            data={"on": "2025-12-01", "text": "参与走访和台账。", "version": "1"},
        )
        browser.post(f"{own}/summary", data={"work": "走访", "summary": "有收获。"})
        browser.post("/rotations/own/wishes", data={"wish-kind": "", "wish-note": "想学矛盾调解"})
        shown = browser.get("/rotations/own").text
        assert browser.get(f"/rotations/own/reports/{foreign.id}/edit").status_code == 404
        wish = db.session.query(RotationWish).one()
        browser.post(f"/rotations/own/wishes/{wish.id}/withdraw")
        browser.post(f"/rotations/own/reports/{report.id}/drop")
    for said in ("晚报", "参与走访和台账。", "有收获。", "想学矛盾调解"):
        assert said in shown
    db.session.expire_all()
    assert db.session.query(RotationReport).filter_by(rotation_id=rotation.id).count() == 0
    assert db.session.query(RotationWish).one().closed_on == date(2025, 12, 2)


def test_an_account_without_a_file_is_told_so(app: Flask) -> None:
    office = Lending()
    actor = make_actor(Role.WORKER, office.town.community)
    assert "没有关联个人档案" in signed_in(app, actor).get("/rotations/own").text


def test_turns_name_who_has_never_gone_first_and_any_number_of_years_may_be_asked(app: Flask) -> None:
    office = Lending()
    never, long_ago, lately = office.person(), office.person(), office.person()
    gone: dict[str, Any] = {"state": RotationState.EVALUATED, "returned_on": date(2020, 3, 31)}
    make_rotation(long_ago, office.host, starts_on=date(2019, 10, 1), ends_on=date(2020, 3, 31), **gone)
    make_rotation(lately, office.host, starts_on=STARTS, ends_on=ENDS)
    browser = signed_in(app, office.street)
    shown = browser.get("/rotations/turns").text
    assert shown.index(never.name) < shown.index(long_ago.name)
    assert lately.name not in shown
    assert long_ago.name not in browser.get("/rotations/turns?years=10").text
    assert "共 3 人" in browser.get("/rotations/turns?state=all").text


def test_a_unit_shows_whom_it_lent_and_borrowed_and_how_many_are_on_duty(app: Flask) -> None:
    office = Lending()
    own, _, guest = office.person(), office.person(), office.person(office.town.foreign)
    here = make_host(office.town.street, kind=HostKind.UNIT, at_unit_id=office.town.community.id, name="书苑社区")
    make_rotation(own, office.host)
    make_rotation(guest, here, kind="rotation")
    browser = signed_in(app, office.street)
    place = f"/rotations/units/{office.town.community.id}"
    shown = " ".join(browser.get(place).text.split())
    assert own.name in shown
    assert guest.name in shown
    assert "<dt>在岗</dt><dd>2 <small>人</small></dd>" in shown
    assert own.name not in browser.get(f"{place}?on=2025-08-31").text
    assert "借出借入" in browser.get(f"/units/{office.town.community.id}").text


@pytest.mark.parametrize(
    "address",
    ["/rotations/", "/rotations/hosts", "/rotations/wishes", "/rotations/turns", "/rotations/units/{unit}",
     "/rotations/hosts/{host}"],
)  # fmt: skip
def test_a_list_costs_the_same_queries_however_many_rows(app: Flask, address: str) -> None:
    office = Lending()
    host = office.host

    def fill(count: int) -> None:
        for _ in range(count):
            person = office.person()
            make_wish(person)
            make_host(office.town.street)
            make_rotation(person, host)
            make_rotation(person, host, RotationState.EVALUATED, starts_on=date(2019, 1, 1), ends_on=date(2019, 6, 30))

    browser = signed_in(app, office.district)
    place = address.format(unit=office.town.street.id, host=host.id)
    fill(1)
    few = len(selects_of(lambda: browser.get(place)))
    fill(5)
    many = len(selects_of(lambda: browser.get(place)))
    assert many == few <= MOST_QUERIES + FRAME


def test_hosts_are_narrowed_to_where_a_line_of_work_can_be_learnt(app: Flask) -> None:
    office = Lending()
    make_host(office.town.district, name="信访局", lines=["mediation"])
    make_host(office.town.district, name="民政局", lines=["relief", "mediation_other"])
    with day(PROPOSED):
        page = signed_in(app, office.district).get("/rotations/hosts?line=mediation").text
    assert "信访局" in page
    assert "民政局" not in page
