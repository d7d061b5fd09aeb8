"""Printing the papers of growth in the browser: their addresses, what is made in the background, and their feet."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from flask import Flask

from careerpath.core.db import db
from careerpath.jobs.models import Job, JobState
from careerpath.jobs.runner import run_job
from careerpath.printing.operations.growth import (
    GROWTH_JOBS,
    order_class_certificates,
    order_honour_forms,
    order_mentoring_papers,
    order_rotation_papers,
)
from careerpath.printing.queries.growth import classes, filling, honours, mentoring, rosters, rotations
from careerpath.words import NotFound, Refused
from tests.conftest import TODAY
from tests.factories.access import signed_in
from tests.factories.employees import make_employee, selects_of
from tests.factories.honours import make_nominee
from tests.factories.mentoring import make_pairing
from tests.factories.training import make_enrolment
from tests.printing.growing import Growth


@pytest.fixture
def office(app: Flask) -> Iterator[Growth]:
    with app.test_request_context():
        yield Growth()


def pages_of(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def test_every_paper_has_its_address(app: Flask, office: Growth) -> None:
    office.conclude()
    client = signed_in(app, office.district)
    for path in (
        f"pairings/{office.pairing.id}/mentor-agreement.pdf",
        f"pairings/{office.finished.id}/mentoring-evaluation.pdf",
        f"pairings/{office.pairing.id}/mentoring-log.pdf",
        f"mentors/{office.mentor.id}/mentor-letter.pdf",
        "mentor-roster.pdf",
        f"mentor-roster.pdf?unit_id={office.town.street.id}&on=2025-06-01",
        f"rotations/{office.rotation.id}/rotation-form.pdf",
        f"rotations/{office.rotation.id}/rotation-notice.pdf",
        "rotation-roster.pdf?on=never",
        "skill-cover.pdf",
        f"skill-cover.pdf?unit_id={office.town.community.id}",
        f"classes/{office.open_class.id}/class-notice.pdf",
        f"classes/{office.open_class.id}/class-sign-in.pdf",
        f"classes/{office.closed_class.id}/class-roster.pdf",
        f"enrolments/{office.certified.id}/class-certificate.pdf",
        f"calls/{office.call.id}/honour-notice.pdf",
        f"calls/{office.call.id}/honour-publicity.pdf",
        f"calls/{office.call.id}/honour-decision.pdf",
        f"nominees/{office.nominee.id}/honour-form.pdf",
    ):
        answer = client.get(f"/print/{path}")
        assert answer.mimetype == "application/pdf", path
    listed = client.get("/print").text
    for words in ("导师帮带协议书", "结业证书", "推荐审批表", "业务覆盖表", "轮岗派出通知"):
        assert words in listed


def test_the_page_of_growth_prints_a_unit_and_a_year(app: Flask, office: Growth) -> None:
    client = signed_in(app, office.district)
    page = client.get("/print/growth").text
    for words in ("费县", "打印导师帮带协议书（1 份）", "打印导师聘书（1 份）", "打印帮带期满评价表（1 份）"):
        assert words in page
    assert "打印挂职（轮岗）鉴定表（3 份）" in client.get("/print/growth?year=2026").text
    assert "没有帮带结对和轮岗锻炼" in client.get("/print/growth?year=1999").text
    assert "费城街道" in client.get("/print/growth?unit=费城街道").text
    unknown = client.get("/print/growth?unit=无此街道")
    assert unknown.status_code == 422
    assert "没有找到所选单位" in unknown.text
    assert client.get("/print/growth?unit_id=987654").status_code == 422
    unit = office.town.district.id
    answer = client.post(f"/print/units/{unit}/mentoring-papers", data={"each": "mentor-agreement", "year": "2025"})
    assert pages_of(answer.data) == 1
    answer = client.post(f"/print/units/{unit}/rotation-papers", data={"year": "2026"})
    assert pages_of(answer.data) == 3
    for data in ({}, {"each": "pay-slip"}, {"each": "mentor-letter", "year": "1999"}):
        assert client.post(f"/print/units/{unit}/mentoring-papers", data=data).status_code == 422
    for _ in range(21):
        make_pairing(office.mentor, make_employee(None, office.town.community), office.town.community)
    answer = client.post(f"/print/units/{unit}/mentoring-papers", data={"each": "mentor-agreement", "year": "2025"})
    assert answer.status_code == 302
    assert "/jobs/" in answer.location
    assert len(selects_of(lambda: client.get("/print/growth"))) <= 8


def test_the_page_of_a_class_offers_what_is_ready(app: Flask, office: Growth) -> None:
    holder, street = signed_in(app, office.district), signed_in(app, office.street)
    page = holder.get(f"/print/classes/{office.closed_class.id}").text
    for words in ("培训通知", "签到册", "花名册", "打印结业证书（1 人）"):
        assert words in page
    assert "签到册</a>" not in street.get(f"/print/classes/{office.closed_class.id}").text
    assert "办结之后打印" in holder.get(f"/print/classes/{office.open_class.id}").text
    url = f"/print/classes/{office.closed_class.id}/certificates"
    assert pages_of(street.post(url).data) == 1
    assert holder.post(f"/print/classes/{office.open_class.id}/certificates").status_code == 422
    for _ in range(20):
        make_enrolment(office.closed_class, make_employee(None, office.town.community), state=office.certified.state)
    assert holder.post(url).status_code == 302
    assert len(selects_of(lambda: holder.get(f"/print/classes/{office.closed_class.id}"))) <= 8


def test_the_page_of_a_call_offers_what_is_ready(app: Flask, office: Growth) -> None:
    district, street = signed_in(app, office.district), signed_in(app, office.street)
    page = district.get(f"/print/calls/{office.call.id}").text
    for words in ("评选公告", "人选公示", "表彰决定", "打印推荐审批表（2 人）"):
        assert words in page
    shown = street.get(f"/print/calls/{office.call.id}").text
    assert "表彰决定</a>" not in shown
    assert "打印推荐审批表（1 人）" in shown
    url = f"/print/calls/{office.call.id}/forms"
    assert pages_of(district.post(url).data) == 2
    for _ in range(19):
        make_nominee(office.call, make_employee(None, office.town.community), office.town.community)
    assert district.post(url).status_code == 302
    assert len(selects_of(lambda: district.get(f"/print/calls/{office.call.id}"))) <= 8


def test_papers_of_many_are_made_in_the_background(app: Flask, office: Growth) -> None:
    unit = office.town.district.id
    orders = {
        order_mentoring_papers(office.district, unit, filling.LETTER, 2025): 1,
        order_rotation_papers(office.district, unit, 2026): 3,
        order_class_certificates(office.district, office.closed_class.id): 1,
        order_honour_forms(office.district, office.call.id): 2,
    }
    for job_id, pages in orders.items():
        assert run_job(job_id, dict(GROWTH_JOBS), "test")
        job = db.session.get_one(Job, job_id)
        assert job.state is JobState.DONE, job.message
        assert pages_of(app.extensions["careerpath.files"].read(job.result_key)) == pages
    with pytest.raises(NotFound):
        order_mentoring_papers(office.district, unit, filling.HONOUR)
    with pytest.raises(Refused, match="没有可以打印的人员"):
        order_rotation_papers(office.street, office.town.street.id, 1999)


def test_papers_are_checked_by_their_feet(app: Flask, office: Growth) -> None:
    office.conclude()
    client = signed_in(app, office.district)
    actor, unit, on = office.district, office.town.district.id, TODAY.date()
    feet = (
        mentoring.agreements(actor, [office.pairing.id])[0].foot,
        mentoring.evaluations(actor, [office.finished.id])[0].foot,
        mentoring.log_book(actor, office.pairing.id).foot,
        mentoring.letters(actor, [office.mentor.id])[0].foot,
        rotations.rotation_forms(actor, [office.evaluated.id])[0].foot,
        rotations.rotation_notice(actor, office.rotation.id).foot,
        classes.class_notice(actor, office.open_class.id).foot,
        classes.sign_in_sheet(actor, office.open_class.id).foot,
        classes.class_roster(actor, office.closed_class.id).foot,
        classes.certificates(actor, [office.certified.id])[0].foot,
        honours.call_notice(actor, office.call.id).foot,
        honours.call_publicity(actor, office.call.id).foot,
        honours.call_decision(actor, office.call.id).foot,
        honours.honour_forms(actor, [office.nominee.id])[0].foot,
        rosters.mentor_roster(actor, unit, on).foot,
        rosters.rotation_roster(actor, unit, on).foot,
        rosters.skill_cover(actor, unit, on).foot,
    )
    for foot in feet:
        answer = client.get("/print/check", query_string={"number": foot.number, "code": foot.check_code}).text
        assert "一致：这份表打印之后" in answer, foot
        wrong = client.get("/print/check", query_string={"number": foot.number, "code": "0000-0000"}).text
        assert "不一致" in wrong
    for number in ("XY-2025-999999", "JY-2025-", "PC-2025-x", "XY-1999-000001"):
        assert "没有找到编号" in client.get("/print/check", query_string={"number": number, "code": "1"}).text
    street = signed_in(app, office.street)
    notice = classes.class_notice(actor, office.open_class.id).foot
    answer = street.get("/print/check", query_string={"number": notice.number, "code": notice.check_code}).text
    assert "一致：这份表打印之后" in answer
