"""The pages of courses and classes as the office uses them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.policy.training import Tier
from careerpath.training.models import (
    ClassPaper,
    ClassSignIn,
    ClassState,
    Course,
    Enrolment,
    EnrolmentState,
    TrainingClass,
)
from tests.employees.test_papers import make_image
from tests.factories.access import signed_in
from tests.factories.employees import make_employee, selects_of
from tests.factories.training import (
    days_of_class,
    make_class,
    make_class_paper,
    make_course,
    make_enrolment,
    make_sign_in,
)
from tests.training.rooms import Offices

PLAN = {
    "name": "2026年第1期社区书记培训班",
    "starts_on": "2026-03-05",
    "ends_on": "2026.3.6",
    "days": "2026-03-05 08:30-11:30 8\n2026-03-06 8:30-17:00 8",
    "held_at": "县委党校",
    "capacity": "60",
    "posts": ["chief"],
    "requirement": "secretaries",
}


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def test_a_course_is_entered_changed_retired_and_restored(app: Flask, town: Offices) -> None:
    office = signed_in(app, town.hr)
    assert "还没有课程" in office.get("/training/courses").text
    typed = {"unit_id": str(town.district.id), "name": "能力提升", "tier": "district", "hours": "16", "days": "2"}
    assert office.post("/training/courses/new", data=typed).status_code == 302
    course = db.session.scalars(select(Course)).one()
    assert (course.name, course.hours, course.days) == ("能力提升", 16, 2)
    page = office.get(f"/training/courses/{course.id}/edit").text
    assert 'value="能力提升"' in page
    assert (
        office.post(f"/training/courses/{course.id}/edit", data=typed | {"hours": "12.5", "version": "1"}).status_code
        == 302
    )
    assert course.hours == Decimal("12.50")
    assert office.post(f"/training/courses/{course.id}/retire").status_code == 302
    assert "能力提升" not in office.get("/training/courses").text
    assert "能力提升" in office.get("/training/courses?state=retired").text
    office.post(f"/training/courses/{course.id}/restore")
    assert "能力提升" in office.get("/training/courses?q=能力&tier=district").text


def test_hours_that_are_no_number_stay_as_typed(app: Flask, town: Offices) -> None:
    typed = {"unit_id": str(town.district.id), "name": "能力提升", "tier": "district", "hours": "十六"}
    answer = signed_in(app, town.hr).post("/training/courses/new", data=typed)
    assert answer.status_code == 422
    assert 'value="十六"' in answer.text
    assert "不是数字" in answer.text


def test_who_changes_a_course_too_late_is_told(app: Flask, town: Offices) -> None:
    course = make_course(town.district)
    typed = {"name": "别名", "tier": "district", "hours": "16", "version": "0"}
    answer = signed_in(app, town.hr).post(f"/training/courses/{course.id}/edit", data=typed)
    assert answer.status_code == 409
    assert "刚刚被其他人修改" in answer.text


def test_a_class_goes_from_its_plan_to_its_close(app: Flask, town: Offices) -> None:
    office, course = signed_in(app, town.hr), make_course(town.district)
    assert f'value="{course.id}"' in office.get(f"/training/classes/new?course={course.id}").text
    answer = office.post("/training/classes/new", data=PLAN | {"course_id": str(course.id)})
    held = db.session.scalars(select(TrainingClass)).one()
    assert answer.location.endswith(f"/training/classes/{held.id}")
    assert [(day.on.day, f"{day.ends:%H:%M}", day.hours) for day in days_of_class(held)] == [
        (5, "11:30", 8),
        (6, "17:00", 8),
    ]
    page = office.get(f"/training/classes/{held.id}").text
    assert "核对日程和对象" in page
    assert "职务：正职" in page
    edit = office.get(f"/training/classes/{held.id}/edit").text
    assert "2026-03-05 08:30-11:30 8" in edit
    office.post(f"/training/classes/{held.id}/open", data={"document": "费社工发〔2026〕3号"})
    assert held.state is ClassState.OPEN
    answer = office.post(f"/training/classes/{held.id}/close", data={"on": "2025-12-05"})
    assert answer.status_code == 422
    assert "才结束" in answer.text
    office.post(f"/training/classes/{held.id}/cancel", data={"reason": "延期"})
    assert "已取消：延期" in office.get(f"/training/classes/{held.id}").text
    office.post(f"/training/classes/{held.id}/restore")
    assert held.state is ClassState.OPEN


def test_a_line_of_the_schedule_that_cannot_be_read_is_named(app: Flask, town: Offices) -> None:
    course = make_course(town.district)
    typed = PLAN | {"course_id": str(course.id), "days": "2026-03-05 08:30-11:30 8\n三月六日 全天"}
    answer = signed_in(app, town.hr).post("/training/classes/new", data=typed)
    assert answer.status_code == 422
    assert "日程第 2 行" in answer.text


def test_an_office_without_courses_is_led_to_them(app: Flask, town: Offices) -> None:
    assert "请先登记课程" in signed_in(app, town.clerk).get("/training/classes/new").text


def test_a_planned_class_is_dropped_from_its_page(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.PLANNED)
    office = signed_in(app, town.hr)
    make_class_paper(held)
    assert office.post(f"/training/classes/{held.id}/drop").status_code == 422
    db.session.rollback()
    other = make_class(make_course(town.district), ClassState.PLANNED)
    assert office.post(f"/training/classes/{other.id}/drop").status_code == 302


def test_the_list_tells_where_each_class_stands(app: Flask, town: Offices) -> None:
    course = make_course(town.district, category="党建引领")
    for name, first, last in (("甲班", 1, 2), ("乙班", 5, 6), ("丙班", 8, 9)):
        make_class(course, name=name, starts_on=date(2025, 12, first), ends_on=date(2025, 12, last))
    make_class(course, ClassState.PLANNED, name="丁班")
    office, street = signed_in(app, town.hr), signed_in(app, town.clerk)
    page = office.get("/training/").text
    for word in ("待办结", "培训中", "报名中", "拟定"):
        assert word in page
    assert "丁班" in page
    assert "丁班" not in street.get("/training/").text
    for address, shown in (
        ("state=due", "甲班"),
        ("state=running", "乙班"),
        ("state=ahead", "丙班"),
        ("on=2025-12-09", "丙班"),
        ("q=乙", "乙班"),
    ):
        text = office.get(f"/training/?{address}").text
        assert [name for name in ("甲班", "乙班", "丙班") if name in text] == [shown]
    assert "没有符合条件的班次" in office.get("/training/?month=2026-01").text
    assert "甲班" in office.get("/training/?month=2025-12&category=党建引领&tier=district").text
    page = office.get("/training/?sort=starts").text
    assert page.index("甲班") < page.index("丙班")


def test_classes_are_narrowed_to_a_line_of_work_that_their_course_teaches(app: Flask, town: Offices) -> None:
    make_class(make_course(town.district, lines=["mediation"]), name="调解班")
    make_class(make_course(town.district, lines=["mediation_other"]), name="其他班")
    page = signed_in(app, town.hr).get("/training/?line=mediation").text
    assert "调解班" in page
    assert "其他班" not in page


def test_a_class_of_the_next_street_is_not_there(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.other_street, Tier.STREET))
    street = signed_in(app, town.clerk)
    assert held.name not in street.get("/training/").text
    for page in ("", "/people", "/days", "/papers", "/ratings", "/people/new", "/edit", "/close"):
        assert street.get(f"/training/classes/{held.id}{page}").status_code == 404


def test_a_street_sends_its_people_and_sees_only_them(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.third)
    street = signed_in(app, town.clerk)
    page = street.get(f"/training/classes/{held.id}/people/new").text
    assert town.first.name in page
    assert town.third.name not in page
    ids = [str(town.first.id), str(town.second.id)]
    assert street.post(f"/training/classes/{held.id}/people/new", data={"ids": ids}).status_code == 302
    people = street.get(f"/training/classes/{held.id}/people").text
    assert town.first.name in people
    assert town.third.name not in people
    assert "全班 3 人" in people
    assert "没有可选派的人员" in street.get(f"/training/classes/{held.id}/people/new").text
    # What is the class's own stays with its holder.
    assert "保存本页" not in people
    assert street.get(f"/training/classes/{held.id}/edit").status_code == 404


def test_nobody_ticked_is_said_on_the_page(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    answer = signed_in(app, town.clerk).post(f"/training/classes/{held.id}/people/new", data={})
    assert answer.status_code == 422
    assert "请先选择人员" in answer.text


def test_the_rule_is_offered_with_the_count_of_those_it_calls(app: Flask, town: Offices) -> None:
    make_employee(None, town.community, post="chief")
    held = make_class(make_course(town.district), audience={"posts": ["chief"]})
    street = signed_in(app, town.clerk)
    assert "按对象条件调训 1 人" in street.get(f"/training/classes/{held.id}").text
    assert street.post(f"/training/classes/{held.id}/people/by-rule").status_code == 302
    assert db.session.query(Enrolment).count() == 1
    assert "已全部列入" in street.get(f"/training/classes/{held.id}/people/new").text


def test_somebody_is_taken_out_with_a_reason(app: Flask, town: Offices) -> None:
    place = make_enrolment(make_class(make_course(town.district)), town.first)
    street = signed_in(app, town.clerk)
    address = f"/training/enrolments/{place.id}/withdraw"
    assert town.first.name in street.get(address).text
    assert street.post(address, data={"reason": ""}).status_code == 422
    assert street.post(address, data={"reason": "病假"}).status_code == 302
    assert place.state is EnrolmentState.WITHDRAWN
    assert signed_in(app, town.other_clerk).get(address).status_code == 404


def test_scores_are_typed_in_the_list(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district), score_wanted=Decimal(60))
    place = make_enrolment(held, town.first)
    office = signed_in(app, town.hr)
    assert f'name="score-{place.id}"' in office.get(f"/training/classes/{held.id}/people").text
    typed = {f"score-{place.id}": "88.5", f"hours-{place.id}": "", f"note-{place.id}": "优秀学员"}
    assert office.post(f"/training/classes/{held.id}/results", data=typed).status_code == 302
    assert (place.score, place.hours, place.note) == (Decimal("88.50"), None, "优秀学员")
    answer = office.post(f"/training/classes/{held.id}/results", data=typed | {f"score-{place.id}": "八十"})
    assert answer.status_code == 422
    assert 'value="八十"' in answer.text


def test_the_sheet_shows_the_code_to_the_holder_alone(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    place, day = make_enrolment(held, town.first), days_of_class(held)[0]
    office, street = signed_in(app, town.hr), signed_in(app, town.clerk)
    page = office.get(f"/training/classes/{held.id}/days").text
    assert f">{day.code}<" in page
    assert "应到 1 人，实到 0 人" in page
    assert day.code not in street.get(f"/training/classes/{held.id}/days").text
    marks = {"ids": [str(place.id)], "act": "present"}
    assert office.post(f"/training/days/{day.id}/marks", data=marks).status_code == 302
    assert "代签" in office.get(f"/training/classes/{held.id}/days?day={day.id}").text
    office.post(f"/training/days/{day.id}/marks", data=marks | {"act": "absent"})
    assert db.session.query(ClassSignIn).count() == 0
    later = days_of_class(held)[1]
    assert office.post(f"/training/days/{later.id}/marks", data=marks).status_code == 422
    before = day.code
    office.post(f"/training/days/{day.id}/code")
    assert day.code != before


def test_papers_come_in_are_handed_out_and_go(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    office, street = signed_in(app, town.hr), signed_in(app, town.clerk)
    address = f"/training/classes/{held.id}/papers"
    assert "还没有资料" in office.get(address).text
    answer = office.post(
        address, data={"file": (BytesIO(make_image()), "安排.exe")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 302
    paper = db.session.scalars(select(ClassPaper)).one()
    assert paper.name == "安排.jpg"
    found = street.get(f"/training/papers/{paper.id}")
    assert found.status_code == 200
    assert found.data[:3] == b"\xff\xd8\xff"
    assert "attachment" in found.headers["Content-Disposition"]
    assert street.post(f"/training/papers/{paper.id}/remove").status_code == 404
    assert office.post(f"/training/papers/{paper.id}/remove").status_code == 302
    assert db.session.query(ClassPaper).count() == 0


def test_a_file_that_is_no_paper_is_refused(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    answer = signed_in(app, town.hr).post(
        f"/training/classes/{held.id}/papers",
        data={"file": (BytesIO(b"MZ\x90"), "课件.pdf")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    assert "PDF、JPEG 或 PNG" in answer.text


def test_ratings_are_shown_without_names_from_three_people_on(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.CLOSED)
    attended = EnrolmentState.ATTENDED
    make_enrolment(held, town.first, state=attended, rating=5, comment="讲得好")
    make_enrolment(held, town.second, state=attended, rating=4)
    office = signed_in(app, town.hr)
    page = office.get(f"/training/classes/{held.id}/ratings").text
    assert "4.5" in page
    assert "讲得好" not in page
    make_enrolment(held, town.third, state=attended, rating=4)
    page = office.get(f"/training/classes/{held.id}/ratings").text
    assert "4.3" in page
    assert "讲得好" in page
    assert town.first.name not in page


def test_pages_cost_the_same_however_many_people(app: Flask, town: Offices) -> None:
    course = make_course(town.district)
    held, full = make_class(course), make_class(course)
    make_enrolment(held, town.first)
    for _ in range(10):
        place = make_enrolment(full, make_employee(None, town.community))
        make_sign_in(place, days_of_class(full)[0])
    office = signed_in(app, town.hr)
    for page in ("", "/people", "/days", "/people/new"):
        few, many = (cost(office, f"/training/classes/{one.id}{page}") for one in (held, full))
        assert few == many
        assert many <= 12


def cost(client: FlaskClient, address: str) -> int:
    """How many queries a page asks, beside who is signed in."""
    return len(selects_of(lambda: client.get(address)))
