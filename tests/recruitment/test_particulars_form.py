"""What clerks and candidates type about an applicant, and what becomes of it."""

from datetime import date

from flask import Flask
from werkzeug.datastructures import MultiDict

from careerpath.recruitment.forms.particulars import OwnHistoryForm, OwnStudyForm, ParticularsForm
from careerpath.recruitment.operations.particulars import Particulars, Relative, ResumeLine
from careerpath.recruitment.queries.rules import rules_named
from tests.factories.recruitment import RULES

KEPT = Particulars(
    name="黎书航",
    phone="13800000000",
    education="21",
    degree="401",
    full_time=False,
    resume=(ResumeLine(starts_on=date(2016, 9, 1), ends_on=date(2020, 6, 1), text="临沂大学学生"),),
    family=(Relative(relation="父亲", name="黎某"),),
)


def test_rows_stand_as_they_are_kept_with_two_empty_ones_after_them(app: Flask) -> None:
    with app.test_request_context():
        form = OwnHistoryForm(obj=KEPT)
        assert [row.form.text.data for row in form.resume] == ["临沂大学学生", None, None]
        assert len(OwnHistoryForm(obj=Particulars(name="林某")).resume) == 2


def test_empty_rows_are_passed_over_and_a_row_without_a_beginning_is_named(app: Flask) -> None:
    sent = MultiDict(
        {
            "resume-0-starts_on": "2016.9",
            "resume-0-text": "临沂大学学生",
            "resume-1-starts_on": "",
            "resume-1-text": "",
            "resume-2-text": "书苑社区网格员",
            "family-0-relation": "",
            "family-0-name": "",
            "family-0-political": "13",
        }
    )
    with app.test_request_context(method="POST", data=sent):
        form = OwnHistoryForm(obj=KEPT)
        assert not form.validate_on_submit()
        assert form.faults() == [("resume-2-starts_on", "请填写这一时段的开始年月。")]
    sent["resume-2-starts_on"] = "2020年7月"
    with app.test_request_context(method="POST", data=sent):
        form = OwnHistoryForm(obj=KEPT)
        assert form.validate_on_submit()
        given = form.given(KEPT)
    assert [line.starts_on for line in given.resume] == [date(2016, 9, 1), date(2020, 7, 1)]
    assert (given.family, given.name) == ((), "黎书航")


def test_study_is_shown_as_it_is_kept(app: Flask) -> None:
    with app.test_request_context():
        form = OwnStudyForm(obj=KEPT)
        assert (form.full_time.data, form.degree.data, form.education.data) == ("no", "4", "21")


def test_a_clerk_gives_everything_at_once_and_chooses_among_what_the_rules_know(app: Flask) -> None:
    sent = {
        "name": "黎书航",
        "identity": "371399199804120029",
        "phone": "13800000000",
        "ethnic": "01",
        "marital": "10",
        "political": "03",
        "education": "21",
        "full_time": "yes",
        "source": "graduate",
        "position_id": "7",
        "groups": "graduate",
        "resume-0-starts_on": "2016-09",
        "resume-0-text": "临沂大学学生",
    }
    for groups, sound in (("graduate", True), ("courier", False)):
        with app.test_request_context(method="POST", data=sent | {"groups": groups}):
            form = ParticularsForm()
            form.offer(rules_named(RULES), [(7, "001 书苑社区")])
            assert form.validate_on_submit() is sound
            assert (form.position_id.data, len(form.given().resume)) == (7, 1)
    assert form.given().identity == "371399199804120029"
