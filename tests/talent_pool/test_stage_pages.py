"""The pages of a selection's stages: progress, the grid with and without script."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from careerpath.talent_pool.models import SelectionState
from tests.factories.access import signed_in
from tests.factories.employees import selects_of
from tests.talent_pool.contests import HELD, Contest, day


def at(contest: Contest, page: str = "") -> str:
    """An address of the selection."""
    return f"/talent-pool/selections/{contest.selection_id}/stages{page}"


def patched(
    client: FlaskClient, contest: Contest, name: str, values: dict[str, str], version: int = 0
) -> tuple[int, Any]:
    """Status and answer of one row that is saved by script."""
    address = at(contest, f"/points?stage=recommendation&entrant={contest.ids[name]}")
    answer = client.patch(address, json={"version": version, "values": values})
    return answer.status_code, answer.json


def three(contest: Contest) -> None:
    """Two people for one place, one for another."""
    for name, unit in (("甲", "书苑"), ("乙", "书苑"), ("丙", "文昌")):
        contest.enter(name, unit)


def test_progress_is_told_stage_by_stage(app: Flask) -> None:
    contest = Contest()
    three(contest)
    contest.put("recommendation", {"甲": "80", "乙": "70"})
    with day(HELD):
        page = signed_in(app, contest.office).get(at(contest)).text
    for text in ("民主推荐", "竞岗演讲", "面谈", "1 个单位未录全", "录入成绩", "结束测评"):
        assert text in page


def test_a_street_sees_its_own_units_and_may_not_write(app: Flask) -> None:
    contest = Contest()
    three(contest)
    with day(HELD):
        client = signed_in(app, contest.clerk)
        page = client.get(at(contest, "/points?stage=recommendation")).text
        assert "林甲" in page
        assert "林丙" not in page
        assert "data-grid-saved" in page
        assert f'name="{contest.ids["甲"]}:points"' not in page
        assert patched(client, contest, "甲", {"points": "80"})[0] == 403


def test_a_row_is_saved_as_it_is_typed(app: Flask) -> None:
    contest = Contest()
    three(contest)
    with day(HELD):
        client = signed_in(app, contest.office)
        status, answer = patched(client, contest, "甲", {"points": "88.5"})
        assert (status, answer["version"], answer["shown"]["points"]) == (200, 1, "88.50")
        assert answer["summary"] == {"filled": 1, "expected": 3}
        status, answer = patched(client, contest, "甲", {"points": "90"}, version=0)
        assert (status, answer["current"]["values"]["points"]) == (409, "88.50")
        status, answer = patched(client, contest, "甲", {"points": "101"}, version=1)
        assert (status, list(answer["faults"])) == (422, ["points"])
        status, answer = patched(client, contest, "甲", {"points": "八十"}, version=1)
        assert (status, list(answer["faults"])) == (422, ["points"])
        status, answer = patched(client, contest, "甲", {"points": ""}, version=1)
        assert (status, answer["state"]) == (200, "empty")


def test_a_tally_is_saved_once_both_numbers_are_there(app: Flask) -> None:
    contest = Contest()
    three(contest)
    with day(HELD):
        client = signed_in(app, contest.office)
        status, answer = patched(client, contest, "甲", {"votes_for": "30"})
        assert (status, list(answer["faults"])) == (422, ["votes_cast"])
        status, answer = patched(client, contest, "甲", {"votes_for": "30", "votes_cast": "40"})
        assert (status, answer["shown"]["points"]) == (200, "75.00")
        status, answer = patched(client, contest, "甲", {"votes_for": "20"}, version=1)
        assert (status, answer["shown"]["points"]) == (200, "50.00")
        assert patched(client, contest, "甲", {"votes_for": "2.5"}, version=2)[0] == 422
        page = client.get(at(contest, "/points?stage=recommendation")).text
    assert f'name="{contest.ids["甲"]}:votes_for"' in page


def test_a_strange_body_or_stage_or_entrant_is_no_row(app: Flask) -> None:
    contest = Contest()
    three(contest)
    with day(HELD):
        client = signed_in(app, contest.office)
        assert patched(client, contest, "甲", {"grade": "1"})[0] == 422
        assert client.patch(at(contest, f"/points?entrant={contest.ids['甲']}"), json=[]).status_code == 422
        assert client.patch(at(contest, "/points?entrant=99999"), json={}).status_code == 404
        assert client.get(at(contest, "/points?stage=exam")).status_code == 404


def test_a_page_is_kept_whole_without_script(app: Flask) -> None:
    contest = Contest()
    three(contest)
    with day(HELD):
        client = signed_in(app, contest.office)
        rows = {f"{contest.ids[name]}:version": "0" for name in "甲乙丙"}
        rows |= {
            f"{contest.ids['甲']}:points": "80",
            f"{contest.ids['乙']}:points": "",
            f"{contest.ids['丙']}:points": "70",
        }
        address = at(contest, "/points?stage=recommendation")
        answer = client.post(address, data=rows, follow_redirects=True)
        assert "已保存，2 人有变动" in answer.text
        answer = client.post(address, data=rows, follow_redirects=True)
        assert "没有保存：这一行刚刚被其他人修改" in answer.text


def test_the_stages_are_ended_and_taken_up_again_on_the_page(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    with day(HELD):
        client = signed_in(app, contest.office)
        refused = client.post(at(contest, "/finish"))
        assert (refused.status_code, "“民主推荐”环节还有 1 人没有成绩" in refused.text) == (422, True)
    for stage in ("recommendation", "speech", "interview"):
        contest.put(stage, {"甲": "80"})
    with day(HELD):
        assert "/results" in client.post(at(contest, "/finish")).location
        assert "退回测评" in client.get(at(contest)).text
        assert client.post(at(contest, "/reopen"), data={"reason": ""}).status_code == 422
        client.post(at(contest, "/reopen"), data={"reason": "面谈成绩有误"})
    assert contest.selection.state is SelectionState.STAGES


def test_points_wait_for_the_day_of_the_stages(app: Flask) -> None:
    contest = Contest()
    three(contest)
    client = signed_in(app, contest.office)
    page = client.get(at(contest, "/points?stage=recommendation")).text
    assert "测评定于 2025-12-20 开始" in page
    assert f'name="{contest.ids["甲"]}:points"' not in page


def test_before_the_nominations_are_closed_there_is_nothing_to_type(app: Flask) -> None:
    contest = Contest(SelectionState.NOMINATION)
    contest.enter("甲")
    assert "测评还没有开始" in signed_in(app, contest.office).get(at(contest)).text


def test_pages_cost_the_same_however_many_people_there_are(app: Flask) -> None:
    contest = Contest()
    for number in range(12):
        contest.enter(f"考{chr(0x4E00 + number)}", "书苑" if number % 2 else "文昌")
    with day(HELD):
        client = signed_in(app, contest.office)
        for page in ("", "/points?stage=recommendation"):
            client.get(at(contest, page))
            asked = [one for one in selects_of(lambda page=page: client.get(at(contest, page))) if "sign_in" not in one]  # type: ignore[misc]
            assert len(asked) <= 8, "\n".join(asked)
