"""The pages of exams, degree courses and registrations, for the office and for the person."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Certificate, Education
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import link_account
from careerpath.training.models import CertificateTry, DegreeStudy, StudyState, TryState
from careerpath.training.queries.study_person import study_lines
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.studies import make_study, make_try
from tests.training.needed import TODAY, Needed

MOST_QUERIES = 8
FOR_THE_FRAME = 2
"""Queries for the sign-in and the person behind it, on every page."""


def test_tries_are_listed_with_the_share_of_those_who_passed(app: Flask) -> None:
    world = Needed()
    make_try(world.worker, TryState.PASSED)
    make_try(world.secretary, TryState.FAILED)
    make_try(world.entrant, TryState.ABSENT)
    make_try(make_employee(None, world.town.foreign, name="周平"), year=2024, registered_on=date(2024, 3, 20))
    text = signed_in(app, world.district).get("/training/studies?year=2025").text
    assert "50%" in text
    assert "证书待记入" in text
    assert "周平" not in text
    assert "结果待登记" in signed_in(app, world.district).get("/training/studies?year=all").text
    assert "周平" not in signed_in(app, world.street).get("/training/studies?year=all").text
    only = signed_in(app, world.district).get("/training/studies?year=2025&state=absent").text
    assert "共 1 人次" in only


def test_a_try_is_registered_decided_and_taken_back(app: Flask) -> None:
    world = Needed()
    client = signed_in(app, world.street)
    data = {"person": world.worker.number, "grade": "junior", "year": "2025", "registered_on": "2025.3.20"}
    assert client.get("/training/tries/new").status_code == 200
    assert client.post("/training/tries/new", data=data | {"person": "没有这个人"}).status_code == 422
    assert client.post("/training/tries/new", data=data).status_code == 302
    attempt = db.session.scalars(select(CertificateTry)).one()
    edit, result = f"/training/tries/{attempt.id}/edit", f"/training/tries/{attempt.id}/result"
    assert "2025-03-20" in client.get(edit).text
    assert client.post(edit, data=data | {"support": "报名费报销", "version": "1"}).status_code == 302
    assert client.post(edit, data=data | {"version": "1"}).status_code == 409
    assert client.get(result).status_code == 200
    passed = {"state": "passed", "result_on": "2025-09-10", "obtained_on": "2025-09-10"}
    assert client.post(result, data=passed | {"result_on": "2026-09-10"}).status_code == 422
    assert client.post(result, data=passed).status_code == 302
    assert db.session.scalars(select(Certificate.grade)).all() == ["junior"]
    client.post(f"/training/tries/{attempt.id}/drop")
    assert "如有错误请先撤销结果" in client.get("/training/studies?year=2025").text
    assert client.post(f"/training/tries/{attempt.id}/reopen").status_code == 302
    assert client.post(f"/training/tries/{attempt.id}/drop").status_code == 302
    assert "这一年还没有报考" in client.get("/training/studies?year=2025").text


def test_a_degree_course_is_registered_paid_and_finished(app: Flask) -> None:
    world = Needed()
    client = signed_in(app, world.street)
    data = {
        "person": "林涛",
        "level": "21",
        "school": "临沂大学",
        "starts_on": "2023-03-01",
        "expected_on": "2025-07-01",
        "amount": "1800",
    }
    assert client.get("/training/degree-studies/new").status_code == 200
    assert client.post("/training/degree-studies/new", data=data | {"school": ""}).status_code == 422
    assert client.post("/training/degree-studies/new", data=data).status_code == 302
    study = db.session.scalars(select(DegreeStudy)).one()
    text = client.get("/training/degree-studies").text
    assert ("1800 元" in text, "未拨付" in text, "已到期" in text) == (True, True, True)
    base = f"/training/degree-studies/{study.id}"
    assert client.post(f"{base}/paid").status_code == 302
    assert client.get(f"{base}/edit").status_code == 200
    assert client.post(f"{base}/edit", data=data | {"version": "2", "major": "社会学"}).status_code == 302
    assert client.get(f"{base}/finish").status_code == 200
    assert client.post(f"{base}/finish", data={"ended_on": "2025-07-01", "enter": "y"}).status_code == 302
    assert db.session.scalars(select(Education.major)).all() == ["社会学"]
    assert client.post(f"{base}/reopen").status_code == 302
    assert client.get(f"{base}/give-up").status_code == 200
    assert client.post(f"{base}/give-up", data={"ended_on": "2025-07-01", "reason": ""}).status_code == 422
    assert client.post(f"{base}/give-up", data={"ended_on": "2025-07-01", "reason": "工作忙"}).status_code == 302
    client.post(f"{base}/drop")
    db.session.expire_all()
    assert db.session.get_one(DegreeStudy, study.id).state is StudyState.GIVEN_UP
    assert "没有符合条件的登记" in client.get("/training/degree-studies?state=studying").text


def test_registrations_that_run_out_are_listed_and_renewed(app: Flask) -> None:
    world = Needed()
    first, until = date(2023, 1, 5), date(2026, 1, 4)
    held = NewCertificate(grade="junior", obtained_on=first, registered_on=first, registered_until=until)
    certificate_id = add_fact(CLERK, world.worker.id, held)
    add_fact(CLERK, world.secretary.id, held)
    add_fact(CLERK, world.secretary.id, NewCertificate(grade="intermediate", obtained_on=date(2024, 9, 1)))
    client = signed_in(app, world.street)
    text = client.get("/training/registrations").text
    assert ("林涛" in text, "陈静" in text, "即将到期" in text) == (True, False, True)
    assert "已到期</span>" in client.get("/training/registrations?on=2026-01-05").text
    assert "没有即将到期的登记" in client.get("/training/registrations?on=2025-06-01&months=3").text
    url = f"/training/certificates/{certificate_id}/renew"
    assert client.get(url).status_code == 200
    data = {"registered_on": "2025-12-01", "registered_until": "2029-01-04"}
    assert client.post(url, data=data | {"registered_until": "2026-01-04"}).status_code == 422
    assert client.post(url, data=data).status_code == 302
    assert "没有即将到期的登记" in client.get("/training/registrations").text
    assert client.get(url).status_code == 404


def test_a_worker_keeps_the_own_exams_and_studies(app: Flask) -> None:
    world = Needed()
    actor = make_actor(Role.WORKER, world.town.community, "lin")
    client = signed_in(app, actor)
    assert "没有关联人员档案" in client.get("/training/own/studies").text
    assert actor.user_id is not None
    link_account(CLERK, world.worker.id, actor.user_id)
    data = {"grade": "junior", "year": "2025", "registered_on": "2025-03-20"}
    assert client.get("/training/own/studies/tries/new").status_code == 200
    assert client.post("/training/own/studies/tries/new", data=data | {"support": "报销"}).status_code == 302
    assert client.post("/training/own/studies/tries/new", data=data).status_code == 422
    attempt = db.session.scalars(select(CertificateTry)).one()
    assert attempt.support == ""
    study = {"level": "21", "school": "临沂大学", "starts_on": "2024-03-01", "expected_on": "2026-07-01"}
    assert client.get("/training/own/studies/new").status_code == 200
    assert client.post("/training/own/studies/new", data=study).status_code == 302
    text = client.get("/training/own/studies").text
    assert ("已报考" in text, "临沂大学" in text) == (True, True)
    assert client.post(f"/training/own/studies/tries/{attempt.id}/withdraw").status_code == 302
    client.post(f"/training/own/studies/tries/{attempt.id}/withdraw")
    assert "已登记为“已放弃”" in client.get("/training/own/studies").text
    assert client.get("/training/studies").status_code == 403


def test_the_file_tells_exams_and_studies_as_they_were_known_on_the_day(app: Flask) -> None:
    world = Needed()
    make_try(world.worker, TryState.PASSED, support="报名费报销")
    make_study(world.worker, StudyState.FINISHED)
    told = [(line.kind, str(line.title), str(line.state)) for line in study_lines(world.worker.id, TODAY)]
    assert told == [("try", "2025年助理社会工作师考试", "已通过"), ("study", "在职攻读大学本科", "已毕业")]
    before = [(str(line.state), line.ends_on) for line in study_lines(world.worker.id, date(2025, 6, 1))]
    assert before == [("已报考", None), ("在读", None)]


def test_the_pages_cost_no_more_for_many_people(app: Flask) -> None:
    world = Needed()
    held = NewCertificate(
        grade="junior", obtained_on=date(2023, 1, 5), registered_on=date(2023, 1, 5), registered_until=date(2026, 1, 4)
    )
    client = signed_in(app, world.district)
    pages = ("/training/studies?year=2025", "/training/degree-studies", "/training/registrations")

    def one_more() -> None:
        employee = make_employee(None, world.town.community)
        make_try(employee)
        make_study(employee)
        add_fact(CLERK, employee.id, held)

    one_more()
    few = [len(selects_of(lambda page=page: client.get(page))) for page in pages]  # type: ignore[misc]
    for _ in range(3):
        one_more()
    many = [len(selects_of(lambda page=page: client.get(page))) for page in pages]  # type: ignore[misc]
    assert many == few
    assert max(many) <= MOST_QUERIES + FOR_THE_FRAME
