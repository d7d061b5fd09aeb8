"""The pages of exam and interviews: each step by its form, the grids with and without script, who may see them."""

import re
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.recruitment.models import Attendance, BatchState, InterviewMark, ScoreEntry
from careerpath.recruitment.operations.scores import settle_score, type_scores
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.recruitment.exams import INTERVIEW_ON, ExamDay, rules

MOST_QUERIES = 8


def address(day: ExamDay, path: str) -> str:
    return f"/recruitment/batches/{day.id}/{path}"


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_rooms_are_typed_one_a_line_and_the_numbers_drawn(app: Flask) -> None:
    day = ExamDay()
    client = signed_in(app, day.hr)
    assert "还没有编排考场" in client.get(address(day, "exam")).text
    answer = client.post(
        address(day, "exam/numbers"), data={"rooms": "费县第一中学 1 号楼 101\t4\n费县第一中学 1 号楼 102 4 座\n"}
    )
    assert answer.status_code == 302
    assert [(room.place, room.seats) for room in day.batch_rooms()] == [
        ("费县第一中学 1 号楼 101", 4),
        ("费县第一中学 1 号楼 102", 4),
    ]
    page = client.get(address(day, "exam"))
    assert "费县第一中学 1 号楼 102" in page.text
    assert page.text.count("<tr>") >= 3


@pytest.mark.parametrize(
    ("rooms", "fault"),
    [("", "请填写考场地点和座位数"), ("一中101", "第 1 行“一中101”缺少座位数"), ("一中 101 2", "还少 4 个")],
)
def test_rooms_that_cannot_be_read_or_are_too_few_stay_typed(app: Flask, rooms: str, fault: str) -> None:
    day = ExamDay()
    answer = signed_in(app, day.hr).post(address(day, "exam/numbers"), data={"rooms": rooms})
    assert answer.status_code == 422
    assert fault in answer.text
    assert rooms in answer.text


def test_a_room_is_marked_in_one_form_where_everybody_came_unless_it_is_said(app: Flask) -> None:
    day = ExamDay()
    day.draw()
    client = signed_in(app, day.hr)
    page = client.get(address(day, "exam/attendance?room=1"))
    numbers = re.findall(r'name="mark:(\d+)"', page.text)
    assert len(numbers) == 6
    assert page.text.count('<option value="present" selected>') == 6
    marks = {f"mark:{number}": "present" for number in numbers} | {f"mark:{numbers[0]}": "absent"}
    assert client.post(address(day, "exam/attendance?room=1"), data=marks).status_code == 302
    assert sorted(one.attendance or "" for one in day.people()) == [Attendance.ABSENT] + [Attendance.PRESENT] * 5
    refused = client.post(address(day, "exam/attendance?room=1"), data={f"mark:{numbers[0]}": "asleep"})
    assert refused.status_code == 422
    assert "不是到考情况" in refused.text


def ready(**changes: Any) -> ExamDay:
    day = ExamDay(**changes)
    day.draw()
    day.present()
    return day


def test_the_grid_lists_secret_numbers_only_and_in_their_own_order(app: Flask) -> None:
    day = ready()
    page = signed_in(app, day.hr).get(address(day, "scores/first"))
    rows = re.findall(r'data-row="(\d+)"', page.text)
    assert rows == sorted(one.secret_number for one in day.people())
    for one in day.people():
        assert one.exam_number not in page.text
    assert "应试" not in page.text


def test_a_sheet_is_kept_as_it_is_typed_and_the_sum_line_follows(app: Flask) -> None:
    day = ready()
    client, secret = signed_in(app, day.hr), day.people()[0].secret_number
    row = address(day, f"scores/first?number={secret}")
    answer = client.patch(row, json={"version": 1, "values": {"p0": "８１.5"}})
    assert answer.get_json()["summary"] == {"filled": 1, "expected": 6}
    assert answer.get_json()["state"] == "saved"
    assert db.session.scalars(select(ScoreEntry.points)).all() == [Decimal("81.50")]
    for text, fault in (("101", "应在 0 至 100 分之间"), ("八十", "不是数字")):
        refused = client.patch(row, json={"version": 1, "values": {"p0": text}})
        assert refused.status_code == 422
        assert fault in refused.get_json()["faults"]["p0"]
    unknown = client.patch(address(day, "scores/first?number=1234567"), json={"version": 1, "values": {"p0": "80"}})
    assert "没有密号 1234567" in unknown.get_json()["faults"]["p0"]


def test_without_script_the_whole_page_is_one_form(app: Flask) -> None:
    day = ready()
    client = signed_in(app, day.hr)
    secrets = [one.secret_number for one in day.people()]
    points = {f"{secret}:p0": str(70 + place) for place, secret in enumerate(secrets)}
    answer = client.post(address(day, "scores/first"), data=points | {f"{secrets[5]}:p0": ""}, follow_redirects=True)
    assert "已保存 5 个分数" in answer.text
    wrong = client.post(address(day, "scores/first"), data=points | {f"{secrets[0]}:p0": "999"}, follow_redirects=True)
    assert f"没有保存：密号 {secrets[0]}" in wrong.text
    assert len(db.session.scalars(select(ScoreEntry)).all()) == 5


def test_the_second_typist_does_not_see_what_the_first_typed(app: Flask) -> None:
    day = ready()
    secret = day.people()[0].secret_number
    type_scores(day.hr, day.id, 1, "", {secret: Decimal("63.25")})
    page = signed_in(app, day.second).get(address(day, "scores/second"))
    assert "63.25" not in page.text
    refused = signed_in(app, day.hr).patch(
        address(day, f"scores/second?number={day.people()[0].secret_number}"),
        json={"version": 1, "values": {"p0": "63.25"}},
    )
    assert "应由另一账号录入" in refused.get_json()["faults"]["p0"]


def test_a_third_entry_does_not_exist_as_a_page(app: Flask) -> None:
    day = ready()
    assert signed_in(app, day.hr).get(address(day, "scores/third")).status_code == 404


def test_a_difference_is_shown_by_number_and_settled_there(app: Flask) -> None:
    day = ready()
    secret = day.people()[0].secret_number
    type_scores(day.hr, day.id, 1, "", {secret: Decimal(81)})
    type_scores(day.second, day.id, 2, "", {secret: Decimal(18)})
    client = signed_in(app, day.hr)
    page = text_of(client.get(address(day, "scores/differences")))
    assert f"{secret} 笔试成绩 81.00 hr 18.00 second" in page
    assert "应试" not in page
    assert "1 处不一致" in client.get(address(day, "exam")).text
    refused = client.post(address(day, "scores/differences"), data={"number": secret, "paper": "", "points": "181"})
    assert refused.status_code == 422
    assert "应在 0 至 100 分之间" in refused.text
    client.post(address(day, "scores/differences"), data={"number": secret, "paper": "", "points": "81"})
    assert day.people()[0].written == {"": Decimal(81)}
    assert "已核定 hr" in text_of(client.get(address(day, "scores/differences")))


def test_the_release_says_first_what_it_would_do_and_names_nobody(app: Flask) -> None:
    day = ExamDay()
    day.sat(["90", "80.25", "80.25", "70"], ["60", "40"])
    client = signed_in(app, day.hr)
    page = client.get(address(day, "scores/release"))
    assert "末位并列，多取 1 人" in page.text
    assert "人数不足应取人数" in page.text
    assert "80.25" not in page.text
    assert "应试" not in page.text
    assert client.post(address(day, "scores/release")).headers["Location"] == address(day, "interviews")
    assert day.batch.state is BatchState.INTERVIEW
    again = client.post(address(day, "scores/release"))
    assert again.status_code == 422
    assert "“面试”阶段" in again.text


def test_a_tie_at_the_last_place_is_decided_by_number_on_the_page_of_the_release(app: Flask) -> None:
    day = ExamDay(people=(4, 0), edition=rules(ties={"last_place": "tie_break"}))
    day.sat(["90", "80", "80", "70"], [])
    client, tied = signed_in(app, day.hr), [one.exam_number for one in day.people()[1:3]]
    page = client.get(address(day, "scores/release"))
    assert all(f'name="order:{number}"' in page.text for number in tied)
    assert "确认公布吗" not in page.text
    order = {f"order:{tied[0]}": "2", f"order:{tied[1]}": "1"}
    without = client.post(address(day, "scores/order"), data=order, follow_redirects=True)
    assert "没有登记：请写明决定先后的依据" in without.text
    client.post(address(day, "scores/order"), data=order | {"reason": "2025年12月2日会议纪要"})
    assert "确认公布吗" in client.get(address(day, "scores/release")).text
    client.post(address(day, "scores/release"))
    assert [one.shortlisted for one in day.people()] == [True, False, True, False]


def test_what_stands_against_a_release_is_listed(app: Flask) -> None:
    day = ready()
    page = signed_in(app, day.hr).get(address(day, "scores/release"))
    assert "有 6 个密号没有录满两遍" in page.text
    assert "公布后成绩不能再改，确认公布吗" not in page.text


def shortlisted() -> ExamDay:
    day = ExamDay()
    day.released(["90", "80", "80", "70"], ["60", "50"])
    return day


def test_panels_are_typed_and_the_lots_drawn(app: Flask) -> None:
    day = shortlisted()
    client = signed_in(app, day.hr)
    assert "还没有抽签分组" in client.get(address(day, "interviews")).text
    data = {
        "groups-0-place": "第一会议室",
        "groups-1-place": "第二会议室",
        "groups-1-judges": "7",
        "groups-1-time": "下午",
    }
    assert client.post(address(day, "interviews/groups"), data=data).status_code == 302
    page = text_of(client.get(address(day, "interviews")))
    assert f"第一会议室 · {INTERVIEW_ON}" in page
    assert "考官 7 名" in page
    few = client.post(address(day, "interviews/groups"), data=data | {"groups-1-judges": "3"})
    assert few.status_code == 422
    assert "本批次规定至少 5 名" in few.text


def test_a_score_sheet_shows_the_mean_and_what_was_dropped_once_it_is_full(app: Flask) -> None:
    day = shortlisted()
    day.grouped()
    client, number = signed_in(app, day.hr), day.people()[0].exam_number
    page = client.get(address(day, "interviews/sheets?group=1"))
    assert page.text.count('data-field="j5"') >= 5
    assert "应试" not in page.text
    row = address(day, f"interviews/sheets?number={number}")
    values = {"j1": "80", "j2": "85.5", "j3": "90", "j4": "60"}
    assert client.patch(row, json={"version": 1, "values": values}).get_json()["state"] == "incomplete"
    answer = client.patch(row, json={"version": 1, "values": {"j5": "84"}}).get_json()
    assert answer["shown"] == {"attendance": "present", "mean": "83.17", "dropped": "90、60"}
    assert answer["summary"] == {"filled": 1, "expected": 5}
    refused = client.patch(row, json={"version": 1, "values": {"j2": "101"}})
    assert refused.status_code == 422
    assert list(refused.get_json()["faults"]) == ["j2"]


def test_an_absence_takes_the_points_of_the_same_row_back(app: Flask) -> None:
    day = shortlisted()
    day.grouped()
    client, number = signed_in(app, day.hr), day.people()[0].exam_number
    row = address(day, f"interviews/sheets?number={number}")
    client.patch(row, json={"version": 1, "values": {"j1": "80"}})
    refused = client.patch(row, json={"version": 1, "values": {"attendance": "absent"}})
    assert "已有考官评分" in refused.get_json()["faults"]["attendance"]
    both = client.patch(row, json={"version": 1, "values": {"attendance": "absent", "j1": ""}})
    assert both.get_json()["state"] == "saved"


def test_sheets_are_kept_without_script_too(app: Flask) -> None:
    day = shortlisted()
    day.grouped()
    client = signed_in(app, day.hr)
    first, second, *_ = (one.exam_number for one in day.people())
    data = {f"{first}:attendance": "absent", **{f"{second}:j{judge}": "80" for judge in range(1, 6)}}
    answer = client.post(address(day, "interviews/sheets?group=1"), data=data, follow_redirects=True)
    assert "已保存，6 处有变动" in answer.text
    assert len(db.session.scalars(select(InterviewMark)).all()) == 5


@pytest.mark.parametrize(
    "path",
    ["exam", "exam/numbers", "exam/attendance?room=1", "scores/first", "scores/differences", "scores/release"],
)
def test_a_page_of_the_exam_asks_few_questions_of_the_database(app: Flask, path: str) -> None:
    day = ExamDay(people=(20, 10), places=(5, 5))
    day.sat(["80"] * 20, ["70"] * 10)
    client = signed_in(app, day.hr)
    assert len(selects_of(lambda: client.get(address(day, path)))) <= MOST_QUERIES


@pytest.mark.parametrize("path", ["interviews", "interviews/groups", "interviews/sheets?group=1"])
def test_a_page_of_the_interviews_asks_few_questions_of_the_database(app: Flask, path: str) -> None:
    day = shortlisted()
    day.grouped()
    client = signed_in(app, day.hr)
    assert len(selects_of(lambda: client.get(address(day, path)))) <= MOST_QUERIES


def test_a_street_has_no_business_with_the_exam(app: Flask) -> None:
    day = ready()
    client = signed_in(app, make_actor(Role.STREET_HR, day.town.street, "clerk"))
    for path in ("exam", "exam/numbers", "exam/attendance", "scores/first", "scores/differences", "scores/release"):
        assert client.get(address(day, path)).status_code == 403
    for path in ("interviews", "interviews/groups", "interviews/sheets"):
        assert client.get(address(day, path)).status_code == 403


def test_after_the_release_the_exam_is_only_looked_at(app: Flask) -> None:
    day = shortlisted()
    client = signed_in(app, day.hr)
    assert "只能查看" in client.get(address(day, "exam/attendance?room=1")).text
    assert "成绩录入已结束" in client.get(address(day, "scores/first")).text
    assert "现在不能编排考场" in client.get(address(day, "exam/numbers")).text
    assert "现在不能公布" in client.get(address(day, "scores/release")).text


def test_a_settled_difference_stays_visible_after_the_release(app: Flask) -> None:
    day = ExamDay(people=(1, 0))
    day.draw()
    day.present()
    secret = day.people()[0].secret_number
    type_scores(day.hr, day.id, 1, "", {secret: Decimal(81)})
    type_scores(day.second, day.id, 2, "", {secret: Decimal(80)})
    settle_score(day.second, day.id, secret, "", Decimal(80))
    client = signed_in(app, day.hr)
    client.post(address(day, "scores/release"))
    page = client.get(address(day, "scores/differences"))
    assert "已核定" in page.text
    assert 'name="points"' not in page.text
