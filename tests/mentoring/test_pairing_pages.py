"""The pages of pairings: the list with what asks for something first, agreeing, one pairing, its logs and its end."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.mentoring.models import MentoringLog, MentoringReview, Pairing, PairingState
from tests.factories.access import signed_in
from tests.factories.employees import CLERK, selects_of
from tests.factories.mentoring import make_log, make_mentor, make_mentoring_review, make_pairing
from tests.mentoring.office import Office

MOST_QUERIES = 8
FOR_FIT = 8
"""Further queries of the page that compares all mentors with somebody."""


def test_what_asks_for_something_stands_first(app: Flask) -> None:
    office = Office()
    mentor = make_mentor(office.town.street, cap=9)
    people = {name: office.person(name=name) for name in ("停滞者", "逾期者", "期满者", "顺利者", "将来者")}
    pairs = {
        "停滞者": make_pairing(mentor, people["停滞者"], office.town.community),
        "逾期者": make_pairing(mentor, people["逾期者"], office.town.community),
        "期满者": make_pairing(mentor, people["期满者"], office.town.community, ends_on=date(2025, 11, 30)),
        "顺利者": make_pairing(mentor, people["顺利者"], office.town.community, starts_on=date(2025, 10, 1)),
        "将来者": make_pairing(mentor, people["将来者"], office.town.community, starts_on=date(2026, 1, 1)),
    }
    for name in ("逾期者", "顺利者"):
        make_log(pairs[name])
    text = signed_in(app, office.street).get("/mentoring/pairings").text.split("<tbody>")[1]
    places = [text.index(f"{name}</a>") for name in pairs]
    assert places == sorted(places)
    for said in ("停滞", "评估逾期", "待评价", "帮带中", "未开始"):
        assert f"{said}</span>" in text


def test_the_list_is_narrowed_by_state_person_mentor_and_unit(app: Flask) -> None:
    office = Office()
    one, other = make_mentor(office.town.street, name="周甲"), make_mentor(office.town.street, name="吴乙")
    first, second = office.person(), office.person(office.town.neighbour)
    make_pairing(one, first, office.town.community)
    make_pairing(other, second, office.town.neighbour, state=PairingState.ENDED, ended_on=date(2025, 6, 30))
    client = signed_in(app, office.street)
    for asked, shown in (
        ("", {first.name}),
        ("state=ended", {second.name}),
        ("state=all", {first.name, second.name}),
        ("state=all&mentor=吴乙", {second.name}),
        ("state=all&unit=银杏社区", {second.name}),
        (f"state=all&q={first.name}", {first.name}),
        ("on=2025-05-01", {first.name, second.name}),
    ):
        text = client.get(f"/mentoring/pairings?{asked}").text
        assert {name for name in (first.name, second.name) if name in text} == shown, asked
    assert first.name not in signed_in(app, office.stranger).get("/mentoring/pairings?state=all").text


def test_a_page_of_pairings_costs_the_same_however_many_there_are(app: Flask) -> None:
    office = Office()
    mentor, person = make_mentor(office.town.street), office.person()
    for _ in range(60):
        make_log(make_pairing(mentor, person, office.town.community))
    client = signed_in(app, office.street)
    assert len(selects_of(lambda: client.get("/mentoring/pairings"))) <= MOST_QUERIES
    first = client.get("/mentoring/pairings").text
    after = first.split("after=")[1].split('"')[0].split("&")[0]
    assert first.count('<th scope="row">') == 50
    assert client.get(f"/mentoring/pairings?after={after}").text.count('<th scope="row">') == 10


def test_a_street_pairs_somebody_with_a_mentor_whose_reasons_it_sees(app: Flask) -> None:
    office = Office()
    person = office.person()
    suited = make_mentor(office.town.other_street, expertise=["civil"])
    make_mentor(office.town.street, expertise=["party"])
    client = signed_in(app, office.street)
    found = client.get(f"/mentoring/pairings/new?q={person.name}&wanted=civil").text
    assert found.index(f"选择{suited.name}") == min(found.index(text) for text in (f"选择{suited.name}", "选择周导"))
    assert "想学 1 项，导师有专长 1 项：民政救助" in found
    page = f"/mentoring/pairings/new?employee={person.id}&mentor={suited.id}&on=2025-12-01&wanted=civil"
    assert "2025-001" in client.get(page).text
    assert len(selects_of(lambda: client.get(page))) <= MOST_QUERIES + FOR_FIT
    sent = {"number": "2025-001", "starts_on": "2025-12-01", "wanted": ["civil"], "goals": "独立办理低保。"}
    refused = client.post(page, data={**sent, "goals": ""})
    assert refused.status_code == 422
    assert "请填写帮带目标" in refused.text or "请写明帮带目标" in refused.text
    answer = client.post(page, data=sent)
    assert answer.status_code == 302, answer.text
    text = client.get(answer.location).text
    for said in ("2025-12-01 至 2026-11-30", "民政救助", "独立办理低保。", "2026-02-28 前"):
        assert said in text


def test_a_full_mentor_is_taken_only_with_a_reason(app: Flask) -> None:
    office = Office()
    mentor, person = make_mentor(office.town.street, cap=1), office.person()
    make_pairing(mentor, office.person(), office.town.community)
    client = signed_in(app, office.street)
    page = f"/mentoring/pairings/new?employee={person.id}&mentor={mentor.id}"
    assert "满员，须写明理由" in client.get(page).text
    sent = {"number": "2号", "starts_on": "2025-12-01", "goals": "独立办理。"}
    refused = client.post(page, data=sent)
    assert refused.status_code == 422
    assert "确需超额结对的请填写理由" in refused.text
    assert client.post(page, data={**sent, "cap_reason": "新社区急需"}).status_code == 302


def test_logs_and_reviews_are_kept_on_the_page_of_the_pairing(app: Flask) -> None:
    office = Office()
    pairing = make_pairing(make_mentor(office.town.street), office.person(), office.town.community)
    client = signed_in(app, office.secretary)
    page = f"/mentoring/pairings/{pairing.id}"
    log = {"on": "2025-12-01", "hours": "1.5", "topic": "低保核查", "text": "入户"}
    assert client.post(f"{page}/logs/new", data=log).status_code == 302
    assert client.post(f"{page}/logs/new", data={**log, "on": "2025-12-06"}).status_code == 422
    review = {"on": "2025-12-02", "progress": "能独立受理", "opinion": ""}
    assert client.post(f"{page}/reviews/new", data=review).status_code == 302
    text = client.get(page).text
    for said in ("低保核查", "1.5 小时", "能独立受理", "未评估", "已评估"):
        assert said in text
    assert len(selects_of(lambda: client.get(page))) <= MOST_QUERIES
    made, held = db.session.scalars(select(MentoringLog)).one(), db.session.scalars(select(MentoringReview)).one()
    changed = {**log, "topic": "高龄津贴", "version": "1"}
    assert client.post(f"/mentoring/logs/{made.id}", data=changed).status_code == 302
    assert client.post(f"/mentoring/logs/{made.id}", data=changed).status_code == 409
    assert "能独立受理" in client.get(f"/mentoring/reviews/{held.id}").text
    assert client.post(f"/mentoring/reviews/{held.id}", data={**review, "version": "1"}).status_code == 302
    client.post(f"/mentoring/logs/{made.id}/drop")
    client.post(f"/mentoring/reviews/{held.id}/drop")
    text = client.get(page).text
    assert "高龄津贴" not in text
    assert "能独立受理" not in text


def test_a_pairing_is_evaluated_by_both_and_completed(app: Flask) -> None:
    office = Office()
    mentor, mentee = make_mentor(office.town.street), office.person()
    running = make_pairing(mentor, mentee, office.town.community)
    over = {"starts_on": date(2024, 12, 1), "ends_on": date(2025, 11, 30)}
    pairing = make_pairing(mentor, mentee, office.town.community, **over)
    make_mentoring_review(pairing)
    client, page = signed_in(app, office.street), f"/mentoring/pairings/{pairing.id}"
    assert "期满办结" not in client.get(f"/mentoring/pairings/{running.id}").text
    for way in ("evaluate-mentee", "evaluate-mentor"):
        assert client.post(f"{page}/{way}", data={"grade": "excellent", "opinion": "很好"}).status_code == 302
    refused = client.post(f"{page}/complete", data={"on": "2025-12-05", "opinion": ""})
    assert refused.status_code == 422
    assert "缺 3 次季度评估" in refused.text
    sent = {"on": "2025-12-05", "opinion": "其余季度导师外出培训，已补课。"}
    assert client.post(f"{page}/complete", data=sent).status_code == 302
    text = client.get(page).text
    assert "已办结" in text
    assert "优秀 很好" in text
    assert client.post(f"{page}/reopen", data={"reason": "评语有误"}).status_code == 302
    assert "办结后恢复办理：评语有误" in client.get(page).text


def test_a_pairing_is_changed_ended_taken_back_and_dropped(app: Flask) -> None:
    office = Office()
    pairing = make_pairing(make_mentor(office.town.street), office.person(), office.town.community)
    client, page = signed_in(app, office.street), f"/mentoring/pairings/{pairing.id}"
    sent = {"ends_on": "2026-05-31", "goals": "独立办理。", "wanted": ["party"], "version": "1"}
    assert pairing.goals in client.get(f"{page}/edit").text
    assert client.post(f"{page}/edit", data=sent).status_code == 302
    assert client.post(f"{page}/edit", data=sent).status_code == 409
    assert "党建" in client.get(page).text
    early = {"ends_on": "2025-11-30", "reason": "岗位调整"}
    assert client.post(f"{page}/end", data=early).status_code == 302
    assert "2025-11-30 提前结束：岗位调整" in client.get(page).text
    client.post(f"{page}/undo-ending")
    assert db.session.get_one(Pairing, pairing.id).state is PairingState.AGREED
    assert client.post(f"{page}/drop", data={"reason": "录入有误"}).status_code == 302
    assert "已作废：录入有误" in client.get(page).text


def test_a_pairing_of_which_one_has_left_says_so(app: Flask) -> None:
    office = Office()
    secretary, mentee = office.person(), office.person()
    mentor = make_mentor(office.town.community, secretary)
    pairing = make_pairing(mentor, mentee, office.town.community)
    client = signed_in(app, office.street)
    pages = (f"/mentoring/pairings/{pairing.id}", "/mentoring/pairings")
    assert all("离职" not in client.get(page).text for page in pages)
    end_service(CLERK, secretary.id, EndOfService(left_on=date(2025, 10, 31), reason="退休"))
    assert all("导师已于 2025-10-31 离职" in client.get(page).text for page in pages)
    end_service(CLERK, mentee.id, EndOfService(left_on=date(2025, 11, 30), reason="辞职"))
    assert all("帮带对象已于 2025-11-30 离职" in client.get(page).text for page in pages)
