"""A matching from the first proposal to the pairings: solved, changed by people, solved again, carried out."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.mentoring.models import Matching, MatchingState, MatchLine, Pairing
from careerpath.mentoring.operations.matchings import (
    MatchingGiven,
    carry_out_matching,
    change_match,
    drop_matching,
    restore_matching,
    solve_matching,
    solve_matching_again,
)
from careerpath.skills.codes import SkillLevel
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee, selects_of
from tests.factories.mentoring import make_mentor, make_pairing
from tests.factories.skills import make_line, make_skill

BEGINS = date(2026, 1, 1)
PLAN = MatchingGiven(name="2026年导师匹配", starts_on=BEGINS)


class Office:
    """A street with three people and a cadre of the county who takes two."""

    def __init__(self) -> None:
        self.town = Town()
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        self.relief = make_line(self.town.district, "relief", "社会救助")
        self.party = make_line(self.town.district, "party", "党建工作")
        self.people = [make_employee(None, self.town.community, name=name) for name in ("林一", "林二", "林三")]
        self.cadre = make_mentor(self.town.district, name="周导师", expertise=["relief"])

    def lines(self, matching_id: int) -> dict[str, MatchLine]:
        """The lines of a matching by the name of the mentee."""
        query = select(Employee.name, MatchLine).join(Employee).where(MatchLine.matching_id == matching_id)
        return {name: line for name, line in db.session.execute(query)}

    def solved(self, given: MatchingGiven = PLAN) -> dict[str, MatchLine]:
        """The lines of a new matching of the street."""
        return self.lines(solve_matching(self.clerk, self.town.street.id, given))


@pytest.fixture
def office(app: Flask) -> Office:
    """A street and its people."""
    return Office()


def mentors_of(lines: dict[str, MatchLine]) -> dict[str, int | None]:
    """Who was proposed for whom."""
    return {name: line.mentor_id for name, line in lines.items()}


def test_as_many_as_there_are_places_get_a_mentor_and_the_others_read_why_not(office: Office) -> None:
    lines = office.solved()

    assert sorted(mentors_of(lines).values(), key=str) == [office.cadre.id, office.cadre.id, None]
    (nobody,) = [line for line in lines.values() if line.mentor_id is None]
    assert "都已满员" in nobody.because[0]["text"]
    matching = db.session.get_one(Matching, nobody.matching_id)
    assert (matching.state, matching.ends_on) == (MatchingState.OPEN, date(2026, 12, 31))


def test_what_the_community_lacks_and_the_person_cannot_do_is_what_they_are_to_learn(office: Office) -> None:
    make_skill(office.people[0], office.relief, SkillLevel.ABLE)

    lines = office.solved()

    assert lines["林一"].wanted == ["party"]
    assert lines["林二"].wanted == ["relief", "party"]
    assert "社会救助" in lines["林二"].because[0]["text"]


def test_who_has_a_mentor_then_or_is_one_or_serves_elsewhere_is_not_in_it(office: Office) -> None:
    make_pairing(office.cadre, office.people[0], office.town.community, ends_on=BEGINS)
    make_mentor(office.town.community, office.people[1])
    make_employee(None, office.town.foreign, name="林四")

    assert set(office.solved()) == {"林三"}


def test_people_named_take_part_with_what_they_want_even_beside_another_mentor(office: Office) -> None:
    make_pairing(make_mentor(office.town.district), office.people[0], office.town.community, ends_on=BEGINS)
    wished = [(office.people[0].id, ["party"]), (office.people[2].id, None)]

    lines = office.solved(MatchingGiven(name="后备人才导师匹配", starts_on=BEGINS, mentees=wished))

    assert {name: line.wanted for name, line in lines.items()} == {"林一": ["party"], "林三": ["relief", "party"]}


def test_only_chosen_mentors_are_proposed_where_some_are_chosen(office: Office) -> None:
    other = make_mentor(office.town.district, expertise=["party"])

    lines = office.solved(MatchingGiven(name="匹配", starts_on=BEGINS, mentor_ids=[other.id]))

    assert {line.mentor_id for line in lines.values()} == {other.id, None}


def test_a_secretary_is_not_sought_for_the_people_whom_they_lead(office: Office) -> None:
    chief = make_employee(None, office.town.community, name="书记", post="chief", title="社区党组织书记")
    own = make_mentor(office.town.community, chief, expertise=["relief", "party"])
    wished = [(office.people[0].id, [])]

    lines = office.solved(MatchingGiven(name="匹配", starts_on=BEGINS, mentees=wished, mentor_ids=[own.id]))

    assert "是直接领导：0 分" in lines["林一"].because[-1]["text"]


def test_people_and_mentors_of_elsewhere_cannot_be_named(office: Office) -> None:
    foreign = make_employee(None, office.town.foreign)
    with pytest.raises(NotFound):
        office.solved(MatchingGiven(name="匹配", starts_on=BEGINS, mentees=[(foreign.id, None)]))
    with pytest.raises(Refused, match="请重新选择"):
        office.solved(MatchingGiven(name="匹配", starts_on=BEGINS, mentor_ids=[10**6]))
    with pytest.raises(NotFound):
        solve_matching(office.clerk, office.town.district.id, PLAN)


def test_a_choice_of_people_stays_when_it_is_solved_again(office: Office) -> None:
    lines = office.solved()
    other = make_mentor(office.town.district, name="吴导师")
    change_match(office.clerk, lines["林三"].id, other.id, False, "", lines["林三"].version)
    change_match(office.clerk, lines["林二"].id, None, True, "正在休产假", lines["林二"].version)

    count = solve_matching_again(office.clerk, lines["林一"].matching_id)

    again = office.lines(lines["林一"].matching_id)
    assert count == 2
    assert mentors_of(again) == {"林一": office.cadre.id, "林二": None, "林三": other.id}
    assert again["林三"].points is not None
    assert (again["林二"].left_out, again["林二"].reason) == (True, "正在休产假")


def test_a_choice_given_back_is_proposed_anew(office: Office) -> None:
    lines = office.solved()
    change_match(office.clerk, lines["林一"].id, None, True, "请假", lines["林一"].version)
    version = office.lines(lines["林一"].matching_id)["林一"].version
    change_match(office.clerk, lines["林一"].id, None, False, "", version)

    assert solve_matching_again(office.clerk, lines["林一"].matching_id) == 2


def test_a_mentor_beyond_the_cap_or_of_before_needs_a_reason(office: Office) -> None:
    lines = office.solved()
    (without,) = [line for line in lines.values() if line.mentor_id is None]
    with pytest.raises(Refused, match="已达 2 人"):
        change_match(office.clerk, without.id, office.cadre.id, False, "", without.version)
    change_match(office.clerk, without.id, office.cadre.id, False, "本人申请", without.version)
    assert "超额结对：本人申请" in db.session.get_one(MatchLine, without.id).because[-1]["text"]

    former = make_mentor(office.town.district)
    make_pairing(
        former, office.people[0], office.town.community, starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31)
    )
    line = office.lines(without.matching_id)["林一"]
    with pytest.raises(Refused, match="确需安排的请填写理由"):
        change_match(office.clerk, line.id, former.id, False, "", line.version)


def test_a_change_of_what_somebody_else_changed_meets_both(office: Office) -> None:
    line = office.solved()["林一"]
    seen = line.version
    change_match(office.clerk, line.id, None, True, "请假", seen)
    with pytest.raises(Conflict):
        change_match(office.clerk, line.id, None, True, "出差", seen)


def test_pairings_follow_with_counted_numbers_and_the_reasons_of_the_proposal(office: Office) -> None:
    lines = office.solved()
    matching_id = lines["林一"].matching_id

    made = carry_out_matching(office.clerk, matching_id, "费帮〔2026〕009号")

    pairings = [db.session.get_one(Pairing, pairing_id) for pairing_id in made]
    assert [one.number for one in pairings] == ["费帮〔2026〕009号", "费帮〔2026〕010号"]
    assert all(one.mentor_id == office.cadre.id and one.because[0]["text"] for one in pairings)
    assert (pairings[0].starts_on, pairings[0].wanted) == (BEGINS, ["relief", "party"])
    matching = db.session.get_one(Matching, matching_id)
    assert (matching.state, matching.carried_out_on) == (MatchingState.CARRIED_OUT, date(2025, 12, 5))
    with pytest.raises(Refused, match="不能再改"):
        carry_out_matching(office.clerk, matching_id, "费帮〔2026〕020号")


def test_one_pairing_that_cannot_be_keeps_all_from_being_agreed(office: Office) -> None:
    matching_id = office.solved()["林一"].matching_id
    make_pairing(office.cadre, office.people[0], office.town.community, starts_on=BEGINS, ends_on=date(2026, 12, 31))

    with pytest.raises(Refused, match="林一"):
        carry_out_matching(office.clerk, matching_id, "费帮〔2026〕001号")

    assert db.session.get_one(Matching, matching_id).state is MatchingState.OPEN
    assert len(db.session.scalars(select(Pairing)).all()) == 1


@pytest.mark.parametrize(("number", "words"), [("", "第一份协议"), ("费帮", "没有数字"), ("9" * 24, "编号最多")])
def test_a_number_that_cannot_be_counted_on_is_refused(office: Office, number: str, words: str) -> None:
    matching_id = office.solved()["林一"].matching_id
    with pytest.raises(Refused, match=words):
        carry_out_matching(office.clerk, matching_id, number)


def test_a_matching_that_was_put_away_can_be_taken_up_again(office: Office) -> None:
    matching_id = office.solved()["林一"].matching_id
    drop_matching(office.clerk, matching_id)
    with pytest.raises(Refused, match="已作废"):
        solve_matching_again(office.clerk, matching_id)
    restore_matching(office.clerk, matching_id)
    assert solve_matching_again(office.clerk, matching_id) == 2


def test_who_has_left_since_is_left_out_with_that_reason(office: Office) -> None:
    matching_id = office.solved()["林一"].matching_id
    end_service(office.clerk, office.people[0].id, EndOfService(left_on=date(2025, 12, 1), reason="辞职"))

    solve_matching_again(office.clerk, matching_id)

    lines = office.lines(matching_id)
    assert (lines["林一"].left_out, lines["林一"].reason) == (True, "已不在岗。")
    assert mentors_of(lines) == {"林一": None, "林二": office.cadre.id, "林三": office.cadre.id}


def test_nobody_to_match_is_said(office: Office) -> None:
    for person in office.people:
        make_pairing(office.cadre, person, office.town.community, ends_on=BEGINS)
    with pytest.raises(Refused, match="没有需要匹配导师的人员"):
        office.solved()


def test_solving_asks_the_database_the_same_however_many_there_are(office: Office) -> None:
    few = len(selects_of(lambda: office.solved()))
    for _ in range(6):
        make_employee(None, office.town.neighbour)
        make_mentor(office.town.street)
    assert len(selects_of(lambda: office.solved())) == few
