"""Courses, classes and the people of a class go out as Excel and come back in."""

from datetime import date, time
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.core.sheets import open_workbook, read_rows
from careerpath.policy.training import Tier
from careerpath.spreadsheets.models import NOTHING, About
from careerpath.spreadsheets.operations.exports import find_export, make_workbook
from careerpath.spreadsheets.operations.imports import Upload, begin_import, compare_file, confirm_import
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.sheets.desk import Outcome, RowState, Wish
from careerpath.training.models import ClassDay, ClassState, Course, Enrolment, EnrolmentState, TrainingClass
from careerpath.training.operations.classes import AudienceGiven, DayGiven, change_class
from careerpath.training.operations.closing import close_class
from careerpath.training.sheets.training import CLASS_PEOPLE_SPEC, CLASSES_SPEC
from careerpath.words import Refused
from tests.core.sheets.workbooks import make_xlsx
from tests.factories.access import signed_in
from tests.factories.skills import make_line
from tests.factories.training import days_of_class, make_class, make_course, make_enrolment, make_sign_in
from tests.training.rooms import Offices, a_class, place_of

COURSES = ["举办单位", "课程名称", "层级", "类别", "学时", "天数", "业务条线", "结业后的技能", "在用"]
CLASSES = ["举办单位", "课程", "班次", "开始日期", "结束日期", "名额", "地点"]
PEOPLE = ["编号", "姓名", "成绩", "学时", "说明"]


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def book(*lines: list[object]) -> Upload:
    """A workbook as an office sends it."""
    return Upload("表.xlsx", make_xlsx([list(line) for line in lines]))


def compared(actor: Actor, sheet: str, upload: Upload, about: About = NOTHING) -> list[Outcome]:
    """What the rows would do."""
    return list(compare_file(actor, sheet, upload, about).outcomes)


def written(actor: Actor, sheet: str, upload: Upload, about: About = NOTHING) -> int:
    """Bring a file in; gives the import."""
    import_id = begin_import(actor, sheet, upload, about)
    confirm_import(actor, import_id)
    return import_id


def handed_out(actor: Actor, sheet: str, wish: Wish) -> Upload:
    """A sheet as it goes out."""
    made = make_workbook(find_export(actor, sheet, wish))
    return Upload(made.name, made.content)


def test_courses_come_in_and_can_be_taken_back(town: Offices) -> None:
    make_line(town.district, "party", "党建")
    make_line(town.district, "grid", "网格治理")
    given = book(
        COURSES,
        ["费县", "书记能力提升", "区县级", "党建引领", 16, 2, "党建、网格治理", "能办", ""],
        ["费城街道", "网格治理", "街道级", "", 8, "", "", "", "否"],
    )
    import_id = written(town.hr, "courses", given)
    first, second = db.session.scalars(select(Course).order_by(Course.id))
    assert (first.unit_id, first.tier, first.hours, first.days) == (town.district.id, Tier.DISTRICT, 16, 2)
    assert (first.lines, first.teaches) == (["party", "grid"], "able")
    assert (second.unit_id, second.active) == (town.street.id, False)
    undo_import(town.hr, import_id)
    assert db.session.query(Course).count() == 0


def test_courses_that_go_out_come_back_unchanged(town: Offices) -> None:
    make_line(town.district, "party", "党建")
    make_course(town.district, lines=["party"], teaches="able", outline="第一讲\n第二讲")
    make_course(town.street, Tier.STREET, days=None, active=False)
    out = handed_out(town.hr, "courses", Wish())
    assert [one.state for one in compared(town.hr, "courses", out)] == [RowState.UNCHANGED] * 2


def test_a_changed_course_shows_what_changes(town: Offices) -> None:
    course = make_course(town.district)
    given = book(COURSES, ["费县", course.name, "区县级", "", 12, "", "", "", ""])
    (outcome,) = compared(town.hr, "courses", given)
    assert outcome.state is RowState.CHANGED
    assert [(one.key, one.old, one.new) for one in outcome.changes] == [("hours", "16", "12")]
    written(town.hr, "courses", given)
    # A blank cell says nothing.
    assert (course.hours, course.category, course.days) == (12, "基层治理", 2)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (["上冶镇", "课", "街道级", "", 8], "unit"),
        (["费城街道", "课", "区县级", "", 8], "tier"),
        (["费城街道", "课", "街道级", "", "八"], "hours"),
        (["费城街道", "课", "街道级", "", 8, "", "没有的条线"], "lines"),
        (["费城街道", "课", "街道级", "", 8, "", "", "能办"], "lines"),
    ],
)
def test_a_row_of_courses_that_cannot_be_is_marked(town: Offices, row: list[object], key: str) -> None:
    (outcome,) = compared(town.clerk, "courses", book(COURSES, row))
    assert outcome.state is RowState.WRONG
    assert [one.key for one in outcome.wrongs] == [key]


def test_the_same_course_twice_in_a_file_is_marked(town: Offices) -> None:
    row: list[object] = ["费城街道", "课", "街道级", "", 8]
    assert [one.state for one in compared(town.clerk, "courses", book(COURSES, row, row))] == [
        RowState.NEW,
        RowState.WRONG,
    ]


def test_classes_are_planned_from_a_file_and_can_be_taken_back(town: Offices) -> None:
    course = make_course(town.district)
    given = book(CLASSES, ["费县", course.name, "2026年第1期", "2026-03-05", "2026-03-06", 60, "党校"])
    import_id = written(town.hr, "classes", given)
    held = db.session.scalars(select(TrainingClass)).one()
    assert (held.state, held.capacity, held.held_at, held.hours) == (ClassState.PLANNED, 60, "党校", 16)
    assert len(days_of_class(held)) == 2
    undo_import(town.hr, import_id)
    assert db.session.query(ClassDay).count() == 0


def test_a_class_that_comes_back_keeps_its_schedule_and_audience(town: Offices) -> None:
    course = make_course(town.district)
    held = make_class(course)
    half = (DayGiven(held.starts_on, time(8), time(11), Decimal(16)),)
    meant = AudienceGiven(posts=("chief",))
    change_class(town.hr, held.id, a_class(course.id, name=held.name, days=half, audience=meant), held.version)
    out = handed_out(town.hr, "classes", Wish())
    assert [one.state for one in compared(town.hr, "classes", out)] == [RowState.UNCHANGED]
    given = book(CLASSES, ["费县", course.name, held.name, held.starts_on, held.ends_on, "", "会议中心"])
    written(town.hr, "classes", given)
    assert (held.held_at, held.audience) == ("会议中心", {"posts": ["chief"]})
    assert [(day.begins, day.hours) for day in days_of_class(held)] == [(time(8), 16)]


def test_classes_go_out_with_their_counts(town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.CLOSED, name="甲班")
    make_enrolment(held, town.first, state=EnrolmentState.ATTENDED)
    make_enrolment(held, town.third, state=EnrolmentState.ABSENT)
    make_class(make_course(town.other_street, Tier.STREET), name="外街道班")
    out = handed_out(town.clerk, "classes", Wish())
    rows = read_rows(open_workbook(out.content, out.name), CLASSES_SPEC).rows
    assert [(row.values["name"], row.values["people"], row.values["attended"]) for row in rows] == [("甲班", 2, 1)]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (["费县", "没有的课", "班", "2026-03-05", "2026-03-06"], "course"),
        (["费县", "课", "班", "2026-03-05", "2026-03-04"], "ends_on"),
        (["费城街道", "课", "班", "2026-03-05", "2026-03-06"], "course"),
    ],
)
def test_a_row_of_classes_that_cannot_be_is_marked(town: Offices, row: list[object], key: str) -> None:
    make_course(town.district, name="课")
    (outcome,) = compared(town.hr, "classes", book(CLASSES, row))
    assert outcome.state is RowState.WRONG
    assert [one.key for one in outcome.wrongs] == [key]


def test_days_of_a_class_are_moved_on_its_page_alone(town: Offices) -> None:
    course = make_course(town.district)
    held = make_class(course)
    given = book(CLASSES, ["费县", course.name, held.name, held.starts_on, "2025-12-07", "", ""])
    (outcome,) = compared(town.hr, "classes", given)
    assert [one.key for one in outcome.wrongs] == ["ends_on"]


def test_a_closed_class_is_not_changed_from_a_file(town: Offices) -> None:
    course = make_course(town.district)
    held = make_class(course, ClassState.CLOSED)
    given = book(CLASSES, ["费县", course.name, held.name, held.starts_on, held.ends_on, 9, ""])
    (outcome,) = compared(town.hr, "classes", given)
    assert outcome.state is RowState.WRONG


def test_names_and_scores_of_a_class_come_in_together(town: Offices) -> None:
    held = make_class(make_course(town.district), score_wanted=Decimal(60))
    make_enrolment(held, town.first)
    about = About(class_id=held.id)
    given = book(
        [f"培训班：{held.name}"],
        PEOPLE,
        [town.first.number, town.first.name, 88, "", "优秀学员"],
        [town.second.number, town.second.name, 59.5, 8, ""],
        [town.third.number, "", "", "", ""],
    )
    assert [one.state for one in compared(town.hr, "class-people", given, about)] == [
        RowState.CHANGED,
        RowState.NEW,
        RowState.NEW,
    ]
    import_id = written(town.hr, "class-people", given)
    assert (place_of(held, town.first).score, place_of(held, town.first).note) == (88, "优秀学员")
    assert (place_of(held, town.second).score, place_of(held, town.second).hours) == (Decimal("59.50"), 8)
    assert place_of(held, town.third).score is None
    undo_import(town.hr, import_id)
    assert [one.employee_id for one in db.session.query(Enrolment)] == [town.first.id]
    assert place_of(held, town.first).score is None


def test_the_people_of_a_class_go_out_with_their_signs_and_come_back_unchanged(town: Offices) -> None:
    held = make_class(make_course(town.district))
    place = make_enrolment(held, town.first)
    make_enrolment(held, town.third)
    make_sign_in(place, days_of_class(held)[0])
    out = handed_out(town.clerk, "class-people", Wish(class_id=held.id))
    rows = read_rows(open_workbook(out.content, out.name), CLASS_PEOPLE_SPEC).rows
    assert [(row.values["number"], row.values["signed"]) for row in rows] == [(town.first.number, 1)]
    assert [one.state for one in compared(town.clerk, "class-people", out, About(class_id=held.id))] == [
        RowState.UNCHANGED
    ]


def test_a_street_sends_names_by_file_and_leaves_scores_to_the_holder(town: Offices) -> None:
    held = make_class(make_course(town.district), score_wanted=Decimal(60))
    about = About(class_id=held.id)
    names = book(PEOPLE, [town.first.number, "", "", "", ""], [town.third.number, "", "", "", ""])
    states = [one.state for one in compared(town.clerk, "class-people", names, about)]
    assert states == [RowState.NEW, RowState.WRONG]
    scored = book(PEOPLE, [town.first.number, "", 90, "", ""])
    (outcome,) = compared(town.clerk, "class-people", scored, about)
    assert "举办单位登记" in str(outcome.wrongs[0].message)


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        (["", 101, "", ""], "score"),
        (["", 90, "", ""], "score"),
        (["", "", 20, ""], "hours"),
        (["别人", "", "", ""], "name"),
    ],
)
def test_a_row_of_people_that_cannot_be_is_marked(town: Offices, cells: list[object], key: str) -> None:
    held = make_class(make_course(town.district))
    given = book(PEOPLE, [town.first.number, *cells])
    (outcome,) = compared(town.hr, "class-people", given, About(class_id=held.id))
    assert [one.key for one in outcome.wrongs] == [key]


def test_a_file_of_another_class_is_not_taken(town: Offices) -> None:
    course = make_course(town.district)
    held, other = make_class(course), make_class(course)
    given = book([f"培训班：{other.name}"], PEOPLE, [town.first.number, "", "", "", ""])
    with pytest.raises(Refused, match="文件写明属于"):
        begin_import(town.hr, "class-people", given, About(class_id=held.id))
    with pytest.raises(Refused, match="请选择这个文件属于哪个培训班"):
        begin_import(town.hr, "class-people", book(PEOPLE, [town.first.number, "", "", "", ""]), NOTHING)


def test_names_stay_once_the_class_is_closed(town: Offices) -> None:
    held = make_class(make_course(town.district), starts_on=date(2025, 12, 1), ends_on=date(2025, 12, 2))
    given = book(PEOPLE, [town.first.number, "", "", "", ""])
    import_id = written(town.hr, "class-people", given, About(class_id=held.id))
    close_class(town.hr, held.id, date(2025, 12, 5))
    with pytest.raises(Refused, match="不能再撤销"):
        undo_import(town.hr, import_id)


def test_the_pages_of_sheets_ask_for_the_class(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first)
    office = signed_in(app, town.hr)
    page = office.get(f"/spreadsheets/class-people/export?training_class={held.id}").text
    assert f'<option selected value="{held.id}">' in page
    answer = office.post("/spreadsheets/class-people/export", data={"training_class": str(held.id)})
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert office.get(f"/spreadsheets/class-people/import?training_class={held.id}").status_code == 200
    template = office.get(f"/spreadsheets/class-people/template?training_class={held.id}")
    with pytest.raises(Refused, match="只有表头"):
        read_rows(open_workbook(template.data, "模板.xlsx"), CLASS_PEOPLE_SPEC)
