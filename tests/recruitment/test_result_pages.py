"""The pages of the final list, of one person, of checks, notice and appointments."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.models import Channel
from careerpath.recruitment.models import (
    Appointment,
    BatchState,
    CandidateCheck,
    DirectResult,
    Objection,
)
from careerpath.recruitment.operations.appointments import appoint_many
from careerpath.recruitment.queries.results import final_lines
from tests.factories.access import signed_in
from tests.factories.employees import selects_of
from tests.recruitment.finals import APPOINTED, CHECKED, NOTICE, PUBLISHED, TERMS, Contest, day


def opened(client: FlaskClient, contest: Contest, page: str = "results", status: int = 200) -> str:
    """The text of a page of the batch."""
    answer = client.get(f"/recruitment/batches/{contest.batch_id}/{page}")
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def sent(client: FlaskClient, address: str, data: Mapping[str, Any], status: int = 302) -> str:
    """Send a form; gives the text of the answer."""
    answer = client.post(f"/recruitment/{address}", data=dict(data))
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def of(contest: Contest, name: str) -> str:
    """The address of somebody's page."""
    return f"candidates/{contest.names[name]}"


def test_the_list_is_published_from_its_page_and_shows_marks_words_and_marks_beside_colours(app: Flask) -> None:
    contest = Contest()
    position = contest.position()
    for name, points in (("甲", "90"), ("乙", "85.5"), ("丙", "80"), ("丁", "70")):
        contest.candidate(name, position, points, points)
    with day(PUBLISHED):
        client = signed_in(app, contest.office)
        assert "公布最终名单" in opened(client, contest)
        sent(client, f"batches/{contest.batch_id}/results/release", {})
        page = opened(client, contest)
        everybody = opened(client, contest, "results?outcome=all")
    assert "85.50" in page
    assert "拟聘用" in page
    assert '<span class="mark-shape" aria-hidden="true">●</span>' in page
    assert "丁" not in page
    assert "丁" in everybody


def test_a_tie_is_decided_on_the_page_and_a_missing_order_is_told(app: Flask) -> None:
    contest = Contest()
    position = contest.position()
    for name in "甲乙":
        contest.candidate(name, position)
    numbers = {name: contest.number(name) for name in "甲乙"}
    with day(PUBLISHED):
        client = signed_in(app, contest.office)
        assert "并列，待人工决定" in opened(client, contest)
        address = f"batches/{contest.batch_id}/results/order"
        given = {f"order:{numbers['甲']}": "2", f"order:{numbers['乙']}": ""}
        assert "填写先后顺序" in sent(client, address, given | {"reason": "加试"}, 422)
        given[f"order:{numbers['乙']}"] = "1"
        sent(client, address, given | {"reason": "加试"})
        sent(client, f"batches/{contest.batch_id}/results/release", {})
    assert contest.outcomes() == {"甲": "reserve", "乙": "proposed"}


def test_the_result_of_a_by_election_is_recorded_on_its_page(app: Flask) -> None:
    contest = Contest(BatchState.EXAM)
    one = contest.elected("甲", contest.position(channel=Channel.BY_ELECTION))
    with day(PUBLISHED):
        client = signed_in(app, contest.office)
        assert "60 / 80 票" in opened(client, contest)
        data = {
            "successful": "yes",
            "held_on": "2026-01-09",
            "votes_for": "70",
            "votes_cast": "60",
            "document": "报告单",
        }
        address = f"candidates/{one.id}/result"
        assert "得票 70 应在 0 至参加投票人数 60 之间" in sent(client, address, data, 422)
        sent(client, address, data | {"votes_cast": "80"})
    assert db.session.scalars(select(DirectResult)).one().votes_for == 70


def test_checks_of_many_are_typed_in_one_table(app: Flask) -> None:
    contest = Contest()
    position = contest.position(2)
    for name in "甲乙":
        contest.candidate(name, position)
    contest.release()
    first, second = (contest.names[name] for name in "甲乙")
    data = {"medical:on": "2026-01-26", "medical:place": "费县人民医院", f"{first}:medical": "yes"}
    address = f"batches/{contest.batch_id}/checks"
    with day(CHECKED):
        client = signed_in(app, contest.office)
        assert "甲" in opened(client, contest, "checks")
        refused = sent(client, address, data | {f"{second}:medical": "no"}, 422)
        assert "体检不合格，请写明原因" in refused
        assert db.session.scalars(select(CandidateCheck)).all() == []
        sent(client, address, data | {f"{second}:medical": "no", f"{second}:medical:note": "听力"})
    db.session.rollback()
    assert contest.outcomes() == {"甲": "proposed", "乙": "failed_medical"}
    places = {check.place for check in db.session.scalars(select(CandidateCheck))}
    assert places == {"费县人民医院"}


def test_a_person_is_explained_step_by_step_and_checked_and_gives_up_on_their_page(app: Flask) -> None:
    contest = Contest()
    position = contest.position()
    contest.candidate("甲", position, "90", "88")
    contest.candidate("乙", position, "80", "80")
    contest.release()
    with day(CHECKED):
        client = signed_in(app, contest.office)
        page = client.get(f"/recruitment/{of(contest, '甲')}").get_data(as_text=True)
        assert "总成绩 = 笔试 90 × 50% + 面试 88 × 50%" in page
        assert "第九条" in page
        check = {"kind": "medical", "passed": "no", "on": "2026-01-26", "note": "视力"}
        assert "有 1 处需要改正" in sent(client, f"{of(contest, '甲')}/check", check | {"on": "某日"}, 422)
        sent(client, f"{of(contest, '甲')}/check", check)
        assert "今天办理，以下人员递补" in opened(client, contest)
        assert "复检结果" in sent(client, f"{of(contest, '甲')}/departure/undo", {"reason": "误登记"}, 422)
        sent(client, f"batches/{contest.batch_id}/results/fill", {"on": "2026-01-26"})
        page = opened(client, contest)
        assert "2026-01-26 由乙递补" in page
        assert "拟聘用（递补）" in page
        sent(client, f"{of(contest, '乙')}/departure", {"on": "2026-01-26", "reason": "另有工作"})
        assert "递补名单已无人选" in opened(client, contest)
        page = client.get(f"/recruitment/{of(contest, '乙')}").get_data(as_text=True)
    assert "名额尚未递补" in page


def test_notice_objection_and_appointment_on_one_page(app: Flask) -> None:
    contest = Contest()
    contest.candidate("甲", contest.position())
    contest.release()
    contest.check("甲")
    base = f"batches/{contest.batch_id}/appointments"
    one = contest.names["甲"]
    with day(NOTICE[0]):
        client = signed_in(app, contest.office)
        assert "可以公示" in opened(client, contest, "appointments")
        given = {"starts_on": "2026-01-28", "ends_on": "2026-02-02", "ids": one}
        assert "只有 4 个工作日" in sent(client, f"{base}/notice", given, 422)
        sent(client, f"{base}/notice", given | {"ends_on": "2026-02-03"})
        objection = {"about": str(one), "received_on": "2026-01-28", "named": "yes", "text": "学历不实"}
        sent(client, f"{base}/objections", objection)
        objection_id = db.session.scalars(select(Objection.id)).one()
        assert "学历不实" in opened_at(client, f"objections/{objection_id}")
        answer = {"upheld": "no", "on": "2026-01-28", "answer": "学信网查询属实"}
    terms = {"starts_on": "2026-03-02", "contract_ends_on": "2029-03-01", "probation_ends_on": "2026-05-01", "ids": one}
    with day(APPOINTED):
        client = signed_in(app, contest.office)
        assert "对本人的异议尚未答复" in sent(client, f"{base}/appoint", terms, 422)
        sent(client, f"objections/{objection_id}", answer)
        page = opened(client, contest, "appointments")
        assert "可以聘用" in page
        assert 'value="2026-03-01"' in page
        usual = opened(client, contest, "appointments?starts=2026-04-01")
        assert 'value="2029-03-31"' in usual
        sent(client, f"{base}/appoint", terms | {"act": "usual"})
        assert db.session.query(Appointment).count() == 0
        sent(client, f"{base}/appoint", terms | {"probation_ends_on": "2026-12-31"})
        page = opened(client, contest, "appointments")
        address = f"{of(contest, '甲')}/appointment/cancel"
        assert "有 1 处需要改正" in sent(client, address, {"reason": ""}, 422)
        sent(client, address, {"reason": "误勾选"})
        assert "可以聘用" in opened(client, contest, "appointments")
        sent(client, f"{base}/appoint", terms)
    assert "超过《中华人民共和国劳动合同法》" in page
    assert "人员档案" in page


def opened_at(client: FlaskClient, address: str) -> str:
    """The text of a page by its address."""
    answer = client.get(f"/recruitment/{address}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_street_sees_its_own_people_alone_and_decides_nothing(app: Flask) -> None:
    contest = Contest()
    contest.candidate("甲", contest.position())
    contest.candidate("乙", contest.position(unit=contest.town.foreign))
    contest.release()
    with day(CHECKED):
        client = signed_in(app, contest.clerk)
        page = opened(client, contest)
        assert "甲" in page
        assert "乙" not in page
        assert "乙" not in opened(client, contest, "appointments")
        assert opened(client, contest, "checks", 403)
        assert client.get(f"/recruitment/{of(contest, '乙')}").status_code == 404
        page = opened_at(client, of(contest, "甲"))
    assert "登记放弃" not in page


@pytest.mark.parametrize("page", ["results", "checks", "appointments"])
def test_a_page_costs_the_same_however_many_people_there_are(app: Flask, page: str) -> None:
    contest = Contest()
    position = contest.position(40)
    for number in range(30):
        contest.candidate(f"考{chr(0x4E00 + number)}", position, str(60 + number), "80")
    contest.release()
    contest.check(*contest.names)
    contest.publish()
    with day(APPOINTED):
        client = signed_in(app, contest.office)
        appoint_many(contest.office, contest.batch_id, list(contest.names.values())[:10], TERMS)
        opened(client, contest, page)
        asked = [one for one in selects_of(lambda: opened(client, contest, page)) if "sign_in" not in one]
    assert len(asked) <= 8


def test_lines_are_found_by_name_number_and_position(app: Flask) -> None:
    contest = Contest()
    position = contest.position()
    contest.candidate("甲", position, "90", "90")
    contest.candidate("乙", position, "85", "85")
    contest.release()
    assert [one.name for one in final_lines(contest.office, contest.batch_id).rows] == ["甲", "乙"]
    client = signed_in(app, contest.office)
    for query, found in (
        (f"q={contest.number('乙')}", "乙"),
        ("outcome=proposed", "甲"),
        (f"position={position.code}", "乙"),
    ):
        assert f">{found}</a>" in opened(client, contest, f"results?{query}")
    assert "没有符合条件的人员" in opened(client, contest, "results?position=999")
