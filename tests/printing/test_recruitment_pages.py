"""Printing recruitment from its page: what is ready, who lacks what, a few at once and many in the background."""

from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import event, select

from careerpath.access.models import AuditEntry
from careerpath.core.db import db, writing
from careerpath.jobs.models import Job, JobState
from careerpath.jobs.runner import run_job
from careerpath.printing.operations.recruitment import (
    KIND,
    RECRUITMENT_FORMS_JOB,
    order_recruitment_forms,
    permit_full_forms,
)
from careerpath.recruitment.models import ApplicationState
from careerpath.recruitment.operations.candidates import renew_code
from careerpath.words import NotFound, Refused
from tests.factories.access import signed_in
from tests.factories.recruitment import make_application
from tests.printing.batches import LONG_NAME, application, give_photo, make_contest
from tests.recruitment.finals import Contest


@pytest.fixture
def contest(app: Flask) -> Contest:
    with app.test_request_context():
        return make_contest()


def url(contest: Contest, rest: str = "") -> str:
    """An address of the batch."""
    return f"/print/batches/{contest.batch_id}{rest}"


def test_the_page_offers_what_is_ready_and_names_who_lacks_what(app: Flask, contest: Contest) -> None:
    give_photo(contest, "林一诺", "王思远", "周子涵")
    position = contest.position()
    make_application(position, ApplicationState.SUBMITTED, name="钱建国")
    page = signed_in(app, contest.office).get(url(contest)).text
    for words in ("招聘公告", "面试人员名单", "考场座次表和门贴", "密号条", "打印报名登记表（5 人）", "（4 人，每张"):
        assert words in page
    assert "总成绩公告" not in page
    lacking = page[page.index("打印前检查") :]
    assert LONG_NAME in lacking
    assert "资格审查未完成，意见栏为空" in lacking
    assert "林一诺" not in lacking


def test_a_street_sees_its_own_people_and_no_labels(app: Flask, contest: Contest) -> None:
    client = signed_in(app, contest.clerk)
    page = client.get(url(contest)).text
    assert "打印报名登记表（2 人）" in page
    assert "密号条" not in page
    assert client.get(url(contest, "/secret-labels.pdf")).status_code == 403
    assert client.get(f"/print/applications/{contest.names[LONG_NAME]}/application-form.pdf").status_code == 404
    assert client.get(f"/print/applications/{contest.names['林一诺']}/admission-ticket.pdf").mimetype == (
        "application/pdf"
    )


def test_a_list_before_its_time_is_refused_with_the_reason(app: Flask, contest: Contest) -> None:
    answer = signed_in(app, contest.office).get(url(contest, "/medical-list.pdf"))
    assert answer.status_code == 422
    assert "还没有到公布这份名单的阶段" in answer.text


def test_a_few_people_are_printed_at_once(app: Flask, contest: Contest) -> None:
    answer = signed_in(app, contest.office).post(url(contest, "/forms"), data={"each": "admission-ticket"})
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 2
    unknown = signed_in(app, contest.office).post(url(contest, "/forms"), data={"each": "pay-slip"})
    assert unknown.status_code == 422


def test_many_people_are_printed_in_the_background(app: Flask, contest: Contest) -> None:
    position = contest.position(30)
    for _ in range(20):
        make_application(position, ApplicationState.ADMITTED)
    answer = signed_in(app, contest.office).post(url(contest, "/forms"), data={"each": "application-form"})
    assert answer.status_code == 302
    job_id = int(answer.location.rpartition("/")[2])
    with app.test_request_context():
        assert run_job(job_id, {KIND: RECRUITMENT_FORMS_JOB}, "test")
        job = db.session.get_one(Job, job_id)
        assert job.state is JobState.DONE, job.message
        with pikepdf.open(BytesIO(app.extensions["careerpath.files"].read(job.result_key))) as pdf:
            assert len(pdf.pages) == 24


def test_nobody_orders_forms_of_a_batch_without_people_of_theirs(contest: Contest, app: Flask) -> None:
    with app.test_request_context():
        with pytest.raises(Refused, match="没有可以打印的人员"):
            order_recruitment_forms(contest.office, contest.batch_id, "hiring-form")
        with pytest.raises(NotFound):
            order_recruitment_forms(contest.office, contest.batch_id, "pay-slip")


def test_full_numbers_are_printed_for_a_reason_that_stays_in_the_trail(app: Flask, contest: Contest) -> None:
    number = application(contest, "林一诺").number
    client = signed_in(app, contest.office)
    given = {"each": "application-form", "numbers": number, "reason": ""}
    assert client.post(url(contest, "/full-forms"), data=given).status_code == 422
    answer = client.post(url(contest, "/full-forms"), data={**given, "reason": "林一诺档案归档"})
    assert answer.mimetype == "application/pdf"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.operation == "permit_full_forms")).all()[-1]
    assert number in entry.note
    assert "林一诺" not in entry.note
    assert client.post(url(contest, "/full-forms"), data={}).status_code == 422
    strange = client.post(url(contest, "/full-forms"), data={**given, "numbers": "2025-99-0001", "reason": "档案归档"})
    assert strange.status_code == 422


def test_full_numbers_of_another_street_are_not_there(app: Flask, contest: Contest) -> None:
    with app.test_request_context():
        with pytest.raises(NotFound):
            permit_full_forms(
                contest.clerk, contest.batch_id, [contest.names[LONG_NAME]], "application-form", "档案归档"
            )
        with pytest.raises(Refused, match="一次最多"):
            permit_full_forms(contest.office, contest.batch_id, range(1, 30), "application-form", "档案归档")


def test_a_printed_paper_is_checked_by_its_foot(app: Flask, contest: Contest) -> None:
    client = signed_in(app, contest.office)
    number = f"BM-2025-{contest.names['林一诺']:06d}"
    assert "不一致" in client.get("/print/check", query_string={"number": number, "code": "0000-0000"}).text
    assert "没有找到编号" in client.get("/print/check", query_string={"number": "BM-2025-999999", "code": "1"}).text


def test_a_stranger_without_a_code_is_asked_for_it(app: Flask, contest: Contest) -> None:
    answer = app.test_client().get("/print/own-ticket.pdf")
    assert answer.status_code == 302
    assert answer.location.startswith("/apply")


def test_candidates_print_their_own_ticket_with_number_and_code(app: Flask, contest: Contest) -> None:
    with app.test_request_context():
        ticket = renew_code(contest.office, contest.names["林一诺"])
    client = app.test_client()
    client.post("/apply/enter", data={"number": ticket.number, "code": ticket.code})
    answer = client.get("/print/own-ticket.pdf")
    assert answer.mimetype == "application/pdf"
    with writing():
        application(contest, "林一诺").state = ApplicationState.WITHDRAWN
    assert client.get("/print/own-ticket.pdf").status_code == 422


def test_the_page_asks_the_database_little(app: Flask, contest: Contest) -> None:
    client = signed_in(app, contest.office)
    client.get(url(contest))
    seen: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(url(contest)).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(seen) <= 8, "\n".join(seen)
