"""What the home page tells of mentoring, to the offices and to the two themselves; and what a record says of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.mentoring.models import PairingState
from careerpath.mentoring.queries.due import dues
from careerpath.mentoring.queries.person import person_lines
from careerpath.mentoring.queries.standing import Standing
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import selects_of
from tests.factories.mentoring import make_log, make_mentor, make_pairing
from tests.mentoring.office import Office

OVER: dict[str, Any] = {"starts_on": date(2024, 12, 1), "ends_on": date(2025, 11, 30)}


def test_offices_are_told_what_stalled_what_lacks_a_review_and_what_is_to_be_evaluated(app: Flask) -> None:
    office = Office()
    mentor, unit = make_mentor(office.town.street), office.town.community
    make_pairing(mentor, office.person(), unit)
    make_log(make_pairing(mentor, office.person(), unit))
    make_pairing(mentor, office.person(), unit, **OVER)
    make_pairing(mentor, office.person(), unit, **OVER, mentee_grade="fair", mentor_grade="fair")
    for actor, ready in ((office.street, True), (office.secretary, False)):
        text = signed_in(app, actor).get("/").text
        for said in ("1 个结对长期没有帮带记录", "1 个结对评估逾期", "1 个结对期满，双方尚未评价齐全"):
            assert said in text
        assert ("1 个结对双方已评价" in text) is ready
    for stranger in (office.stranger, make_actor(Role.AUDITOR, office.town.district)):
        assert "结对" not in signed_in(app, stranger).get("/").text


def test_the_two_are_told_of_their_own_pairing(app: Flask) -> None:
    office = Office()
    mentee, secretary = office.person(name="学员某"), office.person(name="导师某")
    mentor = make_mentor(office.town.community, secretary)
    make_pairing(mentor, mentee, office.town.community)
    make_pairing(mentor, mentee, office.town.community, **OVER, mentor_grade="fair")
    by_mentee, by_mentor = office.own(mentee), office.own(secretary)
    text = signed_in(app, by_mentee).get("/").text
    assert "与导师某的帮带" in text
    assert "已有 279 天没有帮带记录" in text
    assert "评价与导师某的帮带" not in text
    assert "评价与学员某的帮带" in signed_in(app, by_mentor).get("/").text


def test_all_tasks_of_mentoring_cost_one_query(app: Flask) -> None:
    office = Office()
    mentee = office.person()
    own = office.own(mentee)
    for _ in range(20):
        make_log(make_pairing(make_mentor(office.town.street), mentee, office.town.community))
    for actor in (office.district, office.street, own):
        assert len(selects_of(lambda actor=actor: dues(actor, clock.today()))) == 1  # type: ignore[misc]
    auditor = make_actor(Role.AUDITOR, office.town.district)
    assert selects_of(lambda: dues(auditor, clock.today())) == []
    assert dues(office.street, date(2025, 11, 20)).standings == {Standing.REVIEW_DUE: 20}


def test_a_record_tells_of_mentors_and_mentees_as_they_stood_on_a_day(app: Flask) -> None:
    office = Office()
    person, other = office.person(), office.person(name="同事某")
    had = make_pairing(
        make_mentor(office.town.street, name="周民政"),
        person,
        office.town.community,
        **OVER,
        state=PairingState.COMPLETED,
        completed_on=date(2025, 12, 1),
        mentee_grade="excellent",
        mentor_grade="fair",
    )
    make_log(had, date(2025, 1, 10))
    make_log(had, date(2025, 6, 10), hours=Decimal("1.5"))
    make_pairing(make_mentor(office.town.community, person), other, office.town.community)
    make_pairing(make_mentor(office.town.street), person, office.town.community, state=PairingState.DROPPED)
    mentoring, learned = person_lines(person.id, date(2025, 12, 5))
    assert (mentoring.as_mentor, mentoring.name, mentoring.grade) == (True, "同事某", "")
    assert (learned.name, learned.logs, learned.hours, learned.grade) == ("周民政", 2, Decimal("3.5"), "优秀")
    (then,) = person_lines(person.id, date(2025, 2, 1))
    assert (then.standing, then.logs, then.grade) == (Standing.RUNNING, 1, "")
    assert person_lines(person.id, date(2024, 11, 30)) == ()
    assert len(selects_of(lambda: person_lines(person.id, date(2025, 12, 5)))) == 1
