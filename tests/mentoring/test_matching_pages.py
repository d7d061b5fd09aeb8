"""The pages of matchings as the street uses them: a new one, its proposals, another mentor, the pairings."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Matching, MatchingState, MatchLine, Pairing
from careerpath.mentoring.queries.matching import loads_of, match_page, match_rows, matching_head
from careerpath.mentoring.queries.matchings import MatchingFilters, matching_rows
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import make_employee, selects_of
from tests.factories.matchings import make_match, make_matching
from tests.factories.mentoring import make_mentor, make_pairing
from tests.factories.skills import make_line


class Office:
    """A street's clerk in a browser, with two people and a cadre of the county."""

    def __init__(self, app: Flask) -> None:
        self.town = Town()
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        self.browser = signed_in(app, self.clerk)
        make_line(self.town.district, "relief", "社会救助")
        make_line(self.town.district, "party", "党建工作")
        self.people = [make_employee(None, self.town.community, name=name) for name in ("林一", "林二")]
        self.cadre = make_mentor(self.town.district, name="周导师", expertise=["relief"])

    def solve(self, **changes: str) -> FlaskClient:
        """Fill in a new matching."""
        given = {
            "unit": "费城街道",
            "unit_id": str(self.town.street.id),
            "name": "新人匹配",
            "starts_on": "2026-01-01",
            "who": "all",
        }
        return self.browser.post("/mentoring/matchings/new", data=given | changes)

    def line(self, name: str) -> MatchLine:
        """The line of somebody."""
        query = select(MatchLine).join(Employee).where(Employee.name == name)
        return db.session.scalars(query).one()


@pytest.fixture
def office(app: Flask) -> Office:
    """A street and its clerk."""
    return Office(app)


def test_the_street_solves_looks_changes_and_agrees(office: Office) -> None:
    answer = office.solve()
    address = answer.headers["Location"]
    shown = office.browser.get(address).text
    assert "周导师" in shown
    assert "想学 2 项，导师有专长 1 项：社会救助" in shown
    assert "导师负担（1 名）" in shown

    line = office.line("林二")
    page = f"/mentoring/matchings/lines/{line.id}"
    assert "周导师" in office.browser.get(page).text
    sent = {"mentor_id": "out", "reason": "正在休产假", "version": str(line.version)}
    assert office.browser.post(page, data=sent).headers["Location"] == address
    assert "正在休产假" in office.browser.get(f"{address}?show=left_out").text

    answer = office.browser.post(f"{address}/carry-out", data={"numbers_from": "费帮〔2026〕001号"})
    assert answer.headers["Location"] == address
    (pairing,) = db.session.scalars(select(Pairing))
    assert (pairing.employee_id, pairing.number) == (office.people[0].id, "费帮〔2026〕001号")
    assert f"/mentoring/pairings/{pairing.id}" in office.browser.get(address).text


def test_people_are_named_by_lines_or_taken_from_a_day_on(office: Office) -> None:
    late = make_employee(None, office.town.community, name="林新", joined_community_on=date(2025, 9, 1))
    office.solve(who="joined", since="2025-01-01")
    assert set(db.session.scalars(select(MatchLine.employee_id))) == {late.id}
    office.solve(who="named", named=f"林一\n{late.number.lower()}\n")
    newest = db.session.scalars(select(Matching.id).order_by(Matching.id.desc())).first()
    ids = db.session.scalars(select(MatchLine.employee_id).where(MatchLine.matching_id == newest))
    assert set(ids) == {late.id, office.people[0].id}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"who": "named", "named": "林一\n不存在"}, "第 2 行“不存在”"),
        ({"who": "named"}, "请填写名单"),
        ({"who": "joined"}, "不早于哪一天"),
        ({"unit_id": "", "unit": "没有的单位"}, "没有找到这个单位"),
        ({"name": ""}, "请填写匹配名称"),
        ({"ends_on": "2025-12-31"}, "期满日期早于开始日期"),
        ({"kinds": "compound_secretary"}, "请重新选择"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_lost(office: Office, changes: dict[str, str], words: str) -> None:
    answer = office.solve(**changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert "费城街道" in answer.text or "没有的单位" in answer.text
    assert db.session.scalars(select(Matching)).all() == []


def test_two_of_one_name_must_be_named_by_number(office: Office) -> None:
    make_employee(None, office.town.neighbour, name="林一")
    assert "2 人同名，请改填编号" in office.solve(who="named", named="林一").text


def test_only_mentors_of_the_kinds_chosen_are_proposed(office: Office) -> None:
    secretary = make_mentor(office.town.street, kind="compound_secretary", name="吴支书")
    office.solve(kinds="compound_secretary")
    assert {line.mentor_id for line in db.session.scalars(select(MatchLine))} == {secretary.id}


def test_a_mentor_beyond_the_cap_is_shown_and_asks_for_a_reason(office: Office) -> None:
    other = make_employee(None, office.town.neighbour)
    for _ in range(2):
        make_pairing(office.cadre, other, office.town.neighbour, ends_on=date(2026, 6, 30))
    office.solve()
    line = office.line("林一")
    page = f"/mentoring/matchings/lines/{line.id}"
    assert "须填理由" in office.browser.get(page).text
    sent = {"mentor_id": str(office.cadre.id), "version": str(line.version)}
    answer = office.browser.post(page, data=sent)
    assert answer.status_code == 422
    assert "确需超额结对的请填写理由" in answer.text
    office.browser.post(page, data=sent | {"reason": "本人申请"})
    shown = office.browser.get(f"/mentoring/matchings/{line.matching_id}").text
    assert "超额" in shown
    assert "人工选定" in shown


def test_what_somebody_wants_to_learn_is_changed_and_solved_again(office: Office) -> None:
    office.solve()
    line = office.line("林一")
    sent = {"wanted": ["party"], "version": str(line.version)}
    office.browser.post(f"/mentoring/matchings/lines/{line.id}/wanted", data=sent)
    office.browser.post(f"/mentoring/matchings/{line.matching_id}/solve")
    line = office.line("林一")
    assert line.wanted == ["party"]
    assert "没有相同的" in line.because[0]["text"]


def test_a_number_that_is_missing_is_said_on_the_page_of_the_matching(office: Office) -> None:
    matching = make_matching(office.town.street)
    make_match(matching, office.people[0], office.town.community, office.cadre)
    answer = office.browser.post(f"/mentoring/matchings/{matching.id}/carry-out", data={"numbers_from": ""})
    assert answer.status_code == 422
    assert "请填写第一份协议的编号" in answer.text


def test_a_matching_is_put_away_and_taken_up_again(office: Office) -> None:
    matching = make_matching(office.town.street)
    office.browser.post(f"/mentoring/matchings/{matching.id}/drop")
    assert "已作废" in office.browser.get("/mentoring/matchings?state=dropped").text
    assert "恢复" in office.browser.get(f"/mentoring/matchings/{matching.id}").text
    office.browser.post(f"/mentoring/matchings/{matching.id}/restore")
    db.session.expire_all()
    assert db.session.get_one(Matching, matching.id).state is MatchingState.OPEN


def test_the_community_looks_and_changes_nothing(app: Flask, office: Office) -> None:
    matching = make_matching(office.town.community)
    line = make_match(matching, office.people[0], office.town.community, office.cadre)
    secretary = signed_in(app, make_actor(Role.COMMUNITY_SECRETARY, office.town.community))
    shown = secretary.get(f"/mentoring/matchings/{matching.id}").text
    assert "周导师" in shown
    assert "调整" not in shown
    assert secretary.get(f"/mentoring/matchings/lines/{line.id}").status_code == 403


def test_an_empty_list_says_what_to_do_first(office: Office) -> None:
    assert "新进人员、后备人才等多人一次匹配" in office.browser.get("/mentoring/matchings").text
    assert "放宽或清除" in office.browser.get("/mentoring/matchings?q=无").text


def test_pages_ask_the_database_at_most_eight_times_however_many_lines_there_are(office: Office) -> None:
    matching = make_matching(office.town.street)
    lines = [make_match(matching, one, office.town.community, office.cadre) for one in office.people]
    for _ in range(4):
        mentor = make_mentor(office.town.district)
        person = make_employee(None, office.town.neighbour)
        lines.append(make_match(matching, person, office.town.neighbour, mentor))

    def record() -> None:
        head = matching_head(office.clerk, matching.id)
        assert (head.people, head.matched, str(head.points)) == (6, 6, "400.20")
        assert len(match_rows(head).rows) == 6
        assert len(loads_of(head)) == 5

    assert len(selects_of(record)) <= 8
    first = lines[0].id
    assert len(selects_of(lambda: match_page(office.clerk, first))) <= 8
    assert len(selects_of(lambda: matching_rows(office.clerk, MatchingFilters()))) == 2


def test_long_matchings_are_paged(office: Office) -> None:
    matching = make_matching(office.town.street)
    for person in office.people:
        make_match(matching, person, office.town.community)
    head = matching_head(office.clerk, matching.id)
    first = match_rows(head, size=1)
    second = match_rows(head, size=1, after=first.after)
    assert [first.rows[0].name, second.rows[0].name] == ["林一", "林二"]
    assert match_rows(head, q="林二").total == 1
    assert match_rows(head, show="without").total == 2
